#include "config.h"

#include "cli/papers.h"

#include <glib/gi18n-lib.h>

void
xq_leaving_clear (XqLeaving *leaving)
{
  g_free (leaving->xlsx);
  g_free (leaving->pdf);
  g_free (leaving->csv);
  g_free (leaving->zip);
  g_free (leaving->passphrase.file);
  g_free (leaving->recipient);
  g_free (leaving->ground);
  g_free (leaving->purpose);
}

/* What the options say goes before what the ledger would say by itself. */
static gboolean
complete (XqDisclosure *entry, const XqLeaving *leaving, GError **error)
{
  if (leaving->recipient != NULL)
    g_set_str (&entry->recipient, leaving->recipient);
  if (leaving->purpose != NULL)
    g_set_str (&entry->purpose, leaving->purpose);
  return xq_cli_choice (xq_disclosure_grounds, leaving->ground, "--ground", entry->ground, &entry->ground, error);
}

/* One file that was asked for. */
typedef struct
{
  const char *path;
  XqPaperForm form;
  gboolean sealed;
} Wanted;

static gboolean
write_file (XqCli *cli, XqDatabase *database, XqReport *report, gboolean identifying, const Wanted *wanted,
            const XqLeaving *leaving, GError **error)
{
  g_autoptr (XqDisclosure) entry = xq_papers_report_entry (report, XQ_DISCLOSURE_EXPORT);
  g_autoptr (XqSecret) passphrase = NULL;

  entry->identifying = identifying;
  if (!complete (entry, leaving, error))
    return FALSE;
  passphrase = wanted->sealed ? xq_secret_input_read_new (&leaving->passphrase, error) : NULL;
  if (wanted->sealed && passphrase == NULL)
    return FALSE;
  return xq_papers_save_report (database, report, wanted->form, entry, wanted->path, passphrase, &cli->progress, error);
}

gboolean
xq_papers_write_report (XqCli *cli, XqDatabase *database, XqReport *report, gboolean identifying,
                        const XqLeaving *leaving, GError **error)
{
  const Wanted files[] = {
    { leaving->xlsx, XQ_PAPER_XLSX, FALSE },
    { leaving->pdf, XQ_PAPER_PDF, FALSE },
    { leaving->csv, XQ_PAPER_CSV, FALSE },
    { leaving->zip, XQ_PAPER_XLSX, TRUE },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      if (files[i].path == NULL)
        continue;
      if (!write_file (cli, database, report, identifying, &files[i], leaving, error))
        return FALSE;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, _("%s: %s"), _("Written"), files[i].path);
    }
  if (text->len == 0)
    {
      g_autoptr (GString) numbers = xq_report_to_csv (report);

      g_string_append_len (text, numbers->str, (gssize) numbers->len);
    }
  xq_output_node (&cli->output, xq_report_to_json (report), text->str);
  return TRUE;
}

static void
print_letter (XqCli *cli, const XqLetter *letter, const XqDisclosure *entry, const char *path)
{
  static const XqColumn columns[] = {
    { "file", N_("Written"), NULL }, { "slip_code", N_("Code of the slip"), NULL }, { "copy", N_("Copy number"), NULL }, { 0 },
  };
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "file", path);
  json_object_set_string_member (answer, "number", letter->number);
  json_object_set_string_member (answer, "slip_code", letter->slip_code);
  json_object_set_string_member (answer, "copy", entry->copy);
  xq_output_object (&cli->output, answer, columns);
}

gboolean
xq_papers_write_letter (XqCli *cli, XqDesk *desk, gint64 referral_id, const XqLeaving *leaving, GError **error)
{
  const char *path = leaving->zip != NULL ? leaving->zip : leaving->pdf;
  g_autoptr (XqDisclosure) entry = NULL;
  g_autoptr (XqSecret) passphrase = NULL;
  g_autoptr (XqLetter) letter = NULL;

  if ((leaving->zip == NULL) == (leaving->pdf == NULL))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Say where the letter goes: --pdf FILE or --zip FILE."));
      return FALSE;
    }
  entry = xq_papers_letter_entry (desk, referral_id, XQ_DISCLOSURE_EXPORT, error);
  if (entry == NULL || !complete (entry, leaving, error))
    return FALSE;
  passphrase = leaving->zip != NULL ? xq_secret_input_read_new (&leaving->passphrase, error) : NULL;
  if ((leaving->zip != NULL && passphrase == NULL)
      || !xq_papers_save_letter (desk, referral_id, entry, path, passphrase, error))
    return FALSE;
  letter = xq_desk_letter (desk, referral_id, error);
  if (letter == NULL)
    return FALSE;
  print_letter (cli, letter, entry, path);
  return TRUE;
}
