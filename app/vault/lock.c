#include "config.h"

#include "vault/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/database.h"
#include "vault/file.h"

static void
set_busy (const char *folder, int descriptor, GError **error)
{
  char holder[16] = "";
  gssize length = pread (descriptor, holder, sizeof holder - 1, 0);

  holder[MAX (length, 0)] = '\0';
  /* Locked in the middle of long work, which keeps the vault until it has noticed. */
  if (g_ascii_strtoll (holder, NULL, 10) == getpid ())
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
                   _ ("What was being done in “%s” when it was locked is just coming to its end. Wait a moment and try again."),
                   folder);
      return;
    }
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
               _ ("The vault “%s” is open already (process %s). Go on in that window, or close it and try again."),
               folder, *holder != '\0' ? g_strstrip (holder) : "?");
}

static void
write_holder (int descriptor)
{
  g_autofree char *line = g_strdup_printf ("%d\n", getpid ());

  /* Only a word for whoever finds it locked; the lock holds without. */
  if (ftruncate (descriptor, 0) == 0 && pwrite (descriptor, line, strlen (line), 0) < 0)
    return;
}

int
xq_lock_take (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  int descriptor = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);

  if (descriptor < 0)
    {
      xq_file_set_error (path, errno, error);
      return -1;
    }
  if (flock (descriptor, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EWOULDBLOCK)
        set_busy (folder, descriptor, error);
      else
        xq_file_set_error (path, errno, error);
      close (descriptor);
      return -1;
    }
  write_holder (descriptor);
  return descriptor;
}

/* A file system that cannot lock a folder (some network disks) is no reason to refuse. @ret_busy: somebody else has it. */
static int
lock_folder (const char *folder, int how, gboolean *ret_busy, GError **error)
{
  int descriptor = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  *ret_busy = FALSE;
  if (descriptor < 0)
    {
      xq_file_set_error (folder, errno, error);
      return -1;
    }
  if (flock (descriptor, how | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return descriptor;
  close (descriptor);
  *ret_busy = TRUE;
  return -1;
}

int
xq_lock_take_beside (const char *folder, GError **error)
{
  gboolean busy;
  int descriptor = lock_folder (folder, LOCK_SH, &busy, error);

  if (busy)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
                 _ ("The vault “%s” is being written under a new key. Wait until that is done."), folder);
  return descriptor;
}

int
xq_lock_take_from_beside (const char *folder, GError **error)
{
  gboolean busy;
  int descriptor = lock_folder (folder, LOCK_EX, &busy, error);

  if (busy)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
                 _ ("Another program is making a backup of “%s”. Wait until it is done, and try again. Nothing was changed."),
                 folder);
  return descriptor;
}
