/* The dialog in which a session note is written, kept as a draft or signed. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* A new note about somebody. */
void xq_note_dialog_present (GtkWidget *parent, XqSession *session, gint64 person_id);

G_END_DECLS
