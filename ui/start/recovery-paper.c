#include "config.h"

#include "ui/start/recovery-paper.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

gboolean
xq_recovery_paper_save (GFile *file, XqPageDocument *pages, GError **error)
{
  if (g_file_peek_path (file) == NULL)
    {
      g_set_error_literal (error, XQ_BASE_ERROR, XQ_ERROR_IO, _("The sheet can only be saved on this computer or a stick."));
      return FALSE;
    }
  return xq_page_document_write_pdf (pages, g_file_peek_path (file), error);
}
