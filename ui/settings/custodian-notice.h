/* Said after the seal of the custodian's envelope was broken. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* Says with which password the vault was opened, and offers the counsellor a new one. @window: an opened one */
void xq_custodian_notice_present (GtkWidget *window);

G_END_DECLS
