/* What is copied from a file does not stay on the clipboard. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* Copies something that tells who somebody is; it is taken back after 30 seconds and at lock. */
void xq_clipboard_copy_private (GtkWidget *widget, const char *text);
/* Takes back what this program has put there. Under Wayland only a window with the focus can: best effort. */
void xq_clipboard_clear (GdkDisplay *display);

G_END_DECLS
