#include "config.h"

#include "ui/clipboard.h"

#define SECONDS 30

static void
clear_one (GdkClipboard *clipboard)
{
  if (gdk_clipboard_is_local (clipboard))
    gdk_clipboard_set_content (clipboard, NULL);
}

void
xq_clipboard_clear (GdkDisplay *display)
{
  clear_one (gdk_display_get_clipboard (display));
  clear_one (gdk_display_get_primary_clipboard (display));
}

/* Only what was put there then: something newer has its own time. */
static gboolean
on_timeout_cb (gpointer user_data)
{
  GdkContentProvider *content = user_data;
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());

  if (gdk_clipboard_get_content (clipboard) == content)
    gdk_clipboard_set_content (clipboard, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (GdkClipboard *clipboard)
{
  GdkContentProvider *content = gdk_clipboard_get_content (clipboard);

  if (content != NULL)
    g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, SECONDS, on_timeout_cb, g_object_ref (content), g_object_unref);
}

void
xq_clipboard_watch (GdkDisplay *display)
{
  g_signal_connect (gdk_display_get_clipboard (display), "changed", G_CALLBACK (on_changed_cb), NULL);
}

void
xq_clipboard_copy (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}
