/* The main loop for a while. */
#pragma once

#include <glib.h>

static inline gboolean
on_loop_timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static inline void
run_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_loop_timeout_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
