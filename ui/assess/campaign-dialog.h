/* A new screening: what is asked, of whom, from when to when. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

void xq_campaign_dialog_present (GtkWidget *parent, XqSession *session);

G_END_DECLS
