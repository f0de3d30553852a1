#include "config.h"

#include "ui/widgets/form-private.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/date-row.h"

#define MOST_LEVEL 3

static gboolean
is_combo (const XqField *field)
{
  return field->type == XQ_FIELD_CHOICE || field->type == XQ_FIELD_LEVEL || field->type == XQ_FIELD_REFERENCE;
}

static char *
title_of (const XqField *field)
{
  const char *label = _(field->label != NULL ? field->label : field->name);

  return (field->flags & XQ_FIELD_REQUIRED) ? g_strdup_printf (_("%s (required)"), label) : g_strdup (label);
}

/* -- one maker for each kind of row */

static void
make_entry (XqFormRow *row, gconstpointer record)
{
  g_autofree char *text = xq_field_is_empty (row->field, record) ? g_strdup ("") : xq_field_display (row->field, record);

  row->row = row->editor = adw_entry_row_new ();
  if (row->field->type == XQ_FIELD_INTEGER || row->field->type == XQ_FIELD_REAL)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row->row), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_text (GTK_EDITABLE (row->editor), text);
}

static void
make_date (XqFormRow *row, gconstpointer record)
{
  const char *date = G_STRUCT_MEMBER (char *, (gpointer) record, row->field->offset);

  row->row = row->editor = xq_date_row_new ("");
  xq_date_row_set_date (XQ_DATE_ROW (row->row), date);
}

static void
make_switch (XqFormRow *row, gconstpointer record)
{
  row->row = row->editor = adw_switch_row_new ();
  adw_switch_row_set_active (ADW_SWITCH_ROW (row->row),
                             G_STRUCT_MEMBER (gboolean, (gpointer) record, row->field->offset));
}

static void
make_combo (XqFormRow *row, gconstpointer record)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0;

  row->row = row->editor = adw_combo_row_new ();
  if (row->field->type == XQ_FIELD_CHOICE)
    {
      for (const XqChoice *choice = row->field->values; choice->id != NULL; choice++)
        gtk_string_list_append (words, _(choice->label));
      selected = (guint) MAX (G_STRUCT_MEMBER (int, (gpointer) record, row->field->offset), 0);
    }
  else if (row->field->type == XQ_FIELD_LEVEL)
    {
      static const char *const levels[MOST_LEVEL] = { N_("Level 1"), N_("Level 2"), N_("Level 3") };

      gtk_string_list_append (words, C_("level", "None"));
      for (int i = 0; i < MOST_LEVEL; i++)
        gtk_string_list_append (words, _(levels[i]));
      selected = (guint) G_STRUCT_MEMBER (gint64, (gpointer) record, row->field->offset);
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row->row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row->row), selected);
}

static void
make_area (XqFormRow *row, gconstpointer record, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer;
  const char *text = G_STRUCT_MEMBER (char *, (gpointer) record, row->field->offset);

  row->row = adw_preferences_row_new ();
  row->editor = gtk_text_view_new ();
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (row->editor));
  /* Undo would keep what was deleted. */
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (row->editor), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (row->editor), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_add_css_class (row->editor, "form-text");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 72);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 240);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), row->editor);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_add_css_class (box, "form-area");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->row), FALSE);
  gtk_widget_set_focusable (row->row, FALSE);
}

/* A row of its own below, so that it stands in the same box. */
static void
make_message (XqFormRow *row)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "form-message");
  row->message = adw_preferences_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->message), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->message), FALSE);
  gtk_widget_set_focusable (row->message, FALSE);
  gtk_widget_set_visible (row->message, FALSE);
}

static void
connect_changed (XqFormRow *row, GCallback changed, gpointer data)
{
  if (GTK_IS_TEXT_VIEW (row->editor))
    g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (row->editor)), "changed", changed, data,
                             G_CONNECT_SWAPPED);
  else if (ADW_IS_ENTRY_ROW (row->editor))
    g_signal_connect_object (row->editor, "changed", changed, data, G_CONNECT_SWAPPED);
  else if (ADW_IS_SWITCH_ROW (row->editor))
    g_signal_connect_object (row->editor, "notify::active", changed, data, G_CONNECT_SWAPPED);
  else
    g_signal_connect_object (row->editor, "notify::selected", changed, data, G_CONNECT_SWAPPED);
}

XqFormRow *
xq_form_row_new (const XqField *field, gconstpointer record, GCallback changed, gpointer data)
{
  XqFormRow *row = g_new0 (XqFormRow, 1);
  g_autofree char *title = title_of (field);

  row->field = field;
  if (field->type == XQ_FIELD_DATE)
    make_date (row, record);
  else if (field->type == XQ_FIELD_BOOLEAN)
    make_switch (row, record);
  else if (is_combo (field))
    make_combo (row, record);
  else if (field->flags & XQ_FIELD_MULTILINE)
    make_area (row, record, title);
  else
    make_entry (row, record);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->row), FALSE);
  if (field->type == XQ_FIELD_REFERENCE)
    gtk_widget_set_visible (row->row, FALSE);
  make_message (row);
  connect_changed (row, changed, data);
  return row;
}

void
xq_form_row_free (XqFormRow *row)
{
  g_free (row->ids);
  g_free (row);
}

void
xq_form_row_set_options (XqFormRow *row, gconstpointer record, const gint64 *ids, const char *const *labels, guint n,
                         const char *none)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gint64 present = G_STRUCT_MEMBER (gint64, (gpointer) record, row->field->offset);
  guint selected = 0;

  g_return_if_fail (row->field->type == XQ_FIELD_REFERENCE);

  g_free (row->ids);
  row->ids = g_new0 (gint64, n + 1);
  row->n_ids = 0;
  if (none != NULL)
    {
      gtk_string_list_append (words, none);
      row->ids[row->n_ids++] = 0;
    }
  for (guint i = 0; i < n; i++)
    {
      if (ids[i] == present)
        selected = row->n_ids;
      gtk_string_list_append (words, labels[i]);
      row->ids[row->n_ids++] = ids[i];
    }
  /* Names of institutions are long: below the title there is room for them. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row->row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row->row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row->row), selected);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row->row), n > 12);
  gtk_widget_set_visible (row->row, TRUE);
}

static char *
area_text (XqFormRow *row)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (row->editor));
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (buffer, &from, &to);
  return gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
}

static void
read_combo (XqFormRow *row, gpointer record)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row->row));

  if (row->field->type == XQ_FIELD_CHOICE)
    G_STRUCT_MEMBER (int, record, row->field->offset) = selected == GTK_INVALID_LIST_POSITION ? 0 : (int) selected;
  else if (row->field->type == XQ_FIELD_LEVEL)
    G_STRUCT_MEMBER (gint64, record, row->field->offset) = selected > MOST_LEVEL ? 0 : selected;
  else if (row->ids != NULL)
    G_STRUCT_MEMBER (gint64, record, row->field->offset) = selected < row->n_ids ? row->ids[selected] : 0;
}

gboolean
xq_form_row_read (XqFormRow *row, gpointer record, GError **error)
{
  if (is_combo (row->field))
    {
      read_combo (row, record);
      return TRUE;
    }
  if (row->field->type == XQ_FIELD_BOOLEAN)
    {
      G_STRUCT_MEMBER (gboolean, record, row->field->offset) = adw_switch_row_get_active (ADW_SWITCH_ROW (row->row));
      return TRUE;
    }
  if (row->field->type == XQ_FIELD_DATE)
    {
      if (!xq_date_row_check (XQ_DATE_ROW (row->row), error))
        return FALSE;
      return xq_field_set_text (row->field, record, xq_date_row_get_date (XQ_DATE_ROW (row->row)), error);
    }
  if (GTK_IS_TEXT_VIEW (row->editor))
    {
      g_autofree char *text = area_text (row);

      return xq_field_set_text (row->field, record, text, error);
    }
  return xq_field_set_text (row->field, record, gtk_editable_get_text (GTK_EDITABLE (row->editor)), error);
}

void
xq_form_row_set_error (XqFormRow *row, const char *message)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row->message))),
                       message != NULL ? message : "");
  gtk_widget_set_visible (row->message, message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (row->row, "error");
  else
    gtk_widget_remove_css_class (row->row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row->editor), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
