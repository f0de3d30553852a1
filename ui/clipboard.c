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

void
xq_clipboard_copy_private (GtkWidget *widget, const char *text)
{
  g_autoptr (GdkContentProvider) content = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  content = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, SECONDS, on_timeout_cb, g_object_ref (content), g_object_unref);
}
