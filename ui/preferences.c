#include "config.h"

#include "ui/preferences.h"

#include <adwaita.h>

#include "vault/vault.h"

#define GROUP "window"

static char *
file_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "xinqiao", "window.ini", NULL);
}

static GKeyFile *
read_file (void)
{
  g_autofree char *path = file_path ();
  GKeyFile *file = g_key_file_new ();

  /* Not there, or spoilt by hand: the defaults. */
  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  return file;
}

/* What cannot be written is not remembered: a convenience, no reason to stop anybody. */
static void
write_file (GKeyFile *file)
{
  g_autofree char *path = file_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (file, path, NULL);
}

static char *
get_text (const char *key)
{
  g_autoptr (GKeyFile) file = read_file ();

  return g_key_file_get_string (file, GROUP, key, NULL);
}

static void
set_text (const char *key, const char *text)
{
  g_autoptr (GKeyFile) file = read_file ();

  if (text != NULL)
    g_key_file_set_string (file, GROUP, key, text);
  else
    g_key_file_remove_key (file, GROUP, key, NULL);
  write_file (file);
}

void
xq_preferences_get_size (int *ret_width, int *ret_height, gboolean *ret_maximized)
{
  g_autoptr (GKeyFile) file = read_file ();
  int width = g_key_file_get_integer (file, GROUP, "width", NULL);
  int height = g_key_file_get_integer (file, GROUP, "height", NULL);

  *ret_width = width >= 360 && width <= 16384 ? width : 1200;
  *ret_height = height >= 320 && height <= 16384 ? height : 800;
  *ret_maximized = g_key_file_get_boolean (file, GROUP, "maximized", NULL);
}

void
xq_preferences_set_size (int width, int height, gboolean maximized)
{
  g_autoptr (GKeyFile) file = read_file ();

  g_key_file_set_integer (file, GROUP, "width", width);
  g_key_file_set_integer (file, GROUP, "height", height);
  g_key_file_set_boolean (file, GROUP, "maximized", maximized);
  write_file (file);
}

char *
xq_preferences_vault (void)
{
  g_autofree char *last = get_text ("vault");

  return last != NULL && xq_vault_exists (last) ? g_steal_pointer (&last) : xq_vault_default_folder ();
}

void
xq_preferences_set_vault (const char *folder)
{
  set_text ("vault", folder);
}

char *
xq_preferences_language (void)
{
  return get_text ("language");
}

void
xq_preferences_set_language (const char *language)
{
  set_text ("language", language);
}

char *
xq_preferences_colours (void)
{
  g_autofree char *colours = get_text ("colours");

  return g_strdup (colours != NULL ? colours : "default");
}

void
xq_preferences_set_colours (const char *colours)
{
  set_text ("colours", colours);
}

void
xq_preferences_apply (void)
{
  g_autofree char *colours = xq_preferences_colours ();
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (colours, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (colours, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}
