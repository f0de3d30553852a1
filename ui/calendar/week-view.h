/* Seven days side by side, the hours from top to bottom; what overlaps stands side by side. */
#pragma once

#include "calendar/entry.h"
#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_WEEK_VIEW (xq_week_view_get_type ())
G_DECLARE_FINAL_TYPE (XqWeekView, xq_week_view, XQ, WEEK_VIEW, GtkWidget)

/* Signal "picked" (gint64): an empty place was clicked; unix seconds, on the half hour. */

/* Makes the widget that stands for an entry. */
typedef GtkWidget *(*XqWeekBlock) (const XqCalendarEntry *entry, gpointer user_data);

GtkWidget *xq_week_view_new (XqWeekBlock block, gpointer user_data);
/* Shows @week; it is read during the call only. */
void xq_week_view_set_week (XqWeekView *self, const XqCalendarWeek *week);
/* The hours stand at the start, in this many pixels; it follows the size of the text. */
int xq_week_view_axis_width (XqWeekView *self);

G_END_DECLS
