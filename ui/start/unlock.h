/* Asks for the password of a vault. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_UNLOCK (xq_unlock_get_type ())
G_DECLARE_FINAL_TYPE (XqUnlock, xq_unlock, XQ, UNLOCK, AdwNavigationPage)

XqUnlock *xq_unlock_new (const char *folder);

/* How a vault's folder is called on screen: "Default vault", or the folder's own name. (transfer full) */
char *xq_vault_display_name (const char *folder);

G_END_DECLS
