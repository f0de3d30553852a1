/* A roster's way in: choose the table, see what it would do, correct the columns, then import it as a whole. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* @parent stands in an unlocked window. */
void xq_roster_dialog_present (GtkWidget *parent);
/* The same from a file that is chosen already. */
void xq_roster_dialog_present_file (GtkWidget *parent, XqSession *session, GFile *file);

G_END_DECLS
