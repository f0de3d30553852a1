/* The bytes of a backup as they lie on the medium. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "vault/backup-disk.h"
#include "vault/backup-hash.h"
#include "vault/file.h"

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
  g_autofree guint8 *memory = g_malloc (XQ_BACKUP_BLOCK + XQ_BACKUP_ALIGNMENT);
  guint8 *block = memory + XQ_BACKUP_ALIGNMENT - (guintptr) memory % XQ_BACKUP_ALIGNMENT;
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

gboolean
xq_backup_check_bytes_of (XqBackup *backup, int descriptor, const XqBackupSpan *span, GError **error)
{
  return check_image (backup, descriptor, -1, NULL, span, error);
}
