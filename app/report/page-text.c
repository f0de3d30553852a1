#include "config.h"

#include "report/page-private.h"

/* What each style looks like; the order is that of XqPageStyle. */
static const struct
{
  double size;
  gboolean bold;
  const XqColour *colour;
  double before;
  double after;
  const char *tag;
} styles[] = {
  [XQ_PAGE_TITLE] = { 22.0, TRUE, &xq_page_text, 2.0, 2.0, "H1" },
  [XQ_PAGE_SUBTITLE] = { 9.5, FALSE, &xq_page_dim, 0.0, 4.0, "P" },
  [XQ_PAGE_HEADING] = { 12.5, TRUE, &xq_page_text, 12.0, 5.0, "H2" },
  [XQ_PAGE_SECTION] = { 10.5, TRUE, &xq_page_accent, 6.0, 2.0, "H2" },
  [XQ_PAGE_BODY] = { XQ_PAGE_BODY_SIZE, FALSE, &xq_page_text, 1.0, 3.0, "P" },
  [XQ_PAGE_SMALL] = { 8.0, FALSE, &xq_page_dim, 1.0, 1.0, "P" },
  [XQ_PAGE_BULLET] = { XQ_PAGE_BODY_SIZE, FALSE, &xq_page_text, 1.0, 3.0, "P" },
};

#define BULLET_INDENT 11.0

typedef struct
{
  XqElement parent;
  XqPageStyle style;
  char *text;
  char *right; /* nullable: stands at the right edge of the first line */
} Text;

typedef struct
{
  XqElement parent;
  char *text;
  char *aside;
  gboolean grave;
} Heading;

PangoLayout *
xq_page_layout (cairo_t *cr, const char *text, double size, gboolean bold, double width)
{
  PangoLayout *layout = xq_draw_layout (cr, xq_chart_font (), size, bold);

  pango_layout_set_text (layout, text, -1);
  pango_layout_set_line_spacing (layout, 1.08F);
  if (width > 0.0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  return layout;
}

void
xq_page_show (cairo_t *cr, PangoLayout *layout, const XqColour *colour, double x, double y)
{
  xq_draw_set_colour (cr, colour);
  cairo_move_to (cr, x, y);
  xq_draw_show_layout (cr, layout);
}

double
xq_page_layout_height (PangoLayout *layout)
{
  double height;

  xq_draw_layout_size (layout, NULL, &height);
  return height;
}

static double
indent_of (const Text *text)
{
  return text->style == XQ_PAGE_BULLET ? BULLET_INDENT : 0.0;
}

static PangoLayout *
text_layout (const Text *text, cairo_t *cr, double width)
{
  return xq_page_layout (cr, text->text, styles[text->style].size, styles[text->style].bold, width - indent_of (text));
}

/* The lines are the units: a long paragraph goes on on the next page. */
static void
text_measure (XqElement *element, cairo_t *cr, double width)
{
  g_autoptr (PangoLayout) layout = text_layout ((Text *) element, cr, width);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  g_array_set_size (element->heights, 0);
  do
    {
      int top = 0;
      int bottom = 0;
      double height;

      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      height = (double) (bottom - top) / PANGO_SCALE;
      g_array_append_val (element->heights, height);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
draw_lines (cairo_t *cr, PangoLayout *layout, double x, guint from, guint to)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double origin = 0.0;
  guint line = 0;

  do
    {
      int top = 0;

      pango_layout_iter_get_line_yrange (iter, &top, NULL);
      if (line == from)
        origin = (double) top / PANGO_SCALE;
      if (line >= from && line < to)
        {
          cairo_move_to (cr, x, (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE - origin);
          xq_draw_show_line (cr, pango_layout_iter_get_line_readonly (iter));
        }
      line++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
text_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  Text *text = (Text *) element;
  g_autoptr (PangoLayout) layout = text_layout (text, cr, width);

  xq_draw_set_colour (cr, styles[text->style].colour);
  draw_lines (cr, layout, indent_of (text), from, to);
  if (text->style == XQ_PAGE_BULLET && from == 0)
    {
      cairo_new_path (cr);
      cairo_arc (cr, 3.0, g_array_index (element->heights, double, 0) * 0.52, 1.5, 0, 2 * G_PI);
      xq_draw_set_colour (cr, &xq_page_accent);
      cairo_fill (cr);
    }
  if (text->right != NULL && from == 0)
    {
      g_autoptr (PangoLayout) right = xq_page_layout (cr, text->right, styles[text->style].size, FALSE, 0);
      double right_width;

      xq_draw_layout_size (right, &right_width, NULL);
      xq_page_show (cr, right, styles[text->style].colour, width - right_width, 0);
    }
}

static void
text_free (XqElement *element)
{
  Text *text = (Text *) element;

  g_free (text->text);
  g_free (text->right);
}

static const XqElementClass title_class = { "H1", text_measure, text_draw, text_free };
static const XqElementClass section_class = { "H2", text_measure, text_draw, text_free };
static const XqElementClass text_class = { "P", text_measure, text_draw, text_free };

void
xq_page_document_add_pair (XqPageDocument *document, XqPageStyle style, const char *left, const char *right)
{
  const XqElementClass *class = style == XQ_PAGE_TITLE ? &title_class
                                : style == XQ_PAGE_HEADING || style == XQ_PAGE_SECTION ? &section_class
                                                                                       : &text_class;
  Text *text = xq_element_new (sizeof *text, class, styles[style].before, styles[style].after);

  text->style = style;
  text->text = g_strdup (left);
  text->right = g_strdup (right);
  text->parent.keep_with_next = class != &text_class;
  xq_page_document_add (document, &text->parent);
}

void
xq_page_document_add_text (XqPageDocument *document, XqPageStyle style, const char *text)
{
  xq_page_document_add_pair (document, style, text, NULL);
}

static void
heading_measure (XqElement *element, cairo_t *cr, double width)
{
  Heading *heading = (Heading *) element;
  g_autoptr (PangoLayout) layout = xq_page_layout (cr, heading->text, 12.5, TRUE, width);

  xq_element_set_height (element, xq_page_layout_height (layout));
}

/* The aside stands on the heading's base line when there is room for it, else it is left out. */
static void
heading_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  Heading *heading = (Heading *) element;
  g_autoptr (PangoLayout) layout = xq_page_layout (cr, heading->text, 12.5, TRUE, width);
  double text_width;

  xq_page_show (cr, layout, heading->grave ? &xq_page_grave : &xq_page_text, 0, 0);
  xq_draw_layout_size (layout, &text_width, NULL);
  if (heading->aside != NULL)
    {
      g_autoptr (PangoLayout) aside = xq_page_layout (cr, heading->aside, 8.5, FALSE, 0);
      const double drop = (double) (pango_layout_get_baseline (layout) - pango_layout_get_baseline (aside)) / PANGO_SCALE;
      double aside_width;

      xq_draw_layout_size (aside, &aside_width, NULL);
      if (text_width + 12.0 + aside_width <= width)
        xq_page_show (cr, aside, &xq_page_dim, text_width + 12.0, drop);
    }
}

static void
heading_free (XqElement *element)
{
  Heading *heading = (Heading *) element;

  g_free (heading->text);
  g_free (heading->aside);
}

static const XqElementClass heading_class = { "H2", heading_measure, heading_draw, heading_free };

void
xq_page_document_add_heading (XqPageDocument *document, const char *text, const char *aside, gboolean grave)
{
  Heading *heading = xq_element_new (sizeof *heading, &heading_class, 8.0, 4.0);

  heading->text = g_strdup (text);
  heading->aside = g_strdup (aside);
  heading->grave = grave;
  heading->parent.keep_with_next = TRUE;
  xq_page_document_add (document, &heading->parent);
}
