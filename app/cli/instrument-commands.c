#include "config.h"

#include <glib/gi18n-lib.h>

#include "assess/instrument-set.h"
#include "assess/score-file.h"
#include "cli/commands.h"
#include "cli/instrument-text.h"

/* Those that are shipped need no vault; the vault's own are there when it was named and can be opened unasked. */
static XqInstrumentSet *
instruments (XqCli *cli, GError **error)
{
  XqDatabase *database;

  if (!cli->vault_named || !xq_secret_input_is_given (&cli->password) || !xq_vault_exists (cli->vault_folder))
    return xq_instrument_set_new (NULL, error);
  database = xq_cli_database (cli, error);
  return database != NULL ? xq_instrument_set_new (database, error) : NULL;
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "id", N_("Id"), NULL },        { "label", N_("Short name"), NULL }, { "name", N_("Full name"), NULL },
    { "items", N_("Number of items"), NULL },  { 0 },
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  g_autoptr (XqInstrumentSet) set = rest != NULL ? instruments (cli, error) : NULL;

  return set != NULL && xq_output_list_node (&cli->output, xq_instrument_set_to_json (set), columns);
}

static gboolean
run_show (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 1, error);
  g_autoptr (XqInstrumentSet) set = rest != NULL ? instruments (cli, error) : NULL;
  const XqInstrument *instrument = set != NULL ? xq_instrument_set_get (set, rest[0], error) : NULL;
  g_autofree char *text = instrument != NULL ? xq_instrument_text (instrument) : NULL;

  if (text == NULL)
    return FALSE;
  xq_output_node (&cli->output, xq_instrument_to_json (instrument), text);
  return TRUE;
}

/* -- check */

static JsonArray *
problems_json (GPtrArray *problems)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < problems->len; i++)
    {
      const XqProblem *problem = g_ptr_array_index (problems, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "line", problem->line);
      json_object_set_string_member (object, "what", problem->what);
      json_array_add_object_element (array, object);
    }
  return array;
}

static char *
problems_text (GPtrArray *problems, const char *file)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const XqProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (text, "%s%s:%d: %s", i > 0 ? "\n" : "", file, problem->line, problem->what);
    }
  if (problems->len == 0)
    g_string_printf (text, _("“%s” is a sound definition."), file);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
run_check (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 1, error);
  g_autofree char *contents = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  JsonNode *answer;
  JsonObject *object;
  gsize length;

  if (rest == NULL || !g_file_get_contents (rest[0], &contents, &length, error))
    return FALSE;
  bytes = g_bytes_new (contents, length);
  problems = xq_instrument_check (bytes);
  text = problems_text (problems, rest[0]);
  object = json_object_new ();
  json_object_set_string_member (object, "file", rest[0]);
  json_object_set_boolean_member (object, "sound", problems->len == 0);
  json_object_set_array_member (object, "problems", problems_json (problems));
  answer = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (answer, object);
  xq_output_node (&cli->output, answer, text);
  if (problems->len == 0)
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_REFUSED,
               ngettext ("“%s” has %u problem; correct it and check again.", "“%s” has %u problems; correct them and check again.",
                         problems->len),
               rest[0], problems->len);
  return FALSE;
}

/* -- score */

static gboolean
run_score (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "scores", N_("Scores"), NULL },     { "bands", N_("Bands"), NULL },   { "critical", N_("Critical items"), NULL },
    { "valid", N_("Valid"), NULL },       { "missing", N_("Left blank"), NULL }, { 0 },
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 2, error);
  g_autoptr (XqInstrumentSet) set = rest != NULL ? instruments (cli, error) : NULL;
  const XqInstrument *instrument = set != NULL ? xq_instrument_set_get (set, rest[0], error) : NULL;

  return instrument != NULL
         && xq_output_list_node (&cli->output,
                                 xq_score_file (instrument, rest[1] != NULL ? rest[1] : "-", &cli->progress, error), columns);
}

const XqCommand xq_instrument_commands[] = {
  { "instruments list", NULL, N_("The questionnaires at hand"), run_list },
  { "instruments show", "ID", N_("Scales, bands, critical items, licence, sources"), run_show },
  { "instruments check", "FILE", N_("Check a definition; names line and reason"), run_check },
  { "score", "ID [FILE]", N_("Score a table of answers, one row a respondent; needs no vault"), run_score },
  { 0 },
};
