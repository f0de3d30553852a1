#include "config.h"

#include "ui/settings/keys-group.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "ui/settings/custodian-dialog.h"
#include "ui/settings/renew-dialog.h"
#include "ui/settings/shares-dialog.h"
#include "vault/shares.h"

struct _XqKeysGroup
{
  AdwPreferencesGroup parent_instance;

  XqSession *session;
  GtkWidget *custodian;
  GtkWidget *set;
  GtkWidget *remove;
  GtkWidget *shares;
};

G_DEFINE_FINAL_TYPE (XqKeysGroup, xq_keys_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_keys_changed_cb (GtkWidget *owner)
{
  xq_keys_group_load (XQ_KEYS_GROUP (owner));
}

static void
on_set_cb (XqKeysGroup *self)
{
  xq_custodian_dialog_set (GTK_WIDGET (self), self->session, on_keys_changed_cb);
}

static void
on_remove_cb (XqKeysGroup *self)
{
  xq_custodian_dialog_remove (GTK_WIDGET (self), self->session, on_keys_changed_cb);
}

static void
on_renew_cb (XqKeysGroup *self)
{
  xq_renew_dialog_present (GTK_WIDGET (self), self->session);
}

static void
on_shares_cb (XqKeysGroup *self)
{
  xq_shares_dialog_present (GTK_WIDGET (self), self->session, on_keys_changed_cb);
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
  self->shares = add_row (self, _("Paper shares of the recovery code"), NULL);
  add_button (self, self->shares, _("_Make Shares…"), G_CALLBACK (on_shares_cb));
}

/* What the row of the shares says. (transfer full) */
static char *
describe_shares (const XqSharesStatus *status)
{
  g_autofree char *date = xq_clock_date (status->at);
  g_autofree char *day = xq_date_display_day (date);
  g_autofree char *holders = status->holders != NULL ? g_strjoinv (_(", "), status->holders) : NULL;
  const char *others = status->others > 0 ? _(" Earlier sets of this code open as well: destroy them.") : "";

  switch (status->state)
    {
    case XQ_SHARES_UNFINISHED:
      return g_strdup_printf (_("Begun on %s, but not all three are known to be on paper. Make them once more and destroy those."), day);
    case XQ_SHARES_VALID:
      return g_strdup_printf (_("Set %u, made on %s: %s. Any two open the vault.%s"), status->set, day, holders, others);
    case XQ_SHARES_VOID:
      return g_strdup_printf (_("Void since the new recovery code: those of %s open only backups made before it. Make new ones."), day);
    case XQ_SHARES_NONE:
    default:
      return g_strdup (_("None. Three sheets in three hands; any two open the vault, one alone opens nothing."));
    }
}

static void
load_shares (XqKeysGroup *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSharesStatus) status = xq_shares_status (xq_session_database (self->session), &error);
  g_autofree char *text = status != NULL ? describe_shares (status) : g_strdup (error->message);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->shares), escaped);
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
  load_shares (self);
}
