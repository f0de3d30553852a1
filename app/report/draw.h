/* Letters, shapes and hatching on a cairo_t, shared by charts and pages. Only inside report/. */
#pragma once

#include <pango/pangocairo.h>

#include "report/chart.h"
#include "report/draw-text.h"

G_BEGIN_DECLS

/* A colour from 0xRRGGBB. */
#define XQ_COLOUR(hex)                                                                              \
  { ((hex) >> 16 & 0xFF) / 255.0, ((hex) >> 8 & 0xFF) / 255.0, ((hex) & 0xFF) / 255.0, 1.0 }

typedef enum
{
  XQ_ALIGN_LEFT,
  XQ_ALIGN_CENTRE,
  XQ_ALIGN_RIGHT,
} XqAlign;

/* A layout whose metrics are the same on screen, printer and PDF: no hinting, no rounding, 72 units an inch.
 * @size is in the units of @cr. (transfer full) */
PangoLayout *xq_draw_layout (cairo_t *cr, const char *font, double size, gboolean bold);
void xq_draw_layout_size (PangoLayout *layout, double *ret_width, double *ret_height);

void xq_draw_set_colour (cairo_t *cr, const XqColour *colour);
/* @share 0: @a, 1: @b. */
XqColour xq_draw_mix (const XqColour *a, const XqColour *b, double share);
/* Black or white, whichever reads better on @ground. */
XqColour xq_draw_contrast (const XqColour *ground);

/* One line of text, its middle at @y; @x is its left edge, middle or right edge. Returns its width. */
double xq_draw_text (cairo_t *cr, const XqChartTheme *theme, double size, gboolean bold, const XqColour *colour,
                     XqAlign align, double x, double y, const char *text);
double xq_draw_text_width (cairo_t *cr, const XqChartTheme *theme, double size, gboolean bold, const char *text);
/* The same, cut with … where it is wider than @width. */
void xq_draw_text_within (cairo_t *cr, const XqChartTheme *theme, double size, const XqColour *colour, XqAlign align,
                          double x, double y, double width, const char *text);

/* A box for a value that is not given: hatched, outlined, with its sign ("<5" or "*"). */
void xq_draw_covered (cairo_t *cr, const XqChartTheme *theme, const XqColour *colour, double x, double y, double width,
                      double height, XqCellCover cover);
/* "<5", "*" or the number. (transfer full) */
char *xq_draw_value (const XqChartTheme *theme, double value, XqCellCover cover);
void xq_draw_rounded (cairo_t *cr, double x, double y, double width, double height, double radius);

G_END_DECLS
