/* Terms, school weeks, school holidays, working days. */
#include "config.h"

#include <string.h>

#include "base/date.h"
#include "calendar/term.h"
#include "calendar/working-day.h"

#include "../care/care-fixture.h"

static void
assert_term (XqTerm *found, const char *expected)
{
  g_autoptr (XqTerm) term = found;
  g_autofree char *code = term != NULL ? xq_term_code (term) : NULL;

  g_assert_cmpstr (code, ==, expected);
}

static void
test_for_date (Desk *desk, gconstpointer unused)
{
  XqDatabase *database = desk->vault.database;

  assert_term (xq_term_for_date (database, "2026-11-23", NULL), "2026-2027-1");
  assert_term (xq_term_for_date (database, "2026-09-01", NULL), "2026-2027-1");
  assert_term (xq_term_for_date (database, "2027-01-29", NULL), "2026-2027-1");
  assert_term (xq_term_for_date (database, "2027-01-30", NULL), NULL);
  assert_term (xq_term_for_date (database, "2026-08-31", NULL), NULL);
}

static void
test_current (Desk *desk, gconstpointer unused)
{
  XqDatabase *database = desk->vault.database;

  assert_term (xq_term_current (database, NULL), "2026-2027-1");
  now_is ("2026-08-15T09:00:00"); /* the last one that has begun */
  assert_term (xq_term_current (database, NULL), "2025-2026-2");
  now_is ("2030-01-01T09:00:00");
  assert_term (xq_term_current (database, NULL), "2026-2027-2");
  now_is ("2020-01-01T09:00:00"); /* none has begun: the first there is */
  assert_term (xq_term_current (database, NULL), "2025-2026-1");
  must_sql (database, "DELETE FROM term");
  assert_term (xq_term_current (database, NULL), NULL);
}

static void
test_find (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  assert_term (xq_term_find (desk->vault.database, "2025-2026-2", NULL), "2025-2026-2");
  assert_term (xq_term_find (desk->vault.database, "3", NULL), "2026-2027-1");
  assert_term (xq_term_find (desk->vault.database, "2026–2027, second term", NULL), "2026-2027-2");
  g_assert_null (xq_term_find (desk->vault.database, "1999", &error));
  g_assert_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "2026-2027-1"));
}

static void
test_weeks (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqTerm) term = xq_term_for_date (desk->vault.database, "2026-11-23", NULL);
  g_autofree char *words = xq_term_week_display (term, "2026-11-22");

  /* 1 September 2026 is a Tuesday: its week is the first. */
  g_assert_cmpint (xq_term_week (term, "2026-08-31"), ==, 0);
  g_assert_cmpint (xq_term_week (term, "2026-09-01"), ==, 1);
  g_assert_cmpint (xq_term_week (term, "2026-09-06"), ==, 1);
  g_assert_cmpint (xq_term_week (term, "2026-09-07"), ==, 2);
  g_assert_cmpint (xq_term_week (term, "2026-11-22"), ==, 12);
  g_assert_cmpint (xq_term_week (term, "2026-11-23"), ==, 13);
  g_assert_cmpint (xq_term_week (term, "2027-01-30"), ==, 0);
  g_assert_cmpstr (words, ==, "Week 12");
  g_assert_null (xq_term_week_display (term, "2027-02-01"));
}

static void
test_school_time (Desk *desk, gconstpointer unused)
{
  g_autoptr (GPtrArray) terms = xq_term_list (desk->vault.database, NULL);

  g_assert_cmpint (xq_term_school_time (terms, "2025-08-31"), ==, XQ_SCHOOL_TIME_UNKNOWN);
  g_assert_cmpint (xq_term_school_time (terms, "2025-09-01"), ==, XQ_SCHOOL_TIME_TERM);
  g_assert_cmpint (xq_term_school_time (terms, "2026-02-10"), ==, XQ_SCHOOL_TIME_WINTER_HOLIDAY);
  g_assert_cmpint (xq_term_school_time (terms, "2026-07-11"), ==, XQ_SCHOOL_TIME_SUMMER_HOLIDAY);
  g_assert_cmpint (xq_term_school_time (terms, "2026-08-31"), ==, XQ_SCHOOL_TIME_SUMMER_HOLIDAY);
  g_assert_cmpint (xq_term_school_time (terms, "2027-07-10"), ==, XQ_SCHOOL_TIME_UNKNOWN);
  g_assert_cmpstr (xq_school_time_label (XQ_SCHOOL_TIME_WINTER_HOLIDAY), ==, "Winter holiday");
  g_assert_null (xq_school_time_label (XQ_SCHOOL_TIME_TERM));
}

static XqTerm *
term_of (const char *year, int number, const char *from, const char *to)
{
  XqTerm *term = xq_term_new ();

  term->school_year = g_strdup (year);
  term->number = number;
  term->name = g_strdup ("本校");
  term->from_date = g_strdup (from);
  term->to_date = g_strdup (to);
  return term;
}

static void
test_save (Desk *desk, gconstpointer unused)
{
  static const struct
  {
    const char *year;
    int number;
    const char *from;
    const char *to;
    const char *says;
  } cases[] = {
    { "2027-2029", 1, "2027-09-01", "2028-01-20", "2026-2027" },
    { "27-28", 1, "2027-09-01", "2028-01-20", "2026-2027" },
    { "2027-2028", 4, "2027-09-01", "2028-01-20", "1, 2 or 3" },
    { "2027-2028", 1, "2027-09-01", "2027-09-01", "end after" },
    { "2027-2028", 1, "2027-07-09", "2028-01-20", "overlaps" },
    { "2026-2027", 2, "2027-09-01", "2028-01-20", "already has" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqTerm) good = term_of ("2027-2028", 1, "2027-09-01", "2028-01-20");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XqTerm) term = term_of (cases[i].year, cases[i].number, cases[i].from, cases[i].to);

      g_assert_false (xq_term_save (desk->vault.database, term, &error));
      assert_refused (error, cases[i].says);
    }
  xq_term_save (desk->vault.database, good, &error);
  g_assert_no_error (error);
  g_set_str (&good->to_date, "2028-01-25");
  xq_term_save (desk->vault.database, good, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT to_date FROM term WHERE school_year = '2027-2028'", "2028-01-25");
  xq_term_delete (desk->vault.database, good->id, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM term", 4);
}

/* What the State Council announced, day by day. */
static void
test_shipped_days (Desk *desk, gconstpointer unused)
{
  static const char *const off[] = {
    "2025-01-01 2025-01-01", "2025-01-28 2025-02-04", "2025-04-04 2025-04-06", "2025-05-01 2025-05-05",
    "2025-05-31 2025-06-02", "2025-10-01 2025-10-08", "2026-01-01 2026-01-03", "2026-02-15 2026-02-23",
    "2026-04-04 2026-04-06", "2026-05-01 2026-05-05", "2026-06-19 2026-06-21", "2026-09-25 2026-09-27",
    "2026-10-01 2026-10-07",
  };
  static const char *const working[] = {
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04",
    "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
  };
  int days = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (off); i++)
    {
      g_auto (GStrv) range = g_strsplit (off[i], " ", 2);

      for (int day = xq_date_number (range[0]); day <= xq_date_number (range[1]); day++, days++)
        {
          g_autofree char *date = xq_date_from_number (day);

          g_assert_false (xq_working_days_is_working (desk->days, date));
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (working); i++)
    {
      g_assert_true (xq_working_days_is_working (desk->days, working[i]));
      /* A make-up day is always a weekend's. */
      g_assert_cmpint (xq_date_weekday (working[i]), >=, 6);
    }
  assert_number (desk->vault.database, "SELECT count (*) FROM day_exception WHERE working = 0", days);
  assert_number (desk->vault.database, "SELECT count (*) FROM day_exception WHERE working = 1",
                 G_N_ELEMENTS (working));
  assert_text (desk->vault.database, "SELECT name FROM day_exception WHERE date = '2026-10-10'",
               "Make-up day (National Day)");
}

static void
test_install_twice (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  must_sql (desk->vault.database, "UPDATE term SET to_date = '2027-01-22' WHERE id = 3");
  must_sql (desk->vault.database, "UPDATE day_exception SET working = 1 WHERE date = '2026-10-07'");
  xq_calendar_install_defaults (desk->vault.database, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM term", 4);
  assert_text (desk->vault.database, "SELECT to_date FROM term WHERE id = 3", "2027-01-22");
  assert_number (desk->vault.database, "SELECT working FROM day_exception WHERE date = '2026-10-07'", 1);
}

static void
test_edit_days (Desk *desk, gconstpointer unused)
{
  XqDatabase *database = desk->vault.database;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqWorkingDays) days = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autofree char *name = NULL;

  xq_day_exception_set (database, "2026-11-27", FALSE, "校运会", &error);
  g_assert_no_error (error);
  xq_day_exception_set (database, "2026-11-28", TRUE, "补课", &error);
  g_assert_no_error (error);
  days = xq_working_days_load (database, &error);
  g_assert_false (xq_working_days_is_working (days, "2026-11-27"));
  g_assert_true (xq_working_days_is_working (days, "2026-11-28"));
  name = xq_day_exception_name (database, "2026-11-27", &error);
  g_assert_cmpstr (name, ==, "校运会");
  g_assert_null (xq_day_exception_name (database, "2026-11-26", &error));
  listed = xq_day_exception_list (database, "2026-11-01", "2026-11-30", &error);
  g_assert_cmpuint (listed->len, ==, 2);
  xq_day_exception_set (database, "2026-11-27", TRUE, "照常", &error);
  xq_day_exception_remove (database, "2026-11-28", &error);
  g_assert_no_error (error);
  assert_number (database, "SELECT count (*) FROM audit WHERE entity = 'day_exception'", 4);
  g_assert_false (xq_day_exception_remove (database, "2026-11-28", &error));
  g_assert_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (xq_day_exception_set (database, "2026-02-30", FALSE, "x", &error));
  assert_refused (error, "2026-02-30");
  g_assert_false (xq_day_exception_set (database, "2026-02-28", FALSE, "", &error));
  assert_refused (error, "called");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/term/for-date", test_for_date);
  add_desk_test ("/term/current", test_current);
  add_desk_test ("/term/find", test_find);
  add_desk_test ("/term/weeks", test_weeks);
  add_desk_test ("/term/school-time", test_school_time);
  add_desk_test ("/term/save", test_save);
  add_desk_test ("/days/shipped", test_shipped_days);
  add_desk_test ("/days/install-twice", test_install_twice);
  add_desk_test ("/days/edit", test_edit_days);
  return g_test_run ();
}
