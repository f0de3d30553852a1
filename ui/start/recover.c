#include "config.h"

#include "ui/start/recover.h"

#include <glib/gi18n-lib.h>

#include "ui/preferences.h"
#include "ui/start/password-fields.h"
#include "ui/start/share-pair.h"
#include "ui/start/start.h"
#include "ui/start/work.h"
#include "ui/window.h"

struct _XqRecover
{
  AdwNavigationPage parent_instance;

  GtkLabel *heading;
  GtkLabel *what;
  GtkEntry *code;
  XqSharePair *shares;
  GtkButton *other_way;
  XqPasswordFields *password;
  GtkLabel *message;
  GtkWidget *recover;
  GtkWidget *spinner;

  char *folder;
  gboolean by_shares;
  gboolean busy;
  gboolean slots_were_lost;
};

G_DEFINE_FINAL_TYPE (XqRecover, xq_recover, ADW_TYPE_NAVIGATION_PAGE)

static void
update (XqRecover *self)
{
  gboolean has_code = self->by_shares ? xq_share_pair_is_ready (self->shares) : gtk_entry_get_text_length (self->code) > 0;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that is switched off while it has the focus goes on blinking. */
  if (self->busy && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->code), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->shares), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->other_way), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !self->busy);
  gtk_widget_set_sensitive (self->recover, !self->busy && has_code && xq_password_fields_is_ready (self->password));
}

static void
on_changed_cb (XqRecover *self)
{
  update (self);
}

/* -- code or shares */

static void
focus_opener (XqRecover *self)
{
  gtk_widget_grab_focus (self->by_shares ? GTK_WIDGET (self->shares) : GTK_WIDGET (self->code));
}

static void
clear_openers (XqRecover *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  xq_share_pair_clear (self->shares);
}

static void
show_way (XqRecover *self, gboolean by_shares)
{
  self->by_shares = by_shares;
  gtk_label_set_label (self->heading, by_shares ? _("Open with Two Paper Shares") : _("Open with the Recovery Code"));
  gtk_label_set_label (self->what,
                       by_shares ? _("Type the four lines of any two of the three sheets, then choose a new password. Blanks and hyphens do not matter.")
                                 : _("Type the fourteen groups from the recovery sheet, then choose a new password. Blanks and hyphens do not matter."));
  gtk_button_set_label (self->other_way, by_shares ? _("The _Recovery Code Instead") : _("_Two Paper Shares Instead"));
  gtk_widget_set_visible (GTK_WIDGET (self->code), !by_shares);
  gtk_widget_set_visible (GTK_WIDGET (self->shares), by_shares);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  update (self);
}

static void
on_other_way_cb (XqRecover *self)
{
  clear_openers (self);
  show_way (self, !self->by_shares);
  focus_opener (self);
}

static void
on_shares_changed_cb (XqRecover *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  update (self);
}

static void
on_shares_done_cb (XqRecover *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

/* -- the new password */

static void
on_recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqRecover *self = XQ_RECOVER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStartWork) work = xq_start_work_finish (result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  self->busy = FALSE;
  update (self);
  if (work != NULL)
    {
      XqWindow *window = xq_window_for (GTK_WIDGET (self));

      xq_preferences_set_vault (self->folder);
      xq_start_unlocked (GTK_WIDGET (self), work->vault);
      if (self->slots_were_lost)
        xq_window_toast (window, _("The passwords' file was written anew. A custodian's password is to be set again in the settings."),
                         NULL, NULL, NULL);
      return;
    }
  gtk_label_set_label (self->message, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  focus_opener (self);
}

static void
on_recover_cb (XqRecover *self)
{
  g_autofree char *advice = NULL;
  gboolean password_opens = TRUE;
  XqStartWork *work;

  if (self->busy || !gtk_widget_get_sensitive (self->recover))
    return;
  advice = xq_vault_keyslots_advice (self->folder, &password_opens);
  self->slots_were_lost = !password_opens;
  work = xq_start_work_new (self->folder);
  if (self->by_shares)
    xq_share_pair_dup (self->shares, &work->shares[0], &work->shares[1]);
  else
    work->code = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code)));
  work->password = xq_password_fields_take (self->password);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  self->busy = TRUE;
  update (self);
  xq_start_work_run (GTK_WIDGET (self), xq_start_recover, work, NULL, NULL, on_recovered_cb, NULL);
}

static void
xq_recover_shown (AdwNavigationPage *page)
{
  focus_opener (XQ_RECOVER (page));
}

static void
xq_recover_hidden (AdwNavigationPage *page)
{
  clear_openers (XQ_RECOVER (page));
}

static void
xq_recover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), XQ_TYPE_RECOVER);
  G_OBJECT_CLASS (xq_recover_parent_class)->dispose (object);
}

static void
xq_recover_finalize (GObject *object)
{
  g_free (XQ_RECOVER (object)->folder);
  G_OBJECT_CLASS (xq_recover_parent_class)->finalize (object);
}

static void
xq_recover_class_init (XqRecoverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_recover_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_recover_finalize;
  ADW_NAVIGATION_PAGE_CLASS (class)->shown = xq_recover_shown;
  ADW_NAVIGATION_PAGE_CLASS (class)->hidden = xq_recover_hidden;

  g_type_ensure (XQ_TYPE_PASSWORD_FIELDS);
  g_type_ensure (XQ_TYPE_SHARE_PAIR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/xinqiao/Xinqiao/ui/start/recover.ui");
  gtk_widget_class_bind_template_child (widget_class, XqRecover, heading);
  gtk_widget_class_bind_template_child (widget_class, XqRecover, what);
  gtk_widget_class_bind_template_child (widget_class, XqRecover, code);
  gtk_widget_class_bind_template_child (widget_class, XqRecover, shares);
  gtk_widget_class_bind_template_child (widget_class, XqRecover, other_way);
  gtk_widget_class_bind_template_child (widget_class, XqRecover, password);
  gtk_widget_class_bind_template_child (widget_class, XqRecover, message);
  gtk_widget_class_bind_template_child (widget_class, XqRecover, recover);
  gtk_widget_class_bind_template_child (widget_class, XqRecover, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_shares_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_shares_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_other_way_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_recover_cb);
}

static void
xq_recover_init (XqRecover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  xq_password_fields_set_replaces (self->password);
  show_way (self, FALSE);
}

XqRecover *
xq_recover_new (const char *folder)
{
  XqRecover *self = g_object_new (XQ_TYPE_RECOVER, NULL);

  self->folder = g_strdup (folder);
  return self;
}
