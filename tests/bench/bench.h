/* What every bench is made of. A bench takes its turns alternately, ours and the comparison, so that a busy moment of
 * the machine falls on both, and keeps the least of each: what else the machine does only ever adds. It prints one JSON
 * line a comparison; table.py says which. XINQIAO_BENCH_SCALE=0.1 makes the work of those that have a size so much smaller. */
#pragma once

#include <glib.h>
#include <stdio.h>
#include <time.h>

#define BENCH_TURNS 5

/* Microseconds of the clock on the wall, or with XINQIAO_BENCH_CLOCK=processor of what the process itself has used: that
 * tells little of waiting for the disk, but says the same on a machine that does other things as well. */
static inline gint64
bench_now (void)
{
  struct timespec used;

  if (g_strcmp0 (g_getenv ("XINQIAO_BENCH_CLOCK"), "processor") != 0)
    return g_get_monotonic_time ();
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  return (gint64) used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

/* Seconds since a bench_now(). */
static inline double
bench_seconds (gint64 since)
{
  return (double) (bench_now () - since) / G_USEC_PER_SEC;
}

static inline double
bench_least (const double *times, gsize count)
{
  double least = times[0];

  for (gsize i = 1; i < count; i++)
    least = MIN (least, times[i]);
  return least;
}

/* @whole made smaller by XINQIAO_BENCH_SCALE, at least @least. */
static inline guint
bench_size (guint whole, guint least)
{
  const char *scale = g_getenv ("XINQIAO_BENCH_SCALE");
  double wanted = whole * (scale != NULL ? g_ascii_strtod (scale, NULL) : 1);

  return wanted > least ? (guint) wanted : least;
}

static inline void
bench_must (gboolean done, GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "the bench cannot go on");
}

/* @goal is the greatest ratio of ours to the comparison that is wanted. */
static inline void
bench_line (const char *what, double ours, const char *against, double comparison, double goal)
{
  printf ("{\"what\": \"%s\", \"ours\": %.9f, \"against\": \"%s\", \"comparison\": %.9f, \"goal\": %.2f}\n", what, ours,
          against, comparison, goal);
  fflush (stdout);
}

/* @goal is the least ratio of the comparison to ours that is wanted. */
static inline void
bench_line_faster (const char *what, double ours, const char *against, double comparison, double goal)
{
  printf ("{\"what\": \"%s\", \"ours\": %.9f, \"against\": \"%s\", \"comparison\": %.9f, \"goal\": %.2f, \"faster\": true}\n",
          what, ours, against, comparison, goal);
  fflush (stdout);
}
