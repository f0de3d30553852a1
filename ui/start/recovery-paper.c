#include "config.h"

#include "ui/start/recovery-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "report/recovery-page.h"

static XqPageDocument *
pages_of (const char *name, const char *const *groups, gboolean renewed)
{
  g_autofree char *code = g_strjoinv ("-", (char **) groups);
  XqPageDocument *pages = xq_recovery_to_pages (name, code, renewed);

  explicit_bzero (code, strlen (code));
  return pages;
}

gboolean
xq_recovery_paper_save (GFile *file, const char *name, const char *const *groups, gboolean renewed, GError **error)
{
  g_autoptr (XqPageDocument) pages = NULL;

  if (g_file_peek_path (file) == NULL)
    {
      g_set_error_literal (error, XQ_BASE_ERROR, XQ_ERROR_IO, _("The sheet can only be saved on this computer or a stick."));
      return FALSE;
    }
  pages = pages_of (name, groups, renewed);
  return xq_page_document_write_pdf (pages, g_file_peek_path (file), error);
}

static XqPageDocument *
itself (gpointer pages)
{
  return pages;
}

void
xq_recovery_paper_print (GtkWidget *parent, const char *name, const char *const *groups, gboolean renewed,
                         XqPaperPrinted done)
{
  xq_paper_print (parent, _("Recovery sheet"), itself, pages_of (name, groups, renewed),
                  (GDestroyNotify) xq_page_document_free, done, NULL);
}
