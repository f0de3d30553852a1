/* The recovery code in three paper shares: made, and asked after. "recover" takes two of them. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "report/share-page.h"

static const XqColumn share_columns[] = {
  { "number", N_("Share"), NULL },
  { "holder", N_("Kept by"), NULL },
  { "file", N_("File"), NULL },
  { 0 },
};

/* -- print */

static void
remove_files (char **files, int n)
{
  for (int i = 0; i < n; i++)
    g_unlink (files[i]);
}

static gboolean
check_files (char **files, GError **error)
{
  for (int i = 0; i < XQ_SHARES; i++)
    {
      g_autofree char *path = g_canonicalize_filename (files[i], NULL);
      gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);

      for (int before = 0; before < i && !there; before++)
        {
          g_autofree char *other = g_canonicalize_filename (files[before], NULL);

          there = g_str_equal (path, other);
        }
      if (there)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_REFUSED,
                       _("“%s” exists already, or is named twice. Choose another name: each share has a file of its own."), files[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* All of them, or none. */
static gboolean
write_files (XqCli *cli, const XqShareSet *set, char **files, GError **error)
{
  XqDatabase *database = xq_cli_database (cli, error);
  g_autofree char *name = database != NULL ? xq_setting_get (database, "name", "") : NULL;

  for (int i = 0; name != NULL && i < XQ_SHARES; i++)
    {
      g_autoptr (XqPageDocument) pages = xq_share_to_pages (name, set, (guint) i);

      if (!xq_page_document_write_pdf (pages, files[i], error))
        {
          remove_files (files, i);
          return FALSE;
        }
    }
  return name != NULL;
}

static void
answer_set (XqCli *cli, const XqShareSet *set, char **files)
{
  JsonObject *answer;
  JsonArray *shares = json_array_new ();

  for (int i = 0; i < XQ_SHARES; i++)
    {
      JsonObject *share = json_object_new ();

      json_object_set_int_member (share, "number", i + 1);
      json_object_set_string_member (share, "holder", set->holders[i]);
      json_object_set_string_member (share, "file", files[i]);
      json_array_add_object_element (shares, share);
    }
  if (!cli->output.json)
    {
      xq_output_rows (&cli->output, shares, share_columns);
      return;
    }
  answer = json_object_new ();
  json_object_set_string_member (answer, "vault", cli->vault_folder);
  json_object_set_int_member (answer, "set", set->set);
  json_object_set_int_member (answer, "code", set->code);
  json_object_set_array_member (answer, "shares", shares);
  xq_output_object (&cli->output, answer, NULL);
}

/* @holders may be %NULL: by the vault's profile. */
static XqShareSet *
make_shares (XqCli *cli, char **holders, GError **error)
{
  g_autoptr (XqSecret) password = xq_secret_input_read (&cli->password, error);
  XqVault *vault = password != NULL ? xq_cli_open (cli, password, error) : NULL;
  XqDatabase *database = vault != NULL ? xq_cli_database (cli, error) : NULL;
  g_auto (GStrv) usual = database != NULL ? xq_shares_holders (database) : NULL;

  return database != NULL ? xq_shares_make (vault, password, (const char *const *) (holders != NULL ? holders : usual), error)
                          : NULL;
}

static gboolean
print_shares (XqCli *cli, char **holders, char **files, GError **error)
{
  g_autoptr (XqShareSet) set = check_files (files, error) ? make_shares (cli, holders, error) : NULL;

  if (set == NULL || !write_files (cli, set, files, error))
    return FALSE;
  if (!xq_shares_hand_out (xq_cli_vault (cli, NULL), set, error))
    {
      remove_files (files, XQ_SHARES);
      return FALSE;
    }
  answer_set (cli, set, files);
  xq_cli_remark (_("Print each file, give it to its holder and delete it: any two of them open the vault. Destroy the shares of an earlier set, for those of this recovery code still open."));
  return TRUE;
}

static gboolean
run_print (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) holders = NULL;
  const GOptionEntry entries[] = {
    { "holder", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &holders, N_("Who keeps a share; three times, in the files' order"), "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) files = xq_cli_parse (cli, entries, words, XQ_SHARES, XQ_SHARES, error);

  if (files == NULL)
    return FALSE;
  if (holders != NULL && g_strv_length (holders) != XQ_SHARES)
    {
      g_set_error_literal (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Say --holder three times, once for each share, or not at all."));
      return FALSE;
    }
  return print_shares (cli, holders, files, error);
}

/* -- status */

static gboolean
run_status (XqCli *cli, char **words, GError **error)
{
  static const XqColumn columns[] = {
    { "state", N_("Paper shares"), xq_shares_states }, { "made", N_("Made on"), NULL },
    { "set", N_("Set"), NULL },                        { "code", N_("Recovery code no."), NULL },
    { "holders", N_("Kept by"), NULL },                { "others", N_("Earlier sets that still open"), NULL },
    { 0 },
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  g_autoptr (XqSharesStatus) status = database != NULL ? xq_shares_status (database, error) : NULL;
  JsonObject *answer;
  JsonArray *holders;

  if (status == NULL)
    return FALSE;
  answer = json_object_new ();
  holders = json_array_new ();
  for (char **holder = status->holders; holder != NULL && *holder != NULL; holder++)
    json_array_add_string_element (holders, *holder);
  json_object_set_string_member (answer, "state", xq_shares_states[status->state].id);
  if (status->state != XQ_SHARES_NONE)
    {
      g_autofree char *made = xq_clock_date (status->at);

      json_object_set_string_member (answer, "made", made);
      json_object_set_int_member (answer, "set", status->set);
      json_object_set_int_member (answer, "code", status->code);
    }
  json_object_set_array_member (answer, "holders", holders);
  json_object_set_int_member (answer, "others", status->others);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}

const XqCommand xq_share_commands[] = {
  { "shares print", "FILE FILE FILE", N_("Split the recovery code into three paper shares, of which any two open; writes each into a PDF"), run_print },
  { "shares status", NULL, N_("Whether there are paper shares, when they were made and who keeps them"), run_status },
  { 0 },
};
