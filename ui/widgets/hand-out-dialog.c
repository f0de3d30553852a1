#include "config.h"

#include "ui/widgets/hand-out-dialog.h"

#include <glib/gi18n-lib.h>

#include "report/sealed-zip.h"
#include "ui/start/work.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/form.h"
#include "ui/widgets/simple.h"

/* The dialog; lives as long as it. */
typedef struct
{
  XqSession *session;
  GWeakRef parent;
  AdwDialog *dialog;
  XqDisclosure *entry;
  XqForm *form;
  GtkWidget *sealed;
  GtkWidget *passphrase;
  GtkWidget *password;
  GtkWidget *message;
  GtkWidget *proceed;
  XqHandOutReady ready;
  gpointer user_data;
} HandOut;

static void
hand_out_free (gpointer data)
{
  HandOut *self = data;

  g_clear_object (&self->session);
  g_weak_ref_clear (&self->parent);
  g_clear_pointer (&self->entry, xq_disclosure_free);
  g_free (self);
}

/* For the worker. */
typedef struct
{
  XqVault *vault;
  XqSecret *password;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  xq_vault_unref (asking->vault);
  xq_secret_free (asking->password);
  g_free (asking);
}

static gpointer
ask (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  Asking *asking = data;

  xq_vault_check_password (asking->vault, asking->password, error);
  return NULL;
}

static void
complain (HandOut *self, const char *message, GtkWidget *at)
{
  xq_problem_label_set (self->message, message);
  gtk_widget_set_sensitive (self->proceed, TRUE);
  if (at != NULL)
    gtk_widget_grab_focus (at);
}

static gboolean
is_sealed (HandOut *self)
{
  return self->sealed != NULL && adw_switch_row_get_active (ADW_SWITCH_ROW (self->sealed));
}

static void
on_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwDialog) dialog = user_data;
  HandOut *self = g_object_get_data (G_OBJECT (dialog), "xq-editor");
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  g_autoptr (GError) error = NULL;
  XqSecret *passphrase;

  xq_session_run_finish (XQ_SESSION (source), result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (dialog)) == NULL || parent == NULL)
    return;
  if (error != NULL)
    {
      complain (self, error->message, self->password);
      return;
    }
  passphrase = is_sealed (self) ? xq_start_take_secret (GTK_EDITABLE (self->passphrase)) : NULL;
  adw_dialog_force_close (dialog);
  self->ready (parent, g_steal_pointer (&self->entry), passphrase, self->user_data);
}

/* What a paper must say before the password is asked for. */
static gboolean
take_answers (HandOut *self)
{
  XqDisclosure *said = xq_form_read (self->form);

  if (said == NULL)
    return FALSE;
  xq_disclosure_free (self->entry);
  self->entry = said;
  if (said->recipient == NULL || *said->recipient == '\0')
    xq_form_set_error (self->form, "recipient", _("Say to whom it goes."));
  else if (said->ground == XQ_GROUND_UNSAID)
    xq_form_set_error (self->form, "ground", _("Say on what ground it may be given away."));
  else if (is_sealed (self)
           && g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (self->passphrase)), -1) < XQ_SEALED_ZIP_LEAST_CHARACTERS)
    {
      g_autofree char *text = g_strdup_printf (_("The passphrase of the zip needs at least %d characters."),
                                               XQ_SEALED_ZIP_LEAST_CHARACTERS);

      complain (self, text, self->passphrase);
    }
  else
    return TRUE;
  return FALSE;
}

static void
on_proceed_cb (gpointer user_data)
{
  HandOut *self = user_data;
  Asking *asking;

  complain (self, NULL, NULL);
  if (!take_answers (self))
    return;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->password)) == '\0')
    {
      complain (self, _("Type your password: this says who somebody is."), self->password);
      return;
    }
  gtk_widget_set_sensitive (self->proceed, FALSE);
  asking = g_new0 (Asking, 1);
  asking->vault = xq_vault_ref (xq_session_vault (self->session));
  asking->password = xq_start_take_secret (GTK_EDITABLE (self->password));
  xq_session_run_async (self->session, ask, asking, asking_free, NULL, NULL, NULL, NULL, on_asked_cb,
                        g_object_ref (self->dialog));
}

static void
on_suggest_cb (HandOut *self)
{
  g_autoptr (XqSecret) suggested = xq_sealed_zip_suggest ();
  g_autofree char *text = g_strndup ((const char *) xq_secret_bytes (suggested), xq_secret_length (suggested));

  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), text);
}

/* The passphrase is read off the screen and told by telephone: it is not hidden. */
static GtkWidget *
zip_new (HandOut *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *suggest = gtk_button_new_with_mnemonic (_("Su_ggest"));

  self->sealed = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sealed), _("In an encrypted zip"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sealed),
                               _("7-Zip and WPS open it. Tell the passphrase by other means than the file."));
  self->passphrase = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->passphrase), _("Passphrase of the zip"));
  gtk_widget_set_valign (suggest, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (suggest, "clicked", G_CALLBACK (on_suggest_cb), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->passphrase), suggest);
  g_object_bind_property (self->sealed, "active", self->passphrase, "visible", G_BINDING_SYNC_CREATE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->sealed);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->passphrase);
  return group;
}

static GtkWidget *
password_new (HandOut *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->password = adw_password_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password), _("Your password"));
  self->message = xq_problem_label_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->password);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->message);
  g_signal_connect_swapped (self->password, "entry-activated", G_CALLBACK (on_proceed_cb), self);
  return group;
}

static GtkWidget *
questions_new (HandOut *self)
{
  static const char *const asked[] = { "recipient", "ground", "purpose", "fields", NULL };
  GtkWidget *page = adw_preferences_page_new ();

  self->form = xq_form_new (&XQ_DISCLOSURE, self->entry, asked);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->form), self->entry->what);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->form),
                                         _("It says who somebody is. The ledger keeps what you say here; the copy carries "
                                           "its number."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->form));
  if (self->entry->kind == XQ_DISCLOSURE_EXPORT)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (zip_new (self)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (password_new (self)));
  return page;
}

void
xq_hand_out_dialog_present (GtkWidget *parent, XqSession *session, XqDisclosure *entry, XqHandOutReady ready,
                            gpointer user_data)
{
  HandOut *self = g_new0 (HandOut, 1);

  self->session = g_object_ref (session);
  g_weak_ref_init (&self->parent, parent);
  self->entry = entry;
  self->ready = ready;
  self->user_data = user_data;
  self->dialog = xq_editor_dialog_new (_("Before It Leaves"), questions_new (self), _("_Continue"), on_proceed_cb, self,
                                       hand_out_free);
  self->proceed = adw_dialog_get_default_widget (self->dialog);
  adw_dialog_set_focus (self->dialog, self->password);
  adw_dialog_set_content_height (self->dialog, 680);
  adw_dialog_present (self->dialog, parent);
}
