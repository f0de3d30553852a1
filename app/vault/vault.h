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
 *   vault.db.before-NNNN  a checked copy from before schema NNNN was brought in, under the key of that day
 *   vault.db.new        a vault whose making was cut off; the next making replaces it
 *   vault.db.next       the database under its new key while a new recovery code is made; the next opening removes it
 *
 * keyslots.json:
 *   { "format": "xinqiao-keyslots", "version": 1, "vault": 32 hex digits that name the vault,
 *     "slots": [ { "kind": "password" or "custodian", "kdf": "argon2id13", "passes": ≥ 3, "bytes": ≥ 64 MiB,
 *                  "salt": 16 bytes, "cipher": "xchacha20poly1305-ietf", "nonce": 24 bytes, "key": 32 + 16 bytes,
 *                  "opens": 32 hex digits that name the key } ] }
 * Bytes are base64. The slot's key is Argon2id (password, salt); "key" is the vault's raw key encrypted with it, with the
 * text `xinqiao-keyslots/1/VAULT/KIND/argon2id13/PASSES/BYTES` authenticated beside it. "opens" is crypto_kdf (raw key,
 * subkey 2, context "xqkeynam", 16 bytes); slots that were made before there was a custodian lack it.
 * There is at most one slot of each kind and key. The custodian's password lies in a sealed envelope in the principal's
 * safe; whoever opens with it leaves the audit row "vault_open".
 *
 * The recovery code is the raw key itself: 32 bytes and the first 3 bytes of their BLAKE2b-128, as RFC 4648 base32 in 14
 * groups of four. `base32 -d` and the stock `sqlcipher` shell open the vault with it, without this program. It may be split
 * into three paper shares (shares.h), of which this file knows nothing.
 *
 * A new recovery code is a new raw key, so the database is written anew. Nobody else is connected meanwhile, and:
 *   1. vault.db.next is copied under the new key and compared with vault.db: cipher and SQLite integrity, rows of each
 *      table, schema, head of the audit trail. Its last rows (audit_key, the audit row "recovery_code_new") follow, the
 *      trail is verified from its first row to its last, both logs are emptied and removed, all is brought to the disk.
 *   2. keyslots.json and its copy get the slots of both keys, each saying which key it holds.
 *   3. vault.db.next is renamed to vault.db: this is the moment.
 *   4. keyslots.json and its copy get the new slots alone; zeros are written over the old database, which has no name
 *      any more.
 * Cut off before 3, the old recovery code opens, after it the new one; the password opens at every moment, because where
 * two keys stand in keyslots.json the one is taken that fits vault.db, and the other's slots are dropped then.
 * The custodian's slot is written anew only when the custodian's password is given, else it is gone.
 * Copies made earlier (vault.db.before-NNNN, backups) stay under the old key and open with the old sheet alone. Blocks
 * that a journalling or copying file system or a flash chip kept elsewhere are beyond reach.
 *
 * The audit's key is crypto_kdf (raw key, subkey 1, context "xqaudit_") of the vault's first raw key; what is hashed
 * stands in audit.c. From the first new recovery code on it stands in the table audit_key: no link of the trail changes,
 * and head codes on old reports stay checkable. Hashing the old rows again under another key would be what the trail is
 * there to rule out. */
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

/* Which key a vault was opened with. */
typedef enum
{
  XQ_OPENED_BY_PASSWORD,
  XQ_OPENED_BY_CUSTODIAN,
  XQ_OPENED_BY_CODE,
} XqOpenedBy;

/* "password", "custodian", "recovery_code" and their msgids, ended by an all-NULL one. */
extern const XqChoice xq_openers[];

/* What is found of keyslots.json. */
typedef enum
{
  XQ_SLOTS_SOUND,
  XQ_SLOTS_MISSING,
  XQ_SLOTS_DAMAGED,
} XqSlotsState;

XqVault *xq_vault_ref (XqVault *vault);
void xq_vault_unref (XqVault *vault);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqVault, xq_vault_unref)

/* $XDG_DATA_HOME/xinqiao/vault */
char *xq_vault_default_folder (void);
/* Whether @folder holds a vault, opened or not. */
gboolean xq_vault_exists (const char *folder);

/* Before opening: what is wrong with keyslots.json and what to do about it, in a translated sentence; NULL when nothing
 * is. @ret_password_opens (nullable): whether a password can still open. (transfer full) */
char *xq_vault_keyslots_advice (const char *folder, gboolean *ret_password_opens);

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
 * the lock, beside it. XQ_ERROR_BUSY while that one writes it under a new key. What is opened so is fit for xq_backup_create() and the like; it must not be used to enter data,
 * change keys or migrate. */
XqVault *xq_vault_open_beside (const char *folder, XqSecret *password, const XqProgress *progress, GError **error);
/* Sets a new password with the recovery code; works when keyslots.json is damaged or gone. Returns the opened vault. */
XqVault *xq_vault_recover (const char *folder, const char *recovery_code, XqSecret *new_password, GError **error);
/* @old_password may be the custodian's: it sets a new password for the counsellor. The two must differ. */
gboolean xq_vault_change_password (XqVault *vault, XqSecret *old_password, XqSecret *new_password, GError **error);
/* Whether @password opens the vault: asked again before identifying exports. */
gboolean xq_vault_check_password (XqVault *vault, XqSecret *password, GError **error);

/* Adds the custodian's slot or replaces it; @password opens the vault, @custodian is as strong as xq_password_strength()
 * can say. */
gboolean xq_vault_set_custodian (XqVault *vault, XqSecret *password, XqSecret *custodian, GError **error);
/* @password is the counsellor's own. XQ_ERROR_REFUSED when there is no such slot. */
gboolean xq_vault_remove_custodian (XqVault *vault, XqSecret *password, GError **error);
gboolean xq_vault_has_custodian (XqVault *vault);
/* The kinds of slots there are. (transfer full) */
char **xq_vault_slots (XqVault *vault);
/* A password for the envelope, in groups that can be read from paper. (transfer full) */
XqSecret *xq_custodian_password_propose (void);

/* A new code that opens nothing yet. (transfer full) */
XqSecret *xq_recovery_code_new (void);

/* Before a new sheet is shown: whether xq_vault_renew() would take these passwords and has the room. */
gboolean xq_vault_check_renewal (XqVault *vault, XqSecret *password, XqSecret *custodian, const XqProgress *progress,
                                 GError **error);

/**
 * xq_vault_renew:
 * @vault: opened, without any connection
 * @code: from xq_recovery_code_new(); on paper by now
 * @password: the counsellor's own
 * @custodian: (nullable): the custodian's; without it that slot is gone afterwards
 * @error: XQ_VAULT_ERROR; XQ_ERROR_BUSY while somebody is connected or another program makes a backup, XQ_ERROR_IO when the disk has no room for a copy
 *
 * Writes the whole database anew under the key that @code is, as the head of this file describes it. Cancelled or
 * failed, nothing has changed and the old code goes on opening.
 *
 * Returns: whether it was done; @vault goes on with the new key
 */
gboolean xq_vault_renew (XqVault *vault, XqSecret *code, XqSecret *password, XqSecret *custodian,
                         const XqProgress *progress, GError **error);

const char *xq_vault_folder (XqVault *vault);
XqOpenedBy xq_vault_opened_by (XqVault *vault);
/* A connection of the caller's own, for one thread at a time. It keeps the vault, and so its lock, until it is
 * closed: to lock, close every connection and give up the vault; its key is zeroed then. */
XqDatabase *xq_vault_connect (XqVault *vault, GError **error);
/* The same for lists that a worker reads: it cannot write. */
XqDatabase *xq_vault_connect_read_only (XqVault *vault, GError **error);

/* The counsellor's own is accepted from here up, the custodian's from there. */
#define XQ_PASSWORD_ACCEPTED  2
#define XQ_CUSTODIAN_ACCEPTED 4

/* 0–4 as a meter shows it, with a sentence of advice (transfer none, translated). */
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
