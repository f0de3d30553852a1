/* Whether a sheet that is typed in belongs to a screening. */
#pragma once

#include "assess/campaign.h"

G_BEGIN_DECLS

/* Whether the questionnaire is one of the screening's. */
gboolean xq_campaign_asks (const XqCampaign *campaign, const char *instrument);
/* Whether the person is on the roster and has not answered yet; %FALSE for nobody (0). */
gboolean xq_campaign_waits_for (XqDatabase *database, const XqCampaign *campaign, gint64 person_id);

G_END_DECLS
