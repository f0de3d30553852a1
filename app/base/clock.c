#include "config.h"

#include "base/clock.h"

#include "base/date.h"

static gint64 still;

void
xq_clock_set (gint64 at)
{
  __atomic_store_n (&still, at, __ATOMIC_RELAXED);
}

gint64
xq_clock_now (void)
{
  const char *set = g_getenv ("XINQIAO_NOW");
  gint64 at_rest = __atomic_load_n (&still, __ATOMIC_RELAXED);

  if (at_rest != 0)
    return at_rest;
  if (set != NULL)
    {
      g_autoptr (GTimeZone) here = g_time_zone_new_local ();
      g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (set, here);

      if (at != NULL)
        return g_date_time_to_unix (at);
    }
  return g_get_real_time () / G_USEC_PER_SEC;
}

char *
xq_clock_today (void)
{
  return xq_clock_date (xq_clock_now ());
}

GDateTime *
xq_clock_local (gint64 at)
{
  return g_date_time_new_from_unix_local (at);
}

char *
xq_clock_iso (gint64 at)
{
  g_autoptr (GDateTime) local = xq_clock_local (at);

  return g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z");
}

/* Asked for today's date once a row, an import would spend a good part of its time in calendars. */
char *
xq_clock_date (gint64 at)
{
  static _Thread_local gint64 last_at = G_MININT64;
  static _Thread_local char last_date[16];

  if (at != last_at)
    {
      g_autoptr (GDateTime) local = xq_clock_local (at);
      g_autofree char *date = g_date_time_format (local, "%Y-%m-%d");

      g_strlcpy (last_date, date, sizeof last_date);
      last_at = at;
    }
  return g_strdup (last_date);
}

char *
xq_clock_display (gint64 at)
{
  g_autofree char *date = xq_clock_date (at);
  g_autofree char *day = xq_date_display (date);
  g_autoptr (GDateTime) local = xq_clock_local (at);
  g_autofree char *time = g_date_time_format (local, "%H:%M");

  return g_strdup_printf ("%s %s", day, time);
}
