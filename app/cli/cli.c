#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK (xq-cli-error-quark, xq_cli_error)

/* -- progress, and Ctrl+C */

static void
report_progress (double fraction, const char *what, gpointer user_data)
{
  if (fraction >= 0)
    fprintf (stderr, "\r\033[K%3.0f %% %s", fraction * 100, what != NULL ? what : "");
  else
    fprintf (stderr, "\r\033[K%s", what != NULL ? what : "");
}

static sigset_t
stop_signals (void)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGHUP);
  return signals;
}

/* The first signal asks the work to stop between two rows; the second ends the program as signals do. */
static gpointer
wait_for_signal (gpointer cancellable)
{
  sigset_t signals = stop_signals ();
  int number;

  if (sigwait (&signals, &number) == 0)
    g_cancellable_cancel (cancellable);
  if (sigwait (&signals, &number) == 0)
    _exit (128 + number);
  return NULL;
}

void
xq_cli_start (XqCli *cli)
{
  sigset_t signals = stop_signals ();

  cli->progress.cancellable = g_cancellable_new ();
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signal, cli->progress.cancellable));
  if (isatty (STDERR_FILENO))
    cli->progress.report = report_progress;
}

void
xq_cli_finish (XqCli *cli)
{
  g_clear_pointer (&cli->database, xq_database_free);
  g_clear_pointer (&cli->vault, xq_vault_unref);
  g_clear_pointer (&cli->vault_folder, g_free);
  g_clear_pointer (&cli->password.file, g_free);
  if (cli->progress.report != NULL)
    fputs ("\r\033[K", stderr);
}

/* -- options */

static GOptionContext *
new_context (const XqCommand *command, const GOptionEntry *entries)
{
  g_autofree char *parameters = g_strjoin (" ", "[OPTION…]", command->arguments, NULL);
  GOptionContext *context = g_option_context_new (parameters);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(command->summary));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

char **
xq_cli_parse (XqCli *cli, const GOptionEntry *entries, char **words, int least, int most, GError **error)
{
  g_autoptr (GOptionContext) context = new_context (cli->command, entries);
  g_auto (GStrv) rest = g_strdupv (words);
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  int count;

  if (!g_option_context_parse_strv (context, &rest, error))
    return NULL;
  count = (int) g_strv_length (rest) - 1;
  if (count < least || (most >= 0 && count > most))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Usage: xinqiao-cli %s [OPTION…] %s\nMore by: xinqiao-cli %s --help"),
                   cli->command->name, cli->command->arguments != NULL ? cli->command->arguments : "",
                   cli->command->name);
      return NULL;
    }
  for (char **word = rest + 1; *word != NULL; word++)
    if (strcmp (*word, "--") != 0)
      g_strv_builder_add (arguments, *word);
  return g_strv_builder_end (arguments);
}

/* -- the vault */

/* Whoever opens with another key than the everyday one is told so, and what was found amiss. */
XqVault *
xq_cli_open (XqCli *cli, XqSecret *password, GError **error)
{
  g_autofree char *advice = xq_vault_keyslots_advice (cli->vault_folder, NULL);
  XqVault *vault = xq_vault_open (cli->vault_folder, password, &cli->progress, error);

  if (vault == NULL)
    return NULL;
  if (advice != NULL)
    xq_cli_remark (advice);
  if (xq_vault_opened_by (vault) == XQ_OPENED_BY_CUSTODIAN)
    xq_cli_remark (_("Opened with the custodian's password, which the audit trail says. A new password of the counsellor's own is set with “password change”."));
  xq_cli_take_vault (cli, vault);
  return vault;
}

XqVault *
xq_cli_vault (XqCli *cli, GError **error)
{
  g_autoptr (XqSecret) password = NULL;

  if (cli->vault != NULL)
    return cli->vault;
  if (!xq_vault_exists (cli->vault_folder))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_REFUSED,
                   _("There is no vault in “%s”. Make one with: xinqiao-cli create --vault DIR"), cli->vault_folder);
      return NULL;
    }
  password = xq_secret_input_read (&cli->password, error);
  if (password == NULL)
    return NULL;
  return xq_cli_open (cli, password, error);
}

XqDatabase *
xq_cli_database (XqCli *cli, GError **error)
{
  if (cli->database == NULL && xq_cli_vault (cli, error) != NULL)
    cli->database = xq_vault_connect (cli->vault, error);
  return cli->database;
}

void
xq_cli_close_database (XqCli *cli)
{
  g_clear_pointer (&cli->database, xq_database_free);
}

void
xq_cli_take_vault (XqCli *cli, XqVault *vault)
{
  xq_cli_close_database (cli);
  g_clear_pointer (&cli->vault, xq_vault_unref);
  cli->vault = vault;
}

void
xq_cli_remark (const char *text)
{
  fprintf (stderr, "xinqiao-cli: %s\n", text);
}

/* -- how it ended */

static int
room_exit_code (int code)
{
  static const int codes[] = {
    [XQ_ERROR_REFUSED] = 1, [XQ_ERROR_NOT_FOUND] = 1, [XQ_ERROR_USAGE] = 2,   [XQ_ERROR_PASSWORD] = 3,
    [XQ_ERROR_DAMAGED] = 3, [XQ_ERROR_IO] = 4,        [XQ_ERROR_BUSY] = 1,
  };

  return code >= 0 && code < (int) G_N_ELEMENTS (codes) ? codes[code] : 1;
}

int
xq_cli_exit_code (const GError *error)
{
  if (error == NULL)
    return 0;
  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return 1;
  if (error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR)
    return 4;
  return g_str_has_prefix (g_quark_to_string (error->domain), "xq-") ? room_exit_code (error->code) : 1;
}
