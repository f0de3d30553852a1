#include "config.h"

#include <glib/gi18n-lib.h>

#include "calendar/term.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/recovery-sheet.h"

/* -- create */

static void
print_created (XqCli *cli, JsonObject *organisation, XqSecret *code)
{
  JsonObject *answer = json_object_new ();
  static const XqColumn columns[] = {
    { "vault", N_("Vault"), NULL },
    { "organisation.name", N_("Organisation"), NULL },
    { "recovery_code", N_("Recovery code, shown this once: write it down and lock it away"), NULL },
    { 0 },
  };

  json_object_set_string_member (answer, "vault", cli->vault_folder);
  json_object_set_object_member (answer, "organisation", organisation);
  json_object_set_string_member (answer, "recovery_code", (const char *) xq_secret_bytes (code));
  xq_output_object (&cli->output, answer, columns);
}

static const char *
default_name (XqProfile profile)
{
  static const char *const names[] = {
    [XQ_PROFILE_SCHOOL] = N_("My school"),
    [XQ_PROFILE_COLLEGE] = N_("My college"),
    [XQ_PROFILE_ENTERPRISE] = N_("My company"),
  };

  return _(names[profile]);
}

/* Terms and holidays go in at once; then the organisation that the vault has made. */
static JsonArray *
prepare (XqCli *cli, GError **error)
{
  XqDatabase *database = xq_cli_database (cli, error);

  return database != NULL && xq_calendar_install_defaults (database, error) ? xq_cli_organisations_json (cli, error) : NULL;
}

static gboolean
run_create (XqCli *cli, char **words, GError **error)
{
  g_autofree char *profile_id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sheet = NULL;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, XQ_OPTION_TEXT, &profile_id, N_("school (the default), college or enterprise"), "PROFILE" },
    { "name", 0, 0, XQ_OPTION_TEXT, &name, N_("What the organisation is called"), "NAME" },
    { "sheet", 0, 0, XQ_OPTION_TEXT, &sheet, N_("Write the recovery sheet, to be printed, into this PDF"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autoptr (XqSecret) password = NULL;
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (JsonArray) organisations = NULL;
  XqVault *vault;
  int profile;

  if (rest == NULL || !xq_cli_choice (xq_profiles, profile_id, "--profile", XQ_PROFILE_SCHOOL, &profile, error))
    return FALSE;
  password = xq_secret_input_read_new (&cli->password, error);
  if (password == NULL)
    return FALSE;
  vault = xq_vault_create (cli->vault_folder, (XqProfile) profile,
                           name != NULL ? name : default_name ((XqProfile) profile), password, FALSE, &code,
                           &cli->progress, error);
  if (vault == NULL)
    return FALSE;
  xq_cli_take_vault (cli, vault);
  organisations = prepare (cli, error);
  if (organisations == NULL)
    return FALSE;
  print_created (cli, json_object_ref (json_array_get_object_element (organisations, 0)), code);
  return sheet == NULL || xq_cli_write_recovery_sheet (cli, code, FALSE, sheet, error);
}

/* -- info, check */

static JsonArray *
slots_json (XqVault *vault)
{
  g_auto (GStrv) kinds = xq_vault_slots (vault);
  JsonArray *array = json_array_new ();

  for (char **kind = kinds; *kind != NULL; kind++)
    json_array_add_string_element (array, *kind);
  return array;
}

static gboolean
run_info (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "vault", N_("Vault"), NULL },
    { "schema", N_("Schema"), NULL },
    { "cipher", N_("Cipher"), NULL },
    { "organisations", N_("Organisations"), NULL },
    { "rows", N_("Rows"), NULL },
    { "audit_head", N_("Head of the audit"), NULL },
    { "slots", N_("Passwords that open it"), NULL },
    { "opened_by", N_("Opened by"), xq_openers },
    { 0 },
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  XqVault *vault = rest != NULL ? xq_cli_vault (cli, error) : NULL;
  g_autoptr (XqVaultInfo) info = vault != NULL ? xq_vault_info (vault, error) : NULL;
  g_autoptr (JsonArray) organisations = info != NULL ? xq_cli_organisations_json (cli, error) : NULL;
  JsonObject *answer, *rows;

  if (organisations == NULL)
    return FALSE;
  answer = json_object_new ();
  rows = json_object_new ();
  for (guint i = 0; i < info->tables->len; i++)
    json_object_set_int_member (rows, g_ptr_array_index (info->tables, i), g_array_index (info->rows, gint64, i));
  json_object_set_string_member (answer, "vault", cli->vault_folder);
  json_object_set_int_member (answer, "schema", info->schema);
  json_object_set_string_member (answer, "cipher", info->cipher);
  json_object_set_array_member (answer, "organisations", g_steal_pointer (&organisations));
  json_object_set_object_member (answer, "rows", rows);
  json_object_set_string_member (answer, "audit_head", info->audit_head);
  json_object_set_array_member (answer, "slots", slots_json (vault));
  json_object_set_string_member (answer, "opened_by", xq_openers[xq_vault_opened_by (vault)].id);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

static gboolean
run_check (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "cipher", N_("Cipher"), NULL },
    { "integrity", N_("Integrity"), NULL },
    { "foreign_keys", N_("References"), NULL },
    { "audit", N_("Audit chain"), NULL },
    { "dangling", N_("Dangling rows"), NULL },
    { 0 },
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  XqVault *vault = rest != NULL ? xq_cli_vault (cli, error) : NULL;
  g_autoptr (XqVaultCheck) check = vault != NULL ? xq_vault_check (vault, &cli->progress, error) : NULL;
  JsonObject *answer;

  if (check == NULL)
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "cipher", check->cipher);
  json_object_set_string_member (answer, "integrity", check->integrity);
  json_object_set_string_member (answer, "foreign_keys", check->foreign_keys);
  json_object_set_string_member (answer, "audit", check->audit);
  json_object_set_int_member (answer, "dangling", check->dangling);
  xq_output_object (&cli->output, answer, columns);
  if (check->sound)
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_DAMAGED,
               _("The vault “%s” is damaged. Restore the last good backup and keep this folder."), cli->vault_folder);
  return FALSE;
}

const XqCommand xq_vault_commands[] = {
  { "create", NULL, N_("Make a vault; prints the recovery code, once"), run_create },
  { "info", NULL, N_("What the vault holds"), run_info },
  { "check", NULL, N_("Read everything and check it"), run_check },
  { 0 },
};
