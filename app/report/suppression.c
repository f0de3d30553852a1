#include "config.h"

#include "report/suppression.h"

#include <math.h>
#include <string.h>

/* How many cells a search for another table may try; a search that ends early only costs more covered cells. */
#define SEARCH_BUDGET 20000

/* A cell's part in a sum: +1 for what is summed up, −1 for what it is summed to. */
typedef struct
{
  guint cell;
  int sign;
} Term;

/* One sum that a reader knows: its terms come to 0. */
typedef struct
{
  GArray *terms;   /* of Term, only cells about persons */
  gint64 imbalance; /* while searching */
} Equation;

typedef struct
{
  XqReportBlock *block;
  int threshold;
  guint n_columns;
  guint n_cells;
  gint64 *values;
  gboolean *eligible;  /* a number about persons: may be covered */
  XqCellCover *covers;
  gboolean *safe;      /* another table has been shown that differs here */
  double *prices;      /* what it costs a reader to lose a cell */
  GPtrArray *equations;
  GPtrArray **of_cell; /* equations that a cell is in */

  /* Of one search: */
  gint64 *moves;       /* how far the other table is from ours */
  GPtrArray *open;     /* equations that do not come out at present */
  gint64 *best_moves;
  double best_cost;
  guint budget;
} Search;

static void
equation_free (gpointer data)
{
  Equation *equation = data;

  g_array_unref (equation->terms);
  g_free (equation);
}

static XqReportRow *
row_at (const XqReportBlock *block, guint r)
{
  return r < block->rows->len ? g_ptr_array_index (block->rows, r) : block->total;
}

static guint
n_rows (const XqReportBlock *block)
{
  return block->rows->len + (block->total != NULL ? 1 : 0);
}

static XqReportCell *
cell_at (const Search *search, guint cell)
{
  return &row_at (search->block, cell / search->n_columns)->cells[cell % search->n_columns];
}

static Search *
search_new (XqReportBlock *block, int threshold)
{
  Search *search = g_new0 (Search, 1);

  search->block = block;
  search->threshold = threshold;
  search->n_columns = block->columns->len;
  search->n_cells = search->n_columns * n_rows (block);
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
search_free (Search *search)
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static Equation *
equation_new (void)
{
  Equation *equation = g_new0 (Equation, 1);

  equation->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  return equation;
}

static void
equation_add (const Search *search, Equation *equation, guint cell, int sign)
{
  const Term term = { cell, sign };

  equation->imbalance += sign * search->values[cell];
  if (search->eligible[cell])
    g_array_append_val (equation->terms, term);
}

/* A sum that does not come out (distinct persons that two rows share) tells a reader nothing exact. */
static void
take_equation (Search *search, Equation *equation)
{
  if (equation->imbalance != 0 || equation->terms->len == 0)
    {
      equation_free (equation);
      return;
    }
  g_ptr_array_add (search->equations, equation);
  for (guint t = 0; t < equation->terms->len; t++)
    g_ptr_array_add (search->of_cell[g_array_index (equation->terms, Term, t).cell], equation);
}

static void
add_column_sums (Search *search)
{
  const XqReportBlock *block = search->block;

  if (block->total == NULL)
    return;
  for (guint c = 0; c < search->n_columns; c++)
    {
      Equation *equation = equation_new ();

      for (guint r = 0; r < block->rows->len; r++)
        equation_add (search, equation, r * search->n_columns + c, +1);
      equation_add (search, equation, block->rows->len * search->n_columns + c, -1);
      take_equation (search, equation);
    }
}

static void
add_relations (Search *search)
{
  const XqReportBlock *block = search->block;

  for (guint i = 0; i < block->relations->len; i++)
    for (guint r = 0; r < n_rows (block); r++)
      {
        char **ids = g_ptr_array_index (block->relations, i);
        Equation *equation = equation_new ();

        for (guint n = 0; ids[n] != NULL; n++)
          {
            const int column = xq_report_block_column_index (block, ids[n]);

            equation_add (search, equation, r * search->n_columns + (guint) column, n == 0 ? -1 : +1);
          }
        take_equation (search, equation);
      }
}

static void
cover_small (Search *search)
{
  for (guint i = 0; i < search->n_cells; i++)
    if (search->eligible[i] && search->values[i] > 0 && search->values[i] < search->threshold)
      search->covers[i] = XQ_COVER_SMALL;
}

/* What a reader may think of a covered cell: 1 to k−1 where <5 stands; k or more where * stands, unless *
 * had to stand for a small one, which he cannot tell from the others. */
static gboolean
may_be (const Search *search, guint cell, gint64 value)
{
  if (search->covers[cell] == XQ_COVER_SMALL)
    return value >= 1 && value < search->threshold;
  return value >= (search->values[cell] < search->threshold ? 1 : search->threshold);
}

static void
move (Search *search, guint cell, gint64 by)
{
  search->moves[cell] += by;
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      Equation *equation = g_ptr_array_index (search->of_cell[cell], e);
      const gboolean was_open = equation->imbalance != 0;

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const Term *term = &g_array_index (equation->terms, Term, t);

          if (term->cell == cell)
            equation->imbalance += term->sign * by;
        }
      if (!was_open && equation->imbalance != 0)
        g_ptr_array_add (search->open, equation);
      else if (was_open && equation->imbalance == 0)
        g_ptr_array_remove (search->open, equation);
    }
}

static gboolean
is_total (const Search *search, guint cell)
{
  return search->block->total != NULL && cell / search->n_columns == search->block->rows->len;
}

static gboolean
is_known_total (const Search *search, guint cell)
{
  return search->block->total_known && is_total (search, cell);
}

static void explore (Search *search, double cost);

/* Tries every cell of an open sum that could set it right: covered ones, which cost nothing, before others. */
static void
try_cells (Search *search, const Equation *equation, gboolean covered, double cost)
{
  const gint64 imbalance = equation->imbalance;

  for (guint t = 0; t < equation->terms->len; t++)
    {
      const Term *term = &g_array_index (equation->terms, Term, t);
      const guint cell = term->cell;
      const gint64 by = -imbalance * term->sign;
      const double price = covered ? 0.0 : search->prices[cell];

      if ((search->covers[cell] != XQ_COVER_NONE) != covered || search->moves[cell] != 0
          || cost + price >= search->best_cost || search->budget == 0)
        continue;
      if ((!covered && (search->values[cell] < search->threshold || is_known_total (search, cell)))
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
explore (Search *search, double cost)
{
  const Equation *equation;

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
make_safe (Search *search, guint cell)
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
is_sum (const Search *search, guint cell)
{
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      const Equation *equation = g_ptr_array_index (search->of_cell[cell], e);

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const Term *term = &g_array_index (equation->terms, Term, t);

          if (term->cell == cell && term->sign < 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* The fewer cells the better; totals and sums hurt most, then large numbers. */
static void
set_prices (Search *search)
{
  for (guint i = 0; i < search->n_cells; i++)
    {
      search->prices[i] = 1.0 + MIN ((double) search->values[i], 1e6) / 1e6;
      if (is_total (search, i))
        search->prices[i] += 3.0;
      else if (is_sum (search, i))
        search->prices[i] += 1.5;
    }
}

/* Four cells of <5 that add up to <5 can only be 1 each: such a sum is given no size at all. */
static gboolean
blur_a_sum (Search *search, guint cell)
{
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      const Equation *equation = g_ptr_array_index (search->of_cell[cell], e);

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const guint other = g_array_index (equation->terms, Term, t).cell;

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
cover_a_neighbour (Search *search, guint cell)
{
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      const Equation *equation = g_ptr_array_index (search->of_cell[cell], e);

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const guint other = g_array_index (equation->terms, Term, t).cell;

          if (search->covers[other] == XQ_COVER_NONE && search->values[other] >= search->threshold
              && !is_known_total (search, other))
            {
              search->covers[other] = XQ_COVER_GUARD;
              return TRUE;
            }
        }
    }
  return FALSE;
}

static void
guard (Search *search)
{
  gboolean again = TRUE;

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
}

/* When nothing less protects a cell (4 and 4 under a known sum of 8), no cell says anything. */
static void
cover_everything_if_unsafe (Search *search)
{
  gboolean safe = TRUE;

  for (guint i = 0; i < search->n_cells; i++)
    safe &= search->covers[i] == XQ_COVER_NONE || search->safe[i];
  for (guint i = 0; !safe && i < search->n_cells; i++)
    if (search->eligible[i] && search->values[i] > 0 && !is_known_total (search, i))
      search->covers[i] = XQ_COVER_GUARD;
}

static guint
write_covers (Search *search)
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

static gboolean
source_is_covered (const XqReportBlock *block, const XqReportColumn *column, const XqReportRow *row)
{
  for (guint s = 0; column->sources != NULL && column->sources[s] != NULL; s++)
    {
      const int source = xq_report_block_column_index (block, column->sources[s]);

      if (source >= 0 && row->cells[source].cover != XQ_COVER_NONE)
        return TRUE;
    }
  return FALSE;
}

static guint
cover_what_follows (XqReportBlock *block)
{
  guint n = 0;

  for (guint c = 0; c < block->columns->len; c++)
    for (guint r = 0; r < n_rows (block); r++)
      {
        XqReportRow *row = row_at (block, r);

        if (row->cells[c].cover == XQ_COVER_NONE && row->cells[c].kind == XQ_VALUE_NUMBER
            && source_is_covered (block, g_ptr_array_index (block->columns, c), row))
          {
            xq_report_cell_cover (&row->cells[c], XQ_COVER_GUARD);
            n++;
          }
      }
  return n;
}

guint
xq_suppression_apply (XqReportBlock *block, int threshold)
{
  g_autoptr (Search) search = NULL;
  guint n;

  g_return_val_if_fail (threshold >= 3, 0);

  search = search_new (block, threshold);
  add_column_sums (search);
  add_relations (search);
  set_prices (search);
  cover_small (search);
  guard (search);
  cover_everything_if_unsafe (search);
  n = write_covers (search);
  return n + cover_what_follows (block);
}
