#include "config.h"

#include "ui/settings/vault-group.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/dialogs.h"
#include "ui/widgets/progress-dialog.h"

struct _XqVaultGroup
{
  AdwPreferencesGroup parent_instance;

  XqSession *session;
  GtkWidget *folder;
  GtkWidget *contents;
  GtkWidget *check;
  GtkWidget *audit;
};

G_DEFINE_FINAL_TYPE (XqVaultGroup, xq_vault_group, ADW_TYPE_PREFERENCES_GROUP)

/* -- work; the vault is kept by whoever asks for it */

static gpointer
info_work (XqDatabase *database, gpointer vault, const XqProgress *progress, GError **error)
{
  return xq_vault_info (vault, error);
}

static gpointer
check_work (XqDatabase *database, gpointer vault, const XqProgress *progress, GError **error)
{
  return xq_vault_check (vault, progress, error);
}

static gpointer
vault_of (XqVaultGroup *self)
{
  return xq_vault_ref (xq_session_vault (self->session));
}

/* -- what is in it */

static void
show_info (XqVaultGroup *self, const XqVaultInfo *info)
{
  gint64 rows = 0;
  g_autofree char *contents = NULL;
  g_autofree char *head = NULL;

  for (guint i = 0; i < info->rows->len; i++)
    rows += g_array_index (info->rows, gint64, i);
  contents = g_strdup_printf (_("%d records · schema %d · SQLCipher %s"), (int) rows, info->schema, info->cipher);
  head = g_strdup_printf (_("Head %s: it stands on every report, so that a later rewrite is noticed."), info->audit_head);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->contents), contents);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->audit), head);
}

static void
on_info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqVaultGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultInfo) info = xq_session_run_finish (XQ_SESSION (source), result, &error);

  if (info != NULL)
    show_info (self, info);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->contents), error->message);
}

/* -- the check */

static void
on_checked_cb (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  XqVaultGroup *self = XQ_VAULT_GROUP (parent);
  g_autoptr (XqVaultCheck) check = result;
  g_autofree char *text = NULL;

  if (check == NULL)
    {
      xq_error_dialog (parent, _("The check did not come to its end"), error);
      return;
    }
  if (check->sound)
    text = g_strdup (_("Sound: cipher, tables, references and audit trail were checked just now."));
  else
    text = g_strdup_printf (_("Not sound. Cipher: %s. Tables: %s. References: %s. Audit trail: %s. Dangling: %d. Make a "
                              "copy of the folder before anything else."),
                            check->cipher, check->integrity, check->foreign_keys, check->audit, (int) check->dangling);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->check), text);
  if (check->sound)
    gtk_widget_remove_css_class (self->check, "error");
  else
    gtk_widget_add_css_class (self->check, "error");
}

static void
on_check_cb (XqVaultGroup *self)
{
  xq_progress_run (GTK_WIDGET (self), self->session, _("Checking the vault"), check_work, vault_of (self),
                   (GDestroyNotify) xq_vault_unref, (GDestroyNotify) xq_vault_check_free, on_checked_cb, NULL);
}

static void
xq_vault_group_dispose (GObject *object)
{
  g_clear_object (&XQ_VAULT_GROUP (object)->session);
  G_OBJECT_CLASS (xq_vault_group_parent_class)->dispose (object);
}

static void
xq_vault_group_class_init (XqVaultGroupClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_vault_group_dispose;
}

static GtkWidget *
add_row (XqVaultGroup *self, const char *title, const char *button, GCallback clicked)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (button != NULL)
    {
      GtkWidget *act = gtk_button_new_with_mnemonic (button);

      gtk_widget_set_valign (act, GTK_ALIGN_CENTER);
      g_signal_connect_object (act, "clicked", clicked, self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), act);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

/* It is read and verified on a page of its own. */
static void
add_way_to_audit (XqVaultGroup *self)
{
  GtkWidget *way = gtk_button_new_from_icon_name ("go-next-symbolic");

  gtk_widget_add_css_class (way, "flat");
  gtk_widget_set_valign (way, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (way), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Audit trail"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (way), "win.go");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (way), "s", "audit");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->audit), way);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->audit), way);
}

static void
xq_vault_group_init (XqVaultGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("This Vault"));
  self->folder = add_row (self, _("Folder"), NULL, NULL);
  self->contents = add_row (self, _("Contents"), NULL, NULL);
  self->check = add_row (self, _("Check everything"), _("_Check"), G_CALLBACK (on_check_cb));
  self->audit = add_row (self, _("Audit trail"), NULL, NULL);
  add_way_to_audit (self);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self->folder), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->check),
                               _("Reads every page: cipher, tables, references, audit trail."));
}

GtkWidget *
xq_vault_group_new (XqSession *session)
{
  XqVaultGroup *self = g_object_new (XQ_TYPE_VAULT_GROUP, NULL);

  self->session = g_object_ref (session);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->folder), xq_vault_folder (xq_session_vault (session)));
  return GTK_WIDGET (self);
}

void
xq_vault_group_load (XqVaultGroup *self)
{
  g_return_if_fail (XQ_IS_VAULT_GROUP (self));

  xq_session_run_async (self->session, info_work, vault_of (self), (GDestroyNotify) xq_vault_unref,
                        (GDestroyNotify) xq_vault_info_free, NULL, NULL, NULL, on_info_cb, g_object_ref (self));
}
