/* A follow-up done, postponed or skipped: each wants some words. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

void xq_follow_up_done_dialog (GtkWidget *parent, XqSession *session, gint64 id);
void xq_follow_up_postpone_dialog (GtkWidget *parent, XqSession *session, gint64 id);

G_END_DECLS
