#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "care/warning.h"
#include "cli/commands.h"
#include "cli/papers.h"
#include "cli/desk.h"
#include "referral/letter.h"

static const XqColumn columns[] = {
  { "id", N_("No."), NULL },
  { "state", N_("State"), xq_referral_states },
  { "lane", N_("Lane"), xq_referral_lanes },
  { "person.code", N_("Number"), NULL },
  { "person.name", N_("Name"), NULL },
  { "institution.name", N_("Institution"), NULL },
  { "clock.step", N_("Next step"), xq_referral_states },
  { "clock.due", N_("Deadline"), NULL },
  { "clock.late", N_("Late"), NULL },
  { 0 },
};

static gboolean
print_referral (XqCli *cli, XqDesk *desk, gint64 id, GError **error)
{
  return xq_output_object_node (&cli->output, xq_referral_json (xq_desk_channel (desk), id, error), columns);
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_autofree char *state_id = NULL;
  g_autofree char *person = NULL;
  XqReferralFilter filter = { 0 };
  int state;
  const GOptionEntry entries[] = {
    { "state", 0, 0, XQ_OPTION_TEXT, &state_id, N_("In this state only"), "STATE" },
    { "person", 0, 0, XQ_OPTION_TEXT, &person, N_("One person's"), "PERSON" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &filter.limit, N_("At most so many"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autoptr (XqDesk) desk = NULL;

  if (rest == NULL || !xq_cli_choice (xq_referral_states, state_id, "--state", XQ_REFERRAL_DRAFT, &state, error))
    return FALSE;
  if (state_id != NULL)
    filter.states = 1u << state;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && xq_cli_find_person (desk, person, &filter.person_id, error)
         && xq_output_list_node (&cli->output, xq_referral_list_json (xq_desk_channel (desk), &filter, error), columns);
}

static gboolean
run_show (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 1, error);
  g_autoptr (XqDesk) desk = NULL;
  gint64 id;

  if (rest == NULL || !xq_cli_number (rest[0], _("Referral"), &id, error))
    return FALSE;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && print_referral (cli, desk, id, error);
}

/* -- new */

typedef struct
{
  char *institution;
  char *lane;
  char *reason;
  char *released;
} NewOptions;

static void
new_options_clear (NewOptions *options)
{
  g_free (options->institution);
  g_free (options->lane);
  g_free (options->reason);
  g_free (options->released);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewOptions, new_options_clear)

static gboolean
create (XqDesk *desk, const char *person, const NewOptions *options, gint64 *ret_id, GError **error)
{
  g_autoptr (XqReferral) referral = xq_referral_new ();
  g_autoptr (XqInstitution) institution = NULL;
  g_autoptr (XqWarning) warning = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!xq_cli_choice (xq_referral_lanes, options->lane, "--lane", XQ_LANE_ROUTINE, &referral->lane, error)
      || !xq_cli_find_person (desk, person, &referral->person_id, error))
    return FALSE;
  institution = xq_institution_find (xq_desk_database (desk), options->institution, error);
  if (institution == NULL)
    return FALSE;
  warning = xq_warning_open_of (xq_desk_database (desk), referral->person_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  referral->institution_id = institution->id;
  referral->warning_id = warning != NULL ? warning->id : 0;
  g_set_str (&referral->reason, options->reason);
  g_set_str (&referral->released, options->released);
  if (!xq_referral_create (xq_desk_channel (desk), referral, error))
    return FALSE;
  *ret_id = referral->id;
  return TRUE;
}

static gboolean
run_new (XqCli *cli, char **words, GError **error)
{
  g_auto (NewOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "institution", 0, 0, XQ_OPTION_TEXT, &options.institution, N_("Where to: an id or a name"), "INSTITUTION" },
    { "lane", 0, 0, XQ_OPTION_TEXT, &options.lane, N_("emergency, urgent or routine (the default)"), "LANE" },
    { "reason", 0, 0, XQ_OPTION_TEXT, &options.reason, N_("Why, in words that are no diagnosis"), "TEXT" },
    { "released", 0, 0, XQ_OPTION_TEXT, &options.released, N_("What consent lets into the letter, comma-separated"), "SECTIONS" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autoptr (XqDesk) desk = NULL;
  gint64 id = 0;

  if (rest == NULL)
    return FALSE;
  if (options.institution == NULL || options.reason == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("A referral needs --institution and --reason."));
      return FALSE;
    }
  desk = xq_cli_desk (cli, error);
  return desk != NULL && create (desk, rest[0], &options, &id, error) && print_referral (cli, desk, id, error);
}

/* -- advance */

typedef struct
{
  char *note;
  char *guardian_told;
  char *principal_told;
  char *reask_on;
  char *institution;
  char *released;
  char *result;
} AdvanceOptions;

static void
advance_options_clear (AdvanceOptions *options)
{
  g_free (options->note);
  g_free (options->guardian_told);
  g_free (options->principal_told);
  g_free (options->reask_on);
  g_free (options->institution);
  g_free (options->released);
  g_free (options->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AdvanceOptions, advance_options_clear)

/* An emergency that goes on without consent is sent only when guardian and principal have been told: here the
 * step itself states it, for this moment unless a time is given. Returns whether it stated anything. */
static gboolean
state_told (const XqReferral *referral, XqReferralAdvance *advance)
{
  gboolean stated = FALSE;

  if (advance->state != XQ_REFERRAL_SENT || referral->lane != XQ_LANE_EMERGENCY
      || (referral->state != XQ_REFERRAL_DRAFT && referral->state != XQ_REFERRAL_CONSENT_ASKED))
    return FALSE;
  if (advance->guardian_told_at == 0 && referral->guardian_told_at == 0)
    {
      advance->guardian_told_at = xq_clock_now ();
      stated = TRUE;
    }
  if (advance->principal_told_at == 0 && referral->principal_told_at == 0)
    {
      advance->principal_told_at = xq_clock_now ();
      stated = TRUE;
    }
  return stated;
}

static gboolean
read_advance (XqDesk *desk, const char *state_id, AdvanceOptions *options, XqReferralAdvance *advance, GError **error)
{
  int state;

  if (!xq_cli_choice (xq_referral_states, state_id, _("The state"), -1, &state, error)
      || !xq_cli_time (options->guardian_told, "--guardian-told", &advance->guardian_told_at, error)
      || !xq_cli_time (options->principal_told, "--principal-told", &advance->principal_told_at, error)
      || !xq_cli_date (&options->reask_on, "--reask-on", error))
    return FALSE;
  if (options->institution != NULL)
    {
      g_autoptr (XqInstitution) institution
          = xq_institution_find (xq_desk_database (desk), options->institution, error);

      if (institution == NULL)
        return FALSE;
      advance->institution_id = institution->id;
    }
  advance->state = (XqReferralState) state;
  advance->note = options->note;
  advance->reask_on = options->reask_on;
  advance->released = options->released;
  advance->result = options->result;
  return TRUE;
}

static gboolean
advance_referral (XqDesk *desk, gint64 id, XqReferralAdvance *advance, GError **error)
{
  g_autoptr (XqReferral) before = xq_referral_load (xq_desk_database (desk), id, error);
  gboolean stated;

  if (before == NULL)
    return FALSE;
  stated = state_told (before, advance);
  if (!xq_desk_advance_referral (desk, id, advance, NULL, error))
    return FALSE;
  if (stated)
    xq_cli_remark (_("Written down: guardian and principal have been told, now. Tell them if that is not so."));
  return TRUE;
}

static gboolean
run_advance (XqCli *cli, char **words, GError **error)
{
  g_auto (AdvanceOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "note", 0, 0, XQ_OPTION_TEXT, &options.note, N_("What was said"), "TEXT" },
    { "guardian-told", 0, 0, XQ_OPTION_TEXT, &options.guardian_told, N_("When the guardian was told; an emergency: now"), "TIME" },
    { "principal-told", 0, 0, XQ_OPTION_TEXT, &options.principal_told, N_("When the principal was told; an emergency: now"), "TIME" },
    { "reask-on", 0, 0, XQ_OPTION_TEXT, &options.reask_on, N_("After a refusal: when to ask again"), "DATE" },
    { "institution", 0, 0, XQ_OPTION_TEXT, &options.institution, N_("Sent on to another one: an id or a name"), "INSTITUTION" },
    { "released", 0, 0, XQ_OPTION_TEXT, &options.released, N_("What consent lets into the letter, comma-separated"), "SECTIONS" },
    { "result", 0, 0, XQ_OPTION_TEXT, &options.result, N_("What the hospital wrote back"), "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 2, 2, error);
  g_autoptr (XqDesk) desk = NULL;
  XqReferralAdvance advance = { 0 };
  gint64 id;

  if (rest == NULL || !xq_cli_number (rest[0], _("Referral"), &id, error))
    return FALSE;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && read_advance (desk, rest[1], &options, &advance, error)
         && advance_referral (desk, id, &advance, error) && print_referral (cli, desk, id, error);
}

/* -- the letter */

static gboolean
run_letter (XqCli *cli, char **words, GError **error)
{
  g_auto (XqLeaving) leaving = XQ_LEAVING_INIT;
  const GOptionEntry entries[] = {
    { "pdf", 0, 0, XQ_OPTION_TEXT, &leaving.pdf, N_("The file to write"), "FILE" },
    XQ_LEAVING_OPTIONS (leaving),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autoptr (XqDesk) desk = NULL;
  gint64 id;

  if (rest == NULL || !xq_cli_number (rest[0], _("Referral"), &id, error))
    return FALSE;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && xq_papers_write_letter (cli, desk, id, &leaving, error);
}

const XqCommand xq_referral_commands[] = {
  { "referrals list", NULL, N_("The green channel: the next deadline first"), run_list },
  { "referrals show", "ID", N_("One referral with its steps"), run_show },
  { "referrals new", "PERSON", N_("Draft a referral to an institution"), run_new },
  { "referrals advance", "ID STATE", N_("Take the next step"), run_advance },
  { "referrals letter", "ID", N_("The letter with its tear-off slip, as PDF"), run_letter },
  { 0 },
};
