/* What the other rooms know and lend to a referral letter: what people reported, the latest screening results, what
 * the school has done. The letter itself drops what consent did not release. */
#pragma once

#include "assess/instrument-set.h"
#include "care/care.h"
#include "referral/letter.h"

G_BEGIN_DECLS

/* The letter of a referral with its facts. (transfer full) */
XqLetter *xq_letter_with_facts (XqCare *care, XqInstrumentSet *set, gint64 referral_id, GError **error);

G_END_DECLS
