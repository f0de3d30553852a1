/* Charts as functions of data on a cairo_t: the window's widget, the print and the PDF call the same ones.
 *
 * Every chart fills the rectangle (0, 0, width, height) in the units of the context. Levels carry a shape
 * beside their colour (octagon, triangle, circle), so that a grey print and a colour-blind reader lose
 * nothing. A covered value is drawn as a hatched box of one fixed size: no length betrays it. */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "report/model.h"

G_BEGIN_DECLS

typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} XqColour;

/**
 * XqChartTheme:
 * @text: for numbers and names
 * @dim: for axes and notes
 * @grid: for lines behind
 * @surface: what lies behind the chart
 * @accent: the bars
 * @soft: quieter bars
 * @levels: colours of level 1, 2, 3 at 0, 1, 2
 * @font: family of the letters
 * @size: their size in the units of the context
 * @small: (nullable): what stands for a small count; %NULL for "<5"
 */
typedef struct
{
  XqColour text;
  XqColour dim;
  XqColour grid;
  XqColour surface;
  XqColour accent;
  XqColour soft;
  XqColour levels[3];
  const char *font;
  double size;
  const char *small;
} XqChartTheme;

/* Paper: white, 9 pt, Noto Sans CJK in the present language's shapes. */
const XqChartTheme *xq_chart_theme_paper (void);
/* "Noto Sans CJK SC", or TC for zh_TW. */
const char *xq_chart_font (void);

/* The shape of @level (1–3) around a centre; fills it with the theme's colour. */
void xq_chart_level_shape (cairo_t *cr, const XqChartTheme *theme, int level, double x, double y, double size);

/* One value of a row of values. */
typedef struct
{
  const char *label;
  double value;
  XqCellCover cover;
  const char *note;  /* nullable: a word over the bar ("国庆") */
  gboolean mark;     /* a red dot with a white rim: something happened */
} XqChartValue;

typedef struct
{
  double from;
  double to;
  const char *title; /* nullable */
  double weight;     /* 0 harmless … 1 severe: how strongly it is tinted */
} XqChartBand;

typedef struct
{
  const char *label; /* the date as people read it */
  double x;          /* days since any epoch: points are spaced by time */
  double value;
  gboolean valid;    /* FALSE: drawn hollow, the line goes past it */
  const char *mark;  /* nullable: a word at the point ("可靠改善") */
} XqChartPoint;

/* A score over time with the instrument's bands behind. */
void xq_chart_trend (cairo_t *cr, double width, double height, const XqChartTheme *theme,
                     const XqChartPoint *points, guint n_points, const XqChartBand *bands, guint n_bands,
                     double minimum, double maximum);
/* Upright bars: weeks, days of a fortnight, months. @highlight (-1: none) is drawn in the accent, the rest soft. */
void xq_chart_bars (cairo_t *cr, double width, double height, const XqChartTheme *theme,
                    const XqChartValue *values, guint n_values, int highlight);
/* Lying bars with their names on the left and values on the right: funnel, presenting problems. */
void xq_chart_rows (cairo_t *cr, double width, double height, const XqChartTheme *theme,
                    const XqChartValue *values, guint n_values, gboolean funnel);

typedef struct
{
  const char *label;
  double levels[3];
  XqCellCover covers[3];
  const char *share; /* nullable: text at the right end, "4.7%" */
} XqChartLevelRow;

/* A row a grade, stacked by level, with a legend below. */
void xq_chart_levels (cairo_t *cr, double width, double height, const XqChartTheme *theme,
                      const XqChartLevelRow *rows, guint n_rows);
/* Counts in equal bins; @edges are the n_bins + 1 limits. */
void xq_chart_histogram (cairo_t *cr, double width, double height, const XqChartTheme *theme,
                         const double *edges, const double *counts, guint n_bins);
/* Fractions 0–1 by row and column (row-major), NaN for none; darker is fuller, the number stands in the cell. */
void xq_chart_heat (cairo_t *cr, double width, double height, const XqChartTheme *theme,
                    const char *const *row_labels, guint n_rows, const char *const *column_labels, guint n_columns,
                    const double *fractions);

G_END_DECLS
