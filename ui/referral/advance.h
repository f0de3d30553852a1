/* The dialog that takes a referral's next step, with what that step must hold. */
#pragma once

#include "referral/referral.h"
#include "ui/session.h"

G_BEGIN_DECLS

/* What the button for a step says: "Ask for consent", "Send the letter" … (transfer none, translated) */
const char *xq_advance_verb (XqReferralState state);
/* Asks what @state needs, takes the step, and says that referrals and care changed. */
void xq_advance_present (GtkWidget *parent, XqSession *session, const XqReferral *referral, XqReferralState state);

G_END_DECLS
