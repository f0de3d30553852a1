/* Everything that happened with one person: one column, by month, what is sensitive folded until it is asked for. */
#pragma once

#include "report/timeline.h"
#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_TIMELINE_VIEW (xq_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (XqTimelineView, xq_timeline_view, XQ, TIMELINE_VIEW, GtkWidget)

/* Signal "opened" (int kind, gint64 id): the user wants to see the record of an entry; of a referral's step and a triage
 * @id is the referral's and the warning's.
 * Signal "more": earlier entries are wanted; load the view again. */

GtkWidget *xq_timeline_view_new (void);
/* Shows the newest page and a button for more; @masked leaves the words of the entries out, where names cannot be told from the
 * rest. FALSE with @error when it cannot be read. */
gboolean xq_timeline_view_load (XqTimelineView *self, XqDesk *desk, gint64 person_id, gboolean masked, GError **error);

G_END_DECLS
