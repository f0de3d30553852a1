/* What the files about backups share. Private to this room. */
#pragma once

#include "vault/backup.h"
#include "vault/database-private.h"

G_BEGIN_DECLS

#define XQ_BACKUP_SUFFIX ".xqbackup"
#define XQ_BACKUP_BLOCK  (1u << 20)

struct _XqBackup
{
  char *path;
  XqBackupHeader header;
  char *slots; /* keyslots.json, NULL for none */
  GBytes *sealed;
  XqSecret *key;
  XqBackupContents *contents;
};

/* Which part of a whole work a step is. */
typedef struct
{
  const XqProgress *progress;
  double from;
  double to;
} XqBackupSpan;

/* @part, 0–1, of @span is done. */
gboolean xq_backup_step (const XqBackupSpan *span, double part, const char *what, GError **error);

/* keyslots.json of @folder as it stands there, and the name of the vault in it: zeros when there is none. */
char *xq_backup_load_slots (const char *folder, char *ret_vault);

XqBackupContents *xq_backup_contents_read (XqDatabase *database, GError **error);
XqBackupContents *xq_backup_contents_parse (const char *text);
char *xq_backup_contents_write (const XqBackupContents *contents);
void xq_backup_contents_free (XqBackupContents *contents);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqBackupContents, xq_backup_contents_free)

/* The three payloads as they lie on the medium against the hashes of the header. With @copy_to ≥ 0 the database image is
 * written there on the way. @copy_path names it. */
gboolean xq_backup_check_bytes (XqBackup *backup, int copy_to, const char *copy_path, const XqBackupSpan *span,
                                GError **error);
/* The image alone, read from @descriptor, which is open on the backup. */
gboolean xq_backup_check_bytes_of (XqBackup *backup, int descriptor, const XqBackupSpan *span, GError **error);
/* Opens the database at @path (@mode XQ_OPEN_BACKUP: inside a backup) and checks every page, SQLite's own check, rows and
 * head against the contents; with @trail the audit chain too. */
gboolean xq_backup_check_database (XqBackup *backup, const char *path, XqOpenMode mode, gboolean trail,
                                   const XqBackupSpan *span, GError **error);
/**
 * xq_backup_check_written:
 * @image: the path that it will have and the key of a backup whose image is written and brought to the medium, with its length
 *   and hash in the header; the rest of the header is not looked at
 * @part: the path that it has now
 * @descriptor: of the file
 * @span: progress and cancel
 * @ret_found: what SQLite finds in it, which is to be compared with what the vault had
 * @ret_schema: the same
 * @error: XQ_VAULT_ERROR
 *
 * Reads the image back from the medium, and beside that checks every page of it and SQLite's own check.
 */
gboolean xq_backup_check_written (XqBackup *image, const char *part, int descriptor, const XqBackupSpan *span,
                                  XqBackupContents **ret_found, int *ret_schema, GError **error);
/* Whether @found and @schema are what @backup says of itself. */
gboolean xq_backup_compare (XqBackup *backup, const XqBackupContents *found, int schema, GError **error);
/* Writes vault.db and keyslots.json into @folder, which exists and is empty, and checks them there. */
gboolean xq_backup_extract (XqBackup *backup, const char *folder, const XqBackupSpan *span, GError **error);
/* The files of xq_backup_extract(), and @folder itself. */
void xq_backup_remove_extracted (const char *folder);

/* A record of a backup that was read. (transfer full) */
XqBackupRecord *xq_backup_record_of (XqBackup *backup, XqBackupKind kind);
/* Whether the head of its audit trail is one that the trail in @database has had, so that it is a piece of this vault's past;
 * XQ_ERROR_DAMAGED when it is not. */
gboolean xq_backup_is_of_trail (XqBackup *backup, XqDatabase *database, GError **error);
/* xq_backup_take_up() of what xq_backup_list() has found. (element-type XqBackupEntry) */
gboolean xq_backup_take_up_entries (XqVault *vault, GPtrArray *entries, GError **error);
/* Whether @name is one that xq_backup_file_name() gives. */
gboolean xq_backup_is_own_name (const char *name);
/* After something was removed from the folder of @path: it is gone for certain. A stick with FAT that is pulled before has it
 * again, with its room given away; whoever removes it then takes that room from another file. */
void xq_backup_settle_removals (const char *path);
/* Removes what cut-off runs of this vault left in @folder. */
void xq_backup_remove_unfinished (const char *folder, const char *vault);

G_END_DECLS
