#include "config.h"

#include <glib/gi18n-lib.h>

#include "care/triage.h"
#include "care/warning.h"
#include "cli/commands.h"
#include "cli/desk.h"

static const XqColumn columns[] = {
  { "id", N_("No."), NULL },
  { "level", N_("Level"), NULL },
  { "state", N_("State"), xq_warning_states },
  { "person.code", N_("Number"), NULL },
  { "person.name", N_("Name"), NULL },
  { "due", N_("Triage until"), NULL },
  { "reasons", N_("Why"), NULL },
  { 0 },
};

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_autofree char *state_id = NULL;
  g_autofree char *person = NULL;
  gboolean only_open = FALSE;
  XqWarningFilter filter = { 0 };
  int state;
  const GOptionEntry entries[] = {
    { "level", 0, 0, G_OPTION_ARG_INT, &filter.level, N_("1, 2 or 3"), "N" },
    { "state", 0, 0, XQ_OPTION_TEXT, &state_id, N_("new, confirmed, dismissed, in_care, referred or closed"), "STATE" },
    { "open", 0, 0, G_OPTION_ARG_NONE, &only_open, N_("Those that are not over"), NULL },
    { "person", 0, 0, XQ_OPTION_TEXT, &person, N_("One person's"), "PERSON" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &filter.limit, N_("At most so many"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autoptr (XqDesk) desk = rest != NULL ? xq_cli_desk (cli, error) : NULL;
  JsonNode *rows;

  if (desk == NULL || !xq_cli_choice (xq_warning_states, state_id, "--state", XQ_WARNING_NEW, &state, error)
      || !xq_cli_find_person (desk, person, &filter.person_id, error))
    return FALSE;
  if (state_id != NULL)
    filter.states = 1u << state;
  else if (only_open)
    filter.states = XQ_WARNING_OPEN_STATES;
  rows = xq_warning_list_json (xq_desk_care (desk), &filter, error);
  return xq_output_list_node (&cli->output, rows, columns);
}

static gboolean
print_warning (XqCli *cli, XqDesk *desk, gint64 id, GError **error)
{
  return xq_output_object_node (&cli->output, xq_warning_json (xq_desk_care (desk), id, error), columns);
}

static gboolean
run_show (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 1, error);
  g_autoptr (XqDesk) desk = NULL;
  gint64 id;

  if (rest == NULL || !xq_cli_number (rest[0], _("Warning"), &id, error))
    return FALSE;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && print_warning (cli, desk, id, error);
}

typedef struct
{
  gboolean confirm;
  gboolean dismiss;
  int change;
  int level;
  char *reason;
  char *note;
} TriageOptions;

static gboolean
check_triage (const TriageOptions *options, GError **error)
{
  int chosen = options->confirm + options->dismiss + (options->change != 0);

  if (chosen != 1)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Choose one of --confirm, --change LEVEL and --dismiss."));
  else if (options->level != 0 && !options->confirm)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("--level goes with --confirm; to change a level say --change LEVEL."));
  else if (options->level < 0 || options->level > 3 || options->change < 0 || options->change > 3)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("A level is 1, 2 or 3."));
  else
    return TRUE;
  return FALSE;
}

/* Confirming at the level that the warning has anyway is a plain confirmation. */
static gboolean
triage (XqCare *care, gint64 id, const TriageOptions *options, GError **error)
{
  g_autoptr (XqWarning) warning = xq_warning_load (xq_care_database (care), id, error);
  int level = options->change != 0 ? options->change : options->level;

  if (warning == NULL)
    return FALSE;
  if (options->dismiss)
    return xq_triage_dismiss (care, id, options->reason, options->note, error);
  if (options->change != 0 || (level != 0 && level != warning->level))
    return xq_triage_change (care, id, level, options->reason, options->note, error);
  return xq_triage_confirm (care, id, options->note != NULL ? options->note : options->reason, error);
}

static gboolean
run_triage (XqCli *cli, char **words, GError **error)
{
  TriageOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "confirm", 0, 0, G_OPTION_ARG_NONE, &options.confirm, N_("The warning holds"), NULL },
    { "level", 0, 0, G_OPTION_ARG_INT, &options.level, N_("With --confirm: at this level"), "N" },
    { "change", 0, 0, G_OPTION_ARG_INT, &options.change, N_("It holds at another level; needs --reason"), "N" },
    { "dismiss", 0, 0, G_OPTION_ARG_NONE, &options.dismiss, N_("It was nothing; needs --reason"), NULL },
    { "reason", 0, 0, XQ_OPTION_TEXT, &options.reason, N_("Why"), "TEXT" },
    { "note", 0, 0, XQ_OPTION_TEXT, &options.note, N_("What the interview showed"), "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autofree char *reason = options.reason;
  g_autofree char *note = options.note;
  g_autoptr (XqDesk) desk = NULL;
  gint64 id;

  if (rest == NULL || !check_triage (&options, error) || !xq_cli_number (rest[0], _("Warning"), &id, error))
    return FALSE;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && triage (xq_desk_care (desk), id, &options, error) && print_warning (cli, desk, id, error);
}

static gboolean
run_report (XqCli *cli, char **words, GError **error)
{
  g_autofree char *source_id = NULL;
  g_autofree char *text = NULL;
  int level = 0;
  const GOptionEntry entries[] = {
    { "source", 0, 0, XQ_OPTION_TEXT, &source_id, N_("teacher, peer, self, guardian or hospital"), "SOURCE" },
    { "level", 0, 0, G_OPTION_ARG_INT, &level, N_("1, 2 or 3"), "N" },
    { "text", 0, 0, XQ_OPTION_TEXT, &text, N_("What was reported"), "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autoptr (XqDesk) desk = NULL;
  gint64 person = 0, id = 0;
  int source;

  if (rest == NULL || !xq_cli_choice (xq_warning_sources, source_id, "--source", XQ_SOURCE_TEACHER, &source, error))
    return FALSE;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && xq_cli_find_person (desk, rest[0], &person, error)
         && xq_warning_report (xq_desk_care (desk), person, (XqWarningSource) source, level, text, &id, error)
         && print_warning (cli, desk, id, error);
}

const XqCommand xq_warning_commands[] = {
  { "warnings list", NULL, N_("Warnings: open ones first, by level and deadline"), run_list },
  { "warnings show", "ID", N_("One warning with its reasons and its triage"), run_show },
  { "warnings triage", "ID", N_("Confirm a warning, change its level or dismiss it"), run_triage },
  { "warnings report", "PERSON", N_("Raise a warning that somebody reported"), run_report },
  { 0 },
};
