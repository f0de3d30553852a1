#include "config.h"

#include "ui/widgets/paper-view.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/dialogs.h"

/* Points to pixels: a page fits beside the sidebar of the smallest window. */
#define SCALE 1.04

struct _XqPaperView
{
  GtkWidget parent_instance;

  XqPageDocument *document;
  GtkWidget *pages;
};

G_DEFINE_FINAL_TYPE (XqPaperView, xq_paper_view, GTK_TYPE_WIDGET)

static void
draw_page (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  XqPaperView *self = user_data;
  int page = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (area), "page"));

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (self->document == NULL)
    return;
  cairo_scale (cr, width / XQ_PAGE_WIDTH, width / XQ_PAGE_WIDTH);
  xq_page_document_render (self->document, page, cr);
}

static GtkWidget *
page_new (XqPaperView *self, int page, int n_pages)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  g_autofree char *label = g_strdup_printf (_ ("Page %d of %d"), page + 1, n_pages);

  g_object_set_data (G_OBJECT (area), "page", GINT_TO_POINTER (page));
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), (int) (XQ_PAGE_WIDTH * SCALE));
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), (int) (XQ_PAGE_HEIGHT * SCALE));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_page, self, NULL);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (area, TRUE); /* Tab goes from page to page, which scrolls there; Page Down within one */
  gtk_widget_add_css_class (area, "paper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return area;
}

static void
clear_pages (XqPaperView *self)
{
  GtkWidget *page;

  while (self->pages != NULL && (page = gtk_widget_get_first_child (self->pages)) != NULL)
    gtk_box_remove (GTK_BOX (self->pages), page);
}

static void
xq_paper_view_dispose (GObject *object)
{
  XqPaperView *self = XQ_PAPER_VIEW (object);

  clear_pages (self);
  g_clear_pointer (&self->document, xq_page_document_free);
  g_clear_pointer (&self->pages, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_paper_view_parent_class)->dispose (object);
}

static void
xq_paper_view_class_init (XqPaperViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_paper_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "paperview");
}

static void
xq_paper_view_init (XqPaperView *self)
{
  self->pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_top (self->pages, 18);
  gtk_widget_set_margin_bottom (self->pages, 18);
  gtk_widget_set_parent (self->pages, GTK_WIDGET (self));
}

GtkWidget *
xq_paper_view_new (void)
{
  return g_object_new (XQ_TYPE_PAPER_VIEW, NULL);
}

void
xq_paper_view_set_document (XqPaperView *self, XqPageDocument *document)
{
  int n_pages;

  g_return_if_fail (XQ_IS_PAPER_VIEW (self));

  clear_pages (self);
  g_clear_pointer (&self->document, xq_page_document_free);
  self->document = document;
  n_pages = document != NULL ? xq_page_document_n_pages (document) : 0;
  for (int page = 0; page < n_pages; page++)
    gtk_box_append (GTK_BOX (self->pages), page_new (self, page, n_pages));
}

XqPageDocument *
xq_paper_view_get_document (XqPaperView *self)
{
  g_return_val_if_fail (XQ_IS_PAPER_VIEW (self), NULL);

  return self->document;
}

/* One print under way. */
typedef struct
{
  GWeakRef view;
  GWeakRef parent;
  XqPaperPrinted done;
  gpointer user_data;
} Print;

static void
print_free (gpointer data, GClosure *closure)
{
  Print *print = data;

  g_weak_ref_clear (&print->view);
  g_weak_ref_clear (&print->parent);
  g_free (print);
}

static void
on_paginate_begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Print *print = data;
  g_autoptr (XqPaperView) view = g_weak_ref_get (&print->view);
  int pages = view != NULL && view->document != NULL ? xq_page_document_n_pages (view->document) : 0;

  if (pages == 0)
    gtk_print_operation_cancel (operation);
  else
    gtk_print_operation_set_n_pages (operation, pages);
}

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Print *print = data;
  g_autoptr (XqPaperView) view = g_weak_ref_get (&print->view);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double scale = gtk_print_context_get_width (context) / XQ_PAGE_WIDTH;

  if (view == NULL || view->document == NULL)
    return;
  cairo_scale (cr, scale, scale);
  xq_page_document_render (view->document, page, cr);
}

static void
on_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  Print *print = data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&print->parent);
  g_autoptr (GError) error = NULL;

  if (parent == NULL)
    return;
  /* Asked when there is none, it complains. */
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (error != NULL)
    xq_error_dialog (parent, _ ("Printing did not work"), error);
  if (print->done != NULL && result != GTK_PRINT_OPERATION_RESULT_IN_PROGRESS)
    print->done (parent, result == GTK_PRINT_OPERATION_RESULT_APPLY, print->user_data);
}

void
xq_paper_view_print (XqPaperView *self, const char *job_name, XqPaperPrinted done, GtkWidget *parent, gpointer user_data)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Print *print = g_new0 (Print, 1);

  g_weak_ref_init (&print->view, self);
  g_weak_ref_init (&print->parent, parent);
  print->done = done;
  print->user_data = user_data;
  gtk_print_operation_set_job_name (operation, job_name);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (on_paginate_begin_cb), print, print_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), print);
  g_signal_connect (operation, "done", G_CALLBACK (on_done_cb), print);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}
