/* What is copied does not stay on the clipboard.
 *
 * Everything that this program puts there is taken back after 30 seconds and at lock, whether a button did it or Ctrl+C in a
 * field: what stands in its window is somebody's file, and a list of the fields that are not would be wrong one day.
 * Under Wayland only a window with the focus can take something back: best effort. What a clipboard manager has written down
 * by then cannot be reached. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* From now on; once a display. */
void xq_clipboard_watch (GdkDisplay *display);
void xq_clipboard_copy (GtkWidget *widget, const char *text);
/* Takes back what this program has put there, also what is merely selected. */
void xq_clipboard_clear (GdkDisplay *display);

G_END_DECLS
