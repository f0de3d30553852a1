#include "config.h"

#include "ui/password-question.h"

#include <glib/gi18n-lib.h>

#include "ui/start/work.h"

#define XQ_TYPE_PASSWORD_QUESTION (xq_password_question_get_type ())
G_DECLARE_FINAL_TYPE (XqPasswordQuestion, xq_password_question, XQ, PASSWORD_QUESTION, AdwDialog)

struct _XqPasswordQuestion
{
  AdwDialog parent_instance;

  XqSession *session;
  GWeakRef parent;
  GtkWidget *entry;
  GtkWidget *message;
  GtkWidget *go_on;
  void (*right) (GtkWidget *parent, gpointer user_data);
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (XqPasswordQuestion, xq_password_question, ADW_TYPE_DIALOG)

/* For the worker: deriving takes about a second. */
typedef struct
{
  XqVault *vault;
  XqSecret *password;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  xq_vault_unref (check->vault);
  xq_secret_free (check->password);
  g_free (check);
}

static gpointer
check_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  Check *check = data;

  xq_vault_check_password (check->vault, check->password, error);
  return NULL;
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqPasswordQuestion) self = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  g_autoptr (GError) error = NULL;

  xq_session_run_finish (XQ_SESSION (source), result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL || parent == NULL)
    return;
  gtk_widget_set_sensitive (self->entry, TRUE);
  if (error == NULL)
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      self->right (parent, self->user_data);
      return;
    }
  gtk_label_set_label (GTK_LABEL (self->message), error->message);
  gtk_widget_set_visible (self->message, TRUE);
  gtk_widget_grab_focus (self->entry);
}

static void
on_go_on_cb (XqPasswordQuestion *self)
{
  Check *check;

  if (!gtk_widget_get_sensitive (self->go_on))
    return;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  check = g_new0 (Check, 1);
  check->vault = xq_vault_ref (xq_session_vault (self->session));
  check->password = xq_start_take_secret (GTK_EDITABLE (self->entry));
  gtk_widget_set_sensitive (self->entry, FALSE);
  xq_session_run_async (self->session, check_work, check, check_free, NULL, NULL, NULL, NULL, on_checked_cb,
                        g_object_ref (self));
}

static void
on_changed_cb (XqPasswordQuestion *self)
{
  gboolean typed = *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';

  gtk_widget_set_sensitive (self->go_on, typed);
  if (typed)
    gtk_widget_set_visible (self->message, FALSE);
}

static void
xq_password_question_dispose (GObject *object)
{
  g_clear_object (&XQ_PASSWORD_QUESTION (object)->session);
  G_OBJECT_CLASS (xq_password_question_parent_class)->dispose (object);
}

static void
xq_password_question_finalize (GObject *object)
{
  g_weak_ref_clear (&XQ_PASSWORD_QUESTION (object)->parent);
  G_OBJECT_CLASS (xq_password_question_parent_class)->finalize (object);
}

static void
xq_password_question_class_init (XqPasswordQuestionClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_password_question_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_password_question_finalize;
}

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
xq_password_question_init (XqPasswordQuestion *self)
{
  g_weak_ref_init (&self->parent, NULL);
  self->entry = gtk_password_entry_new ();
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Password"), -1);
  gtk_widget_add_css_class (self->entry, "start-entry");
  self->message = label_new (NULL);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_set_visible (self->message, FALSE);
  self->go_on = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->go_on), TRUE);
  gtk_widget_add_css_class (self->go_on, "suggested-action");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_go_on_cb), self);
  g_signal_connect_swapped (self->go_on, "clicked", G_CALLBACK (on_go_on_cb), self);
  on_changed_cb (self);
}

static void
build (XqPasswordQuestion *self, const char *why)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_box_append (GTK_BOX (box), label_new (why));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->message);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->go_on);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), box);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_content_width (ADW_DIALOG (self), 420);
  adw_dialog_set_focus (ADW_DIALOG (self), self->entry);
}

void
xq_password_question_present (GtkWidget *parent, XqSession *session, const char *title, const char *why,
                              const char *action, void (*right) (GtkWidget *parent, gpointer user_data),
                              gpointer user_data)
{
  XqPasswordQuestion *self = g_object_new (XQ_TYPE_PASSWORD_QUESTION, "title", title, NULL);

  self->session = g_object_ref (session);
  g_weak_ref_set (&self->parent, parent);
  self->right = right;
  self->user_data = user_data;
  gtk_button_set_label (GTK_BUTTON (self->go_on), action);
  build (self, why);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
