#include "config.h"

#include "base/date.h"

#include <string.h>

#include "base/error.h"

/* Today is Monday, 23 November 2026. */
#define NOW "2026-11-23T09:00:00+08:00"

typedef struct
{
  const char *text;
  const char *iso;
} Pair;

static void
test_birth_spellings (void)
{
  static const Pair pairs[] = {
    { "2012-3-5", "2012-03-05" },          { "2012/03/05", "2012-03-05" },
    { "2012.3.5", "2012-03-05" },          { "2012.03.05.", "2012-03-05" },
    { "20120305", "2012-03-05" },          { "2012年3月5日", "2012-03-05" },
    { "2012年03月05号", "2012-03-05" },    { "2012 年 3 月 5 日", "2012-03-05" },
    { "2012年3月5", "2012-03-05" },        { "二〇一二年三月五日", "2012-03-05" },
    { "二零一二年十一月二十三日", "2012-11-23" }, { "二O一二年三月五日", "2012-03-05" },
    { "二○一二年十月三十日", "2012-10-30" }, { "12年3月5日", "2012-03-05" },
    { "12.3.5", "2012-03-05" },            { "98-03-05", "1998-03-05" },
    { "98/3/5", "1998-03-05" },            { "120305", "2012-03-05" },
    { "980305", "1998-03-05" },            { "2012-03-05 00:00:00", "2012-03-05" },
    { "2012/3/5 0:00", "2012-03-05" },     { "2012/3/5 上午 12:00:00", "2012-03-05" },
    { "2012-03-05T00:00:00", "2012-03-05" }, { "2012-03-04T16:00:00.000Z", "2012-03-05" },
    { "40973", "2012-03-05" },             { "40973.0", "2012-03-05" },
    { "30948", "1984-09-23" },             { "２０１２－０３－０５", "2012-03-05" },
    { "２０１２年３月５日", "2012-03-05" }, { "  2012-03-05\t", "2012-03-05" },
    { "2012 3 5", "2012-03-05" },          { "2012、3、5", "2012-03-05" },
    { "2012。3。5", "2012-03-05" },        { "2012\\3\\5", "2012-03-05" },
    { "2012—3—5", "2012-03-05" },          { "5-Mar-2012", "2012-03-05" },
    { "05-Mar-12", "2012-03-05" },         { "March 5, 2012", "2012-03-05" },
    { "5 March 2012", "2012-03-05" },      { "25/3/2012", "2012-03-25" },
    { "3/25/2012", "2012-03-25" },         { "3/3/2012", "2012-03-03" },
    { "12/25/98", "1998-12-25" },          { "民国101年3月5日", "2012-03-05" },
    { "民國101.3.5", "2012-03-05" },       { "公元2012年3月5日", "2012-03-05" },
    { "2012年3月5日生", "2012-03-05" },    { "2012.03.05出生", "2012-03-05" },
    { "2012年3月5日 星期一", "2012-03-05" }, { "2012年3月5日(周一)", "2012-03-05" },
    { "2012-02-29", "2012-02-29" },        { "2026-11-23", "2026-11-23" },
    { "1900-01-01", "1900-01-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      XqDatePrecision precision = XQ_DATE_MONTH;
      g_autofree char *iso = xq_date_parse_birth (pairs[i].text, &precision, &error);

      g_test_message ("%s", pairs[i].text);
      g_assert_no_error (error);
      g_assert_cmpstr (iso, ==, pairs[i].iso);
      g_assert_cmpint (precision, ==, XQ_DATE_DAY);
    }
}

static void
test_birth_month_only (void)
{
  static const Pair pairs[] = {
    { "2012-03", "2012-03-01" }, { "2012年3月", "2012-03-01" }, { "2012/3", "2012-03-01" },
    { "2012.03", "2012-03-01" }, { "2012.10", "2012-10-01" },   { "201203", "2012-03-01" },
    { "3/2012", "2012-03-01" },  { "二〇一二年三月", "2012-03-01" }, { "2012.2", "2012-02-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      XqDatePrecision precision = XQ_DATE_DAY;
      g_autofree char *iso = xq_date_parse_birth (pairs[i].text, &precision, &error);

      g_test_message ("%s", pairs[i].text);
      g_assert_no_error (error);
      g_assert_cmpstr (iso, ==, pairs[i].iso);
      g_assert_cmpint (precision, ==, XQ_DATE_MONTH);
    }
}

static void
test_birth_refused (void)
{
  /* The second is a word that the reason must hold, in the words of the source. */
  static const Pair pairs[] = {
    { "5/3/2012", "2012-05-03" }, { "12/3/5", "2012-03-05" },   { "5.3.12", "can mean" },
    { "2012.1", "2012-10" },      { "2012", "only a year" },    { "2012年", "only a year" },
    { "2012-02-30", "no day" },   { "2011-02-29", "no day" },   { "2012-13-01", "no day" },
    { "20121301", "no day" },     { "2012年二月初三", "lunar" }, { "农历2012年3月5日", "lunar" },
    { "2026-11-24", "future" },   { "2027-01", "future" },      { "50000", "future" },
    { "1899-12-31", "before 1900" }, { "0221-03-04T16:00:00Z", "not a date" }, { "", "not a date" },      { "不详", "not a date" },
    { "-", "not a date" },        { "12:30", "not a date" },    { "2012-03-05-06", "not a date" },
    { "123", "not a date" },      { "9.1", "not a date" },      { "999999999999", "not a date" },
    { "1-2-3-4-5-6-7-8-9", "not a date" },
    { "25.12.98", "no day" },     { "明天", "not a date" },     { "32/32/2012", "no day" }, { "2012-3-22032", "no day" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      XqDatePrecision precision = 7;
      g_autofree char *iso = xq_date_parse_birth (pairs[i].text, &precision, &error);

      g_test_message ("%s", pairs[i].text);
      g_assert_null (iso);
      g_assert_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, pairs[i].iso));
      if (!g_str_has_suffix (pairs[i].iso, "future"))
        g_assert_cmpint (precision, ==, 7);
    }
}

static void
test_general (void)
{
  g_autofree char *next_year = xq_date_parse ("27.1.5", NULL, NULL);
  g_autofree char *long_ago = xq_date_parse ("58.1.5", NULL, NULL);

  g_assert_cmpstr (next_year, ==, "2027-01-05");
  g_assert_cmpstr (long_ago, ==, "1958-01-05");
}

static void
test_entry (void)
{
  static const Pair pairs[] = {
    { "今天", "2026-11-23" },   { "today", "2026-11-23" },    { "明天", "2026-11-24" },
    { "Tomorrow", "2026-11-24" }, { "后天", "2026-11-25" },   { "後天", "2026-11-25" },
    { "大后天", "2026-11-26" }, { "昨天", "2026-11-22" },     { "3天后", "2026-11-26" },
    { "两周后", "2026-12-07" }, { "+7", "2026-11-30" },       { "周五", "2026-11-27" },
    { "周一", "2026-11-23" },   { "星期日", "2026-11-29" },   { "下周一", "2026-11-30" },
    { "下下周三", "2026-12-09" }, { "上周三", "2026-11-18" }, { "本周五", "2026-11-27" },
    { "週三", "2026-11-25" },   { "fri", "2026-11-27" },      { "9.1", "2026-09-01" },
    { "9-1", "2026-09-01" },    { "9/1", "2026-09-01" },      { "9月1日", "2026-09-01" },
    { "九月一日", "2026-09-01" }, { "1.5", "2027-01-05" },    { "0901", "2026-09-01" },
    { "20260901", "2026-09-01" }, { "2026年11月23日 周一", "2026-11-23" }, { "27.1.5", "2027-01-05" },
    { "2.29", "2028-02-29" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *iso = NULL;

      if (strcmp (pairs[i].text, "2.29") == 0)
        g_setenv ("XINQIAO_NOW", "2028-02-01T09:00:00+08:00", TRUE);
      iso = xq_date_parse_entry (pairs[i].text, &error);
      g_test_message ("%s", pairs[i].text);
      g_assert_no_error (error);
      g_assert_cmpstr (iso, ==, pairs[i].iso);
    }
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
}

static void
test_entry_refused (void)
{
  static const char *const texts[] = { "", "2026-12", "13.40", "周八", "下周", "99999天后", "9.", ".1", "+", "2012", "2.30" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (xq_date_parse_entry (texts[i], &error));
      g_assert_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED);
    }
}

static void
test_arithmetic (void)
{
  g_autofree char *leap = xq_date_add_days ("2028-02-28", 1);
  g_autofree char *back = xq_date_add_days ("2027-01-01", -1);
  g_autofree char *month = xq_date_add_months ("2026-01-31", 1);
  g_autofree char *year_back = xq_date_add_months ("2026-01-31", -1);
  g_autofree char *monday = xq_date_monday ("2026-11-29");
  g_autofree char *same = xq_date_from_number (xq_date_number ("2026-11-23"));

  g_assert_cmpstr (leap, ==, "2028-02-29");
  g_assert_cmpstr (back, ==, "2026-12-31");
  g_assert_cmpstr (month, ==, "2026-02-28");
  g_assert_cmpstr (year_back, ==, "2025-12-31");
  g_assert_cmpstr (monday, ==, "2026-11-23");
  g_assert_cmpstr (same, ==, "2026-11-23");
  g_assert_cmpint (xq_date_days_between ("2026-11-23", "2027-11-23"), ==, 365);
  g_assert_cmpint (xq_date_weekday ("2026-11-23"), ==, 1);
  g_assert_cmpint (xq_date_weekday ("2026-11-29"), ==, 7);
  g_assert_cmpint (xq_date_compare ("2026-11-23", "2026-12-01"), <, 0);
  g_assert_cmpint (xq_date_compare (NULL, "2026-12-01"), <, 0);
  g_assert_cmpint (xq_date_age ("2012-11-23", "2026-11-23"), ==, 14);
  g_assert_cmpint (xq_date_age ("2012-11-24", "2026-11-23"), ==, 13);
  g_assert_cmpint (xq_date_age (NULL, "2026-11-23"), ==, -1);
  g_assert_cmpint (xq_date_age ("2027-01-01", "2026-11-23"), ==, -1);
  /* Asia/Shanghai */
  g_assert_cmpint (xq_date_start ("2026-11-23"), ==, 1795363200);
  g_assert_true (xq_date_is_valid ("2028-02-29"));
  g_assert_false (xq_date_is_valid ("2027-02-29"));
  g_assert_false (xq_date_is_valid ("2027-2-9"));
  g_assert_false (xq_date_is_valid ("2027-02-09 "));
  g_assert_false (xq_date_is_valid (NULL));
  g_assert_null (xq_date_new (2027, 2, 29));
}

static void
test_display (void)
{
  g_autofree char *full = xq_date_display ("2026-11-23");
  g_autofree char *day = xq_date_display_day ("2026-11-03");
  g_autofree char *near = xq_date_display_short ("2026-01-05");
  g_autofree char *far = xq_date_display_short ("2025-01-05");
  g_autofree char *none = xq_date_display (NULL);

  g_assert_cmpstr (full, ==, "2026-11-23 Mon");
  g_assert_cmpstr (day, ==, "2026-11-03");
  g_assert_cmpstr (near, ==, "01-05");
  g_assert_cmpstr (far, ==, "2025-01-05");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/date/birth-spellings", test_birth_spellings);
  g_test_add_func ("/base/date/birth-month-only", test_birth_month_only);
  g_test_add_func ("/base/date/birth-refused", test_birth_refused);
  g_test_add_func ("/base/date/general", test_general);
  g_test_add_func ("/base/date/entry", test_entry);
  g_test_add_func ("/base/date/entry-refused", test_entry_refused);
  g_test_add_func ("/base/date/arithmetic", test_arithmetic);
  g_test_add_func ("/base/date/display", test_display);
  return g_test_run ();
}
