#include "config.h"

#include "ui/settings/keys-group.h"

#include <glib/gi18n-lib.h>

#include "ui/settings/custodian-dialog.h"
#include "ui/settings/renew-dialog.h"

struct _XqKeysGroup
{
  AdwPreferencesGroup parent_instance;

  XqSession *session;
  GtkWidget *custodian;
  GtkWidget *set;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (XqKeysGroup, xq_keys_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_custodian_changed_cb (GtkWidget *owner)
{
  xq_keys_group_load (XQ_KEYS_GROUP (owner));
}

static void
on_set_cb (XqKeysGroup *self)
{
  xq_custodian_dialog_set (GTK_WIDGET (self), self->session, on_custodian_changed_cb);
}

static void
on_remove_cb (XqKeysGroup *self)
{
  xq_custodian_dialog_remove (GTK_WIDGET (self), self->session, on_custodian_changed_cb);
}

static void
on_renew_cb (XqKeysGroup *self)
{
  xq_renew_dialog_present (GTK_WIDGET (self), self->session);
}

static void
xq_keys_group_dispose (GObject *object)
{
  g_clear_object (&XQ_KEYS_GROUP (object)->session);
  G_OBJECT_CLASS (xq_keys_group_parent_class)->dispose (object);
}

static void
xq_keys_group_class_init (XqKeysGroupClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_keys_group_dispose;
}

static GtkWidget *
add_row (XqKeysGroup *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

static GtkWidget *
add_button (XqKeysGroup *self, GtkWidget *row, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static void
xq_keys_group_init (XqKeysGroup *self)
{
  GtkWidget *recovery;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("When the Password Is Not at Hand"));
  self->custodian = add_row (self, _("Custodian's password"), NULL);
  self->remove = add_button (self, self->custodian, _("_Remove…"), G_CALLBACK (on_remove_cb));
  self->set = add_button (self, self->custodian, _("_Set…"), G_CALLBACK (on_set_cb));
  recovery = add_row (self, _("Recovery code"),
                      _("On the recovery sheet in the safe. Make a new one when the sheet is lost or may have been seen."));
  add_button (self, recovery, _("_New Code…"), G_CALLBACK (on_renew_cb));
}

GtkWidget *
xq_keys_group_new (XqSession *session)
{
  XqKeysGroup *self = g_object_new (XQ_TYPE_KEYS_GROUP, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
xq_keys_group_load (XqKeysGroup *self)
{
  gboolean set;

  g_return_if_fail (XQ_IS_KEYS_GROUP (self));

  if (!xq_session_is_open (self->session))
    return;
  set = xq_vault_has_custodian (xq_session_vault (self->session));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->custodian),
                               set ? _("Set: the sealed paper in the principal's safe opens the vault too.")
                                   : _("None: only you and the recovery sheet can open the vault."));
  gtk_button_set_label (GTK_BUTTON (self->set), set ? _("_Replace…") : _("_Set…"));
  gtk_widget_set_visible (self->remove, set);
}
