/* A chart on screen: a function of app/report/chart.h drawn in the theme's colours, with its numbers in words for screen
 * readers. */
#pragma once

#include "report/chart.h"
#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_CHART (xq_chart_get_type ())
G_DECLARE_FINAL_TYPE (XqChart, xq_chart, XQ, CHART, GtkWidget)

/* Draws @data into (0, 0, width, height); calls one of xq_chart_trend(), xq_chart_bars() …. */
typedef void (*XqChartDraw) (cairo_t *cr, double width, double height, const XqChartTheme *theme, gpointer data);

/* @height: natural height in pixels at 100 % text. */
GtkWidget *xq_chart_new (int height);
/* @title: what it shows; @table: its numbers as text, a line a row: both for screen readers and the tooltip. */
void xq_chart_set (XqChart *self, XqChartDraw draw, gpointer data, GDestroyNotify free_data, const char *title,
                   const char *table);
/* The theme of the present colours (light, dark, high contrast) for other drawings. */
void xq_chart_theme_screen (GtkWidget *widget, XqChartTheme *ret_theme);

G_END_DECLS
