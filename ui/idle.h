/* How long nobody has touched the computer, as far as the session tells.
 *
 * Asked in this order, the first answer counts: `org.gnome.Mutter.IdleMonitor` (milliseconds), `org.freedesktop.ScreenSaver`
 * GetSessionIdleTime (seconds), logind's IdleHint of this session. The hint counts only while it is set: many sessions never set
 * it, and what never says "idle" must not keep a vault open. */
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
