#include "config.h"

#include <math.h>

#include "report/suppression-private.h"

/* What a reader can still think of every cell at most: the sums narrow it from both sides. Wider than the truth is
 * allowed to be, never narrower. */
typedef struct
{
  double *low;
  double *high;
} Ranges;

#define ROUNDS 40 /* of narrowing; it has long come to rest by then */

static void
set_ranges (const XqSuppression *search, Ranges *ranges)
{
  for (guint i = 0; i < search->n_cells; i++)
    {
      ranges->low[i] = ranges->high[i] = (double) search->values[i];
      if (search->covers[i] == XQ_COVER_SMALL)
        {
          ranges->low[i] = 1.0;
          ranges->high[i] = search->threshold - 1.0;
        }
      else if (search->covers[i] == XQ_COVER_GUARD)
        {
          ranges->low[i] = 1.0;
          ranges->high[i] = INFINITY;
        }
    }
}

/* A cell is what the other terms of a sum leave for it. @constant is what cells that are not about persons add. */
static gboolean
narrow (const XqSuppression *search, const XqEquation *equation, guint which, Ranges *ranges)
{
  const XqTerm *own = &g_array_index (equation->terms, XqTerm, which);
  double low = equation->constant;
  double high = equation->constant;
  gboolean changed = FALSE;

  for (guint t = 0; t < equation->terms->len; t++)
    {
      const XqTerm *term = &g_array_index (equation->terms, XqTerm, t);

      if (t == which)
        continue;
      low += term->sign > 0 ? ranges->low[term->cell] : -ranges->high[term->cell];
      high += term->sign > 0 ? ranges->high[term->cell] : -ranges->low[term->cell];
    }
  /* own × sign + rest = 0 */
  if (own->sign > 0)
    {
      const double swap = low;

      low = -high;
      high = -swap;
    }
  if (low > ranges->low[own->cell])
    {
      ranges->low[own->cell] = low;
      changed = TRUE;
    }
  if (high < ranges->high[own->cell])
    {
      ranges->high[own->cell] = high;
      changed = TRUE;
    }
  return changed;
}

static void
narrow_all (const XqSuppression *search, Ranges *ranges)
{
  gboolean changed = TRUE;

  for (int round = 0; changed && round < ROUNDS; round++)
    {
      changed = FALSE;
      for (guint e = 0; e < search->equations->len; e++)
        {
          const XqEquation *equation = g_ptr_array_index (search->equations, e);

          for (guint t = 0; t < equation->terms->len; t++)
            if (search->covers[g_array_index (equation->terms, XqTerm, t).cell] != XQ_COVER_NONE)
              changed |= narrow (search, equation, t, ranges);
        }
    }
}

static int
column_of (const XqReportBlock *block, const char *id)
{
  return id != NULL ? xq_report_block_column_index (block, id) : -1;
}

static gboolean
is_covered (const XqSuppression *search, guint row, int column)
{
  return column >= 0 && search->covers[row * search->n_columns + (guint) column] != XQ_COVER_NONE;
}

/* A share whose rounded value is the same whatever the reader may think of its covered whole says nothing. */
static gboolean
says_nothing (const XqSuppression *search, const Ranges *ranges, guint row, int part, int whole)
{
  const guint at = row * search->n_columns + (guint) whole;
  const double numerator = (double) search->values[row * search->n_columns + (guint) part];

  if (ranges->low[at] <= 0.0)
    return FALSE;
  return xq_report_round_share (numerator / ranges->low[at]) == xq_report_round_share (numerator / ranges->high[at]);
}

static gboolean
must_go (const XqSuppression *search, const Ranges *ranges, guint row, const XqReportColumn *column)
{
  const int part = column_of (search->block, column->sources[0]);
  const int whole = column->sources[0] != NULL ? column_of (search->block, column->sources[1]) : -1;

  if (is_covered (search, row, part))
    return TRUE;
  if (!is_covered (search, row, whole))
    return FALSE;
  return column->format != XQ_FORMAT_PERCENT || !says_nothing (search, ranges, row, part, whole);
}

guint
xq_suppression_cover_ratios (XqSuppression *search)
{
  g_autofree double *low = g_new0 (double, search->n_cells);
  g_autofree double *high = g_new0 (double, search->n_cells);
  Ranges ranges = { low, high };
  guint n = 0;

  set_ranges (search, &ranges);
  narrow_all (search, &ranges);
  for (guint c = 0; c < search->n_columns; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (search->block->columns, c);

      if (column->sources == NULL)
        continue;
      for (guint r = 0; r < xq_suppression_n_rows (search->block); r++)
        {
          XqReportCell *cell = &xq_suppression_row (search->block, r)->cells[c];

          if (cell->cover == XQ_COVER_NONE && cell->kind == XQ_VALUE_NUMBER && must_go (search, &ranges, r, column))
            {
              xq_report_cell_cover (cell, XQ_COVER_GUARD);
              n++;
            }
        }
    }
  return n;
}
