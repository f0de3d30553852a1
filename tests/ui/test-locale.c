/* Numbers are written as the program's languages write them, whatever the desktop's own language does. */
#include "config.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <locale.h>

#include "base/i18n.h"
#include "ui/application.h"

static void
test_decimal_point (void)
{
  g_autofree char *folder = g_dir_make_tmp ("xinqiao-test-XXXXXX", NULL);
  g_autoptr (XqApplication) application = NULL;
  g_autofree char *number = NULL;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("there is no German locale");
      return;
    }
  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  xq_i18n_init (NULL);
  application = xq_application_new (folder, NULL);
  /* With or without a display: GTK takes up the desktop's locale when it is begun. */
  gtk_init_check ();
  number = g_strdup_printf ("%.1f", 94.2);
  g_assert_cmpstr (number, ==, "94.2");
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/locale/decimal-point", test_decimal_point);
  return g_test_run ();
}
