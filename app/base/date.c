#include "config.h"

#include "base/date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"

typedef struct
{
  int year;
  int month;
  int day;
} Day;

static gboolean
read_day (const char *iso, Day *ret_day)
{
  static const char shape[] = "dddd-dd-dd";

  for (gsize i = 0; i < sizeof shape; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (iso[i]) : iso[i] != shape[i])
      return FALSE;
  ret_day->year = (iso[0] - '0') * 1000 + (iso[1] - '0') * 100 + (iso[2] - '0') * 10 + (iso[3] - '0');
  ret_day->month = (iso[5] - '0') * 10 + (iso[6] - '0');
  ret_day->day = (iso[8] - '0') * 10 + (iso[9] - '0');
  return g_date_valid_dmy (ret_day->day, ret_day->month, ret_day->year);
}

static Day
day_of (const char *iso)
{
  Day day = { 1, 1, 1 };

  if (!read_day (iso, &day))
    g_critical ("“%s” is not a date", iso);
  return day;
}

static char *
iso_of (const GDate *date)
{
  return xq_date_new (g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

gboolean
xq_date_is_valid (const char *iso)
{
  Day day;

  return iso != NULL && read_day (iso, &day);
}

/* The last @count decimal digits of @value. */
static void
write_digits (char *at, int count, int value)
{
  for (; count > 0; value /= 10)
    at[--count] = (char) ('0' + value % 10);
}

char *
xq_date_new (int year, int month, int day)
{
  char *date;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31
      || !g_date_valid_dmy (day, month, year))
    return NULL;
  /* An import makes one for each row: printf would take longer than all of the checks. */
  date = g_strdup ("0000-00-00");
  write_digits (date, 4, year);
  write_digits (date + 5, 2, month);
  write_digits (date + 8, 2, day);
  return date;
}

int
xq_date_number (const char *iso)
{
  Day day = day_of (iso);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day.day, day.month, day.year);
  return (int) g_date_get_julian (&date);
}

char *
xq_date_from_number (int number)
{
  GDate date;

  g_return_val_if_fail (number > 0, NULL);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, number);
  return iso_of (&date);
}

char *
xq_date_add_days (const char *iso, int days)
{
  return xq_date_from_number (xq_date_number (iso) + days);
}

char *
xq_date_add_months (const char *iso, int months)
{
  Day day = day_of (iso);
  int month = day.year * 12 + (day.month - 1) + months;
  int last = g_date_get_days_in_month (month % 12 + 1, month / 12);

  return xq_date_new (month / 12, month % 12 + 1, MIN (day.day, last));
}

int
xq_date_compare (const char *a, const char *b)
{
  return g_strcmp0 (a, b);
}

int
xq_date_days_between (const char *from, const char *to)
{
  return xq_date_number (to) - xq_date_number (from);
}

int
xq_date_weekday (const char *iso)
{
  return (xq_date_number (iso) - 1) % 7 + 1;
}

char *
xq_date_monday (const char *iso)
{
  return xq_date_add_days (iso, 1 - xq_date_weekday (iso));
}

int
xq_date_age (const char *birth, const char *on)
{
  Day then, now;

  if (birth == NULL || xq_date_compare (birth, on) > 0)
    return -1;
  then = day_of (birth);
  now = day_of (on);
  return now.year - then.year - (now.month * 100 + now.day < then.month * 100 + then.day ? 1 : 0);
}

gint64
xq_date_start (const char *iso)
{
  Day day = day_of (iso);
  g_autoptr (GDateTime) start = g_date_time_new_local (day.year, day.month, day.day, 0, 0, 0);

  return g_date_time_to_unix (start);
}

const char *
xq_date_weekday_name (int weekday)
{
  static const char *const names[] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                       N_ ("Fri"), N_ ("Sat"), N_ ("Sun") };

  g_return_val_if_fail (weekday >= 1 && weekday <= 7, "");

  return _ (names[weekday - 1]);
}

char *
xq_date_display (const char *iso)
{
  Day day;

  if (iso == NULL)
    return g_strdup ("");
  day = day_of (iso);
  /* Translators: year, month, day, weekday: “2026年11月23日 周一” */
  return g_strdup_printf (_ ("%1$04d-%2$02d-%3$02d %4$s"), day.year, day.month, day.day,
                          xq_date_weekday_name (xq_date_weekday (iso)));
}

char *
xq_date_display_day (const char *iso)
{
  Day day;

  if (iso == NULL)
    return g_strdup ("");
  day = day_of (iso);
  /* Translators: year, month, day: “2026年11月23日” */
  return g_strdup_printf (_ ("%1$04d-%2$02d-%3$02d"), day.year, day.month, day.day);
}

char *
xq_date_display_short (const char *iso)
{
  g_autofree char *today = NULL;
  Day day;

  if (iso == NULL)
    return g_strdup ("");
  today = xq_clock_today ();
  if (strncmp (today, iso, 4) != 0)
    return xq_date_display_day (iso);
  day = day_of (iso);
  /* Translators: month, day: “11月23日” */
  return g_strdup_printf (_ ("%1$02d-%2$02d"), day.month, day.day);
}
