/* A screen of our own for tests in C that need widgets: an X server without a monitor, ended with the test. */
#pragma once

#include <gio/gunixinputstream.h>
#include <glib-unix.h>

#include <adwaita.h>

/* The server; NULL where there is none, and the tests are skipped. */
static inline GSubprocess *
display_begin (void)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GInputStream) reader = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *number = NULL, *name = NULL;
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  reader = g_unix_input_stream_new (ends[0], TRUE);
  g_subprocess_launcher_take_fd (launcher, ends[1], 3);
  server = g_subprocess_launcher_spawn (launcher, NULL, "Xvfb", "-displayfd", "3", "-screen", "0", "1200x900x24", "-nolisten",
                                        "tcp", NULL);
  if (server == NULL)
    return NULL;
  lines = g_data_input_stream_new (reader);
  number = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_nonnull (number);
  name = g_strconcat (":", number, NULL);
  g_setenv ("DISPLAY", name, TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_DEBUG", "no-portals", TRUE);
  g_setenv ("GTK_A11Y", "none", TRUE);
  adw_init ();
  /* What closes is gone at once. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  return g_steal_pointer (&server);
}

static inline void
display_end (GSubprocess *server)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (server == NULL)
    return;
  if (display != NULL)
    gdk_display_close (display);
  g_subprocess_force_exit (server);
  g_subprocess_wait (server, NULL, NULL);
  g_object_unref (server);
}
