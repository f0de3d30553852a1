/* When to lock by itself: nobody did anything for some minutes, the computer goes to sleep, or the session is locked.
 *
 * Idle is meant of the computer where the display (idle-display.h) or the session (idle.h) tells: who works in another window is
 * still there. Where neither tells, or after xq_lock_watch_set_alone(), what was done in this window alone counts.
 *
 * Sleep waits for the lock: an inhibitor of logind's kind "delay" is held from the start and given back when
 * xq_lock_watch_locked() says that nothing is open any more; logind itself waits for some seconds at most.
 *
 * Signal: "lock". */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define XQ_TYPE_LOCK_WATCH (xq_lock_watch_get_type ())
G_DECLARE_FINAL_TYPE (XqLockWatch, xq_lock_watch, XQ, LOCK_WATCH, GObject)

/* @display: (nullable): asked before anybody else */
XqLockWatch *xq_lock_watch_new (GdkDisplay *display);
/* Idle seconds after which it says "lock"; 0 for never. Starts the clock again. */
void xq_lock_watch_set_seconds (XqLockWatch *self, int seconds);
/* The user did something. */
void xq_lock_watch_touch (XqLockWatch *self);
/* Whether the session is not asked, and only touches count. */
void xq_lock_watch_set_alone (XqLockWatch *self, gboolean alone);
/* Everything is closed: the computer may sleep. */
void xq_lock_watch_locked (XqLockWatch *self);

G_END_DECLS
