/* Which days are working days: Monday to Friday, but for holidays and make-up days. The rooms that count
 * deadlines share this arithmetic; calendar/working-day keeps the days and loads them from the vault. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _XqWorkingDays XqWorkingDays;

/* Saturday and Sunday are free, nothing else is. */
XqWorkingDays *xq_working_days_new (void);
XqWorkingDays *xq_working_days_ref (XqWorkingDays *days);
void xq_working_days_unref (XqWorkingDays *days);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqWorkingDays, xq_working_days_unref)

/* Makes the ISO @date a holiday or a make-up working day. Only before the object is shared. */
void xq_working_days_set (XqWorkingDays *days, const char *date, gboolean working);

gboolean xq_working_days_is_working (const XqWorkingDays *days, const char *date);

/**
 * xq_working_days_on_or_after:
 * @days: the days
 * @date: ISO date
 *
 * Returns: (transfer full): @date when it is a working day, else the next one
 */
char *xq_working_days_on_or_after (const XqWorkingDays *days, const char *date);

/**
 * xq_working_days_add:
 * @days: the days
 * @date: ISO date
 * @count: how many working days, 0 or more
 *
 * Returns: (transfer full): the @count-th working day after @date; @date itself for 0
 */
char *xq_working_days_add (const XqWorkingDays *days, const char *date, int count);

/**
 * xq_working_days_after:
 * @days: the days
 * @at: unix seconds
 * @count: how many working days, 0 or more
 *
 * Returns: the same local time of day on the @count-th working day after @at, in unix seconds
 */
gint64 xq_working_days_after (const XqWorkingDays *days, gint64 at, int count);

/* Working days from the day after @from up to @to; negative when @to is before @from. */
int xq_working_days_between (const XqWorkingDays *days, const char *from, const char *to);

G_END_DECLS
