#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/i18n.h"
#include "ui/application.h"
#include "ui/preferences.h"
#include "ui/resources.h"
#include "vault/vault.h"

/* What is in memory while a vault is open does not go to the disk with a crash. */
static void
forbid_core_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *page = NULL;
  g_autofree char *language = NULL;
  gboolean version = FALSE;
  const GOptionEntry options[] = {
    { "vault", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("The folder of the vault"), N_("DIR") },
    { "page", 0, 0, G_OPTION_ARG_STRING, &page, N_("The page to show first"), N_("NAME") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &language, N_("The language: zh_CN, zh_TW or en"), N_("LANGUAGE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (XqApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  forbid_core_dumps ();
  language = xq_preferences_language ();
  xq_i18n_init (language);
  context = g_option_context_new (NULL);
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (version)
    {
      g_print ("%s\n", XQ_VERSION);
      return EXIT_SUCCESS;
    }
  if (language != NULL)
    xq_i18n_init (language);
  if (folder == NULL)
    folder = xq_preferences_vault ();

  xq_ui_resources_register ();
  application = xq_application_new (folder, page);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
