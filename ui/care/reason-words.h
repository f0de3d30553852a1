/* Why a warning was raised, as it may be shown now. */
#pragma once

#include "care/warning.h"
#include "ui/session.h"

G_BEGIN_DECLS

/* One reason in words: what a score said in full; of what somebody reported, while names are masked, only who reported it.
 * (transfer full) */
char *xq_reason_words (XqSession *session, XqCare *care, const XqWarningReason *reason);

G_END_DECLS
