#include "config.h"

#include "ui/assess/coverage-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assess/campaign.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/simple.h"

#define ROW_HEIGHT  30
#define HEAD_HEIGHT 24
#define MOST_COLUMNS 30
#define FULL_ENOUGH 0.5 /* of the cells must be there, or the map says less than the table */

/* The map with texts of its own. */
typedef struct
{
  GPtrArray *rows;     /* of char *, %NULL-ended */
  GPtrArray *columns;  /* of char *, %NULL-ended */
  GArray *parents;     /* of gint64, beside the rows */
  double *fractions;   /* row by row */
} Heat;

static void
heat_free (gpointer data)
{
  Heat *heat = data;

  g_ptr_array_unref (heat->rows);
  g_ptr_array_unref (heat->columns);
  g_array_unref (heat->parents);
  g_free (heat->fractions);
  g_free (heat);
}

static Heat *
heat_new (void)
{
  Heat *heat = g_new0 (Heat, 1);

  heat->rows = g_ptr_array_new_with_free_func (g_free);
  heat->columns = g_ptr_array_new_with_free_func (g_free);
  heat->parents = g_array_new (FALSE, FALSE, sizeof (gint64));
  return heat;
}

static void
draw (cairo_t *cr, double width, double height, const XqChartTheme *theme, gpointer data)
{
  const Heat *heat = data;

  xq_chart_heat (cr, width, height, theme, (const char *const *) heat->rows->pdata, heat->rows->len,
                 (const char *const *) heat->columns->pdata, heat->columns->len, heat->fractions);
}

static guint
find_row (Heat *heat, XqUnitTree *tree, gint64 parent_id)
{
  for (guint i = 0; i < heat->parents->len; i++)
    if (g_array_index (heat->parents, gint64, i) == parent_id)
      return i;
  g_array_append_val (heat->parents, parent_id);
  g_ptr_array_add (heat->rows, g_strdup (xq_unit_tree_display (tree, parent_id)));
  return heat->rows->len - 1;
}

static guint
find_column (Heat *heat, const char *name)
{
  for (guint i = 0; i < heat->columns->len; i++)
    if (g_str_equal (g_ptr_array_index (heat->columns, i), name))
      return i;
  g_ptr_array_add (heat->columns, g_strdup (name));
  return heat->columns->len - 1;
}

/* Where each unit stands; units at the top have no row. */
static guint
place (Heat *heat, XqUnitTree *tree, const GArray *units)
{
  guint placed = 0;

  for (guint i = 0; i < units->len; i++)
    {
      const XqUnit *unit = xq_unit_tree_get (tree, g_array_index (units, XqCoverage, i).unit_id);

      if (unit == NULL || unit->parent_id == 0)
        continue;
      find_row (heat, tree, unit->parent_id);
      find_column (heat, unit->name);
      placed++;
    }
  return placed;
}

static void
fill (Heat *heat, XqUnitTree *tree, const GArray *units, GString *table)
{
  guint cells = heat->rows->len * heat->columns->len;

  heat->fractions = g_new (double, cells);
  for (guint i = 0; i < cells; i++)
    heat->fractions[i] = NAN;
  for (guint i = 0; i < units->len; i++)
    {
      const XqCoverage *coverage = &g_array_index (units, XqCoverage, i);
      const XqUnit *unit = xq_unit_tree_get (tree, coverage->unit_id);
      double share;

      if (unit == NULL || unit->parent_id == 0 || coverage->invited == 0)
        continue;
      share = (double) coverage->counts[XQ_PARTICIPANT_DONE] / (double) coverage->invited;
      heat->fractions[find_row (heat, tree, unit->parent_id) * heat->columns->len + find_column (heat, unit->name)]
          = share;
      g_string_append_printf (table, "%s%s: %d%%", table->len > 0 ? "\n" : "", xq_unit_tree_display (tree, unit->id),
                              (int) floor (share * 100));
    }
}

GtkWidget *
xq_coverage_chart_new (void)
{
  return xq_card_new (_ ("Coverage by class"), adw_bin_new ());
}

gboolean
xq_coverage_chart_fill (GtkWidget *card, XqUnitTree *tree, const GArray *units)
{
  Heat *heat = heat_new ();
  guint placed = place (heat, tree, units);
  g_autoptr (GString) table = g_string_new (NULL);
  GtkWidget *chart;

  if (placed == 0 || heat->columns->len > MOST_COLUMNS
      || placed < FULL_ENOUGH * heat->rows->len * heat->columns->len)
    {
      heat_free (heat);
      return FALSE;
    }
  fill (heat, tree, units, table);
  chart = xq_chart_new (HEAD_HEIGHT + ROW_HEIGHT * (int) heat->rows->len);
  xq_chart_set (XQ_CHART (chart), draw, heat, heat_free, _ ("Coverage by class"), table->str);
  adw_bin_set_child (ADW_BIN (gtk_widget_get_last_child (card)), chart);
  return TRUE;
}
