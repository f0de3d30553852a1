/* The old password, a new one twice, and the change. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

void xq_password_dialog_present (GtkWidget *parent, XqSession *session);

G_END_DECLS
