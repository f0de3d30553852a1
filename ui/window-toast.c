#include "config.h"

#include "ui/window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/session-drafts.h"

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

static AdwToast *
toast_new (const char *text, guint seconds)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_timeout (toast, seconds);
  return toast;
}

/* With a button that takes something back. */
static AdwToast *
toast_new_undo (XqWindow *self, const char *text, const char *button, void (*undo) (XqWindow *window, gpointer data),
                gpointer undo_data, GDestroyNotify free_data)
{
  AdwToast *toast = toast_new (text, 10);
  Undo *data = g_new0 (Undo, 1);

  *data = (Undo) { self, undo, undo_data, free_data };
  adw_toast_set_button_label (toast, button);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_cb), data, undo_free, 0);
  return toast;
}

void
xq_window_toast (XqWindow *self, const char *text, void (*undo) (XqWindow *self, gpointer undo_data),
                 gpointer undo_data, GDestroyNotify free_data)
{
  g_return_if_fail (XQ_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  adw_toast_overlay_add_toast (self->toasts, undo != NULL
                                                 ? toast_new_undo (self, text, _("_Undo"), undo, undo_data, free_data)
                                                 : toast_new (text, 4));
}

static void
drop_draft (XqWindow *self, gpointer data)
{
  const XqDraft *draft = data;

  xq_session_drop_draft (self->session, draft->kind, draft->entity, draft->entity_id);
}

void
xq_window_draft_toast (XqWindow *self, const XqDraft *draft)
{
  AdwToast *toast;

  g_return_if_fail (XQ_IS_WINDOW (self));

  if (self->draft_toast != NULL)
    adw_toast_dismiss (self->draft_toast);
  g_clear_weak_pointer (&self->draft_toast);
  if (draft == NULL)
    return;
  toast = toast_new_undo (self, _("Not saved, kept as a draft"), _("_Discard"), drop_draft, xq_draft_copy (draft),
                          xq_record_destroy);
  g_set_weak_pointer (&self->draft_toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
xq_window_say_now (XqWindow *self)
{
  for (guint i = 0; i < self->unsaid->len; i++)
    adw_toast_overlay_add_toast (self->toasts, toast_new (g_ptr_array_index (self->unsaid, i), 0));
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
