/* A backup is written beside its name, read back, checked, and renamed. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "vault/backup-disk.h"
#include "vault/backup-hash.h"
#include "vault/backup-snapshot.h"
#include "vault/file.h"
#include "vault/migrate.h"
#include "vault/vault-private.h"

/* Pushed to the medium as we go, so that progress and cancel mean something on a slow stick. */
#define PUSH_BYTES (8u << 20)

typedef struct
{
  XqVault *vault;
  const char *path;
  char *part;
  int descriptor;
  XqBackupHeader header;
  char *slots;
  GBytes *sealed;
  XqBackupContents *found; /* in what was written */
  int found_schema;
  XqBackupKind kind;
  const XqProgress *progress;
} Writing;

static gboolean
failed (Writing *writing, GError **error)
{
  xq_backup_disk_error (writing->path, errno, error);
  return FALSE;
}

static void
hash (const guint8 *bytes, gsize length, guint8 *ret_hash)
{
  crypto_generichash (ret_hash, XQ_BACKUP_HASH_BYTES, bytes, length, NULL, 0);
}

/* -- the file */

static gboolean
refuse_existing (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” exists already, and a backup never replaces a file. Choose another name."), path);
  return FALSE;
}

static void
remove_cut_off (Writing *writing)
{
  g_autofree char *folder = g_path_get_dirname (writing->path);

  xq_backup_remove_unfinished (folder, writing->header.vault);
}

/* Whoever writes a part holds its lock, so that nobody takes it for a leftover. */
static gboolean
open_part (Writing *writing, GError **error)
{
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];

  remove_cut_off (writing);
  writing->descriptor = open (writing->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (writing->descriptor < 0 && errno == EEXIST)
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
                   _ ("“%s” is in the way: another backup is being written, or something else has that name. Wait for it, or remove the file."),
                   writing->part);
      return FALSE;
    }
  if (writing->descriptor < 0)
    return failed (writing, error);
  flock (writing->descriptor, LOCK_EX | LOCK_NB);
  xq_backup_header_write_unfinished (writing->header.vault, bytes);
  return xq_backup_disk_write (writing->descriptor, bytes, sizeof bytes, 0) || failed (writing, error);
}

static void
push (int descriptor, guint64 offset)
{
  const guint before = offset >= PUSH_BYTES ? PUSH_BYTES : 0;

  sync_file_range (descriptor, (off_t) offset, PUSH_BYTES, SYNC_FILE_RANGE_WRITE);
  if (before > 0)
    sync_file_range (descriptor, (off_t) (offset - before), before, SYNC_FILE_RANGE_WAIT_BEFORE);
}

static gboolean
write_image (Writing *writing, XqSnapshot *snapshot, const XqBackupSpan *span, GError **error)
{
  g_autofree guint8 *block = g_malloc (XQ_BACKUP_BLOCK);
  g_autoptr (XqBackupHash) image = xq_backup_hash_new ();

  for (guint64 done = 0; done < snapshot->bytes; done += XQ_BACKUP_BLOCK)
    {
      gsize length = MIN (XQ_BACKUP_BLOCK, snapshot->bytes - done);

      if (!xq_backup_step (span, (double) done / (double) snapshot->bytes, _ ("Writing the backup …"), error)
          || !xq_snapshot_read (snapshot, block, length, done, error))
        return FALSE;
      xq_backup_hash_update (image, block, length);
      if (!xq_backup_disk_write (writing->descriptor, block, length, XQ_BACKUP_DATABASE_OFFSET + done))
        return failed (writing, error);
      if ((done + XQ_BACKUP_BLOCK) % PUSH_BYTES == 0)
        push (writing->descriptor, XQ_BACKUP_DATABASE_OFFSET + done + XQ_BACKUP_BLOCK - PUSH_BYTES);
    }
  xq_backup_hash_end (image, writing->header.database_hash);
  writing->header.database_bytes = snapshot->bytes;
  return TRUE;
}

/* The header goes last: what was cut off before it is no backup. */
static gboolean
write_head (Writing *writing, GError **error)
{
  XqBackupHeader *header = &writing->header;
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];
  gsize sealed_length;
  const guint8 *sealed = g_bytes_get_data (writing->sealed, &sealed_length);
  const guint8 *slots = (const guint8 *) (writing->slots != NULL ? writing->slots : "");

  header->slots_bytes = strlen ((const char *) slots);
  header->sealed_bytes = sealed_length;
  hash (slots, header->slots_bytes, header->slots_hash);
  hash (sealed, sealed_length, header->sealed_hash);
  if (!xq_backup_disk_write (writing->descriptor, slots, header->slots_bytes, XQ_BACKUP_SLOTS_OFFSET)
      || !xq_backup_disk_write (writing->descriptor, sealed, sealed_length, XQ_BACKUP_SEALED_OFFSET)
      || fsync (writing->descriptor) != 0)
    return failed (writing, error);
  xq_backup_header_write (header, writing->vault->key, bytes);
  return (xq_backup_disk_write (writing->descriptor, bytes, sizeof bytes, 0) && xq_backup_disk_settle (writing->descriptor))
         || failed (writing, error);
}

/* -- what goes into it */

/* Counted in the vault itself, in a thread beside the copying. */
typedef struct
{
  XqDatabase *reader;
  XqBackupContents *contents;
  int schema;
  GError *error;
} Count;

static gpointer
count_in_thread (gpointer user_data)
{
  Count *count = user_data;

  if (xq_schema_version (count->reader, &count->schema, &count->error))
    count->contents = xq_backup_contents_read (count->reader, &count->error);
  return NULL;
}

static gboolean
seal_contents (Writing *writing, Count *count, GError **error)
{
  g_autofree char *plain = NULL;

  if (count->contents == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&count->error));
      return FALSE;
    }
  count->contents->kind = (int) writing->kind;
  plain = xq_backup_contents_write (count->contents);
  writing->header.schema = (guint64) count->schema;
  writing->sealed = xq_backup_seal (plain, writing->header.vault, writing->header.made_at, writing->vault->key);
  return TRUE;
}

/* Before there is a header: what is wrong with the bytes never has one. */
static gboolean
check_image (Writing *writing, GError **error)
{
  const XqBackupSpan checking = { writing->progress, 0.45, 0.98 };
  XqBackup image = { .path = (char *) writing->path, .header = writing->header, .key = writing->vault->key };

  if (fsync (writing->descriptor) != 0)
    return failed (writing, error);
  return xq_backup_check_written (&image, writing->part, writing->descriptor, &checking, &writing->found,
                                  &writing->found_schema, error);
}

static gboolean
copy_and_count (Writing *writing, XqSnapshot *snapshot, GError **error)
{
  const XqBackupSpan copying = { writing->progress, 0.02, 0.45 };
  Count count = { .reader = snapshot->reader };
  g_autoptr (GThread) thread = g_thread_new ("count", count_in_thread, &count);
  gboolean done = write_image (writing, snapshot, &copying, error) && check_image (writing, error);

  /* Nobody waits for numbers that nobody wants any more. */
  if (!done)
    sqlite3_interrupt (count.reader->handle);
  g_thread_join (g_steal_pointer (&thread));
  done = done && seal_contents (writing, &count, error);
  g_clear_pointer (&count.contents, xq_backup_contents_free);
  g_clear_error (&count.error);
  return done;
}

static gboolean
fill (Writing *writing, GError **error)
{
  XqDatabase *reader = xq_vault_connect (writing->vault, error);
  XqDatabase *writer = reader != NULL ? xq_vault_connect (writing->vault, error) : NULL;
  g_auto (XqSnapshot) snapshot = { .reader = reader };

  return writer != NULL && xq_snapshot_begin (&snapshot, reader, writer, writing->progress, error)
         && xq_backup_place_is_apart (writing->path, error)
         && xq_backup_disk_check (writing->path, XQ_BACKUP_DATABASE_OFFSET + snapshot.bytes, error)
         && open_part (writing, error) && copy_and_count (writing, &snapshot, error) && write_head (writing, error);
}

/* The head is read back too, and says of the image what was found in it. */
static XqBackupRecord *
verify (Writing *writing, GError **error)
{
  g_autoptr (XqBackup) backup = xq_backup_open (writing->part, error);
  XqBackupRecord *record;

  if (backup == NULL || !xq_backup_unlock_as (backup, writing->vault, error)
      || !xq_backup_compare (backup, writing->found, writing->found_schema, error))
    return NULL;
  record = xq_backup_record_of (backup, writing->kind);
  g_free (record->file);
  record->file = g_path_get_basename (writing->path);
  record->verified_at = xq_clock_now ();
  record->at = record->made_at;
  return record;
}

/* A file that came to be there meanwhile is not replaced, where the file system can promise that. */
static gboolean
rename_part (Writing *writing, GError **error)
{
  int done = renameat2 (AT_FDCWD, writing->part, AT_FDCWD, writing->path, RENAME_NOREPLACE);

  if (done != 0 && (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP))
    {
      if (!refuse_existing (writing->path, error))
        return FALSE;
      done = rename (writing->part, writing->path);
    }
  return done == 0 || failed (writing, error);
}

/* Only when the stick may be pulled at once: whoever is told that it is done does that, and older ones go. */
static gboolean
give_name (Writing *writing, GError **error)
{
  if (!rename_part (writing, error))
    return FALSE;
  if (xq_file_sync_renamed (writing->path))
    return TRUE;
  failed (writing, error);
  if (g_unlink (writing->path) == 0)
    xq_backup_settle_removals (writing->path);
  return FALSE;
}

static XqBackupRecord *
write_verified (Writing *writing, GError **error)
{
  g_autoptr (XqBackupRecord) record = NULL;

  writing->part = g_strconcat (writing->path, ".part", NULL);
  writing->header.made_at = xq_clock_now ();
  g_strlcpy (writing->header.program, XQ_VERSION, sizeof writing->header.program);
  writing->slots = xq_backup_load_slots (writing->vault->folder, writing->header.vault);
  if (refuse_existing (writing->path, error) && fill (writing, error))
    record = verify (writing, error);
  if (record != NULL && !give_name (writing, error))
    g_clear_pointer (&record, xq_backup_record_free);
  if (record == NULL && writing->descriptor >= 0 && g_unlink (writing->part) == 0)
    xq_backup_settle_removals (writing->part);
  g_free (writing->part);
  g_free (writing->slots);
  g_clear_pointer (&writing->sealed, g_bytes_unref);
  g_clear_pointer (&writing->found, xq_backup_contents_free);
  return g_steal_pointer (&record);
}

/* -- the record of it */

static void
record_failure (XqDatabase *database, const char *path, XqBackupKind kind, const GError *why)
{
  g_autoptr (XqBackupRecord) record = xq_backup_record_new ();

  record->kind = (int) kind;
  record->at = record->made_at = xq_clock_now ();
  record->folder = g_path_get_dirname (path);
  record->file = g_path_get_basename (path);
  record->audit_head = g_strdup ("");
  record->outcome = XQ_BACKUP_FAILED;
  record->why = g_strdup (why->message);
  xq_backup_record_add (database, record, NULL);
}

static XqBackupRecord *
write_and_record (Writing *writing, XqDatabase *database, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (XqBackupRecord) record = write_verified (writing, &local);

  if (record != NULL)
    return xq_backup_record_add (database, record, error) ? g_steal_pointer (&record) : NULL;
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    record_failure (database, writing->path, writing->kind, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

XqBackupRecord *
xq_backup_create (XqVault *vault, const char *path, XqBackupKind kind, const XqProgress *progress, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  Writing writing = { .vault = vault, .path = absolute, .descriptor = -1, .kind = kind, .progress = progress };
  /* Held from the beginning to the end: nobody writes the vault under a new key meanwhile. */
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  XqBackupRecord *record = database != NULL ? write_and_record (&writing, database, error) : NULL;

  /* Its lock is given back when the file is gone, or written down. */
  if (writing.descriptor >= 0)
    close (writing.descriptor);
  return record;
}
