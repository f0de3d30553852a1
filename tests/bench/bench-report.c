/* What the report room adds to the library that writes workbooks, and to one pass over a term's rows. Prints one JSON
 * line each; see table.py. Medians of turns that are taken alternately. */
#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <xlsxwriter.h>

#include "../report/sample.h"
#include "../report/school.h"
#include "report/output.h"
#include "report/workbook.h"

#define TURNS   5
#define COLUMNS 20
#define YEARS   10

static double
scale (void)
{
  const char *set = g_getenv ("XINQIAO_BENCH_SCALE");

  return set != NULL ? g_ascii_strtod (set, NULL) : 1.0;
}

static void
must (gboolean done, GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "the bench cannot go on");
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *times)
{
  qsort (times, TURNS, sizeof *times, compare);
  return times[TURNS / 2];
}

static double
seconds (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / G_USEC_PER_SEC;
}

static void
print_line (const char *what, const char *against, double ours, double comparison, double goal, gboolean faster)
{
  printf ("{\"what\": \"%s\", \"against\": \"%s\", \"ours\": %.6f, \"comparison\": %.6f, \"ratio\": %.3f, \"goal\": %.2f,"
          " \"faster\": %s}\n",
          what, against, ours, comparison, faster ? comparison / ours : ours / comparison, goal, faster ? "true" : "false");
  fflush (stdout);
}

/* -- workbook */

static double
write_ours (const XqReport *report, const char *path)
{
  const gint64 started = g_get_monotonic_time ();
  GError *error = NULL;

  must (xq_workbook_write (report, path, NULL, &error), error);
  return seconds (started);
}

/* The library alone: the same cells in the same mode, its parts in memory like ours. */
static double
write_bare (const XqReport *report, const char *path)
{
  const gint64 started = g_get_monotonic_time ();
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
  must (workbook_close (book) == LXW_NO_ERROR, NULL);
  xq_output_remove_folder (folder);
  return seconds (started);
}

static double
write_python (const char *path, guint rows)
{
  g_autofree char *script = g_build_filename (XQ_BENCH_FOLDER, "report_xlsxwriter.py", NULL);
  g_autofree char *count = g_strdup_printf ("%u", rows);
  g_autofree char *columns = g_strdup_printf ("%d", COLUMNS);
  const char *const command[] = { "python3", script, path, count, columns, NULL };
  g_autofree char *output = NULL;

  must (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL), NULL);
  return g_ascii_strtod (output, NULL);
}

static void
bench_workbook (void)
{
  const guint rows = (guint) (40000 * scale ());
  g_autoptr (XqReport) report = sample_ledger (rows, COLUMNS);
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.xlsx", NULL);
  double ours[TURNS], bare[TURNS], python[TURNS];

  for (guint turn = 0; turn < TURNS; turn++)
    {
      ours[turn] = write_ours (report, path);
      g_unlink (path);
      bare[turn] = write_bare (report, path);
      g_unlink (path);
      python[turn] = write_python (path, rows);
      g_unlink (path);
    }
  print_line ("workbook of 40,000 rows x 20", "libxlsxwriter alone", median (ours), median (bare), 1.15, FALSE);
  print_line ("workbook of 40,000 rows x 20", "Python XlsxWriter", median (ours), median (python), 3.0, TRUE);
  fixture_remove (folder);
}

/* -- bureau-term */

/* A school year: a third of the pupils leaves, a third is new; everybody moves up and is screened in both terms. */
static void
add_year (School *school, int year, int pupils)
{
  const int first = 1 + (year - (2027 - YEARS)) * (pupils / 3);
  g_autofree char *persons = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      " INSERT INTO person (id, organisation_id, kind, name, sex, state, created_at, updated_at)"
      " SELECT i, 1, 'student', '单小雨' || i, 'unknown', 'active', unixepoch ('%d-09-01'), 1 FROM n"
      " WHERE i NOT IN (SELECT id FROM person WHERE id BETWEEN %d AND %d)",
      first, first + pupils - 1, year, first, first + pupils - 1);
  g_autofree char *closed
      = g_strdup_printf ("UPDATE membership SET to_date = '%d-08-31' WHERE to_date IS NULL", year);
  g_autofree char *memberships = g_strdup_printf (
      "INSERT INTO membership (person_id, unit_id, from_date) SELECT id, 7 + (id - %d) * 3 / %d, '%d-09-01' FROM person"
      " WHERE id BETWEEN %d AND %d",
      first, pupils, year, first, first + pupils - 1);

  school_sql (school, persons);
  school_sql (school, closed);
  school_sql (school, memberships);
  for (int term = 0; term < 2; term++)
    {
      const char *from = term == 0 ? "09-01" : "02-20";
      const char *to = term == 0 ? "01-20" : "07-05";
      const int begins = year + (term == 1);
      const int ends = year + 1;
      const int campaign = 2 * year + term;
      g_autofree char *terms = g_strdup_printf ("INSERT INTO term (school_year, number, name, from_date, to_date) VALUES"
                                                " ('%d-%d', %d, 'x', '%d-%s', '%d-%s')",
                                                year, year + 1, term + 1, begins, from, ends, to);
      g_autofree char *campaigns
          = g_strdup_printf ("INSERT INTO campaign (id, organisation_id, title, instruments, from_date, state, created_at)"
                             " VALUES (%d, 1, 'x', 'phq9', '%d-%s', 'closed', 1)",
                             campaign, begins, from);
      g_autofree char *participants
          = g_strdup_printf ("INSERT INTO participant (campaign_id, person_id, unit_id, state) SELECT %d, person_id, unit_id, 'done'"
                             " FROM membership WHERE to_date IS NULL",
                             campaign);
      g_autofree char *assessments = g_strdup_printf (
          "INSERT INTO assessment (person_id, campaign_id, instrument, taken_at, taken_on, entered, answers, missing, complete,"
          " valid, created_at) SELECT person_id, %d, 'phq9', 1, date ('%d-%s', '+14 days'), 'import', '[0,1,0,2,1,0,0,1,0]', 0, 1,"
          " person_id %% 90 > 0, 1 FROM participant WHERE campaign_id = %d",
          campaign, begins, from, campaign);
      g_autofree char *warnings = g_strdup_printf (
          "INSERT INTO warning (person_id, level, raised_level, state, source, raised_at, due_at) SELECT person_id, 1 + person_id %% 3,"
          " 1 + person_id %% 3, 'dismissed', 'rule', unixepoch ('%d-%s') + 1300000, 1 FROM participant"
          " WHERE campaign_id = %d AND person_id %% 13 = 0",
          begins, from, campaign);
      g_autofree char *triages = g_strdup_printf (
          "INSERT INTO triage (warning_id, at, outcome, level) SELECT id, raised_at + 86400, 'confirmed', level FROM warning"
          " WHERE raised_at = unixepoch ('%d-%s') + 1300000 AND person_id %% 26 = 0",
          begins, from);
      g_autofree char *notes = g_strdup_printf (
          "INSERT INTO session_note (person_id, at, kind, text, signed_at) SELECT person_id, unixepoch ('%d-%s') + 1500000, 'counselling',"
          " 'x', 1 FROM participant WHERE campaign_id = %d AND person_id %% 20 = 0",
          begins, from, campaign);
      g_autofree char *follow_ups = g_strdup_printf (
          "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state, done_at) SELECT person_id, 'level',"
          " date ('%d-%s', '+30 days'), date ('%d-%s', '+30 days'), 'done', unixepoch ('%d-%s') + 2500000 FROM participant"
          " WHERE campaign_id = %d AND person_id %% 26 = 0",
          begins, from, begins, from, begins, from, campaign);
      const char *const all[] = { terms, campaigns, participants, assessments, warnings, triages, notes, follow_ups };

      for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        school_sql (school, all[i]);
    }
}

static void
open_school (School *school, int years, int pupils)
{
  g_setenv ("XINQIAO_NOW", "2027-07-10T09:00:00", TRUE);
  fixture_set_up (&school->vault, NULL);
  school_sql (school, "DELETE FROM term");
  school_sql (school, "INSERT INTO unit (id, organisation_id, parent_id, kind, name, key, position) VALUES"
                      " (7, 1, NULL, 'grade', '7', 'grade:7', 7), (8, 1, NULL, 'grade', '8', 'grade:8', 8),"
                      " (9, 1, NULL, 'grade', '9', 'grade:9', 9)");
  for (int year = 2027 - years; year < 2027; year++)
    add_year (school, year, pupils);
  school_sql (school, "ANALYZE");
}

static double
run_report (School *school)
{
  const gint64 started = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReport) report = xq_report_run (school->vault.database, "bureau-term", NULL, NULL, &error);

  must (report != NULL, error);
  return seconds (started);
}

/* Every row that the term has, read once, every number of it looked at. */
static double
read_term (School *school)
{
  static const char *const passes[] = {
    "SELECT m.person_id, m.unit_id, m.from_date, m.to_date, p.organisation_id, p.kind, p.created_at FROM membership m"
    " JOIN person p ON p.id = m.person_id WHERE m.to_date IS NULL",
    "SELECT p.person_id, p.state FROM campaign c JOIN participant p ON p.campaign_id = c.id WHERE c.from_date >= '2027-02-20'",
    "SELECT person_id, campaign_id, complete, valid FROM assessment WHERE taken_on >= '2027-02-20'",
    "SELECT person_id, raised_level, id FROM warning WHERE raised_at >= unixepoch ('2027-02-20')",
    "SELECT warning_id, outcome, level FROM triage WHERE at >= unixepoch ('2027-02-20')",
    "SELECT person_id, at FROM session_note WHERE at >= unixepoch ('2027-02-20')",
    "SELECT person_id, state, done_at FROM follow_up WHERE first_due_on >= '2027-02-20'",
  };
  const gint64 started = g_get_monotonic_time ();
  gint64 sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (passes); i++)
    {
      g_autoptr (XqStatement) row = xq_database_query (school->vault.database, NULL, passes[i], XQ_END);

      while (xq_statement_step (row, NULL) == XQ_STEP_ROW)
        for (int column = 0; column < xq_statement_columns (row); column++)
          sum += xq_statement_integer (row, column);
    }
  must (sum != 0, NULL);
  return seconds (started);
}

static void
bench_bureau (void)
{
  const int pupils = (int) (40000 * scale ()) / 3 * 3;
  School old = { 0 };
  School young = { 0 };
  double ours[TURNS], pass[TURNS], first[TURNS];

  open_school (&old, YEARS, pupils);
  open_school (&young, 1, pupils);
  run_report (&old);
  run_report (&young);
  for (guint turn = 0; turn < TURNS; turn++)
    {
      ours[turn] = run_report (&old);
      pass[turn] = read_term (&old);
      first[turn] = run_report (&young);
    }
  print_line ("bureau-term, 40,000 people, 10 years of terms", "one pass over the term's rows", median (ours), median (pass), 2.0,
              FALSE);
  print_line ("bureau-term, 40,000 people, 10 years of terms", "the same with 1 year", median (ours), median (first), 1.15, FALSE);
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
