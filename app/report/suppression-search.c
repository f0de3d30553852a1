#include "config.h"

#include <math.h>
#include <string.h>

#include "report/suppression-private.h"

/* How many cells a search for another table may try; a search that ends early only costs more covered cells. */
#define SEARCH_BUDGET 20000

/* What a reader may think of a covered cell: 1 to k−1 where <5 stands; k or more where * stands, unless *
 * had to stand for a small one, which he cannot tell from the others. */
static gboolean
may_be (const XqSuppression *search, guint cell, gint64 value)
{
  if (search->covers[cell] == XQ_COVER_SMALL)
    return value >= 1 && value < search->threshold;
  return value >= (search->values[cell] < search->threshold ? 1 : search->threshold);
}

static void
move (XqSuppression *search, guint cell, gint64 by)
{
  search->moves[cell] += by;
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      XqEquation *equation = g_ptr_array_index (search->of_cell[cell], e);
      const gboolean was_open = equation->imbalance != 0;

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const XqTerm *term = &g_array_index (equation->terms, XqTerm, t);

          if (term->cell == cell)
            equation->imbalance += term->sign * by;
        }
      if (!was_open && equation->imbalance != 0)
        g_ptr_array_add (search->open, equation);
      else if (was_open && equation->imbalance == 0)
        g_ptr_array_remove (search->open, equation);
    }
}

static void explore (XqSuppression *search, double cost);

/* Tries every cell of an open sum that could set it right: covered ones, which cost nothing, before others. */
static void
try_cells (XqSuppression *search, const XqEquation *equation, gboolean covered, double cost)
{
  const gint64 imbalance = equation->imbalance;

  for (guint t = 0; t < equation->terms->len; t++)
    {
      const XqTerm *term = &g_array_index (equation->terms, XqTerm, t);
      const guint cell = term->cell;
      const gint64 by = -imbalance * term->sign;
      const double price = covered ? 0.0 : search->prices[cell];

      if ((search->covers[cell] != XQ_COVER_NONE) != covered || search->moves[cell] != 0
          || cost + price >= search->best_cost || search->budget == 0)
        continue;
      if ((!covered && (search->values[cell] < search->threshold || xq_suppression_is_known_total (search, cell)))
          || !may_be (search, cell, search->values[cell] + by))
        continue;
      search->budget--;
      move (search, cell, by);
      explore (search, cost + price);
      move (search, cell, -by);
    }
}

/* Moves one cell after the other until all sums come out again, and remembers the cheapest way. */
static void
explore (XqSuppression *search, double cost)
{
  const XqEquation *equation;

  if (search->open->len == 0)
    {
      search->best_cost = cost;
      memcpy (search->best_moves, search->moves, search->n_cells * sizeof *search->moves);
      return;
    }
  equation = g_ptr_array_index (search->open, search->open->len - 1);
  try_cells (search, equation, TRUE, cost);
  try_cells (search, equation, FALSE, cost);
}

/* Looks for another table that agrees with all that is published and differs in @cell, and covers what it
 * takes for that. Every cell in which it differs is safe with it, and stays so: covering more only leaves
 * more room. */
static gboolean
make_safe (XqSuppression *search, guint cell)
{
  static const gint64 steps[] = { +1, -1, +2, -2, +3, -3 };

  search->best_cost = INFINITY;
  for (guint s = 0; s < G_N_ELEMENTS (steps) && search->best_cost > 0.0; s++)
    {
      if (!may_be (search, cell, search->values[cell] + steps[s]))
        continue;
      search->budget = SEARCH_BUDGET;
      move (search, cell, steps[s]);
      explore (search, 0.0);
      move (search, cell, -steps[s]);
    }
  if (isinf (search->best_cost))
    return FALSE;
  for (guint i = 0; i < search->n_cells; i++)
    if (search->best_moves[i] != 0)
      {
        search->safe[i] = TRUE;
        if (search->covers[i] == XQ_COVER_NONE)
          search->covers[i] = XQ_COVER_GUARD;
      }
  return TRUE;
}

static gboolean
is_sum (const XqSuppression *search, guint cell)
{
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      const XqEquation *equation = g_ptr_array_index (search->of_cell[cell], e);

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const XqTerm *term = &g_array_index (equation->terms, XqTerm, t);

          if (term->cell == cell && term->sign < 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* The fewer cells the better; totals and sums hurt most, then large numbers. */
static void
set_prices (XqSuppression *search)
{
  for (guint i = 0; i < search->n_cells; i++)
    {
      search->prices[i] = 1.0 + MIN ((double) search->values[i], 1e6) / 1e6;
      if (xq_suppression_is_total (search, i))
        search->prices[i] += 3.0;
      else if (is_sum (search, i))
        search->prices[i] += 1.5;
    }
}

/* Four cells of <5 that add up to <5 can only be 1 each: such a sum is given no size at all. */
static gboolean
blur_a_sum (XqSuppression *search, guint cell)
{
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      const XqEquation *equation = g_ptr_array_index (search->of_cell[cell], e);

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const guint other = g_array_index (equation->terms, XqTerm, t).cell;

          if (search->covers[other] == XQ_COVER_SMALL && is_sum (search, other))
            {
              search->covers[other] = XQ_COVER_GUARD;
              return TRUE;
            }
        }
    }
  return FALSE;
}

/* The last resort: a sum beside @cell is not given at all. */
static gboolean
cover_a_neighbour (XqSuppression *search, guint cell)
{
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      const XqEquation *equation = g_ptr_array_index (search->of_cell[cell], e);

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const guint other = g_array_index (equation->terms, XqTerm, t).cell;

          if (search->covers[other] == XQ_COVER_NONE && search->values[other] >= search->threshold
              && !xq_suppression_is_known_total (search, other))
            {
              search->covers[other] = XQ_COVER_GUARD;
              return TRUE;
            }
        }
    }
  return FALSE;
}

/* When nothing less protects a cell (4 and 4 under a known sum of 8), no cell says anything. */
static void
cover_everything_if_unsafe (XqSuppression *search)
{
  gboolean safe = TRUE;

  for (guint i = 0; i < search->n_cells; i++)
    safe &= search->covers[i] == XQ_COVER_NONE || search->safe[i];
  for (guint i = 0; !safe && i < search->n_cells; i++)
    if (search->eligible[i] && search->values[i] > 0 && !xq_suppression_is_known_total (search, i))
      search->covers[i] = XQ_COVER_GUARD;
}

void
xq_suppression_guard (XqSuppression *search)
{
  gboolean again = TRUE;

  set_prices (search);
  while (again)
    {
      again = FALSE;
      for (guint i = 0; i < search->n_cells; i++)
        {
          if (search->covers[i] == XQ_COVER_NONE || search->safe[i])
            continue;
          while (!make_safe (search, i) && (blur_a_sum (search, i) || cover_a_neighbour (search, i)))
            again = TRUE;
        }
    }
  cover_everything_if_unsafe (search);
}
