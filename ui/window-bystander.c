/* Somebody stands by. Two things help, one key each:
 *
 * - F9 blanks: an empty page in place of everything, which is then neither drawn nor told to a screen reader. The same key
 *   brings it back as it was, without a password: it is for a visitor at the door. From the moment of blanking the idle time
 *   runs out, whatever is pressed or moved, and locks; also where the vault never locks by itself.
 * - Ctrl+Shift+H masks every name, on all pages, until the password is given. What cannot be masked while it is open, dialogs,
 *   is closed; what was typed in them is kept (widgets/autosave.h). Words that somebody wrote, in which a name cannot be told from
 *   the rest, are hidden meanwhile: reasons, titles, places, notes (xq_session_words()). */
#include "config.h"

#include "ui/window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/password-question.h"

/* For a vault that never locks by itself. */
#define BLANK_MINUTES 5

/* -- blank */

static void
set_others_visible (XqWindow *self, gboolean visible)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != GTK_WINDOW (self) && gtk_window_get_transient_for (window) == GTK_WINDOW (self))
        gtk_widget_set_visible (GTK_WIDGET (window), visible);
    }
}

static GtkWidget *
blank_page_new (void)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view),
                                g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", XQ_APPLICATION_ID "-symbolic", "title",
                                              _("Paused"), NULL));
  gtk_widget_add_css_class (view, "blank");
  return view;
}

void
xq_window_blank_hint (XqWindow *self)
{
  GtkWidget *page = adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (self->blank));

  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("F9 goes on, Ctrl+L locks."));
}

static void
blank (XqWindow *self)
{
  int minutes = xq_session_idle_minutes (self->session);

  xq_session_save_drafts (self->session);
  g_set_weak_pointer (&self->focus_before, gtk_window_get_focus (GTK_WINDOW (self)));
  self->blank = blank_page_new ();
  gtk_widget_set_parent (self->blank, GTK_WIDGET (self));
  gtk_widget_set_visible (gtk_window_get_child (GTK_WINDOW (self)), FALSE);
  set_others_visible (self, FALSE);
  xq_lock_watch_set_alone (self->watch, TRUE);
  xq_lock_watch_set_seconds (self->watch, (minutes > 0 ? minutes : BLANK_MINUTES) * 60);
  xq_window_update_actions (self);
}

void
xq_window_unblank (XqWindow *self)
{
  if (self->blank == NULL)
    return;
  gtk_widget_set_visible (gtk_window_get_child (GTK_WINDOW (self)), TRUE);
  g_clear_pointer (&self->blank, gtk_widget_unparent);
  set_others_visible (self, TRUE);
  if (self->focus_before != NULL && gtk_widget_get_root (self->focus_before) == GTK_ROOT (self))
    gtk_widget_grab_focus (self->focus_before);
  g_clear_weak_pointer (&self->focus_before);
  xq_lock_watch_set_alone (self->watch, FALSE);
  xq_lock_watch_set_seconds (self->watch, self->session != NULL ? xq_session_idle_minutes (self->session) * 60 : 0);
  xq_window_update_actions (self);
}

void
xq_window_toggle_blank (XqWindow *self)
{
  if (self->blank != NULL)
    xq_window_unblank (self);
  else if (self->shell != NULL)
    blank (self);
}

/* -- masks */

static void
on_password_right_cb (GtkWidget *widget, gpointer user_data)
{
  XqWindow *self = XQ_WINDOW (widget);

  if (self->session == NULL)
    return;
  xq_session_set_masked (self->session, FALSE);
  xq_window_toast (self, _("Names are shown again."), NULL, NULL, NULL);
}

void
xq_window_toggle_mask (XqWindow *self)
{
  if (xq_session_masked (self->session))
    {
      xq_password_question_present (GTK_WIDGET (self), self->session, _("Show Names"),
                                    _("Names are masked because somebody may be looking on."), _("_Show"),
                                    on_password_right_cb, NULL);
      return;
    }
  xq_session_save_drafts (self->session);
  xq_window_close_dialogs (self);
  adw_toast_overlay_dismiss_all (self->toasts);
  xq_session_set_masked (self->session, TRUE);
  xq_window_toast (self, _("Names are masked."), NULL, NULL, NULL);
}

gboolean
xq_window_names_shown (XqWindow *self)
{
  g_return_val_if_fail (self == NULL || XQ_IS_WINDOW (self), FALSE);

  if (self == NULL)
    return TRUE;
  if (self->session == NULL)
    return FALSE;
  if (xq_session_masked (self->session))
    xq_window_toggle_mask (self);
  return !xq_session_masked (self->session);
}
