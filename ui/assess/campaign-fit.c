#include "config.h"

#include "ui/assess/campaign-fit.h"

gboolean
xq_campaign_asks (const XqCampaign *campaign, const char *instrument)
{
  g_auto (GStrv) ids = g_strsplit (campaign->instruments, ",", -1);

  for (char **id = ids; *id != NULL; id++)
    if (g_str_equal (g_strstrip (*id), instrument))
      return TRUE;
  return FALSE;
}

gboolean
xq_campaign_waits_for (XqDatabase *database, const XqCampaign *campaign, gint64 person_id)
{
  XqParticipantState state = XQ_PARTICIPANT_STATES;

  return person_id != 0 && xq_campaign_get_participant (database, campaign->id, person_id, &state, NULL)
         && state != XQ_PARTICIPANT_STATES && state != XQ_PARTICIPANT_DONE;
}
