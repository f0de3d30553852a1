#include "config.h"

#include "ui/idle-private.h"

#ifdef GDK_WINDOWING_WAYLAND

#include <gdk/wayland/gdkwayland.h>

#include "ext-idle-notify-v1-client-protocol.h"

/* A pause after which the seat counts as left. It is short: what lies before it is not known, and is taken to be now. */
#define PAUSE 1
/* Nobody is busy for so long without a single pause: something else keeps the compositor from telling. */
#define LONGEST_WITHOUT_PAUSE 60

struct _XqIdleWayland
{
  GdkDisplay *display; /* borrowed */
  struct wl_registry *registry;
  struct ext_idle_notifier_v1 *notifier;
  guint32 notifier_name;
  struct ext_idle_notification_v1 *notification;
  gboolean idle;
  gint64 since; /* of what @idle says */
};

static void
set_idle (XqIdleWayland *self, gboolean idle)
{
  self->idle = idle;
  self->since = xq_idle_now () - (idle ? PAUSE : 0);
}

static void
on_idled_cb (void *data, struct ext_idle_notification_v1 *notification)
{
  set_idle (data, TRUE);
}

static void
on_resumed_cb (void *data, struct ext_idle_notification_v1 *notification)
{
  set_idle (data, FALSE);
}

static const struct ext_idle_notification_v1_listener notification_listener = { on_idled_cb, on_resumed_cb };

static void
stop_listening (XqIdleWayland *self)
{
  g_clear_pointer (&self->notification, ext_idle_notification_v1_destroy);
  g_clear_pointer (&self->notifier, ext_idle_notifier_v1_destroy);
}

static void
listen (XqIdleWayland *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (self->display);
  struct wl_seat *wl_seat = seat != NULL ? gdk_wayland_seat_get_wl_seat (seat) : NULL;

  if (wl_seat == NULL)
    return;
  if (ext_idle_notifier_v1_get_version (self->notifier) >= EXT_IDLE_NOTIFIER_V1_GET_INPUT_IDLE_NOTIFICATION_SINCE_VERSION)
    self->notification = ext_idle_notifier_v1_get_input_idle_notification (self->notifier, PAUSE * 1000, wl_seat);
  else
    self->notification = ext_idle_notifier_v1_get_idle_notification (self->notifier, PAUSE * 1000, wl_seat);
  ext_idle_notification_v1_add_listener (self->notification, &notification_listener, self);
  set_idle (self, FALSE);
}

static void
on_global_cb (void *data, struct wl_registry *registry, guint32 name, const char *interface, guint32 version)
{
  XqIdleWayland *self = data;

  if (self->notifier != NULL || g_strcmp0 (interface, ext_idle_notifier_v1_interface.name) != 0)
    return;
  self->notifier = wl_registry_bind (registry, name, &ext_idle_notifier_v1_interface,
                                     MIN (version, (guint32) ext_idle_notifier_v1_interface.version));
  self->notifier_name = name;
  listen (self);
}

static void
on_global_remove_cb (void *data, struct wl_registry *registry, guint32 name)
{
  XqIdleWayland *self = data;

  if (self->notifier != NULL && self->notifier_name == name)
    stop_listening (self);
}

static const struct wl_registry_listener registry_listener = { on_global_cb, on_global_remove_cb };

/* All on the toolkit's own queue: it reads, dispatches and flushes, and what is told comes in the main loop's time. */
XqIdleWayland *
xq_idle_wayland_new (GdkDisplay *display)
{
  XqIdleWayland *self;

  if (!GDK_IS_WAYLAND_DISPLAY (display))
    return NULL;
  self = g_new0 (XqIdleWayland, 1);
  self->display = display;
  self->registry = wl_display_get_registry (gdk_wayland_display_get_wl_display (display));
  wl_registry_add_listener (self->registry, &registry_listener, self);
  return self;
}

void
xq_idle_wayland_free (XqIdleWayland *self)
{
  stop_listening (self);
  wl_registry_destroy (self->registry);
  g_free (self);
}

gint64
xq_idle_wayland_seconds (XqIdleWayland *self)
{
  gint64 lasted = xq_idle_now () - self->since;

  if (self->notification == NULL || (!self->idle && lasted > LONGEST_WITHOUT_PAUSE))
    return -1;
  return self->idle ? lasted : 0;
}

#else

XqIdleWayland *
xq_idle_wayland_new (GdkDisplay *display)
{
  return NULL;
}

void
xq_idle_wayland_free (XqIdleWayland *self)
{
}

gint64
xq_idle_wayland_seconds (XqIdleWayland *self)
{
  return -1;
}

#endif
