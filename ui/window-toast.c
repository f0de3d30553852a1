#include "config.h"

#include "ui/window-private.h"

#include <glib/gi18n-lib.h>

/* What the undo of a toast needs. */
typedef struct
{
  XqWindow *window;
  void (*undo) (XqWindow *window, gpointer data);
  gpointer data;
  GDestroyNotify free_data;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  if (undo->free_data != NULL)
    undo->free_data (undo->data);
  g_free (undo);
}

static void
on_undo_cb (AdwToast *toast, gpointer user_data)
{
  Undo *undo = user_data;

  if (xq_window_session (undo->window) != NULL)
    undo->undo (undo->window, undo->data);
}

void
xq_window_toast (XqWindow *self, const char *text, void (*undo) (XqWindow *self, gpointer undo_data),
                 gpointer undo_data, GDestroyNotify free_data)
{
  AdwToast *toast;

  g_return_if_fail (XQ_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_timeout (toast, undo != NULL ? 10 : 4);
  if (undo != NULL)
    {
      Undo *data = g_new0 (Undo, 1);

      *data = (Undo) { self, undo, undo_data, free_data };
      adw_toast_set_button_label (toast, _("_Undo"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_cb), data, undo_free, 0);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
xq_window_say_now (XqWindow *self)
{
  for (guint i = 0; i < self->unsaid->len; i++)
    {
      AdwToast *toast = adw_toast_new ("");

      adw_toast_set_use_markup (toast, FALSE);
      adw_toast_set_title (toast, g_ptr_array_index (self->unsaid, i));
      adw_toast_set_timeout (toast, 0);
      adw_toast_overlay_add_toast (self->toasts, toast);
    }
  g_ptr_array_set_size (self->unsaid, 0);
}

void
xq_window_say_later (XqWindow *self, const char *text)
{
  g_return_if_fail (XQ_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  g_ptr_array_add (self->unsaid, g_strdup (text));
  if (self->shell != NULL)
    xq_window_say_now (self);
}
