/* One paper share as it is typed: a field for each of its lines, which is compared with its check while it is typed, so that
 * a mistake is said beside the line. */
#pragma once

#include "ui/types.h"
#include "vault/secret.h"

G_BEGIN_DECLS

#define XQ_TYPE_SHARE_FIELDS (xq_share_fields_get_type ())
G_DECLARE_FINAL_TYPE (XqShareFields, xq_share_fields, XQ, SHARE_FIELDS, GtkBox)

/* Property "title" (construct only): "First share". Property "ready" (gboolean, read only): all lines are right; notified
 * again whenever a line changes meanwhile. Signal "activate": Enter in the last line. */

/* (transfer full): the share; the fields keep it. */
XqSecret *xq_share_fields_dup (XqShareFields *self);
gboolean xq_share_fields_is_ready (XqShareFields *self);
/* What is wrong with the whole share (nullable). */
void xq_share_fields_say (XqShareFields *self, const char *text);
void xq_share_fields_clear (XqShareFields *self);

G_END_DECLS
