/* A share of the recovery code as it stands on paper.
 *
 * 64 characters of the recovery code's alphabet, in 4 lines of 4 groups of four. The first group says which share it is:
 * 2 bits its number, 6 bits the set, 12 bits the mark of the vault. The other 280 bits are the share itself, as long as the
 * code's own bytes. Of the 16 characters of a line, 15 tell this and the last one is its check: with the characters taken as
 * elements of GF(32) (modulo x^5 + x^2 + 1), the first one multiplied by x^15, the next by x^14 and so on, they add up to
 * the number of the line. No power up to x^30 occurs twice, so that a wrong character is always found, as are two that
 * changed places, and a line that was typed in another's place. Whether two shares are parts of one code is told by the
 * code's checksum, which was split with it: a share alone says nothing of either. */
#pragma once

#include "vault/secret.h"

G_BEGIN_DECLS

#define XQ_SHARE_LINES 4
/* Sets are counted on paper from 1 to this, and from 1 again. */
#define XQ_SHARE_MOST_SETS 63

/**
 * XqShare:
 * @number: 1 to XQ_SHARES
 * @set: 1 to XQ_SHARE_MOST_SETS: the three that were made together have the same
 * @mark: 12 bits that vaults seldom have in common
 * @body: as many bytes as the recovery code has
 */
typedef struct
{
  guint number;
  guint set;
  guint mark;
  XqSecret *body;
} XqShare;

void xq_share_free (XqShare *share);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqShare, xq_share_free)

/* "ABCD-EFGH-…", 16 groups. (transfer full) */
XqSecret *xq_share_write (const XqShare *share);
/* As forgiving as xq_recovery_code_read(). XQ_ERROR_PASSWORD names the first line that is not what was printed; so does
 * @ret_line (nullable), from 1, or it is 0 where no line can be named. (transfer full) */
XqShare *xq_share_read (const char *text, guint *ret_line, GError **error);

/* While it is typed: whether @text is line @line, from 1, of a share. An @error is set only once there are as many characters
 * as a line has, or one that cannot be. */
gboolean xq_share_check_line (const char *text, guint line, GError **error);

G_END_DECLS
