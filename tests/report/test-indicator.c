#include "config.h"

#include <math.h>
#include <string.h>

#include "school.h"

static XqReport *
table_of (School *school, const XqReportScope *scope, int threshold)
{
  g_autoptr (GError) error = NULL;
  g_auto (XqTime) time = { 0 };
  XqReport *report;

  xq_time_resolve (school->vault.database, scope, &time, &error);
  g_assert_no_error (error);
  report = xq_indicator_table (school->vault.database, &time, threshold, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static double
number_of (XqReport *report, const char *row, const char *column)
{
  XqReportBlock *block = g_ptr_array_index (report->blocks, 0);
  XqReportRow *found = xq_report_block_row (block, row);
  const int at = xq_report_block_column_index (block, column);

  if (found == NULL || at < 0)
    g_error ("no cell %s, %s", row, column);
  g_assert_cmpint (found->cells[at].cover, ==, XQ_COVER_NONE);
  return found->cells[at].kind == XQ_VALUE_NUMBER ? found->cells[at].number : NAN;
}

/* What was counted by hand in school.h: grade 7, 8, 9, nowhere, all; −1 where the row must not be there. */
static void
assert_counts (XqReport *report, const char *column, double seven, double eight, double nine, double all)
{
  const struct
  {
    const char *row;
    double expected;
  } rows[] = { { "grade:7", seven }, { "grade:8", eight }, { "grade:9", nine }, { "total", all } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (fabs (number_of (report, rows[i].row, column) - rows[i].expected) > 1e-9)
      g_error ("%s of %s is %g, not %g", column, rows[i].row, number_of (report, rows[i].row, column), rows[i].expected);
}

static void
counts_of_the_term (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) report = table_of (school, NULL, 0);

  assert_counts (report, "pupils", 29, 41, 34, 104);
  assert_counts (report, "due", 29, 41, 34, 104);
  assert_counts (report, "tested", 29, 41, 28, 98);
  assert_counts (report, "invalid", 0, 6, 0, 6);
  assert_counts (report, "valid", 29, 35, 28, 92);
  assert_counts (report, "coverage", 1, 1, 0.824, 0.942);
  assert_counts (report, "raised", 3, 12, 1, 16);
  assert_counts (report, "raised_1", 1, 0, 0, 1);
  assert_counts (report, "raised_2", 1, 12, 0, 13);
  assert_counts (report, "raised_3", 1, 0, 1, 2);
  assert_counts (report, "confirmed", 2, 12, 0, 14);
  assert_counts (report, "confirmed_1", 1, 0, 0, 1);
  assert_counts (report, "confirmed_2", 0, 12, 0, 12);
  assert_counts (report, "confirmed_3", 1, 0, 0, 1);
  assert_counts (report, "dismissed", 1, 0, 0, 1);
  assert_counts (report, "pending", 0, 0, 1, 1);
  assert_counts (report, "confirmed_rate", 0.069, 0.343, 0, 0.152);
  assert_counts (report, "warned", 3, 12, 1, 16);
  assert_counts (report, "triaged", 3, 12, 0, 15);
  assert_counts (report, "at_risk", 2, 12, 0, 14);
}

static void
care_of_the_term (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) report = table_of (school, NULL, 0);

  assert_counts (report, "new_files", 0, 0, 0, 0);
  assert_counts (report, "cases_opened", 1, 0, 0, 1);
  assert_counts (report, "cases_closed", 0, 1, 0, 1);
  assert_counts (report, "cared", 1, 1, 0, 2);
  assert_counts (report, "sessions", 3, 2, 0, 5);
  assert_counts (report, "persons_seen", 1, 1, 0, 2);
  assert_counts (report, "crises", 1, 0, 0, 2);
  g_assert_cmpfloat (number_of (report, "none", "crises"), ==, 1.0);
  assert_counts (report, "sent", 1, 1, 0, 2);
  assert_counts (report, "attended", 1, 1, 0, 2);
  assert_counts (report, "returned", 1, 0, 0, 1);
  assert_counts (report, "refused", 0, 1, 0, 1);
  assert_counts (report, "referred", 1, 1, 0, 2);
  assert_counts (report, "follow_ups_due", 3, 0, 0, 3);
  assert_counts (report, "follow_ups_on_time", 1, 0, 0, 1);
  assert_counts (report, "tag_left_behind", 7, 0, 0, 7);
  g_assert_cmpfloat (number_of (report, "grade:7", "median_days"), ==, 3.0);
  g_assert_cmpfloat (number_of (report, "grade:8", "median_days"), ==, 4.0);
  g_assert_cmpfloat (number_of (report, "total", "median_days"), ==, 3.5);
  g_assert_true (isnan (number_of (report, "grade:9", "median_days")));
  g_assert_true (isnan (number_of (report, "grade:9", "follow_ups_rate")));
  g_assert_null (xq_report_block_row (g_ptr_array_index (report->blocks, 0), "grade:10"));
}

/* What became of a warning after the time does not change the time's numbers. */
static void
later_triage_does_not_count (School *school, gconstpointer unused)
{
  const XqReportScope september = { 1, 0, "2026-09-01", "2026-09-30" };
  g_autoptr (XqReport) report = table_of (school, &september, 0);

  assert_counts (report, "raised", 3, 12, 1, 16);
  assert_counts (report, "confirmed", 1, 12, 0, 13);
  assert_counts (report, "pending", 1, 0, 1, 2);
  assert_counts (report, "pupils", 30, 40, 35, 105);
  assert_counts (report, "due", 30, 40, 34, 104);
  assert_counts (report, "sessions", 2, 2, 0, 4);
}

/* 201 was in grade 7 then, and nobody else was on the roll. */
static void
last_term_counts_last_term_s_grade (School *school, gconstpointer unused)
{
  const XqReportScope spring = { 1, 1, NULL, NULL };
  g_autoptr (XqReport) report = table_of (school, &spring, 0);
  XqReportBlock *block = g_ptr_array_index (report->blocks, 0);

  g_assert_cmpfloat (number_of (report, "grade:7", "pupils"), ==, 1.0);
  g_assert_cmpfloat (number_of (report, "grade:7", "cases_opened"), ==, 1.0);
  g_assert_cmpfloat (number_of (report, "none", "cases_opened"), ==, 1.0);
  g_assert_cmpfloat (number_of (report, "total", "cared"), ==, 2.0);
  g_assert_null (xq_report_block_row (block, "grade:9"));
}

static void
other_organisations_stay_apart (School *school, gconstpointer unused)
{
  const XqReportScope elsewhere = { 2, 2, NULL, NULL };
  g_autoptr (XqReport) report = table_of (school, &elsewhere, 0);

  g_assert_cmpfloat (number_of (report, "total", "pupils"), ==, 10.0);
  g_assert_cmpfloat (number_of (report, "total", "raised"), ==, 1.0);
  g_assert_cmpfloat (number_of (report, "total", "crises"), ==, 1.0);
  g_assert_cmpfloat (number_of (report, "total", "due"), ==, 0.0);
}

static char *
term_found (School *school, const char *now)
{
  g_auto (XqTime) time = { 0 };
  g_autoptr (GError) error = NULL;

  g_setenv ("XINQIAO_NOW", now, TRUE);
  xq_time_resolve (school->vault.database, NULL, &time, &error);
  g_assert_no_error (error);
  return g_strdup (time.term);
}

static void
present_term_else_last_with_data (School *school, gconstpointer unused)
{
  const struct
  {
    const char *now;
    const char *term;
  } cases[] = {
    { "2026-11-23T09:00:00", "Autumn" },      { "2027-03-23T09:00:00", "Next spring" },
    { "2027-08-01T09:00:00", "Autumn" },      { "2027-02-01T09:00:00", "Autumn" },
    { "2026-08-01T09:00:00", "Spring" },      { "2020-01-01T09:00:00", "Spring" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *term = term_found (school, cases[i].now);

      g_assert_cmpstr (term, ==, cases[i].term);
    }
}

static void
scopes_that_make_no_sense (School *school, gconstpointer unused)
{
  const struct
  {
    XqReportScope scope;
    int code;
  } cases[] = {
    { { 9, 0, NULL, NULL }, XQ_ERROR_NOT_FOUND },
    { { 1, 99, NULL, NULL }, XQ_ERROR_NOT_FOUND },
    { { 1, 0, "2026-09-01", NULL }, XQ_ERROR_REFUSED },
    { { 1, 0, "2026-02-30", "2026-03-01" }, XQ_ERROR_REFUSED },
    { { 1, 0, "2026-09-02", "2026-09-01" }, XQ_ERROR_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (XqTime) time = { 0 };

      g_assert_false (xq_time_resolve (school->vault.database, &cases[i].scope, &time, &error));
      g_assert_error (error, XQ_REPORT_ERROR, cases[i].code);
    }
  school_sql (school, "DELETE FROM term");
  {
    g_autoptr (GError) error = NULL;
    g_auto (XqTime) time = { 0 };

    g_assert_false (xq_time_resolve (school->vault.database, NULL, &time, &error));
    g_assert_error (error, XQ_REPORT_ERROR, XQ_ERROR_NOT_FOUND);
  }
}

static void
every_indicator_defines_itself (void)
{
  g_auto (GStrv) ids = xq_indicator_ids ();

  g_assert_cmpuint (g_strv_length (ids), >, 40);
  for (char **id = ids; *id != NULL; id++)
    {
      XqIndicator known = { 0 };

      g_assert_true (xq_indicator_find (*id, &known));
      g_assert_cmpstr (known.id, ==, *id);
      g_assert_nonnull (known.title);
      g_assert_true (g_str_has_suffix (known.definition, ".") || g_str_has_suffix (known.definition, "。"));
      if (known.format != XQ_FORMAT_COUNT)
        g_assert_false (known.additive);
    }
  g_assert_false (xq_indicator_find ("nothing", &(XqIndicator){ 0 }));
}

int
main (int argc, char **argv)
{
  xq_i18n_init ("en");
  g_test_init (&argc, &argv, NULL);
  add_school_test ("/indicator/screening-and-warnings", counts_of_the_term);
  add_school_test ("/indicator/care", care_of_the_term);
  add_school_test ("/indicator/later-triage", later_triage_does_not_count);
  add_school_test ("/indicator/last-term", last_term_counts_last_term_s_grade);
  add_school_test ("/indicator/organisations", other_organisations_stay_apart);
  add_school_test ("/indicator/term", present_term_else_last_with_data);
  add_school_test ("/indicator/scopes", scopes_that_make_no_sense);
  g_test_add_func ("/indicator/definitions", every_indicator_defines_itself);
  return g_test_run ();
}
