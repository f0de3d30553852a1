/* The vault itself: where it is, what is in it, whether it is sound. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_VAULT_GROUP (xq_vault_group_get_type ())
G_DECLARE_FINAL_TYPE (XqVaultGroup, xq_vault_group, XQ, VAULT_GROUP, AdwPreferencesGroup)

GtkWidget *xq_vault_group_new (XqSession *session);
void xq_vault_group_load (XqVaultGroup *self);

G_END_DECLS
