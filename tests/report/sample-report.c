/* sample-report FOLDER: writes what the Python tests read back. */
#include "config.h"

#include <stdio.h>

#include "base/i18n.h"
#include "report/page.h"
#include "report/workbook.h"
#include "sample.h"

static gboolean
write_json (const XqReport *report, const char *path, GError **error)
{
  g_autoptr (JsonNode) node = xq_report_to_json (report);
  g_autofree char *json = json_to_string (node, TRUE);

  return g_file_set_contents (path, json, -1, error);
}

static gboolean
write_all (const XqReport *report, const char *folder, GError **error)
{
  g_autofree char *base = g_build_filename (folder, report->id, NULL);
  g_autofree char *xlsx = g_strconcat (base, ".xlsx", NULL);
  g_autofree char *csv = g_strconcat (base, ".csv", NULL);
  g_autofree char *json = g_strconcat (base, ".json", NULL);
  g_autofree char *pdf = g_strconcat (base, ".pdf", NULL);
  g_autoptr (XqPageDocument) pages = xq_report_to_pages (report);

  return xq_workbook_write (report, xlsx, NULL, error) && xq_report_write_csv (report, csv, error)
         && write_json (report, json, error) && xq_page_document_write_pdf (pages, pdf, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (XqReport) report = NULL;
  g_autoptr (XqReport) ledger = NULL;
  g_autoptr (GError) error = NULL;

  xq_i18n_init (NULL);
  g_return_val_if_fail (argc == 2, 2);
  report = sample_report ();
  ledger = sample_ledger (2500, 6);
  if (!write_all (report, argv[1], &error) || !write_all (ledger, argv[1], &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  return 0;
}
