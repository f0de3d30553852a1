/* How one screening goes: who has answered, by class, in a heat map and in a table, and what can be done about it. */
#pragma once

#include "assess/campaign.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_COVERAGE_VIEW (xq_coverage_view_get_type ())
G_DECLARE_FINAL_TYPE (XqCoverageView, xq_coverage_view, XQ, COVERAGE_VIEW, GtkWidget)

GtkWidget *xq_coverage_view_new (XqSession *session);
void xq_coverage_view_show (XqCoverageView *self, const XqCampaign *campaign);

/* "2026年9月7日 – 9月30日", or only from when. (transfer full) */
char *xq_coverage_dates (const XqCampaign *campaign);

G_END_DECLS
