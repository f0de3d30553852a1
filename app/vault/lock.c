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
