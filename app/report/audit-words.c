#include "config.h"

#include "report/audit-trail.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "calendar/appointment.h"
#include "calendar/term.h"
#include "care/case-file.h"
#include "care/follow-up.h"
#include "care/records.h"
#include "care/session-note.h"
#include "care/triage.h"
#include "care/warning.h"
#include "people/consent.h"
#include "people/contact.h"
#include "people/organisation.h"
#include "people/person.h"
#include "people/tag.h"
#include "people/unit.h"
#include "referral/institution.h"
#include "referral/referral.h"
#include "vault/import-batch.h"

static const XqChoice actions[] = {
  { "answers_import", N_("Answers imported") },
  { "answers_import_undo", N_("Import of answers undone") },
  { "calendar_defaults", N_("Terms and holidays filled in") },
  { "campaign_create", N_("Screening begun") },
  { "day_exception_removed", N_("Special day removed") },
  { "day_off_set", N_("Day off set") },
  { "working_day_set", N_("Working day set") },
  { "delete", N_("Deleted") },
  { "demo_people", N_("Demo filled in") },
  { "insert", N_("Added") },
  { "level", N_("Level of attention changed") },
  { "open", N_("File opened") },
  { "participant", N_("Participant marked") },
  { "password_change", N_("Password changed") },
  { "password_kept", N_("The old password was kept") },
  { "password_recovered", N_("Password set with the recovery code") },
  { "password_recovered_shares", N_("Password set with two paper shares") },
  { "roster_import", N_("Roster imported") },
  { "roster_import_undo", N_("Import of the roster undone") },
  { "search_rebuild", N_("Search built anew") },
  { "setting", N_("Setting changed") },
  { "state", N_("State changed") },
  { "tag_add", N_("Key population marked") },
  { "tag_remove", N_("Key population unmarked") },
  { "triage_undo", N_("Triage undone") },
  { "update", N_("Changed") },
  { "vault_create", N_("Vault made") },
  { "vault_open", N_("Vault opened") },
  { "keyslots_mend", N_("Passwords' file written anew from its copy") },
  { "custodian_add", N_("Custodian's password set") },
  { "custodian_replace", N_("Custodian's password replaced") },
  { "custodian_remove", N_("Custodian's password removed") },
  { "recovery_code_new", N_("New recovery code") },
  { "recovery_shares_make", N_("Paper shares made") },
  { "recovery_shares_out", N_("Paper shares handed out") },
  { "warning_joined", N_("Reasons joined to a warning") },
  { "warning_raised", N_("Warning raised") },
  { "warnings_raised", N_("Warnings raised") },
  { "wrong_password", N_("Wrong password") },
  { "report_export", N_("Report saved") },
  { "report_print", N_("Report printed") },
  { "letter_export", N_("Referral letter saved") },
  { "letter_print", N_("Referral letter printed") },
  { "missing_print", N_("List of who is missing printed") },
  { "missing_copy", N_("List of who is missing copied") },
  { "calendar_export", N_("Calendar saved") },
  { "audit_export", N_("Audit trail saved") },
  { "ledger_export", N_("Disclosure ledger saved") },
  { "other_spoken", N_("Disclosure by word of mouth entered") },
  { "other_paper", N_("Disclosure on paper entered") },
  { NULL, NULL },
};

/* Records whose room keeps no field table of them. */
static const XqChoice others[] = {
  { "assessment", N_("Assessment") },
  { "campaign", N_("Screening") },
  { "day_exception", N_("Holiday or working day") },
  { "recovery_shares", N_("Paper shares") },
  { "setting", N_("Setting") },
  { NULL, NULL },
};

static const XqEntity *const entities[] = {
  &XQ_PERSON,     &XQ_MEMBERSHIP, &XQ_CONTACT,   &XQ_CONSENT,      &XQ_PERSON_TAG,  &XQ_UNIT,        &XQ_ORGANISATION,
  &XQ_DISCLOSURE, &XQ_WARNING,    &XQ_TRIAGE,    &XQ_CASE_FILE,    &XQ_SESSION_NOTE, &XQ_FOLLOW_UP,  &XQ_CRISIS_EVENT,
  &XQ_ACTIVITY,   &XQ_TEAM_MEMBER, &XQ_APPOINTMENT, &XQ_TERM, &XQ_REFERRAL, &XQ_REFERRAL_STEP, &XQ_INSTITUTION,
  &XQ_IMPORT_BATCH,
};

const char *
xq_audit_action_words (const char *action)
{
  const int index = xq_choice_index (actions, action);

  return index >= 0 ? _(actions[index].label) : action;
}

const char *
xq_audit_entity_words (const char *entity)
{
  const int index = entity != NULL ? xq_choice_index (others, entity) : -1;

  for (gsize i = 0; entity != NULL && i < G_N_ELEMENTS (entities); i++)
    if (g_str_equal (entities[i]->name, entity))
      return _(entities[i]->label);
  return index >= 0 ? _(others[index].label) : entity != NULL ? entity : "";
}
