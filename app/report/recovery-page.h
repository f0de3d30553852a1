/* The recovery sheet 恢复单 on one A4 page: the code, how it is used, where it is kept, who took it. */
#pragma once

#include "report/page.h"

G_BEGIN_DECLS

/**
 * xq_recovery_to_pages:
 * @name: what the vault's organisation is called
 * @code: the recovery code, "ABCD-EFGH-…"; the document keeps a copy, wiped when it is freed
 * @renewed: whether the vault had another code before
 *
 * Returns: (transfer full): one page
 */
XqPageDocument *xq_recovery_to_pages (const char *name, const char *code, gboolean renewed);

G_END_DECLS
