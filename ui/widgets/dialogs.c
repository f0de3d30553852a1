#include "config.h"

#include "ui/widgets/dialogs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EDITOR_WIDTH 520

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

/* -- something to write down */

/* The first that takes the keyboard, but for what only holds others. */
static GtkWidget *
first_control (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (gtk_widget_get_focusable (widget) && !GTK_IS_SCROLLED_WINDOW (widget) && !GTK_IS_LIST_BOX (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = first_control (child);
  return found;
}

AdwDialog *
xq_editor_dialog_new (const char *title, GtkWidget *content, const char *action, void (*done) (gpointer user_data),
                      gpointer user_data, GDestroyNotify free_data)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *button = gtk_button_new_with_mnemonic (action);

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (done), user_data);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), button);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), content);
  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, EDITOR_WIDTH);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_default_widget (dialog, button);
  adw_dialog_set_focus (dialog, first_control (content));
  if (free_data != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "xq-editor", user_data, free_data);
  return dialog;
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
