#include "config.h"

#include "ui/people/people-columns.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "people/person-list.h"
#include "people/tag.h"
#include "ui/widgets/lazy-model.h"
#include "ui/widgets/person-line.h"
#include "ui/widgets/simple.h"

/* So much of a class is seen however narrow the window is: "七年级(12)班". */
#define UNIT_CHARS 8

/* What a plain column says of somebody. (transfer full) */
typedef char *(*CellText) (XqSession *session, const XqPersonRow *person);

static char *
code_text (XqSession *session, const XqPersonRow *person)
{
  return xq_session_private (session, person->code);
}

static char *
sex_text (XqSession *session, const XqPersonRow *person)
{
  return g_strdup (person->sex == XQ_SEX_UNKNOWN ? "—" : _ (xq_sexes[person->sex].label));
}

static char *
age_text (XqSession *session, const XqPersonRow *person)
{
  g_autofree char *today = xq_clock_today ();
  int age = xq_date_age (person->birth_date, today);

  return age >= 0 ? g_strdup_printf ("%d", age) : g_strdup ("—");
}

static char *
tags_text (XqSession *session, const XqPersonRow *person)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **tag = person->tags; tag != NULL && *tag != NULL; tag++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", xq_tag_label (*tag));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
state_text (XqSession *session, const XqPersonRow *person)
{
  return g_strdup (_ (xq_person_states[person->state].label));
}

/* Widths are in characters, so that they grow with the text. Between @least and @wanted a column gives way to the name and
 * the class; a number that is cut shows both its ends. */
static const struct
{
  const char *title;
  CellText text;
  int least;
  int wanted;
  float align;
  GtkInscriptionOverflow overflow;
  gboolean expand; /* takes of the room that is left, as the name does */
} columns[] = {
  { N_ ("Number"), code_text, 9, 20, 0, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE, FALSE },
  { N_ ("Sex"), sex_text, 3, 3, 0, GTK_INSCRIPTION_OVERFLOW_CLIP, FALSE },
  { N_ ("Age"), age_text, 3, 3, 1, GTK_INSCRIPTION_OVERFLOW_CLIP, FALSE },
  { N_ ("Tags"), tags_text, 6, 26, 0, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, TRUE },
  { N_ ("State"), state_text, 5, 6, 0, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, FALSE },
};

static void
on_text_setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gsize column = GPOINTER_TO_SIZE (data);
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), columns[column].align);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), columns[column].overflow);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), (guint) columns[column].least);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), (guint) columns[column].wanted);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cell, "numbers");
  gtk_list_item_set_child (item, cell);
}

static XqSession *
session_of (GtkListItemFactory *factory)
{
  return g_object_get_data (G_OBJECT (factory), "session");
}

static void
on_text_bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gsize column = GPOINTER_TO_SIZE (data);
  const XqPersonRow *person = xq_lazy_row_record (gtk_list_item_get_item (item));
  g_autofree char *text = person != NULL ? columns[column].text (session_of (factory), person) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
on_name_setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *line = xq_person_line_new (session_of (factory));

  xq_person_line_keep_unit (XQ_PERSON_LINE (line), UNIT_CHARS);
  gtk_list_item_set_child (item, line);
}

static void
on_name_bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  const XqPersonRow *person = xq_lazy_row_record (gtk_list_item_get_item (item));
  GtkWidget *line = gtk_list_item_get_child (item);

  if (person == NULL)
    xq_person_line_set_row (XQ_PERSON_LINE (line), NULL);
  else
    xq_person_line_set (XQ_PERSON_LINE (line), person->name, person->unit, person->level, NULL);
}

static GtkListItemFactory *
factory_new (XqSession *session, GCallback setup, GCallback bind, gsize column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data_full (G_OBJECT (factory), "session", g_object_ref (session), g_object_unref);
  g_signal_connect (factory, "setup", setup, GSIZE_TO_POINTER (column));
  g_signal_connect (factory, "bind", bind, GSIZE_TO_POINTER (column));
  return factory;
}

void
xq_people_columns_add (GtkColumnView *view, XqSession *session)
{
  g_autoptr (GtkColumnViewColumn) name = gtk_column_view_column_new (
      _ ("Name"), factory_new (session, G_CALLBACK (on_name_setup_cb), G_CALLBACK (on_name_bind_cb), 0));

  gtk_column_view_column_set_expand (name, TRUE);
  gtk_column_view_append_column (view, name);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (
          i == 0 ? xq_session_word (session, XQ_WORD_CODE) : _ (columns[i].title),
          factory_new (session, G_CALLBACK (on_text_setup_cb), G_CALLBACK (on_text_bind_cb), i));

      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (view, column);
      if (columns[i].align > 0)
        xq_column_title_to_end (view, (guint) i + 1);
    }
}
