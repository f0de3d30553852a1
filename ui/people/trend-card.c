#include "config.h"

#include "ui/people/trend-card.h"

#include <glib/gi18n-lib.h>

#include "assess/results.h"
#include "base/date.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/simple.h"

#define HEIGHT 210

/* What the drawing needs, with texts of its own. */
typedef struct
{
  XqChartPoint *points;
  guint n_points;
  XqChartBand *bands;
  guint n_bands;
  double minimum;
  double maximum;
  GPtrArray *texts;
} Trend;

static void
trend_free (gpointer data)
{
  Trend *trend = data;

  g_free (trend->points);
  g_free (trend->bands);
  g_ptr_array_unref (trend->texts);
  g_free (trend);
}

static void
draw (cairo_t *cr, double width, double height, const XqChartTheme *theme, gpointer data)
{
  const Trend *trend = data;

  xq_chart_trend (cr, width, height, theme, trend->points, trend->n_points, trend->bands, trend->n_bands,
                  trend->minimum, trend->maximum);
}

static const char *
keep (Trend *trend, char *text)
{
  g_ptr_array_add (trend->texts, text);
  return text;
}

static void
fill_bands (Trend *trend, const XqScale *scale)
{
  const XqBandScheme *scheme = scale->bands;

  trend->minimum = scale->min;
  trend->maximum = scale->max;
  if (scheme == NULL)
    return;
  trend->n_bands = scheme->n_bands;
  trend->bands = g_new0 (XqChartBand, scheme->n_bands);
  for (guint i = 0; i < scheme->n_bands; i++)
    {
      const XqBand *band = &scheme->bands[i];

      trend->bands[i].from = band->min;
      trend->bands[i].to = i + 1 < scheme->n_bands ? scheme->bands[i + 1].min : band->max;
      trend->bands[i].title = keep (trend, g_strdup (xq_words_get (&band->label)));
      trend->bands[i].weight = band->severity / 4.0;
    }
}

static void
fill_points (Trend *trend, GPtrArray *list)
{
  trend->n_points = list->len;
  trend->points = g_new0 (XqChartPoint, list->len);
  for (guint i = 0; i < list->len; i++)
    {
      const XqTrendPoint *point = g_ptr_array_index (list, i);

      trend->points[i].label = keep (trend, xq_date_display_short (point->taken_on));
      trend->points[i].x = xq_date_number (point->taken_on);
      trend->points[i].value = point->value;
      trend->points[i].valid = TRUE;
    }
}

/* The same numbers for screen readers, a line each. */
static char *
table_text (const Trend *trend)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < trend->n_points; i++)
    g_string_append_printf (text, "%s%s: %g", i > 0 ? "\n" : "", trend->points[i].label, trend->points[i].value);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
xq_trend_card_new (XqDesk *desk, gint64 person_id, const char *id, GError **error)
{
  const XqInstrument *instrument = xq_instrument_set_peek (xq_desk_instruments (desk), id);
  const XqScale *scale = instrument != NULL ? xq_instrument_main_scale (instrument) : NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *title = NULL, *table = NULL;
  GtkWidget *chart, *box, *note;
  Trend *trend;

  if (scale == NULL)
    return NULL;
  list = xq_results_trend (xq_desk_database (desk), instrument, person_id, NULL, error);
  if (list == NULL || list->len == 0)
    return NULL;
  trend = g_new0 (Trend, 1);
  trend->texts = g_ptr_array_new_with_free_func (g_free);
  fill_bands (trend, scale);
  fill_points (trend, list);
  title = g_strdup_printf (_ ("%s over time"), instrument->label);
  table = table_text (trend);
  chart = xq_chart_new (HEIGHT);
  xq_chart_set (XQ_CHART (chart), draw, trend, trend_free, title, table);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  note = gtk_label_new (_ ("A screening result is not a diagnosis."));
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (box), chart);
  gtk_box_append (GTK_BOX (box), note);
  return xq_card_new (title, box);
}
