#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/indicator-private.h"
#include "report/suppression.h"

/* What a reader knows to add up in every row. Columns that mean nearly the same count as well: where they are equal,
 * one must not give away the other. */
static const char *const relations[][5] = {
  { "tested", "valid", "invalid" },
  { "raised", "raised_1", "raised_2", "raised_3" },
  { "raised", "confirmed", "dismissed", "pending" },
  { "confirmed", "confirmed_1", "confirmed_2", "confirmed_3" },
  { "raised", "warned" },
  { "confirmed", "at_risk" },
  { "sent", "referred" },
};

/* Persons by row who have all flags that the indicator needs and none that it excludes. */
static double *
count_persons (const XqCounts *counts, const XqMeasure *measure, int tag)
{
  const guint64 need = measure != NULL ? measure->need : XQ_FLAG_ROSTER | XQ_TAG_FLAG (tag);
  const guint64 lack = measure != NULL ? measure->lack : 0;
  double *by_row = g_new0 (double, xq_term_roster_n_rows (counts->roster));

  for (guint i = 0; i < xq_term_roster_n_persons (counts->roster); i++)
    {
      const guint64 flags = *xq_term_roster_flags (counts->roster, i);

      if ((flags & need) == need && (flags & lack) == 0)
        by_row[xq_term_roster_person_row (counts->roster, i)] += 1.0;
    }
  return by_row;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double first = *(const double *) a;
  const double second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
median (GArray *values)
{
  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare_doubles);
  return (g_array_index (values, double, (values->len - 1) / 2) + g_array_index (values, double, values->len / 2)) / 2.0;
}

static double
median_of_all (const XqCounts *counts)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (double));

  for (guint r = 0; r < xq_term_roster_n_rows (counts->roster); r++)
    g_array_append_vals (all, counts->days[r]->data, counts->days[r]->len);
  return median (all);
}

static double
number_at (const XqReportBlock *table, const XqReportRow *row, const char *id)
{
  const int column = xq_report_block_column_index (table, id);

  return row->cells[column].kind == XQ_VALUE_NUMBER ? row->cells[column].number : NAN;
}

static void
fill_counts (const XqCounts *counts, XqReportBlock *table, guint column)
{
  const XqReportColumn *known = g_ptr_array_index (table->columns, column);
  const XqMeasure *measure = xq_measure_find (known->id);
  const gboolean sum = measure != NULL && measure->kind == XQ_MEASURE_SUM;
  g_autofree double *persons = sum ? NULL : count_persons (counts, measure, xq_measure_tag (known->id));
  double total = 0.0;

  for (guint r = 0; r < table->rows->len; r++)
    {
      XqReportRow *row = g_ptr_array_index (table->rows, r);
      const double n = sum ? counts->sums[r * XQ_SUMS + measure->sum] : persons[r];

      xq_report_cell_set_number (&row->cells[column], n);
      total += n;
    }
  /* Everybody stands in one row only, so the rows add up for persons too. */
  xq_report_cell_set_number (&table->total->cells[column], total);
}

static void
fill_worked_out (const XqCounts *counts, XqReportBlock *table, guint column)
{
  const XqReportColumn *known = g_ptr_array_index (table->columns, column);
  const XqMeasure *measure = xq_measure_find (known->id);

  for (guint r = 0; r <= table->rows->len; r++)
    {
      const gboolean total = r == table->rows->len;
      XqReportRow *row = total ? table->total : g_ptr_array_index (table->rows, r);
      double value;

      if (measure->kind == XQ_MEASURE_MEDIAN)
        value = total ? median_of_all (counts) : median (counts->days[r]);
      else
        {
          const double of = number_at (table, row, measure->sources[1]);

          value = of > 0.0 ? xq_report_round_share (number_at (table, row, measure->sources[0]) / of) : NAN;
        }
      xq_report_cell_set_number (&row->cells[column], value);
    }
}

static void
add_columns (XqReportBlock *table)
{
  g_auto (GStrv) ids = xq_indicator_ids ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const XqMeasure *measure = xq_measure_find (ids[i]);
      XqIndicator known;
      XqReportColumn *column;

      xq_indicator_find (ids[i], &known);
      column = xq_report_block_add_column (table, ids[i], known.title, known.format);
      column->group = g_strdup (known.group);
      column->definition = g_strdup (known.definition);
      column->additive = known.additive;
      column->about_persons = known.about_persons;
      column->manual = known.manual;
      column->level = known.level;
      if (measure != NULL && measure->sources[0] != NULL)
        column->sources = g_strdupv (
            (char *[]){ (char *) measure->sources[0], (char *) measure->sources[1], NULL });
    }
}

/* A grade that nobody was in, and for which nothing is known, is not of this time. */
static void
drop_empty_rows (XqReportBlock *table)
{
  for (guint r = table->rows->len; r-- > 0;)
    {
      const XqReportRow *row = g_ptr_array_index (table->rows, r);
      gboolean empty = TRUE;

      for (guint c = 0; empty && c < row->n_cells; c++)
        empty = row->cells[c].kind != XQ_VALUE_NUMBER || row->cells[c].number == 0.0;
      if (empty)
        g_ptr_array_remove_index (table->rows, r);
    }
}

XqReport *
xq_indicator_table (XqDatabase *database, const XqTime *time, int threshold, const XqProgress *progress,
                    GError **error)
{
  g_autoptr (XqCounts) counts = xq_counts_load (database, time, progress, error);
  XqReport *report;
  XqReportBlock *table;

  if (counts == NULL)
    return NULL;
  report = xq_report_new ("indicators", "");
  table = xq_report_add_block (report, "indicators", "", XQ_BLOCK_TABLE);
  add_columns (table);
  for (guint r = 0; r < xq_term_roster_n_rows (counts->roster); r++)
    xq_report_block_add_row (table, xq_term_roster_row_id (counts->roster, r), xq_term_roster_row_title (counts->roster, r));
  xq_report_block_ensure_total (table);
  for (guint pass = 0; pass < 2; pass++)
    for (guint c = 0; c < table->columns->len; c++)
      {
        const XqReportColumn *column = g_ptr_array_index (table->columns, c);

        if (column->manual)
          continue;
        if (pass == 0 && column->format == XQ_FORMAT_COUNT)
          fill_counts (counts, table, c);
        else if (pass == 1 && column->format != XQ_FORMAT_COUNT)
          fill_worked_out (counts, table, c);
      }
  drop_empty_rows (table);
  for (gsize i = 0; i < G_N_ELEMENTS (relations); i++)
    xq_report_block_add_relation (table, relations[i]);
  if (threshold > 0)
    xq_suppression_apply (table, threshold);
  return report;
}
