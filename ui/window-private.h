/* What the files of the window share. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Where toasts appear. */
AdwToastOverlay *xq_window_toasts (XqWindow *self);

G_END_DECLS
