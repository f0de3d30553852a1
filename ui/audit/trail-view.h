/* What was done, newest first: by person, action and day; the chain verified; an old code found. */
#pragma once

#include "report/model.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_TRAIL_VIEW (xq_trail_view_get_type ())
G_DECLARE_FINAL_TYPE (XqTrailView, xq_trail_view, XQ, TRAIL_VIEW, GtkWidget)

GtkWidget *xq_trail_view_new (XqSession *session);
void xq_trail_view_load (XqTrailView *self);
/* Walks the whole chain and says above the list whether it holds, and which row is the first that does not. */
void xq_trail_view_verify (XqTrailView *self);
/* Says above the list whether the code of an old paper stands in today's chain, and since when. */
void xq_trail_view_find_code (XqTrailView *self, const char *code);
/* What the filter lets through, as a ledger. (transfer full) */
XqReport *xq_trail_view_report (XqTrailView *self, GError **error);

G_END_DECLS
