#include "config.h"

#include "vault/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/database.h"

/* More than any file that is written here. */
#define MOST_BYTES 65536

void
xq_file_set_error (const char *path, int number, GError **error)
{
  const char *said = g_strerror (number);

  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                 _ ("There is no room on the disk for “%s” (%s). Make room and try again."), path, said);
  else if (number == EROFS || number == EACCES || number == EPERM)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                 _ ("“%s” may not be written (%s). Remove the write protection or choose another folder."),
                 path, said);
  else
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                 _ ("“%s” cannot be read or written (%s). Check that the disk is still connected and try again."),
                 path, said);
}

static gboolean
write_all (int descriptor, const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      gssize written = write (descriptor, text, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      text += written;
      length -= written;
    }
  return fsync (descriptor) == 0;
}

/* Some file systems of sticks cannot do that for a folder. */
static gboolean
sync_at (const char *path, int flags)
{
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | flags);
  gboolean done;

  if (descriptor < 0)
    return FALSE;
  done = fsync (descriptor) == 0 || errno == EINVAL || errno == ENOTSUP;
  close (descriptor);
  return done;
}

/* The renaming itself reaches the disk with the folder. */
gboolean
xq_file_sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return sync_at (folder, O_DIRECTORY);
}

gboolean
xq_file_sync_renamed (const char *path)
{
  return sync_at (path, 0) && xq_file_sync_folder_of (path);
}

gboolean
xq_file_rename (const char *from, const char *to, GError **error)
{
  if (rename (from, to) == 0 && xq_file_sync_renamed (to))
    return TRUE;
  xq_file_set_error (to, errno, error);
  return FALSE;
}

static char *
beside (const char *path)
{
  return g_strconcat (path, ".new", NULL);
}

gboolean
xq_file_prepare (const char *path, const char *text, GError **error)
{
  g_autofree char *prepared = beside (path);
  gboolean written;
  int descriptor;
  int number;

  /* What lies there is left over, or was put there: a pipe to wait at, a file that others may read. */
  unlink (prepared);
  descriptor = open (prepared, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (descriptor < 0)
    {
      xq_file_set_error (path, errno, error);
      return FALSE;
    }
  written = write_all (descriptor, text);
  number = errno;
  if (close (descriptor) != 0 && written)
    {
      written = FALSE;
      number = errno;
    }
  if (!written)
    {
      unlink (prepared);
      xq_file_set_error (path, number, error);
    }
  return written;
}

/* Best effort, on a disk that has just failed. */
static void
put_back (const char *path, const char *before)
{
  g_autofree char *prepared = beside (path);

  if (before == NULL)
    unlink (path);
  else if (xq_file_prepare (path, before, NULL))
    rename (prepared, path);
}

gboolean
xq_file_finish (const char *path, GError **error)
{
  g_autofree char *prepared = beside (path);
  g_autofree char *before = NULL;

  xq_file_read (path, MOST_BYTES, &before, NULL);
  if (xq_file_rename (prepared, path, error))
    return TRUE;
  /* Where the renaming was done and only its sync failed, what is refused must not be there all the same. */
  if (unlink (prepared) != 0)
    put_back (path, before);
  return FALSE;
}

void
xq_file_forget (const char *path)
{
  g_autofree char *prepared = beside (path);

  unlink (prepared);
}

gboolean
xq_file_write (const char *path, const char *text, GError **error)
{
  return xq_file_prepare (path, text, error) && xq_file_finish (path, error);
}

JsonNode *
xq_json_parse (const char *text, gsize length)
{
  /* Not the immutable one: json-glib 1.10 aborts with it on a number that an object follows ("1{}"). */
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_parser_steal_root (parser) : NULL;
}

gboolean
xq_file_read (const char *path, gsize most, char **ret_text, gsize *ret_length)
{
  struct stat info;

  return stat (path, &info) == 0 && S_ISREG (info.st_mode) && (gsize) info.st_size <= most
         && g_file_get_contents (path, ret_text, ret_length, NULL);
}

JsonNode *
xq_file_read_json (const char *path, gsize most)
{
  g_autofree char *text = NULL;
  gsize length;

  return xq_file_read (path, most, &text, &length) ? xq_json_parse (text, length) : NULL;
}
