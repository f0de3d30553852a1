#include "config.h"

#include "ui/settings/custodian-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/settings/dialog-parts.h"
#include "ui/start/work.h"
#include "ui/window.h"

#define XQ_TYPE_CUSTODIAN_DIALOG (xq_custodian_dialog_get_type ())
G_DECLARE_FINAL_TYPE (XqCustodianDialog, xq_custodian_dialog, XQ, CUSTODIAN_DIALOG, AdwDialog)

struct _XqCustodianDialog
{
  AdwDialog parent_instance;

  XqSession *session;
  GtkWidget *owner;
  void (*done) (GtkWidget *owner);
  XqSecret *proposal; /* NULL: the slot is removed */
  GtkWidget *own;
  GtkWidget *typed;
  GtkWidget *message;
  GtkWidget *action;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (XqCustodianDialog, xq_custodian_dialog, ADW_TYPE_DIALOG)

/* For the worker. */
typedef struct
{
  XqVault *vault;
  XqSecret *own;
  XqSecret *custodian; /* NULL to remove */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  xq_vault_unref (change->vault);
  xq_secret_free (change->own);
  xq_secret_free (change->custodian);
  g_free (change);
}

static gpointer
change_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  Change *change = data;

  if (change->custodian != NULL)
    xq_vault_set_custodian (change->vault, change->own, change->custodian, error);
  else
    xq_vault_remove_custodian (change->vault, change->own, error);
  return NULL;
}

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

/* As it was read from the paper: small or capital letters, with the hyphens or without. */
static gboolean
is_typed_back (XqCustodianDialog *self)
{
  const char *wanted = (const char *) xq_secret_bytes (self->proposal);

  for (const char *typed = text_of (self->typed); *typed != '\0'; typed++)
    {
      if (*wanted == '-')
        wanted++;
      if (*typed == '-' || g_ascii_isspace (*typed))
        continue;
      if (g_ascii_tolower (*typed) != *wanted)
        return FALSE;
      wanted++;
    }
  return *wanted == '\0';
}

static void
update (XqCustodianDialog *self)
{
  gboolean ready = *text_of (self->own) != '\0' && (self->typed == NULL || *text_of (self->typed) != '\0');

  gtk_widget_set_sensitive (self->own, !self->busy);
  if (self->typed != NULL)
    gtk_widget_set_sensitive (self->typed, !self->busy);
  gtk_widget_set_sensitive (self->action, !self->busy && ready);
}

static void
on_changed_cb (XqCustodianDialog *self)
{
  xq_dialog_message_set (self->message, NULL);
  update (self);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqCustodianDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  xq_session_run_finish (XQ_SESSION (source), result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  self->busy = FALSE;
  update (self);
  if (error != NULL)
    {
      xq_dialog_message_set (self->message, error->message);
      gtk_widget_grab_focus (self->own);
      return;
    }
  xq_window_toast (xq_window_for (self->owner),
                   self->proposal != NULL ? _("The custodian's password is set. Seal the paper now.")
                                          : _("The custodian's password opens no more."),
                   NULL, NULL, NULL);
  self->done (self->owner);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_action_cb (XqCustodianDialog *self)
{
  Change *change;

  if (self->busy || !gtk_widget_get_sensitive (self->action))
    return;
  if (self->proposal != NULL && !is_typed_back (self))
    {
      xq_dialog_message_set (self->message, _("What was typed differs from the password above. Read the paper again."));
      gtk_widget_grab_focus (self->typed);
      return;
    }
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  change = g_new0 (Change, 1);
  change->vault = xq_vault_ref (xq_session_vault (self->session));
  change->own = xq_start_take_secret (GTK_EDITABLE (self->own));
  if (self->proposal != NULL)
    change->custodian = xq_secret_new_text ((const char *) xq_secret_bytes (self->proposal));
  self->busy = TRUE;
  update (self);
  xq_session_run_async (self->session, change_work, change, change_free, NULL, NULL, NULL, NULL, on_done_cb,
                        g_object_ref (self));
}

static void
xq_custodian_dialog_dispose (GObject *object)
{
  XqCustodianDialog *self = XQ_CUSTODIAN_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->proposal, xq_secret_free);
  G_OBJECT_CLASS (xq_custodian_dialog_parent_class)->dispose (object);
}

static void
xq_custodian_dialog_class_init (XqCustodianDialogClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_custodian_dialog_dispose;
}

static void
xq_custodian_dialog_init (XqCustodianDialog *self)
{
}

static GtkWidget *
add (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
  return child;
}

static GtkWidget *
typed_new (void)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Type it from the paper"));
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_PRIVATE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Type it from the paper"), -1);
  gtk_widget_add_css_class (entry, "start-entry");
  gtk_widget_add_css_class (entry, "monospace");
  return entry;
}

static GtkWidget *
proposal_new (XqSecret *proposal)
{
  GtkWidget *label = gtk_label_new ((const char *) xq_secret_bytes (proposal));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (1.35));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  return label;
}

static void
present (XqCustodianDialog *self, GtkWidget *owner, XqSession *session, void (*done) (GtkWidget *owner))
{
  self->session = g_object_ref (session);
  self->owner = owner;
  self->done = done;
  g_signal_connect_object (self->own, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->own, "activate", G_CALLBACK (on_action_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->action, "clicked", G_CALLBACK (on_action_cb), self, G_CONNECT_SWAPPED);
  update (self);
  adw_dialog_present (ADW_DIALOG (self), owner);
}

void
xq_custodian_dialog_set (GtkWidget *owner, XqSession *session, void (*done) (GtkWidget *owner))
{
  XqCustodianDialog *self = g_object_new (XQ_TYPE_CUSTODIAN_DIALOG, NULL);
  GtkWidget *box = xq_dialog_column (ADW_DIALOG (self), _("The Custodian's Password"));

  self->proposal = xq_custodian_password_propose ();
  add (box, xq_dialog_note_new (_("Write this password on paper, seal it in an envelope, sign across the flap and give it to the "
                                  "principal for the safe. It opens the vault when you cannot, and the audit trail says so. It "
                                  "is shown this once; an earlier one opens no more.")));
  add (box, proposal_new (self->proposal));
  self->typed = add (box, typed_new ());
  self->own = add (box, xq_dialog_password_new (_("Your own password")));
  self->message = add (box, xq_dialog_message_new ());
  self->action = add (box, xq_dialog_action_new (_("_Set the Custodian's Password")));
  adw_dialog_set_focus (ADW_DIALOG (self), self->typed);
  g_signal_connect_object (self->typed, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  present (self, owner, session, done);
}

void
xq_custodian_dialog_remove (GtkWidget *owner, XqSession *session, void (*done) (GtkWidget *owner))
{
  XqCustodianDialog *self = g_object_new (XQ_TYPE_CUSTODIAN_DIALOG, NULL);
  GtkWidget *box = xq_dialog_column (ADW_DIALOG (self), _("Remove the Custodian's Password"));

  add (box, xq_dialog_note_new (_("The paper in the safe opens this vault no more. Backups made until now still open with it.")));
  self->own = add (box, xq_dialog_password_new (_("Your own password")));
  self->message = add (box, xq_dialog_message_new ());
  self->action = add (box, xq_dialog_action_new (_("_Remove the Custodian's Password")));
  gtk_widget_remove_css_class (self->action, "suggested-action");
  gtk_widget_add_css_class (self->action, "destructive-action");
  adw_dialog_set_focus (ADW_DIALOG (self), self->own);
  present (self, owner, session, done);
}
