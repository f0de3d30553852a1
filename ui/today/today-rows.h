/* The rows of today's page: what is to be done, and what stands in the calendar. */
#pragma once

#include "report/today.h"
#include "ui/session.h"

G_BEGIN_DECLS

/* Fills @list (a boxed list) with warnings, follow-ups and referrals, the most urgent on top, @most of them at most. Returns how
 * many there are. */
guint xq_today_fill_to_do (GtkListBox *list, XqSession *session, const XqToday *today, guint most);
/* Fills @list with today's appointments. */
void xq_today_fill_schedule (GtkListBox *list, XqSession *session, const XqToday *today);

G_END_DECLS
