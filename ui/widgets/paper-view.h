/* Pages of paper on screen, as they will be printed: the same renderer draws preview, print and PDF. */
#pragma once

#include "ui/widgets/paper-print.h"
#include "report/page.h"
#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_PAPER_VIEW (xq_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (XqPaperView, xq_paper_view, XQ, PAPER_VIEW, GtkWidget)

GtkWidget *xq_paper_view_new (void);
/* @document: (transfer full) (nullable): %NULL shows nothing */
void xq_paper_view_set_document (XqPaperView *self, XqPageDocument *document);
/* %NULL when nothing is shown; borrowed. */
XqPageDocument *xq_paper_view_get_document (XqPaperView *self);

/* The print dialog for what is shown; the view is held until it is over (paper-print.h). */
void xq_paper_view_print (XqPaperView *self, const char *job_name, XqPaperPrinted done, GtkWidget *parent,
                          gpointer user_data);

G_END_DECLS
