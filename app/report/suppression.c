#include "config.h"

#include "report/suppression.h"

#include <math.h>
#include <string.h>

/* How many cells a search for another table may try before it gives up; giving up only costs one more
 * covered cell. */
#define SEARCH_BUDGET 4000

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
  gint64 *moves;       /* of the search: how far the other table is from ours */
  GPtrArray *equations;
  GPtrArray **of_cell; /* equations that a cell is in */
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
  search->moves = g_new0 (gint64, search->n_cells);
  search->of_cell = g_new0 (GPtrArray *, search->n_cells);
  search->equations = g_ptr_array_new_with_free_func (equation_free);
  for (guint i = 0; i < search->n_cells; i++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, i % search->n_columns);
      const XqReportCell *cell = cell_at (search, i);

      search->of_cell[i] = g_ptr_array_new ();
      if (cell->kind != XQ_CELL_NUMBER || column->format != XQ_FORMAT_COUNT)
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

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const Term *term = &g_array_index (equation->terms, Term, t);

          if (term->cell == cell)
            equation->imbalance += term->sign * by;
        }
    }
}

static Equation *
first_imbalance (const Search *search)
{
  for (guint e = 0; e < search->equations->len; e++)
    {
      Equation *equation = g_ptr_array_index (search->equations, e);

      if (equation->imbalance != 0)
        return equation;
    }
  return NULL;
}

/* Moves one covered cell after the other until all sums come out again; FALSE leaves all as it was. */
static gboolean
repair (Search *search)
{
  Equation *equation = first_imbalance (search);

  if (equation == NULL)
    return TRUE;
  for (guint t = 0; t < equation->terms->len; t++)
    {
      const Term *term = &g_array_index (equation->terms, Term, t);
      const gint64 by = -equation->imbalance * term->sign;

      if (search->covers[term->cell] == XQ_COVER_NONE || search->moves[term->cell] != 0
          || !may_be (search, term->cell, search->values[term->cell] + by))
        continue;
      if (search->budget == 0)
        return FALSE;
      search->budget--;
      move (search, term->cell, by);
      if (repair (search))
        return TRUE;
      move (search, term->cell, -by);
    }
  return FALSE;
}

/* Looks for another table that agrees with all that is published and differs in @cell. Every cell in
 * which it differs is safe with it, and stays so: covering more only leaves more room. */
static gboolean
find_another_table (Search *search, guint cell)
{
  static const gint64 steps[] = { +1, -1, +2, -2, +3, -3 };

  for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
    {
      gboolean found;

      if (!may_be (search, cell, search->values[cell] + steps[s]))
        continue;
      search->budget = SEARCH_BUDGET;
      move (search, cell, steps[s]);
      found = repair (search);
      for (guint i = 0; i < search->n_cells; i++)
        if (search->moves[i] != 0)
          {
            search->safe[i] |= found;
            move (search, i, -search->moves[i]);
          }
      if (found)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_covered_other (const Search *search, const Equation *equation, guint but)
{
  for (guint t = 0; t < equation->terms->len; t++)
    {
      const guint cell = g_array_index (equation->terms, Term, t).cell;

      if (cell != but && search->covers[cell] != XQ_COVER_NONE)
        return TRUE;
    }
  return FALSE;
}

/* What it costs a reader to lose a cell: totals and sums hurt most; then a cell that would itself need
 * company; then large numbers. */
static double
cost_of (const Search *search, guint cell)
{
  double cost = (double) search->values[cell];

  if (search->block->total != NULL && cell / search->n_columns == search->block->rows->len)
    cost += 1e12;
  for (guint e = 0; e < search->of_cell[cell]->len; e++)
    {
      const Equation *equation = g_ptr_array_index (search->of_cell[cell], e);

      for (guint t = 0; t < equation->terms->len; t++)
        {
          const Term *term = &g_array_index (equation->terms, Term, t);

          if (term->cell == cell && term->sign < 0)
            cost += 1e9;
        }
      if (!has_covered_other (search, equation, cell))
        cost += 1e7;
    }
  return cost;
}

static void
consider (const Search *search, const Equation *equation, gint64 *best, double *best_cost)
{
  for (guint t = 0; t < equation->terms->len; t++)
    {
      const guint cell = g_array_index (equation->terms, Term, t).cell;
      double cost;

      if (search->covers[cell] != XQ_COVER_NONE || search->values[cell] < search->threshold)
        continue;
      cost = cost_of (search, cell);
      if (cost < *best_cost)
        {
          *best = cell;
          *best_cost = cost;
        }
    }
}

/* The covered cells that are bound to @cell by sums of covered cells, @cell first. */
static GArray *
bound_to (const Search *search, guint cell)
{
  GArray *bound = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *seen = g_new0 (gboolean, search->n_cells);

  seen[cell] = TRUE;
  g_array_append_val (bound, cell);
  for (guint i = 0; i < bound->len; i++)
    {
      const GPtrArray *equations = search->of_cell[g_array_index (bound, guint, i)];

      for (guint e = 0; e < equations->len; e++)
        {
          const Equation *equation = g_ptr_array_index (equations, e);

          for (guint t = 0; t < equation->terms->len; t++)
            {
              const guint other = g_array_index (equation->terms, Term, t).cell;

              if (search->covers[other] != XQ_COVER_NONE && !seen[other])
                {
                  seen[other] = TRUE;
                  g_array_append_val (bound, other);
                }
            }
        }
    }
  return bound;
}

/* Covers the cheapest cell that shares a sum with @cell, or else with a cell that is bound to it. */
static gboolean
cover_one_more (Search *search, const GArray *bound)
{
  gint64 best = -1;
  double best_cost = INFINITY;

  for (guint i = 0; best < 0 && i < bound->len; i++)
    {
      const GPtrArray *equations = search->of_cell[g_array_index (bound, guint, i)];

      for (guint e = 0; e < equations->len; e++)
        consider (search, g_ptr_array_index (equations, e), &best, &best_cost);
    }
  if (best >= 0)
    search->covers[best] = XQ_COVER_GUARD;
  return best >= 0;
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

/* Four cells of <5 that add up to <5 can only be 1 each: such a sum is given no size at all. */
static gboolean
blur_a_sum (Search *search, const GArray *bound)
{
  for (guint i = 0; i < bound->len; i++)
    {
      const guint cell = g_array_index (bound, guint, i);

      if (search->covers[cell] == XQ_COVER_SMALL && is_sum (search, cell))
        {
          search->covers[cell] = XQ_COVER_GUARD;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
hide_more (Search *search, guint cell)
{
  g_autoptr (GArray) bound = bound_to (search, cell);

  return cover_one_more (search, bound) || blur_a_sum (search, bound);
}

static void
guard (Search *search)
{
  gboolean again = TRUE;

  while (again)
    {
      again = FALSE;
      for (guint i = 0; i < search->n_cells; i++)
        while (search->covers[i] != XQ_COVER_NONE && !search->safe[i]
               && !find_another_table (search, i) && hide_more (search, i))
          again = TRUE;
    }
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

        if (row->cells[c].cover == XQ_COVER_NONE && row->cells[c].kind == XQ_CELL_NUMBER
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
  cover_small (search);
  guard (search);
  n = write_covers (search);
  return n + cover_what_follows (block);
}
