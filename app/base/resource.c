#include "config.h"

#include "base/resource.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "xq-data-resources.h"

#define PREFIX "/io/github/xinqiao/Xinqiao/"

/* In a static library the linker drops a constructor that nobody refers to: register by hand. */
static void
ensure_registered (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      g_resources_register (xq_data_get_resource ());
      g_once_init_leave (&once, 1);
    }
}

GBytes *
xq_resource_load (const char *path, GError **error)
{
  g_autofree char *full = g_strconcat (PREFIX, path, NULL);
  GBytes *bytes;

  ensure_registered ();
  bytes = g_resources_lookup_data (full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    g_set_error (error, XQ_BASE_ERROR, XQ_ERROR_NOT_FOUND, _("“%s” is not part of this program."), path);
  return bytes;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char **
xq_resource_list (const char *folder)
{
  g_autofree char *full = g_strconcat (PREFIX, folder, NULL);
  char **names;

  ensure_registered ();
  names = g_resources_enumerate_children (full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (names == NULL)
    return g_new0 (char *, 1);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}
