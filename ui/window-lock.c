#include "config.h"

#include "ui/window-private.h"

#include "ui/clipboard.h"
#include "ui/memory.h"

void
xq_window_close_dialogs (XqWindow *self)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  GListModel *windows = gtk_window_get_toplevels ();

  g_cancellable_cancel (self->dialogs);
  g_object_unref (self->dialogs);
  self->dialogs = g_cancellable_new ();
  for (guint i = g_list_model_get_n_items (dialogs); i > 0; i--)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i - 1);

      adw_dialog_force_close (dialog);
    }
  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      /* One may take another along; and what is hidden by now, a file dialog that was cancelled, is its owner's to destroy. */
      if (window == NULL || window == GTK_WINDOW (self)
          || gtk_window_get_transient_for (window) != GTK_WINDOW (self) || !gtk_widget_get_visible (GTK_WIDGET (window)))
        continue;
      /* A print dialog hears that it was given up; what does not listen goes all the same. */
      gtk_window_close (window);
      gtk_window_destroy (window);
    }
}

/* What is left to do once nothing holds the session any more: the last worker has let go of its connection, and with it of
 * the key. */
static void
on_settled_cb (gpointer user_data)
{
  XqWindow *self = user_data;

  self->settle_id = 0;
  xq_memory_purge ();
  xq_lock_watch_locked (self->watch);
}

static void
on_session_gone_cb (gpointer user_data, GObject *session)
{
  XqWindow *self = user_data;

  self->closing = NULL;
  if (self->settle_id == 0)
    self->settle_id = g_idle_add_once (on_settled_cb, self);
}

/* Everything goes at once: what fades away is still there. */
static void
drop_contents (XqWindow *self)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  gboolean animated;

  g_object_get (settings, "gtk-enable-animations", &animated, NULL);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  xq_window_close_dialogs (self);
  adw_toast_overlay_dismiss_all (self->toasts);
  self->shell = NULL;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  adw_toast_overlay_set_child (self->toasts, NULL);
  g_object_set (settings, "gtk-enable-animations", animated, NULL);
}

void
xq_window_forget_closing (XqWindow *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->closing != NULL)
    g_object_weak_unref (G_OBJECT (self->closing), on_session_gone_cb, self);
  self->closing = NULL;
}

void
xq_window_lock (XqWindow *self)
{
  g_return_if_fail (XQ_IS_WINDOW (self));

  if (self->shell == NULL)
    {
      if (self->closing == NULL)
        xq_lock_watch_locked (self->watch);
      return;
    }
  xq_session_save_drafts (self->session);
  xq_window_unblank (self);
  drop_contents (self);
  xq_session_close (self->session);
  xq_window_forget_closing (self);
  self->closing = self->session;
  g_object_weak_ref (G_OBJECT (self->session), on_session_gone_cb, self);
  g_clear_object (&self->session);
  xq_clipboard_clear (gtk_widget_get_display (GTK_WIDGET (self)));
  xq_lock_watch_set_seconds (self->watch, 0);
  xq_window_update_actions (self);
  xq_window_show_start (self);
}
