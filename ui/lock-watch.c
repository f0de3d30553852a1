#include "config.h"

#include "ui/lock-watch.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ui/idle.h"
#include "ui/idle-display.h"

#define LOGIN "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1"

struct _XqLockWatch
{
  GObject parent_instance;

  int seconds;
  gint64 touched_at;
  guint timer_id;
  gboolean alone;
  gboolean asking;
  gboolean sleeping;
  XqIdleDisplay *display;
  int inhibitor; /* a file that logind waits for; -1 for none */
  GCancellable *cancellable;
  GDBusConnection *system;
  GDBusConnection *session;
  guint sleep_id;
  guint lock_id;
  guint screen_saver_ids[2];
};

enum
{
  SIGNAL_LOCK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const screen_savers[] = { "org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver" };

G_DEFINE_FINAL_TYPE (XqLockWatch, xq_lock_watch, G_TYPE_OBJECT)

static void
say_lock (XqLockWatch *self)
{
  g_signal_emit (self, signals[SIGNAL_LOCK], 0);
}

static void start_timer (XqLockWatch *self, gint64 seconds);

/* Others know better how long nobody was there. Nobody tells, -1: then it is as long as it was here. */
static void
decide (XqLockWatch *self, gint64 idle)
{
  if (idle >= 0)
    self->touched_at = MAX (self->touched_at, xq_idle_now () - idle);
  if (xq_idle_now () - self->touched_at < self->seconds)
    start_timer (self, self->touched_at + self->seconds - xq_idle_now ());
  else
    say_lock (self);
}

static void
on_idle_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 idle = xq_idle_ask_finish (result, &error);
  XqLockWatch *self = user_data;

  /* The watch is gone: then it must not be touched. */
  if (error != NULL)
    return;
  self->asking = FALSE;
  if (self->seconds > 0)
    decide (self, self->alone ? -1 : idle);
}

/* The display answers at once; who is on a bus may take a while. */
static void
ask (XqLockWatch *self)
{
  gint64 idle = self->display != NULL ? xq_idle_display_seconds (self->display) : -1;

  if (idle >= 0)
    decide (self, idle);
  else if (!self->asking)
    {
      self->asking = TRUE;
      xq_idle_ask_async (self->session, self->system, self->cancellable, on_idle_cb, self);
    }
}

static gboolean
on_timer_cb (gpointer user_data)
{
  XqLockWatch *self = user_data;
  gint64 left = self->touched_at + self->seconds - xq_idle_now ();

  self->timer_id = 0;
  if (left > 0)
    start_timer (self, left);
  else if (self->alone)
    say_lock (self);
  else
    ask (self);
  return G_SOURCE_REMOVE;
}

/* Asleep, the timer stands still while the clock goes on: look more often than at the end. */
static void
start_timer (XqLockWatch *self, gint64 seconds)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add_seconds ((guint) CLAMP (seconds, 1, 15), on_timer_cb, self);
}

/* -- sleep: logind waits until what it gave us is closed */

static void
on_inhibited_cb (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GUnixFDList) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
    = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (bus), &files, result, &error);
  XqLockWatch *self = user_data;
  int index;

  /* Nobody there who would wait, or the watch is gone. */
  if (reply == NULL || files == NULL)
    return;
  g_variant_get (reply, "(h)", &index);
  g_clear_fd (&self->inhibitor, NULL);
  self->inhibitor = g_unix_fd_list_get (files, index, NULL);
}

static void
inhibit_sleep (XqLockWatch *self)
{
  g_dbus_connection_call_with_unix_fd_list (
    self->system, LOGIN, LOGIN_PATH, LOGIN ".Manager", "Inhibit",
    g_variant_new ("(ssss)", "sleep", _("Xinqiao"), _("The vault is being locked"), "delay"), G_VARIANT_TYPE ("(h)"),
    G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable, on_inhibited_cb, self);
}

static void
on_prepare_for_sleep_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                         const char *signal, GVariant *parameters, gpointer user_data)
{
  XqLockWatch *self = user_data;
  gboolean beginning = FALSE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &beginning);
  self->sleeping = beginning;
  if (!beginning)
    inhibit_sleep (self);
  else
    say_lock (self);
}

static void
on_active_changed_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                      const char *signal, GVariant *parameters, gpointer user_data)
{
  gboolean beginning = FALSE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &beginning);
  if (beginning)
    say_lock (XQ_LOCK_WATCH (user_data));
}

static void
on_session_locked_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                      const char *signal, GVariant *parameters, gpointer user_data)
{
  say_lock (XQ_LOCK_WATCH (user_data));
}

static void
on_system_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  XqLockWatch *self = user_data;

  /* No bus, or the watch is gone: then @self must not be touched. */
  if (bus == NULL)
    return;
  self->system = g_steal_pointer (&bus);
  self->sleep_id = g_dbus_connection_signal_subscribe (
    self->system, LOGIN, LOGIN ".Manager", "PrepareForSleep", LOGIN_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
    on_prepare_for_sleep_cb, self, NULL);
  self->lock_id = g_dbus_connection_signal_subscribe (self->system, LOGIN, LOGIN ".Session", "Lock", NULL, NULL,
                                                      G_DBUS_SIGNAL_FLAGS_NONE, on_session_locked_cb, self, NULL);
  inhibit_sleep (self);
}

static void
on_session_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  XqLockWatch *self = user_data;

  if (bus == NULL)
    return;
  self->session = g_steal_pointer (&bus);
  for (gsize i = 0; i < G_N_ELEMENTS (screen_savers); i++)
    self->screen_saver_ids[i] = g_dbus_connection_signal_subscribe (
      self->session, NULL, screen_savers[i], "ActiveChanged", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_active_changed_cb,
      self, NULL);
}

static void
unsubscribe (GDBusConnection *bus, guint *id)
{
  if (*id != 0)
    g_dbus_connection_signal_unsubscribe (bus, *id);
  *id = 0;
}

static void
xq_lock_watch_dispose (GObject *object)
{
  XqLockWatch *self = XQ_LOCK_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_fd (&self->inhibitor, NULL);
  unsubscribe (self->system, &self->sleep_id);
  unsubscribe (self->system, &self->lock_id);
  for (gsize i = 0; i < G_N_ELEMENTS (self->screen_saver_ids); i++)
    unsubscribe (self->session, &self->screen_saver_ids[i]);
  g_clear_pointer (&self->display, xq_idle_display_free);
  g_clear_object (&self->system);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (xq_lock_watch_parent_class)->dispose (object);
}

static void
xq_lock_watch_class_init (XqLockWatchClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_lock_watch_dispose;
  signals[SIGNAL_LOCK] = g_signal_new ("lock", XQ_TYPE_LOCK_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
xq_lock_watch_init (XqLockWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->inhibitor = -1;
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_system_bus_cb, self);
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, on_session_bus_cb, self);
}

XqLockWatch *
xq_lock_watch_new (GdkDisplay *display)
{
  XqLockWatch *self = g_object_new (XQ_TYPE_LOCK_WATCH, NULL);

  if (display != NULL)
    self->display = xq_idle_display_new (display);
  return self;
}

void
xq_lock_watch_set_seconds (XqLockWatch *self, int seconds)
{
  g_return_if_fail (XQ_IS_LOCK_WATCH (self));

  self->seconds = seconds;
  xq_lock_watch_touch (self);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (seconds > 0)
    start_timer (self, seconds);
}

void
xq_lock_watch_touch (XqLockWatch *self)
{
  g_return_if_fail (XQ_IS_LOCK_WATCH (self));

  self->touched_at = xq_idle_now ();
}

void
xq_lock_watch_set_alone (XqLockWatch *self, gboolean alone)
{
  g_return_if_fail (XQ_IS_LOCK_WATCH (self));

  self->alone = alone;
}

void
xq_lock_watch_locked (XqLockWatch *self)
{
  g_return_if_fail (XQ_IS_LOCK_WATCH (self));

  if (self->sleeping)
    g_clear_fd (&self->inhibitor, NULL);
}
