/* What the report room adds to the library that writes workbooks, and to one pass over a term's rows. */
#include "config.h"

#include <glib/gstdio.h>
#include <xlsxwriter.h>

#include "../report/sample.h"
#include "../report/school.h"
#include "bench.h"
#include "years-sample.h"
#include "report/output.h"
#include "report/workbook.h"

#define COLUMNS 20
#define YEARS   10

/* -- workbook */

static double
write_ours (const XqReport *report, const char *path)
{
  const gint64 started = bench_now ();
  GError *error = NULL;

  bench_must (xq_workbook_write (report, path, NULL, &error), error);
  return bench_seconds (started);
}

/* The library alone: the same cells in the same mode, its parts in memory like ours. */
static double
write_bare (const XqReport *report, const char *path)
{
  const gint64 started = bench_now ();
  g_autofree char *folder = xq_output_private_folder ();
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = folder };
  lxw_workbook *book = workbook_new_opt (path, &options);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "ledger");
  lxw_format *plain = workbook_add_format (book);
  lxw_format *counts = workbook_add_format (book);
  const XqReportBlock *block = g_ptr_array_index (report->blocks, 0);

  format_set_border (plain, LXW_BORDER_THIN);
  format_set_border (counts, LXW_BORDER_THIN);
  format_set_num_format (counts, "#,##0");
  for (guint r = 0; r < block->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (block->rows, r);

      worksheet_write_string (sheet, r, 0, row->title, plain);
      for (guint c = 0; c < row->n_cells; c++)
        if (row->cells[c].kind == XQ_VALUE_NUMBER)
          worksheet_write_number (sheet, r, (lxw_col_t) (c + 1), row->cells[c].number, counts);
        else
          worksheet_write_string (sheet, r, (lxw_col_t) (c + 1), row->cells[c].text, plain);
    }
  bench_must (workbook_close (book) == LXW_NO_ERROR, NULL);
  xq_output_remove_folder (folder);
  return bench_seconds (started);
}

static double
write_python (const char *path, guint rows)
{
  g_autofree char *script = g_build_filename (XQ_BENCH_FOLDER, "report_xlsxwriter.py", NULL);
  g_autofree char *count = g_strdup_printf ("%u", rows);
  g_autofree char *columns = g_strdup_printf ("%d", COLUMNS);
  const char *const command[] = { "python3", script, path, count, columns, NULL };
  g_autofree char *output = NULL;

  bench_must (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL), NULL);
  return g_ascii_strtod (output, NULL);
}

static void
bench_workbook (void)
{
  const guint rows = bench_size (40000, 100);
  g_autoptr (XqReport) report = sample_ledger (rows, COLUMNS);
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.xlsx", NULL);
  g_autofree char *what = g_strdup_printf ("workbook of %u rows x %d", rows, COLUMNS);
  double ours[BENCH_TURNS], bare[BENCH_TURNS], python[BENCH_TURNS];

  for (guint turn = 0; turn < BENCH_TURNS; turn++)
    {
      ours[turn] = write_ours (report, path);
      g_unlink (path);
      bare[turn] = write_bare (report, path);
      g_unlink (path);
      python[turn] = write_python (path, rows);
      g_unlink (path);
    }
  bench_line (what, bench_least (ours, BENCH_TURNS), "libxlsxwriter alone", bench_least (bare, BENCH_TURNS), 1.15);
  bench_line_faster (what, bench_least (ours, BENCH_TURNS), "Python XlsxWriter", bench_least (python, BENCH_TURNS), 3);
  fixture_remove (folder);
}

/* -- bureau-term */

static void
open_school (School *school, int years, int pupils)
{
  fixture_set_up (&school->vault, NULL);
  bench_add_years (school->vault.database, years, pupils);
}

static double
run_report (School *school)
{
  const gint64 started = bench_now ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReport) report = xq_report_run (school->vault.database, "bureau-term", NULL, NULL, &error);

  bench_must (report != NULL, error);
  return bench_seconds (started);
}

/* Every row that the term has, read once, every number of it looked at. */
static double
read_term (School *school)
{
  static const char *const passes[] = {
    ("SELECT m.person_id, m.unit_id, m.from_date, m.to_date, p.organisation_id, p.kind, p.created_at FROM membership m"
     " JOIN person p ON p.id = m.person_id WHERE m.to_date IS NULL"),
    "SELECT p.person_id, p.state FROM campaign c JOIN participant p ON p.campaign_id = c.id WHERE c.from_date >= '2027-02-20'",
    "SELECT person_id, campaign_id, complete, valid FROM assessment WHERE taken_on >= '2027-02-20'",
    "SELECT person_id, raised_level, id FROM warning WHERE raised_at >= unixepoch ('2027-02-20')",
    "SELECT warning_id, outcome, level FROM triage WHERE at >= unixepoch ('2027-02-20')",
    "SELECT person_id, at FROM session_note WHERE at >= unixepoch ('2027-02-20')",
    "SELECT person_id, state, done_at FROM follow_up WHERE first_due_on >= '2027-02-20'",
  };
  const gint64 started = bench_now ();
  gint64 sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (passes); i++)
    {
      g_autoptr (XqStatement) row = xq_database_query (school->vault.database, NULL, passes[i], XQ_END);

      while (xq_statement_step (row, NULL) == XQ_STEP_ROW)
        for (int column = 0; column < xq_statement_columns (row); column++)
          sum += xq_statement_integer (row, column);
    }
  bench_must (sum != 0, NULL);
  return bench_seconds (started);
}

static void
bench_bureau (void)
{
  const int pupils = (int) bench_size (40000, 300) / 3 * 3;
  g_autofree char *what = g_strdup_printf ("bureau-term, %d people, %d years of terms", pupils, YEARS);
  School old = { 0 };
  School young = { 0 };
  double ours[BENCH_TURNS], pass[BENCH_TURNS], first[BENCH_TURNS];

  open_school (&old, YEARS, pupils);
  open_school (&young, 1, pupils);
  run_report (&old);
  run_report (&young);
  for (guint turn = 0; turn < BENCH_TURNS; turn++)
    {
      ours[turn] = run_report (&old);
      pass[turn] = read_term (&old);
      first[turn] = run_report (&young);
    }
  bench_line (what, bench_least (ours, BENCH_TURNS), "one pass over the term's rows", bench_least (pass, BENCH_TURNS), 2);
  bench_line (what, bench_least (ours, BENCH_TURNS), "the same with 1 year", bench_least (first, BENCH_TURNS), 1.15);
  fixture_tear_down (&old.vault, NULL);
  fixture_tear_down (&young.vault, NULL);
}

int
main (int argc, char **argv)
{
  xq_i18n_init ("en");
  bench_workbook ();
  bench_bureau ();
  return 0;
}
