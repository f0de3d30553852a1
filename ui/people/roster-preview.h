/* What a roster would do, and the choices before it does. */
#pragma once

#include "people/roster-import.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_ROSTER_PREVIEW (xq_roster_preview_get_type ())
G_DECLARE_FINAL_TYPE (XqRosterPreview, xq_roster_preview, XQ, ROSTER_PREVIEW, GtkWidget)

/* Signal "remapped" (gchararray field, gchararray header): the user says that the column @header holds @field; "" for
 * either says that there is no such field, or that the column holds nothing. */

GtkWidget *xq_roster_preview_new (XqSession *session);
/* @roster is read during the call only. */
void xq_roster_preview_set_roster (XqRosterPreview *self, XqRoster *roster);
/* Tags that the user does not want, %NULL-ended. (transfer full) */
char **xq_roster_preview_except_tags (XqRosterPreview *self);
/* Whether those who are missing from the table are to be marked as having left. */
gboolean xq_roster_preview_marks_left (XqRosterPreview *self);

G_END_DECLS
