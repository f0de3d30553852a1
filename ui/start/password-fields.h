/* A new password, twice, with a meter of its strength: for a new vault, a recovery, and a change. */
#pragma once

#include "ui/types.h"
#include "vault/secret.h"

G_BEGIN_DECLS

#define XQ_TYPE_PASSWORD_FIELDS (xq_password_fields_get_type ())
G_DECLARE_FINAL_TYPE (XqPasswordFields, xq_password_fields, XQ, PASSWORD_FIELDS, GtkBox)

/* Property "ready" (gboolean, read only): strong enough, and both are the same. Signal "activate". */

GtkWidget *xq_password_fields_new (void);
/* It takes the place of another one: the fields say that it is the new one. */
void xq_password_fields_set_replaces (XqPasswordFields *self);
gboolean xq_password_fields_is_ready (XqPasswordFields *self);
/* (transfer full): the password; both entries are emptied. */
XqSecret *xq_password_fields_take (XqPasswordFields *self);

G_END_DECLS
