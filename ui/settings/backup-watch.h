/* The daily backup: made by itself while the vault is open, made up for after days without. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* Looks at once and then every ten minutes, for as long as @session is open. Locking stops what is under way; nothing half
 * done stays. */
void xq_backup_watch_start (XqWindow *window, XqSession *session);

G_END_DECLS
