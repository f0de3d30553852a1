#include "config.h"

#include "ui/idle-private.h"

#include <stdlib.h>
#include <xcb/screensaver.h>

/* A connection of its own, for one question in some minutes: the toolkit's is not to be had without what it deprecates. */
gint64
xq_idle_x11_seconds (const char *name)
{
  xcb_connection_t *server = xcb_connect (name, NULL);
  xcb_screensaver_query_info_reply_t *reply = NULL;
  const xcb_query_extension_reply_t *extension;
  gint64 seconds = -1;

  extension = xcb_connection_has_error (server) == 0 ? xcb_get_extension_data (server, &xcb_screensaver_id) : NULL;
  if (extension != NULL && extension->present)
    {
      xcb_screen_t *screen = xcb_setup_roots_iterator (xcb_get_setup (server)).data;

      reply = xcb_screensaver_query_info_reply (server, xcb_screensaver_query_info (server, screen->root), NULL);
    }
  if (reply != NULL)
    seconds = reply->ms_since_user_input / 1000;
  free (reply);
  xcb_disconnect (server);
  return seconds;
}
