/* A disclosure: entered by hand, and one that was made seen again and ticked off. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* Asks what was told or given, about whom, to whom and on what ground. @person_id: who it was about, 0 to be picked. */
void xq_disclosure_dialog_enter (GtkWidget *parent, XqSession *session, gint64 person_id);
/* What the ledger says of it; a copy that is out can be ticked off as come back or destroyed. */
void xq_disclosure_dialog_show (GtkWidget *parent, XqSession *session, gint64 id);

G_END_DECLS
