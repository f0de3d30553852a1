/* A disk of its own for a test that needs one which is small, full or read-only. Only root can make it. */
#pragma once

#include <sys/mount.h>
#include <unistd.h>

#include "fixture.h"

/* A folder on a disk with room for @size ("4m"). (transfer full); NULL, and the test skipped, for who may not mount. */
static inline char *
real_disk (const char *size)
{
  g_autofree char *disk = fixture_folder ();
  g_autofree char *options = g_strconcat ("size=", size, NULL);

  if (mount ("none", disk, "tmpfs", 0, options) == 0)
    return g_steal_pointer (&disk);
  g_test_skip ("only root can make a disk");
  g_rmdir (disk);
  return NULL;
}

static inline void
real_disk_remove (const char *disk)
{
  umount2 (disk, MNT_DETACH);
  g_rmdir (disk);
}
