#include "config.h"

#include "report/chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/draw.h"

#define COVERED_WIDTH(theme) ((theme)->size * 2.4)

static double
greatest (const XqChartValue *values, guint n)
{
  double most = 0.0;

  for (guint i = 0; i < n; i++)
    if (values[i].cover == XQ_COVER_NONE)
      most = MAX (most, values[i].value);
  return most > 0.0 ? most : 1.0;
}

static double
widest_label (cairo_t *cr, const XqChartTheme *theme, double size, const XqChartValue *values, guint n)
{
  double widest = 0.0;

  for (guint i = 0; i < n; i++)
    widest = MAX (widest, xq_draw_text_width (cr, theme, size, FALSE, values[i].label));
  return widest;
}

/* Something happened in that time: a dot with a rim, so that it stands out in grey too. */
static void
draw_mark (cairo_t *cr, const XqChartTheme *theme, double x, double y)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, theme->size * 0.42, 0, 2 * G_PI);
  xq_draw_set_colour (cr, &theme->levels[0]);
  cairo_fill_preserve (cr);
  xq_draw_set_colour (cr, &theme->surface);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}

static void
draw_bar (cairo_t *cr, const XqChartTheme *theme, const XqChartValue *value, double x, double width, double top,
          double bottom, double most, gboolean strong)
{
  const XqColour *colour = strong ? &theme->accent : &theme->soft;
  const double small = theme->size * 0.88;
  const double covered_height = theme->size * 1.5;
  const double height = value->cover != XQ_COVER_NONE ? covered_height
                                                      : (bottom - top) * value->value / most;
  double y = bottom - height;

  if (value->cover != XQ_COVER_NONE)
    xq_draw_covered (cr, theme, colour, x, y, width, covered_height, value->cover);
  else
    {
      g_autofree char *number = xq_draw_value (theme, value->value, XQ_COVER_NONE);

      xq_draw_set_colour (cr, colour);
      cairo_rectangle (cr, x, y, width, height);
      cairo_fill (cr);
      y -= small * 0.75;
      xq_draw_text (cr, theme, small, FALSE, &theme->dim, XQ_ALIGN_CENTRE, x + width / 2.0, y, number);
      y -= small * 0.3;
    }
  if (value->note != NULL)
    {
      y -= small * 0.85;
      xq_draw_text (cr, theme, small * 0.92, FALSE, &theme->dim, XQ_ALIGN_CENTRE, x + width / 2.0, y, value->note);
      y -= small * 0.3;
    }
  if (value->mark)
    draw_mark (cr, theme, x + width / 2.0, y - theme->size * 0.75);
}

/* What stands over the highest bar: its number, a word, a mark. */
static double
head_room (const XqChartTheme *theme, const XqChartValue *values, guint n)
{
  gboolean note = FALSE;
  gboolean mark = FALSE;

  for (guint i = 0; i < n; i++)
    {
      note |= values[i].note != NULL;
      mark |= values[i].mark;
    }
  return theme->size * (1.5 + (note ? 1.2 : 0.0) + (mark ? 1.2 : 0.0));
}

void
xq_chart_bars (cairo_t *cr, double width, double height, const XqChartTheme *theme, const XqChartValue *values,
               guint n_values, int highlight)
{
  const double small = theme->size * 0.88;
  const double bottom = height - small * 1.9;
  const double top = head_room (theme, values, n_values);
  const double most = greatest (values, n_values);
  double slot;
  double bar;
  guint every;

  if (n_values == 0)
    return;
  slot = width / n_values;
  bar = MIN (slot * 0.66, theme->size * 4.5);
  every = (guint) ceil ((widest_label (cr, theme, small, values, n_values) + theme->size * 0.4) / slot);
  xq_draw_set_colour (cr, &theme->grid);
  cairo_set_line_width (cr, 0.8);
  cairo_move_to (cr, 0, bottom);
  cairo_line_to (cr, width, bottom);
  cairo_stroke (cr);
  for (guint i = 0; i < n_values; i++)
    {
      const double middle = slot * (i + 0.5);
      const gboolean strong = highlight < 0 || (guint) highlight == i;

      draw_bar (cr, theme, &values[i], middle - bar / 2.0, bar, top, bottom, most, strong);
      if ((n_values - 1 - i) % every == 0)
        xq_draw_text (cr, theme, small, FALSE, strong && highlight >= 0 ? &theme->text : &theme->dim,
                      XQ_ALIGN_CENTRE, middle, bottom + small, values[i].label);
    }
}

void
xq_chart_rows (cairo_t *cr, double width, double height, const XqChartTheme *theme, const XqChartValue *values,
               guint n_values, gboolean funnel)
{
  const double most = greatest (values, n_values);
  const double label = MIN (widest_label (cr, theme, theme->size, values, n_values) + theme->size, width * 0.42);
  const double number = theme->size * 4.2;
  const double room = MAX (width - label - number, 1.0);
  double slot;
  double bar;

  if (n_values == 0)
    return;
  slot = height / n_values;
  bar = MIN (slot * 0.62, theme->size * 1.7);
  for (guint i = 0; i < n_values; i++)
    {
      const double middle = slot * (i + 0.5);
      const double share = funnel && n_values > 1 ? 0.6 * i / (n_values - 1) : 0.0;
      const XqColour colour = xq_draw_mix (funnel ? &theme->accent : &theme->soft, &theme->surface, share);

      xq_draw_text_within (cr, theme, theme->size, &theme->text, XQ_ALIGN_LEFT, 0, middle,
                           label - theme->size * 0.6, values[i].label);
      if (values[i].cover != XQ_COVER_NONE)
        xq_draw_covered (cr, theme, &theme->accent, label, middle - bar / 2.0, COVERED_WIDTH (theme), bar,
                         values[i].cover);
      else
        {
          const double length = values[i].value > 0 ? MAX (room * values[i].value / most, 1.5) : 0.0;
          g_autofree char *text = xq_draw_value (theme, values[i].value, XQ_COVER_NONE);

          xq_draw_set_colour (cr, &colour);
          cairo_rectangle (cr, label, middle - bar / 2.0, length, bar);
          cairo_fill (cr);
          xq_draw_text (cr, theme, theme->size, TRUE, &theme->text, XQ_ALIGN_LEFT,
                        label + length + theme->size * 0.55, middle, text);
        }
    }
}

/* Units a person: so that the fullest row fits beside its covered boxes. */
static double
level_unit (const XqChartTheme *theme, const XqChartLevelRow *rows, guint n_rows, double room)
{
  double unit = INFINITY;

  for (guint r = 0; r < n_rows; r++)
    {
      double visible = 0.0;
      double fixed = 0.0;

      for (guint level = 0; level < 3; level++)
        if (rows[r].covers[level] != XQ_COVER_NONE)
          fixed += COVERED_WIDTH (theme);
        else
          visible += rows[r].levels[level];
      if (visible > 0.0)
        unit = MIN (unit, MAX (room - fixed, room * 0.2) / visible);
    }
  return isfinite (unit) ? unit : 0.0;
}

static void
draw_level (cairo_t *cr, const XqChartTheme *theme, const XqColour *colour, double value, double x, double y,
            double length, double height)
{
  const XqColour ink = xq_draw_contrast (colour);
  g_autofree char *text = xq_draw_value (theme, value, XQ_COVER_NONE);

  xq_draw_set_colour (cr, colour);
  cairo_rectangle (cr, x, y, length, height);
  cairo_fill_preserve (cr);
  xq_draw_set_colour (cr, &theme->surface);
  cairo_set_line_width (cr, 0.7);
  cairo_stroke (cr);
  if (xq_draw_text_width (cr, theme, theme->size, TRUE, text) + 2.0 <= length)
    xq_draw_text (cr, theme, theme->size, TRUE, &ink, XQ_ALIGN_CENTRE, x + length / 2.0, y + height / 2.0, text);
}

static void
draw_level_legend (cairo_t *cr, const XqChartTheme *theme, double x, double y)
{
  static const char *const words[] = { N_ ("Level 1"), N_ ("Level 2"), N_ ("Level 3") };

  for (int level = 1; level <= 3; level++)
    {
      xq_chart_level_shape (cr, theme, level, x + theme->size * 0.5, y, theme->size);
      x += theme->size * 1.4;
      x += xq_draw_text (cr, theme, theme->size * 0.9, FALSE, &theme->dim, XQ_ALIGN_LEFT, x, y, _(words[level - 1]));
      x += theme->size * 1.8;
    }
}

void
xq_chart_levels (cairo_t *cr, double width, double height, const XqChartTheme *theme, const XqChartLevelRow *rows,
                 guint n_rows)
{
  const double legend = theme->size * 2.2;
  double label = 0.0;
  double share = 0.0;
  double unit;
  double slot;
  double bar;

  if (n_rows == 0)
    return;
  for (guint r = 0; r < n_rows; r++)
    {
      label = MAX (label, xq_draw_text_width (cr, theme, theme->size, FALSE, rows[r].label));
      if (rows[r].share != NULL)
        share = MAX (share, xq_draw_text_width (cr, theme, theme->size, TRUE, rows[r].share));
    }
  label = MIN (label + theme->size, width * 0.35);
  share += theme->size * 0.8;
  unit = level_unit (theme, rows, n_rows, width - label - share);
  slot = (height - legend) / n_rows;
  bar = MIN (slot * 0.66, theme->size * 2.0);
  for (guint r = 0; r < n_rows; r++)
    {
      const double middle = slot * (r + 0.5);
      double x = label;

      xq_draw_text_within (cr, theme, theme->size, &theme->text, XQ_ALIGN_LEFT, 0, middle, label - theme->size * 0.6,
                           rows[r].label);
      for (guint level = 0; level < 3; level++)
        {
          const XqColour *colour = &theme->levels[level];
          const gboolean covered = rows[r].covers[level] != XQ_COVER_NONE;
          const double length = covered ? COVERED_WIDTH (theme) : rows[r].levels[level] * unit;

          if (covered)
            xq_draw_covered (cr, theme, colour, x, middle - bar / 2.0, length, bar, rows[r].covers[level]);
          else if (length > 0.0)
            draw_level (cr, theme, colour, rows[r].levels[level], x, middle - bar / 2.0, length, bar);
          x += length;
        }
      if (rows[r].share != NULL)
        xq_draw_text (cr, theme, theme->size, TRUE, &theme->text, XQ_ALIGN_RIGHT, width, middle, rows[r].share);
    }
  draw_level_legend (cr, theme, label, height - legend / 2.0);
}
