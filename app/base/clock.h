/* The present, asked in one place so that a test, a demo or a picture can set it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * xq_clock_now:
 *
 * The present in unix seconds. The environment variable `XINQIAO_NOW` (ISO 8601, local time where no
 * offset is given) sets it for tests and pictures; time then stands still.
 *
 * Returns: unix seconds
 */
gint64 xq_clock_now (void);

/**
 * xq_clock_set:
 * @at: unix seconds, 0 for the present again
 *
 * Makes time stand still at @at, for whoever writes what happened in the past (a demo). Comes before
 * `XINQIAO_NOW`.
 */
void xq_clock_set (gint64 at);

/**
 * xq_clock_today:
 *
 * Returns: (transfer full): today's local date as `2026-11-23`
 */
char *xq_clock_today (void);

/**
 * xq_clock_local:
 * @at: unix seconds
 *
 * Returns: (transfer full): the local time @at
 */
GDateTime *xq_clock_local (gint64 at);

/**
 * xq_clock_iso:
 * @at: unix seconds
 *
 * Returns: (transfer full): the local time with its offset, `2026-11-23T09:02:00+08:00`
 */
char *xq_clock_iso (gint64 at);

/**
 * xq_clock_date:
 * @at: unix seconds
 *
 * Returns: (transfer full): the local date of @at as `2026-11-23`
 */
char *xq_clock_date (gint64 at);

/**
 * xq_clock_display:
 * @at: unix seconds
 *
 * Returns: (transfer full): the local day and time as people read it, `2026年11月28日 周六 09:30`
 */
char *xq_clock_display (gint64 at);

G_END_DECLS
