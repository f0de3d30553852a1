/* How an entry of the calendar is shown: in the week and in the agenda. */
#pragma once

#include "calendar/entry.h"
#include "ui/session.h"

G_BEGIN_DECLS

/* A word in the column of a day, however narrow. */
GtkWidget *xq_calendar_label_new (const char *text, const char *css_class);
/* On the grid or in the strip of whole days: a button with what can be done with it. */
GtkWidget *xq_calendar_block_new (const XqCalendarEntry *entry, XqSession *session);
/* In a list. */
GtkWidget *xq_calendar_row_new (const XqCalendarEntry *entry, XqSession *session);

G_END_DECLS
