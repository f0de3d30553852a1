#include "config.h"

#include "base/i18n.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

static const char *
catalogue_folder (void)
{
  const char *set = g_getenv ("XQ_LOCALE_DIR");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *build = g_path_get_dirname (XQ_SOURCE_LOCALE_DIR);

  if (set != NULL)
    return set;
  if (self != NULL && g_str_has_prefix (self, build))
    return XQ_SOURCE_LOCALE_DIR;
  return XQ_LOCALE_DIR;
}

/* Any locale but "C" lets gettext work; LANGUAGE then decides. */
static void
set_some_locale (const char *language)
{
  const char *tries[] = { "zh_CN.UTF-8", "zh_TW.UTF-8", "en_US.UTF-8", "de_DE.UTF-8" };
  g_autofree char *own = g_strconcat (language, ".UTF-8", NULL);

  if (setlocale (LC_ALL, own) != NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    if (setlocale (LC_ALL, tries[i]) != NULL)
      return;
  setlocale (LC_ALL, "C.UTF-8");
}

void
xq_i18n_init (const char *language)
{
  if (language != NULL)
    {
      g_setenv ("LANGUAGE", language, TRUE);
      set_some_locale (language);
    }
  else if (setlocale (LC_ALL, "") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  setlocale (LC_NUMERIC, "C");

  bindtextdomain (GETTEXT_PACKAGE, catalogue_folder ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

const char *
xq_i18n_language (void)
{
  const char *const *names = g_get_language_names ();

  for (; *names != NULL; names++)
    {
      if (g_str_has_prefix (*names, "zh_TW") || g_str_has_prefix (*names, "zh_HK")
          || g_str_has_prefix (*names, "zh_MO") || g_str_has_prefix (*names, "zh_Hant"))
        return "zh_TW";
      if (g_str_has_prefix (*names, "zh"))
        return "zh_CN";
      if (g_str_has_prefix (*names, "en") || strcmp (*names, "C") == 0)
        return "en";
    }
  return "en";
}
