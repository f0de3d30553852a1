/* Elements of a page document. Only inside report/page*.c.
 *
 * An element is one or more units that stay whole: the lines of a paragraph, the rows of a table. Units are
 * put on pages one after the other; what `head` reserves is drawn again on every page. */
#pragma once

#include "report/draw.h"
#include "report/page.h"

G_BEGIN_DECLS

#define XQ_PAGE_MARGIN    46.0
#define XQ_PAGE_TOP       44.0
#define XQ_PAGE_BOTTOM    58.0
#define XQ_PAGE_GUTTER    26.0
#define XQ_PAGE_BODY_SIZE 9.5

typedef struct _XqElement XqElement;

typedef struct
{
  const char *tag; /* of the PDF's structure: "H1", "P", "Table", "Figure"; NULL for decoration */
  /* Fills @heights (and @head) for @width. */
  void (*measure) (XqElement *element, cairo_t *cr, double width);
  /* Units @from to @to − 1, and the head above them, with the upper left corner at (0, 0). */
  void (*draw) (XqElement *element, cairo_t *cr, double width, guint from, guint to);
  void (*free) (XqElement *element);
} XqElementClass;

/* The first member of every kind of element. */
struct _XqElement
{
  const XqElementClass *class;
  double before; /* room above, dropped at the top of a page */
  double after;
  double head;
  GArray *heights; /* of double */
  gboolean keep_with_next;
  gboolean separates; /* stands between two others on one page, or not at all */
  gboolean keep_together; /* goes to the next page rather than break */
  gboolean new_page;
  gboolean at_foot;
};

/* @size bytes, zero but for what every element has. */
gpointer xq_element_new (gsize size, const XqElementClass *class, double before, double after);
void xq_element_free (XqElement *element);
/* One unit of @height. */
void xq_element_set_height (XqElement *element, double height);
double xq_element_piece_height (const XqElement *element, guint from, guint to);

void xq_page_document_add (XqPageDocument *document, XqElement *element);

/* A layout of @text, wrapped at @width (0: not), Chinese broken between characters. (transfer full) */
PangoLayout *xq_page_layout (cairo_t *cr, const char *text, double size, gboolean bold, double width);
/* Draws it in @colour with its upper left corner at (@x, @y). */
void xq_page_show (cairo_t *cr, PangoLayout *layout, const XqColour *colour, double x, double y);
double xq_page_layout_height (PangoLayout *layout);

extern const XqColour xq_page_text;
extern const XqColour xq_page_dim;
extern const XqColour xq_page_accent;
extern const XqColour xq_page_grave;
extern const XqColour xq_page_grid;

G_END_DECLS
