/* Who has not answered yet: to be marked as absent or as having refused, copied, or printed for the class teachers. */
#pragma once

#include "assess/campaign.h"
#include "ui/session.h"

G_BEGIN_DECLS

void xq_missing_dialog_present (GtkWidget *parent, XqSession *session, const XqCampaign *campaign);

G_END_DECLS
