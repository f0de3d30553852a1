#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/demo.h"
#include "people/person-list.h"
#include "vault/vault.h"

#define STUDENTS_MAXIMUM 1000000
#define TERMS_MAXIMUM 20
#define PASSWORD "demo"

/* What a demo writes down is Chinese whatever language asks for it, so that it is the same for the same seed. */
static gboolean
make (XqCli *cli, const XqDemoOptions *options, GError **error)
{
  g_autofree char *language = g_strdup (xq_i18n_language ());
  g_autofree char *name = xq_demo_name (options->profile, error);
  g_autoptr (XqSecret) password = xq_secret_new_text (PASSWORD);
  g_autoptr (XqSecret) code = NULL;
  XqVault *vault;
  gboolean filled;

  if (name == NULL)
    return FALSE;
  xq_i18n_init ("zh_CN");
  xq_clock_set (xq_demo_beginning (options));
  vault = xq_vault_create (cli->vault_folder, options->profile, name, password, TRUE, &code, &cli->progress, error);
  xq_clock_set (0);
  if (vault != NULL)
    xq_cli_take_vault (cli, vault);
  filled = vault != NULL && xq_cli_database (cli, error) != NULL
           && xq_demo_fill (xq_cli_database (cli, error), options, &cli->progress, error);
  xq_i18n_init (language);
  return filled;
}

static gboolean
print_made (XqCli *cli, const XqDemoOptions *options, GError **error)
{
  static const XqColumn columns[] = {
    { "vault", N_("Vault"), NULL }, { "password", N_("Password"), NULL }, { "people", N_("People"), NULL }, { 0 },
  };
  const XqPersonFilter everybody = XQ_PERSON_FILTER_INIT;
  JsonObject *answer;
  gint64 people;

  if (!xq_person_list_count (xq_cli_database (cli, error), &everybody, &people, error))
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "vault", cli->vault_folder);
  json_object_set_string_member (answer, "password", PASSWORD);
  json_object_set_string_member (answer, "profile", xq_profiles[options->profile].id);
  json_object_set_int_member (answer, "seed", options->seed);
  json_object_set_int_member (answer, "terms", options->terms);
  json_object_set_int_member (answer, "people", people);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

static gboolean
check (const XqDemoOptions *options, gint64 seed, GError **error)
{
  if (options->students < 1 || options->students > STUDENTS_MAXIMUM)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("--students is a number from 1 to %d."), STUDENTS_MAXIMUM);
  else if (options->terms < 1 || options->terms > TERMS_MAXIMUM)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("--terms is a number from 1 to %d."), TERMS_MAXIMUM);
  else if (seed < 0 || seed > G_MAXUINT32)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("--seed is a number from 0 to %u."), G_MAXUINT32);
  else
    return TRUE;
  return FALSE;
}

static gboolean
run_demo (XqCli *cli, char **words, GError **error)
{
  XqDemoOptions options = { .students = 1000, .terms = 3 };
  g_autofree char *profile_id = NULL;
  gint64 seed = 1;
  int profile;
  const GOptionEntry entries[] = {
    { "students", 0, 0, G_OPTION_ARG_INT, &options.students, N_("How many people; 1000"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_("What chance begins with; 1"), "N" },
    { "terms", 0, 0, G_OPTION_ARG_INT, &options.terms, N_("How many terms back; 3"), "N" },
    { "profile", 0, 0, XQ_OPTION_TEXT, &profile_id, N_("school (the default), college or enterprise"), "PROFILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);

  if (rest == NULL || !check (&options, seed, error)
      || !xq_cli_choice (xq_profiles, profile_id, "--profile", XQ_PROFILE_SCHOOL, &profile, error))
    return FALSE;
  options.seed = (guint32) seed;
  options.profile = (XqProfile) profile;
  g_set_str (&cli->vault_folder, rest[0]);
  return make (cli, &options, error) && print_made (cli, &options, error);
}

const XqCommand xq_demo_commands[] = {
  { "demo", "DIR", N_("Make a vault with an invented school; its password is “demo”"), run_demo },
  { 0 },
};
