/* Who asks the display server how long nobody was there: a real one, with real keys, and no other service in the session. Called with
 * "x11" or "wayland". */
#include "config.h"

#include "display-fixture.h"
#include "loop.h"
#include "ui/idle-display.h"
#include "ui/lock-watch.h"

/* One key, as a keyboard beside the window would send it. */
static const char *const *key_command;

static void
press_key (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) key = g_subprocess_newv (key_command, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (key, NULL, &error));
  g_assert_no_error (error);
}

static void
test_tells (void)
{
  g_autoptr (XqIdleDisplay) idle = xq_idle_display_new (gdk_display_get_default ());

  while (xq_idle_display_seconds (idle) < 2)
    run_for (100);
  press_key ();
  while (xq_idle_display_seconds (idle) != 0)
    run_for (100);
}

static void
on_lock_cb (XqLockWatch *watch, gpointer user_data)
{
  *(int *) user_data += 1;
}

/* The window itself hears none of the keys: somebody works in another one. */
static void
test_lock (void)
{
  XqLockWatch *watch = xq_lock_watch_new (gdk_display_get_default ());
  int locks = 0;

  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  xq_lock_watch_set_seconds (watch, 3);
  for (int i = 0; i < 10; i++)
    {
      press_key ();
      run_for (500);
    }
  g_assert_cmpint (locks, ==, 0);
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (watch);
}

/* Gone before the display has answered for the first time: nothing comes back to what is gone. */
static void
test_short_life (void)
{
  xq_idle_display_free (xq_idle_display_new (gdk_display_get_default ()));
  run_for (200);
}

int
main (int argc, char **argv)
{
  static const char *const x_key[] = { "xdotool", "key", "a", NULL };
  static const char *const wayland_key[] = { "wtype", "a", NULL };
  GSubprocess *server;
  gboolean wayland;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  wayland = g_str_equal (argv[1], "wayland");
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  key_command = wayland ? wayland_key : x_key;
  server = wayland ? display_begin_wayland () : display_begin ();
  if (server != NULL)
    {
      g_test_add_func ("/ui/idle-display/tells", test_tells);
      g_test_add_func ("/ui/idle-display/lock", test_lock);
      g_test_add_func ("/ui/idle-display/short-life", test_short_life);
    }
  result = g_test_run ();
  display_end (server);
  return result;
}
