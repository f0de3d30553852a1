#include "config.h"

#include "report/chart.h"

#include <math.h>

#include "report/draw.h"

typedef struct
{
  cairo_t *cr;
  const XqChartTheme *theme;
  double left;
  double right;
  double top;
  double bottom;
  double minimum;
  double maximum;
  double first; /* x of the first and the last point */
  double last;
} Frame;

static double
y_of (const Frame *frame, double value)
{
  const double span = frame->maximum - frame->minimum;

  return frame->bottom - (frame->bottom - frame->top) * (value - frame->minimum) / (span > 0 ? span : 1.0);
}

static double
x_of (const Frame *frame, double x)
{
  const double margin = (frame->right - frame->left) * 0.06;
  const double span = frame->last - frame->first;

  if (span <= 0)
    return (frame->left + frame->right) / 2.0;
  return frame->left + margin + (frame->right - frame->left - 2 * margin) * (x - frame->first) / span;
}

static void
draw_axis_number (const Frame *frame, double value)
{
  g_autofree char *text = xq_draw_value (frame->theme, value, XQ_COVER_NONE);

  xq_draw_text (frame->cr, frame->theme, frame->theme->size * 0.88, FALSE, &frame->theme->dim, XQ_ALIGN_RIGHT,
                frame->left - frame->theme->size * 0.6, y_of (frame, value), text);
}

/* Tints by weight; a thin line at each limit, so that bands are told apart in grey too. */
static void
draw_bands (const Frame *frame, const XqChartBand *bands, guint n_bands)
{
  const XqChartTheme *theme = frame->theme;

  for (guint b = 0; b < n_bands; b++)
    {
      const XqColour hue = xq_draw_mix (&theme->levels[2], &theme->levels[0], bands[b].weight);
      const XqColour tint = bands[b].weight <= 0.0 ? xq_draw_mix (&theme->surface, &theme->accent, 0.10)
                                                   : xq_draw_mix (&theme->surface, &hue, 0.10 + 0.10 * bands[b].weight);
      const double y = y_of (frame, MIN (bands[b].to, frame->maximum));
      const double bottom = y_of (frame, MAX (bands[b].from, frame->minimum));

      xq_draw_set_colour (frame->cr, &tint);
      cairo_rectangle (frame->cr, frame->left, y, frame->right - frame->left, bottom - y);
      cairo_fill (frame->cr);
      xq_draw_set_colour (frame->cr, &theme->grid);
      cairo_set_line_width (frame->cr, 0.6);
      cairo_move_to (frame->cr, frame->left, bottom);
      cairo_line_to (frame->cr, frame->right, bottom);
      cairo_stroke (frame->cr);
      if (bottom - y >= theme->size * 0.9)
        {
          draw_axis_number (frame, MAX (bands[b].from, frame->minimum));
          if (bands[b].title != NULL)
            xq_draw_text (frame->cr, theme, theme->size * 0.88, FALSE, &theme->dim, XQ_ALIGN_LEFT,
                          frame->right + theme->size * 0.6, (y + bottom) / 2.0, bands[b].title);
        }
    }
}

/* The bands' names stand beside them, where there is room. */
static double
title_room (cairo_t *cr, const XqChartTheme *theme, const XqChartBand *bands, guint n_bands, double width)
{
  double widest = 0.0;

  for (guint b = 0; b < n_bands; b++)
    if (bands[b].title != NULL)
      widest = MAX (widest, xq_draw_text_width (cr, theme, theme->size * 0.88, FALSE, bands[b].title));
  return widest > 0.0 ? MIN (widest + theme->size * 0.8, width * 0.3) : 0.0;
}

static void
draw_line (const Frame *frame, const XqChartPoint *points, guint n_points)
{
  gboolean begun = FALSE;

  cairo_new_path (frame->cr);
  for (guint i = 0; i < n_points; i++)
    {
      if (!points[i].valid)
        continue;
      if (begun)
        cairo_line_to (frame->cr, x_of (frame, points[i].x), y_of (frame, points[i].value));
      else
        cairo_move_to (frame->cr, x_of (frame, points[i].x), y_of (frame, points[i].value));
      begun = TRUE;
    }
  xq_draw_set_colour (frame->cr, &frame->theme->accent);
  cairo_set_line_width (frame->cr, frame->theme->size * 0.2);
  cairo_set_line_join (frame->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (frame->cr);
}

static void
draw_point (const Frame *frame, const XqChartPoint *point)
{
  const XqChartTheme *theme = frame->theme;
  const double x = x_of (frame, point->x);
  const double y = y_of (frame, point->value);
  const double over = y - theme->size * 1.1 > frame->top - theme->size * 0.4 ? -theme->size * 1.05 : theme->size * 1.05;
  g_autofree char *text = xq_draw_value (theme, point->value, XQ_COVER_NONE);

  cairo_new_path (frame->cr);
  cairo_arc (frame->cr, x, y, theme->size * 0.36, 0, 2 * G_PI);
  xq_draw_set_colour (frame->cr, point->valid ? &theme->accent : &theme->surface);
  cairo_fill_preserve (frame->cr);
  xq_draw_set_colour (frame->cr, &theme->accent);
  cairo_set_line_width (frame->cr, 1.0);
  cairo_stroke (frame->cr);
  xq_draw_text (frame->cr, theme, theme->size, TRUE, &theme->text, XQ_ALIGN_CENTRE, x, y + over, text);
  if (point->mark != NULL)
    xq_draw_text (frame->cr, theme, theme->size * 0.9, FALSE, &theme->accent, XQ_ALIGN_CENTRE, x,
                  y - over * 1.3, point->mark);
}

/* Dates below, from the last one backwards, each only where it does not run into the next. */
static void
draw_dates (const Frame *frame, const XqChartPoint *points, guint n_points)
{
  const double size = frame->theme->size * 0.88;
  double free_until = INFINITY;

  for (guint i = n_points; i-- > 0;)
    {
      const double width = xq_draw_text_width (frame->cr, frame->theme, size, FALSE, points[i].label);
      const double x = CLAMP (x_of (frame, points[i].x), frame->left + width / 2.0, frame->right - width / 2.0);

      if (x + width / 2.0 + frame->theme->size * 0.5 > free_until)
        continue;
      xq_draw_text (frame->cr, frame->theme, size, FALSE, &frame->theme->dim, XQ_ALIGN_CENTRE, x,
                    frame->bottom + size * 1.1, points[i].label);
      free_until = x - width / 2.0;
    }
}

void
xq_chart_trend (cairo_t *cr, double width, double height, const XqChartTheme *theme, const XqChartPoint *points,
                guint n_points, const XqChartBand *bands, guint n_bands, double minimum, double maximum)
{
  Frame frame = {
    .cr = cr, .theme = theme, .left = theme->size * 3.0, .right = width, .top = theme->size * 0.8,
    .bottom = height - theme->size * 2.0, .minimum = minimum, .maximum = maximum,
  };

  frame.right = width - title_room (cr, theme, bands, n_bands, width);
  if (n_points > 0)
    {
      frame.first = points[0].x;
      frame.last = points[n_points - 1].x;
    }
  draw_bands (&frame, bands, n_bands);
  draw_axis_number (&frame, maximum);
  if (n_bands == 0)
    draw_axis_number (&frame, minimum);
  xq_draw_set_colour (cr, &theme->grid);
  cairo_set_line_width (cr, 0.8);
  cairo_move_to (cr, frame.left, frame.bottom);
  cairo_line_to (cr, frame.right, frame.bottom);
  cairo_stroke (cr);
  draw_line (&frame, points, n_points);
  for (guint i = 0; i < n_points; i++)
    draw_point (&frame, &points[i]);
  draw_dates (&frame, points, n_points);
}

void
xq_chart_histogram (cairo_t *cr, double width, double height, const XqChartTheme *theme, const double *edges,
                    const double *counts, guint n_bins)
{
  const double small = theme->size * 0.88;
  const double bottom = height - small * 1.9;
  const double top = theme->size * 1.6;
  double most = 1.0;
  double slot;
  guint every;

  if (n_bins == 0)
    return;
  for (guint i = 0; i < n_bins; i++)
    most = MAX (most, counts[i]);
  slot = width / n_bins;
  every = MAX (1, (guint) ceil (theme->size * 2.2 / slot));
  for (guint i = 0; i < n_bins; i++)
    {
      const double bar = (bottom - top) * counts[i] / most;
      g_autofree char *edge = xq_draw_value (theme, edges[i], XQ_COVER_NONE);
      g_autofree char *count = xq_draw_value (theme, counts[i], XQ_COVER_NONE);

      xq_draw_set_colour (cr, &theme->soft);
      cairo_rectangle (cr, slot * i + 0.5, bottom - bar, MAX (slot - 1.0, 0.5), bar);
      cairo_fill (cr);
      if (counts[i] > 0 && slot >= xq_draw_text_width (cr, theme, small, FALSE, count))
        xq_draw_text (cr, theme, small, FALSE, &theme->dim, XQ_ALIGN_CENTRE, slot * (i + 0.5),
                      bottom - bar - small * 0.7, count);
      if (i % every == 0)
        xq_draw_text (cr, theme, small, FALSE, &theme->dim, XQ_ALIGN_LEFT, slot * i, bottom + small, edge);
    }
  xq_draw_set_colour (cr, &theme->grid);
  cairo_set_line_width (cr, 0.8);
  cairo_move_to (cr, 0, bottom);
  cairo_line_to (cr, width, bottom);
  cairo_stroke (cr);
}

static void
draw_heat_cell (cairo_t *cr, const XqChartTheme *theme, double fraction, double x, double y, double width, double height)
{
  const XqColour fill = isnan (fraction) ? theme->surface
                                         : xq_draw_mix (&theme->surface, &theme->accent, 0.08 + 0.92 * CLAMP (fraction, 0, 1));
  const XqColour ink = isnan (fraction) ? theme->dim : xq_draw_contrast (&fill);
  g_autofree char *text = isnan (fraction) ? g_strdup ("—") : g_strdup_printf ("%.0f%%", floor (fraction * 100.0));

  xq_draw_rounded (cr, x + 1, y + 1, width - 2, height - 2, 2.0);
  xq_draw_set_colour (cr, &fill);
  cairo_fill_preserve (cr);
  xq_draw_set_colour (cr, &theme->grid);
  cairo_set_line_width (cr, 0.5);
  cairo_stroke (cr);
  if (xq_draw_text_width (cr, theme, theme->size * 0.88, FALSE, text) <= width - 2)
    xq_draw_text (cr, theme, theme->size * 0.88, FALSE, &ink, XQ_ALIGN_CENTRE, x + width / 2.0, y + height / 2.0, text);
}

void
xq_chart_heat (cairo_t *cr, double width, double height, const XqChartTheme *theme, const char *const *row_labels,
               guint n_rows, const char *const *column_labels, guint n_columns, const double *fractions)
{
  const double head = theme->size * 1.8;
  double label = 0.0;
  double cell_width;
  double cell_height;

  if (n_rows == 0 || n_columns == 0)
    return;
  for (guint r = 0; r < n_rows; r++)
    label = MAX (label, xq_draw_text_width (cr, theme, theme->size, FALSE, row_labels[r]));
  label = MIN (label + theme->size, width * 0.35);
  cell_width = (width - label) / n_columns;
  cell_height = (height - head) / n_rows;
  for (guint c = 0; c < n_columns; c++)
    xq_draw_text_within (cr, theme, theme->size * 0.88, &theme->dim, XQ_ALIGN_CENTRE, label + cell_width * (c + 0.5),
                         head / 2.0, cell_width, column_labels[c]);
  for (guint r = 0; r < n_rows; r++)
    {
      xq_draw_text_within (cr, theme, theme->size, &theme->text, XQ_ALIGN_LEFT, 0, head + cell_height * (r + 0.5),
                           label - theme->size * 0.6, row_labels[r]);
      for (guint c = 0; c < n_columns; c++)
        draw_heat_cell (cr, theme, fractions[r * n_columns + c], label + cell_width * c, head + cell_height * r,
                        cell_width, cell_height);
    }
}
