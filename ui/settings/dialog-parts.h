/* What the dialogs around passwords are made of. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* The content of @dialog: a column under a header. */
GtkWidget *xq_dialog_column (AdwDialog *dialog, const char *title);
GtkWidget *xq_dialog_password_new (const char *title);
/* Words over the whole width, quiet. */
GtkWidget *xq_dialog_note_new (const char *text);
/* Where what went wrong is said; hidden until xq_dialog_message_set() with a text. */
GtkWidget *xq_dialog_message_new (void);
void xq_dialog_message_set (GtkWidget *message, const char *text);
/* The button at the end. */
GtkWidget *xq_dialog_action_new (const char *label);

G_END_DECLS
