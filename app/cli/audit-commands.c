#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "vault/audit.h"

#define ENTRIES_AT_ONCE 500

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

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "id", N_("No."), NULL },         { "at", N_("Time"), NULL },      { "action", N_("Action"), NULL },
    { "entity", N_("Record"), NULL },  { "entity_id", N_("Id"), NULL }, { 0 },
  };
  int limit = 0;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many, the newest"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  gint64 before = 0;
  int left = limit > 0 ? limit : G_MAXINT;

  if (database == NULL)
    return FALSE;
  xq_output_begin (&cli->output, columns);
  while (left > 0)
    {
      g_autoptr (GPtrArray) page = xq_audit_list (database, before, MIN (left, ENTRIES_AT_ONCE), error);

      if (page == NULL)
        return FALSE;
      if (page->len == 0)
        break;
      for (guint i = 0; i < page->len; i++)
        xq_output_row (&cli->output, entry_json (g_ptr_array_index (page, i)));
      before = ((XqAuditEntry *) g_ptr_array_index (page, page->len - 1))->id;
      left -= (int) page->len;
    }
  xq_output_end (&cli->output);
  return TRUE;
}

static gboolean
run_verify (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
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
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

const XqCommand xq_audit_commands[] = {
  { "audit list", NULL, N_("What was done, newest first"), run_list },
  { "audit verify", NULL, N_("Check the audit chain link by link"), run_verify },
  { 0 },
};
