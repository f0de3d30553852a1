/* The calendar for other programs, as iCalendar (RFC 5545). It leaves the vault, so it says nothing that was
 * typed: no name, title, place or remark, only what kind of appointment stands when. */
#pragma once

#include <gio/gio.h>

#include "calendar/entry.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_ICALENDAR_NO_NAMES,
  XQ_ICALENDAR_INITIALS, /* "Interview · ZS" */
} XqIcalendarNames;

/**
 * xq_icalendar_format:
 * @database: whose vault it is: two vaults never give two entries one UID
 * @entries: (element-type XqCalendarEntry): what to write; cancelled ones carry STATUS:CANCELLED
 * @names: how much of a person is said
 * @error: XQ_CALENDAR_ERROR or XQ_VAULT_ERROR
 *
 * UIDs stay the same from export to export, so that a second import changes instead of doubling. The same
 * entries at the same time (base/clock.h) give the same bytes.
 *
 * Returns: (transfer full): the text, CRLF line ends
 */
char *xq_icalendar_format (XqDatabase *database, GPtrArray *entries, XqIcalendarNames names, GError **error);
/* The same for whoever writes it out at once; entered in the disclosure ledger. (transfer full) */
char *xq_icalendar_hand_out (XqDatabase *database, GPtrArray *entries, XqIcalendarNames names, GError **error);
/* The same into @path, replacing it as a whole; entered in the ledger with the file or not at all. */
gboolean xq_icalendar_export (XqDatabase *database, GPtrArray *entries, XqIcalendarNames names,
                              const char *path, GError **error);

G_END_DECLS
