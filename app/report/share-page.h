/* One paper share of the recovery code 分片 on one A4 page: what it is and is not, its characters, how two of them are used,
 * where it is kept, who took it. */
#pragma once

#include "report/page.h"
#include "vault/shares.h"

G_BEGIN_DECLS

/**
 * xq_share_to_pages:
 * @name: what the vault's organisation is called
 * @set: that it belongs to
 * @index: which of them, from 0; the document keeps a copy, wiped when it is freed
 *
 * Returns: (transfer full): one page
 */
XqPageDocument *xq_share_to_pages (const char *name, const XqShareSet *set, guint index);

/* "Share 2 of 3", translated. (transfer full) */
char *xq_share_title (guint index);

G_END_DECLS
