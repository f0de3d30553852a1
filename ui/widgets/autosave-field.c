#include "config.h"

#include "ui/widgets/autosave-private.h"

#include "ui/widgets/date-row.h"
#include "ui/widgets/person-picker.h"
#include "ui/widgets/text-area.h"

static char *
read_picker (GtkWidget *widget)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, xq_person_picker_get (XQ_PERSON_PICKER (widget)));
}

static void
write_picker (GtkWidget *widget, const char *text)
{
  xq_person_picker_set (XQ_PERSON_PICKER (widget), g_ascii_strtoll (text, NULL, 10));
}

static char *
read_area (GtkWidget *widget)
{
  return xq_text_area_get_text (XQ_TEXT_AREA (widget));
}

static void
write_area (GtkWidget *widget, const char *text)
{
  xq_text_area_set_text (XQ_TEXT_AREA (widget), text);
}

static char *
read_view (GtkWidget *widget)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (buffer, &from, &to);
  return gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
}

static void
write_view (GtkWidget *widget, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), text, -1);
}

static const char *
word_of (AdwComboRow *row, guint position)
{
  GListModel *model = adw_combo_row_get_model (row);

  return GTK_IS_STRING_LIST (model) ? gtk_string_list_get_string (GTK_STRING_LIST (model), position) : NULL;
}

/* By its word: what a place in the list means may be another thing by then. */
static char *
read_combo (GtkWidget *widget)
{
  return g_strdup (word_of (ADW_COMBO_ROW (widget), adw_combo_row_get_selected (ADW_COMBO_ROW (widget))));
}

static void
write_combo (GtkWidget *widget, const char *text)
{
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (widget));

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    if (g_strcmp0 (word_of (ADW_COMBO_ROW (widget), i), text) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (widget), i);
}

static char *
read_switch (GtkWidget *widget)
{
  return g_strdup (adw_switch_row_get_active (ADW_SWITCH_ROW (widget)) ? "1" : "0");
}

static void
write_switch (GtkWidget *widget, const char *text)
{
  adw_switch_row_set_active (ADW_SWITCH_ROW (widget), g_str_equal (text, "1"));
}

static char *
read_toggles (GtkWidget *widget)
{
  return g_strdup (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (widget)));
}

static void
write_toggles (GtkWidget *widget, const char *text)
{
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (widget), text);
}

static char *
read_spin (GtkWidget *widget)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_dtostr (text, sizeof text, adw_spin_row_get_value (ADW_SPIN_ROW (widget))));
}

static void
write_spin (GtkWidget *widget, const char *text)
{
  adw_spin_row_set_value (ADW_SPIN_ROW (widget), g_ascii_strtod (text, NULL));
}

/* A day as ISO text; what is no day as it was typed. */
static char *
read_date (GtkWidget *widget)
{
  const char *date = xq_date_row_get_date (XQ_DATE_ROW (widget));

  return g_strdup (date != NULL ? date : gtk_editable_get_text (GTK_EDITABLE (widget)));
}

static char *
read_text (GtkWidget *widget)
{
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
}

static void
write_text (GtkWidget *widget, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (widget), text);
}

/* The first that fits: the narrower stand before the wider. */
static const struct
{
  GType (*type) (void);
  XqAutosaveAccess access;
} kinds[] = {
  { xq_person_picker_get_type, { read_picker, write_picker, "changed" } },
  { xq_text_area_get_type, { read_area, write_area, "changed" } },
  { gtk_text_view_get_type, { read_view, write_view, NULL } },
  { adw_combo_row_get_type, { read_combo, write_combo, "notify::selected" } },
  { adw_switch_row_get_type, { read_switch, write_switch, "notify::active" } },
  { adw_toggle_group_get_type, { read_toggles, write_toggles, "notify::active-name" } },
  { adw_spin_row_get_type, { read_spin, write_spin, "notify::value" } },
  { xq_date_row_get_type, { read_date, write_text, "changed" } },
  { gtk_editable_get_type, { read_text, write_text, "changed" } },
};

const XqAutosaveAccess *
xq_autosave_access (GtkWidget *widget)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE (widget, kinds[i].type ()))
      return &kinds[i].access;
  return NULL;
}
