#include "config.h"

#include "ui/widgets/dialogs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
xq_error_dialog (GtkWidget *parent, const char *heading, const GError *error)
{
  AdwAlertDialog *dialog;

  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, error->message));
  adw_alert_dialog_add_response (dialog, "close", _("_Close"));
  adw_alert_dialog_set_default_response (dialog, "close");
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}

/* -- a question */

typedef struct
{
  GWeakRef parent;
  void (*confirmed) (GtkWidget *parent, gpointer user_data);
  gpointer user_data;
  GDestroyNotify free_data;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (question->free_data != NULL)
    question->free_data (question->user_data);
  g_weak_ref_clear (&question->parent);
  g_free (question);
}

static void
on_response_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&question->parent);

  if (parent != NULL && g_str_equal (response, "confirm"))
    question->confirmed (parent, question->user_data);
}

void
xq_confirm_dialog (GtkWidget *parent, const char *heading, const char *body, const char *action,
                   gboolean destructive, void (*confirmed) (GtkWidget *parent, gpointer user_data),
                   gpointer user_data, GDestroyNotify free_data)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->parent, parent);
  question->confirmed = confirmed;
  question->user_data = user_data;
  question->free_data = free_data;
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "confirm", action, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "confirm",
                                            destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, destructive ? "cancel" : "confirm");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), question, question_free, 0);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}
