/* Backups: one file that holds the whole vault, made while it is in use, verified before it counts, restored onto any disk.
 *
 * The file (.xqbackup):
 *        0  the header, 4096 bytes: the lines below, then zero bytes
 *     4096  keyslots.json as it stands in the vault, then zero bytes
 *    69632  the sealed contents: a nonce of 24 bytes, then XChaCha20-Poly1305 of a JSON text, then zero bytes
 *   131072  the image of vault.db, to the end of the file
 *
 * The header:
 *   xinqiao-backup 1
 *   vault HEX            the 32 digits of keyslots.json
 *   made SECONDS         unix time
 *   program VERSION      what wrote it
 *   schema N             of the database
 *   slots-bytes N, sealed-bytes N, database-bytes N
 *   slots-blake2b HEX, sealed-blake2b HEX, database-blake2b HEX     BLAKE2b-256 of the three
 *   open …               how to open it without this program
 *   mac HEX              BLAKE2b-256 of all lines before, under crypto_kdf (vault's key, subkey 2, context "xqbackup")
 * It names nobody. What the vault is called, its rows a table and the head of its audit trail are sealed (subkey 3; the text
 * `xinqiao-backup 1/VAULT/SECONDS` is authenticated beside): whoever finds a stick does not even learn how many children
 * have a warning. While a backup is being written it is called NAME.part and begins with `xinqiao-unfinished 1`: the header
 * comes last.
 *
 * Without this program, `tail -c +131073 FILE > vault.db` and the stock `sqlcipher` shell open it with the key of the
 * recovery code, like the vault itself.
 *
 * How the image is taken: no page is decrypted and encrypted again. For a moment nobody may write; the log is brought into
 * vault.db and a reader begins. As long as it reads, SQLite brings nothing into vault.db, whoever writes: the file is copied
 * as it lies, at the speed of the disk, and needs no room beside the target. (The backup interface and VACUUM INTO decrypt
 * and encrypt every page: ten seconds for a gigabyte instead of one.)
 *
 * Verified means: brought to the medium, read back from it, all hashes compared; opened with the key where it lies, every
 * page's seal and SQLite's own check, rows of each table and the audit head compared with what the vault had. Only then is
 * the file renamed. What fails is removed; older files are never touched. */
#pragma once

#include "base/field.h"
#include "base/progress.h"
#include "vault/backup-header.h"
#include "vault/vault.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_BACKUP_BY_HAND,
  XQ_BACKUP_AUTOMATIC,
  XQ_BACKUP_DRILL,
  XQ_BACKUP_RESTORE,
} XqBackupKind;

typedef enum
{
  XQ_BACKUP_DONE,
  XQ_BACKUP_FAILED,
} XqBackupOutcome;

/* "manual", "automatic", "drill", "restore"; "done", "failed"; with their msgids. */
extern const XqChoice xq_backup_kinds[];
extern const XqChoice xq_backup_outcomes[];

/**
 * XqBackupRecord:
 * @kind: what was done
 * @at: when, unix seconds
 * @folder: where the file lies
 * @file: its name
 * @made_at: when the backup was made; for a drill and a restore that is before @at
 * @bytes: the file's length
 * @total: rows of all tables
 * @audit_head: the head of the audit trail inside
 * @verified_at: 0 when it was not verified
 * @outcome: see #XqBackupOutcome
 * @why: (nullable): why it failed
 */
typedef struct
{
  gint64 id;
  int kind;
  gint64 at;
  char *folder;
  char *file;
  gint64 made_at;
  gint64 bytes;
  gint64 total;
  char *audit_head;
  gint64 verified_at;
  int outcome;
  char *why;
} XqBackupRecord;

XQ_DECLARE_RECORD (XqBackupRecord, backup_record, XQ_BACKUP_RECORD)

/* Newest first, at most @limit. (element-type XqBackupRecord) */
GPtrArray *xq_backup_records (XqDatabase *database, int limit, GError **error);
/* Keeps @record with its audit row: "backup", "backup_drill" or "backup_restore". */
gboolean xq_backup_record_add (XqDatabase *database, XqBackupRecord *record, GError **error);

/* -- making */

/**
 * xq_backup_create:
 * @vault: an opened vault; others may go on writing to it
 * @path: the file, which must not exist yet
 * @kind: %XQ_BACKUP_BY_HAND or %XQ_BACKUP_AUTOMATIC
 * @progress: (nullable): progress and cancel; cancelled, it leaves nothing
 * @error: XQ_VAULT_ERROR that says what to do
 *
 * What is done is recorded in the vault; what fails too, if it still can be. A new recovery code has to wait until it is
 * done, and refuses a backup while it is itself under way (XQ_ERROR_BUSY), in this process and in others.
 *
 * Returns: (transfer full): the record of a verified backup
 */
XqBackupRecord *xq_backup_create (XqVault *vault, const char *path, XqBackupKind kind, const XqProgress *progress,
                                  GError **error);
/* The same in @folder, under a name of its own, and then the rotation of what lies there. What earlier runs that were cut
 * off left behind goes first. */
XqBackupRecord *xq_backup_create_in (XqVault *vault, const char *folder, XqBackupKind kind, const XqProgress *progress,
                                     GError **error);

/* -- reading */

typedef struct _XqBackup XqBackup;

/* What is sealed inside. */
typedef struct
{
  char *name;        /* of the vault */
  char *audit_head;
  gint64 audit_rows;
  gint64 total;
  int kind;          /* an XqBackupKind; by hand where an earlier program did not say */
  GPtrArray *tables; /* of char *, with @rows beside it */
  GArray *rows;      /* of gint64 */
} XqBackupContents;

/* Reads the header; XQ_ERROR_REFUSED for what is no backup, XQ_ERROR_DAMAGED for a damaged one. */
XqBackup *xq_backup_open (const char *path, GError **error);
void xq_backup_free (XqBackup *backup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqBackup, xq_backup_free)

const char *xq_backup_path (XqBackup *backup);
const XqBackupHeader *xq_backup_header (XqBackup *backup);
/* The length of the whole file. */
guint64 xq_backup_size (XqBackup *backup);
/* Opens it with a password of the time when it was made (about a second), with the recovery code of that time, or with the
 * key of an opened vault. XQ_ERROR_PASSWORD when it does not fit, XQ_ERROR_DAMAGED when header or contents were changed. */
gboolean xq_backup_unlock (XqBackup *backup, XqSecret *password, GError **error);
gboolean xq_backup_unlock_with_code (XqBackup *backup, const char *code, GError **error);
gboolean xq_backup_unlock_as (XqBackup *backup, XqVault *vault, GError **error);
/* %NULL until it is unlocked. */
const XqBackupContents *xq_backup_contents (XqBackup *backup);
/* Reads everything and checks it, as after writing, and the audit chain. Nothing is written anywhere. */
gboolean xq_backup_verify (XqBackup *backup, const XqProgress *progress, GError **error);

/**
 * xq_backup_restore:
 * @backup: an unlocked backup
 * @folder: where the vault shall be: a new or an empty folder, or one with a vault in it
 * @keep_old: a vault that is there is renamed beside it; without, it is a refusal
 * @ret_old: (out) (optional): where the old one is now, %NULL when there was none
 * @progress: (nullable): progress and cancel
 * @error: XQ_VAULT_ERROR
 *
 * Everything is written into FOLDER.restoring, verified there, and renamed at the end; the old vault is whole in its place
 * until then.
 *
 * Returns: (transfer full): the restored vault, opened
 */
XqVault *xq_backup_restore (XqBackup *backup, const char *folder, gboolean keep_old, char **ret_old,
                            const XqProgress *progress, GError **error);

/* -- the folder */

/**
 * XqBackupEntry:
 * @path: the file
 * @made_at: unix seconds
 * @bytes: its length
 * @own: it is a backup of the vault that was asked for, signed with the key that the vault has now
 * @other_code: it says that it is, but is signed with another key. That is what becomes of all backups at a new recovery
 *   code: they stay good, and are opened with the recovery code or a password of the time when they were made. (Or the vault
 *   was itself restored to a time before a new code; or somebody changed the file: only opening it tells. Nothing is kept
 *   of earlier keys that could.) As nothing proves here whose it is, the rotation never removes it, and it takes no place
 *   in the rotation: the first backup under a new code never pushes out the last one under the old, nor does an old one
 *   keep a new one from being kept. It goes when somebody removes it by hand
 * @rotates: it is its own, and has kept the name that the program gave it: the rotation may remove it. A file that was renamed by
 *   hand stays for ever
 */
typedef struct
{
  char *path;
  gint64 made_at;
  gint64 bytes;
  gboolean own;
  gboolean other_code;
  gboolean rotates;
} XqBackupEntry;

void xq_backup_entry_free (XqBackupEntry *entry);
/* The backups in @folder by their headers, newest first. XQ_ERROR_BUSY while the vault is written under a new key.
 * (element-type XqBackupEntry) */
GPtrArray *xq_backup_list (const char *folder, XqVault *vault, GError **error);

/* Writes down the backups in @folder that were verified and named, but whose program was killed before it could: those that are
 * signed with the vault's key, whose audit head is part of its trail and which no record tells of. xq_backup_status() does it
 * for the chosen folder. */
gboolean xq_backup_take_up (XqVault *vault, const char *folder, GError **error);

/**
 * xq_backup_rotation:
 * @made_at: (array length=n): unix seconds, in any order
 * @now: unix seconds; what claims to be from later than that is kept and counts for nothing
 * @ret_keep: (out) (array length=n): what stays
 *
 * The newest of each of the last 7 days, 4 weeks (from Monday) and 12 months, in local time. Only days, weeks and months
 * that have a backup are counted: after a summer without any, nothing is lost.
 */
void xq_backup_rotation (const gint64 *made_at, guint n, gint64 now, gboolean *ret_keep);
/* Removes what the rotation does not keep, but never @fresh (nullable), a path; the number of files that went, -1 with
 * @error. */
int xq_backup_rotate (XqVault *vault, const char *folder, const char *fresh, GError **error);
/* "心桥备份-2026-11-28-0930.xqbackup" in Chinese, "xinqiao-backup-…" otherwise and for a disk that cannot write Chinese
 * (@plain). No colon: FAT has none. (transfer full) */
char *xq_backup_file_name (gint64 at, gboolean plain);

/* -- the daily run and the monthly drill */

/**
 * XqBackupStatus:
 * @folder: (nullable): the chosen folder
 * @automatic: a backup is made there every day
 * @present: the folder is there now
 * @newest_at: when the newest verified backup was made, 0 for never
 * @newest: (nullable): the path of the newest in the folder that today's recovery code opens
 * @due: a backup is to be made today: none was yet, or the newest in the folder lies under another recovery code than the
 *   vault has now
 * @why: (nullable): why the last try failed, when it did
 * @drilled_at: the last drill that succeeded, 0 for never
 * @drill_on: the day when the next drill is due; %NULL while there is no backup
 * @drill_due: that day has come
 */
typedef struct
{
  char *folder;
  gboolean automatic;
  gboolean present;
  gint64 newest_at;
  char *newest;
  gboolean due;
  char *why;
  gint64 drilled_at;
  char *drill_on;
  gboolean drill_due;
} XqBackupStatus;

void xq_backup_status_free (XqBackupStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqBackupStatus, xq_backup_status_free)
/* Looks into the folder, takes up what has no record, and looks at the records; a stick may take its time: call it in a
 * thread. */
XqBackupStatus *xq_backup_status (XqVault *vault, GError **error);
/* Whether a backup is due at @now when the last was made at @last (0: never): not yet on this local day. */
gboolean xq_backup_is_due (gint64 last, gint64 now);
/* %NULL for none. */
gboolean xq_backup_set_folder (XqDatabase *database, const char *folder, GError **error);
gboolean xq_backup_set_automatic (XqDatabase *database, gboolean automatic, GError **error);

/**
 * XqBackupDrill:
 * @record: what was tried, and when
 * @name: of the vault
 * @age_days: how old the backup is
 * @rows_now: rows of all tables in the living vault, to compare
 * @next_on: when the next drill is due
 */
typedef struct
{
  XqBackupRecord *record;
  char *name;
  int age_days;
  gint64 rows_now;
  char *next_on;
} XqBackupDrill;

void xq_backup_drill_free (XqBackupDrill *drill);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqBackupDrill, xq_backup_drill_free)

/**
 * xq_backup_drill:
 * @vault: the living vault
 * @path: (nullable): the backup; %NULL for the newest in the chosen folder
 *
 * Restores it into a private folder inside the vault's own, opens it there, checks everything, compares rows and audit head
 * with what it says of itself, and the head with the living vault's trail, of which it must be a part. Then the copy goes.
 *
 * Returns: (transfer full): what came of it; a failure is recorded too
 */
XqBackupDrill *xq_backup_drill (XqVault *vault, const char *path, const XqProgress *progress, GError **error);

G_END_DECLS
