/* A window that says when its first frame was painted: in microseconds of the monotonic clock, on standard output. It is
 * compiled twice, for bench_window.py: as ours, which is the program's own locked window, and as a bare
 * AdwApplicationWindow with a header bar and a label, which links nothing of ours. With --stay it does not end. */
#include "config.h"

#include <adwaita.h>
#include <stdio.h>
#include <string.h>

#ifdef XQ_BENCH_OURS
#include "base/i18n.h"
#include "ui/application.h"
#include "ui/preferences.h"
#include "ui/resources.h"
#endif

static gboolean stays;

static void
on_painted_cb (GdkFrameClock *clock, gpointer application)
{
  printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  fflush (stdout);
  g_signal_handlers_disconnect_by_func (clock, on_painted_cb, application);
  if (!stays)
    g_application_quit (application);
}

static void
on_mapped_cb (GtkWidget *window, gpointer application)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted_cb), application);
}

static void
on_window_added_cb (GtkApplication *application, GtkWindow *window, gpointer unused)
{
  g_signal_connect (window, "map", G_CALLBACK (on_mapped_cb), application);
}

#ifdef XQ_BENCH_OURS
static GApplication *
make_application (const char *folder)
{
  g_autofree char *language = xq_preferences_language ();

  xq_i18n_init (language);
  xq_ui_resources_register ();
  return G_APPLICATION (xq_application_new (folder, NULL));
}
#else
static void
on_activate_cb (GtkApplication *application, gpointer unused)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), gtk_label_new ("心桥"));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
}

static GApplication *
make_application (const char *unused)
{
  AdwApplication *application = adw_application_new ("org.example.Bare", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);
  return G_APPLICATION (application);
}
#endif

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = make_application (argc > 1 ? argv[1] : "");

  stays = argc > 2 && strcmp (argv[2], "--stay") == 0;
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added_cb), NULL);
  return g_application_run (application, 1, argv);
}
