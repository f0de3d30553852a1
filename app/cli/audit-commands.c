#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/papers.h"
#include "people/person.h"
#include "report/audit-trail.h"

#define ENTRIES_AT_ONCE 500

static const XqColumn columns[] = {
  { "id", N_("No."), NULL },         { "at", N_("Time"), NULL },      { "action", N_("Action"), NULL },
  { "entity", N_("Record"), NULL },  { "entity_id", N_("Id"), NULL }, { 0 },
};

typedef struct
{
  char *person;
  char *action;
  char *from;
  char *to;
  int limit;
  XqLeaving leaving;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->person);
  g_free (options->action);
  g_free (options->from);
  g_free (options->to);
  xq_leaving_clear (&options->leaving);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

#define FILTER_OPTIONS(options)                                                                                        \
  { "person", 0, 0, XQ_OPTION_TEXT, &(options).person, N_("Only what was done to this person's records"), "PERSON" },  \
      { "action", 0, 0, XQ_OPTION_TEXT, &(options).action, N_("Only this action, letter_print"), "ACTION" },           \
      { "from", 0, 0, XQ_OPTION_TEXT, &(options).from, N_("First day"), "DATE" },                                      \
      { "to", 0, 0, XQ_OPTION_TEXT, &(options).to, N_("Last day"), "DATE" }

/* The filter borrows from @options. */
static gboolean
read_filter (XqDatabase *database, Options *options, XqAuditFilter *filter, GError **error)
{
  g_autoptr (XqPerson) person = NULL;

  if (!xq_cli_date (&options->from, "--from", error) || !xq_cli_date (&options->to, "--to", error))
    return FALSE;
  filter->action = options->action;
  filter->from = options->from;
  filter->to = options->to;
  if (options->person == NULL)
    return TRUE;
  person = xq_person_find (database, options->person, error);
  filter->person_id = person != NULL ? person->id : 0;
  return person != NULL;
}

static JsonObject *
entry_json (const XqAuditEntry *entry)
{
  JsonObject *row = json_object_new ();
  g_autofree char *at = xq_clock_iso (entry->at);
  JsonNode *detail = entry->detail != NULL ? json_from_string (entry->detail, NULL) : NULL;

  json_object_set_int_member (row, "id", entry->id);
  json_object_set_string_member (row, "at", at);
  json_object_set_string_member (row, "action", entry->action);
  json_object_set_string_member (row, "entity", entry->entity);
  if (entry->entity_id != 0)
    json_object_set_int_member (row, "entity_id", entry->entity_id);
  else
    json_object_set_null_member (row, "entity_id");
  json_object_set_member (row, "detail", detail != NULL ? detail : json_node_new (JSON_NODE_NULL));
  return row;
}

/* A million rows take no memory: page by page. */
static gboolean
print_pages (XqCli *cli, XqDatabase *database, XqAuditFilter *filter, int left, GError **error)
{
  xq_output_begin (&cli->output, columns);
  while (left > 0)
    {
      g_autoptr (GPtrArray) page = NULL;

      filter->limit = (guint) MIN (left, ENTRIES_AT_ONCE);
      page = xq_audit_trail_list (database, filter, error);
      if (page == NULL)
        return FALSE;
      if (page->len == 0)
        break;
      for (guint i = 0; i < page->len; i++)
        xq_output_row (&cli->output, entry_json (g_ptr_array_index (page, i)));
      filter->before = ((XqAuditEntry *) g_ptr_array_index (page, page->len - 1))->id;
      left -= (int) page->len;
    }
  xq_output_end (&cli->output);
  return TRUE;
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_auto (Options) options = { .leaving = XQ_LEAVING_INIT };
  const GOptionEntry entries[] = {
    FILTER_OPTIONS (options),
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit, N_("At most so many, the newest"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  XqAuditFilter filter = XQ_AUDIT_FILTER_INIT;

  return database != NULL && read_filter (database, &options, &filter, error)
         && print_pages (cli, database, &filter, options.limit > 0 ? options.limit : G_MAXINT, error);
}

static gboolean
run_export (XqCli *cli, char **words, GError **error)
{
  g_auto (Options) options = { .leaving = XQ_LEAVING_INIT };
  const GOptionEntry entries[] = {
    FILTER_OPTIONS (options),
    { "xlsx", 0, 0, XQ_OPTION_TEXT, &options.leaving.xlsx, N_("Write the workbook"), "FILE" },
    { "pdf", 0, 0, XQ_OPTION_TEXT, &options.leaving.pdf, N_("Write the pages"), "FILE" },
    { "csv", 0, 0, XQ_OPTION_TEXT, &options.leaving.csv, N_("Write the table"), "FILE" },
    XQ_LEAVING_OPTIONS (options.leaving),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  XqAuditFilter filter = XQ_AUDIT_FILTER_INIT;
  g_autoptr (XqReport) report = NULL;

  if (database == NULL || !read_filter (database, &options, &filter, error))
    return FALSE;
  report = xq_audit_trail_report (database, &filter, error);
  return report != NULL && xq_papers_write_report (cli, database, report, TRUE, &options.leaving, error);
}

static gboolean
run_verify (XqCli *cli, char **words, GError **error)
{
  static const XqColumn answers[] = {
    { "rows", N_("Unbroken links"), NULL },
    { "head", N_("Head of the audit"), NULL },
    { 0 },
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  g_autofree char *head = NULL;
  JsonObject *answer;
  gint64 rows = 0;

  if (database == NULL || !xq_audit_verify (database, &rows, error))
    return FALSE;
  head = xq_audit_head (database, error);
  if (head == NULL)
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "audit", "ok");
  json_object_set_int_member (answer, "rows", rows);
  json_object_set_string_member (answer, "head", head);
  xq_output_object (&cli->output, answer, answers);
  return TRUE;
}

/* A code is worth something only in a chain that holds. */
static gboolean
run_code (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 1, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  g_autoptr (XqAuditEntry) entry = NULL;

  if (database == NULL || !xq_audit_verify (database, NULL, error))
    return FALSE;
  entry = xq_audit_find_code (database, rest[0], error);
  if (entry == NULL)
    return FALSE;
  xq_output_object (&cli->output, entry_json (entry), columns);
  return TRUE;
}

const XqCommand xq_audit_commands[] = {
  { "audit list", NULL, N_("What was done, newest first"), run_list },
  { "audit verify", NULL, N_("Check the audit chain link by link"), run_verify },
  { "audit code", "CODE", N_("Find the audit code of an old paper in today's chain"), run_code },
  { "audit export", NULL, N_("The audit trail as workbook, pages or csv"), run_export },
  { 0 },
};
