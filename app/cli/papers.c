#include "config.h"

#include "cli/papers.h"

#include <glib/gi18n-lib.h>

#include "referral/letter.h"
#include "report/letter-page.h"
#include "report/page.h"
#include "report/workbook.h"

/* The file's name only: where a counsellor keeps her papers is nobody's business. */
static JsonObject *
file_detail (const char *what, const char *path)
{
  JsonObject *detail = json_object_new ();
  g_autofree char *name = g_path_get_basename (path);

  json_object_set_string_member (detail, "what", what);
  json_object_set_string_member (detail, "file", name);
  return detail;
}

static gboolean
write_pdf (const XqReport *report, const char *path, GError **error)
{
  g_autoptr (XqPageDocument) pages = xq_report_to_pages (report);

  return xq_page_document_write_pdf (pages, path, error);
}

static gboolean
write_files (XqCli *cli, XqDesk *desk, const XqReport *report, const XqReportFiles *files, GError **error)
{
  const char *paths[] = { files->xlsx, files->pdf, files->csv };

  if ((files->xlsx != NULL && !xq_workbook_write (report, files->xlsx, &cli->progress, error))
      || (files->pdf != NULL && !write_pdf (report, files->pdf, error))
      || (files->csv != NULL && !xq_report_write_csv (report, files->csv, error)))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (paths[i] != NULL && !xq_cli_audit_export (desk, "report_export", file_detail (report->id, paths[i]), error))
      return FALSE;
  return TRUE;
}

static char *
report_text (const XqReport *report, const XqReportFiles *files)
{
  const char *paths[] = { files->xlsx, files->pdf, files->csv };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (paths[i] != NULL)
      {
        g_string_append_printf (text, text->len > 0 ? "\n%s " : "%s ", _("Written:"));
        g_string_append (text, paths[i]);
      }
  if (text->len > 0)
    return g_string_free_and_steal (g_steal_pointer (&text));
  return g_string_free_and_steal (xq_report_to_csv (report));
}

gboolean
xq_papers_write_report (XqCli *cli, XqDesk *desk, const XqReport *report, const XqReportFiles *files, GError **error)
{
  g_autofree char *text = NULL;

  if (!write_files (cli, desk, report, files, error))
    return FALSE;
  text = report_text (report, files);
  xq_output_node (&cli->output, xq_report_to_json (report), text);
  return TRUE;
}

gboolean
xq_papers_write_letter (XqCli *cli, XqDesk *desk, gint64 referral_id, const char *pdf, GError **error)
{
  static const XqColumn columns[] = { { "file", N_("Written"), NULL }, { "slip_code", N_("Code of the slip"), NULL }, { 0 } };
  g_autoptr (XqLetter) letter = xq_desk_letter (desk, referral_id, error);
  g_autoptr (XqPageDocument) pages = NULL;
  JsonObject *answer;

  if (letter == NULL)
    return FALSE;
  pages = xq_letter_to_pages (letter);
  if (!xq_page_document_write_pdf (pages, pdf, error)
      || !xq_cli_audit_export (desk, "letter_export", file_detail (letter->number, pdf), error))
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "file", pdf);
  json_object_set_string_member (answer, "number", letter->number);
  json_object_set_string_member (answer, "slip_code", letter->slip_code);
  xq_output_object (&cli->output, answer, columns);
  return TRUE;
}
