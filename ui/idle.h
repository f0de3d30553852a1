/* How long nobody has touched the computer, as far as services of the session tell; the display is asked before (idle-display.h).
 *
 * Asked in this order, the first answer counts: `org.gnome.Mutter.IdleMonitor` (milliseconds), logind's IdleHint of this session.
 * The hint counts only while it is set: many sessions never set it, and what never says "idle" must not keep a vault open.
 *
 * `org.freedesktop.ScreenSaver` GetSessionIdleTime is not asked: KDE answers it in milliseconds under X and always with 0 under
 * Wayland, and the screen savers of MATE and Xfce with how long their own idea of idle has lasted. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * xq_idle_ask_async:
 * @session: (nullable): the session bus
 * @system: (nullable): the system bus
 * @cancellable: (nullable): to stop asking
 * @callback: called within some seconds
 * @user_data: for @callback
 */
void xq_idle_ask_async (GDBusConnection *session, GDBusConnection *system, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
/* Seconds; -1 when nobody tells, with @error unset, or when it was cancelled, with @error set. */
gint64 xq_idle_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
