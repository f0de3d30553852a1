#include "config.h"

#include "report/page-private.h"

/* What forms are made of: facts with their labels, and a part at the foot of the page. */

#define FACT_SIZE  9.5
#define LABEL_SIZE 8.5
#define LABEL_GAP  8.0

typedef struct
{
  char *label;
  char *text;
} Fact;

/* One row of one wide fact, or of two. */
typedef struct
{
  guint first;
  guint n;
} Line;

typedef struct
{
  XqElement parent;
  GArray *facts; /* of Fact */
  GArray *lines; /* of Line; a unit each */
  double label_width;
} Facts;

static void
fact_clear (gpointer data)
{
  Fact *fact = data;

  g_free (fact->label);
  g_free (fact->text);
}

static double
text_width (cairo_t *cr, const char *text, double size)
{
  g_autoptr (PangoLayout) layout = xq_page_layout (cr, text, size, FALSE, 0);
  double width;

  xq_draw_layout_size (layout, &width, NULL);
  return width;
}

static double
half_width (double width)
{
  return (width - XQ_PAGE_GUTTER) / 2.0;
}

static gboolean
fits_half (const Facts *facts, cairo_t *cr, guint index, double width)
{
  return text_width (cr, g_array_index (facts->facts, Fact, index).text, FACT_SIZE)
         <= half_width (width) - facts->label_width;
}

static void
facts_measure (XqElement *element, cairo_t *cr, double width)
{
  Facts *facts = (Facts *) element;

  facts->label_width = 0.0;
  for (guint i = 0; i < facts->facts->len; i++)
    facts->label_width
        = MAX (facts->label_width, text_width (cr, g_array_index (facts->facts, Fact, i).label, LABEL_SIZE));
  facts->label_width = MIN (facts->label_width + LABEL_GAP, half_width (width) * 0.5);
  g_array_set_size (facts->lines, 0);
  g_array_set_size (element->heights, 0);
  for (guint i = 0; i < facts->facts->len;)
    {
      const gboolean half = fits_half (facts, cr, i, width);
      const gboolean pair = half && i + 1 < facts->facts->len && fits_half (facts, cr, i + 1, width);
      const Line line = { i, pair ? 2 : 1 };
      g_autoptr (PangoLayout) layout = xq_page_layout (cr, g_array_index (facts->facts, Fact, i).text, FACT_SIZE, FALSE,
                                                       width - facts->label_width);
      const double height = xq_page_layout_height (layout) + 4.5;

      g_array_append_val (facts->lines, line);
      g_array_append_val (element->heights, height);
      i += line.n;
    }
}

static void
draw_fact (const Facts *facts, cairo_t *cr, guint index, double x, double y, double width)
{
  const Fact *fact = &g_array_index (facts->facts, Fact, index);
  g_autoptr (PangoLayout) label = xq_page_layout (cr, fact->label, LABEL_SIZE, FALSE, facts->label_width - 2.0);
  g_autoptr (PangoLayout) text = xq_page_layout (cr, fact->text, FACT_SIZE, FALSE, width - facts->label_width);
  const double drop = (double) (pango_layout_get_baseline (text) - pango_layout_get_baseline (label)) / PANGO_SCALE;

  xq_page_show (cr, label, &xq_page_dim, x, y + drop);
  xq_page_show (cr, text, &xq_page_text, x + facts->label_width, y);
}

static void
facts_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  Facts *facts = (Facts *) element;
  double y = 0.0;

  for (guint i = from; i < to; i++)
    {
      const Line *line = &g_array_index (facts->lines, Line, i);
      const double height = g_array_index (element->heights, double, i);

      draw_fact (facts, cr, line->first, 0.0, y + 1.5, line->n == 2 ? half_width (width) : width);
      if (line->n == 2)
        draw_fact (facts, cr, line->first + 1, half_width (width) + XQ_PAGE_GUTTER, y + 1.5, half_width (width));
      y += height;
      xq_draw_set_colour (cr, &xq_page_grid);
      cairo_set_line_width (cr, 0.5);
      cairo_move_to (cr, 0, y);
      cairo_line_to (cr, width, y);
      cairo_stroke (cr);
    }
}

static void
facts_free (XqElement *element)
{
  g_array_unref (((Facts *) element)->facts);
  g_array_unref (((Facts *) element)->lines);
}

static const XqElementClass facts_class = { "P", facts_measure, facts_draw, facts_free };

void
xq_page_document_add_facts (XqPageDocument *document, const XqPageFact *facts, guint n_facts)
{
  Facts *element;

  if (n_facts == 0)
    return;
  element = xq_element_new (sizeof *element, &facts_class, 0.0, 4.0);
  element->facts = g_array_new (FALSE, TRUE, sizeof (Fact));
  g_array_set_clear_func (element->facts, fact_clear);
  element->lines = g_array_new (FALSE, TRUE, sizeof (Line));
  for (guint i = 0; i < n_facts; i++)
    {
      const Fact fact = { g_strdup (facts[i].label), g_strdup (facts[i].text) };

      g_array_append_val (element->facts, fact);
    }
  xq_page_document_add (document, &element->parent);
}
