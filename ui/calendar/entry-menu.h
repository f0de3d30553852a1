/* How an entry of the calendar is told, and what can be done with it. */
#pragma once

#include "calendar/entry.h"
#include "ui/session.h"

G_BEGIN_DECLS

/* "张三 · 个别辅导", the name masked while names are. (transfer full) */
char *xq_calendar_entry_title (XqSession *session, const XqCalendarEntry *entry);
/* What it is without who: its own words, or what its kind is called; while names are masked always the latter. */
const char *xq_calendar_entry_what (XqSession *session, const XqCalendarEntry *entry);
/* "" for none, and while names are masked. */
const char *xq_calendar_entry_place (XqSession *session, const XqCalendarEntry *entry);
/* "10:20–11:00", or that it takes the whole day. (transfer full) */
char *xq_calendar_entry_times (const XqCalendarEntry *entry);
/* Actions "calendar.…" of the page, with the record's id. (transfer full) */
GMenuModel *xq_calendar_entry_menu (const XqCalendarEntry *entry);

G_END_DECLS
