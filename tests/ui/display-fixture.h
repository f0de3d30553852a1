/* A screen of our own for tests in C that need widgets: an X server or a Wayland compositor without a monitor, ended with the test. */
#pragma once

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gstdio.h>

#include <adwaita.h>

/* Starts @command and gives it with the line that it says first; NULL where there is no such program. */
static inline GSubprocess *
display_spawn (const char *const *command, char **line)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                   | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GInputStream) reader = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  GSubprocess *server;
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  reader = g_unix_input_stream_new (ends[0], TRUE);
  g_subprocess_launcher_take_fd (launcher, ends[1], 3);
  server = g_subprocess_launcher_spawnv (launcher, command, NULL);
  if (server == NULL)
    return NULL;
  /* Our own end is kept by the launcher: who ends without a word is noticed. */
  g_subprocess_launcher_close (launcher);
  lines = g_data_input_stream_new (reader);
  *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_nonnull (*line);
  return server;
}

static inline void
display_init (const char *backend)
{
  g_setenv ("GDK_BACKEND", backend, TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_DEBUG", "no-portals", TRUE);
  g_setenv ("GTK_A11Y", "none", TRUE);
  adw_init ();
  /* What closes is gone at once. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* The server; NULL where there is none, and the tests are skipped. */
static inline GSubprocess *
display_begin (void)
{
  static const char *const command[]
      = { "Xvfb", "-displayfd", "3", "-screen", "0", "1200x900x24", "-nolisten", "tcp", NULL };
  g_autofree char *number = NULL, *name = NULL;
  GSubprocess *server = display_spawn (command, &number);

  if (server == NULL)
    return NULL;
  name = g_strconcat (":", number, NULL);
  g_setenv ("DISPLAY", name, TRUE);
  g_unsetenv ("WAYLAND_DISPLAY");
  display_init ("x11");
  return server;
}

/* The same with a compositor, in a runtime folder of its own. It ends with its only client, which ends with us. */
static inline GSubprocess *
display_begin_wayland (void)
{
  static const char *const command[]
      = { "cage", "--", "sh", "-c", "echo $WAYLAND_DISPLAY >&3; exec 3>&-; exec cat", NULL };
  g_autofree char *folder = g_dir_make_tmp ("xinqiao-wayland-XXXXXX", NULL), *name = NULL;
  GSubprocess *server;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_setenv ("WLR_BACKENDS", "headless", TRUE);
  g_setenv ("WLR_RENDERER", "pixman", TRUE);
  g_setenv ("WLR_LIBINPUT_NO_DEVICES", "1", TRUE);
  server = display_spawn (command, &name);
  if (server == NULL)
    return NULL;
  g_setenv ("WAYLAND_DISPLAY", name, TRUE);
  display_init ("wayland");
  return server;
}

static inline void
display_end (GSubprocess *server)
{
  GdkDisplay *display = gdk_display_get_default ();
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");

  if (server == NULL)
    return;
  if (display != NULL)
    gdk_display_close (display);
  if (wayland == NULL)
    g_subprocess_force_exit (server);
  else
    g_output_stream_close (g_subprocess_get_stdin_pipe (server), NULL, NULL);
  g_subprocess_wait (server, NULL, NULL);
  if (wayland != NULL)
    g_assert_cmpint (g_rmdir (g_getenv ("XDG_RUNTIME_DIR")), ==, 0);
  g_object_unref (server);
}
