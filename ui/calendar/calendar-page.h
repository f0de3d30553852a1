/* The week and the agenda: appointments, follow-ups that are due, days of campaigns. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_CALENDAR_PAGE (xq_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (XqCalendarPage, xq_calendar_page, XQ, CALENDAR_PAGE, XqPage)

G_END_DECLS
