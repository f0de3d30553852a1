/* From a backup to a vault: the file, what is in it, the password or the recovery code, a folder, and it opens. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_RESTORE (xq_restore_get_type ())
G_DECLARE_FINAL_TYPE (XqRestore, xq_restore, XQ, RESTORE, AdwNavigationPage)

/* @folder: where the vault is to be unless another is chosen. */
XqRestore *xq_restore_new (const char *folder);

G_END_DECLS
