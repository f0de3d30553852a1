#include "config.h"

#include <glib/gi18n-lib.h>

#include "calendar/term.h"
#include "cli/commands.h"
#include "cli/papers.h"
#include "people/organisation.h"
#include "report/definition.h"
#include "report/indicator.h"

/* -- list, show */

static JsonArray *
strings_json (char **texts)
{
  JsonArray *array = json_array_new ();

  for (char **text = texts; text != NULL && *text != NULL; text++)
    json_array_add_string_element (array, *text);
  return array;
}

static JsonObject *
definition_json (const XqReportDefinition *definition)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", definition->id);
  json_object_set_string_member (object, "title", definition->title);
  json_object_set_string_member (object, "purpose", definition->purpose);
  json_object_set_array_member (object, "profiles", strings_json (definition->profiles));
  json_object_set_array_member (object, "outputs", strings_json (definition->outputs));
  json_object_set_int_member (object, "threshold", definition->threshold);
  return object;
}

static JsonArray *
blocks_json (GPtrArray *blocks)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < blocks->len; i++)
    {
      const XqBlockDefinition *block = g_ptr_array_index (blocks, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", block->id);
      json_object_set_string_member (object, "title", block->title);
      json_object_set_string_member (object, "dimension", block->dimension);
      json_object_set_array_member (object, "indicators", strings_json (block->indicators));
      json_array_add_object_element (array, object);
    }
  return array;
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "id", N_("Id"), NULL }, { "title", N_("Title"), NULL }, { "purpose", N_("Readers"), NULL }, { 0 },
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  g_autoptr (GPtrArray) definitions = rest != NULL ? xq_report_definition_list (error) : NULL;
  JsonArray *rows;

  if (definitions == NULL)
    return FALSE;
  rows = json_array_new ();
  for (guint i = 0; i < definitions->len; i++)
    json_array_add_object_element (rows, definition_json (g_ptr_array_index (definitions, i)));
  xq_output_rows (&cli->output, rows, columns);
  return TRUE;
}

static gboolean
run_show (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 1, error);
  g_autoptr (XqReportDefinition) definition = rest != NULL ? xq_report_definition_load (rest[0], error) : NULL;
  JsonObject *answer;

  if (definition == NULL)
    return FALSE;
  answer = definition_json (definition);
  json_object_set_array_member (answer, "blocks", blocks_json (definition->blocks));
  xq_output_object (&cli->output, answer, NULL);
  return TRUE;
}

/* -- run */

typedef struct
{
  char *term;
  char *from;
  char *to;
  char *organisation;
  XqLeaving leaving;
} RunOptions;

static void
run_options_clear (RunOptions *options)
{
  g_free (options->term);
  g_free (options->from);
  g_free (options->to);
  g_free (options->organisation);
  xq_leaving_clear (&options->leaving);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunOptions, run_options_clear)

static gboolean
check_scope (RunOptions *options, GError **error)
{
  if (!xq_cli_date (&options->from, "--from", error) || !xq_cli_date (&options->to, "--to", error))
    return FALSE;
  if ((options->from == NULL) == (options->to == NULL) && (options->term == NULL || options->from == NULL))
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Say either --term, or both --from and --to."));
  return FALSE;
}

static gboolean
read_scope (XqDatabase *database, const RunOptions *options, XqReportScope *scope, GError **error)
{
  g_autoptr (XqOrganisation) organisation = xq_organisation_find (database, options->organisation, error);
  g_autoptr (XqTerm) term = NULL;

  if (organisation == NULL)
    return FALSE;
  scope->organisation_id = organisation->id;
  scope->from = options->from;
  scope->to = options->to;
  if (options->term == NULL)
    return TRUE;
  term = xq_term_find (database, options->term, error);
  scope->term_id = term != NULL ? term->id : 0;
  return term != NULL;
}

static gboolean
run_run (XqCli *cli, char **words, GError **error)
{
  g_auto (RunOptions) options = { .leaving = XQ_LEAVING_INIT };
  const GOptionEntry entries[] = {
    { "term", 0, 0, XQ_OPTION_TEXT, &options.term, N_("Of this term, 2026-2027-1; the present one"), "TERM" },
    { "from", 0, 0, XQ_OPTION_TEXT, &options.from, N_("First day, instead of a term"), "DATE" },
    { "to", 0, 0, XQ_OPTION_TEXT, &options.to, N_("Last day, instead of a term"), "DATE" },
    { "org", 0, 0, XQ_OPTION_TEXT, &options.organisation, N_("Of this organisation: an id or a name"), "ORG" },
    { "xlsx", 0, 0, XQ_OPTION_TEXT, &options.leaving.xlsx, N_("Write the workbook"), "FILE" },
    { "pdf", 0, 0, XQ_OPTION_TEXT, &options.leaving.pdf, N_("Write the pages"), "FILE" },
    { "csv", 0, 0, XQ_OPTION_TEXT, &options.leaving.csv, N_("Write the numbers"), "FILE" },
    XQ_LEAVING_OPTIONS (options.leaving),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autoptr (XqDesk) desk = rest != NULL && check_scope (&options, error) ? xq_cli_desk (cli, error) : NULL;
  g_autoptr (XqReport) report = NULL;
  XqReportScope scope = { 0 };

  if (desk == NULL || !read_scope (xq_desk_database (desk), &options, &scope, error))
    return FALSE;
  report = xq_report_run (xq_desk_database (desk), rest[0], &scope, &cli->progress, error);
  return report != NULL
         && xq_papers_write_report (cli, xq_desk_database (desk), report, FALSE, &options.leaving, error);
}

const XqCommand xq_report_commands[] = {
  { "report list", NULL, N_("The reports that there are"), run_list },
  { "report show", "ID", N_("What a report holds"), run_show },
  { "report run", "ID", N_("Count; as workbook, pages, csv or JSON"), run_run },
  { 0 },
};
