#include "config.h"

#include "ui/care/warning-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "care/case-file.h"
#include "care/triage.h"
#include "people/person-list.h"
#include "report/desk.h"
#include "ui/care/reason-words.h"
#include "ui/care/triage-form.h"
#include "ui/referral/new-referral.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/form.h"
#include "ui/widgets/level-chip.h"
#include "ui/widgets/person-head.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

struct _XqWarningPage
{
  XqPage parent_instance;

  XqWarning *warning;
  GtkWidget *head;
  GtkWidget *evidence;
  GtkWidget *history;
  GtkWidget *history_box;
  GtkWidget *form;
  GtkWidget *form_masked; /* in its place: what is written there may name somebody */
};

G_DEFINE_FINAL_TYPE (XqWarningPage, xq_warning_page, XQ_TYPE_PAGE)

static char *
day_text (gint64 at)
{
  g_autofree char *iso = xq_clock_date (at);

  return xq_date_display (iso);
}

static const char *
informant (const XqWarningReason *reason)
{
  int source = xq_choice_index (xq_warning_sources, reason->rule);

  return source >= 0 ? _ (xq_warning_sources[source].label) : _ (xq_warning_sources[XQ_SOURCE_RULE].label);
}

static GtkWidget *
row_new (const char *title, const char *subtitle, int level)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (level > 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), xq_level_chip_new (level));
  return row;
}

/* Self, teacher and guardian side by side: each reason says whose it is. */
static void
show_evidence (XqWarningPage *self, XqDesk *desk)
{
  g_autoptr (GPtrArray) reasons = xq_warning_reasons (xq_desk_database (desk), self->warning->id, NULL);

  gtk_list_box_remove_all (GTK_LIST_BOX (self->evidence));
  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    {
      const XqWarningReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *words = xq_reason_words (xq_page_session (XQ_PAGE (self)), xq_desk_care (desk), reason);
      g_autofree char *day = day_text (reason->at);
      g_autofree char *below = g_strdup_printf ("%s · %s", informant (reason), day);

      gtk_list_box_append (GTK_LIST_BOX (self->evidence), row_new (words, below, (int) reason->level));
    }
}

static void
show_history (XqWarningPage *self, XqDesk *desk)
{
  XqSession *session = xq_page_session (XQ_PAGE (self));
  g_autoptr (GPtrArray) triages = xq_triage_list (xq_desk_database (desk), self->warning->id, NULL);

  gtk_list_box_remove_all (GTK_LIST_BOX (self->history));
  for (guint i = 0; triages != NULL && i < triages->len; i++)
    {
      const XqTriage *triage = g_ptr_array_index (triages, i);
      g_autofree char *day = day_text (triage->at);
      g_autofree char *reason = xq_session_words (session, triage->reason);
      g_autofree char *note = xq_session_words (session, triage->note);
      g_autoptr (GString) below = g_string_new (day);

      if (*reason != '\0')
        g_string_append_printf (below, "\n%s", reason);
      if (*note != '\0')
        g_string_append_printf (below, "\n%s", note);
      gtk_list_box_append (GTK_LIST_BOX (self->history),
                           row_new (_ (xq_triage_outcomes[triage->outcome].label), below->str, (int) triage->level));
    }
  gtk_widget_set_visible (self->history_box, triages != NULL && triages->len > 0);
}

static void
show_head (XqWarningPage *self)
{
  const XqWarning *warning = self->warning;
  g_autoptr (XqPersonRow) person = xq_person_row_load (xq_page_database (XQ_PAGE (self)), warning->person_id, NULL);
  gboolean masked = xq_session_masked (xq_page_session (XQ_PAGE (self)));
  gboolean is_new = warning->state == XQ_WARNING_NEW;
  gboolean is_open = (1u << warning->state & XQ_WARNING_OPEN_STATES) != 0;

  xq_person_head_set (self->head, person, _ (xq_warning_states[warning->state].label), warning->raised_at,
                      is_new ? warning->due_at : 0);
  gtk_widget_set_visible (self->form, is_open && !masked);
  gtk_widget_set_visible (self->form_masked, is_open && masked);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "warning.case", warning->state == XQ_WARNING_CONFIRMED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "warning.refer", is_open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "warning.close", is_open && !is_new);
}

static void
xq_warning_page_load (XqPage *page)
{
  XqWarningPage *self = XQ_WARNING_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = xq_desk_new (xq_page_database (page), &error);

  g_clear_pointer (&self->warning, xq_warning_free);
  if (desk != NULL)
    self->warning = xq_warning_load (xq_desk_database (desk), xq_page_record_id (page), &error);
  xq_page_set_error (page, error);
  if (self->warning == NULL)
    return;
  show_head (self);
  show_evidence (self, desk);
  show_history (self, desk);
  xq_triage_form_set_warning (XQ_TRIAGE_FORM (self->form), self->warning);
}

static void
on_person_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqWarningPage *self = XQ_WARNING_PAGE (widget);

  if (self->warning != NULL)
    xq_window_open (xq_page_window (XQ_PAGE (self)), "person", self->warning->person_id);
}

static void
on_refer_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqWarningPage *self = XQ_WARNING_PAGE (widget);

  xq_new_referral_present (widget, xq_page_session (XQ_PAGE (self)), self->warning->person_id, self->warning->id);
}

static gboolean
save_case (GtkWidget *widget, gpointer record, gpointer user_data, GError **error)
{
  XqWarningPage *self = XQ_WARNING_PAGE (widget);
  const XqCaseFile *case_file = record;
  g_autoptr (XqDesk) desk = xq_desk_new (xq_page_database (XQ_PAGE (self)), error);

  if (desk == NULL
      || !xq_case_open (xq_desk_care (desk), self->warning->person_id, case_file->problem, case_file->goals, NULL, error))
    return FALSE;
  xq_session_changed (xq_page_session (XQ_PAGE (self)), XQ_CHANGED_CARE);
  return TRUE;
}

static void
on_case_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "problem", "goals", NULL };
  g_autoptr (XqCaseFile) case_file = xq_case_file_new ();

  case_file->person_id = XQ_WARNING_PAGE (widget)->warning->person_id;
  xq_form_dialog_present (widget, _ ("Open a case"), xq_form_new (&XQ_CASE_FILE, case_file, fields), _ ("_Open"),
                          save_case, NULL, NULL);
}

static gboolean
save_close (GtkWidget *widget, gpointer record, gpointer user_data, GError **error)
{
  XqWarningPage *self = XQ_WARNING_PAGE (widget);
  const XqWarning *form = record;
  g_autoptr (XqDesk) desk = xq_desk_new (xq_page_database (XQ_PAGE (self)), error);

  if (desk == NULL || !xq_warning_close (xq_desk_care (desk), self->warning->id, form->remark, error))
    return FALSE;
  xq_session_changed (xq_page_session (XQ_PAGE (self)), XQ_CHANGED_CARE);
  return TRUE;
}

static void
on_close_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "remark", NULL };
  g_autoptr (XqWarning) empty = xq_warning_new ();
  XqForm *form;

  empty->id = XQ_WARNING_PAGE (widget)->warning->id;
  form = xq_form_new (&XQ_WARNING, empty, fields);
  xq_form_set_kind (form, "warning-close");
  xq_form_set_label (form, "remark", _ ("Why the care ends"));
  xq_form_dialog_present (widget, _ ("End of care"), form, _ ("_Close the warning"), save_close, NULL, NULL);
}

static void
xq_warning_page_dispose (GObject *object)
{
  XqWarningPage *self = XQ_WARNING_PAGE (object);

  g_clear_pointer (&self->warning, xq_warning_free);
  G_OBJECT_CLASS (xq_warning_page_parent_class)->dispose (object);
}

static GtkWidget *
tools_new (void)
{
  static const struct
  {
    const char *label;
    const char *action;
  } buttons[] = {
    { N_ ("Open the file"), "warning.person" },
    { N_ ("Open a case…"), "warning.case" },
    { N_ ("Refer…"), "warning.refer" },
    { N_ ("End of care…"), "warning.close" },
  };
  GtkWidget *tools = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (tools), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (tools), 9);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (buttons[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      adw_wrap_box_append (ADW_WRAP_BOX (tools), button);
    }
  return tools;
}

static void
xq_warning_page_constructed (GObject *object)
{
  XqWarningPage *self = XQ_WARNING_PAGE (object);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *both = adw_wrap_box_new ();

  G_OBJECT_CLASS (xq_warning_page_parent_class)->constructed (object);
  self->evidence = xq_boxed_list_new (_ ("Why this warning"));
  self->history = xq_boxed_list_new (_ ("Triage so far"));
  self->history_box = xq_titled_new (_ ("Triage so far"), self->history);
  self->form = xq_triage_form_new (xq_page_session (XQ_PAGE (self)));
  self->form_masked = gtk_label_new (_ ("Hidden while names are masked"));
  gtk_box_append (GTK_BOX (left), xq_titled_new (_ ("Why this warning"), self->evidence));
  gtk_box_append (GTK_BOX (left), self->history_box);
  gtk_widget_set_size_request (left, 300, -1);
  gtk_widget_set_size_request (self->form, 300, -1);
  gtk_widget_add_css_class (self->form_masked, "dimmed");
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  gtk_widget_set_valign (self->form, GTK_ALIGN_START);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (both), 24);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (both), 24);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (both), ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (both), TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (both), left);
  adw_wrap_box_append (ADW_WRAP_BOX (both), self->form);
  adw_wrap_box_append (ADW_WRAP_BOX (both), self->form_masked);
  self->head = xq_person_head_new (xq_page_session (XQ_PAGE (self)));
  gtk_box_append (GTK_BOX (content), self->head);
  gtk_box_append (GTK_BOX (content), tools_new ());
  gtk_box_append (GTK_BOX (content), both);
  xq_page_set_title (XQ_PAGE (self), _ ("Warning"));
  xq_page_set_child (XQ_PAGE (self), xq_page_clamp_new (content, 0));
}

static void
xq_warning_page_class_init (XqWarningPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_warning_page_constructed;
  G_OBJECT_CLASS (class)->dispose = xq_warning_page_dispose;
  page_class->changes = XQ_CHANGED_CARE | XQ_CHANGED_PEOPLE | XQ_CHANGED_REFERRAL;
  page_class->load = xq_warning_page_load;
  gtk_widget_class_install_action (widget_class, "warning.person", NULL, on_person_action);
  gtk_widget_class_install_action (widget_class, "warning.case", NULL, on_case_action);
  gtk_widget_class_install_action (widget_class, "warning.refer", NULL, on_refer_action);
  gtk_widget_class_install_action (widget_class, "warning.close", NULL, on_close_action);
}

static void
xq_warning_page_init (XqWarningPage *self)
{
}
