#include "config.h"

#include "ui/window.h"

#include <glib/gi18n-lib.h>

#include "ui/application.h"
#include "ui/pages.h"
#include "ui/preferences.h"
#include "ui/shortcuts.h"
#include "ui/settings/backup-watch.h"
#include "ui/start/start.h"
#include "ui/widgets/dialogs.h"
#include "ui/window-private.h"

G_DEFINE_FINAL_TYPE (XqWindow, xq_window, ADW_TYPE_APPLICATION_WINDOW)

void
xq_window_show_start (XqWindow *self)
{
  GtkWidget *start = GTK_WIDGET (xq_start_new (self->folder));

  g_signal_connect_object (start, "unlocked", G_CALLBACK (xq_window_unlocked), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_set_child (self->toasts, start);
}

void
xq_window_update_actions (XqWindow *self)
{
  static const char *const actions[]
    = { "win.mask", "win.search", "win.find",      "win.create", "win.back",
        "win.go",   "win.menu",   "win.go-number", "win.import-roster" };
  gboolean open = self->shell != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.lock", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.blank", open);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], open && self->blank == NULL);
}

static void
on_idle_minutes_cb (XqWindow *self)
{
  xq_lock_watch_set_seconds (self->watch, self->session != NULL ? xq_session_idle_minutes (self->session) * 60 : 0);
}

/* -- actions */

static void
on_lock (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_lock (XQ_WINDOW (widget));
}

/* The keyboard follows to the page that was gone to. */
static void
focus_page (XqWindow *self)
{
  XqPage *page = self->shell != NULL ? xq_shell_page (self->shell) : NULL;

  if (page != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (page));
}

static void
on_go (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_go (XQ_WINDOW (widget), g_variant_get_string (parameter, NULL));
  focus_page (XQ_WINDOW (widget));
}

static void
on_go_number (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int number = g_variant_get_int32 (parameter);

  for (const XqPageEntry *entry = xq_pages; entry->id != NULL; entry++)
    if (entry->icon != NULL && --number == 0)
      xq_window_go (XQ_WINDOW (widget), entry->id);
  focus_page (XQ_WINDOW (widget));
}

static void
on_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *view;
  gint64 id;

  g_variant_get (parameter, "(&sx)", &view, &id);
  xq_window_open (XQ_WINDOW (widget), view, id);
  focus_page (XQ_WINDOW (widget));
}

static void
on_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_back (XQ_WINDOW (widget));
}

static void
on_find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqPage *page = xq_shell_page (XQ_WINDOW (widget)->shell);

  if (page != NULL)
    xq_page_search (page);
}

static void
on_create (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqPage *page = xq_shell_page (XQ_WINDOW (widget)->shell);

  if (page != NULL)
    xq_page_create (page);
}

static void
on_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_shell_search (XQ_WINDOW (widget)->shell);
}

static void
on_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_shell_menu (XQ_WINDOW (widget)->shell);
}

static void
on_mask (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_toggle_mask (XQ_WINDOW (widget));
}

static void
on_blank (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_toggle_blank (XQ_WINDOW (widget));
}

/* The page People has the import; whoever asks for it elsewhere is led there. */
static void
on_import_roster (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqPage *page;

  xq_window_go (XQ_WINDOW (widget), "people");
  page = xq_shell_page (XQ_WINDOW (widget)->shell);
  if (page != NULL)
    gtk_widget_activate_action (GTK_WIDGET (page), "people.import", NULL);
}

static void
on_shortcuts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_shortcuts_present (widget);
}

static gboolean
xq_window_close_request (GtkWindow *window)
{
  XqWindow *self = XQ_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  xq_preferences_set_size (width, height, gtk_window_is_maximized (window));
  xq_window_lock (self);
  return GTK_WINDOW_CLASS (xq_window_parent_class)->close_request (window);
}

/* The blank page lies over the whole window, dialogs too: beside its child. */
static void
xq_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqWindow *self = XQ_WINDOW (widget);

  GTK_WIDGET_CLASS (xq_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->blank != NULL)
    gtk_widget_allocate (self->blank, width, height, baseline, NULL);
}

static void
xq_window_dispose (GObject *object)
{
  XqWindow *self = XQ_WINDOW (object);

  xq_window_forget_closing (self);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_weak_pointer (&self->draft_toast);
  g_clear_pointer (&self->blank, gtk_widget_unparent);
  g_clear_object (&self->watch);
  if (self->session != NULL)
    xq_session_close (self->session);
  g_clear_object (&self->session);
  self->shell = NULL;
  G_OBJECT_CLASS (xq_window_parent_class)->dispose (object);
}

static void
xq_window_finalize (GObject *object)
{
  XqWindow *self = XQ_WINDOW (object);

  g_free (self->folder);
  g_free (self->page);
  g_clear_object (&self->dialogs);
  g_ptr_array_unref (self->unsaid);
  G_OBJECT_CLASS (xq_window_parent_class)->finalize (object);
}

static void
xq_window_class_init (XqWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_window_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_window_finalize;
  widget_class->size_allocate = xq_window_size_allocate;
  GTK_WINDOW_CLASS (class)->close_request = xq_window_close_request;

  gtk_widget_class_install_action (widget_class, "win.lock", NULL, on_lock);
  gtk_widget_class_install_action (widget_class, "win.go", "s", on_go);
  gtk_widget_class_install_action (widget_class, "win.go-number", "i", on_go_number);
  gtk_widget_class_install_action (widget_class, "win.open", "(sx)", on_open);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "win.create", NULL, on_create);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, on_menu);
  gtk_widget_class_install_action (widget_class, "win.mask", NULL, on_mask);
  gtk_widget_class_install_action (widget_class, "win.blank", NULL, on_blank);
  gtk_widget_class_install_action (widget_class, "win.import-roster", NULL, on_import_roster);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, on_shortcuts);
}

static void
xq_window_init (XqWindow *self)
{
  int width, height;
  gboolean maximized;

  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->toasts));

  xq_window_listen (self);
  self->dialogs = g_cancellable_new ();
  self->unsaid = g_ptr_array_new_with_free_func (g_free);
  self->watch = xq_lock_watch_new (gtk_widget_get_display (GTK_WIDGET (self)));
  g_signal_connect_object (self->watch, "lock", G_CALLBACK (xq_window_lock), self, G_CONNECT_SWAPPED);

  xq_preferences_get_size (&width, &height, &maximized);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_window_set_title (GTK_WINDOW (self), _("Xinqiao"));
  gtk_window_set_icon_name (GTK_WINDOW (self), XQ_APPLICATION_ID);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 320);
  xq_window_update_actions (self);
}

XqWindow *
xq_window_new (XqApplication *application, const char *folder, const char *page)
{
  XqWindow *self = g_object_new (XQ_TYPE_WINDOW, "application", application, NULL);

  self->folder = g_strdup (folder);
  self->page = g_strdup (page);
  xq_window_show_start (self);
  return self;
}

XqWindow *
xq_window_for (GtkWidget *widget)
{
  GtkRoot *root;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  root = gtk_widget_get_root (widget);
  while (root != NULL && !XQ_IS_WINDOW (root) && GTK_IS_WINDOW (root))
    root = GTK_ROOT (gtk_window_get_transient_for (GTK_WINDOW (root)));
  return XQ_IS_WINDOW (root) ? XQ_WINDOW (root) : NULL;
}

const char *
xq_window_folder (XqWindow *self)
{
  g_return_val_if_fail (XQ_IS_WINDOW (self), NULL);
  return self->folder;
}

XqSession *
xq_window_session (XqWindow *self)
{
  g_return_val_if_fail (XQ_IS_WINDOW (self), NULL);
  return self->session;
}

void
xq_window_go (XqWindow *self, const char *page)
{
  g_return_if_fail (XQ_IS_WINDOW (self));

  if (self->shell != NULL)
    xq_shell_go (self->shell, page);
}

void
xq_window_open (XqWindow *self, const char *view, gint64 id)
{
  g_return_if_fail (XQ_IS_WINDOW (self));

  if (self->shell != NULL)
    xq_shell_open (self->shell, view, id);
}

void
xq_window_back (XqWindow *self)
{
  g_return_if_fail (XQ_IS_WINDOW (self));

  if (self->shell != NULL)
    xq_shell_back (self->shell);
}

GCancellable *
xq_window_dialogs (XqWindow *self)
{
  g_return_val_if_fail (XQ_IS_WINDOW (self), NULL);
  return self->dialogs;
}

void
xq_window_touch (XqWindow *self)
{
  g_return_if_fail (XQ_IS_WINDOW (self));

  if (self->watch != NULL && self->blank == NULL)
    xq_lock_watch_touch (self->watch);
}

void
xq_window_unlocked (XqWindow *self, XqVault *vault)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (XQ_IS_WINDOW (self));

  g_clear_object (&self->session);
  self->session = xq_session_new (vault, &error);
  if (self->session == NULL)
    {
      xq_error_dialog (GTK_WIDGET (self), _("The vault cannot be opened"), error);
      return;
    }
  g_set_str (&self->folder, xq_vault_folder (vault));
  g_signal_connect_object (self->session, "notify::idle-minutes", G_CALLBACK (on_idle_minutes_cb), self,
                           G_CONNECT_SWAPPED);
  on_idle_minutes_cb (self);
  self->shell = xq_shell_new (self->session);
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->shell));
  xq_window_update_actions (self);
  xq_shell_go (self->shell, xq_page_entry (self->page) != NULL ? self->page : xq_pages[0].id);
  gtk_widget_grab_focus (GTK_WIDGET (self->shell));
  xq_window_say_now (self);
  xq_backup_watch_start (self, self->session);
}

void
xq_window_restore (XqWindow *self)
{
  g_return_if_fail (XQ_IS_WINDOW (self));

  xq_window_lock (self);
  xq_start_show_restore (adw_toast_overlay_get_child (self->toasts));
}
