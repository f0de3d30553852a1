/* Whether a backup is what it says: its bytes on the medium, and the database in it. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "vault/audit.h"
#include "vault/backup-disk.h"
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
            crypto_generichash_state *state, GError **error)
{
  gssize got = xq_backup_disk_read (from, block, XQ_BACKUP_BLOCK, XQ_BACKUP_DATABASE_OFFSET + done);

  if (got < 0)
    xq_backup_disk_error (backup->path, errno, error);
  if (got <= 0)
    return got;
  crypto_generichash_update (state, block, (gsize) got);
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
  guint8 hash[XQ_BACKUP_HASH_BYTES];
  crypto_generichash_state state;
  guint64 done = 0;
  gssize got = 1;

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  while (got > 0)
    {
      if (!xq_backup_step (span, (double) done / (double) all,
                           copy_to >= 0 ? _ ("Writing the vault …") : _ ("Reading the backup back …"), error))
        return FALSE;
      got = pass_block (backup, from, copy_to, copy_path, block, done, &state, error);
      if (got < 0)
        return FALSE;
      done += (guint64) got;
    }
  crypto_generichash_final (&state, hash, sizeof hash);
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

/* Both checks read every page: side by side they take the time of one. */
typedef struct
{
  XqDatabase *database;
  char *lines;
  GError *error;
} PageCheck;

static gpointer
check_pages_in_thread (gpointer user_data)
{
  PageCheck *check = user_data;

  check->lines = xq_check_lines (check->database, "PRAGMA cipher_integrity_check", &check->error);
  return NULL;
}

static void
on_cancelled (GCancellable *cancellable, gpointer database)
{
  sqlite3_interrupt (((XqDatabase *) database)->handle);
}

static char *
quick_check (XqDatabase *database, const XqBackupSpan *span, GError **error)
{
  GCancellable *cancellable = span->progress != NULL ? span->progress->cancellable : NULL;
  gulong handler = 0;
  char *lines;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), database, NULL);
  lines = xq_check_lines (database, "PRAGMA quick_check", error);
  g_cancellable_disconnect (cancellable, handler);
  return lines;
}

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

static gboolean
check_pages (const char *path, XqDatabase *database, XqDatabase *second, const XqBackupSpan *span, GError **error)
{
  PageCheck check = { second, NULL, NULL };
  g_autoptr (GThread) thread = g_thread_new ("cipher-check", check_pages_in_thread, &check);
  g_autofree char *integrity = quick_check (database, span, error);
  g_autofree char *cipher = NULL;

  g_thread_join (g_steal_pointer (&thread));
  cipher = check.lines;
  if (integrity == NULL || cipher == NULL)
    {
      if (integrity != NULL && check.error != NULL)
        g_propagate_error (error, g_steal_pointer (&check.error));
      g_clear_error (&check.error);
      return FALSE;
    }
  return accept_lines (path, cipher, integrity, error);
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

gboolean
xq_backup_check_database (XqBackup *backup, const char *path, XqOpenMode mode, gboolean trail, const XqBackupSpan *span,
                          GError **error)
{
  g_autoptr (XqDatabase) database = xq_database_open (path, backup->key, mode, error);
  g_autoptr (XqDatabase) second = database != NULL ? xq_database_open (path, backup->key, mode, error) : NULL;

  return second != NULL && xq_backup_step (span, 0, _ ("Checking every page …"), error)
         && check_pages (path, database, second, span, error)
         && xq_backup_step (span, 0.8, _ ("Comparing rows and audit trail …"), error) && compare (backup, database, error)
         && (!trail || xq_audit_verify (database, NULL, error)) && xq_backup_step (span, 1, NULL, error);
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
