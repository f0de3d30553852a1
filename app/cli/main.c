/* xinqiao-cli: finds the command and runs it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/commands.h"

static const XqCommand *const groups[] = {
  xq_vault_commands, xq_key_commands,     xq_share_commands,   xq_demo_commands,    xq_import_commands, xq_people_commands,   xq_instrument_commands,  xq_campaign_commands, xq_warning_commands,
  xq_follow_up_commands, xq_case_commands,     xq_calendar_commands,    xq_institution_commands,
  xq_referral_commands,  xq_report_commands,   xq_audit_commands,       xq_disclosure_commands, xq_backup_commands,
};

static const XqCommand *
find_command (char **words, guint *ret_length)
{
  for (guint length = 2; length >= 1; length--)
    for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
      for (const XqCommand *command = groups[i]; command->name != NULL; command++)
        {
          g_auto (GStrv) names = g_strsplit (command->name, " ", -1);

          if (g_strv_length (names) == length && g_strv_length (words) >= length
              && strcmp (names[0], words[0]) == 0 && (length == 1 || strcmp (names[1], words[1]) == 0))
            {
              *ret_length = length;
              return command;
            }
        }
  return NULL;
}

static void
print_help (FILE *to, const char *group)
{
  fprintf (to, "%s\n\n", _("Usage: xinqiao-cli [--vault DIR] [--password-fd N | --password-file FILE] [--json] [--lang LANG] COMMAND …"));
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const XqCommand *command = groups[i]; command->name != NULL; command++)
      {
        g_autofree char *call = g_strjoin (" ", command->name, command->arguments, NULL);

        if (group == NULL || (g_str_has_prefix (command->name, group) && command->name[strlen (group)] == ' '))
          fprintf (to, "  %-44s %s\n", call, _(command->summary));
      }
  fprintf (to, "\n%s\n", _("The options of a command: xinqiao-cli COMMAND --help"));
}

static gboolean
run_command (XqCli *cli, char **words, GError **error)
{
  guint length = 0;
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  gboolean done;

  cli->command = find_command (words, &length);
  if (cli->command == NULL)
    {
      print_help (stderr, words[0]);
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("There is no command “%s”."),
                   words[0] != NULL ? words[0] : "");
      return FALSE;
    }
  g_set_prgname (cli->command->name);
  g_strv_builder_add (rest, cli->command->name);
  g_strv_builder_addv (rest, (const char **) words + length);
  arguments = g_strv_builder_end (rest);

  xq_cli_start (cli);
  done = cli->command->run (cli, arguments, error) && xq_output_flush (error);
  xq_cli_finish (cli);
  return done;
}

/* The global options may stand anywhere; what is not one of them is left for the command. */
static gboolean
parse_globals (XqCli *cli, char ***words, GError **error)
{
  g_autofree char *language = NULL;
  GOptionEntry entries[] = {
    { "vault", 0, 0, XQ_OPTION_TEXT, &cli->vault_folder, NULL, NULL },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &cli->password.descriptor, NULL, NULL },
    { "password-file", 0, 0, XQ_OPTION_TEXT, &cli->password.file, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->output.json, NULL, NULL },
    { "lang", 0, 0, XQ_OPTION_TEXT, &language, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  gboolean parsed;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  parsed = g_option_context_parse_strv (context, words, error);
  xq_i18n_init (language);
  cli->vault_named = cli->vault_folder != NULL;
  if (!cli->vault_named)
    cli->vault_folder = xq_vault_default_folder ();
  return parsed;
}

static gboolean
run (XqCli *cli, char ***words, GError **error)
{
  for (char **word = *words; *word != NULL; word++)
    if (!g_utf8_validate (*word, -1, NULL))
      {
        xq_i18n_init (NULL);
        g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("The command line is not UTF-8."));
        return FALSE;
      }
  if (!parse_globals (cli, words, error))
    return FALSE;
  if ((*words)[1] == NULL)
    {
      print_help (stderr, NULL);
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Which command?"));
      return FALSE;
    }
  if (strcmp ((*words)[1], "--help") == 0 || strcmp ((*words)[1], "-h") == 0 || strcmp ((*words)[1], "help") == 0)
    {
      print_help (stdout, NULL);
      return TRUE;
    }
  if (strcmp ((*words)[1], "--version") == 0)
    {
      fprintf (stdout, "xinqiao-cli %s\n", XQ_VERSION);
      return TRUE;
    }
  return run_command (cli, *words + 1, error);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (GError) error = NULL;
  const struct rlimit none = { 0, 0 };
  XqCli cli = {
    .password = { .descriptor = -1, .prompt = N_("Password"), .option = "--password-fd N, --password-file FILE" },
  };

  /* A core dump would hold the key. */
  setrlimit (RLIMIT_CORE, &none);
  if (!run (&cli, &words, &error) && error != NULL)
    fprintf (stderr, "xinqiao-cli: %s\n", error->message);
  return xq_cli_exit_code (error);
}
