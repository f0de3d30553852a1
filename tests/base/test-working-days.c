#include "config.h"

#include "base/clock.h"
#include "base/working-days.h"

/* National Day 2026 with its two make-up days. */
static XqWorkingDays *
national_day (void)
{
  XqWorkingDays *days = xq_working_days_new ();

  for (int day = 1; day <= 7; day++)
    {
      g_autofree char *date = g_strdup_printf ("2026-10-%02d", day);

      xq_working_days_set (days, date, FALSE);
    }
  xq_working_days_set (days, "2026-09-20", TRUE);
  xq_working_days_set (days, "2026-10-10", TRUE);
  return days;
}

static void
test_week (void)
{
  g_autoptr (XqWorkingDays) days = xq_working_days_new ();

  g_assert_true (xq_working_days_is_working (days, "2026-11-23"));  /* Monday */
  g_assert_true (xq_working_days_is_working (days, "2026-11-27"));  /* Friday */
  g_assert_false (xq_working_days_is_working (days, "2026-11-28")); /* Saturday */
  g_assert_false (xq_working_days_is_working (days, "2026-11-29"));
  g_assert_true (xq_working_days_is_working (days, "2026-10-01"));
}

static void
test_exceptions (void)
{
  g_autoptr (XqWorkingDays) days = national_day ();

  g_assert_false (xq_working_days_is_working (days, "2026-10-01"));
  g_assert_true (xq_working_days_is_working (days, "2026-09-20"));
  g_assert_true (xq_working_days_is_working (days, "2026-10-10"));
  xq_working_days_set (days, "2026-10-10", FALSE);
  g_assert_false (xq_working_days_is_working (days, "2026-10-10"));
}

static void
assert_on_or_after (XqWorkingDays *days, const char *date, const char *expected)
{
  g_autofree char *found = xq_working_days_on_or_after (days, date);

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_add (XqWorkingDays *days, const char *date, int count, const char *expected)
{
  g_autofree char *found = xq_working_days_add (days, date, count);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_next (void)
{
  g_autoptr (XqWorkingDays) days = national_day ();

  assert_on_or_after (days, "2026-09-30", "2026-09-30");
  assert_on_or_after (days, "2026-10-01", "2026-10-08");
  assert_on_or_after (days, "2026-10-10", "2026-10-10"); /* a make-up Saturday */
  assert_on_or_after (days, "2026-10-11", "2026-10-12");
  assert_on_or_after (days, "2026-12-31", "2026-12-31");
}

static void
test_add (void)
{
  g_autoptr (XqWorkingDays) days = national_day ();

  assert_add (days, "2026-11-23", 0, "2026-11-23");
  assert_add (days, "2026-11-23", 3, "2026-11-26");
  assert_add (days, "2026-11-26", 3, "2026-12-01"); /* over a weekend */
  assert_add (days, "2026-11-28", 1, "2026-11-30"); /* from a Saturday */
  assert_add (days, "2026-09-29", 3, "2026-10-09"); /* 30 September, 8 and 9 October */
  assert_add (days, "2026-09-29", 4, "2026-10-10");
  assert_add (days, "2026-12-31", 1, "2027-01-01"); /* not a day off as long as nobody says so */
}

static void
test_after (void)
{
  g_autoptr (XqWorkingDays) days = national_day ();
  g_autoptr (GDateTime) from = g_date_time_new_local (2026, 9, 29, 16, 30, 5);
  g_autofree char *to = xq_clock_iso (xq_working_days_after (days, g_date_time_to_unix (from), 3));

  g_assert_true (g_str_has_prefix (to, "2026-10-09T16:30:05"));
}

static void
test_between (void)
{
  g_autoptr (XqWorkingDays) days = national_day ();

  g_assert_cmpint (xq_working_days_between (days, "2026-09-30", "2026-09-30"), ==, 0);
  g_assert_cmpint (xq_working_days_between (days, "2026-09-30", "2026-10-12"), ==, 4);
  g_assert_cmpint (xq_working_days_between (days, "2026-10-12", "2026-09-30"), ==, -4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/working-days/week", test_week);
  g_test_add_func ("/working-days/exceptions", test_exceptions);
  g_test_add_func ("/working-days/next", test_next);
  g_test_add_func ("/working-days/add", test_add);
  g_test_add_func ("/working-days/after", test_after);
  g_test_add_func ("/working-days/between", test_between);
  return g_test_run ();
}
