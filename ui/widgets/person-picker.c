#include "config.h"

#include "ui/widgets/person-picker.h"

#include <glib/gi18n-lib.h>

#include "people/person-list.h"
#include "people/search.h"
#include "ui/widgets/person-line.h"

#define MOST 6

struct _XqPersonPicker
{
  AdwPreferencesGroup parent_instance;

  XqSession *session;
  GtkWidget *entry;
  GtkWidget *found;  /* list of hits below the entry */
  GtkWidget *picked; /* row with the one who was picked */
  GtkWidget *line;
  gint64 person_id;
};

G_DEFINE_FINAL_TYPE (XqPersonPicker, xq_person_picker, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static void
show_picked (XqPersonPicker *self)
{
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (XqPersonRow) row = NULL;

  if (self->person_id != 0 && database != NULL)
    row = xq_person_row_load (database, self->person_id, NULL);
  xq_person_line_set_row (XQ_PERSON_LINE (self->line), row);
  gtk_widget_set_visible (self->picked, row != NULL);
  gtk_widget_set_visible (self->entry, row == NULL);
  if (row == NULL)
    self->person_id = 0;
}

static void
pick (XqPersonPicker *self, gint64 person_id)
{
  self->person_id = person_id;
  gtk_widget_remove_css_class (self->entry, "error");
  gtk_widget_set_visible (self->found, FALSE);
  show_picked (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_row_activated_cb (XqPersonPicker *self, GtkListBoxRow *row)
{
  pick (self, GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "person")));
}

static GtkWidget *
hit_new (XqPersonPicker *self, const XqPersonRow *person)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = xq_person_line_new (self->session);

  xq_person_line_set_row (XQ_PERSON_LINE (line), person);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data (G_OBJECT (row), "person", GSIZE_TO_POINTER (person->id));
  return row;
}

static void
on_text_changed_cb (XqPersonPicker *self)
{
  XqDatabase *database = xq_session_database (self->session);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GArray) ids = database != NULL ? xq_search_people (database, text, MOST, NULL) : NULL;
  g_autoptr (GPtrArray) rows = NULL;

  gtk_list_box_remove_all (GTK_LIST_BOX (self->found));
  if (ids != NULL && ids->len > 0)
    rows = xq_person_list_rows (database, (const gint64 *) (gpointer) ids->data, ids->len, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      gtk_list_box_append (GTK_LIST_BOX (self->found), hit_new (self, g_ptr_array_index (rows, i)));
  gtk_widget_set_visible (self->found, rows != NULL && rows->len > 0);
}

/* Enter takes the best hit. */
static void
on_entry_activated_cb (XqPersonPicker *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->found), 0);

  if (first != NULL)
    on_row_activated_cb (self, first);
}

void
xq_person_picker_clear (XqPersonPicker *self)
{
  g_return_if_fail (XQ_IS_PERSON_PICKER (self));

  pick (self, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (self->entry);
}

static void
xq_person_picker_dispose (GObject *object)
{
  XqPersonPicker *self = XQ_PERSON_PICKER (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_person_picker_parent_class)->dispose (object);
}

static void
xq_person_picker_class_init (XqPersonPickerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_person_picker_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
xq_person_picker_init (XqPersonPicker *self)
{
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _ ("Name, pinyin or number"));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_text_changed_cb), self);
  g_signal_connect_swapped (self->entry, "entry-activated", G_CALLBACK (on_entry_activated_cb), self);

  self->found = gtk_list_box_new ();
  gtk_widget_add_css_class (self->found, "boxed-list");
  gtk_widget_set_margin_top (self->found, 6);
  gtk_widget_set_visible (self->found, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->found), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("People found"), -1);
  g_signal_connect_swapped (self->found, "row-activated", G_CALLBACK (on_row_activated_cb), self);
}

static GtkWidget *
picked_row_new (XqPersonPicker *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");

  self->line = xq_person_line_new (self->session);
  gtk_widget_set_hexpand (self->line, TRUE);
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_set_valign (clear, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (clear, _ ("Somebody else"));
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (xq_person_picker_clear), self);
  gtk_box_append (GTK_BOX (box), self->line);
  gtk_box_append (GTK_BOX (box), clear);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

GtkWidget *
xq_person_picker_new (XqSession *session, gint64 person_id)
{
  XqPersonPicker *self = g_object_new (XQ_TYPE_PERSON_PICKER, "title", xq_session_word (session, XQ_WORD_PERSON), NULL);

  self->session = g_object_ref (session);
  self->picked = picked_row_new (self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->picked);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->found);
  self->person_id = person_id;
  show_picked (self);
  return GTK_WIDGET (self);
}

gint64
xq_person_picker_get (XqPersonPicker *self)
{
  g_return_val_if_fail (XQ_IS_PERSON_PICKER (self), 0);

  return self->person_id;
}

void
xq_person_picker_set (XqPersonPicker *self, gint64 person_id)
{
  g_return_if_fail (XQ_IS_PERSON_PICKER (self));

  if (self->person_id != person_id)
    pick (self, person_id);
}

void
xq_person_picker_complain (XqPersonPicker *self)
{
  g_return_if_fail (XQ_IS_PERSON_PICKER (self));

  gtk_widget_add_css_class (self->entry, "error");
  gtk_widget_grab_focus (self->entry);
}

GtkWidget *
xq_person_picker_entry (XqPersonPicker *self)
{
  g_return_val_if_fail (XQ_IS_PERSON_PICKER (self), NULL);

  return self->entry;
}
