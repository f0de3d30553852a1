#include "config.h"

#include "ui/widgets/paper-view.h"

#include <glib/gi18n-lib.h>


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

static XqPageDocument *
shown_document (gpointer view)
{
  return xq_paper_view_get_document (view);
}

void
xq_paper_view_print (XqPaperView *self, const char *job_name, XqPaperPrinted done, GtkWidget *parent, gpointer user_data)
{
  g_return_if_fail (XQ_IS_PAPER_VIEW (self));

  xq_paper_print (parent, job_name, shown_document, g_object_ref (self), g_object_unref, done, user_data);
}
