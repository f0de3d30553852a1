#include "config.h"

#include "ui/start/unlock.h"

#include <glib/gi18n-lib.h>

#include "ui/application.h"
#include "ui/preferences.h"
#include "ui/settings/custodian-notice.h"
#include "ui/start/start.h"
#include "ui/start/work.h"
#include "ui/widgets/dialogs.h"
#include "ui/window.h"

struct _XqUnlock
{
  AdwNavigationPage parent_instance;

  GtkLabel *vault_name;
  GtkPasswordEntry *password;
  GtkLabel *caps_lock;
  GtkLabel *message;
  GtkWidget *unlock;
  GtkLabel *unlock_label;
  AdwSpinner *spinner;
  GtkWidget *recover;
  GtkLabel *found;

  gboolean password_opens;
  char *folder;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (XqUnlock, xq_unlock, ADW_TYPE_NAVIGATION_PAGE)

char *
xq_vault_display_name (const char *folder)
{
  g_autofree char *own = xq_vault_default_folder ();

  if (g_str_equal (own, folder))
    return g_strdup (_("Default vault"));
  return g_path_get_basename (folder);
}

static gboolean
has_password (XqUnlock *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->password)) != '\0';
}

static void
set_busy (XqUnlock *self, gboolean busy)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that is switched off while it has the focus goes on blinking. */
  if (busy && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_label_set_label (self->unlock_label, busy ? _("Opening…") : _("_Open"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !busy && self->password_opens);
  gtk_widget_set_sensitive (self->unlock, !busy && has_password (self));
  gtk_widget_set_sensitive (self->recover, !busy);
}

static void
show_message (XqUnlock *self, const char *message)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->password), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->password), "error");
}

/* What is amiss with keyslots.json, and the way out of it. */
static void
show_found (XqUnlock *self)
{
  g_autofree char *advice = xq_vault_keyslots_advice (self->folder, &self->password_opens);

  gtk_label_set_label (self->found, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->found), advice != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), self->password_opens);
  if (self->password_opens)
    return;
  gtk_button_set_label (GTK_BUTTON (self->recover), _("_Open with the Recovery Code…"));
  gtk_widget_remove_css_class (self->recover, "flat");
  gtk_widget_add_css_class (self->recover, "suggested-action");
  gtk_widget_add_css_class (self->recover, "pill");
}

/* After wrong passwords the vault waits before it looks at the next. */
static void
on_said_cb (GtkWidget *widget, double fraction, const char *what)
{
  gtk_label_set_label (XQ_UNLOCK (widget)->unlock_label, what);
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqUnlock *self = XQ_UNLOCK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStartWork) work = xq_start_work_finish (result, &error);

  g_clear_object (&self->cancellable);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  set_busy (self, FALSE);
  if (work != NULL)
    {
      GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

      xq_preferences_set_vault (self->folder);
      xq_start_unlocked (GTK_WIDGET (self), work->vault);
      if (xq_vault_opened_by (work->vault) == XQ_OPENED_BY_CUSTODIAN)
        xq_custodian_notice_present (window);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_message (self, error->message);
  show_found (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
on_unlock_cb (XqUnlock *self)
{
  XqStartWork *work;

  if (!has_password (self) || self->cancellable != NULL)
    return;
  work = xq_start_work_new (self->folder);
  work->password = xq_start_take_secret (GTK_EDITABLE (self->password));
  show_message (self, NULL);
  set_busy (self, TRUE);
  self->cancellable = g_cancellable_new ();
  xq_start_work_run (GTK_WIDGET (self), xq_start_open, work, on_said_cb, self->cancellable, on_opened_cb, NULL);
}

static void
on_changed_cb (XqUnlock *self)
{
  gtk_widget_set_sensitive (self->unlock, has_password (self) && self->cancellable == NULL);
  if (has_password (self))
    show_message (self, NULL);
}

static void
on_recover_cb (XqUnlock *self)
{
  xq_start_show_recovery (GTK_WIDGET (self));
}

/* -- other vaults */

static void
on_other_chosen_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  XqUnlock *self = XQ_UNLOCK (parent);
  g_autofree char *folder = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    return;
  if (!xq_vault_exists (folder))
    {
      g_autofree char *message
        = g_strdup_printf (_("“%s” holds no vault. Choose the folder that has the file vault.db in it."), folder);

      show_message (self, message);
      return;
    }
  if (!xq_application_switch_vault (XQ_APPLICATION (g_application_get_default ()), folder, &error))
    xq_error_dialog (parent, _("The vault cannot be opened"), error);
}

static void
on_new_chosen_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  g_autofree char *folder = file != NULL ? g_file_get_path (file) : NULL;

  if (folder == NULL)
    return;
  if (xq_vault_exists (folder))
    show_message (XQ_UNLOCK (parent), _("This folder holds a vault already. Choose an empty one."));
  else
    xq_start_show_first_run (parent, folder);
}

static void
on_other (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_folder_dialog (widget, _("The Folder of a Vault"), on_other_chosen_cb, NULL);
}

static void
on_new (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_folder_dialog (widget, _("An Empty Folder for the New Vault"), on_new_chosen_cb, NULL);
}

static void
on_restore (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_start_show_restore (widget);
}

/* -- caps lock */

static void
on_caps_lock_cb (XqUnlock *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GdkDevice *keyboard = gdk_seat_get_keyboard (gdk_display_get_default_seat (display));

  gtk_widget_set_visible (GTK_WIDGET (self->caps_lock),
                          keyboard != NULL && gdk_device_get_caps_lock_state (keyboard));
}

static void
xq_unlock_root (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  GTK_WIDGET_CLASS (xq_unlock_parent_class)->root (widget);
  if (keyboard != NULL)
    {
      g_signal_connect_object (keyboard, "notify::caps-lock-state", G_CALLBACK (on_caps_lock_cb), widget,
                               G_CONNECT_SWAPPED);
      on_caps_lock_cb (XQ_UNLOCK (widget));
    }
}

static void
xq_unlock_shown (AdwNavigationPage *page)
{
  XqUnlock *self = XQ_UNLOCK (page);

  gtk_widget_grab_focus (self->password_opens ? GTK_WIDGET (self->password) : self->recover);
}

static void
xq_unlock_dispose (GObject *object)
{
  XqUnlock *self = XQ_UNLOCK (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), XQ_TYPE_UNLOCK);
  G_OBJECT_CLASS (xq_unlock_parent_class)->dispose (object);
}

static void
xq_unlock_finalize (GObject *object)
{
  XqUnlock *self = XQ_UNLOCK (object);

  g_clear_object (&self->cancellable);
  g_free (self->folder);
  G_OBJECT_CLASS (xq_unlock_parent_class)->finalize (object);
}

static void
xq_unlock_class_init (XqUnlockClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_unlock_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_unlock_finalize;
  widget_class->root = xq_unlock_root;
  ADW_NAVIGATION_PAGE_CLASS (class)->shown = xq_unlock_shown;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/xinqiao/Xinqiao/ui/start/unlock.ui");
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, vault_name);
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, password);
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, caps_lock);
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, message);
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, unlock);
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, unlock_label);
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, spinner);
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, recover);
  gtk_widget_class_bind_template_child (widget_class, XqUnlock, found);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_recover_cb);
  gtk_widget_class_install_action (widget_class, "unlock.other", NULL, on_other);
  gtk_widget_class_install_action (widget_class, "unlock.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "unlock.restore", NULL, on_restore);
}

static void
xq_unlock_init (XqUnlock *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

XqUnlock *
xq_unlock_new (const char *folder)
{
  XqUnlock *self = g_object_new (XQ_TYPE_UNLOCK, NULL);
  g_autofree char *name = xq_vault_display_name (folder);

  self->folder = g_strdup (folder);
  gtk_label_set_label (self->vault_name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->vault_name), folder);
  show_found (self);
  return self;
}
