#include "config.h"

#include "cli/recovery-sheet.h"

#include "report/recovery-page.h"

gboolean
xq_cli_write_recovery_sheet (XqCli *cli, XqSecret *code, gboolean renewed, const char *pdf, GError **error)
{
  XqDatabase *database = xq_cli_database (cli, error);
  g_autofree char *name = database != NULL ? xq_setting_get (database, "name", "") : NULL;
  g_autoptr (XqPageDocument) pages = NULL;

  if (name == NULL)
    return FALSE;
  pages = xq_recovery_to_pages (name, (const char *) xq_secret_bytes (code), renewed);
  return xq_page_document_write_pdf (pages, pdf, error);
}
