/* Three paper shares of the recovery code: who keeps them, the password, then each sheet in its turn. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* Over @owner, which @done is told of whenever what is recorded of shares has changed. */
void xq_shares_dialog_present (GtkWidget *owner, XqSession *session, void (*done) (GtkWidget *owner));

G_END_DECLS
