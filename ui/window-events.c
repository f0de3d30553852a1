#include "config.h"

#include "ui/window-private.h"

static gboolean
on_event_cb (XqWindow *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      xq_window_touch (self);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* Shortcuts that hold whatever is on top; under the blank page no other does. */
static gboolean
on_key_cb (XqWindow *self, guint key, guint code, GdkModifierType modifiers)
{
  GdkModifierType pressed = modifiers & gtk_accelerator_get_default_mod_mask ();

  if (self->shell == NULL)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_F9 && pressed == 0)
    xq_window_toggle_blank (self);
  else if (gdk_keyval_to_lower (key) == GDK_KEY_l && pressed == GDK_CONTROL_MASK)
    xq_window_lock (self);
  else if (self->blank != NULL)
    xq_window_blank_hint (self);
  else if (gdk_keyval_to_lower (key) == GDK_KEY_h && pressed == (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.mask", NULL);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* Hears every event in @widget, the window or a dialog: a dialog holds a grab, so the window hears nothing of it. */
static void
listen (XqWindow *self, GtkWidget *widget)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (on_event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, events);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
}

static void
on_dialog_cb (XqWindow *self)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

  if (dialog == NULL || g_object_get_data (G_OBJECT (dialog), "xq-heard") != NULL)
    return;
  g_object_set_data (G_OBJECT (dialog), "xq-heard", self);
  listen (self, GTK_WIDGET (dialog));
}

void
xq_window_listen (XqWindow *self)
{
  listen (self, GTK_WIDGET (self));
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (on_dialog_cb), NULL);
}
