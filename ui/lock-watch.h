/* When to lock by itself: nobody did anything for some minutes, the computer goes to sleep, or the session is
 * locked. Where there is no D-Bus, only the first.
 *
 * Signal: "lock". */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define XQ_TYPE_LOCK_WATCH (xq_lock_watch_get_type ())
G_DECLARE_FINAL_TYPE (XqLockWatch, xq_lock_watch, XQ, LOCK_WATCH, GObject)

XqLockWatch *xq_lock_watch_new (void);
/* Idle seconds after which it says "lock"; 0 for never. Starts the clock again. */
void xq_lock_watch_set_seconds (XqLockWatch *self, int seconds);
/* The user did something. */
void xq_lock_watch_touch (XqLockWatch *self);

G_END_DECLS
