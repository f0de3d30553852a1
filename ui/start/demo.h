/* A vault with an invented school, to look around in. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* Opens the demo vault ($XDG_DATA_HOME/xinqiao/demo-vault), which is made first when there is none; then the window goes on from
 * @page. @callback is told the end either way. */
void xq_start_demo_async (GtkWidget *page, GAsyncReadyCallback callback, gpointer user_data);
gboolean xq_start_demo_finish (GtkWidget *page, GAsyncResult *result, GError **error);

G_END_DECLS
