/* Plays the reader who tries to work out a covered cell: from nothing but what is published, every table of
 * whole numbers that agrees with it is searched, until each covered cell has shown two values. */
#include "config.h"

#include <string.h>

#include "report/suppression.h"

#define K 5
#define LARGEST 60
#define MAX_CELLS 64

/* What a reader has on paper. */
typedef struct
{
  guint n_rows; /* the total counted in */
  guint n_columns;
  gboolean covered[MAX_CELLS];
  gboolean small[MAX_CELLS];
  gint64 value[MAX_CELLS];
  int sums[MAX_CELLS][MAX_CELLS]; /* rows of coefficients that come to 0 */
  guint n_sums;
  guint unknown[MAX_CELLS];
  guint n_unknown;
  gint64 seen_low[MAX_CELLS];
  gint64 seen_high[MAX_CELLS];
  gint64 least_guarded; /* what * stands for at least */
  guint64 budget;
} Attack;

static XqReportBlock *
make_block (XqReport *report, guint n_rows, guint n_columns, const gint64 *values, gboolean relation)
{
  XqReportBlock *block = xq_report_add_block (report, "table", "Table", XQ_BLOCK_TABLE);
  const char *ids[] = { "c0", "c1", "c2", "c3", "c4", NULL };

  for (guint c = 0; c < n_columns; c++)
    {
      XqReportColumn *column = xq_report_block_add_column (block, ids[c], ids[c], XQ_FORMAT_COUNT);

      column->additive = TRUE;
      column->about_persons = TRUE;
    }
  for (guint r = 0; r < n_rows; r++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", r);
      XqReportRow *row = xq_report_block_add_row (block, id, id);

      for (guint c = 0; c < n_columns; c++)
        xq_report_cell_set_number (&row->cells[c], (double) values[r * n_columns + c]);
    }
  xq_report_block_sum (block);
  if (relation)
    {
      ids[n_columns] = NULL;
      xq_report_block_add_relation (block, ids);
    }
  return block;
}

static const XqReportRow *
row_at (const XqReportBlock *block, guint r)
{
  return r < block->rows->len ? g_ptr_array_index (block->rows, r) : block->total;
}

static void
read_paper (Attack *attack, const XqReportBlock *block, gboolean relation, gint64 least_guarded)
{
  memset (attack, 0, sizeof *attack);
  attack->n_rows = block->rows->len + 1;
  attack->n_columns = block->columns->len;
  attack->least_guarded = least_guarded;
  attack->budget = 3000000;
  for (guint i = 0; i < attack->n_rows * attack->n_columns; i++)
    {
      const XqReportCell *cell = &row_at (block, i / attack->n_columns)->cells[i % attack->n_columns];

      attack->covered[i] = cell->cover != XQ_COVER_NONE;
      attack->small[i] = cell->cover == XQ_COVER_SMALL;
      attack->value[i] = (gint64) cell->number;
      attack->seen_low[i] = G_MAXINT64;
      attack->seen_high[i] = G_MININT64;
      if (attack->covered[i])
        attack->unknown[attack->n_unknown++] = i;
    }
  for (guint c = 0; c < attack->n_columns; c++, attack->n_sums++)
    for (guint r = 0; r < attack->n_rows; r++)
      attack->sums[attack->n_sums][r * attack->n_columns + c] = r + 1 < attack->n_rows ? 1 : -1;
  for (guint r = 0; relation && r < attack->n_rows; r++, attack->n_sums++)
    for (guint c = 0; c < attack->n_columns; c++)
      attack->sums[attack->n_sums][r * attack->n_columns + c] = c == 0 ? -1 : 1;
}

static gint64
lowest (const Attack *attack, guint cell)
{
  return attack->small[cell] ? 1 : attack->least_guarded;
}

static gint64
highest (const Attack *attack, guint cell)
{
  return attack->small[cell] ? K - 1 : LARGEST;
}

/* Whether the sums can still come out with the unknowns from @first on anywhere in their ranges. */
static gboolean
possible (const Attack *attack, guint first)
{
  for (guint s = 0; s < attack->n_sums; s++)
    {
      gint64 low = 0;
      gint64 high = 0;

      for (guint i = 0; i < attack->n_rows * attack->n_columns; i++)
        {
          const int sign = attack->sums[s][i];
          gboolean open = FALSE;

          for (guint u = first; u < attack->n_unknown; u++)
            open |= attack->unknown[u] == i;
          if (sign == 0)
            continue;
          low += sign * (!open ? attack->value[i] : sign > 0 ? lowest (attack, i) : highest (attack, i));
          high += sign * (!open ? attack->value[i] : sign > 0 ? highest (attack, i) : lowest (attack, i));
        }
      if (low > 0 || high < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
all_doubtful (const Attack *attack)
{
  for (guint u = 0; u < attack->n_unknown; u++)
    if (attack->seen_low[attack->unknown[u]] >= attack->seen_high[attack->unknown[u]])
      return FALSE;
  return TRUE;
}

static void
enumerate (Attack *attack, guint next)
{
  guint cell;

  if (attack->budget == 0 || all_doubtful (attack) || !possible (attack, next))
    return;
  attack->budget--;
  if (next == attack->n_unknown)
    {
      for (guint u = 0; u < attack->n_unknown; u++)
        {
          cell = attack->unknown[u];
          attack->seen_low[cell] = MIN (attack->seen_low[cell], attack->value[cell]);
          attack->seen_high[cell] = MAX (attack->seen_high[cell], attack->value[cell]);
        }
      return;
    }
  cell = attack->unknown[next];
  for (gint64 v = lowest (attack, cell); v <= highest (attack, cell); v++)
    {
      attack->value[cell] = v;
      enumerate (attack, next + 1);
    }
  attack->value[cell] = 0;
}

static void
assert_nothing_small_is_shown (const XqReportBlock *block)
{
  for (guint r = 0; r <= block->rows->len; r++)
    for (guint c = 0; c < block->columns->len; c++)
      {
        const XqReportCell *cell = &row_at (block, r)->cells[c];

        if (cell->cover != XQ_COVER_NONE)
          g_assert_true (cell->kind == XQ_VALUE_NONE && cell->number == 0.0);
        else
          g_assert_true (cell->number == 0.0 || cell->number >= K);
      }
}

/* @blurred: a sum of small ones is among those shown as *, so that * says nothing of its size; else the
 * reader is given the knowledge that it is K or more. */
static void
assert_cannot_be_worked_out (const XqReportBlock *block, gboolean relation, gboolean blurred, const char *what)
{
  static Attack attack;

  read_paper (&attack, block, relation, blurred ? 1 : K);
  enumerate (&attack, 0);
  if (!all_doubtful (&attack))
    g_error ("%s: a covered cell can be worked out (%u unknown, budget left %" G_GUINT64_FORMAT ")", what,
             attack.n_unknown, attack.budget);
}

static void
remember (const XqReportBlock *block, gint64 *truth)
{
  for (guint i = 0; i < (block->rows->len + 1) * block->columns->len; i++)
    truth[i] = (gint64) row_at (block, i / block->columns->len)->cells[i % block->columns->len].number;
}

static gboolean
is_blurred (const XqReportBlock *block, const gint64 *truth)
{
  for (guint i = 0; i < (block->rows->len + 1) * block->columns->len; i++)
    if (truth[i] < K
        && row_at (block, i / block->columns->len)->cells[i % block->columns->len].cover == XQ_COVER_GUARD)
      return TRUE;
  return FALSE;
}

static void
attack_random_tables (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  guint covered = 0;

  for (guint turn = 0; turn < 1500; turn++)
    {
      g_autoptr (XqReport) report = xq_report_new ("t", "t");
      g_autofree char *what = g_strdup_printf ("table %u", turn);
      const guint n_rows = (guint) g_rand_int_range (random, 1, 5);
      const guint n_columns = (guint) g_rand_int_range (random, 1, 5);
      const gboolean relation = n_columns > 1 && g_rand_boolean (random);
      gint64 values[MAX_CELLS];
      gint64 truth[MAX_CELLS];
      XqReportBlock *block;

      for (guint r = 0; r < n_rows; r++)
        {
          gint64 sum = 0;

          for (guint c = n_columns; c-- > 0;)
            {
              const gboolean none = g_rand_int_range (random, 0, 3) == 0;
              gint64 value = none ? 0 : g_rand_int_range (random, 0, turn % 2 == 0 ? 7 : 12);

              if (relation && c == 0)
                value = sum;
              sum += value;
              values[r * n_columns + c] = value;
            }
        }
      block = make_block (report, n_rows, n_columns, values, relation);
      remember (block, truth);
      covered += xq_suppression_apply (block, K);
      assert_nothing_small_is_shown (block);
      assert_cannot_be_worked_out (block, relation, is_blurred (block, truth), what);
    }
  g_assert_cmpuint (covered, >, 1000);
}

/* Two small cells beside a known sum of 8 can only be 4 and 4. */
static void
bounds_alone_betray (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  const gint64 values[] = { 4, 4, 9 };
  XqReportBlock *block = make_block (report, 3, 1, values, FALSE);
  const XqReportRow *third = g_ptr_array_index (block->rows, 2);

  xq_suppression_apply (block, K);
  g_assert_cmpint (third->cells[0].cover, ==, XQ_COVER_GUARD);
  assert_cannot_be_worked_out (block, FALSE, FALSE, "4 and 4");
}

/* Four small ones that add up to less than five can only be one each: the sum must not say <5. */
static void
ones_alone_betray (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  const gint64 values[] = { 1, 1, 1, 1 };
  XqReportBlock *block = make_block (report, 4, 1, values, FALSE);

  xq_suppression_apply (block, K);
  g_assert_cmpint (block->total->cells[0].cover, ==, XQ_COVER_GUARD);
  assert_cannot_be_worked_out (block, FALSE, TRUE, "four ones");
}

static void
shows_what_it_can (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  const gint64 values[] = { 20, 30, 3, 8, 0, 40 };
  XqReportBlock *block = make_block (report, 6, 1, values, FALSE);
  const XqCellCover expected[] = { XQ_COVER_NONE, XQ_COVER_NONE, XQ_COVER_SMALL,
                                   XQ_COVER_GUARD, XQ_COVER_NONE, XQ_COVER_NONE };

  g_assert_cmpuint (xq_suppression_apply (block, K), ==, 2);
  for (guint r = 0; r < G_N_ELEMENTS (expected); r++)
    g_assert_cmpint (row_at (block, r)->cells[0].cover, ==, expected[r]);
  g_assert_cmpfloat (block->total->cells[0].number, ==, 101.0);
}

static void
nothing_small_covers_nothing (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  const gint64 values[] = { 5, 0, 12, 100 };
  XqReportBlock *block = make_block (report, 2, 2, values, FALSE);

  g_assert_cmpuint (xq_suppression_apply (block, K), ==, 0);
  g_assert_cmpfloat (block->total->cells[0].number, ==, 17.0);
}

static void
what_follows_from_a_covered_cell_goes_too (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  XqReportBlock *block = xq_report_add_block (report, "t", "t", XQ_BLOCK_TABLE);
  XqReportColumn *due = xq_report_block_add_column (block, "due", "due", XQ_FORMAT_COUNT);
  XqReportColumn *done = xq_report_block_add_column (block, "done", "done", XQ_FORMAT_COUNT);
  XqReportColumn *rate = xq_report_block_add_column (block, "rate", "rate", XQ_FORMAT_PERCENT);
  const double values[][2] = { { 40, 3 }, { 50, 44 }, { 60, 51 } };
  const XqReportRow *row;

  due->additive = done->additive = TRUE;
  due->about_persons = done->about_persons = TRUE;
  rate->sources = g_strdupv ((char *[]){ (char *) "due", (char *) "done", NULL });
  for (guint r = 0; r < G_N_ELEMENTS (values); r++)
    {
      XqReportRow *new_row = xq_report_block_add_row (block, "r", "r");

      xq_report_cell_set_number (&new_row->cells[0], values[r][0]);
      xq_report_cell_set_number (&new_row->cells[1], values[r][1]);
      xq_report_cell_set_number (&new_row->cells[2], values[r][1] / values[r][0]);
    }
  xq_report_block_sum (block);
  xq_report_cell_set_number (&block->total->cells[2], 98.0 / 150.0);

  xq_suppression_apply (block, K);
  row = row_at (block, 0);
  g_assert_cmpint (row->cells[1].cover, ==, XQ_COVER_SMALL);
  g_assert_cmpint (row->cells[2].cover, ==, XQ_COVER_GUARD);
  row = row_at (block, 1);
  g_assert_cmpint (row->cells[2].cover, ==, row->cells[1].cover);
  g_assert_cmpint (block->total->cells[2].cover, ==, XQ_COVER_NONE);
}

/* A share that is the same to the last printed digit whatever hides behind <5 may stay; one that would tell may not. */
static void
a_share_that_says_nothing_stays (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  XqReportBlock *block = xq_report_add_block (report, "t", "t", XQ_BLOCK_TABLE);
  const char *counts[] = { "tested", "valid", "invalid", "flagged" };
  const double values[][4] = { { 330, 328, 2, 13 }, { 40, 37, 3, 12 }, { 320, 300, 20, 15 }, { 90, 87, 3, 0 } };
  XqReportColumn *share;

  for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      XqReportColumn *column = xq_report_block_add_column (block, counts[c], counts[c], XQ_FORMAT_COUNT);

      column->additive = column->about_persons = TRUE;
    }
  share = xq_report_block_add_column (block, "share", "share", XQ_FORMAT_PERCENT);
  share->sources = g_strdupv ((char *[]){ (char *) "flagged", (char *) "valid", NULL });
  for (guint r = 0; r < G_N_ELEMENTS (values); r++)
    {
      XqReportRow *row = xq_report_block_add_row (block, "r", "r");

      for (guint c = 0; c < 4; c++)
        xq_report_cell_set_number (&row->cells[c], values[r][c]);
      xq_report_cell_set_number (&row->cells[4], xq_report_round_share (values[r][3] / values[r][1]));
    }
  xq_report_block_sum (block);
  xq_report_block_add_relation (block, (const char *[]){ "tested", "valid", "invalid", NULL });
  xq_suppression_apply (block, K);

  /* 13 of 326 to 329 are 4.0 %, whichever it is; 12 of 36 to 39 differ; 0 of anything is 0. */
  for (guint r = 0; r < 4; r++)
    g_assert_cmpint (row_at (block, r)->cells[1].cover, ==, r == 2 ? XQ_COVER_NONE : XQ_COVER_GUARD);
  g_assert_cmpint (row_at (block, 0)->cells[4].cover, ==, XQ_COVER_NONE);
  g_assert_cmpfloat (row_at (block, 0)->cells[4].number, ==, 0.040);
  g_assert_cmpint (row_at (block, 1)->cells[4].cover, ==, XQ_COVER_GUARD);
  g_assert_cmpint (row_at (block, 2)->cells[4].cover, ==, XQ_COVER_NONE);
  g_assert_cmpint (row_at (block, 3)->cells[4].cover, ==, XQ_COVER_NONE);
}

/* A sum that stands elsewhere is never covered; when only 4 and 4 can make it 8, nothing says how large they are. */
static void
a_known_total_stays (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  const gint64 values[] = { 4, 0, 4 };
  const gint64 more[] = { 3, 9, 20 };
  XqReportBlock *block = make_block (report, 3, 1, values, FALSE);
  XqReportBlock *other = make_block (report, 3, 1, more, FALSE);

  block->total_known = other->total_known = TRUE;
  xq_suppression_apply (block, K);
  g_assert_cmpfloat (block->total->cells[0].number, ==, 8.0);
  g_assert_cmpint (row_at (block, 0)->cells[0].cover, ==, XQ_COVER_GUARD);
  g_assert_cmpint (row_at (block, 2)->cells[0].cover, ==, XQ_COVER_GUARD);
  g_assert_cmpfloat (row_at (block, 1)->cells[0].number, ==, 0.0);
  xq_suppression_apply (other, K);
  g_assert_cmpfloat (other->total->cells[0].number, ==, 32.0);
  g_assert_cmpint (row_at (other, 1)->cells[0].cover, ==, XQ_COVER_GUARD);
  g_assert_cmpint (row_at (other, 2)->cells[0].cover, ==, XQ_COVER_NONE);
}

/* Staff and activities are not about anybody in care. */
static void
other_counts_stay (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  const gint64 values[] = { 1, 2, 3, 9 };
  XqReportBlock *block = make_block (report, 2, 2, values, FALSE);
  XqReportColumn *staff = g_ptr_array_index (block->columns, 0);

  staff->about_persons = FALSE;
  xq_suppression_apply (block, K);
  g_assert_cmpfloat (row_at (block, 0)->cells[0].number, ==, 1.0);
  g_assert_cmpint (row_at (block, 0)->cells[1].cover, ==, XQ_COVER_SMALL);
}

/* A district's table: thirteen grades, twenty columns, sums within sums; no stall. */
static void
large_table (void)
{
  g_autoptr (XqReport) report = xq_report_new ("t", "t");
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  XqReportBlock *block = xq_report_add_block (report, "t", "t", XQ_BLOCK_TABLE);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint c = 0; c < 20; c++)
    {
      XqReportColumn *column;

      g_ptr_array_add (ids, g_strdup_printf ("c%02u", c));
      column = xq_report_block_add_column (block, g_ptr_array_index (ids, c), "c", XQ_FORMAT_COUNT);
      column->additive = column->about_persons = TRUE;
    }
  for (guint r = 0; r < 13; r++)
    {
      XqReportRow *row = xq_report_block_add_row (block, "r", "r");

      for (guint group = 0; group < 5; group++)
        {
          double sum = 0;

          for (guint c = 1; c < 4; c++)
            {
              const double value = g_rand_int_range (random, 0, 9);

              xq_report_cell_set_number (&row->cells[group * 4 + c], value);
              sum += value;
            }
          xq_report_cell_set_number (&row->cells[group * 4], sum);
        }
    }
  xq_report_block_sum (block);
  for (guint group = 0; group < 5; group++)
    {
      const char *relation[5] = { NULL };

      for (guint c = 0; c < 4; c++)
        relation[c] = g_ptr_array_index (ids, group * 4 + c);
      xq_report_block_add_relation (block, relation);
    }
  g_assert_cmpuint (xq_suppression_apply (block, K), >, 80);
  assert_nothing_small_is_shown (block);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suppression/attack", attack_random_tables);
  g_test_add_func ("/suppression/bounds", bounds_alone_betray);
  g_test_add_func ("/suppression/ones", ones_alone_betray);
  g_test_add_func ("/suppression/little", shows_what_it_can);
  g_test_add_func ("/suppression/nothing", nothing_small_covers_nothing);
  g_test_add_func ("/suppression/rates", what_follows_from_a_covered_cell_goes_too);
  g_test_add_func ("/suppression/share", a_share_that_says_nothing_stays);
  g_test_add_func ("/suppression/known-total", a_known_total_stays);
  g_test_add_func ("/suppression/others", other_counts_stay);
  g_test_add_func ("/suppression/large", large_table);
  return g_test_run ();
}
