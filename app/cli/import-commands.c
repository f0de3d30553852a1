#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/desk.h"
#include "people/organisation.h"

/* -- answers */

typedef struct
{
  char **instruments;
  char *campaign;
  char *organisation;
  char *sheet;
  char **map;
  char *coding;
  gboolean dry_run;
} AnswersOptions;

static void
answers_options_clear (AnswersOptions *options)
{
  g_strfreev (options->instruments);
  g_free (options->campaign);
  g_free (options->organisation);
  g_free (options->sheet);
  g_strfreev (options->map);
  g_free (options->coding);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnswersOptions, answers_options_clear)

/* In the order of XqAnswerCoding. */
static const XqChoice codings[] = { { "find_out", NULL }, { "number", NULL }, { "value", NULL }, { 0 } };

/* "FIELD=HEADER", any number of times. */
static GHashTable *
read_map (char **pairs, GError **error)
{
  g_autoptr (GHashTable) map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (char **pair = pairs; pair != NULL && *pair != NULL; pair++)
    {
      const char *equals = strchr (*pair, '=');

      if (equals == NULL || equals == *pair)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("--map “%s” is not of the form FIELD=HEADER."), *pair);
          return NULL;
        }
      g_hash_table_insert (map, g_strndup (*pair, (gsize) (equals - *pair)), g_strdup (equals + 1));
    }
  return g_steal_pointer (&map);
}

static XqAnswers *
read_answers (XqCli *cli, XqDesk *desk, const char *file, const AnswersOptions *given, GError **error)
{
  XqAnswersOptions options = { .instruments = (const char *const *) given->instruments, .sheet = given->sheet };
  g_autoptr (GHashTable) map = read_map (given->map, error);
  g_autoptr (XqOrganisation) organisation = NULL;
  int coding;

  if (map == NULL || !xq_cli_choice (codings, given->coding, "--coding", XQ_CODING_FIND_OUT, &coding, error)
      || (given->campaign != NULL && !xq_cli_number (given->campaign, "--campaign", &options.campaign_id, error)))
    return NULL;
  if (given->organisation != NULL)
    {
      organisation = xq_organisation_find (xq_desk_database (desk), given->organisation, error);
      if (organisation == NULL)
        return NULL;
      options.organisation_id = organisation->id;
    }
  options.overrides = map;
  options.coding = (XqAnswerCoding) coding;
  return xq_answers_read (xq_desk_database (desk), xq_desk_instruments (desk), file, &options, &cli->progress, error);
}

static void
print_answers (XqCli *cli, XqAnswers *answers, const XqAnswersResult *result, const XqRaised *raised)
{
  static const XqColumn columns[] = {
    { "file", N_("File"), NULL },
    { "read", N_("Read"), NULL },
    { "matched", N_("Matched"), NULL },
    { "unmatched", N_("Belonging to nobody"), NULL },
    { "instruments", N_("Instruments"), NULL },
    { "warnings", N_("Warnings"), NULL },
    { 0 },
  };
  JsonObject *answer = xq_answers_result_to_json (answers, result);
  JsonObject *warnings = json_object_new ();

  json_object_set_int_member (warnings, "1", raised->persons[1]);
  json_object_set_int_member (warnings, "2", raised->persons[2]);
  json_object_set_int_member (warnings, "3", raised->persons[3]);
  json_object_set_object_member (answer, "warnings", warnings);
  xq_output_object (&cli->output, answer, columns);
}

static gboolean
run_answers (XqCli *cli, char **words, GError **error)
{
  g_auto (AnswersOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "instrument", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.instruments, N_("What was asked, in the order of the columns; may be repeated"), "ID" },
    { "campaign", 0, 0, XQ_OPTION_TEXT, &options.campaign, N_("The screening they belong to; a new one otherwise"), "ID" },
    { "org", 0, 0, XQ_OPTION_TEXT, &options.organisation, N_("Whose people: an id or a name"), "ORG" },
    { "sheet", 0, 0, XQ_OPTION_TEXT, &options.sheet, N_("Of this sheet"), "NAME" },
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.map, N_("Which column is which: code, name, unit, taken_at or an instrument"), "FIELD=HEADER" },
    { "coding", 0, 0, XQ_OPTION_TEXT, &options.coding, N_("What plain numbers mean: number (the option's place) or value"), "CODING" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_("Say what would come of it; write nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autoptr (XqDesk) desk = rest != NULL ? xq_cli_desk (cli, error) : NULL;
  g_autoptr (XqAnswers) answers = desk != NULL ? read_answers (cli, desk, rest[0], &options, error) : NULL;
  g_autoptr (XqAnswersResult) result = NULL;
  XqRaised raised = { 0 };

  if (answers == NULL)
    return FALSE;
  result = xq_desk_import_answers (desk, answers, options.dry_run, &raised, &cli->progress, error);
  if (result == NULL)
    return FALSE;
  print_answers (cli, answers, result, &raised);
  return TRUE;
}

const XqCommand xq_import_commands[] = {
  { "import answers", "FILE", N_("Score answers and raise warnings"), run_answers },
  { 0 },
};
