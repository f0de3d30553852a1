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

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer pages)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double scale = gtk_print_context_get_width (context) / XQ_PAGE_WIDTH;

  cairo_scale (cr, scale, scale);
  xq_page_document_render (pages, page, cr);
}

gboolean
xq_recovery_paper_print (GtkWindow *parent, XqPageDocument *pages, const char *title, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();

  gtk_print_operation_set_n_pages (operation, xq_page_document_n_pages (pages));
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_job_name (operation, title);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), pages);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, error)
         == GTK_PRINT_OPERATION_RESULT_APPLY;
}
