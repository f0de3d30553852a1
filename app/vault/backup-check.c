/* Whether a backup is what it says: its bytes on the medium, and the database in it. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "vault/audit.h"
#include "vault/backup-disk.h"
#include "vault/backup-hash.h"
#include "vault/check.h"
#include "vault/file.h"
#include "vault/migrate.h"

/* -- bytes */

static void
set_other_bytes (XqBackup *backup, GError **error)
{
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("What was read back from “%s” is not what was written: the disk is failing, or the file was changed. Take another disk; the vault is unharmed."),
               backup->path);
}

/* The next block, hashed and passed on: its length, 0 at the end, -1 with an error. */
static gssize
pass_block (XqBackup *backup, int from, int copy_to, const char *copy_path, guint8 *block, guint64 done,
            XqBackupHash *hash, GError **error)
{
  gssize got = xq_backup_disk_read (from, block, XQ_BACKUP_BLOCK, XQ_BACKUP_DATABASE_OFFSET + done);

  if (got < 0)
    xq_backup_disk_error (backup->path, errno, error);
  if (got <= 0)
    return got;
  xq_backup_hash_update (hash, block, (gsize) got);
  if (copy_to >= 0 && !xq_backup_disk_write (copy_to, block, (gsize) got, done))
    {
      xq_file_set_error (copy_path, errno, error);
      return -1;
    }
  return got;
}

static gboolean
check_image (XqBackup *backup, int from, int copy_to, const char *copy_path, const XqBackupSpan *span, GError **error)
{
  g_autofree guint8 *block = g_malloc (XQ_BACKUP_BLOCK);
  guint64 all = backup->header.database_bytes;
  g_autoptr (XqBackupHash) image = xq_backup_hash_new ();
  guint8 hash[XQ_BACKUP_HASH_BYTES];
  guint64 done = 0;
  gssize got = 1;

  while (got > 0)
    {
      if (!xq_backup_step (span, (double) done / (double) all,
                           copy_to >= 0 ? _ ("Writing the vault …") : _ ("Reading the backup back …"), error))
        return FALSE;
      got = pass_block (backup, from, copy_to, copy_path, block, done, image, error);
      if (got < 0)
        return FALSE;
      done += (guint64) got;
    }
  xq_backup_hash_end (image, hash);
  if (done == all && memcmp (hash, backup->header.database_hash, sizeof hash) == 0)
    return TRUE;
  set_other_bytes (backup, error);
  return FALSE;
}

gboolean
xq_backup_check_bytes (XqBackup *backup, int copy_to, const char *copy_path, const XqBackupSpan *span, GError **error)
{
  int descriptor = open (backup->path, O_RDONLY | O_CLOEXEC);
  gboolean done;

  if (descriptor < 0)
    {
      xq_backup_disk_error (backup->path, errno, error);
      return FALSE;
    }
  posix_fadvise (descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  done = check_image (backup, descriptor, copy_to, copy_path, span, error);
  close (descriptor);
  return done;
}

/* -- the database */

/* What each check proves that no other does:
 *   the hash            the file holds, on the medium, the bytes that the vault had
 *   quick_check         every page that is in use passes its seal as it is read (a page is decrypted only after its HMAC),
 *                       the trees are whole, no page is used twice or by nobody, no row breaks its table's conditions
 *   the cipher's check  the seals of the pages that are not in use, which quick_check does not read: where there are none,
 *                       there is nothing left for it to check
 *   rows and head       what SQLite finds in the bytes is what it saw in the vault: the file did hold still
 * All but the first are made side by side, by two connections. */
typedef struct
{
  XqDatabase *database;
  const char *path;
  gboolean done;
  GError *error;
} PageCheck;

static gboolean
accept_lines (const char *path, const char *cipher, const char *integrity, GError **error)
{
  if (g_str_equal (cipher, "ok") && g_str_equal (integrity, "ok"))
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("The database in “%s” fails its check (%s; %s). Keep older backups, and let the vault itself be checked: Settings › This Vault."),
               path, cipher, integrity);
  return FALSE;
}

static gpointer
check_pages_in_thread (gpointer user_data)
{
  PageCheck *check = user_data;
  g_autofree char *integrity = xq_check_lines (check->database, "PRAGMA quick_check", &check->error);

  check->done = integrity != NULL && accept_lines (check->path, "ok", integrity, &check->error);
  return NULL;
}

static gboolean
check_free_pages (const char *path, XqDatabase *database, GError **error)
{
  g_autofree char *cipher = NULL;
  gint64 free_pages;

  if (!xq_database_get_integer (database, error, &free_pages, NULL, "PRAGMA freelist_count", XQ_END))
    return FALSE;
  if (free_pages == 0)
    return TRUE;
  cipher = xq_check_lines (database, "PRAGMA cipher_integrity_check", error);
  return cipher != NULL && accept_lines (path, cipher, "ok", error);
}

/* In any order: the names come from SQL here and from JSON there. */
static gboolean
has_rows (const XqBackupContents *contents, const char *table, gint64 rows)
{
  for (guint i = 0; i < contents->tables->len; i++)
    if (g_str_equal (g_ptr_array_index (contents->tables, i), table))
      return g_array_index (contents->rows, gint64, i) == rows;
  return FALSE;
}

static gboolean
is_same (const XqBackupContents *expected, const XqBackupContents *found)
{
  if (expected->tables->len != found->tables->len || expected->audit_rows != found->audit_rows
      || !g_str_equal (expected->audit_head, found->audit_head))
    return FALSE;
  for (guint i = 0; i < found->tables->len; i++)
    if (!has_rows (expected, g_ptr_array_index (found->tables, i), g_array_index (found->rows, gint64, i)))
      return FALSE;
  return TRUE;
}

static gboolean
compare (XqBackup *backup, XqDatabase *database, GError **error)
{
  g_autoptr (XqBackupContents) found = xq_backup_contents_read (database, error);
  int schema;

  if (found == NULL || !xq_schema_version (database, &schema, error))
    return FALSE;
  if ((guint64) schema == backup->header.schema && is_same (backup->contents, found))
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("The rows in “%s” are not those that the backup says it has. Take an older one, and make a new backup."),
               backup->path);
  return FALSE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer database)
{
  sqlite3_interrupt (((XqDatabase *) database)->handle);
}

static gboolean
check_rows (XqBackup *backup, const char *path, XqDatabase *database, gboolean trail, const XqBackupSpan *span,
            GError **error)
{
  return compare (backup, database, error) && xq_backup_step (span, 0.3, NULL, error)
         && check_free_pages (path, database, error) && xq_backup_step (span, 0.6, NULL, error)
         && (!trail || xq_audit_verify (database, NULL, error));
}

/* What is wrong with the pages explains what is wrong with the rows, and is told first. */
static gboolean
check_side_by_side (XqBackup *backup, const char *path, XqDatabase *database, XqDatabase *second, gboolean trail,
                    const XqBackupSpan *span, GError **error)
{
  PageCheck check = { second, path, FALSE, NULL };
  g_autoptr (GThread) thread = g_thread_new ("page-check", check_pages_in_thread, &check);
  g_autoptr (GError) local = NULL;
  gboolean rows = check_rows (backup, path, database, trail, span, &local);

  g_thread_join (g_steal_pointer (&thread));
  if (!check.done)
    g_propagate_error (error, check.error);
  else if (!rows)
    g_propagate_error (error, g_steal_pointer (&local));
  return check.done && rows;
}

gboolean
xq_backup_check_database (XqBackup *backup, const char *path, XqOpenMode mode, gboolean trail, const XqBackupSpan *span,
                          GError **error)
{
  g_autoptr (XqDatabase) database = xq_database_open (path, backup->key, mode, error);
  g_autoptr (XqDatabase) second = database != NULL ? xq_database_open (path, backup->key, mode, error) : NULL;
  GCancellable *cancellable = span->progress != NULL ? span->progress->cancellable : NULL;
  gulong first_id = 0, second_id = 0;
  gboolean done;

  if (second == NULL || !xq_backup_step (span, 0, _ ("Checking every page …"), error))
    return FALSE;
  if (cancellable != NULL)
    {
      first_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), database, NULL);
      second_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), second, NULL);
    }
  done = check_side_by_side (backup, path, database, second, trail, span, error);
  g_cancellable_disconnect (cancellable, first_id);
  g_cancellable_disconnect (cancellable, second_id);
  return done && xq_backup_step (span, 1, NULL, error);
}

gboolean
xq_backup_verify (XqBackup *backup, const XqProgress *progress, GError **error)
{
  const XqBackupSpan reading = { progress, 0, 0.3 };
  const XqBackupSpan checking = { progress, 0.3, 1 };

  g_return_val_if_fail (backup->key != NULL, FALSE);

  return xq_backup_check_bytes (backup, -1, NULL, &reading, error)
         && xq_backup_check_database (backup, backup->path, XQ_OPEN_BACKUP, TRUE, &checking, error);
}
