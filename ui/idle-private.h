/* The two kinds of display server that idle-display.c asks. */
#pragma once

#include "ui/idle-display.h"

G_BEGIN_DECLS

typedef struct _XqIdleWayland XqIdleWayland;

/* NULL when @display is none of Wayland's. */
XqIdleWayland *xq_idle_wayland_new (GdkDisplay *display);
void xq_idle_wayland_free (XqIdleWayland *self);
/* -1 when the compositor offers no notification, or keeps it from coming. */
gint64 xq_idle_wayland_seconds (XqIdleWayland *self);

/* Asks the X server of that name; -1 when it does not tell. */
gint64 xq_idle_x11_seconds (const char *name);

G_END_DECLS
