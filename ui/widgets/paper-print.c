#include "config.h"

#include "ui/widgets/paper-print.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/dialogs.h"
#include "ui/widgets/portal-request.h"
#include "ui/window.h"

/* One print under way. */
typedef struct
{
  XqPageDocument *(*document) (gpointer owner);
  gpointer owner; /* NULL once it was told how it ended */
  GDestroyNotify release;
  GWeakRef parent;
  XqPaperPrinted done;
  gpointer user_data;
  XqPortalRequest *request;
  GCancellable *closing; /* of the window's dialogs */
  gulong closing_id;
} Print;

/* Once; after that there is nothing left to print. */
static void
end (Print *print, gboolean printed)
{
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&print->parent);
  gpointer owner = g_steal_pointer (&print->owner);

  if (owner == NULL)
    return;
  if (parent != NULL && print->done != NULL)
    print->done (parent, printed, print->user_data);
  print->release (owner);
}

static void
print_free (gpointer data, GClosure *closure)
{
  Print *print = data;

  if (print->closing != NULL)
    g_signal_handler_disconnect (print->closing, print->closing_id);
  g_clear_object (&print->closing);
  xq_portal_request_free (print->request);
  if (print->owner != NULL)
    print->release (print->owner);
  g_weak_ref_clear (&print->parent);
  g_free (print);
}

static void
on_closing_cb (GCancellable *closing, gpointer data)
{
  Print *print = data;

  if (print->owner != NULL && print->request != NULL)
    xq_portal_request_close (print->request);
  end (print, FALSE);
}

static XqPageDocument *
document_of (Print *print)
{
  return print->owner != NULL ? print->document (print->owner) : NULL;
}

static void
on_begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  XqPageDocument *document = document_of (data);
  int pages = document != NULL ? xq_page_document_n_pages (document) : 0;

  if (pages == 0)
    gtk_print_operation_cancel (operation);
  else
    gtk_print_operation_set_n_pages (operation, pages);
}

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  XqPageDocument *document = document_of (data);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double scale = gtk_print_context_get_width (context) / XQ_PAGE_WIDTH;

  if (document == NULL)
    return;
  cairo_scale (cr, scale, scale);
  xq_page_document_render (document, page, cr);
}

static void
on_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  Print *print = data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&print->parent);
  g_autoptr (GError) error = NULL;

  if (print->owner == NULL || result == GTK_PRINT_OPERATION_RESULT_IN_PROGRESS)
    return;
  /* Asked when there is none, it complains. */
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (error != NULL && parent != NULL)
    xq_error_dialog (parent, _ ("Printing did not work"), error);
  end (print, result == GTK_PRINT_OPERATION_RESULT_APPLY);
}

static void
listen_for_closing (Print *print, GtkWidget *parent)
{
  XqWindow *window = xq_window_for (parent);

  if (window == NULL)
    return;
  print->closing = g_object_ref (xq_window_dialogs (window));
  print->closing_id = g_signal_connect (print->closing, "cancelled", G_CALLBACK (on_closing_cb), print);
}

void
xq_paper_print (GtkWidget *parent, const char *job_name, XqPageDocument *(*document) (gpointer owner), gpointer owner,
                GDestroyNotify release, XqPaperPrinted done, gpointer user_data)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkRoot *root = gtk_widget_get_root (parent);
  Print *print = g_new0 (Print, 1);

  print->document = document;
  print->owner = owner;
  print->release = release;
  g_weak_ref_init (&print->parent, parent);
  print->done = done;
  print->user_data = user_data;
  print->request = xq_portal_request_hear ("org.freedesktop.portal.Print", "PreparePrint");
  listen_for_closing (print, parent);
  gtk_print_operation_set_job_name (operation, job_name);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (on_begin_cb), print, print_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), print);
  g_signal_connect (operation, "done", G_CALLBACK (on_done_cb), print);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}
