#include "config.h"

#include "ui/settings/renew-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/settings/dialog-parts.h"
#include "ui/start/recovery-sheet.h"
#include "ui/start/renew.h"
#include "ui/window.h"

#define XQ_TYPE_RENEW_DIALOG (xq_renew_dialog_get_type ())
G_DECLARE_FINAL_TYPE (XqRenewDialog, xq_renew_dialog, XQ, RENEW_DIALOG, AdwDialog)

struct _XqRenewDialog
{
  AdwDialog parent_instance;

  XqSession *session;
  GtkWidget *parent;
  GtkWidget *pages;
  GtkWidget *password;
  GtkWidget *custodian; /* NULL when there is no such slot */
  GtkWidget *message;
  GtkWidget *go_on;
  XqStartWork *work; /* from the right passwords on */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (XqRenewDialog, xq_renew_dialog, ADW_TYPE_DIALOG)

static gpointer
check_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  XqStartWork *work = data;

  if (!xq_vault_check_renewal (work->vault, work->password, work->custodian, progress, error))
    return NULL;
  work->ret_code = xq_recovery_code_new ();
  return work;
}

static gboolean
is_filled (GtkWidget *entry)
{
  return entry != NULL && *gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0';
}

static void
update (XqRenewDialog *self)
{
  gtk_widget_set_sensitive (self->password, !self->busy);
  if (self->custodian != NULL)
    gtk_widget_set_sensitive (self->custodian, !self->busy);
  gtk_widget_set_sensitive (self->go_on, !self->busy && is_filled (self->password));
}

static void
on_changed_cb (XqRenewDialog *self)
{
  xq_dialog_message_set (self->message, NULL);
  update (self);
}

/* The sheet can be read: now the old one is given up. The dialog goes with the session. */
static void
on_confirmed_cb (XqRenewDialog *self)
{
  XqWindow *window = xq_window_for (self->parent);
  XqStartWork *work = g_steal_pointer (&self->work);

  adw_dialog_force_close (ADW_DIALOG (self));
  if (window != NULL && work != NULL)
    xq_renew_begin (window, work);
  else
    xq_start_work_free (work);
}

static void
show_sheet (XqRenewDialog *self)
{
  XqRecoverySheet *sheet = xq_recovery_sheet_new_renewed (self->work->name, self->work->ret_code);

  adw_dialog_set_content_width (ADW_DIALOG (self), 640);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
  g_signal_connect_object (sheet, "confirmed", G_CALLBACK (on_confirmed_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (self->pages), ADW_NAVIGATION_PAGE (sheet));
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqRenewDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  xq_session_run_finish (XQ_SESSION (source), result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL || self->work == NULL)
    return;
  self->busy = FALSE;
  update (self);
  if (error == NULL)
    {
      show_sheet (self);
      return;
    }
  g_clear_pointer (&self->work, xq_start_work_free);
  xq_dialog_message_set (self->message, error->message);
  gtk_widget_grab_focus (self->password);
}

static void
on_go_on_cb (XqRenewDialog *self)
{
  XqVault *vault = xq_session_vault (self->session);

  if (self->busy || !is_filled (self->password) || vault == NULL)
    return;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  g_clear_pointer (&self->work, xq_start_work_free);
  self->work = xq_start_work_new (xq_vault_folder (vault));
  self->work->vault = xq_vault_ref (vault);
  self->work->name = g_strdup (xq_session_organisation (self->session));
  if (is_filled (self->custodian))
    self->work->custodian = xq_start_take_secret (GTK_EDITABLE (self->custodian));
  self->work->password = xq_start_take_secret (GTK_EDITABLE (self->password));
  self->busy = TRUE;
  update (self);
  xq_session_run_async (self->session, check_work, self->work, NULL, NULL, NULL, NULL, NULL, on_checked_cb,
                        g_object_ref (self));
}

static void
xq_renew_dialog_finalize (GObject *object)
{
  XqRenewDialog *self = XQ_RENEW_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->work, xq_start_work_free);
  G_OBJECT_CLASS (xq_renew_dialog_parent_class)->finalize (object);
}

static void
xq_renew_dialog_class_init (XqRenewDialogClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xq_renew_dialog_finalize;
}

static void
xq_renew_dialog_init (XqRenewDialog *self)
{
}

/* The first page stands in the dialog's own column, moved into the first of several pages. */
static void
build (XqRenewDialog *self, gboolean has_custodian)
{
  GtkWidget *box = xq_dialog_column (ADW_DIALOG (self), _("New Recovery Code"));
  g_autoptr (GtkWidget) column = g_object_ref (adw_dialog_get_child (ADW_DIALOG (self)));

  self->password = xq_dialog_password_new (_("Your own password"));
  self->message = xq_dialog_message_new ();
  self->go_on = xq_dialog_action_new (_("_Make a New Code"));
  gtk_box_append (GTK_BOX (box),
                  xq_dialog_note_new (_("For when the sheet is lost or may have been seen. The whole vault is written anew under "
                                        "another key; the old sheet and paper shares then open only backups and copies made until now. It takes "
                                        "as much free room as the vault has, and a minute or so. You will see the new sheet first "
                                        "and type two of its groups.")));
  gtk_box_append (GTK_BOX (box), self->password);
  if (has_custodian)
    {
      self->custodian = xq_dialog_password_new (_("Custodian's password, if it is at hand"));
      gtk_box_append (GTK_BOX (box), self->custodian);
      gtk_box_append (GTK_BOX (box), xq_dialog_note_new (_("Left empty, the custodian's password opens no more afterwards and is "
                                                           "to be made and sealed anew.")));
    }
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->go_on);
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  self->pages = adw_navigation_view_new ();
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (self->pages), adw_navigation_page_new (column, _("New Recovery Code")));
  adw_dialog_set_child (ADW_DIALOG (self), self->pages);
  adw_dialog_set_focus (ADW_DIALOG (self), self->password);
}

void
xq_renew_dialog_present (GtkWidget *parent, XqSession *session)
{
  XqRenewDialog *self = g_object_new (XQ_TYPE_RENEW_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->parent = parent;
  build (self, xq_vault_has_custodian (xq_session_vault (session)));
  g_signal_connect_object (self->password, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->password, "activate", G_CALLBACK (on_go_on_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->go_on, "clicked", G_CALLBACK (on_go_on_cb), self, G_CONNECT_SWAPPED);
  update (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
