/* What the program itself does to its files (keyslots.json, attempts.json, a database that is renamed), by the linker: each of these stands in for the function of
 * its name wherever the program calls it. SQLite's own calls pass by; they have been seen above (fault-vfs.c). */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "faults.h"

#define MOST_DESCRIPTORS 64
/* What a descriptor of the folder itself is called. */
#define FOLDER "."

int __real_open64 (const char *path, int flags, ...);
ssize_t __real_write (int descriptor, const void *bytes, size_t length);
int __real_close (int descriptor);
int __real_rename (const char *from, const char *to);
int __real_unlink (const char *path);
int __real_g_unlink (const char *path);

int __wrap_open64 (const char *path, int flags, ...);
ssize_t __wrap_write (int descriptor, const void *bytes, size_t length);
int __wrap_fsync (int descriptor);
int __wrap_close (int descriptor);
int __wrap_rename (const char *from, const char *to);
int __wrap_unlink (const char *path);
int __wrap_g_unlink (const char *path);

static struct
{
  char *name;
  gint64 offset;
} watched[MOST_DESCRIPTORS];

static const char *
plain_name (const char *path)
{
  const char *name = faults_name (path);

  return name != NULL && strstr (name, ".json") != NULL ? name : NULL;
}

static char *
name_to_watch (const char *path, int flags)
{
  g_autofree char *inside = g_strconcat (path, "/x", NULL);

  if ((flags & O_DIRECTORY) != 0 && faults_name (inside) != NULL)
    return g_strdup (FOLDER);
  return (flags & O_ACCMODE) != O_RDONLY ? g_strdup (plain_name (path)) : NULL;
}

static int
fail (int number)
{
  faults_stepped ();
  errno = number;
  return -1;
}

static int
done (int result)
{
  faults_stepped ();
  return result;
}

/* Large files are asked for everywhere, and so open() is this one. */
int
__wrap_open64 (const char *path, int flags, ...)
{
  g_autofree char *name = name_to_watch (path, flags);
  va_list list;
  int mode, descriptor;

  va_start (list, flags);
  mode = (flags & O_CREAT) != 0 ? va_arg (list, int) : 0;
  va_end (list);
  if (name != NULL && faults_step (CALL_OPEN, name, FALSE))
    return fail (EIO);
  descriptor = __real_open64 (path, flags, mode);
  if (name == NULL || descriptor < 0)
    return descriptor;
  g_assert_cmpint (descriptor, <, MOST_DESCRIPTORS);
  if (faults_disk () != NULL && strcmp (name, FOLDER) != 0)
    {
      disk_make (faults_disk (), name);
      if ((flags & O_TRUNC) != 0)
        disk_truncate (faults_disk (), name, 0);
    }
  watched[descriptor].name = g_steal_pointer (&name);
  watched[descriptor].offset = 0;
  return done (descriptor);
}

static const char *
watched_name (int descriptor)
{
  return descriptor >= 0 && descriptor < MOST_DESCRIPTORS ? watched[descriptor].name : NULL;
}

static ssize_t
write_through (int descriptor, const void *bytes, size_t length)
{
  ssize_t written = __real_write (descriptor, bytes, length);

  if (written > 0 && faults_disk () != NULL)
    disk_write (faults_disk (), watched[descriptor].name, watched[descriptor].offset, bytes, written);
  watched[descriptor].offset += MAX (written, 0);
  return written;
}

ssize_t
__wrap_write (int descriptor, const void *bytes, size_t length)
{
  ssize_t written;

  if (watched_name (descriptor) == NULL)
    return __real_write (descriptor, bytes, length);
  if (faults_step (CALL_WRITE, watched_name (descriptor), TRUE))
    {
      write_through (descriptor, bytes, length / 2);
      return fail (faults_is_full () ? ENOSPC : EIO);
    }
  written = write_through (descriptor, bytes, length);
  faults_stepped ();
  return written;
}

/* As in the VFS: nothing is truly synced. */
int
__wrap_fsync (int descriptor)
{
  const char *name = watched_name (descriptor);

  if (name == NULL)
    return 0;
  if (faults_step (CALL_SYNC, name, FALSE))
    return fail (EIO);
  if (faults_disk () != NULL && strcmp (name, FOLDER) == 0)
    disk_sync_folder (faults_disk ());
  else if (faults_disk () != NULL)
    disk_sync (faults_disk (), name);
  return done (0);
}

int
__wrap_close (int descriptor)
{
  if (watched_name (descriptor) != NULL)
    g_clear_pointer (&watched[descriptor].name, g_free);
  return __real_close (descriptor);
}

int
__wrap_rename (const char *from, const char *to)
{
  const char *old = faults_name (from);
  const char *new = faults_name (to);
  int result;

  if (old == NULL || new == NULL)
    return __real_rename (from, to);
  if (faults_step (CALL_RENAME, old, FALSE))
    return fail (EIO);
  result = __real_rename (from, to);
  if (result == 0 && faults_disk () != NULL)
    disk_rename (faults_disk (), old, new);
  return done (result);
}

static int
remove_through (const char *path, int (*remove_real) (const char *path))
{
  const char *name = plain_name (path);
  int result;

  if (name == NULL)
    return remove_real (path);
  if (faults_step (CALL_REMOVE, name, FALSE))
    return fail (EIO);
  result = remove_real (path);
  if (result == 0 && faults_disk () != NULL)
    disk_remove (faults_disk (), name);
  return done (result);
}

int
__wrap_unlink (const char *path)
{
  return remove_through (path, __real_unlink);
}

int
__wrap_g_unlink (const char *path)
{
  return remove_through (path, __real_g_unlink);
}
