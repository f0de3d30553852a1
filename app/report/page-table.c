#include "config.h"

#include "report/page-private.h"

/* A block as a table: thin lines, numbers right, heads again on every page. The texts are taken over when
 * the table is added, so that the report need not outlive the document. */

typedef struct
{
  char *title;
  char *group; /* nullable */
  gboolean words;
} Head;

typedef struct
{
  char **texts; /* the title first, then one per column */
  gboolean *quiet;
  gboolean total;
} Line;

typedef struct
{
  XqElement parent;
  char *row_title;
  GArray *heads; /* of Head */
  GArray *lines; /* of Line */
  double size;
  double title_width;
  double *widths;
  double head_height;
  double group_height;
} Table;

#define CELL_PADDING 3.5
#define SHORT_TABLE  12 /* lines of one that is not broken */

static void
head_clear (gpointer data)
{
  Head *head = data;

  g_free (head->title);
  g_free (head->group);
}

static void
line_clear (gpointer data)
{
  Line *line = data;

  g_strfreev (line->texts);
  g_free (line->quiet);
}

static double
natural_width (cairo_t *cr, const char *text, double size)
{
  g_autoptr (PangoLayout) layout = xq_page_layout (cr, text, size, FALSE, 0);
  double width;

  xq_draw_layout_size (layout, &width, NULL);
  return width + 2 * CELL_PADDING;
}

/* Too little room for all columns of words: those that need no more than an even share keep what they need, so that a date is
 * not broken for the sake of a sentence; the others divide what is left by what they need. */
static void
share_out (Table *table, double room)
{
  const guint n = table->heads->len;
  g_autofree gboolean *kept = g_new0 (gboolean, MAX (n, 1));
  double needed = 0.0;
  gboolean more = TRUE;

  while (more)
    {
      guint open = 0;

      more = FALSE;
      needed = 0.0;
      for (guint c = 0; c < n; c++)
        if (g_array_index (table->heads, Head, c).words && !kept[c])
          {
            open++;
            needed += table->widths[c];
          }
      for (guint c = 0; c < n; c++)
        if (g_array_index (table->heads, Head, c).words && !kept[c] && table->widths[c] <= room / open)
          {
            kept[c] = more = TRUE;
            needed -= table->widths[c];
            room -= table->widths[c];
            open--;
          }
    }
  for (guint c = 0; c < n; c++)
    if (g_array_index (table->heads, Head, c).words && !kept[c])
      table->widths[c] *= room / needed;
}

/* Words take what they need up to a share; numbers divide the rest evenly. */
static void
set_widths (Table *table, cairo_t *cr, double width)
{
  const guint n = table->heads->len;
  double words = 0.0;
  double rest;
  guint numbers = 0;

  table->title_width = table->row_title != NULL ? natural_width (cr, table->row_title, table->size) : 0.0;
  for (guint l = 0; l < table->lines->len; l++)
    table->title_width = MAX (table->title_width,
                              natural_width (cr, g_array_index (table->lines, Line, l).texts[0], table->size));
  table->title_width = MIN (table->title_width + 6.0, width * 0.34);
  rest = width - table->title_width;
  for (guint c = 0; c < n; c++)
    {
      const Head *head = &g_array_index (table->heads, Head, c);

      if (!head->words)
        {
          numbers++;
          continue;
        }
      table->widths[c] = natural_width (cr, head->title, table->size);
      for (guint l = 0; l < table->lines->len; l++)
        table->widths[c] = MAX (table->widths[c], natural_width (cr, g_array_index (table->lines, Line, l).texts[c + 1],
                                                                 table->size));
      table->widths[c] = CLAMP (table->widths[c], 48.0, width * 0.5);
      words += table->widths[c];
    }
  for (guint c = 0; c < n; c++)
    if (!g_array_index (table->heads, Head, c).words)
      table->widths[c] = MIN (MAX (rest - words, rest * 0.3) / numbers, n < 4 ? 90.0 : 140.0);
  if (words > rest - numbers * 30.0)
    share_out (table, MAX (rest - numbers * 30.0, rest * 0.5));
}

static double
text_height (cairo_t *cr, const char *text, double size, gboolean bold, double width)
{
  g_autoptr (PangoLayout) layout = xq_page_layout (cr, text, size, bold, MAX (width - 2 * CELL_PADDING, 8.0));

  return xq_page_layout_height (layout);
}

static double
line_height (const Table *table, cairo_t *cr, const Line *line)
{
  double tallest = text_height (cr, line->texts[0], table->size, line->total, table->title_width);

  for (guint c = 0; c < table->heads->len; c++)
    if (g_array_index (table->heads, Head, c).words)
      tallest = MAX (tallest, text_height (cr, line->texts[c + 1], table->size, line->total, table->widths[c]));
  return tallest + 5.0;
}

static void
table_measure (XqElement *element, cairo_t *cr, double width)
{
  Table *table = (Table *) element;

  set_widths (table, cr, width);
  table->head_height = 0.0;
  table->group_height = 0.0;
  for (guint c = 0; c < table->heads->len; c++)
    {
      const Head *head = &g_array_index (table->heads, Head, c);

      table->head_height = MAX (table->head_height,
                                text_height (cr, head->title, table->size - 0.5, TRUE, table->widths[c]));
      if (head->group != NULL)
        table->group_height = table->size * 1.6 + 3.0;
    }
  table->head_height += 6.0;
  element->head = table->head_height + table->group_height;
  g_array_set_size (element->heights, 0);
  for (guint l = 0; l < table->lines->len; l++)
    {
      const double height = line_height (table, cr, &g_array_index (table->lines, Line, l));

      g_array_append_val (element->heights, height);
    }
  if (table->lines->len == 0)
    xq_element_set_height (element, 0.0);
}

/* @tag: "TH" or "TD" of the PDF's structure. */
static void
draw_cell (cairo_t *cr, const char *tag, const char *text, gboolean bold, double size, const XqColour *colour,
           PangoAlignment alignment, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = xq_page_layout (cr, text, size, bold, MAX (width - 2 * CELL_PADDING, 8.0));

  pango_layout_set_alignment (layout, alignment);
  cairo_tag_begin (cr, tag, NULL);
  xq_page_show (cr, layout, colour, x + CELL_PADDING, y);
  cairo_tag_end (cr, tag);
}

static PangoAlignment
alignment_of (const Head *head)
{
  return head->words ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
}

static void
draw_rule (cairo_t *cr, const XqColour *colour, double line_width, double x, double y, double to)
{
  xq_draw_set_colour (cr, colour);
  cairo_set_line_width (cr, line_width);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, to, y);
  cairo_stroke (cr);
}

static double
table_width (const Table *table)
{
  double width = table->title_width;

  for (guint c = 0; c < table->heads->len; c++)
    width += table->widths[c];
  return width;
}

static void
draw_groups (const Table *table, cairo_t *cr)
{
  double x = table->title_width;

  for (guint c = 0; c < table->heads->len;)
    {
      const char *group = g_array_index (table->heads, Head, c).group;
      const double from = x;

      do
        x += table->widths[c++];
      while (c < table->heads->len && group != NULL
             && g_strcmp0 (g_array_index (table->heads, Head, c).group, group) == 0);
      if (group == NULL)
        continue;
      draw_cell (cr, "TH", group, TRUE, table->size - 0.5, &xq_page_text, PANGO_ALIGN_CENTER, from, 0, x - from);
      draw_rule (cr, &xq_page_grid, 0.6, from + CELL_PADDING * 2, table->group_height - 2.0, x - CELL_PADDING);
    }
}

static void
draw_head (const Table *table, cairo_t *cr)
{
  const double bottom = table->group_height + table->head_height;
  double x = table->title_width;

  cairo_tag_begin (cr, "TR", NULL);
  draw_groups (table, cr);
  if (table->row_title != NULL)
    draw_cell (cr, "TH", table->row_title, TRUE, table->size - 0.5, &xq_page_dim, PANGO_ALIGN_LEFT, 0,
               bottom - 4.0 - text_height (cr, table->row_title, table->size - 0.5, TRUE, table->title_width),
               table->title_width);
  for (guint c = 0; c < table->heads->len; c++)
    {
      const Head *head = &g_array_index (table->heads, Head, c);
      const double height = text_height (cr, head->title, table->size - 0.5, TRUE, table->widths[c]);

      draw_cell (cr, "TH", head->title, TRUE, table->size - 0.5, &xq_page_dim, alignment_of (head), x,
                 bottom - 4.0 - height, table->widths[c]);
      x += table->widths[c];
    }
  cairo_tag_end (cr, "TR");
  draw_rule (cr, &xq_page_accent, 1.0, 0, bottom - 0.5, table_width (table));
}

static void
draw_line (const Table *table, cairo_t *cr, const Line *line, double y, double height)
{
  double x = table->title_width;

  if (line->total)
    draw_rule (cr, &xq_page_dim, 0.8, 0, y, table_width (table));
  cairo_tag_begin (cr, "TR", NULL);
  draw_cell (cr, "TH", line->texts[0], line->total, table->size, &xq_page_text, PANGO_ALIGN_LEFT, 0, y + 2.5,
             table->title_width);
  for (guint c = 0; c < table->heads->len; c++)
    {
      draw_cell (cr, "TD", line->texts[c + 1], line->total && !line->quiet[c], table->size,
                 line->quiet[c] ? &xq_page_dim : &xq_page_text,
                 alignment_of (&g_array_index (table->heads, Head, c)), x, y + 2.5, table->widths[c]);
      x += table->widths[c];
    }
  cairo_tag_end (cr, "TR");
  if (!line->total)
    draw_rule (cr, &xq_page_grid, 0.5, 0, y + height, table_width (table));
}

static void
table_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  const Table *table = (Table *) element;
  double y = element->head;

  draw_head (table, cr);
  for (guint l = from; l < MIN (to, table->lines->len); l++)
    {
      const double height = g_array_index (element->heights, double, l);

      draw_line (table, cr, &g_array_index (table->lines, Line, l), y, height);
      y += height;
    }
}

static void
table_free (XqElement *element)
{
  Table *table = (Table *) element;

  g_array_unref (table->heads);
  g_array_unref (table->lines);
  g_free (table->row_title);
  g_free (table->widths);
}

static const XqElementClass table_class = { "Table", table_measure, table_draw, table_free };

static void
add_line (Table *table, const XqReport *report, const XqReportBlock *block, const XqReportRow *row, gboolean total)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  Line line = { .total = total, .quiet = g_new0 (gboolean, MAX (row->n_cells, 1)) };

  g_strv_builder_add (texts, row->title);
  for (guint c = 0; c < row->n_cells; c++)
    {
      g_strv_builder_take (texts, xq_report_cell_display (report, g_ptr_array_index (block->columns, c), &row->cells[c]));
      line.quiet[c] = row->cells[c].cover != XQ_COVER_NONE || row->cells[c].kind == XQ_VALUE_NONE;
    }
  line.texts = g_strv_builder_end (texts);
  g_array_append_val (table->lines, line);
}

void
xq_page_document_add_table (XqPageDocument *document, const XqReport *report, const XqReportBlock *block)
{
  Table *table = xq_element_new (sizeof *table, &table_class, 2.0, 8.0);

  table->row_title = g_strdup (block->row_title);
  table->heads = g_array_new (FALSE, TRUE, sizeof (Head));
  g_array_set_clear_func (table->heads, head_clear);
  table->lines = g_array_new (FALSE, TRUE, sizeof (Line));
  g_array_set_clear_func (table->lines, line_clear);
  table->size = block->columns->len > 9 ? 8.0 : 9.0;
  table->widths = g_new0 (double, MAX (block->columns->len, 1));
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);
      const Head head = { g_strdup (column->title), g_strdup (column->group),
                          column->format == XQ_FORMAT_TEXT || column->format == XQ_FORMAT_DATE };

      g_array_append_val (table->heads, head);
    }
  for (guint r = 0; r < block->rows->len; r++)
    add_line (table, report, block, g_ptr_array_index (block->rows, r), FALSE);
  if (block->total != NULL)
    add_line (table, report, block, block->total, TRUE);
  table->parent.keep_together = table->lines->len <= SHORT_TABLE;
  xq_page_document_add (document, &table->parent);
}
