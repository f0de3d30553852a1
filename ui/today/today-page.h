/* Today 今日: the counsellor's day at a glance, and the next thing to do. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_TODAY_PAGE (xq_today_page_get_type ())
G_DECLARE_FINAL_TYPE (XqTodayPage, xq_today_page, XQ, TODAY_PAGE, XqPage)

G_END_DECLS
