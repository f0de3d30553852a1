#include "config.h"

#include "ui/assess/entry-dialog.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "base/clock.h"
#include "base/date.h"
#include "care/warning.h"
#include "people/person-list.h"
#include "ui/assess/campaign-fit.h"
#include "ui/assess/entry-result.h"
#include "ui/assess/entry-sheet.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/date-row.h"
#include "ui/widgets/level-chip.h"
#include "ui/widgets/person-line.h"
#include "ui/widgets/person-picker.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

/* A sheet of today is taken now; one of another day at noon, when no hour is known. */
#define NOON (12 * 60 * 60)

/* The dialog; lives as long as it. */
typedef struct
{
  XqSession *session;
  GtkWidget *parent;
  AdwDialog *dialog;
  XqInstrumentSet *set;
  GPtrArray *instruments; /* of XqInstrument, the set's */
  GArray *campaigns;      /* of gint64, beside the combo's rows after the first */
  gint64 warning_id;
  GtkWidget *stack;
  GtkWidget *picker;
  GtkWidget *instrument;
  GtkWidget *campaign;
  GtkWidget *date;
  GtkWidget *problem;
  GtkWidget *person;
  GtkWidget *sheet;
  GtkWidget *end_text;
  GtkWidget *save_problem;
  GtkWidget *results;
  GtkWidget *begin;
  GtkWidget *save;
  XqAutosave *autosave;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_object (&self->session);
  g_clear_pointer (&self->instruments, g_ptr_array_unref);
  g_clear_pointer (&self->set, xq_instrument_set_unref);
  g_clear_pointer (&self->campaigns, g_array_unref);
  g_free (self);
}

static const XqInstrument *
chosen_instrument (Entry *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->instrument));

  return selected < self->instruments->len ? g_ptr_array_index (self->instruments, selected) : NULL;
}

static void
go (Entry *self, const char *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
  gtk_widget_set_visible (self->begin, g_str_equal (page, "start"));
  gtk_widget_set_visible (self->save, g_str_equal (page, "end"));
  adw_dialog_set_default_widget (self->dialog, g_str_equal (page, "start") ? self->begin : self->save);
}

/* -- first: whose, which, when */

/* Open screenings with this questionnaire; one that waits for this person is chosen. */
static void
fill_campaigns (Entry *self)
{
  XqDatabase *database = xq_session_database (self->session);
  gint64 person_id = xq_person_picker_get (XQ_PERSON_PICKER (self->picker));
  const XqInstrument *instrument = chosen_instrument (self);
  g_autoptr (GPtrArray) list = xq_campaign_list (database, 0, NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint waiting = 0;

  g_array_set_size (self->campaigns, 0);
  gtk_string_list_append (labels, _ ("No screening"));
  for (guint i = 0; list != NULL && instrument != NULL && i < list->len; i++)
    {
      const XqCampaign *campaign = g_ptr_array_index (list, i);

      if (campaign->state != XQ_CAMPAIGN_OPEN || !xq_campaign_asks (campaign, instrument->id))
        continue;
      g_array_append_val (self->campaigns, campaign->id);
      gtk_string_list_append (labels, campaign->title);
      if (waiting == 0 && xq_campaign_waits_for (database, campaign, person_id))
        waiting = self->campaigns->len;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->campaign), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->campaign), waiting);
  gtk_widget_set_visible (self->campaign, self->campaigns->len > 0);
}

static void
show_person (Entry *self, gint64 person_id, const XqInstrument *instrument)
{
  g_autoptr (XqPersonRow) row = xq_person_row_load (xq_session_database (self->session), person_id, NULL);

  xq_person_line_set_row (XQ_PERSON_LINE (self->person), row);
  xq_person_line_set_detail (XQ_PERSON_LINE (self->person), instrument->label);
}

static void
on_begin_cb (Entry *self)
{
  gint64 person_id = xq_person_picker_get (XQ_PERSON_PICKER (self->picker));
  const XqInstrument *instrument = chosen_instrument (self);
  const char *date = xq_date_row_get_date (XQ_DATE_ROW (self->date));
  g_autofree char *today = xq_clock_today ();
  gboolean dated = date != NULL && xq_date_compare (date, today) <= 0;

  gtk_widget_set_visible (self->problem, !dated);
  if (person_id == 0)
    xq_person_picker_complain (XQ_PERSON_PICKER (self->picker));
  else if (!dated)
    gtk_widget_grab_focus (self->date);
  else if (instrument != NULL)
    {
      show_person (self, person_id, instrument);
      go (self, "sheet");
      xq_entry_sheet_set_instrument (XQ_ENTRY_SHEET (self->sheet), instrument);
    }
}

/* -- the end: saving */

static void
on_finished_cb (Entry *self)
{
  const XqInstrument *instrument = chosen_instrument (self);
  const int *answers = xq_entry_sheet_answers (XQ_ENTRY_SHEET (self->sheet));
  guint blank = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < instrument->n_items; i++)
    blank += answers[i] == XQ_ANSWER_BLANK;
  text = blank == 0 ? g_strdup (_ ("All items are answered."))
                    : g_strdup_printf (ngettext ("%u item is blank.", "%u items are blank.", blank), blank);
  gtk_label_set_text (GTK_LABEL (self->end_text), text);
  gtk_widget_set_visible (self->save_problem, FALSE);
  go (self, "end");
  gtk_widget_grab_focus (self->save);
}

static void
on_resumed_cb (Entry *self)
{
  go (self, "sheet");
}

static gboolean
on_end_key_cb (Entry *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_BackSpace || g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "end") != 0)
    return GDK_EVENT_PROPAGATE;
  xq_entry_sheet_go_back (XQ_ENTRY_SHEET (self->sheet));
  return GDK_EVENT_STOP;
}

static void
on_warning_clicked_cb (Entry *self)
{
  XqWindow *window = xq_window_for (self->parent);
  gint64 warning_id = self->warning_id;

  adw_dialog_force_close (self->dialog);
  if (window != NULL)
    xq_window_open (window, "warning", warning_id);
}

static void
add_warning (Entry *self, GtkWidget *group)
{
  g_autoptr (XqWarning) warning = NULL;
  GtkWidget *row, *chip, *button;

  if (self->warning_id == 0)
    return;
  warning = xq_warning_load (xq_session_database (self->session), self->warning_id, NULL);
  row = xq_entry_result_row_new (_ ("A warning has been raised"), _ ("An interview decides what it means."));
  chip = xq_level_chip_new (warning != NULL ? (int) warning->level : 0);
  button = gtk_button_new_with_label (_ ("Open the warning"));
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_warning_clicked_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), chip);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
show_result (Entry *self, const XqInstrument *instrument)
{
  g_autoptr (XqScoreResult) result
      = xq_score (instrument, xq_entry_sheet_answers (XQ_ENTRY_SHEET (self->sheet)), instrument->n_all_items);
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), instrument->label);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ ("Saved. A screening result is not a diagnosis."));
  add_warning (self, group);
  xq_entry_result_fill (ADW_PREFERENCES_GROUP (group), result);
  adw_bin_set_child (ADW_BIN (self->results), group);
  go (self, "result");
}

static gboolean
save (Entry *self, const XqInstrument *instrument, GError **error)
{
  g_autoptr (XqAssessment) assessment = xq_assessment_new ();
  guint campaign = adw_combo_row_get_selected (ADW_COMBO_ROW (self->campaign));
  const char *date = xq_date_row_get_date (XQ_DATE_ROW (self->date));
  g_autofree char *today = xq_clock_today ();
  XqDesk *desk = xq_session_desk (self->session, error);

  if (desk == NULL)
    return FALSE;
  assessment->person_id = xq_person_picker_get (XQ_PERSON_PICKER (self->picker));
  g_set_str (&assessment->instrument, instrument->id);
  assessment->entered = XQ_ENTERED_KEYED;
  assessment->taken_at = date == NULL || g_str_equal (date, today) ? 0 : xq_date_start (date) + NOON;
  if (campaign > 0 && campaign <= self->campaigns->len)
    assessment->campaign_id = g_array_index (self->campaigns, gint64, campaign - 1);
  return xq_desk_add_assessment (desk, assessment, xq_entry_sheet_answers (XQ_ENTRY_SHEET (self->sheet)),
                                 instrument->n_all_items, &self->warning_id, error);
}

static void
on_save_cb (Entry *self)
{
  const XqInstrument *instrument = chosen_instrument (self);
  g_autoptr (GError) error = NULL;

  if (!save (self, instrument, &error))
    {
      gtk_label_set_text (GTK_LABEL (self->save_problem), error->message);
      gtk_widget_set_visible (self->save_problem, TRUE);
      return;
    }
  xq_autosave_finish (self->autosave);
  xq_session_changed (self->session, XQ_CHANGED_ASSESS | XQ_CHANGED_CARE);
  show_result (self, instrument);
}

/* The same questionnaire of somebody else. */
static void
on_next_cb (Entry *self)
{
  go (self, "start");
  xq_person_picker_clear (XQ_PERSON_PICKER (self->picker));
  xq_autosave_begin (self->autosave);
}

/* -- what is typed is kept */

static char *
read_answers (gpointer data)
{
  Entry *self = data;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "start") == 0)
    return g_strdup ("");
  return xq_entry_sheet_dup_text (XQ_ENTRY_SHEET (self->sheet));
}

/* Written last: who, which and when are there again. */
static void
write_answers (gpointer data, const char *text)
{
  Entry *self = data;

  if (*text == '\0')
    go (self, "start");
  else
    on_begin_cb (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "sheet") != 0)
    return;
  xq_entry_sheet_set_text (XQ_ENTRY_SHEET (self->sheet), text);
  adw_dialog_set_focus (self->dialog, self->sheet);
}

static void
begin_autosave (Entry *self, AdwToolbarView *view, gint64 person_id)
{
  self->autosave = xq_autosave_new (self->session, "sheet", "person", person_id, GTK_WIDGET (self->dialog));
  xq_autosave_add (self->autosave, "person", self->picker);
  xq_autosave_add (self->autosave, "instrument", self->instrument);
  xq_autosave_add (self->autosave, "campaign", self->campaign);
  xq_autosave_add (self->autosave, "date", self->date);
  xq_autosave_add_custom (self->autosave, "answers", read_answers, write_answers, self);
  g_signal_connect_object (self->sheet, "changed", G_CALLBACK (xq_autosave_touch), self->autosave, G_CONNECT_SWAPPED);
  adw_toolbar_view_add_top_bar (view, xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

/* -- building */

static GtkWidget *
problem_new (const char *text)
{
  GtkWidget *problem = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_widget_add_css_class (problem, "error");
  gtk_widget_add_css_class (problem, "form-message");
  gtk_widget_set_visible (problem, FALSE);
  return problem;
}

static GtkWidget *
instrument_row_new (Entry *self)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  guint usual = 0;

  for (guint i = 0; i < self->instruments->len; i++)
    {
      const XqInstrument *instrument = g_ptr_array_index (self->instruments, i);

      gtk_string_list_append (labels, instrument->label);
      if (g_str_equal (instrument->id, "phq9"))
        usual = i;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Questionnaire"));
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), text);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), usual);
  return row;
}

static GtkWidget *
start_new (Entry *self, gint64 person_id)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *today = xq_clock_today ();

  self->picker = xq_person_picker_new (self->session, person_id);
  self->instrument = instrument_row_new (self);
  self->campaign = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->campaign), _ ("Part of the screening"));
  self->date = xq_date_row_new (_ ("Answered on"));
  xq_date_row_set_date (XQ_DATE_ROW (self->date), today);
  self->problem = problem_new (_ ("The day must be one up to today."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->instrument);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->campaign);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->date);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->problem);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->picker));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  fill_campaigns (self);
  g_signal_connect_swapped (self->picker, "changed", G_CALLBACK (fill_campaigns), self);
  g_signal_connect_swapped (self->instrument, "notify::selected", G_CALLBACK (fill_campaigns), self);
  return page;
}

static GtkWidget *
sheet_new (Entry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->person = xq_person_line_new (self->session);
  self->sheet = xq_entry_sheet_new ();
  g_signal_connect_swapped (self->sheet, "finished", G_CALLBACK (on_finished_cb), self);
  g_signal_connect_swapped (self->sheet, "resumed", G_CALLBACK (on_resumed_cb), self);
  gtk_box_append (GTK_BOX (box), self->person);
  gtk_box_append (GTK_BOX (box), self->sheet);
  return xq_page_clamp_new (box, 560);
}

static GtkWidget *
end_new (Entry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *hint = gtk_label_new (_ ("Enter saves · Backspace goes back to the last item"));

  self->end_text = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->end_text), TRUE);
  gtk_widget_add_css_class (self->end_text, "title-3");
  gtk_widget_add_css_class (hint, "dimmed");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  self->save_problem = problem_new (NULL);
  gtk_box_append (GTK_BOX (box), self->end_text);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), self->save_problem);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
result_new (Entry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *next = gtk_button_new_with_mnemonic (_ ("_Next sheet"));

  self->results = adw_bin_new ();
  gtk_widget_set_halign (next, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (next, "pill");
  gtk_widget_add_css_class (next, "suggested-action");
  g_signal_connect_swapped (next, "clicked", G_CALLBACK (on_next_cb), self);
  gtk_box_append (GTK_BOX (box), self->results);
  gtk_box_append (GTK_BOX (box), next);
  return xq_page_clamp_new (box, 560);
}

static GtkWidget *
header_new (Entry *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->begin = gtk_button_new_with_mnemonic (_ ("_Begin"));
  self->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (self->begin, "suggested-action");
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (self->begin, "clicked", G_CALLBACK (on_begin_cb), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save_cb), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->begin);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

static void
build (Entry *self, gint64 person_id)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->dialog = adw_dialog_new ();
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), start_new (self, person_id), "start");
  gtk_stack_add_named (GTK_STACK (self->stack), sheet_new (self), "sheet");
  gtk_stack_add_named (GTK_STACK (self->stack), end_new (self), "end");
  gtk_stack_add_named (GTK_STACK (self->stack), result_new (self), "result");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header_new (self));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_end_key_cb), self);
  gtk_widget_add_controller (view, keys);
  adw_dialog_set_title (self->dialog, _ ("Enter a sheet"));
  adw_dialog_set_content_width (self->dialog, 600);
  adw_dialog_set_content_height (self->dialog, 620);
  adw_dialog_set_child (self->dialog, view);
  adw_dialog_set_focus (self->dialog, person_id != 0 ? self->instrument : xq_person_picker_entry (XQ_PERSON_PICKER (self->picker)));
  go (self, "start");
  begin_autosave (self, ADW_TOOLBAR_VIEW (view), person_id);
}

void
xq_entry_dialog_present (GtkWidget *parent, XqSession *session, gint64 person_id)
{
  XqDesk *desk = xq_session_desk (session, NULL);
  Entry *self;

  if (desk == NULL)
    return;
  self = g_new0 (Entry, 1);
  self->session = g_object_ref (session);
  self->parent = parent;
  self->set = xq_instrument_set_ref (xq_desk_instruments (desk));
  self->instruments = xq_instrument_set_list (self->set);
  self->campaigns = g_array_new (FALSE, FALSE, sizeof (gint64));
  build (self, person_id);
  g_object_set_data_full (G_OBJECT (self->dialog), "entry", self, entry_free);
  adw_dialog_present (self->dialog, parent);
}
