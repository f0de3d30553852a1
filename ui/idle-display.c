#include "config.h"

#include "ui/idle-private.h"

#include <time.h>

struct _XqIdleDisplay
{
  GdkDisplay *display;
  XqIdleWayland *wayland;
  char *x_server;
};

gint64
xq_idle_now (void)
{
  struct timespec at;

  clock_gettime (CLOCK_BOOTTIME, &at);
  return at.tv_sec;
}

/* By its name: the type itself is deprecated, as all of the toolkit's X is. */
static gboolean
is_x_server (GdkDisplay *display)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (display), "GdkX11Display");
}

XqIdleDisplay *
xq_idle_display_new (GdkDisplay *display)
{
  XqIdleDisplay *self = g_new0 (XqIdleDisplay, 1);

  self->display = g_object_ref (display);
  self->wayland = xq_idle_wayland_new (display);
  if (is_x_server (display) && g_getenv ("WAYLAND_DISPLAY") == NULL)
    self->x_server = g_strdup (gdk_display_get_name (display));
  return self;
}

void
xq_idle_display_free (XqIdleDisplay *self)
{
  g_clear_pointer (&self->wayland, xq_idle_wayland_free);
  g_clear_object (&self->display);
  g_free (self->x_server);
  g_free (self);
}

gint64
xq_idle_display_seconds (XqIdleDisplay *self)
{
  if (self->wayland != NULL)
    return xq_idle_wayland_seconds (self->wayland);
  return self->x_server != NULL ? xq_idle_x11_seconds (self->x_server) : -1;
}
