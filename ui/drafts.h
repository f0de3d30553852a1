/* What was typed and not saved before the vault was opened this time: a plain word about it at the top of the window, and a
 * list from which each form is opened again as it was, or thrown away. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* A banner, hidden when there is nothing. */
GtkWidget *xq_drafts_banner_new (XqSession *session);

G_END_DECLS
