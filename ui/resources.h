/* Templates, style and icons of the window, compiled into the program. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Once, before the first widget: in a static library the linker drops what nobody refers to. */
void xq_ui_resources_register (void);

G_END_DECLS
