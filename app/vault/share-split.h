/* Shamir's secret sharing as Botan has it (RTSS, draft-mcgrew-tss-03): the one place where C++ is spoken. No exception
 * comes out of it, and what it holds lies in Botan's wiped memory. Private to this room. */
#pragma once

#include "vault/secret.h"

G_BEGIN_DECLS

#define XQ_SHARES        3
#define XQ_SHARES_NEEDED 2

/* Splits @secret so that any two of three shares give it back, while one alone fits every secret of that length equally
 * well. @ret_shares: XQ_SHARES of them in their order, each as long as @secret (transfer full). FALSE when the system has
 * no random numbers or no memory. */
gboolean xq_share_split (XqSecret *secret, XqSecret **ret_shares);
/* What two shares of one secret were split from, and anything at all for two of different ones: what is split must carry
 * a checksum. The numbers are those of the shares, from 1; they differ. NULL when there is no memory. (transfer full) */
XqSecret *xq_share_join (XqSecret *first, guint first_number, XqSecret *second, guint second_number);

G_END_DECLS
