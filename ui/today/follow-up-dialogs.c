#include "config.h"

#include "ui/today/follow-up-dialogs.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "care/follow-up.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/form.h"
#include "ui/window.h"

/* What a dialog needs to write with. */
typedef struct
{
  XqSession *session;
  gint64 id;
} Subject;

static Subject *
subject_new (XqSession *session, gint64 id)
{
  Subject *subject = g_new0 (Subject, 1);

  subject->session = g_object_ref (session);
  subject->id = id;
  return subject;
}

static void
subject_free (Subject *subject)
{
  g_object_unref (subject->session);
  g_free (subject);
}

static XqCare *
care_of (Subject *subject, GError **error)
{
  XqDesk *desk = xq_session_desk (subject->session, error);

  return desk != NULL ? xq_desk_care (desk) : NULL;
}

static void
say_changed (Subject *subject)
{
  xq_session_changed (subject->session, XQ_CHANGED_CARE | XQ_CHANGED_CALENDAR);
}

static void
on_undo_cb (XqWindow *window, gpointer user_data)
{
  Subject *subject = user_data;
  g_autoptr (GError) error = NULL;
  XqCare *care = care_of (subject, &error);

  if (care == NULL || !xq_follow_up_undo (care, subject->id, &error))
    xq_error_dialog (GTK_WIDGET (window), _("This cannot be taken back"), error);
  else
    say_changed (subject);
}

static gboolean
save_done (GtkWidget *parent, gpointer record, gpointer user_data, GError **error)
{
  Subject *subject = user_data;
  XqFollowUp *follow_up = record;
  XqCare *care = care_of (subject, error);

  if (care == NULL || !xq_follow_up_done (care, subject->id, follow_up->note, error))
    return FALSE;
  say_changed (subject);
  xq_window_toast (xq_window_for (parent), _("Follow-up done."), on_undo_cb,
                   subject_new (subject->session, subject->id), (GDestroyNotify) subject_free);
  return TRUE;
}

static gboolean
save_postponed (GtkWidget *parent, gpointer record, gpointer user_data, GError **error)
{
  Subject *subject = user_data;
  XqFollowUp *follow_up = record;
  XqCare *care = care_of (subject, error);
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (care == NULL
      || !xq_follow_up_postpone (care, subject->id, follow_up->due_on, follow_up->postponed_reason, error))
    return FALSE;
  say_changed (subject);
  day = xq_date_display (follow_up->due_on);
  text = g_strdup_printf (_("Follow-up moved to %s."), day);
  xq_window_toast (xq_window_for (parent), text, NULL, NULL, NULL);
  return TRUE;
}

static XqFollowUp *
load (GtkWidget *parent, XqSession *session, gint64 id)
{
  g_autoptr (GError) error = NULL;
  XqFollowUp *follow_up = xq_follow_up_load (xq_session_database (session), id, &error);

  if (follow_up == NULL)
    xq_error_dialog (parent, _("The follow-up cannot be opened"), error);
  return follow_up;
}

void
xq_follow_up_done_dialog (GtkWidget *parent, XqSession *session, gint64 id)
{
  g_autoptr (XqFollowUp) follow_up = load (parent, session, id);
  const char *const fields[] = { "note", NULL };
  XqForm *form;

  if (follow_up == NULL)
    return;
  form = xq_form_new (&XQ_FOLLOW_UP, follow_up, fields);
  xq_form_set_kind (form, "follow-up-done");
  xq_form_set_label (form, "note", _("How the person is, and what was agreed"));
  xq_form_dialog_present (parent, _("Follow-Up Done"), form, _("_Done"), save_done, subject_new (session, id),
                          (GDestroyNotify) subject_free);
}

void
xq_follow_up_postpone_dialog (GtkWidget *parent, XqSession *session, gint64 id)
{
  g_autoptr (XqFollowUp) follow_up = load (parent, session, id);
  const char *const fields[] = { "due_on", "postponed_reason", NULL };
  g_autofree char *today = xq_clock_today ();
  XqForm *form;

  if (follow_up == NULL)
    return;
  if (xq_date_compare (follow_up->due_on, today) <= 0)
    {
      g_free (follow_up->due_on);
      follow_up->due_on = xq_date_add_days (today, 1);
    }
  form = xq_form_new (&XQ_FOLLOW_UP, follow_up, fields);
  xq_form_set_kind (form, "follow-up-postponed");
  xq_form_set_label (form, "due_on", _("New day"));
  xq_form_set_label (form, "postponed_reason", _("Why it is moved"));
  xq_form_dialog_present (parent, _("Postpone the Follow-Up"), form, _("_Postpone"), save_postponed,
                          subject_new (session, id), (GDestroyNotify) subject_free);
}
