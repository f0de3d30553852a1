#include "config.h"

#include "base/working-days.h"

#include "base/clock.h"
#include "base/date.h"

struct _XqWorkingDays
{
  GHashTable *exceptions; /* day's number → WORKING or FREE */
  int monday;             /* the number of some Monday long ago */
};

enum
{
  WORKING = 1,
  FREE = 2,
};

static gboolean
is_working (const XqWorkingDays *days, int number)
{
  int exception = GPOINTER_TO_INT (g_hash_table_lookup (days->exceptions, GINT_TO_POINTER (number)));

  if (exception != 0)
    return exception == WORKING;
  return (number - days->monday) % 7 < 5;
}

XqWorkingDays *
xq_working_days_new (void)
{
  XqWorkingDays *days = g_atomic_rc_box_new0 (XqWorkingDays);

  days->exceptions = g_hash_table_new (NULL, NULL);
  days->monday = xq_date_number ("1900-01-01");
  return days;
}

XqWorkingDays *
xq_working_days_ref (XqWorkingDays *days)
{
  return g_atomic_rc_box_acquire (days);
}

static void
clear (gpointer box)
{
  g_hash_table_unref (((XqWorkingDays *) box)->exceptions);
}

void
xq_working_days_unref (XqWorkingDays *days)
{
  g_atomic_rc_box_release_full (days, clear);
}

void
xq_working_days_set (XqWorkingDays *days, const char *date, gboolean working)
{
  g_return_if_fail (xq_date_is_valid (date));

  g_hash_table_insert (days->exceptions, GINT_TO_POINTER (xq_date_number (date)),
                       GINT_TO_POINTER (working ? WORKING : FREE));
}

gboolean
xq_working_days_is_working (const XqWorkingDays *days, const char *date)
{
  g_return_val_if_fail (xq_date_is_valid (date), FALSE);

  return is_working (days, xq_date_number (date));
}

/* However the exceptions stand, a working day comes within their number and a week. */
static int
next_working (const XqWorkingDays *days, int number)
{
  while (!is_working (days, number))
    number++;
  return number;
}

char *
xq_working_days_on_or_after (const XqWorkingDays *days, const char *date)
{
  g_return_val_if_fail (xq_date_is_valid (date), NULL);

  return xq_date_from_number (next_working (days, xq_date_number (date)));
}

char *
xq_working_days_add (const XqWorkingDays *days, const char *date, int count)
{
  int number;

  g_return_val_if_fail (xq_date_is_valid (date) && count >= 0, NULL);

  number = xq_date_number (date);
  for (int i = 0; i < count; i++)
    number = next_working (days, number + 1);
  return xq_date_from_number (number);
}

gint64
xq_working_days_after (const XqWorkingDays *days, gint64 at, int count)
{
  g_autoptr (GDateTime) from = xq_clock_local (at);
  g_autoptr (GDateTime) to = NULL;
  g_autofree char *start = g_date_time_format (from, "%Y-%m-%d");
  int first = xq_date_number (start);
  int last = first;

  for (int i = 0; i < count; i++)
    last = next_working (days, last + 1);
  to = g_date_time_add_days (from, last - first);
  return g_date_time_to_unix (to);
}

int
xq_working_days_between (const XqWorkingDays *days, const char *from, const char *to)
{
  int first, last, count = 0;

  g_return_val_if_fail (xq_date_is_valid (from) && xq_date_is_valid (to), 0);

  first = xq_date_number (from);
  last = xq_date_number (to);
  for (int day = MIN (first, last) + 1; day <= MAX (first, last); day++)
    if (is_working (days, day))
      count++;
  return last < first ? -count : count;
}
