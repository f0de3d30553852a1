/* Two paper shares as they are typed, side by side where there is room; whether they belong together is said as soon as
 * both are there. */
#pragma once

#include "ui/types.h"
#include "vault/secret.h"

G_BEGIN_DECLS

#define XQ_TYPE_SHARE_PAIR (xq_share_pair_get_type ())
G_DECLARE_FINAL_TYPE (XqSharePair, xq_share_pair, XQ, SHARE_PAIR, AdwBin)

/* Signals "changed"; "activate": Enter in the last line. */

/* Whether there is a recovery code that the two are of. */
gboolean xq_share_pair_is_ready (XqSharePair *self);
/* Both shares (transfer full); the fields keep them. */
void xq_share_pair_dup (XqSharePair *self, XqSecret **ret_first, XqSecret **ret_second);
/* The recovery code that they are of; %NULL while they are not ready. (transfer full) */
XqSecret *xq_share_pair_join (XqSharePair *self);
void xq_share_pair_clear (XqSharePair *self);

G_END_DECLS
