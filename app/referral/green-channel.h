/* Inside the referral room: the green channel's clocks. */
#pragma once

#include "referral/referral.h"

G_BEGIN_DECLS

/* What a clock measures. */
typedef enum
{
  XQ_CLOCK_SENT,
  XQ_CLOCK_ATTENDED,
  XQ_CLOCK_RESULT,
  XQ_CLOCK_REASK,
  XQ_CLOCKS,
} XqReferralClockKind;

/**
 * xq_green_channel_due:
 * @channel: the green channel
 * @lane: which lane's clock
 * @kind: which of its clocks
 * @from: unix seconds that it counts from
 *
 * Returns: unix seconds when the clock runs out
 */
gint64 xq_green_channel_due (const XqGreenChannel *channel, XqReferralLane lane, XqReferralClockKind kind,
                             gint64 from);

XqDatabase *xq_green_channel_database (const XqGreenChannel *channel);
/* The last second of the local day of the ISO @date. */
gint64 xq_green_channel_end_of_day (const char *date);

G_END_DECLS
