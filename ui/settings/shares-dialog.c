#include "config.h"

#include "ui/settings/shares-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/settings/dialog-parts.h"
#include "ui/start/recovery-sheet.h"
#include "ui/start/work.h"
#include "ui/window.h"

#define XQ_TYPE_SHARES_DIALOG (xq_shares_dialog_get_type ())
G_DECLARE_FINAL_TYPE (XqSharesDialog, xq_shares_dialog, XQ, SHARES_DIALOG, AdwDialog)

struct _XqSharesDialog
{
  AdwDialog parent_instance;

  XqSession *session;
  GtkWidget *owner;
  void (*done) (GtkWidget *owner);
  GtkWidget *pages;
  GtkWidget *holders[XQ_SHARES];
  GtkWidget *password;
  GtkWidget *message;
  GtkWidget *go_on;
  XqShareSet *set; /* from the right password on */
  guint shown;     /* which sheet, from 0 */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (XqSharesDialog, xq_shares_dialog, ADW_TYPE_DIALOG)

/* -- in the worker's thread */

typedef struct
{
  XqVault *vault;
  XqSecret *password;
  char **holders;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  xq_vault_unref (making->vault);
  xq_secret_free (making->password);
  g_strfreev (making->holders);
  g_free (making);
}

static gpointer
make_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  Making *making = data;

  return xq_shares_make (making->vault, making->password, (const char *const *) making->holders, error);
}

/* -- the sheets */

static void show_sheet (XqSharesDialog *self);

static void
finish (XqSharesDialog *self)
{
  g_autoptr (GError) error = NULL;
  XqVault *vault = xq_session_vault (self->session);

  if (vault == NULL)
    return;
  if (xq_shares_hand_out (vault, self->set, &error))
    xq_window_toast (xq_window_for (self->owner), _("The three shares are on paper. Hand them out, and destroy those of earlier sets."),
                     NULL, NULL, NULL);
  else
    xq_window_toast (xq_window_for (self->owner), error->message, NULL, NULL, NULL);
  self->done (self->owner);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_confirmed_cb (XqSharesDialog *self)
{
  if (++self->shown < XQ_SHARES)
    show_sheet (self);
  else
    finish (self);
}

/* In place of what was shown before, which goes with its share. */
static void
show_sheet (XqSharesDialog *self)
{
  XqRecoverySheet *sheet = xq_recovery_sheet_new_share (xq_session_organisation (self->session), self->set, self->shown);
  AdwNavigationPage *page = ADW_NAVIGATION_PAGE (sheet);

  g_signal_connect_object (sheet, "confirmed", G_CALLBACK (on_confirmed_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_replace (ADW_NAVIGATION_VIEW (self->pages), &page, 1);
}

/* -- who keeps them, and the password */

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
update (XqSharesDialog *self)
{
  gboolean ready = *text_of (self->password) != '\0';

  for (guint i = 0; i < XQ_SHARES; i++)
    {
      ready = ready && *text_of (self->holders[i]) != '\0';
      gtk_widget_set_sensitive (self->holders[i], !self->busy);
    }
  gtk_widget_set_sensitive (self->password, !self->busy);
  gtk_widget_set_sensitive (self->go_on, !self->busy && ready);
}

static void
on_changed_cb (XqSharesDialog *self)
{
  xq_dialog_message_set (self->message, NULL);
  update (self);
}

static void
on_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqSharesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqShareSet) set = xq_session_run_finish (XQ_SESSION (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  self->busy = FALSE;
  update (self);
  if (set != NULL)
    {
      self->set = g_steal_pointer (&set);
      self->done (self->owner);
      adw_dialog_set_content_width (ADW_DIALOG (self), 640);
      adw_dialog_set_content_height (ADW_DIALOG (self), 560);
      show_sheet (self);
      return;
    }
  xq_dialog_message_set (self->message, error->message);
  gtk_widget_grab_focus (self->password);
}

static void
on_go_on_cb (XqSharesDialog *self)
{
  Making *making;

  if (!gtk_widget_get_sensitive (self->go_on) || xq_session_vault (self->session) == NULL)
    return;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  making = g_new0 (Making, 1);
  making->vault = xq_vault_ref (xq_session_vault (self->session));
  making->password = xq_start_take_secret (GTK_EDITABLE (self->password));
  making->holders = g_new0 (char *, XQ_SHARES + 1);
  for (guint i = 0; i < XQ_SHARES; i++)
    making->holders[i] = g_strdup (text_of (self->holders[i]));
  self->busy = TRUE;
  update (self);
  xq_session_run_async (self->session, make_work, making, making_free, (GDestroyNotify) xq_share_set_free, NULL, NULL, NULL,
                        on_made_cb, g_object_ref (self));
}

static void
xq_shares_dialog_dispose (GObject *object)
{
  XqSharesDialog *self = XQ_SHARES_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->set, xq_share_set_free);
  G_OBJECT_CLASS (xq_shares_dialog_parent_class)->dispose (object);
}

static void
xq_shares_dialog_class_init (XqSharesDialogClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_shares_dialog_dispose;
}

static void
xq_shares_dialog_init (XqSharesDialog *self)
{
}

static GtkWidget *
holders_new (XqSharesDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_auto (GStrv) usual = xq_shares_holders (xq_session_database (self->session));

  for (guint i = 0; i < XQ_SHARES; i++)
    {
      g_autofree char *title = g_strdup_printf (_("Share %u is kept by"), i + 1);

      self->holders[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->holders[i]), title);
      gtk_editable_set_text (GTK_EDITABLE (self->holders[i]), usual[i]);
      g_signal_connect_object (self->holders[i], "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->holders[i], "entry-activated", G_CALLBACK (on_go_on_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->holders[i]);
    }
  return group;
}

static void
build (XqSharesDialog *self)
{
  GtkWidget *box = xq_dialog_column (ADW_DIALOG (self), _("Paper Shares"));
  g_autoptr (GtkWidget) column = g_object_ref (adw_dialog_get_child (ADW_DIALOG (self)));

  self->password = xq_dialog_password_new (_("Your own password"));
  self->message = xq_dialog_message_new ();
  self->go_on = xq_dialog_action_new (_("_Make Three Shares"));
  gtk_box_append (GTK_BOX (box),
                  xq_dialog_note_new (_("The recovery code is split over three sheets. Any two of them open the vault, one alone tells "
                                        "nothing of it. You will see each sheet once and type two of its groups. Sheets of an "
                                        "earlier set go on opening until there is a new recovery code: destroy them.")));
  gtk_box_append (GTK_BOX (box), holders_new (self));
  gtk_box_append (GTK_BOX (box), self->password);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->go_on);
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  self->pages = adw_navigation_view_new ();
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (self->pages), adw_navigation_page_new (column, _("Paper Shares")));
  adw_dialog_set_child (ADW_DIALOG (self), self->pages);
  adw_dialog_set_focus (ADW_DIALOG (self), self->password);
}

void
xq_shares_dialog_present (GtkWidget *owner, XqSession *session, void (*done) (GtkWidget *owner))
{
  XqSharesDialog *self = g_object_new (XQ_TYPE_SHARES_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->owner = owner;
  self->done = done;
  build (self);
  g_signal_connect_object (self->password, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->password, "activate", G_CALLBACK (on_go_on_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->go_on, "clicked", G_CALLBACK (on_go_on_cb), self, G_CONNECT_SWAPPED);
  update (self);
  adw_dialog_present (ADW_DIALOG (self), owner);
}
