/* What opens the vault besides the password of every day: the custodian's, and the recovery code. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_KEYS_GROUP (xq_keys_group_get_type ())
G_DECLARE_FINAL_TYPE (XqKeysGroup, xq_keys_group, XQ, KEYS_GROUP, AdwPreferencesGroup)

GtkWidget *xq_keys_group_new (XqSession *session);
void xq_keys_group_load (XqKeysGroup *self);

G_END_DECLS
