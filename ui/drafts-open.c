#include "config.h"

#include "ui/drafts-private.h"

#include <glib/gi18n-lib.h>

#include "people/person-list.h"
#include "ui/assess/campaign-dialog.h"
#include "ui/assess/entry-dialog.h"
#include "ui/audit/disclosure-dialog.h"
#include "ui/calendar/appointment-dialog.h"
#include "ui/care/note-dialog.h"
#include "ui/care/report-warning.h"
#include "ui/people/person-form.h"
#include "ui/referral/new-referral.h"
#include "ui/today/follow-up-dialogs.h"

/* A form of a new record of a person's says so by its reference. */
static gboolean
is_of_person (const XqDraft *draft)
{
  return g_str_equal (draft->entity, "person") || g_str_equal (draft->entity, "person_id");
}

static void
open_note (XqWindow *window, const XqDraft *draft)
{
  xq_note_dialog_present (GTK_WIDGET (window), xq_window_session (window), draft->entity_id);
}

static void
open_concern (XqWindow *window, const XqDraft *draft)
{
  xq_report_warning_present (GTK_WIDGET (window), xq_window_session (window), draft->entity_id);
}

static void
open_warning (XqWindow *window, const XqDraft *draft)
{
  xq_window_open (window, "warning", draft->entity_id);
}

static void
open_referral (XqWindow *window, const XqDraft *draft)
{
  xq_window_open (window, "referral", draft->entity_id);
}

static void
open_new_referral (XqWindow *window, const XqDraft *draft)
{
  xq_new_referral_present (GTK_WIDGET (window), xq_window_session (window), is_of_person (draft) ? draft->entity_id : 0, 0);
}

static void
open_appointment (XqWindow *window, const XqDraft *draft)
{
  gboolean new = is_of_person (draft);

  xq_appointment_dialog_present (GTK_WIDGET (window), xq_window_session (window), new ? 0 : draft->entity_id,
                                 new ? draft->entity_id : 0, 0);
}

static void
open_sheet (XqWindow *window, const XqDraft *draft)
{
  xq_entry_dialog_present (GTK_WIDGET (window), xq_window_session (window), draft->entity_id);
}

static void
open_campaign (XqWindow *window, const XqDraft *draft)
{
  xq_campaign_dialog_present (GTK_WIDGET (window), xq_window_session (window));
}

static void
open_cover (XqWindow *window, const XqDraft *draft)
{
  xq_person_form_present (GTK_WIDGET (window), xq_window_session (window), is_of_person (draft) ? draft->entity_id : 0);
}

/* The form is opened there by hand, and is as it was then. */
static void
open_person (XqWindow *window, const XqDraft *draft)
{
  if (is_of_person (draft))
    xq_window_open (window, "person", draft->entity_id);
  else
    xq_window_go (window, "people");
}

static void
open_done (XqWindow *window, const XqDraft *draft)
{
  xq_follow_up_done_dialog (GTK_WIDGET (window), xq_window_session (window), draft->entity_id);
}

static void
open_postponed (XqWindow *window, const XqDraft *draft)
{
  xq_follow_up_postpone_dialog (GTK_WIDGET (window), xq_window_session (window), draft->entity_id);
}

static void
open_disclosure (XqWindow *window, const XqDraft *draft)
{
  xq_disclosure_dialog_enter (GTK_WIDGET (window), xq_window_session (window), 0);
}

static void
open_settings (XqWindow *window, const XqDraft *draft)
{
  xq_window_go (window, "settings");
}

/* By what the kind begins with; the last is for the forms of the settings. */
static const struct
{
  const char *kind;
  const char *label;
  void (*open) (XqWindow *window, const XqDraft *draft);
} forms[] = {
  { "note", N_("Session note"), open_note },
  { "concern", N_("Report a concern"), open_concern },
  { "triage", N_("Triage of a warning"), open_warning },
  { "warning-close", N_("End of care"), open_warning },
  { "referral-", N_("Step of a referral"), open_referral },
  { "referral", N_("New referral"), open_new_referral },
  { "appointment", N_("Appointment"), open_appointment },
  { "sheet", N_("Enter a sheet"), open_sheet },
  { "campaign", N_("New screening"), open_campaign },
  { "person", N_("Cover of the file"), open_cover },
  { "contact", N_("Contact"), open_person },
  { "consent", N_("New consent"), open_person },
  { "case_file", N_("Open a case"), open_person },
  { "disclosure", N_("Enter a Disclosure"), open_disclosure },
  { "follow-up-done", N_("Follow-Up Done"), open_done },
  { "follow-up-postponed", N_("Postpone the Follow-Up"), open_postponed },
  { "", N_("Form in the settings"), open_settings },
};

static gsize
form_of (const XqDraft *draft)
{
  gsize i = 0;

  while (!g_str_has_prefix (draft->kind, forms[i].kind))
    i++;
  return i;
}

const char *
xq_draft_label (const XqDraft *draft)
{
  return _(forms[form_of (draft)].label);
}

char *
xq_draft_name (const XqDraft *draft, XqSession *session)
{
  g_autoptr (XqPersonRow) row = is_of_person (draft) && draft->entity_id != 0
                                    ? xq_person_row_load (xq_session_database (session), draft->entity_id, NULL)
                                    : NULL;

  return row != NULL ? xq_session_name (session, row->name) : NULL;
}

void
xq_draft_open (const XqDraft *draft, XqWindow *window)
{
  forms[form_of (draft)].open (window, draft);
}
