/* BLAKE2b-256 of what is too long to lie in memory. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The same hash as crypto_generichash() of libsodium without a key, by libcrypto, which SQLCipher brings along: it takes half
 * the time, and a backup is hashed twice. */
typedef struct _XqBackupHash XqBackupHash;

XqBackupHash *xq_backup_hash_new (void);
void xq_backup_hash_free (XqBackupHash *hash);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqBackupHash, xq_backup_hash_free)
void xq_backup_hash_update (XqBackupHash *hash, const guint8 *bytes, gsize length);
/* XQ_BACKUP_HASH_BYTES; nothing may follow. */
void xq_backup_hash_end (XqBackupHash *hash, guint8 *ret_hash);

G_END_DECLS
