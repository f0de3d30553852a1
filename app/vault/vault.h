/* The vault: a folder with `vault.db` (SQLCipher under a random raw key) and `keyslots.json` (that key, wrapped
 * under passwords). This room opens it, keeps its key in guarded memory and hands out connections. It stands
 * on base/ alone, knows nothing of what the tables mean, and never writes a key or a password anywhere.
 *
 * The folder (0700, its files 0600):
 *   vault.db            SQLCipher 4 with its defaults, raw key x'64 hex digits'; application_id "XQVT"; user_version
 *                       is the number of the last of data/schema/
 *   vault.db-wal, -shm  SQLite's own, while it is open
 *   keyslots.json       the key, wrapped (below); keyslots.json.bak is the same again
 *   lock                flock()ed by the one program that has the vault open, whose process id it holds
 *   attempts.json       wrong passwords since the last right one: { "count", "first", "last" } (unix seconds)
 *   vault.db.before-NNNN  a checked copy from before schema NNNN was brought in, same key
 *   vault.db.new        a vault whose making was cut off; the next making replaces it
 *
 * keyslots.json:
 *   { "format": "xinqiao-keyslots", "version": 1, "vault": 32 hex digits that name the vault,
 *     "slots": [ { "kind": "password", "kdf": "argon2id13", "passes": ≥ 3, "bytes": ≥ 64 MiB, "salt": 16 bytes,
 *                  "cipher": "xchacha20poly1305-ietf", "nonce": 24 bytes, "key": 32 + 16 bytes } ] }
 * Bytes are base64. The slot's key is Argon2id (password, salt); "key" is the vault's raw key encrypted with it, with the
 * text `xinqiao-keyslots/1/VAULT/KIND/argon2id13/PASSES/BYTES` authenticated beside it.
 *
 * The recovery code is the raw key itself: 32 bytes and the first 3 bytes of their BLAKE2b-128, as RFC 4648 base32 in 14
 * groups of four. `base32 -d` and the stock `sqlcipher` shell open the vault with it, without this program.
 *
 * The audit's key is crypto_kdf (raw key, subkey 1, context "xqaudit_"); what is hashed stands in audit.c. */
#pragma once

#include <gio/gio.h>
#include "base/field.h"
#include "base/progress.h"
#include "vault/database.h"
#include "vault/secret.h"

G_BEGIN_DECLS

typedef struct _XqVault XqVault;

typedef enum
{
  XQ_PROFILE_SCHOOL,
  XQ_PROFILE_COLLEGE,
  XQ_PROFILE_ENTERPRISE,
} XqProfile;

/* "school", "college", "enterprise" and their msgids, ended by an all-NULL one. */
extern const XqChoice xq_profiles[];

XqVault *xq_vault_ref (XqVault *vault);
void xq_vault_unref (XqVault *vault);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqVault, xq_vault_unref)

/* $XDG_DATA_HOME/xinqiao/vault */
char *xq_vault_default_folder (void);
/* Whether @folder holds a vault, opened or not. */
gboolean xq_vault_exists (const char *folder);

/**
 * xq_vault_create:
 * @folder: a folder that does not exist or is empty
 * @profile: whose words and defaults the vault starts with
 * @name: what the first organisation is called
 * @password: not weak, unless @allow_weak
 * @allow_weak: only for the demo
 * @ret_recovery_code: (out) (transfer full): the raw key as groups of four, shown once
 * @error: XQ_VAULT_ERROR
 *
 * Makes the folder, the key, the slot and the database with all migrations and its first organisation.
 * What was begun is removed when it fails.
 *
 * Returns: (transfer full): the opened vault
 */
XqVault *xq_vault_create (const char *folder, XqProfile profile, const char *name, XqSecret *password,
                          gboolean allow_weak, XqSecret **ret_recovery_code, const XqProgress *progress,
                          GError **error);
/* Derives (about a second: call it in a thread), locks the instance, migrates. Waits out the delay that wrong passwords have earned. */
XqVault *xq_vault_open (const char *folder, XqSecret *password, const XqProgress *progress, GError **error);
XqVault *xq_vault_open_with_code (const char *folder, const char *recovery_code, const XqProgress *progress, GError **error);
/* For a backup, which may be made while a window has the vault open: like xq_vault_open(), and when another program holds
 * the lock, beside it. What is opened so is fit for xq_backup_create() and the like; it must not be used to enter data,
 * change keys or migrate. */
XqVault *xq_vault_open_beside (const char *folder, XqSecret *password, const XqProgress *progress, GError **error);
/* Sets a new password with the recovery code; works when keyslots.json is damaged or gone. Returns the opened vault. */
XqVault *xq_vault_recover (const char *folder, const char *recovery_code, XqSecret *new_password, GError **error);
gboolean xq_vault_change_password (XqVault *vault, XqSecret *old_password, XqSecret *new_password, GError **error);
/* Whether @password opens the vault: asked again before identifying exports. */
gboolean xq_vault_check_password (XqVault *vault, XqSecret *password, GError **error);

const char *xq_vault_folder (XqVault *vault);
/* A connection of the caller's own, for one thread at a time. It keeps the vault, and so its lock, until it is
 * closed: to lock, close every connection and give up the vault; its key is zeroed then. */
XqDatabase *xq_vault_connect (XqVault *vault, GError **error);
/* The same for lists that a worker reads: it cannot write. */
XqDatabase *xq_vault_connect_read_only (XqVault *vault, GError **error);

/* 0–4 as a meter shows it, with a sentence of advice (transfer none, translated). Accepted from 2 up. */
int xq_password_strength (XqSecret *password, const char **ret_advice);

typedef struct
{
  char *cipher;       /* "ok" or what is wrong */
  char *integrity;
  char *foreign_keys;
  char *audit;
  gint64 dangling;
  gboolean sound;
} XqVaultCheck;

void xq_vault_check_free (XqVaultCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqVaultCheck, xq_vault_check_free)
/* cipher + SQLite integrity, foreign keys, audit chain, dangling rows. */
XqVaultCheck *xq_vault_check (XqVault *vault, const XqProgress *progress, GError **error);

typedef struct
{
  int schema;
  char *cipher;           /* PRAGMA cipher_version */
  GPtrArray *tables;      /* of char *, with @rows beside it */
  GArray *rows;           /* of gint64 */
  char *audit_head;
} XqVaultInfo;

void xq_vault_info_free (XqVaultInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqVaultInfo, xq_vault_info_free)
XqVaultInfo *xq_vault_info (XqVault *vault, GError **error);

/* Small named values: "profile", "name", "idle_minutes" … ; settings are audited. */
char *xq_setting_get (XqDatabase *database, const char *key, const char *fallback);
gboolean xq_setting_set (XqDatabase *database, const char *key, const char *value, GError **error);

G_END_DECLS
