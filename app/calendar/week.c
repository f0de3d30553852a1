/* A week laid out for the screen. */
#include "config.h"

#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "calendar/entry.h"
#include "calendar/working-day.h"

void
xq_calendar_day_free (XqCalendarDay *day)
{
  g_free (day->date);
  g_free (day->name);
  g_ptr_array_unref (day->entries);
  g_free (day);
}

void
xq_calendar_week_free (XqCalendarWeek *week)
{
  if (week == NULL)
    return;
  g_ptr_array_unref (week->days);
  g_free (week->title);
  g_free (week);
}

/* Those of @entries that touch @date; borrowed. */
static GPtrArray *
entries_of (GPtrArray *entries, const char *date)
{
  g_autofree char *next = xq_date_add_days (date, 1);
  gint64 from = xq_date_start (date);
  gint64 to = xq_date_start (next);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      const XqCalendarEntry *entry = g_ptr_array_index (entries, i);

      if (entry->starts_at < to && entry->ends_at > from)
        g_ptr_array_add (found, (gpointer) entry);
    }
  xq_calendar_sort (found);
  return found;
}

static void
name_days (GPtrArray *days, GPtrArray *exceptions)
{
  for (guint i = 0; i < days->len; i++)
    for (guint j = 0; j < exceptions->len; j++)
      {
        XqCalendarDay *day = g_ptr_array_index (days, i);
        const XqDayException *exception = g_ptr_array_index (exceptions, j);

        if (strcmp (day->date, exception->date) == 0)
          day->name = g_strdup (exception->name);
      }
}

/* The title of the first school week that one of the days lies in. */
static char *
week_title (GPtrArray *days, GPtrArray *terms)
{
  for (guint i = 0; i < days->len; i++)
    for (guint j = 0; j < terms->len; j++)
      {
        const XqCalendarDay *day = g_ptr_array_index (days, i);
        char *title = xq_term_week_display (g_ptr_array_index (terms, j), day->date);

        if (title != NULL)
          return title;
      }
  return NULL;
}

XqCalendarWeek *
xq_calendar_week (XqDatabase *database, const char *date, GPtrArray *entries, GError **error)
{
  g_autoptr (XqCalendarWeek) week = g_new0 (XqCalendarWeek, 1);
  g_autoptr (XqWorkingDays) working = xq_working_days_load (database, error);
  g_autoptr (GPtrArray) terms = working != NULL ? xq_term_list (database, error) : NULL;
  g_autoptr (GPtrArray) exceptions = NULL;
  g_autofree char *monday = xq_date_monday (date);
  g_autofree char *sunday = xq_date_add_days (monday, 6);
  g_autofree char *today = xq_clock_today ();

  week->days = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_calendar_day_free);
  if (terms == NULL)
    return NULL;
  exceptions = xq_day_exception_list (database, monday, sunday, error);
  if (exceptions == NULL)
    return NULL;
  for (int i = 0; i < 7; i++)
    {
      XqCalendarDay *day = g_new0 (XqCalendarDay, 1);

      day->date = xq_date_add_days (monday, i);
      day->today = strcmp (day->date, today) == 0;
      day->working = xq_working_days_is_working (working, day->date);
      day->school_time = xq_term_school_time (terms, day->date);
      day->entries = entries_of (entries, day->date);
      g_ptr_array_add (week->days, day);
    }
  name_days (week->days, exceptions);
  week->title = week_title (week->days, terms);
  return g_steal_pointer (&week);
}
