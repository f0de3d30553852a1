#include "config.h"

#include "vault/backup-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "vault/vault.h"

#define FAT_MOST_BYTES G_GUINT64_CONSTANT (0xffffffff)

gboolean
xq_backup_disk_fits (guint64 kind, guint64 bytes)
{
  return kind != MSDOS_SUPER_MAGIC || bytes <= FAT_MOST_BYTES;
}

void
xq_backup_disk_error (const char *path, int number, GError **error)
{
  const char *said = g_strerror (number);

  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("The disk is full: “%s” was not written (%s). Make room or take another stick, then try again. The vault and older backups are unharmed."),
                   path, said);
      break;
    case EFBIG:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("This disk does not take a file as large as “%s” (%s). Format the stick as exFAT or choose another disk. The vault and older backups are unharmed."),
                   path, said);
      break;
    case EROFS:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("“%s” may not be written (%s). Take the write protection off the stick; one that has none was pulled out while it was written: put it in again, and have it repaired if that does not help. Or choose another folder. The vault is unharmed."),
                   path, said);
      break;
    case EACCES:
    case EPERM:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("“%s” may not be written (%s). Take the write protection off the stick or choose another folder. The vault is unharmed."),
                   path, said);
      break;
    case ENOENT:
    case ENOTDIR:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("“%s” is not there (%s). Put the stick in, or choose another folder. The vault is unharmed."), path,
                   said);
      break;
    default:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("The disk of “%s” stopped answering (%s). Put the stick in again and repeat; if it fails twice, take another one. The vault and older backups are unharmed."),
                   path, said);
      break;
    }
}

/* The nearest folder above @path that is there, past all links. */
static char *
real_folder_above (const char *path)
{
  g_autofree char *named = g_path_get_dirname (path);
  char *real, *folder;

  while ((real = realpath (named, NULL)) == NULL && strcmp (named, "/") != 0)
    {
      g_autofree char *below = g_steal_pointer (&named);

      named = g_path_get_dirname (below);
    }
  folder = g_strdup (real != NULL ? real : named);
  free (real);
  return folder;
}

gboolean
xq_backup_place_is_apart (const char *path, GError **error)
{
  g_autofree char *folder = real_folder_above (path);

  while (!xq_vault_exists (folder))
    {
      g_autofree char *below = g_steal_pointer (&folder);

      folder = g_path_get_dirname (below);
      if (strcmp (folder, below) == 0)
        return TRUE;
    }
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” is the folder of a vault: what lies in it is lost together with it. Choose a place outside, best on another disk."),
               folder);
  return FALSE;
}

static gboolean
has_room (const char *folder, const struct statfs *disk, guint64 bytes, GError **error)
{
  guint64 room = (guint64) disk->f_bavail * (guint64) disk->f_bsize;
  g_autofree char *needed = g_format_size (bytes);
  g_autofree char *there = g_format_size (room);

  if (room >= bytes)
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
               _ ("“%s” has room for %s, and %s are needed. Make room or choose another disk. Nothing was written."), folder,
               there, needed);
  return FALSE;
}

gboolean
xq_backup_disk_check (const char *path, guint64 bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statfs disk;

  if (statfs (folder, &disk) != 0)
    {
      xq_backup_disk_error (folder, errno, error);
      return FALSE;
    }
  if (access (folder, W_OK | X_OK) != 0)
    {
      xq_backup_disk_error (folder, errno, error);
      return FALSE;
    }
  if (!xq_backup_disk_fits ((guint64) disk.f_type, bytes))
    {
      g_autofree char *size = g_format_size (bytes);

      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("The backup takes %s, and a disk formatted as FAT holds no file of 4 GiB or more. Format the stick as exFAT or choose another disk. Nothing was written."),
                   size);
      return FALSE;
    }
  return has_room (folder, &disk, bytes, error);
}

gboolean
xq_backup_disk_write (int descriptor, const guint8 *bytes, gsize length, guint64 offset)
{
  gsize done = 0;

  while (done < length)
    {
      gssize written = pwrite (descriptor, bytes + done, length - done, (off_t) (offset + done));

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      done += (gsize) written;
    }
  return TRUE;
}

gssize
xq_backup_disk_read (int descriptor, guint8 *ret_bytes, gsize length, guint64 offset)
{
  gsize done = 0;

  while (done < length)
    {
      gssize got = pread (descriptor, ret_bytes + done, length - done, (off_t) (offset + done));

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return -1;
      if (got == 0)
        break;
      done += (gsize) got;
    }
  return (gssize) done;
}

int
xq_backup_disk_open_direct (const char *path, guint64 offset)
{
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_DIRECT);
  g_autofree guint8 *memory = g_malloc (2 * XQ_BACKUP_ALIGNMENT);
  guint8 *aligned = memory + XQ_BACKUP_ALIGNMENT - (guintptr) memory % XQ_BACKUP_ALIGNMENT;

  /* Some take the flag and refuse the reading. */
  if (descriptor >= 0 && xq_backup_disk_read (descriptor, aligned, XQ_BACKUP_ALIGNMENT, offset) != XQ_BACKUP_ALIGNMENT)
    {
      close (descriptor);
      return -1;
    }
  return descriptor;
}

gboolean
xq_backup_disk_settle (int descriptor)
{
  if (fsync (descriptor) != 0)
    return FALSE;
  /* Some file systems know no such advice; what was hashed while it was written is then compared with memory. */
  posix_fadvise (descriptor, 0, 0, POSIX_FADV_DONTNEED);
  return TRUE;
}
