#include "config.h"

#include "report/output.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <sys/vfs.h>

#include "report/model.h"

gboolean
xq_output_save (const char *path, const char *bytes, gsize length, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *name = NULL;

  /* A new file need not wait for the disk; one that takes another's place must not lose both. */
  if (g_file_set_contents_full (path, bytes, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_ONLY_EXISTING, 0600, &why))
    return TRUE;

  name = g_filename_display_name (path);
  g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_IO,
               _("“%s” could not be written: %s. Choose another folder or free some space."), name,
               why->message);
  return FALSE;
}

static gboolean
lives_in_memory (const char *folder)
{
  struct statfs system;

  return folder != NULL && statfs (folder, &system) == 0
         && (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC);
}

char *
xq_output_private_folder (void)
{
  const char *const places[] = { g_get_user_runtime_dir (), "/dev/shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *folder = NULL;

      if (!lives_in_memory (places[i]))
        continue;
      folder = g_build_filename (places[i], "xinqiao-XXXXXX", NULL);
      if (g_mkdtemp (folder) != NULL)
        return g_steal_pointer (&folder);
    }
  return NULL;
}

void
xq_output_remove_folder (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}
