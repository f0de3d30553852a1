/* What opens the vault: passwords, the recovery code, and both anew. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cli/code-input.h"
#include "cli/commands.h"
#include "cli/recovery-sheet.h"
#include "vault/shares.h"

static XqSecretSource
new_password_source (void)
{
  return (XqSecretSource){ .descriptor = -1,
                           .prompt = N_("New password"),
                           .option = "--new-password-fd N, --new-password-file FILE" };
}

static XqSecretSource
custodian_source (void)
{
  return (XqSecretSource){ .descriptor = -1,
                           .prompt = N_("Custodian's password"),
                           .option = "--custodian-fd N, --custodian-file FILE" };
}

static gboolean
print_vault (XqCli *cli, const char *title)
{
  const XqColumn columns[] = { { "vault", title, NULL }, { 0 } };
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "vault", cli->vault_folder);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

/* The vault, opened with the password, which is asked for again below it. */
static XqVault *
open_with_password (XqCli *cli, XqSecret **ret_password, GError **error)
{
  g_autoptr (XqSecret) password = xq_secret_input_read (&cli->password, error);
  XqVault *vault = password != NULL ? xq_cli_open (cli, password, error) : NULL;

  if (vault != NULL)
    *ret_password = g_steal_pointer (&password);
  return vault;
}

/* -- password change, and the custodian's */

/* One password opens, another one is read from @source and set by @set. */
static gboolean
set_password (XqCli *cli, const XqSecretSource *source,
              gboolean (*set) (XqVault *vault, XqSecret *password, XqSecret *new_one, GError **error), const char *title,
              GError **error)
{
  g_autoptr (XqSecret) password = NULL;
  g_autoptr (XqSecret) new_one = NULL;
  XqVault *vault = open_with_password (cli, &password, error);

  if (vault == NULL)
    return FALSE;
  new_one = xq_secret_input_read_new (source, error);
  return new_one != NULL && set (vault, password, new_one, error) && print_vault (cli, title);
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

  return rest != NULL && set_password (cli, &source, xq_vault_change_password, N_("The new password opens"), error);
}

static gboolean
run_add_custodian (XqCli *cli, char **words, GError **error)
{
  XqSecretSource source = custodian_source ();
  const GOptionEntry entries[] = {
    { "custodian-fd", 0, 0, G_OPTION_ARG_INT, &source.descriptor, N_("Descriptor to read the custodian's password from"), "N" },
    { "custodian-file", 0, 0, XQ_OPTION_TEXT, &source.file, N_("File to read the custodian's password from"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autofree char *file = source.file;

  return rest != NULL && set_password (cli, &source, xq_vault_set_custodian, N_("The custodian's password opens"), error);
}

static gboolean
run_remove_custodian (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  g_autoptr (XqSecret) password = NULL;
  XqVault *vault = rest != NULL ? open_with_password (cli, &password, error) : NULL;

  return vault != NULL && xq_vault_remove_custodian (vault, password, error)
         && print_vault (cli, N_("No custodian's password opens any more"));
}

/* -- a new recovery code */

static void
print_renewed (XqCli *cli, XqSecret *code, gboolean custodian)
{
  static const XqColumn columns[] = {
    { "vault", N_("Vault"), NULL },
    { "recovery_code", N_("Recovery code, shown this once: write it down and lock it away"), NULL },
    { 0 },
  };
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "vault", cli->vault_folder);
  json_object_set_string_member (answer, "recovery_code", (const char *) xq_secret_bytes (code));
  json_object_set_boolean_member (answer, "custodian", custodian);
  xq_output_object (&cli->output, answer, columns);
}

/* An older sheet may be the only one that opens the backups: none is written over. */
static gboolean
write_sheet (XqCli *cli, XqSecret *code, const char *sheet, GError **error)
{
  if (!g_file_test (sheet, G_FILE_TEST_EXISTS))
    return xq_cli_write_recovery_sheet (cli, code, TRUE, sheet, error);
  g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_REFUSED, _("“%s” exists already. Choose another name for the new sheet."), sheet);
  return FALSE;
}

/* Whether there are shares of the present code, which the new one makes void. */
static gboolean
has_shares (XqCli *cli)
{
  XqDatabase *database = xq_cli_database (cli, NULL);
  g_autoptr (XqSharesStatus) status = database != NULL ? xq_shares_status (database, NULL) : NULL;

  return status != NULL && xq_shares_status_opens (status);
}

/* The sheet is written first: when it cannot be, nothing is begun; when the work is not done, it is void and removed. */
static gboolean
renew (XqCli *cli, XqSecret *password, XqSecret *custodian, const char *sheet, GError **error)
{
  XqVault *vault = xq_cli_vault (cli, error);
  g_autoptr (XqSecret) code = xq_recovery_code_new ();
  gboolean had_custodian = xq_vault_has_custodian (vault);
  gboolean had_shares = has_shares (cli);

  if (sheet != NULL && !write_sheet (cli, code, sheet, error))
    return FALSE;
  xq_cli_close_database (cli);
  if (!xq_vault_renew (vault, code, password, custodian, &cli->progress, error))
    {
      if (sheet != NULL)
        g_unlink (sheet);
      return FALSE;
    }
  print_renewed (cli, code, custodian != NULL);
  xq_cli_remark (_("Backups and copies made until now stay under the old code: keep the old sheet as long as them, then shred it."));
  if (had_custodian && custodian == NULL)
    xq_cli_remark (_("The custodian's password opens no more: make a new one with “password add-custodian”."));
  if (had_shares)
    xq_cli_remark (_("The paper shares are void now: make new ones with “shares print”, and keep the old ones as the old sheet."));
  return TRUE;
}

static gboolean
run_new_recovery (XqCli *cli, char **words, GError **error)
{
  XqSecretSource source = custodian_source ();
  g_autofree char *sheet = NULL;
  const GOptionEntry entries[] = {
    { "custodian-fd", 0, 0, G_OPTION_ARG_INT, &source.descriptor, N_("Descriptor to read the custodian's password from"), "N" },
    { "custodian-file", 0, 0, XQ_OPTION_TEXT, &source.file, N_("File to read the custodian's password from, so that it goes on opening"), "FILE" },
    { "sheet", 0, 0, XQ_OPTION_TEXT, &sheet, N_("Write the recovery sheet, to be printed, into this PDF"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autofree char *file = source.file;
  g_autoptr (XqSecret) password = NULL;
  g_autoptr (XqSecret) custodian = NULL;

  if (rest == NULL || open_with_password (cli, &password, error) == NULL)
    return FALSE;
  if (xq_secret_input_is_given (&source))
    {
      custodian = xq_secret_input_read (&source, error);
      if (custodian == NULL)
        return FALSE;
    }
  return renew (cli, password, custodian, sheet, error);
}

/* -- recover */

static gboolean
recover (XqCli *cli, XqCodeInput *input, const XqSecretSource *password_source, GError **error)
{
  gboolean password_opens = TRUE;
  g_autofree char *advice = xq_vault_keyslots_advice (cli->vault_folder, &password_opens);
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (XqSecret) first = NULL;
  g_autoptr (XqSecret) second = NULL;
  g_autoptr (XqSecret) password = xq_code_input_read (input, &code, &first, &second, error)
                                      ? xq_secret_input_read_new (password_source, error)
                                      : NULL;
  XqVault *vault = NULL;

  if (password != NULL && code != NULL)
    vault = xq_vault_recover (cli->vault_folder, (const char *) xq_secret_bytes (code), password, error);
  else if (password != NULL)
    vault = xq_shares_recover (cli->vault_folder, (const char *) xq_secret_bytes (first),
                               (const char *) xq_secret_bytes (second), password, error);
  if (vault == NULL)
    return FALSE;
  xq_cli_take_vault (cli, vault);
  if (advice != NULL)
    xq_cli_remark (password_opens
                       ? _("“keyslots.json” was missing or damaged; it was written anew from its copy.")
                       : _("“keyslots.json” and its copy were missing or damaged; both were written anew. A custodian's password, if there was one, opens no more: make a new one with “password add-custodian”."));
  return print_vault (cli, N_("The new password opens"));
}

static gboolean
run_recover (XqCli *cli, char **words, GError **error)
{
  XqSecretSource password = new_password_source ();
  g_auto (XqCodeInput) input = XQ_CODE_INPUT_INIT;
  const GOptionEntry entries[] = {
    XQ_CODE_INPUT_OPTIONS (input),
    { "new-password-fd", 0, 0, G_OPTION_ARG_INT, &password.descriptor, N_("Descriptor to read the new password from"), "N" },
    { "new-password-file", 0, 0, XQ_OPTION_TEXT, &password.file, N_("File to read the new password from"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autofree char *password_file = password.file;

  return rest != NULL && recover (cli, &input, &password, error);
}

const XqCommand xq_key_commands[] = {
  { "password change", NULL, N_("Set a new password"), run_password_change },
  { "password add-custodian", NULL, N_("Set the password for the sealed envelope in the safe"), run_add_custodian },
  { "password remove-custodian", NULL, N_("Take the custodian's password away"), run_remove_custodian },
  { "password new-recovery", NULL, N_("Write the vault anew under a new recovery code; prints it, once"), run_new_recovery },
  { "recover", NULL, N_("Set a new password with the recovery code, or with two paper shares of it"), run_recover },
  { 0 },
};
