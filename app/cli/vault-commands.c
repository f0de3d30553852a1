#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "calendar/term.h"
#include "cli/commands.h"
#include "cli/desk.h"

/* -- create */

static void
print_created (XqCli *cli, JsonObject *organisation, XqSecret *code)
{
  g_autofree char *text = g_strndup ((const char *) xq_secret_bytes (code), xq_secret_length (code));
  JsonObject *answer = json_object_new ();
  static const XqColumn columns[] = {
    { "vault", N_("Vault"), NULL },
    { "organisation.name", N_("Organisation"), NULL },
    { "recovery_code", N_("Recovery code, shown this once: write it down and lock it away"), NULL },
    { 0 },
  };

  json_object_set_string_member (answer, "vault", cli->vault_folder);
  json_object_set_object_member (answer, "organisation", organisation);
  json_object_set_string_member (answer, "recovery_code", text);
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
  const GOptionEntry entries[] = {
    { "profile", 0, 0, XQ_OPTION_TEXT, &profile_id, N_("school (the default), college or enterprise"), "PROFILE" },
    { "name", 0, 0, XQ_OPTION_TEXT, &name, N_("What the organisation is called"), "NAME" },
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
  return TRUE;
}

/* -- info, check */

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

/* -- password change, recover */

static XqSecretSource
new_password_source (void)
{
  return (XqSecretSource){ .descriptor = -1,
                           .prompt = N_("New password"),
                           .option = "--new-password-fd N, --new-password-file FILE" };
}

static gboolean
print_vault (XqCli *cli)
{
  static const XqColumn columns[] = { { "vault", N_("The new password opens"), NULL }, { 0 } };
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "vault", cli->vault_folder);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

static gboolean
run_password_change (XqCli *cli, char **words, GError **error)
{
  XqSecretSource source = new_password_source ();
  const GOptionEntry entries[] = {
    { "new-password-fd", 0, 0, G_OPTION_ARG_INT, &source.descriptor, N_("Descriptor to read the new password from"), "N" },
    { "new-password-file", 0, 0, XQ_OPTION_TEXT, &source.file, N_("File to read the new password from"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autofree char *file = source.file;
  g_autoptr (XqSecret) old_password = rest != NULL ? xq_secret_input_read (&cli->password, error) : NULL;
  g_autoptr (XqSecret) new_password = NULL;
  XqVault *vault;

  if (old_password == NULL)
    return FALSE;
  vault = xq_vault_open (cli->vault_folder, old_password, &cli->progress, error);
  if (vault == NULL)
    return FALSE;
  xq_cli_take_vault (cli, vault);
  new_password = xq_secret_input_read_new (&source, error);
  return new_password != NULL && xq_vault_change_password (vault, old_password, new_password, error) && print_vault (cli);
}

/* The code with an end, in guarded memory like the password itself. */
static XqSecret *
terminated (XqSecret *code)
{
  XqSecret *copy = xq_secret_new (xq_secret_length (code) + 1);

  memcpy (xq_secret_bytes (copy), xq_secret_bytes (code), xq_secret_length (code));
  return copy;
}

static gboolean
recover (XqCli *cli, const XqSecretSource *code_source, const XqSecretSource *password_source, GError **error)
{
  g_autoptr (XqSecret) line = xq_secret_input_read (code_source, error);
  g_autoptr (XqSecret) code = line != NULL ? terminated (line) : NULL;
  g_autoptr (XqSecret) password = code != NULL ? xq_secret_input_read_new (password_source, error) : NULL;
  XqVault *vault = password != NULL
                       ? xq_vault_recover (cli->vault_folder, (const char *) xq_secret_bytes (code), password, error)
                       : NULL;

  if (vault == NULL)
    return FALSE;
  xq_cli_take_vault (cli, vault);
  return print_vault (cli);
}

static gboolean
run_recover (XqCli *cli, char **words, GError **error)
{
  XqSecretSource password = new_password_source ();
  XqSecretSource code = { .descriptor = -1, .prompt = N_("Recovery code"), .option = "--code-fd N, --code-file FILE" };
  const GOptionEntry entries[] = {
    { "code-fd", 0, 0, G_OPTION_ARG_INT, &code.descriptor, N_("Descriptor to read the recovery code from"), "N" },
    { "code-file", 0, 0, XQ_OPTION_TEXT, &code.file, N_("File to read the recovery code from"), "FILE" },
    { "new-password-fd", 0, 0, G_OPTION_ARG_INT, &password.descriptor, N_("Descriptor to read the new password from"), "N" },
    { "new-password-file", 0, 0, XQ_OPTION_TEXT, &password.file, N_("File to read the new password from"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autofree char *code_file = code.file;
  g_autofree char *password_file = password.file;

  return rest != NULL && recover (cli, &code, &password, error);
}

const XqCommand xq_vault_commands[] = {
  { "create", NULL, N_("Make a vault; prints the recovery code, once"), run_create },
  { "info", NULL, N_("What the vault holds"), run_info },
  { "check", NULL, N_("Read everything and check it"), run_check },
  { "password change", NULL, N_("Set a new password"), run_password_change },
  { "recover", NULL, N_("Set a new password with the recovery code"), run_recover },
  { 0 },
};
