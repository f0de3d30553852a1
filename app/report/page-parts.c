#include "config.h"

#include <string.h>

#include "report/page-private.h"

/* What is neither running text nor a table: space, rules, tiles, drawings, decisions, signatures. */

typedef struct
{
  XqElement parent;
  double height;
  gboolean drawn;
  gboolean strong;
} Line;

typedef struct
{
  XqElement parent;
  double height;
  XqPageDraw draw;
  gpointer user_data;
  GDestroyNotify destroy;
} Drawing;

typedef struct
{
  char *figure;
  char *label;
  char *detail;
  gboolean grave;
} Tile;

typedef struct
{
  XqElement parent;
  GArray *tiles; /* of Tile */
} Tiles;

typedef struct
{
  XqElement parent;
  int number;
  char *text;
  char *answers[2];
} Decision;

typedef struct
{
  XqElement parent;
  char **names;
} Signatures;

#define TILE_FIGURE   21.0
#define TILE_GAP      12.0
#define BOX_WIDTH     13.0 /* of a box to tick, with the room after it */
#define ANSWER_GAP    14.0
#define NUMBER_WIDTH  16.0

static void
line_measure (XqElement *element, cairo_t *cr, double width)
{
  xq_element_set_height (element, ((Line *) element)->height);
}

static void
line_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  const Line *line = (Line *) element;

  if (!line->drawn)
    return;
  xq_draw_set_colour (cr, line->strong ? &xq_page_accent : &xq_page_grid);
  cairo_set_line_width (cr, line->strong ? 1.8 : 0.7);
  cairo_move_to (cr, 0, line->height / 2.0);
  cairo_line_to (cr, width, line->height / 2.0);
  cairo_stroke (cr);
}

static const XqElementClass line_class = { NULL, line_measure, line_draw, NULL };

static Line *
add_line (XqPageDocument *document, double height, gboolean drawn, gboolean strong)
{
  Line *line = xq_element_new (sizeof *line, &line_class, 0.0, 0.0);

  line->height = height;
  line->drawn = drawn;
  line->strong = strong;
  xq_page_document_add (document, &line->parent);
  return line;
}

void
xq_page_document_add_space (XqPageDocument *document, double height)
{
  add_line (document, height, FALSE, FALSE);
}

void
xq_page_document_add_rule (XqPageDocument *document, gboolean strong)
{
  Line *line = add_line (document, 2.0, TRUE, strong);

  line->parent.before = strong ? 4.0 : 6.0;
  line->parent.after = strong ? 6.0 : 0.0;
  line->parent.separates = !strong;
}

void
xq_page_document_add_page_break (XqPageDocument *document)
{
  add_line (document, 0.0, FALSE, FALSE)->parent.new_page = TRUE;
}

static void
drawing_measure (XqElement *element, cairo_t *cr, double width)
{
  xq_element_set_height (element, ((Drawing *) element)->height);
}

static void
drawing_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  Drawing *drawing = (Drawing *) element;

  drawing->draw (cr, width, drawing->height, drawing->user_data);
}

static void
drawing_free (XqElement *element)
{
  Drawing *drawing = (Drawing *) element;

  if (drawing->destroy != NULL)
    drawing->destroy (drawing->user_data);
}

static const XqElementClass drawing_class = { "Figure", drawing_measure, drawing_draw, drawing_free };

static Drawing *
add_drawing (XqPageDocument *document, double height, XqPageDraw draw, gpointer user_data, GDestroyNotify destroy)
{
  Drawing *drawing = xq_element_new (sizeof *drawing, &drawing_class, 2.0, 4.0);

  drawing->height = height;
  drawing->draw = draw;
  drawing->user_data = user_data;
  drawing->destroy = destroy;
  xq_page_document_add (document, &drawing->parent);
  return drawing;
}

void
xq_page_document_add_drawing (XqPageDocument *document, double height, XqPageDraw draw, gpointer user_data,
                              GDestroyNotify destroy)
{
  add_drawing (document, height, draw, user_data, destroy);
}

void
xq_page_document_add_foot (XqPageDocument *document, double height, XqPageDraw draw, gpointer user_data,
                           GDestroyNotify destroy)
{
  add_drawing (document, height, draw, user_data, destroy)->parent.at_foot = TRUE;
}

static void
tile_clear (gpointer data)
{
  Tile *tile = data;

  g_free (tile->figure);
  g_free (tile->label);
  g_free (tile->detail);
}

static double
tile_width (const Tiles *tiles, double width)
{
  return (width - TILE_GAP * (tiles->tiles->len - 1)) / tiles->tiles->len;
}

/* A figure that is too wide for its tile is set smaller. */
static PangoLayout *
figure_layout (cairo_t *cr, const char *figure, double width)
{
  for (double size = TILE_FIGURE;; size -= 1.0)
    {
      PangoLayout *layout = xq_page_layout (cr, figure, size, TRUE, 0);
      double natural;

      xq_draw_layout_size (layout, &natural, NULL);
      if (natural <= width || size <= 10.0)
        return layout;
      g_object_unref (layout);
    }
}

/* "level 1: <5 · level 2: 9": lines break between the parts, not within one. */
static PangoLayout *
detail_layout (cairo_t *cr, const char *detail, double width)
{
  static const char *const separators[] = { " · ", "，", ", " };
  PangoLayout *layout = xq_page_layout (cr, detail, 7.8, FALSE, width);
  PangoAttrList *attributes = pango_attr_list_new ();
  const char *start = detail;

  while (*start != '\0')
    {
      const char *end = start + strlen (start);
      gsize skip = 0;
      PangoAttribute *whole = pango_attr_allow_breaks_new (FALSE);

      for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
        {
          const char *found = strstr (start, separators[i]);

          if (found != NULL && found < end)
            {
              end = found;
              skip = strlen (separators[i]);
            }
        }
      whole->start_index = (guint) (start - detail);
      whole->end_index = (guint) (end - detail);
      pango_attr_list_insert (attributes, whole);
      start = end + skip;
    }
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static double
draw_tile (cairo_t *cr, const Tile *tile, double x, double width, gboolean visible)
{
  g_autoptr (PangoLayout) figure = figure_layout (cr, tile->figure, width);
  g_autoptr (PangoLayout) label = xq_page_layout (cr, tile->label, XQ_PAGE_BODY_SIZE, TRUE, width);
  const double label_y = 29.0;
  const double detail_y = label_y + xq_page_layout_height (label) + 1.5;
  double height = detail_y;

  if (visible)
    {
      const double base = 24.0 - (double) pango_layout_get_baseline (figure) / PANGO_SCALE;

      xq_page_show (cr, figure, tile->grave ? &xq_page_grave : &xq_page_accent, x, base);
      xq_page_show (cr, label, &xq_page_text, x, label_y);
    }
  if (tile->detail != NULL)
    {
      g_autoptr (PangoLayout) detail = detail_layout (cr, tile->detail, width);

      if (visible)
        xq_page_show (cr, detail, &xq_page_dim, x, detail_y);
      height += xq_page_layout_height (detail);
    }
  return height;
}

static void
tiles_measure (XqElement *element, cairo_t *cr, double width)
{
  Tiles *tiles = (Tiles *) element;
  double tallest = 0.0;

  for (guint i = 0; i < tiles->tiles->len; i++)
    tallest = MAX (tallest, draw_tile (cr, &g_array_index (tiles->tiles, Tile, i), 0, tile_width (tiles, width), FALSE));
  xq_element_set_height (element, tallest);
}

static void
tiles_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  Tiles *tiles = (Tiles *) element;
  const double each = tile_width (tiles, width);

  for (guint i = 0; i < tiles->tiles->len; i++)
    draw_tile (cr, &g_array_index (tiles->tiles, Tile, i), i * (each + TILE_GAP), each, TRUE);
}

static void
tiles_free (XqElement *element)
{
  g_array_unref (((Tiles *) element)->tiles);
}

static const XqElementClass tiles_class = { "P", tiles_measure, tiles_draw, tiles_free };

void
xq_page_document_add_tiles (XqPageDocument *document, const XqPageTile *tiles, guint n_tiles)
{
  Tiles *row;

  if (n_tiles == 0)
    return;
  row = xq_element_new (sizeof *row, &tiles_class, 6.0, 6.0);
  row->tiles = g_array_new (FALSE, TRUE, sizeof (Tile));
  g_array_set_clear_func (row->tiles, tile_clear);
  for (guint i = 0; i < n_tiles; i++)
    {
      const Tile tile = { g_strdup (tiles[i].figure), g_strdup (tiles[i].label), g_strdup (tiles[i].detail),
                          tiles[i].grave };

      g_array_append_val (row->tiles, tile);
    }
  xq_page_document_add (document, &row->parent);
}

static double
answers_width (const Decision *decision, cairo_t *cr)
{
  double width = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (decision->answers); i++)
    {
      g_autoptr (PangoLayout) layout = xq_page_layout (cr, decision->answers[i], XQ_PAGE_BODY_SIZE, FALSE, 0);
      double word;

      xq_draw_layout_size (layout, &word, NULL);
      width += BOX_WIDTH + word + (i > 0 ? ANSWER_GAP : 0.0);
    }
  return width;
}

static PangoLayout *
decision_layout (const Decision *decision, cairo_t *cr, double width)
{
  return xq_page_layout (cr, decision->text, XQ_PAGE_BODY_SIZE + 0.5, FALSE,
                         width - answers_width (decision, cr) - NUMBER_WIDTH - 18.0);
}

static void
decision_measure (XqElement *element, cairo_t *cr, double width)
{
  g_autoptr (PangoLayout) layout = decision_layout ((Decision *) element, cr, width);

  xq_element_set_height (element, xq_page_layout_height (layout));
}

static double
draw_answer (cairo_t *cr, const char *word, double x, double baseline)
{
  g_autoptr (PangoLayout) layout = xq_page_layout (cr, word, XQ_PAGE_BODY_SIZE, FALSE, 0);
  double width;

  xq_draw_layout_size (layout, &width, NULL);
  xq_draw_set_colour (cr, &xq_page_dim);
  cairo_set_line_width (cr, 0.8);
  cairo_rectangle (cr, x, baseline - 8.2, 9.0, 9.0);
  cairo_stroke (cr);
  xq_page_show (cr, layout, &xq_page_text, x + BOX_WIDTH,
                baseline - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  return x + BOX_WIDTH + width + ANSWER_GAP;
}

static void
decision_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  Decision *decision = (Decision *) element;
  g_autofree char *number = g_strdup_printf ("%d", decision->number);
  g_autoptr (PangoLayout) layout = decision_layout (decision, cr, width);
  g_autoptr (PangoLayout) figure = xq_page_layout (cr, number, XQ_PAGE_BODY_SIZE + 0.5, TRUE, 0);
  const double baseline = (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
  double x = width - answers_width (decision, cr);

  xq_page_show (cr, figure, &xq_page_grave, 0, 0);
  xq_page_show (cr, layout, &xq_page_text, NUMBER_WIDTH, 0);
  for (guint i = 0; i < G_N_ELEMENTS (decision->answers); i++)
    x = draw_answer (cr, decision->answers[i], x, baseline);
}

static void
decision_free (XqElement *element)
{
  Decision *decision = (Decision *) element;

  g_free (decision->text);
  g_free (decision->answers[0]);
  g_free (decision->answers[1]);
}

static const XqElementClass decision_class = { "P", decision_measure, decision_draw, decision_free };

void
xq_page_document_add_decision (XqPageDocument *document, int number, const char *text, const char *yes, const char *no)
{
  Decision *decision = xq_element_new (sizeof *decision, &decision_class, 1.0, 5.0);

  decision->number = number;
  decision->text = g_strdup (text);
  decision->answers[0] = g_strdup (yes);
  decision->answers[1] = g_strdup (no);
  xq_page_document_add (document, &decision->parent);
}

static void
signatures_measure (XqElement *element, cairo_t *cr, double width)
{
  xq_element_set_height (element, 24.0);
}

static void
signatures_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  Signatures *signatures = (Signatures *) element;
  const guint n = g_strv_length (signatures->names);
  const double each = width / MAX (n, 1);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PangoLayout) name = xq_page_layout (cr, signatures->names[i], XQ_PAGE_BODY_SIZE, FALSE, 0);
      double name_width;

      xq_draw_layout_size (name, &name_width, NULL);
      xq_page_show (cr, name, &xq_page_text, i * each, 8.0);
      xq_draw_set_colour (cr, &xq_page_dim);
      cairo_set_line_width (cr, 0.6);
      cairo_move_to (cr, i * each + name_width + 3.0, 22.0);
      cairo_line_to (cr, (i + 1) * each - 12.0, 22.0);
      cairo_stroke (cr);
    }
}

static void
signatures_free (XqElement *element)
{
  g_strfreev (((Signatures *) element)->names);
}

static const XqElementClass signatures_class = { "P", signatures_measure, signatures_draw, signatures_free };

void
xq_page_document_add_signatures (XqPageDocument *document, const char *const *names)
{
  Signatures *signatures = xq_element_new (sizeof *signatures, &signatures_class, 3.0, 2.0);

  signatures->names = g_strdupv ((char **) names);
  xq_page_document_add (document, &signatures->parent);
}
