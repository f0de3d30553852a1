#include "config.h"

#include "ui/settings/password-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/settings/dialog-parts.h"
#include "ui/start/password-fields.h"
#include "ui/start/work.h"
#include "ui/window.h"

#define XQ_TYPE_PASSWORD_DIALOG (xq_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (XqPasswordDialog, xq_password_dialog, XQ, PASSWORD_DIALOG, AdwDialog)

struct _XqPasswordDialog
{
  AdwDialog parent_instance;

  XqSession *session;
  GtkWidget *parent;
  GtkWidget *old;
  GtkWidget *fields;
  GtkWidget *message;
  GtkWidget *change;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (XqPasswordDialog, xq_password_dialog, ADW_TYPE_DIALOG)

/* For the worker. */
typedef struct
{
  XqVault *vault;
  XqSecret *old;
  XqSecret *fresh;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  xq_vault_unref (change->vault);
  xq_secret_free (change->old);
  xq_secret_free (change->fresh);
  g_free (change);
}

static gpointer
change_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  Change *change = data;

  xq_vault_change_password (change->vault, change->old, change->fresh, error);
  return NULL;
}

static void
update (XqPasswordDialog *self)
{
  gboolean has_old = *gtk_editable_get_text (GTK_EDITABLE (self->old)) != '\0';

  gtk_widget_set_sensitive (self->old, !self->busy);
  gtk_widget_set_sensitive (self->fields, !self->busy);
  gtk_widget_set_sensitive (self->change, !self->busy && has_old
                                            && xq_password_fields_is_ready (XQ_PASSWORD_FIELDS (self->fields)));
  gtk_button_set_label (GTK_BUTTON (self->change), self->busy ? _("Changing…") : _("_Change"));
}

static void
on_changed_cb (XqPasswordDialog *self)
{
  xq_dialog_message_set (self->message, NULL);
  update (self);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqPasswordDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  xq_session_run_finish (XQ_SESSION (source), result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  self->busy = FALSE;
  update (self);
  if (error == NULL)
    {
      xq_window_toast (xq_window_for (self->parent), _("The password was changed."), NULL, NULL, NULL);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  xq_dialog_message_set (self->message, error->message);
  gtk_widget_grab_focus (self->old);
}

static void
on_change_cb (XqPasswordDialog *self)
{
  Change *change;

  if (self->busy || !gtk_widget_get_sensitive (self->change))
    return;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  change = g_new0 (Change, 1);
  change->vault = xq_vault_ref (xq_session_vault (self->session));
  change->old = xq_start_take_secret (GTK_EDITABLE (self->old));
  change->fresh = xq_password_fields_take (XQ_PASSWORD_FIELDS (self->fields));
  self->busy = TRUE;
  update (self);
  xq_session_run_async (self->session, change_work, change, change_free, NULL, NULL, NULL, NULL, on_done_cb,
                        g_object_ref (self));
}

static void
xq_password_dialog_dispose (GObject *object)
{
  g_clear_object (&XQ_PASSWORD_DIALOG (object)->session);
  G_OBJECT_CLASS (xq_password_dialog_parent_class)->dispose (object);
}

static void
xq_password_dialog_class_init (XqPasswordDialogClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_password_dialog_dispose;
}

static void
xq_password_dialog_init (XqPasswordDialog *self)
{
  GtkWidget *box = xq_dialog_column (ADW_DIALOG (self), _("Change the Password"));

  self->old = xq_dialog_password_new (_("Present password"));
  self->fields = xq_password_fields_new ();
  xq_password_fields_set_replaces (XQ_PASSWORD_FIELDS (self->fields));
  self->message = xq_dialog_message_new ();
  self->change = xq_dialog_action_new (_("_Change"));
  gtk_box_append (GTK_BOX (box), self->old);
  gtk_box_append (GTK_BOX (box), self->fields);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->change);
  adw_dialog_set_focus (ADW_DIALOG (self), self->old);

  g_signal_connect_object (self->old, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields, "notify::ready", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields, "activate", G_CALLBACK (on_change_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->change, "clicked", G_CALLBACK (on_change_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

void
xq_password_dialog_present (GtkWidget *parent, XqSession *session)
{
  XqPasswordDialog *self = g_object_new (XQ_TYPE_PASSWORD_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->parent = parent;
  adw_dialog_present (ADW_DIALOG (self), parent);
}
