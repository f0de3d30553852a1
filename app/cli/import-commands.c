#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/desk.h"
#include "people/organisation.h"
#include "people/roster-import.h"
#include "vault/import-batch.h"
#include "vault/store.h"

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

/* What a roster and a table of answers count. */
static const XqChoice counted[] = {
  { "read", N_("Rows read") },
  { "added", N_("Added") },
  { "changed", N_("Changed") },
  { "unchanged", N_("Unchanged") },
  { "rejected", N_("Rejected") },
  { "left", N_("No longer there") },
  { "assessed", N_("Scored") },
  { "incomplete", N_("Incomplete") },
  { "invalid", N_("Not valid") },
  { "known", N_("In already") },
  { NULL, NULL },
};

static void
print_answers (XqCli *cli, XqAnswers *answers, const XqAnswersResult *result, const XqRaised *raised)
{
  static const XqColumn columns[] = {
    { "file", N_("File"), NULL },
    { "read", N_("Rows read"), NULL },
    { "matched", N_("Matched"), NULL },
    { "unmatched", N_("Belonging to nobody"), NULL },
    { "instruments", N_("Instruments"), counted },
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

/* -- roster */

typedef struct
{
  char *sheet;
  char *organisation;
  char **map;
  char *since;
  char *encoding;
  gboolean leave_tags;
  gboolean mark_left;
  gboolean dry_run;
} RosterOptions;

static void
roster_options_clear (RosterOptions *options)
{
  g_free (options->sheet);
  g_free (options->organisation);
  g_strfreev (options->map);
  g_free (options->since);
  g_free (options->encoding);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RosterOptions, roster_options_clear)

static XqRoster *
read_roster (XqCli *cli, XqDatabase *database, const char *file, const RosterOptions *given, GError **error)
{
  XqRosterOptions options = { .sheet = given->sheet, .since = given->since, .encoding = given->encoding };
  g_autoptr (GHashTable) map = read_map (given->map, error);
  g_autoptr (XqOrganisation) organisation = map != NULL ? xq_organisation_find (database, given->organisation, error) : NULL;

  if (organisation == NULL)
    return NULL;
  options.organisation_id = organisation->id;
  options.overrides = map;
  return xq_roster_read (database, file, &options, &cli->progress, error);
}

static gboolean
apply_roster (XqCli *cli, XqDatabase *database, XqRoster *roster, const RosterOptions *given, gint64 *ret_batch, GError **error)
{
  const GArray *gone = xq_roster_gone (roster);
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqRosterApply apply = { .leave_tags = given->leave_tags };

  for (guint i = 0; given->mark_left && i < gone->len; i++)
    g_array_append_val (left, g_array_index (gone, XqRosterGone, i).person_id);
  apply.left = (const gint64 *) left->data;
  apply.n_left = left->len;
  return xq_roster_apply (database, roster, &apply, &cli->progress, ret_batch, error);
}

static gboolean
run_roster (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "file", N_("File"), NULL },           { "sheets", N_("Sheets"), NULL },       { "read", N_("Rows read"), NULL },
    { "added", N_("Added"), NULL },         { "changed", N_("Changed"), NULL },     { "unchanged", N_("Unchanged"), NULL },
    { "gone", N_("No longer there"), NULL }, { "rejected", N_("Rejected"), NULL },  { "batch", N_("Import"), NULL }, { 0 },
  };
  g_auto (RosterOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "sheet", 0, 0, XQ_OPTION_TEXT, &options.sheet, N_("Of this sheet; of all that hold a roster otherwise"), "NAME" },
    { "unit", 0, 0, XQ_OPTION_TEXT, &options.organisation, N_("Whose roster: an organisation's id or name"), "ORG" },
    { "org", 0, G_OPTION_FLAG_HIDDEN, XQ_OPTION_TEXT, &options.organisation, NULL, NULL },
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.map, N_("Which column is which; may be repeated"), "FIELD=HEADER" },
    { "since", 0, 0, XQ_OPTION_TEXT, &options.since, N_("From which day people are in their classes; today"), "DATE" },
    { "encoding", 0, 0, XQ_OPTION_TEXT, &options.encoding, N_("Of a csv file, when it is taken for the wrong one"), "NAME" },
    { "no-tags", 0, 0, G_OPTION_ARG_NONE, &options.leave_tags, N_("Do not take up the tags that remarks speak of"), NULL },
    { "mark-left", 0, 0, G_OPTION_ARG_NONE, &options.mark_left, N_("Who is not in the table has left"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_("Say what would come of it; write nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  XqDatabase *database
      = rest != NULL && xq_cli_date (&options.since, "--since", error) ? xq_cli_database (cli, error) : NULL;
  g_autoptr (XqRoster) roster = database != NULL ? read_roster (cli, database, rest[0], &options, error) : NULL;
  JsonObject *answer;
  gint64 batch = 0;

  if (roster == NULL || (!options.dry_run && !apply_roster (cli, database, roster, &options, &batch, error)))
    return FALSE;
  answer = xq_roster_to_json (roster);
  if (batch != 0)
    json_object_set_int_member (answer, "batch", batch);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

/* -- list, undo */

static const XqColumn batch_columns[] = {
  { "id", N_("No."), NULL },
  { "kind", N_("Kind"), xq_import_kinds },
  { "file_name", N_("File"), NULL },
  { "at", N_("Time"), NULL },
  { "counts", N_("What it did"), counted },
  { "undone_at", N_("Undone"), NULL },
  { 0 },
};

/* The counts are JSON in the record; here they are part of the document. */
static JsonObject *
batch_json (const XqImportBatch *batch)
{
  JsonObject *object = xq_record_to_json (&XQ_IMPORT_BATCH, batch);
  JsonNode *counts = json_from_string (batch->counts, NULL);

  if (counts != NULL)
    json_object_set_member (object, "counts", counts);
  return object;
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  g_autoptr (GPtrArray) batches = database != NULL ? xq_import_list (database, error) : NULL;

  if (batches == NULL)
    return FALSE;
  xq_output_begin (&cli->output, batch_columns);
  for (guint i = 0; i < batches->len; i++)
    xq_output_row (&cli->output, batch_json (g_ptr_array_index (batches, i)));
  xq_output_end (&cli->output);
  return TRUE;
}

static XqImportBatch *
find_batch (XqDatabase *database, const char *text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  XqImportBatch *batch;
  gint64 id;

  if (text != NULL)
    return xq_cli_number (text, _("Import"), &id, error) ? xq_store_load (database, &XQ_IMPORT_BATCH, id, error) : NULL;
  batch = xq_import_last (database, &local_error);
  if (batch == NULL && local_error == NULL)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_REFUSED, _("There is no import to take back."));
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return batch;
}

static gboolean
run_undo (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 1, error);
  g_autoptr (XqDesk) desk = rest != NULL ? xq_cli_desk (cli, error) : NULL;
  g_autoptr (XqImportBatch) batch = desk != NULL ? find_batch (xq_desk_database (desk), rest[0], error) : NULL;
  g_autoptr (XqImportBatch) undone = NULL;

  if (batch == NULL)
    return FALSE;
  if (batch->kind == XQ_IMPORT_ANSWERS ? !xq_desk_undo_answers (desk, batch->id, error)
                                       : !xq_roster_undo (xq_desk_database (desk), batch->id, &cli->progress, error))
    return FALSE;
  undone = xq_store_load (xq_desk_database (desk), &XQ_IMPORT_BATCH, batch->id, error);
  if (undone == NULL)
    return FALSE;
  xq_output_object (&cli->output, batch_json (undone), batch_columns);
  return TRUE;
}

const XqCommand xq_import_commands[] = {
  { "import roster", "FILE", N_("Take people over from a table: new ones, and what has changed"), run_roster },
  { "import answers", "FILE", N_("Score answers and raise warnings"), run_answers },
  { "import list", NULL, N_("What was imported, the newest first"), run_list },
  { "import undo", "[IMPORT]", N_("Take an import back as a whole; the last one"), run_undo },
  { 0 },
};
