/* How long nobody has touched keyboard, pointer or screen, as the display server itself tells.
 *
 * Under Wayland it is told by ext-idle-notify-v1, which KWin (KDE, UKUI) and compositors on wlroots (Deepin's treeland, labwc, sway)
 * offer; who only knows the answer to a question, as org.freedesktop.ScreenSaver, has none there. Input alone is meant (version 2): a
 * film that runs is nobody at the desk. A compositor of version 1 counts the film; then what it says holds for a minute and no longer.
 *
 * Where the session has but an X server, it is asked through MIT-SCREEN-SAVER. The X server within a Wayland session is not: it hears
 * its own windows alone. */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

typedef struct _XqIdleDisplay XqIdleDisplay;

/* What has to be asked from now on to be known later. It holds @display. */
XqIdleDisplay *xq_idle_display_new (GdkDisplay *display);
void xq_idle_display_free (XqIdleDisplay *self);
/* -1 when this display does not tell. */
gint64 xq_idle_display_seconds (XqIdleDisplay *self);

/* Seconds that go on while the computer sleeps. */
gint64 xq_idle_now (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqIdleDisplay, xq_idle_display_free)

G_END_DECLS
