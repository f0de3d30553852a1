/* The screenings, newest first, and beside them how one of them goes. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_CAMPAIGNS_VIEW (xq_campaigns_view_get_type ())
G_DECLARE_FINAL_TYPE (XqCampaignsView, xq_campaigns_view, XQ, CAMPAIGNS_VIEW, GtkWidget)

GtkWidget *xq_campaigns_view_new (XqSession *session);
/* Reads them in a thread; the one that was chosen stays so. */
void xq_campaigns_view_load (XqCampaignsView *self);

G_END_DECLS
