/* sample-charts FOLDER: every chart on pages of their own, to be looked at. */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include "base/i18n.h"
#include "report/page.h"
#include "report/chart.h"

static void
trend (cairo_t *cr, double width, double height, gpointer data)
{
  const XqChartPoint points[] = {
    { "2025-10-20", 0, 8, TRUE, NULL },    { "2026-03-12", 143, 11, TRUE, NULL }, { "2026-09-08", 323, 17, TRUE, NULL },
    { "2026-10-13", 358, 19, TRUE, NULL }, { "2026-10-28", 373, 15, TRUE, NULL }, { "2026-11-04", 380, 3, FALSE, NULL },
    { "2026-11-11", 387, 12, TRUE, NULL }, { "2026-11-20", 396, 9, TRUE, "可靠改善" },
  };
  const XqChartBand bands[] = { { 0, 5, "无或极轻", 0.0 }, { 5, 10, "轻度", 0.25 }, { 10, 15, "中度", 0.5 },
                                { 15, 20, "中重度", 0.75 }, { 20, 27, "重度", 1.0 } };

  xq_chart_trend (cr, width, height, xq_chart_theme_paper (), points, G_N_ELEMENTS (points), bands,
                  G_N_ELEMENTS (bands), 0, 27);
}

static void
bars (cairo_t *cr, double width, double height, gpointer data)
{
  XqChartValue values[20] = { 0 };
  char labels[20][16];

  for (int i = 0; i < 20; i++)
    {
      g_snprintf (labels[i], sizeof labels[i], "第%d周", i + 1);
      values[i].label = labels[i];
      values[i].value = i == 5 ? 0 : 6 + i * 1.5 + (i % 3) * 3;
    }
  values[5].note = "国庆";
  values[3].mark = values[8].mark = TRUE;
  values[1].cover = XQ_COVER_SMALL;
  values[2].cover = XQ_COVER_GUARD;
  xq_chart_bars (cr, width, height, xq_chart_theme_paper (), values, GPOINTER_TO_INT (data), GPOINTER_TO_INT (data) == 14 ? 13 : -1);
}

static void
rows (cairo_t *cr, double width, double height, gpointer data)
{
  const XqChartValue values[] = { { "已测", 967, 0, NULL, FALSE },    { "触发预警", 78, 0, NULL, FALSE },
                                  { "约谈完成", 71, 0, NULL, FALSE }, { "预警成立", 31, 0, NULL, FALSE },
                                  { "在照护", 24, 0, NULL, FALSE },   { "转介", 0, XQ_COVER_SMALL, NULL, FALSE } };

  xq_chart_rows (cr, width, height, xq_chart_theme_paper (), values, G_N_ELEMENTS (values), data != NULL);
}

static void
levels (cairo_t *cr, double width, double height, gpointer data)
{
  const XqChartLevelRow values[] = {
    { "七年级", { 0, 0, 6 }, { XQ_COVER_SMALL, XQ_COVER_GUARD, 0 }, "*" },
    { "八年级", { 5, 5, 9 }, { 0, 0, 0 }, "4.7%" },
    { "九年级", { 0, 0, 5 }, { 0, XQ_COVER_SMALL, 0 }, "2.2%" },
  };

  xq_chart_levels (cr, width, height, xq_chart_theme_paper (), values, G_N_ELEMENTS (values));
}

static void
histogram (cairo_t *cr, double width, double height, gpointer data)
{
  double edges[29];
  double counts[28];

  for (int i = 0; i < 29; i++)
    edges[i] = i;
  for (int i = 0; i < 28; i++)
    counts[i] = round (120 * exp (-0.5 * pow ((i - 6) / 4.0, 2)));
  xq_chart_histogram (cr, width, height, xq_chart_theme_paper (), edges, counts, 28);
}

static void
heat (cairo_t *cr, double width, double height, gpointer data)
{
  const char *names[] = { "七年级", "八年级", "九年级" };
  const char *classes[] = { "1班", "2班", "3班", "4班", "5班", "6班", "7班", "8班" };
  double fractions[24];

  for (int i = 0; i < 24; i++)
    fractions[i] = i == 11 ? NAN : i == 4 ? 0 : MIN (1.0, 0.35 + 0.03 * i);
  xq_chart_heat (cr, width, height, xq_chart_theme_paper (), names, 3, classes, 8, fractions);
}

int
main (int argc, char **argv)
{
  g_autoptr (XqPageDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  xq_i18n_init (NULL);
  g_return_val_if_fail (argc == 2, 2);
  path = g_build_filename (argv[1], "charts.pdf", NULL);
  document = xq_page_document_new ("图表", "样张", 1795500000);
  xq_page_document_add_heading (document, "PHQ-9 走势", "分带", FALSE);
  xq_page_document_add_drawing (document, 150, trend, NULL, NULL);
  xq_page_document_add_heading (document, "每周", NULL, FALSE);
  xq_page_document_add_drawing (document, 120, bars, GINT_TO_POINTER (20), NULL);
  xq_page_document_columns_begin (document);
  xq_page_document_add_drawing (document, 100, bars, GINT_TO_POINTER (14), NULL);
  xq_page_document_add_drawing (document, 90, levels, NULL, NULL);
  xq_page_document_columns_next (document);
  xq_page_document_add_drawing (document, 100, rows, GINT_TO_POINTER (1), NULL);
  xq_page_document_add_drawing (document, 100, rows, NULL, NULL);
  xq_page_document_columns_end (document);
  xq_page_document_add_drawing (document, 110, histogram, NULL, NULL);
  xq_page_document_add_drawing (document, 70, heat, NULL, NULL);
  if (!xq_page_document_write_pdf (document, path, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  return 0;
}
