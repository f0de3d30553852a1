/* A new recovery code: the passwords, the new sheet, two of its groups typed back; then renew.h writes the vault anew. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

void xq_renew_dialog_present (GtkWidget *parent, XqSession *session);

G_END_DECLS
