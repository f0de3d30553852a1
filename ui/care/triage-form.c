#include "config.h"

#include "ui/care/triage-form.h"

#include <glib/gi18n-lib.h>

#include "care/triage.h"
#include "report/desk.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/simple.h"
#include "ui/widgets/text-area.h"
#include "ui/window.h"

#define DISMISS "dismiss"

struct _XqTriageForm
{
  GtkWidget parent_instance;

  XqSession *session;
  gint64 warning_id;
  int level; /* as the warning stands */
  gboolean triaged;
  GtkWidget *box;
  GtkWidget *outcome;
  GtkWidget *reason;
  GtkWidget *note;
  GtkWidget *problem;
  GtkWidget *save;
  XqAutosave *autosave; /* of this warning as it stands */
};

G_DEFINE_FINAL_TYPE (XqTriageForm, xq_triage_form, GTK_TYPE_WIDGET)

static const char *
chosen (XqTriageForm *self)
{
  return adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->outcome));
}

static int
chosen_level (XqTriageForm *self)
{
  const char *name = chosen (self);

  return name != NULL && !g_str_equal (name, DISMISS) ? atoi (name) : 0;
}

/* A plain confirmation wants no reason; everything else does. */
static void
on_outcome_changed_cb (XqTriageForm *self)
{
  int level = chosen_level (self);
  gboolean confirms = level == self->level && !self->triaged;

  gtk_button_set_label (GTK_BUTTON (self->save), level == 0   ? _ ("Dismiss the warning")
                                                 : confirms   ? _ ("Confirm the warning")
                                                              : _ ("Change the level"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason),
                                 confirms ? _ ("Reason (optional)") : _ ("Reason (needed)"));
  gtk_widget_set_sensitive (self->save, !(self->triaged && level == self->level));
}

static gboolean
store (XqTriageForm *self, GError **error)
{
  g_autoptr (XqDesk) desk = xq_desk_new (xq_session_database (self->session), error);
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));
  g_autofree char *note = xq_text_area_get_text (XQ_TEXT_AREA (self->note));
  g_autofree char *both = NULL;
  int level = chosen_level (self);

  if (desk == NULL)
    return FALSE;
  if (level == 0)
    return xq_triage_dismiss (xq_desk_care (desk), self->warning_id, reason, note, error);
  if (level != self->level || self->triaged)
    return xq_triage_change (xq_desk_care (desk), self->warning_id, level, reason, note, error);
  both = *reason != '\0' && *note != '\0' ? g_strdup_printf ("%s\n%s", reason, note)
                                          : g_strdup (*reason != '\0' ? reason : note);
  return xq_triage_confirm (xq_desk_care (desk), self->warning_id, both, error);
}

static void
on_undo (XqWindow *window, gpointer user_data)
{
  XqSession *session = xq_window_session (window);
  gint64 warning_id = GPOINTER_TO_SIZE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = NULL;

  if (session == NULL)
    return;
  desk = xq_desk_new (xq_session_database (session), &error);
  if (desk == NULL || !xq_triage_undo (xq_desk_care (desk), warning_id, &error))
    xq_error_dialog (GTK_WIDGET (window), _ ("The triage cannot be taken back"), error);
  else
    xq_session_changed (session, XQ_CHANGED_CARE);
}

static void
on_save_cb (XqTriageForm *self)
{
  XqWindow *window = xq_window_for (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;
  int level = chosen_level (self);
  const char *done = level == 0 ? _ ("Warning dismissed") : _ ("Triage saved, the next follow-up is planned");

  if (!store (self, &error))
    {
      xq_problem_label_set (self->problem, error->message);
      gtk_widget_grab_focus (self->reason);
      return;
    }
  xq_problem_label_set (self->problem, NULL);
  xq_autosave_finish (self->autosave);
  if (window != NULL)
    xq_window_toast (window, done, on_undo, GSIZE_TO_POINTER (self->warning_id), NULL);
  xq_session_changed (self->session, XQ_CHANGED_CARE);
}

/* The form is of another warning now, or of one that stands otherwise. */
static void
begin_autosave (XqTriageForm *self)
{
  if (self->autosave != NULL)
    gtk_box_remove (GTK_BOX (self->box), xq_autosave_banner (self->autosave));
  self->autosave = xq_autosave_new (self->session, "triage", "warning", self->warning_id, GTK_WIDGET (self));
  xq_autosave_add (self->autosave, "outcome", self->outcome);
  xq_autosave_add (self->autosave, "reason", self->reason);
  xq_autosave_add (self->autosave, "note", self->note);
  gtk_box_prepend (GTK_BOX (self->box), xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

void
xq_triage_form_set_warning (XqTriageForm *self, const XqWarning *warning)
{
  g_autofree char *name = g_strdup_printf ("%d", (int) warning->level);

  g_return_if_fail (XQ_IS_TRIAGE_FORM (self));

  if (self->warning_id == warning->id && self->triaged == (warning->state != XQ_WARNING_NEW)
      && self->level == warning->level)
    return;
  if (self->autosave != NULL)
    xq_autosave_flush (self->autosave);
  self->warning_id = warning->id;
  self->level = (int) warning->level;
  self->triaged = warning->state != XQ_WARNING_NEW;
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->outcome), name);
  adw_toggle_set_enabled (adw_toggle_group_get_toggle_by_name (ADW_TOGGLE_GROUP (self->outcome), DISMISS),
                          !self->triaged);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  xq_text_area_set_text (XQ_TEXT_AREA (self->note), "");
  xq_problem_label_set (self->problem, NULL);
  on_outcome_changed_cb (self);
  begin_autosave (self);
}

static void
xq_triage_form_dispose (GObject *object)
{
  XqTriageForm *self = XQ_TRIAGE_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_triage_form_parent_class)->dispose (object);
}

static void
xq_triage_form_class_init (XqTriageFormClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_triage_form_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
outcome_new (XqTriageForm *self)
{
  static const struct
  {
    const char *name;
    const char *label;
  } outcomes[] = {
    { "1", N_ ("Level 1") }, { "2", N_ ("Level 2") }, { "3", N_ ("Level 3") }, { DISMISS, N_ ("Dismiss") },
  };

  self->outcome = adw_toggle_group_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, outcomes[i].name);
      adw_toggle_set_label (toggle, _ (outcomes[i].label));
      adw_toggle_group_add (ADW_TOGGLE_GROUP (self->outcome), toggle);
    }
  adw_toggle_group_set_homogeneous (ADW_TOGGLE_GROUP (self->outcome), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outcome), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Outcome of the interview"), -1);
  g_signal_connect_swapped (self->outcome, "notify::active-name", G_CALLBACK (on_outcome_changed_cb), self);
  return self->outcome;
}

static void
xq_triage_form_init (XqTriageForm *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->reason = adw_entry_row_new ();
  self->note = xq_text_area_new (_ ("What was found in the interview"), 120);
  self->problem = xq_problem_label_new ();
  self->save = gtk_button_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->reason);
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_add_css_class (self->save, "pill");
  gtk_widget_set_halign (self->save, GTK_ALIGN_START);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save_cb), self);
  gtk_box_append (GTK_BOX (self->box), xq_titled_new (_ ("Outcome of the interview"), outcome_new (self)));
  gtk_box_append (GTK_BOX (self->box), group);
  gtk_box_append (GTK_BOX (self->box), xq_titled_new (_ ("What was found in the interview"), self->note));
  gtk_box_append (GTK_BOX (self->box), self->problem);
  gtk_box_append (GTK_BOX (self->box), self->save);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
xq_triage_form_new (XqSession *session)
{
  XqTriageForm *self = g_object_new (XQ_TYPE_TRIAGE_FORM, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
