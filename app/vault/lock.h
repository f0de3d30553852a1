/* One program at a time has a vault open. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kernel lets go of the lock when its holder dies, so that nothing is left to clean up after a crash.
 * Returns a descriptor to close, or -1 with XQ_ERROR_BUSY. */
int xq_lock_take (const char *folder, GError **error);

/* Beside the holder, others may make backups, but not while the vault is written under a new key. Both lock the folder
 * itself; both return a descriptor to close, or -1 with XQ_ERROR_BUSY: */

/* For who works beside the holder; any number may. */
int xq_lock_take_beside (const char *folder, GError **error);
/* For the holder, while there must be nobody beside him. */
int xq_lock_take_from_beside (const char *folder, GError **error);

G_END_DECLS
