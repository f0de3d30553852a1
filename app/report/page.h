/* A4 pages of text, tables and charts: one renderer for the preview, the printer and the PDF.
 *
 * A document is a list of elements that are put on pages once, when first asked. Lengths are points
 * (1/72 inch). Chinese breaks by Pango; metrics are pinned, so that screen, printer and PDF break alike. */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "report/model.h"

G_BEGIN_DECLS

#define XQ_PAGE_WIDTH 595.276
#define XQ_PAGE_HEIGHT 841.890

typedef struct _XqPageDocument XqPageDocument;

/* The page's own part of drawing: fills (0, 0, width, height). */
typedef void (*XqPageDraw) (cairo_t *cr, double width, double height, gpointer user_data);

typedef enum
{
  XQ_PAGE_TITLE,    /* the document's name */
  XQ_PAGE_SUBTITLE, /* what stands under it, quiet */
  XQ_PAGE_HEADING,  /* of a section; stays with what follows */
  XQ_PAGE_SECTION,  /* the same in a form, smaller */
  XQ_PAGE_BODY,
  XQ_PAGE_SMALL,    /* notes */
  XQ_PAGE_BULLET,   /* body with a point before it */
} XqPageStyle;

/* One figure of a row of tiles. */
typedef struct
{
  const char *figure;
  const char *label;
  const char *detail; /* nullable */
  gboolean grave;     /* in red */
} XqPageTile;

/* Something with its label: "Class", "八年级(3)班". */
typedef struct
{
  const char *label;
  const char *text;
} XqPageFact;

XqPageDocument *xq_page_document_new (const char *title, const char *author, gint64 created_at);
void xq_page_document_free (XqPageDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPageDocument, xq_page_document_free)

/* A line over the head of every page, for a copy that names somebody: whose it is and which. %NULL: none. */
void xq_page_document_set_watermark (XqPageDocument *document, const char *text);
/* Left part of every foot line; "page x / y" stands right. */
void xq_page_document_set_footer (XqPageDocument *document, const char *text);
void xq_page_document_add_text (XqPageDocument *document, XqPageStyle style, const char *text);
/* Two texts on one line, the second at the right edge. */
void xq_page_document_add_pair (XqPageDocument *document, XqPageStyle style, const char *left, const char *right);
void xq_page_document_add_space (XqPageDocument *document, double height);
/* A line across; @strong in the accent colour. */
void xq_page_document_add_rule (XqPageDocument *document, gboolean strong);
void xq_page_document_add_page_break (XqPageDocument *document);
void xq_page_document_add_tiles (XqPageDocument *document, const XqPageTile *tiles, guint n_tiles);
/* A heading with a quieter word beside it. */
void xq_page_document_add_heading (XqPageDocument *document, const char *text, const char *aside, gboolean grave);
/* Drawn by @draw on @height points over the full width. */
void xq_page_document_add_drawing (XqPageDocument *document, double height, XqPageDraw draw, gpointer user_data,
                                   GDestroyNotify destroy);
/* The same, at the foot of the page that is reached by then, or of the next one where it has no room. */
void xq_page_document_add_foot (XqPageDocument *document, double height, XqPageDraw draw, gpointer user_data,
                                GDestroyNotify destroy);
/* Labels and what stands beside them, two to a row where they are short. */
void xq_page_document_add_facts (XqPageDocument *document, const XqPageFact *facts, guint n_facts);
/* A table of a block, heads repeated on every page; the numbers as xq_report_cell_display() writes them. */
void xq_page_document_add_table (XqPageDocument *document, const XqReport *report, const XqReportBlock *block);
/* A numbered decision with two boxes to tick. */
void xq_page_document_add_decision (XqPageDocument *document, int number, const char *text, const char *yes,
                                    const char *no);
/* Names with a line after each to sign on. */
void xq_page_document_add_signatures (XqPageDocument *document, const char *const *names);
/* What is added until _end stands in two columns; _next goes to the right one. */
void xq_page_document_columns_begin (XqPageDocument *document);
void xq_page_document_columns_next (XqPageDocument *document);
void xq_page_document_columns_end (XqPageDocument *document);

int xq_page_document_n_pages (XqPageDocument *document);
/* Page @page, from 0, in points; the caller scales @cr. */
void xq_page_document_render (XqPageDocument *document, int page, cairo_t *cr);
/* The PDF; equal documents give equal bytes. XQ_REPORT_ERROR. (transfer full) */
GBytes *xq_page_document_to_pdf (XqPageDocument *document, GError **error);
/* The same at @path, complete or not at all. */
gboolean xq_page_document_write_pdf (XqPageDocument *document, const char *path, GError **error);

/* The pages of a report: every block as its look says. */
XqPageDocument *xq_report_to_pages (const XqReport *report);

G_END_DECLS
