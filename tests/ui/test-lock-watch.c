/* When the window locks by itself: on a bus of the test's own, with the desktop's services played by it. */
#include "config.h"

#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <unistd.h>

#include "loop.h"
#include "ui/lock-watch.h"

static void
on_lock_cb (XqLockWatch *watch, gpointer user_data)
{
  *(int *) user_data += 1;
}

static void
test_idle (void)
{
  XqLockWatch *watch = xq_lock_watch_new (NULL);
  int locks = 0;

  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  xq_lock_watch_set_seconds (watch, 1);
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (locks, ==, 1);
  run_for (1500);
  g_assert_cmpint (locks, ==, 1);
  g_assert_finalize_object (watch);
}

static void
test_never (void)
{
  XqLockWatch *watch = xq_lock_watch_new (NULL);
  int locks = 0;

  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  xq_lock_watch_set_seconds (watch, 1);
  xq_lock_watch_set_seconds (watch, 0);
  run_for (2200);
  g_assert_cmpint (locks, ==, 0);
  g_assert_finalize_object (watch);
}

static void
test_touch (void)
{
  XqLockWatch *watch = xq_lock_watch_new (NULL);
  int locks = 0;

  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  xq_lock_watch_set_seconds (watch, 3);
  for (int i = 0; i < 12; i++)
    {
      run_for (400);
      xq_lock_watch_touch (watch);
    }
  g_assert_cmpint (locks, ==, 0);
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (watch);
}

/* Destroyed while the buses are still being looked for: nothing comes back to what is gone. */
static void
test_short_life (void)
{
  XqLockWatch *watch = xq_lock_watch_new (NULL);

  g_assert_finalize_object (watch);
  run_for (200);
}

/* -- the desktop: whatever is asked of it, it answers from here */

typedef struct
{
  GDBusConnection *bus;
  guint name_id;
  guint object_id;
  guint64 idle;       /* milliseconds or seconds, as the interface has it */
  gboolean hint;
  int inhibitions;
  int watched;        /* our end of the pipe whose other end is the inhibitor */
} Desktop;

static const char interfaces[]
  = "<node>"
    "<interface name='org.gnome.Mutter.IdleMonitor'><method name='GetIdletime'><arg direction='out' type='t'/></method></interface>"
    "<interface name='org.freedesktop.ScreenSaver'>"
    "<method name='GetSessionIdleTime'><arg direction='out' type='u'/></method></interface>"
    "<interface name='org.freedesktop.login1.Session'>"
    "<property name='IdleHint' type='b' access='read'/><property name='IdleSinceHintMonotonic' type='t' access='read'/></interface>"
    "<interface name='org.freedesktop.login1.Manager'><method name='Inhibit'>"
    "<arg direction='in' type='s'/><arg direction='in' type='s'/><arg direction='in' type='s'/><arg direction='in' type='s'/>"
    "<arg direction='out' type='h'/></method></interface>"
    "</node>";

static void
give_inhibitor (Desktop *desktop, GVariant *parameters, GDBusMethodInvocation *call)
{
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  const char *what, *mode;
  int ends[2];

  g_variant_get (parameters, "(&s&s&s&s)", &what, NULL, NULL, &mode);
  g_assert_cmpstr (what, ==, "sleep");
  g_assert_cmpstr (mode, ==, "delay");
  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (g_unix_fd_list_append (files, ends[1], NULL), ==, 0);
  close (ends[1]);
  g_clear_fd (&desktop->watched, NULL);
  desktop->watched = ends[0];
  desktop->inhibitions++;
  g_dbus_method_invocation_return_value_with_unix_fd_list (call, g_variant_new ("(h)", 0), files);
}

static void
on_call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
            GVariant *parameters, GDBusMethodInvocation *call, gpointer user_data)
{
  Desktop *desktop = user_data;

  if (g_str_equal (method, "GetIdletime"))
    g_dbus_method_invocation_return_value (call, g_variant_new ("(t)", desktop->idle));
  else if (g_str_equal (method, "GetSessionIdleTime"))
    g_dbus_method_invocation_return_value (call, g_variant_new ("(u)", (guint32) desktop->idle));
  else
    give_inhibitor (desktop, parameters, call);
}

static GVariant *
on_property_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *name,
                GError **error, gpointer user_data)
{
  Desktop *desktop = user_data;

  if (g_str_equal (name, "IdleHint"))
    return g_variant_new_boolean (desktop->hint);
  return g_variant_new_uint64 ((guint64) g_get_monotonic_time () - desktop->idle * G_USEC_PER_SEC);
}

static void
on_name_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static const GDBusInterfaceVTable answers = { on_call_cb, on_property_cb, NULL, { NULL } };

static void
desktop_begin (Desktop *desktop, const char *name, const char *interface, const char *path)
{
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interfaces, NULL);
  g_autoptr (GError) error = NULL;
  gboolean owned = FALSE;

  desktop->watched = -1;
  desktop->bus = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  desktop->object_id = g_dbus_connection_register_object (
    desktop->bus, path, g_dbus_node_info_lookup_interface (info, interface), &answers, desktop, NULL, &error);
  g_assert_no_error (error);
  desktop->name_id
    = g_bus_own_name_on_connection (desktop->bus, name, G_BUS_NAME_OWNER_FLAGS_NONE, on_name_cb, NULL, &owned, NULL);
  while (!owned)
    g_main_context_iteration (NULL, TRUE);
}

static void
desktop_end (Desktop *desktop)
{
  g_bus_unown_name (desktop->name_id);
  g_dbus_connection_unregister_object (desktop->bus, desktop->object_id);
  g_dbus_connection_close_sync (desktop->bus, NULL, NULL);
  g_clear_object (&desktop->bus);
  g_clear_fd (&desktop->watched, NULL);
}

static void
say (Desktop *desktop, const char *path, const char *interface, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (desktop->bus, NULL, path, interface, signal, parameters, &error);
  g_assert_no_error (error);
}

/* Somebody works in another window: no lock, until the session says that nobody does. */
static void
idle_of_the_session (const char *name, const char *interface, const char *path, guint64 busy, guint64 idle)
{
  Desktop desktop = { .idle = busy, .hint = TRUE };
  XqLockWatch *watch;
  int locks = 0;

  desktop_begin (&desktop, name, interface, path);
  watch = xq_lock_watch_new (NULL);
  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  run_for (300);
  xq_lock_watch_set_seconds (watch, 1);
  run_for (3500);
  g_assert_cmpint (locks, ==, 0);
  desktop.idle = idle;
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (watch);
  desktop_end (&desktop);
}

static void
test_mutter (void)
{
  idle_of_the_session ("org.gnome.Mutter.IdleMonitor", "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", 200, 5000);
}

/* Blanked: only what is done here counts, however busy the session is. */
static void
test_alone (void)
{
  Desktop desktop = { .idle = 0 };
  XqLockWatch *watch;
  int locks = 0;

  desktop_begin (&desktop, "org.gnome.Mutter.IdleMonitor", "org.gnome.Mutter.IdleMonitor",
                 "/org/gnome/Mutter/IdleMonitor/Core");
  watch = xq_lock_watch_new (NULL);
  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  run_for (300);
  xq_lock_watch_set_alone (watch, TRUE);
  xq_lock_watch_set_seconds (watch, 1);
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (watch);
  desktop_end (&desktop);
}

static void
test_hint (void)
{
  idle_of_the_session ("org.freedesktop.login1", "org.freedesktop.login1.Session",
                       "/org/freedesktop/login1/session/auto", 0, 5);
}

/* What never says "idle" must not keep the vault open. */
static void
locks_in_spite_of (const char *name, const char *interface, const char *path)
{
  Desktop desktop = { .idle = 0, .hint = FALSE };
  XqLockWatch *watch;
  int locks = 0;

  desktop_begin (&desktop, name, interface, path);
  watch = xq_lock_watch_new (NULL);
  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  run_for (300);
  xq_lock_watch_set_seconds (watch, 1);
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (watch);
  desktop_end (&desktop);
}

/* A hint that is not set says nothing. */
static void
test_no_hint (void)
{
  locks_in_spite_of ("org.freedesktop.login1", "org.freedesktop.login1.Session", "/org/freedesktop/login1/session/auto");
}

/* KDE's under Wayland: it knows no idle time and says 0. */
static void
test_screen_saver (void)
{
  locks_in_spite_of ("org.freedesktop.ScreenSaver", "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver");
}

static gboolean
is_inhibited (Desktop *desktop)
{
  struct pollfd end = { desktop->watched, POLLIN, 0 };

  g_assert_cmpint (poll (&end, 1, 0), >=, 0);
  return !(end.revents & POLLHUP);
}

static void
wait_for_inhibitions (Desktop *desktop, int wanted)
{
  while (desktop->inhibitions < wanted)
    g_main_context_iteration (NULL, TRUE);
  run_for (200);
}

/* The computer waits until the lock is over; afterwards the next sleep waits again. */
static void
test_sleep (void)
{
  Desktop desktop = { 0 };
  XqLockWatch *watch;
  int locks = 0;

  desktop_begin (&desktop, "org.freedesktop.login1", "org.freedesktop.login1.Manager", "/org/freedesktop/login1");
  watch = xq_lock_watch_new (NULL);
  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  wait_for_inhibitions (&desktop, 1);
  xq_lock_watch_locked (watch);
  g_assert_true (is_inhibited (&desktop));

  say (&desktop, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", g_variant_new ("(b)", TRUE));
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  run_for (200);
  g_assert_true (is_inhibited (&desktop));
  xq_lock_watch_locked (watch);
  g_assert_false (is_inhibited (&desktop));

  say (&desktop, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", g_variant_new ("(b)", FALSE));
  wait_for_inhibitions (&desktop, 2);
  g_assert_true (is_inhibited (&desktop));
  g_assert_cmpint (locks, ==, 1);
  g_assert_finalize_object (watch);
  g_assert_false (is_inhibited (&desktop));
  desktop_end (&desktop);
}

static void
test_session_locked (void)
{
  Desktop desktop = { 0 };
  XqLockWatch *watch;
  int locks = 0;

  desktop_begin (&desktop, "org.freedesktop.login1", "org.freedesktop.login1.Manager", "/org/freedesktop/login1");
  watch = xq_lock_watch_new (NULL);
  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  wait_for_inhibitions (&desktop, 1);
  say (&desktop, "/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session", "Lock", NULL);
  while (locks < 1)
    g_main_context_iteration (NULL, TRUE);
  say (&desktop, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", g_variant_new ("(b)", TRUE));
  while (locks < 2)
    g_main_context_iteration (NULL, TRUE);
  say (&desktop, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", g_variant_new ("(b)", FALSE));
  run_for (300);
  g_assert_cmpint (locks, ==, 2);
  g_assert_finalize_object (watch);
  desktop_end (&desktop);
}

int
main (int argc, char **argv)
{
  GTestDBus *bus;
  int result;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  g_test_add_func ("/ui/lock-watch/idle", test_idle);
  g_test_add_func ("/ui/lock-watch/never", test_never);
  g_test_add_func ("/ui/lock-watch/touch", test_touch);
  g_test_add_func ("/ui/lock-watch/short-life", test_short_life);
  g_test_add_func ("/ui/lock-watch/mutter", test_mutter);
  g_test_add_func ("/ui/lock-watch/screen-saver", test_screen_saver);
  g_test_add_func ("/ui/lock-watch/alone", test_alone);
  g_test_add_func ("/ui/lock-watch/hint", test_hint);
  g_test_add_func ("/ui/lock-watch/no-hint", test_no_hint);
  g_test_add_func ("/ui/lock-watch/sleep", test_sleep);
  g_test_add_func ("/ui/lock-watch/session-locked", test_session_locked);
  result = g_test_run ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
  return result;
}
