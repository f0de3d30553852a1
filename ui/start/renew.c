#include "config.h"

#include "ui/start/renew.h"

#include <glib/gi18n-lib.h>

#include "ui/start/start.h"
#include "ui/window-private.h"
#include "vault/shares.h"

struct _XqRenew
{
  AdwNavigationPage parent_instance;

  GtkWidget *bar;
  GtkWidget *what;
  GtkWidget *cancel;

  XqVault *vault;
  gboolean drops_custodian;
  gboolean drops_shares;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (XqRenew, xq_renew, ADW_TYPE_NAVIGATION_PAGE)

static void
say (GtkWidget *window, const char *heading, const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "ok", _("_OK"));
  adw_dialog_present (dialog, window);
}

static void
say_done (XqRenew *self, GtkWidget *window)
{
  g_autofree char *body
    = g_strconcat (_("The old code opens this vault no more. Backups and copies made until now stay under it: keep the "
                     "old sheet as long as them, then shred it. The old file was overwritten as far as the disk allows."),
                   self->drops_custodian ? "\n\n" : "",
                   self->drops_custodian
                     ? _("The custodian's password opens no more, because it was not given: set a new one and seal it anew.")
                     : "",
                   self->drops_shares ? "\n\n" : "",
                   self->drops_shares ? _("The paper shares of the old code are void with it: make new ones and hand them out.") : "",
                   NULL);

  say (window, _("The New Code Holds"), body);
}

static void
say_failed (GtkWidget *window, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *body
    = g_strconcat (cancelled ? "" : error->message, cancelled ? "" : "\n\n",
                   _("The recovery code was not changed, and the old sheet is as good as before. The sheet that was made just now opens nothing: destroy it."),
                   NULL);

  say (window, _("The Old Code Holds"), body);
}

static void
on_said_cb (GtkWidget *widget, double fraction, const char *what)
{
  XqRenew *self = XQ_RENEW (widget);

  gtk_label_set_label (GTK_LABEL (self->what), what);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), fraction);
  /* From here on it is done, whatever comes. */
  gtk_widget_set_sensitive (self->cancel, fraction < 0.95 && !g_cancellable_is_cancelled (self->cancellable));
}

static void
on_renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqRenew *self = XQ_RENEW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStartWork) work = xq_start_work_finish (result, &error);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (window == NULL)
    return;
  xq_start_unlocked (GTK_WIDGET (self), self->vault);
  if (work != NULL)
    say_done (self, window);
  else
    say_failed (window, error);
}

static void
on_cancel_cb (XqRenew *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->cancel, FALSE);
}

static void
xq_renew_dispose (GObject *object)
{
  XqRenew *self = XQ_RENEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->vault, xq_vault_unref);
  G_OBJECT_CLASS (xq_renew_parent_class)->dispose (object);
}

static void
xq_renew_finalize (GObject *object)
{
  g_clear_object (&XQ_RENEW (object)->cancellable);
  G_OBJECT_CLASS (xq_renew_parent_class)->finalize (object);
}

static void
xq_renew_class_init (XqRenewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_renew_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_renew_finalize;
}

static void
xq_renew_init (XqRenew *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->cancellable = g_cancellable_new ();
  self->bar = gtk_progress_bar_new ();
  self->what = gtk_label_new (_("Checking the password …"));
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  gtk_widget_set_size_request (self->bar, 320, -1);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->cancel, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->cancel, 12);
  gtk_widget_add_css_class (self->what, "dimmed");
  gtk_widget_add_css_class (self->cancel, "pill");
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->what);
  gtk_box_append (GTK_BOX (box), self->cancel);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "xq-bridge-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("The Vault Is Written Anew"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status),
                                   _("Under the new recovery code, into a copy that is checked before it takes the old one's place. "
                                     "Should the power fail, the vault opens all the same."));
  adw_status_page_set_child (ADW_STATUS_PAGE (status), box);
  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), status);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("New Recovery Code"));
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), FALSE);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (on_cancel_cb), self, G_CONNECT_SWAPPED);
}

/* Whether there are shares of the code that is given up. */
static gboolean
has_shares (XqWindow *window)
{
  XqSession *session = xq_window_session (window);
  XqDatabase *database = session != NULL ? xq_session_database (session) : NULL;
  g_autoptr (XqSharesStatus) status = database != NULL ? xq_shares_status (database, NULL) : NULL;

  return status != NULL && xq_shares_status_opens (status);
}

void
xq_renew_begin (XqWindow *window, XqStartWork *work)
{
  XqRenew *self = g_object_new (XQ_TYPE_RENEW, NULL);

  g_return_if_fail (XQ_IS_WINDOW (window));
  g_return_if_fail (work != NULL && work->vault != NULL);

  self->vault = xq_vault_ref (work->vault);
  self->drops_custodian = work->custodian == NULL && xq_vault_has_custodian (work->vault);
  self->drops_shares = has_shares (window);
  xq_window_lock (window);
  xq_start_show_page (XQ_START (adw_toast_overlay_get_child (window->toasts)), ADW_NAVIGATION_PAGE (self));
  xq_start_work_run (GTK_WIDGET (self), xq_start_renew, work, on_said_cb, self->cancellable, on_renewed_cb, NULL);
}
