/* Above Today: no backups, an old one, a stick that is not in, a drill that is due. Silent when all is well. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

GtkWidget *xq_backup_banner_new (void);
/* Looks again; @page is the one that the banner stands in. */
void xq_backup_banner_load (GtkWidget *banner, XqPage *page);

G_END_DECLS
