#include "config.h"

#include <glib/gi18n-lib.h>

#include "care/follow-up.h"
#include "cli/commands.h"
#include "cli/desk.h"

/* As the list says it: one that is due may be late. */
static const XqChoice states[] = {
  { "late", N_("Late") }, { "due", N_("Due") }, { "done", N_("Done") }, { "skipped", N_("Skipped") }, { NULL, NULL },
};

static const XqColumn columns[] = {
  { "id", N_("No."), NULL },
  { "due", N_("Due on"), NULL },
  { "state", N_("State"), states },
  { "person.code", N_("Number"), NULL },
  { "person.name", N_("Name"), NULL },
  { "cause", N_("Cause"), xq_follow_up_causes },
  { 0 },
};

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_autofree char *person = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  XqFollowUpFilter filter = { 0 };
  const GOptionEntry entries[] = {
    { "open", 0, 0, G_OPTION_ARG_NONE, &filter.only_open, N_("Due and late ones only"), NULL },
    { "person", 0, 0, XQ_OPTION_TEXT, &person, N_("One person's"), "PERSON" },
    { "from", 0, 0, XQ_OPTION_TEXT, &from, N_("Due on this day or later"), "DATE" },
    { "to", 0, 0, XQ_OPTION_TEXT, &to, N_("Due on this day or earlier"), "DATE" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &filter.limit, N_("At most so many"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autoptr (XqDesk) desk = NULL;

  if (rest == NULL || !xq_cli_date (&from, "--from", error) || !xq_cli_date (&to, "--to", error))
    return FALSE;
  filter.from = from;
  filter.to = to;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && xq_cli_find_person (desk, person, &filter.person_id, error)
         && xq_output_list_node (&cli->output, xq_follow_up_list_json (xq_desk_care (desk), &filter, error), columns);
}

/* What the three verbs below share: the follow-up, and two texts. */
typedef struct
{
  const char *option;
  const char *help;
  gboolean wants_day;
  gboolean (*act) (XqCare *care, gint64 id, const char *text, const char *day, GError **error);
} Verb;

static gboolean
run_verb (XqCli *cli, char **words, const Verb *verb, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *day = NULL;
  const GOptionEntry entries[] = {
    { verb->option, 0, 0, XQ_OPTION_TEXT, &text, verb->help, "TEXT" },
    { "to", 0, verb->wants_day ? 0 : G_OPTION_FLAG_HIDDEN, XQ_OPTION_TEXT, &day, N_("The new day"), "DATE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autoptr (XqDesk) desk = NULL;
  gint64 id;

  if (rest == NULL || !xq_cli_number (rest[0], _("Follow-up"), &id, error) || !xq_cli_date (&day, "--to", error))
    return FALSE;
  if (verb->wants_day != (day != NULL))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE,
                   verb->wants_day ? _("Say to which day: --to DATE.") : _("--to goes with “follow-ups postpone” only."));
      return FALSE;
    }
  desk = xq_cli_desk (cli, error);
  return desk != NULL && verb->act (xq_desk_care (desk), id, text, day, error)
         && xq_output_object_node (&cli->output, xq_follow_up_json (xq_desk_care (desk), id, error), columns);
}

static gboolean
act_done (XqCare *care, gint64 id, const char *text, const char *day, GError **error)
{
  return xq_follow_up_done (care, id, text, error);
}

static gboolean
act_postpone (XqCare *care, gint64 id, const char *text, const char *day, GError **error)
{
  return xq_follow_up_postpone (care, id, day, text, error);
}

static gboolean
act_skip (XqCare *care, gint64 id, const char *text, const char *day, GError **error)
{
  return xq_follow_up_skip (care, id, text, error);
}

static gboolean
run_done (XqCli *cli, char **words, GError **error)
{
  static const Verb verb = { "note", N_("What was found"), FALSE, act_done };

  return run_verb (cli, words, &verb, error);
}

static gboolean
run_postpone (XqCli *cli, char **words, GError **error)
{
  static const Verb verb = { "reason", N_("Why"), TRUE, act_postpone };

  return run_verb (cli, words, &verb, error);
}

static gboolean
run_skip (XqCli *cli, char **words, GError **error)
{
  static const Verb verb = { "reason", N_("Why"), FALSE, act_skip };

  return run_verb (cli, words, &verb, error);
}

const XqCommand xq_follow_up_commands[] = {
  { "follow-ups list", NULL, N_("Follow-ups: late ones first"), run_list },
  { "follow-ups done", "ID", N_("Write down what was found; the next one is planned"), run_done },
  { "follow-ups postpone", "ID", N_("Move one to another day, with a reason"), run_postpone },
  { "follow-ups skip", "ID", N_("Leave one out, with a reason"), run_skip },
  { 0 },
};
