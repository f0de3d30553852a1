/* A VFS over SQLite's own that passes everything on, and sees each call that changes a watched file. */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "faults.h"
#include "vault/database-private.h"

/* @real follows in memory. A log or journal that was made has its folder synced with its first sync, as SQLite's VFS for
 * Unix does below us. */
typedef struct
{
  sqlite3_file base;
  char *name; /* NULL: not watched */
  gboolean folder_waits;
} WatchedFile;

static sqlite3_vfs watching;
static sqlite3_vfs *under;

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return (sqlite3_file *) ((WatchedFile *) file + 1);
}

static const char *
name_of (sqlite3_file *file)
{
  return ((WatchedFile *) file)->name;
}

static sqlite3_int64
size_of (sqlite3_file *file)
{
  sqlite3_int64 size = 0;

  real_of (file)->pMethods->xFileSize (real_of (file), &size);
  return size;
}

static int
done (int code)
{
  faults_stepped ();
  return code;
}

static int
on_close (sqlite3_file *file)
{
  WatchedFile *watched = (WatchedFile *) file;
  int code = real_of (file)->pMethods->xClose (real_of (file));

  g_clear_pointer (&watched->name, g_free);
  return code;
}

static int
on_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  return real_of (file)->pMethods->xRead (real_of (file), bytes, length, offset);
}

static int
write_through (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  if (length > 0 && faults_disk () != NULL)
    disk_write (faults_disk (), name_of (file), offset, bytes, length);
  return length > 0 ? real_of (file)->pMethods->xWrite (real_of (file), bytes, length, offset) : SQLITE_OK;
}

static int
on_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  if (name_of (file) == NULL)
    return real_of (file)->pMethods->xWrite (real_of (file), bytes, length, offset);
  if (!faults_step (CALL_WRITE, name_of (file), offset + length > size_of (file)))
    return done (write_through (file, bytes, length, offset));
  write_through (file, bytes, length / 2, offset);
  return done (faults_is_full () ? SQLITE_FULL : SQLITE_IOERR_WRITE);
}

static int
on_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  if (name_of (file) == NULL)
    return real_of (file)->pMethods->xTruncate (real_of (file), size);
  if (faults_step (CALL_TRUNCATE, name_of (file), FALSE))
    return done (SQLITE_IOERR_TRUNCATE);
  if (faults_disk () != NULL)
    disk_truncate (faults_disk (), name_of (file), size);
  return done (real_of (file)->pMethods->xTruncate (real_of (file), size));
}

/* What lies below is not synced: the machine that runs the test does not lose power. */
static int
on_sync (sqlite3_file *file, int flags)
{
  WatchedFile *watched = (WatchedFile *) file;

  if (name_of (file) == NULL)
    return SQLITE_OK;
  if (faults_step (CALL_SYNC, name_of (file), FALSE))
    return done (SQLITE_IOERR_FSYNC);
  if (faults_disk () != NULL)
    {
      disk_sync (faults_disk (), name_of (file));
      if (watched->folder_waits)
        disk_sync_folder (faults_disk ());
    }
  watched->folder_waits = FALSE;
  return done (SQLITE_OK);
}

static int
on_file_size (sqlite3_file *file, sqlite3_int64 *ret_size)
{
  return real_of (file)->pMethods->xFileSize (real_of (file), ret_size);
}

static int
on_lock (sqlite3_file *file, int lock)
{
  return real_of (file)->pMethods->xLock (real_of (file), lock);
}

static int
on_unlock (sqlite3_file *file, int lock)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), lock);
}

static int
on_check_reserved (sqlite3_file *file, int *ret_reserved)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), ret_reserved);
}

static int
on_control (sqlite3_file *file, int operation, void *argument)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), operation, argument);
}

static int
on_sector_size (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
on_characteristics (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
on_map (sqlite3_file *file, int page, int size, int extend, void volatile **ret_memory)
{
  int code = real_of (file)->pMethods->xShmMap (real_of (file), page, size, 0, ret_memory);

  /* Counted only where the index grows: a page that is there costs no room. */
  if (code != SQLITE_OK || *ret_memory != NULL || !extend)
    return code;
  if (name_of (file) == NULL || !faults_step (CALL_MAP, name_of (file), TRUE))
    code = real_of (file)->pMethods->xShmMap (real_of (file), page, size, extend, ret_memory);
  else
    code = SQLITE_IOERR_SHMSIZE;
  return name_of (file) != NULL ? done (code) : code;
}

static int
on_map_lock (sqlite3_file *file, int offset, int count, int flags)
{
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, count, flags);
}

static void
on_map_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
on_unmap (sqlite3_file *file, int remove)
{
  return real_of (file)->pMethods->xShmUnmap (real_of (file), remove);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = on_close,
  .xRead = on_read,
  .xWrite = on_write,
  .xTruncate = on_truncate,
  .xSync = on_sync,
  .xFileSize = on_file_size,
  .xLock = on_lock,
  .xUnlock = on_unlock,
  .xCheckReservedLock = on_check_reserved,
  .xFileControl = on_control,
  .xSectorSize = on_sector_size,
  .xDeviceCharacteristics = on_characteristics,
  .xShmMap = on_map,
  .xShmLock = on_map_lock,
  .xShmBarrier = on_map_barrier,
  .xShmUnmap = on_unmap,
};

static int
open_below (sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *ret_flags)
{
  WatchedFile *watched = (WatchedFile *) file;
  int code = under->xOpen (under, path, real_of (file), flags, ret_flags);

  if (code != SQLITE_OK)
    return code;
  watched->name = g_strdup (faults_name (path));
  watched->folder_waits = watched->name != NULL && (flags & SQLITE_OPEN_CREATE) != 0
                          && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  file->pMethods = &methods;
  if (watched->name != NULL && faults_disk () != NULL)
    disk_make (faults_disk (), watched->name);
  return SQLITE_OK;
}

static int
on_open (sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *ret_flags)
{
  const char *name = faults_name (path);

  file->pMethods = NULL;
  if (name == NULL)
    return open_below (vfs, path, file, flags, ret_flags);
  if (faults_step (CALL_OPEN, name, FALSE))
    return done (SQLITE_CANTOPEN);
  return done (open_below (vfs, path, file, flags, ret_flags));
}

static int
on_delete (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  const char *name = faults_name (path);
  int code;

  if (name == NULL)
    return under->xDelete (under, path, sync_folder);
  if (faults_step (CALL_REMOVE, name, FALSE))
    return done (SQLITE_IOERR_DELETE);
  code = under->xDelete (under, path, 0);
  if (code == SQLITE_OK && faults_disk () != NULL)
    {
      disk_remove (faults_disk (), name);
      if (sync_folder)
        disk_sync_folder (faults_disk ());
    }
  return done (code);
}

void
faults_register_vfs (void)
{
  xq_sqlite_initialise ();
  if (under != NULL)
    return;
  under = sqlite3_vfs_find (NULL);
  watching = *under;
  watching.zName = "faults";
  watching.szOsFile = (int) sizeof (WatchedFile) + under->szOsFile;
  watching.xOpen = on_open;
  watching.xDelete = on_delete;
  g_assert_cmpint (sqlite3_vfs_register (&watching, 1), ==, SQLITE_OK);
}
