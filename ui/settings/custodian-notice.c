#include "config.h"

#include "ui/settings/custodian-notice.h"

#include <glib/gi18n-lib.h>

#include "ui/settings/password-dialog.h"
#include "ui/window.h"

static void
on_response_cb (GtkWidget *window, const char *response, AdwAlertDialog *dialog)
{
  XqSession *session = xq_window_session (XQ_WINDOW (window));

  if (g_str_equal (response, "set") && session != NULL)
    xq_password_dialog_present (window, session);
}

void
xq_custodian_notice_present (GtkWidget *window)
{
  AdwDialog *dialog;

  g_return_if_fail (XQ_IS_WINDOW (window));

  /* Opening may have failed at its last step; then that was said. */
  if (xq_window_session (XQ_WINDOW (window)) == NULL)
    return;
  dialog = adw_alert_dialog_new (_("Opened by the Custodian"),
                                 _("The custodian's password was typed, and the audit trail says so. If your own password is lost, set a new one now: where the present "
                                   "one is asked for, type the custodian's. Afterwards, make a new custodian's password and seal "
                                   "it anew."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "later", _("_Later"), "set", _("_Set a New Password…"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "set", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "set");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response_cb), window, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, window);
}
