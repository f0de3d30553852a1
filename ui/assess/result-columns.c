#include "config.h"

#include "ui/assess/result-columns.h"

#include <glib/gi18n-lib.h>

#include "assess/results.h"
#include "base/date.h"
#include "ui/widgets/lazy-model.h"
#include "ui/widgets/person-line.h"
#include "ui/widgets/simple.h"

#define SEVERITIES 5
#define UNIT_CHARS 8

char *
xq_score_text (const XqScale *scale, double value)
{
  if (scale == NULL)
    return g_strdup ("—");
  return scale->whole ? g_strdup_printf ("%.0f", value) : g_strdup_printf ("%.2f", value);
}

/* -- bands */

GtkWidget *
xq_band_label_new (void)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  return label;
}

void
xq_band_label_set (GtkWidget *label, const XqBand *band)
{
  static const char *const marks[SEVERITIES] = { "○", "◔", "◑", "◕", "●" };
  static const char *const styles[SEVERITIES] = { "band-0", "band-1", "band-2", "band-3", "band-4" };
  int severity = band != NULL ? CLAMP (band->severity, 0, SEVERITIES - 1) : 0;
  g_autofree char *text = band != NULL ? g_strdup_printf ("%s %s", marks[severity], xq_words_get (&band->label)) : NULL;

  for (int i = 0; i < SEVERITIES; i++)
    gtk_widget_remove_css_class (label, styles[i]);
  if (band != NULL)
    gtk_widget_add_css_class (label, styles[severity]);
  gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
}

static const XqInstrument *
instrument_of (XqSession *session, const XqResultRow *row)
{
  XqDesk *desk = xq_session_desk (session, NULL);

  return desk != NULL ? xq_instrument_set_peek (xq_desk_instruments (desk), row->instrument) : NULL;
}

/* -- plain cells */

/* What a plain column says of a sheet. (transfer full) */
typedef char *(*CellText) (const XqInstrument *instrument, const XqResultRow *row);

static char *
instrument_text (const XqInstrument *instrument, const XqResultRow *row)
{
  return g_strdup (instrument != NULL ? instrument->label : row->instrument);
}

static char *
date_text (const XqInstrument *instrument, const XqResultRow *row)
{
  return xq_date_display_short (row->taken_on);
}

static char *
score_text (const XqInstrument *instrument, const XqResultRow *row)
{
  const XqScale *scale
      = instrument != NULL && row->scale != NULL ? xq_instrument_scale (instrument, row->scale) : NULL;

  return xq_score_text (scale, row->value);
}

static char *
critical_text (const XqInstrument *instrument, const XqResultRow *row)
{
  if (row->critical == 0)
    return g_strdup ("");
  return g_strdup_printf (ngettext ("⚠ %d critical item", "⚠ %d critical items", row->critical), row->critical);
}

static const struct
{
  const char *title;
  CellText text;
  int least;  /* width in characters, which grow with the text */
  int wanted;
  float align;
  const char *css_class;
} columns[] = {
  { N_ ("Questionnaire"), instrument_text, 7, 10, 0, "numbers" },
  { N_ ("Day"), date_text, 7, 13, 0, "numbers" },
  { N_ ("Score"), score_text, 4, 4, 1, "numbers" },
  { N_ ("Band"), NULL, 9, 18, 0, "numbers" },
  { N_ ("Critical items"), critical_text, 9, 16, 0, "critical" },
};

static GtkColumnView *
view_of (GtkListItemFactory *factory)
{
  return g_object_get_data (G_OBJECT (factory), "view");
}

static XqSession *
session_of (GtkListItemFactory *factory)
{
  return g_object_get_data (G_OBJECT (view_of (factory)), "session");
}

static void
on_text_setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gsize column = GPOINTER_TO_SIZE (data);
  GtkWidget *cell = columns[column].text != NULL ? gtk_inscription_new (NULL) : xq_band_label_new ();

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), columns[column].align);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), (guint) columns[column].least);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), (guint) columns[column].wanted);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cell, columns[column].css_class);
  gtk_list_item_set_child (item, cell);
}

/* The band is the verdict scale's, also where the score shown is another's. */
static const XqBand *
band_of (const XqInstrument *instrument, const XqResultRow *row)
{
  const XqScale *scale = instrument != NULL ? xq_instrument_verdict_scale (instrument) : NULL;

  return scale != NULL && row->band != NULL ? xq_scale_band (scale, row->band) : NULL;
}

/* A sheet without scores, or not to be relied on, has that in the place of a band. */
static void
show_band (GtkWidget *cell, const XqInstrument *instrument, const XqResultRow *row)
{
  g_autofree char *blank = NULL;

  xq_band_label_set (cell, row != NULL && row->complete && row->valid ? band_of (instrument, row) : NULL);
  if (row == NULL || (row->complete && row->valid))
    return;
  blank = g_strdup_printf (ngettext ("incomplete: %d blank", "incomplete: %d blank", row->missing), row->missing);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), row->complete ? _ ("not to be relied on") : blank);
}

static void
on_text_bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gsize column = GPOINTER_TO_SIZE (data);
  GtkWidget *cell = gtk_list_item_get_child (item);
  const XqResultRow *row = xq_lazy_row_record (gtk_list_item_get_item (item));
  const XqInstrument *instrument = row != NULL ? instrument_of (session_of (factory), row) : NULL;
  g_autofree char *text = NULL;

  if (columns[column].text == NULL)
    {
      show_band (cell, instrument, row);
      return;
    }
  text = row != NULL ? columns[column].text (instrument, row) : NULL;
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
}

/* -- the person */

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
  const XqResultRow *row = xq_lazy_row_record (gtk_list_item_get_item (item));
  XqUnitTree *tree = g_object_get_data (G_OBJECT (view_of (factory)), "units");
  XqPersonLine *line = XQ_PERSON_LINE (gtk_list_item_get_child (item));

  if (row == NULL)
    xq_person_line_set_row (line, NULL);
  else
    xq_person_line_set (line, row->name, tree != NULL ? xq_unit_tree_display (tree, row->unit_id) : NULL, 0, NULL);
}

static GtkListItemFactory *
factory_new (GtkColumnView *view, GCallback setup, GCallback bind, gsize column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "view", view);
  g_signal_connect (factory, "setup", setup, GSIZE_TO_POINTER (column));
  g_signal_connect (factory, "bind", bind, GSIZE_TO_POINTER (column));
  return factory;
}

void
xq_result_columns_add (GtkColumnView *view, XqSession *session)
{
  g_autoptr (GtkColumnViewColumn) name = NULL;

  g_object_set_data_full (G_OBJECT (view), "session", g_object_ref (session), g_object_unref);
  name = gtk_column_view_column_new (
      xq_session_word (session, XQ_WORD_PERSON),
      factory_new (view, G_CALLBACK (on_name_setup_cb), G_CALLBACK (on_name_bind_cb), 0));
  gtk_column_view_column_set_expand (name, TRUE);
  gtk_column_view_append_column (view, name);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (
          _ (columns[i].title), factory_new (view, G_CALLBACK (on_text_setup_cb), G_CALLBACK (on_text_bind_cb), i));

      /* What the scores come to shares the room with the names. */
      gtk_column_view_column_set_expand (column, columns[i].text == NULL);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (view, column);
      if (columns[i].align > 0)
        xq_column_title_to_end (view, (guint) i + 1);
    }
}

void
xq_result_columns_set_units (GtkColumnView *view, XqUnitTree *tree)
{
  g_object_set_data_full (G_OBJECT (view), "units", tree, (GDestroyNotify) xq_unit_tree_free);
}
