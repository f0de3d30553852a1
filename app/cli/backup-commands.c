/* Backups: made, listed, verified, restored, tried out. The window may have the vault open meanwhile. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "cli/code-input.h"
#include "cli/commands.h"
#include "report/backup-slip.h"
#include "vault/backup.h"

static const XqColumn made_columns[] = {
  { "file", N_("File"), NULL },       { "made_at", N_("Made at"), NULL },
  { "bytes", N_("Bytes"), NULL },     { "total", N_("Records"), NULL },
  { "audit_head", N_("Head of the audit"), NULL }, { "verified_at", N_("Verified at"), NULL },
  { 0 },
};

static void
set_time (JsonObject *object, const char *name, gint64 at)
{
  g_autofree char *text = at != 0 ? xq_clock_iso (at) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/* A window may have the vault open: what is done here is allowed beside it. */
static XqVault *
open_vault (XqCli *cli, GError **error)
{
  g_autoptr (XqSecret) password = NULL;
  XqVault *vault;

  if (!xq_vault_exists (cli->vault_folder))
    return xq_cli_vault (cli, error);
  password = xq_secret_input_read (&cli->password, error);
  vault = password != NULL ? xq_vault_open_beside (cli->vault_folder, password, &cli->progress, error) : NULL;
  if (vault != NULL)
    xq_cli_take_vault (cli, vault);
  return vault;
}

/* The folder of --folder, else the chosen one. */
static char *
find_folder (XqVault *vault, char *named, GError **error)
{
  g_autoptr (XqBackupStatus) status = NULL;

  if (named != NULL)
    return g_canonicalize_filename (named, NULL);
  status = xq_backup_status (vault, error);
  if (status != NULL && status->folder == NULL)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_REFUSED,
                 _("No folder for backups was chosen. Name one with --folder DIR, or choose one with: xinqiao-cli backup folder DIR"));
  return status != NULL ? g_steal_pointer (&status->folder) : NULL;
}

/* -- create */

static JsonObject *
record_json (const XqBackupRecord *record)
{
  JsonObject *answer = json_object_new ();
  g_autofree char *path = g_build_filename (record->folder, record->file, NULL);

  json_object_set_string_member (answer, "file", path);
  json_object_set_string_member (answer, "kind", xq_backup_kinds[record->kind].id);
  set_time (answer, "at", record->at);
  set_time (answer, "made_at", record->made_at);
  json_object_set_int_member (answer, "bytes", record->bytes);
  json_object_set_int_member (answer, "total", record->total);
  json_object_set_string_member (answer, "audit_head", record->audit_head);
  set_time (answer, "verified_at", record->verified_at);
  return answer;
}

static gboolean
run_create (XqCli *cli, char **words, GError **error)
{
  g_autofree char *named = NULL;
  const GOptionEntry entries[] = {
    { "folder", 0, 0, XQ_OPTION_TEXT, &named, N_("Into this folder under a name of its own, and rotate what lies there"), "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 1, error);
  g_autofree char *folder = NULL;
  g_autoptr (XqBackupRecord) record = NULL;
  XqVault *vault;

  if (rest == NULL)
    return FALSE;
  if (rest[0] != NULL && named != NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Either FILE or --folder DIR, not both."));
      return FALSE;
    }
  vault = open_vault (cli, error);
  if (vault == NULL)
    return FALSE;
  if (rest[0] != NULL)
    record = xq_backup_create (vault, rest[0], XQ_BACKUP_BY_HAND, &cli->progress, error);
  else
    {
      folder = find_folder (vault, named, error);
      record = folder != NULL ? xq_backup_create_in (vault, folder, XQ_BACKUP_BY_HAND, &cli->progress, error) : NULL;
    }
  if (record == NULL)
    return FALSE;
  xq_output_object (&cli->output, record_json (record), made_columns);
  return TRUE;
}

/* -- what is in a file */

/* By the recovery code or two shares of it where they are given, else by the password of the time when it was made. */
static XqBackup *
open_backup (XqCli *cli, const char *path, XqCodeInput *input, GError **error)
{
  g_autoptr (XqBackup) backup = xq_backup_open (path, error);
  g_autoptr (XqSecret) secret = NULL;
  gboolean by_code = xq_code_input_is_given (input);

  if (backup == NULL)
    return NULL;
  secret = by_code ? xq_code_input_read_code (input, error) : xq_secret_input_read (&cli->password, error);
  if (secret == NULL
      || !(by_code ? xq_backup_unlock_with_code (backup, (const char *) xq_secret_bytes (secret), error)
                   : xq_backup_unlock (backup, secret, error)))
    return NULL;
  return g_steal_pointer (&backup);
}

static JsonObject *
backup_json (XqBackup *backup)
{
  const XqBackupHeader *header = xq_backup_header (backup);
  const XqBackupContents *contents = xq_backup_contents (backup);
  JsonObject *answer = json_object_new (), *rows = json_object_new ();

  for (guint i = 0; i < contents->tables->len; i++)
    json_object_set_int_member (rows, g_ptr_array_index (contents->tables, i), g_array_index (contents->rows, gint64, i));
  json_object_set_string_member (answer, "file", xq_backup_path (backup));
  json_object_set_string_member (answer, "name", contents->name);
  json_object_set_string_member (answer, "vault_id", header->vault);
  set_time (answer, "made_at", header->made_at);
  json_object_set_string_member (answer, "program", header->program);
  json_object_set_int_member (answer, "schema", (gint64) header->schema);
  json_object_set_int_member (answer, "bytes", (gint64) xq_backup_size (backup));
  json_object_set_int_member (answer, "total", contents->total);
  json_object_set_object_member (answer, "rows", rows);
  json_object_set_string_member (answer, "audit_head", contents->audit_head);
  return answer;
}

static gboolean
run_verify (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "file", N_("File"), NULL },       { "name", N_("Vault"), NULL },    { "made_at", N_("Made at"), NULL },
    { "bytes", N_("Bytes"), NULL },     { "total", N_("Records"), NULL }, { "audit_head", N_("Head of the audit"), NULL },
    { "verified", N_("Sound"), NULL }, { 0 },
  };
  g_auto (XqCodeInput) input = XQ_CODE_INPUT_INIT;
  const GOptionEntry entries[] = {
    XQ_CODE_INPUT_OPTIONS (input),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autoptr (XqBackup) backup = rest != NULL ? open_backup (cli, rest[0], &input, error) : NULL;
  JsonObject *answer;

  if (backup == NULL || !xq_backup_verify (backup, &cli->progress, error))
    return FALSE;
  answer = backup_json (backup);
  json_object_set_boolean_member (answer, "verified", TRUE);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

/* -- restore */

static gboolean
run_restore (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "vault", N_("Restored into"), NULL },  { "name", N_("Vault"), NULL },
    { "made_at", N_("State of"), NULL },     { "total", N_("Records"), NULL },
    { "old", N_("The vault before is now"), NULL }, { 0 },
  };
  g_auto (XqCodeInput) input = XQ_CODE_INPUT_INIT;
  gboolean replace = FALSE;
  const GOptionEntry entries[] = {
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace, N_("A vault that is in DIR is kept beside it under another name"), NULL },
    XQ_CODE_INPUT_OPTIONS (input),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 2, 2, error);
  g_autofree char *old = NULL;
  g_autoptr (XqBackup) backup = rest != NULL ? open_backup (cli, rest[0], &input, error) : NULL;
  XqVault *vault = backup != NULL ? xq_backup_restore (backup, rest[1], replace, &old, &cli->progress, error) : NULL;
  JsonObject *answer;

  if (vault == NULL)
    return FALSE;
  xq_cli_take_vault (cli, vault);
  answer = backup_json (backup);
  json_object_set_string_member (answer, "vault", xq_vault_folder (vault));
  json_object_set_string_member (answer, "old", old);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

/* -- list, folder */

static JsonObject *
entry_json (const XqBackupEntry *entry)
{
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "file", entry->path);
  set_time (row, "made_at", entry->made_at);
  json_object_set_int_member (row, "bytes", entry->bytes);
  json_object_set_boolean_member (row, "own", entry->own);
  json_object_set_boolean_member (row, "other_code", entry->other_code);
  json_object_set_boolean_member (row, "rotates", entry->rotates);
  return row;
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "made_at", N_("Made at"), NULL }, { "bytes", N_("Bytes"), NULL },        { "own", N_("This vault's"), NULL },
    { "other_code", N_("Under another recovery code"), NULL }, { "rotates", N_("Rotates"), NULL },
    { "file", N_("File"), NULL }, { 0 },
  };
  g_autofree char *named = NULL;
  const GOptionEntry entries[] = {
    { "folder", 0, 0, XQ_OPTION_TEXT, &named, N_("This folder instead of the chosen one"), "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  XqVault *vault = rest != NULL ? open_vault (cli, error) : NULL;
  g_autofree char *folder = vault != NULL ? find_folder (vault, named, error) : NULL;
  g_autoptr (GPtrArray) found
      = folder != NULL && xq_backup_take_up (vault, folder, error) ? xq_backup_list (folder, vault, error) : NULL;

  if (found == NULL)
    return FALSE;
  xq_output_begin (&cli->output, columns);
  for (guint i = 0; i < found->len; i++)
    xq_output_row (&cli->output, entry_json (g_ptr_array_index (found, i)));
  xq_output_end (&cli->output);
  return TRUE;
}

static JsonObject *
status_json (const XqBackupStatus *status)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "folder", status->folder);
  json_object_set_boolean_member (answer, "automatic", status->automatic);
  json_object_set_boolean_member (answer, "present", status->present);
  set_time (answer, "newest_at", status->newest_at);
  json_object_set_string_member (answer, "newest", status->newest);
  json_object_set_boolean_member (answer, "due", status->due);
  json_object_set_string_member (answer, "last_failure", status->why);
  set_time (answer, "drilled_at", status->drilled_at);
  json_object_set_string_member (answer, "drill_on", status->drill_on);
  json_object_set_boolean_member (answer, "drill_due", status->drill_due);
  return answer;
}

static gboolean
run_folder (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "folder", N_("Folder"), NULL },            { "present", N_("It is there"), NULL },
    { "automatic", N_("Every day"), NULL },      { "newest_at", N_("Newest backup"), NULL },
    { "due", N_("One is due"), NULL },           { "last_failure", N_("Why the last one failed"), NULL },
    { "drilled_at", N_("Last drill"), NULL },    { "drill_on", N_("Next drill"), NULL },
    { 0 },
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 1, error);
  XqVault *vault = rest != NULL ? open_vault (cli, error) : NULL;
  g_autofree char *folder = vault != NULL && rest[0] != NULL ? g_canonicalize_filename (rest[0], NULL) : NULL;
  g_autoptr (XqBackupStatus) status = NULL;

  if (vault == NULL)
    return FALSE;
  if (folder != NULL)
    {
      XqDatabase *database = xq_cli_database (cli, error);

      if (database == NULL || !xq_backup_set_folder (database, folder, error))
        return FALSE;
    }
  status = xq_backup_status (vault, error);
  return status != NULL && xq_output_record (&cli->output, status_json (status), columns);
}

/* -- drill */

static JsonObject *
drill_json (const XqBackupDrill *drill)
{
  JsonObject *answer = record_json (drill->record);

  json_object_set_string_member (answer, "name", drill->name);
  json_object_set_int_member (answer, "age_days", drill->age_days);
  json_object_set_int_member (answer, "total_now", drill->rows_now);
  json_object_set_string_member (answer, "next_on", drill->next_on);
  return answer;
}

static gboolean
write_slip (const XqBackupDrill *drill, const char *pdf, GError **error)
{
  g_autoptr (XqPageDocument) pages = NULL;

  if (pdf == NULL)
    return TRUE;
  pages = xq_backup_slip_to_pages (drill);
  return xq_page_document_write_pdf (pages, pdf, error);
}

static gboolean
run_drill (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "file", N_("File"), NULL },           { "name", N_("Vault"), NULL },
    { "made_at", N_("Made at"), NULL },     { "age_days", N_("Days old"), NULL },
    { "total", N_("Records"), NULL },       { "total_now", N_("Records now"), NULL },
    { "audit_head", N_("Head of the audit"), NULL }, { "next_on", N_("Next drill"), NULL },
    { 0 },
  };
  g_autofree char *pdf = NULL;
  const GOptionEntry entries[] = {
    { "pdf", 0, 0, XQ_OPTION_TEXT, &pdf, N_("The slip “backup valid” as a PDF"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 1, error);
  XqVault *vault = rest != NULL ? open_vault (cli, error) : NULL;
  g_autoptr (XqBackupDrill) drill = vault != NULL ? xq_backup_drill (vault, rest[0], &cli->progress, error) : NULL;

  if (drill == NULL || !write_slip (drill, pdf, error))
    return FALSE;
  xq_output_object (&cli->output, drill_json (drill), columns);
  return TRUE;
}

const XqCommand xq_backup_commands[] = {
  { "backup create", "[FILE]", N_("Save the whole vault into one file and verify it"), run_create },
  { "backup verify", "FILE", N_("Read a backup and check everything in it"), run_verify },
  { "backup restore", "FILE DIR", N_("Make a vault in DIR out of a backup"), run_restore },
  { "backup list", NULL, N_("The backups in a folder, newest first"), run_list },
  { "backup folder", "[DIR]", N_("Choose the folder for backups, or say how things stand"), run_folder },
  { "backup drill", "[FILE]", N_("Try the newest backup out in a copy"), run_drill },
  { 0 },
};
