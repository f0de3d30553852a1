#include "config.h"

#include "vault/backup-vfs.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/backup-header.h"

#define NAME "xq-backup"

typedef struct
{
  sqlite3_file base;
  int descriptor;
} Image;

static int
image_close (sqlite3_file *file)
{
  return close (((Image *) file)->descriptor) == 0 ? SQLITE_OK : SQLITE_IOERR_CLOSE;
}

static int
image_read (sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
  int done = 0;

  while (done < amount)
    {
      gssize got = pread (((Image *) file)->descriptor, (char *) buffer + done, amount - done,
                          XQ_BACKUP_DATABASE_OFFSET + offset + done);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return SQLITE_IOERR_READ;
      if (got == 0)
        {
          memset ((char *) buffer + done, 0, amount - done);
          return SQLITE_IOERR_SHORT_READ;
        }
      done += (int) got;
    }
  return SQLITE_OK;
}

static int
image_write (sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
  return SQLITE_READONLY;
}

static int
image_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return SQLITE_READONLY;
}

static int
image_sync (sqlite3_file *file, int flags)
{
  return SQLITE_OK;
}

static int
image_size (sqlite3_file *file, sqlite3_int64 *ret_size)
{
  struct stat info;

  if (fstat (((Image *) file)->descriptor, &info) != 0)
    return SQLITE_IOERR_FSTAT;
  *ret_size = MAX (info.st_size - XQ_BACKUP_DATABASE_OFFSET, 0);
  return SQLITE_OK;
}

static int
image_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK;
}

static int
image_check_lock (sqlite3_file *file, int *ret_reserved)
{
  *ret_reserved = 0;
  return SQLITE_OK;
}

static int
image_control (sqlite3_file *file, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
image_sector_size (sqlite3_file *file)
{
  return 4096;
}

/* Immutable: SQLite then looks for no log beside it, although the database says that it has one. */
static int
image_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods image_methods = {
  .iVersion = 1,
  .xClose = image_close,
  .xRead = image_read,
  .xWrite = image_write,
  .xTruncate = image_truncate,
  .xSync = image_sync,
  .xFileSize = image_size,
  .xLock = image_lock,
  .xUnlock = image_lock,
  .xCheckReservedLock = image_check_lock,
  .xFileControl = image_control,
  .xSectorSize = image_sector_size,
  .xDeviceCharacteristics = image_characteristics,
};

static int
open_image (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
  Image *image = (Image *) file;

  file->pMethods = NULL;
  if (name == NULL || (flags & SQLITE_OPEN_MAIN_DB) == 0)
    return SQLITE_CANTOPEN;
  image->descriptor = open (name, O_RDONLY | O_CLOEXEC);
  if (image->descriptor < 0)
    return SQLITE_CANTOPEN;
  file->pMethods = &image_methods;
  if (ret_flags != NULL)
    *ret_flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
  return SQLITE_OK;
}

static int
delete_nothing (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  return SQLITE_IOERR_DELETE;
}

static int
access_nothing (sqlite3_vfs *vfs, const char *name, int flags, int *ret_found)
{
  *ret_found = 0;
  return SQLITE_OK;
}

const char *
xq_backup_vfs (void)
{
  static gsize once = 0;
  static sqlite3_vfs vfs;

  if (g_once_init_enter (&once))
    {
      /* Randomness, time and paths are the system's. */
      vfs = *sqlite3_vfs_find (NULL);
      vfs.szOsFile = sizeof (Image);
      vfs.pNext = NULL;
      vfs.zName = NAME;
      vfs.xOpen = open_image;
      vfs.xDelete = delete_nothing;
      vfs.xAccess = access_nothing;
      if (sqlite3_vfs_register (&vfs, 0) != SQLITE_OK)
        g_error ("SQLCipher takes no reader of backups");
      g_once_init_leave (&once, 1);
    }
  return NAME;
}
