#include "config.h"

#include "report/suppression.h"

#include <math.h>

#include "report/suppression-private.h"

static void
equation_free (gpointer data)
{
  XqEquation *equation = data;

  g_array_unref (equation->terms);
  g_free (equation);
}

XqReportRow *
xq_suppression_row (const XqReportBlock *block, guint r)
{
  return r < block->rows->len ? g_ptr_array_index (block->rows, r) : block->total;
}

guint
xq_suppression_n_rows (const XqReportBlock *block)
{
  return block->rows->len + (block->total != NULL ? 1 : 0);
}

static XqReportCell *
cell_at (const XqSuppression *search, guint cell)
{
  return &xq_suppression_row (search->block, cell / search->n_columns)->cells[cell % search->n_columns];
}

static XqSuppression *
search_new (XqReportBlock *block, int threshold)
{
  XqSuppression *search = g_new0 (XqSuppression, 1);

  search->block = block;
  search->threshold = threshold;
  search->n_columns = block->columns->len;
  search->n_cells = search->n_columns * xq_suppression_n_rows (block);
  search->values = g_new0 (gint64, search->n_cells);
  search->eligible = g_new0 (gboolean, search->n_cells);
  search->covers = g_new0 (XqCellCover, search->n_cells);
  search->safe = g_new0 (gboolean, search->n_cells);
  search->prices = g_new0 (double, search->n_cells);
  search->moves = g_new0 (gint64, search->n_cells);
  search->best_moves = g_new0 (gint64, search->n_cells);
  search->open = g_ptr_array_new ();
  search->of_cell = g_new0 (GPtrArray *, search->n_cells);
  search->equations = g_ptr_array_new_with_free_func (equation_free);
  for (guint i = 0; i < search->n_cells; i++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, i % search->n_columns);
      const XqReportCell *cell = cell_at (search, i);

      search->of_cell[i] = g_ptr_array_new ();
      if (cell->kind != XQ_VALUE_NUMBER || column->format != XQ_FORMAT_COUNT)
        continue;
      search->values[i] = (gint64) llround (cell->number);
      search->eligible[i] = column->about_persons;
    }
  return search;
}

static void
search_free (XqSuppression *search)
{
  for (guint i = 0; i < search->n_cells; i++)
    g_ptr_array_unref (search->of_cell[i]);
  g_ptr_array_unref (search->equations);
  g_ptr_array_unref (search->open);
  g_free (search->prices);
  g_free (search->best_moves);
  g_free (search->values);
  g_free (search->eligible);
  g_free (search->covers);
  g_free (search->safe);
  g_free (search->moves);
  g_free (search->of_cell);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSuppression, search_free)

static XqEquation *
equation_new (void)
{
  XqEquation *equation = g_new0 (XqEquation, 1);

  equation->terms = g_array_new (FALSE, FALSE, sizeof (XqTerm));
  return equation;
}

static void
equation_add (const XqSuppression *search, XqEquation *equation, guint cell, int sign)
{
  const XqTerm term = { cell, sign };

  equation->imbalance += sign * search->values[cell];
  if (search->eligible[cell])
    g_array_append_val (equation->terms, term);
  else
    equation->constant += (double) (sign * search->values[cell]);
}

/* A sum that does not come out (distinct persons that two rows share) tells a reader nothing exact. */
static void
take_equation (XqSuppression *search, XqEquation *equation)
{
  if (equation->imbalance != 0 || equation->terms->len == 0)
    {
      equation_free (equation);
      return;
    }
  g_ptr_array_add (search->equations, equation);
  for (guint t = 0; t < equation->terms->len; t++)
    g_ptr_array_add (search->of_cell[g_array_index (equation->terms, XqTerm, t).cell], equation);
}

static void
add_column_sums (XqSuppression *search)
{
  const XqReportBlock *block = search->block;

  if (block->total == NULL)
    return;
  for (guint c = 0; c < search->n_columns; c++)
    {
      XqEquation *equation = equation_new ();

      for (guint r = 0; r < block->rows->len; r++)
        equation_add (search, equation, r * search->n_columns + c, +1);
      equation_add (search, equation, block->rows->len * search->n_columns + c, -1);
      take_equation (search, equation);
    }
}

static void
add_relations (XqSuppression *search)
{
  const XqReportBlock *block = search->block;

  for (guint i = 0; i < block->relations->len; i++)
    for (guint r = 0; r < xq_suppression_n_rows (block); r++)
      {
        char **ids = g_ptr_array_index (block->relations, i);
        XqEquation *equation = equation_new ();

        for (guint n = 0; ids[n] != NULL; n++)
          {
            const int column = xq_report_block_column_index (block, ids[n]);

            equation_add (search, equation, r * search->n_columns + (guint) column, n == 0 ? -1 : +1);
          }
        take_equation (search, equation);
      }
}

gboolean
xq_suppression_is_total (const XqSuppression *search, guint cell)
{
  return search->block->total != NULL && cell / search->n_columns == search->block->rows->len;
}

gboolean
xq_suppression_is_known_total (const XqSuppression *search, guint cell)
{
  return search->block->total_known && xq_suppression_is_total (search, cell);
}

static void
cover_small (XqSuppression *search)
{
  for (guint i = 0; i < search->n_cells; i++)
    if (search->eligible[i] && search->values[i] > 0 && search->values[i] < search->threshold)
      search->covers[i] = XQ_COVER_SMALL;
}

static guint
write_covers (XqSuppression *search)
{
  guint n = 0;

  for (guint i = 0; i < search->n_cells; i++)
    if (search->covers[i] != XQ_COVER_NONE)
      {
        xq_report_cell_cover (cell_at (search, i), search->covers[i]);
        n++;
      }
  return n;
}

guint
xq_suppression_apply (XqReportBlock *block, int threshold)
{
  g_autoptr (XqSuppression) search = NULL;
  guint n;

  g_return_val_if_fail (threshold >= 3, 0);

  search = search_new (block, threshold);
  add_column_sums (search);
  add_relations (search);
  cover_small (search);
  xq_suppression_guard (search);
  n = write_covers (search);
  return n + xq_suppression_cover_ratios (search);
}
