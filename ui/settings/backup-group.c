#include "config.h"

#include "ui/settings/backup-group.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "ui/settings/backup-slip-dialog.h"
#include "ui/settings/backup-work.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/progress-dialog.h"
#include "ui/window.h"

struct _XqBackupGroup
{
  AdwPreferencesGroup parent_instance;

  XqSession *session;
  GtkWidget *folder;
  GtkWidget *automatic;
  GtkWidget *newest;
  GtkWidget *now;
  GtkWidget *drill;
  GtkWidget *try_out;
  GtkWidget *list;
  GPtrArray *listed; /* the rows in @list */
  char *path;        /* of the chosen folder */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (XqBackupGroup, xq_backup_group, ADW_TYPE_PREFERENCES_GROUP)

/* -- showing */

static void
set_alarm (GtkWidget *row, gboolean alarm)
{
  if (alarm)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
}

static void
show_folder (XqBackupGroup *self, const XqBackupStatus *status)
{
  g_autofree char *text = NULL;

  if (status->folder == NULL)
    text = g_strdup (_("None is chosen: nothing is saved. A stick or a network folder is best, away from this computer."));
  else if (!status->present)
    text = g_strdup_printf (_("%s — not there now. Put the stick in."), status->folder);
  else
    text = g_strdup (status->folder);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->folder), text);
  set_alarm (self->folder, status->folder == NULL || !status->present);
}

static void
show_newest (XqBackupGroup *self, const XqBackupStatus *status)
{
  g_autofree char *age = xq_backup_age (status->newest_at);
  g_autofree char *time = status->newest_at != 0 ? xq_clock_display (status->newest_at) : NULL;
  g_autofree char *text = time != NULL ? g_strdup_printf ("%s · %s", age, time) : g_strdup (age);

  if (status->why != NULL)
    {
      g_autofree char *both = g_strdup_printf (_("%s. The last try failed: %s"), text, status->why);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->newest), both);
    }
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->newest), text);
  set_alarm (self->newest, status->why != NULL);
}

static void
show_drill (XqBackupGroup *self, const XqBackupStatus *status)
{
  g_autofree char *last = xq_backup_age (status->drilled_at);
  g_autofree char *day = status->drill_on != NULL ? xq_date_display_day (status->drill_on) : NULL;
  g_autofree char *text = NULL;

  if (day == NULL)
    text = g_strdup (_("Once a month the newest backup is restored into a copy and checked."));
  else if (status->drill_due)
    text = g_strdup_printf (_("Last: %s. It is due since %s."), last, day);
  else
    text = g_strdup_printf (_("Last: %s. Next on %s."), last, day);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->drill), text);
  set_alarm (self->drill, status->drill_due);
}

/* What is to be said of a backup besides its length and its name; NULL for one like the others. */
static const char *
remark_on (const XqBackupEntry *entry)
{
  if (entry->other_code)
    return _("made under another recovery code: opens with the code or the password of that time, and stays until you remove it");
  return entry->rotates ? NULL : _("stays: it was renamed by hand");
}

static GtkWidget *
entry_row_new (const XqBackupEntry *entry)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *time = xq_clock_display (entry->made_at);
  g_autofree char *name = g_path_get_basename (entry->path);
  g_autofree char *size = g_format_size ((guint64) entry->bytes);
  g_autofree char *text = g_strjoin (" · ", size, name, remark_on (entry), NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), time);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  return row;
}

static void
show_list (XqBackupGroup *self, GPtrArray *entries)
{
  int count = entries != NULL ? (int) entries->len : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%d in the folder; 7 daily, 4 weekly and 12 monthly ones are kept",
                                                     "%d in the folder; 7 daily, 4 weekly and 12 monthly ones are kept",
                                                     (gulong) count),
                                           count);

  for (guint i = 0; i < self->listed->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self->list), self->listed->pdata[i]);
  g_ptr_array_set_size (self->listed, 0);
  for (int i = 0; i < count; i++)
    {
      GtkWidget *row = entry_row_new (entries->pdata[i]);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->list), row);
      g_ptr_array_add (self->listed, row);
    }
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->list), text);
  gtk_widget_set_sensitive (self->list, count > 0);
}

static void
show_view (XqBackupGroup *self, const XqBackupView *view)
{
  const XqBackupStatus *status = view->status;

  self->showing = TRUE;
  g_set_str (&self->path, status->folder);
  show_folder (self, status);
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->automatic), status->automatic);
  gtk_widget_set_sensitive (self->automatic, status->folder != NULL);
  show_newest (self, status);
  gtk_widget_set_sensitive (self->now, status->present);
  show_drill (self, status);
  gtk_widget_set_sensitive (self->try_out, status->newest != NULL);
  show_list (self, view->entries);
  self->showing = FALSE;
}

static void
on_viewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqBackupGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqBackupView) view = xq_session_run_finish (XQ_SESSION (source), result, &error);

  if (view != NULL)
    show_view (self, view);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->newest), error->message);
}

/* -- the folder */

static void
on_folder_chosen_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  XqBackupGroup *self = XQ_BACKUP_GROUP (parent);
  g_autofree char *folder = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    return;
  if (!xq_backup_set_folder (xq_session_database (self->session), folder, &error))
    xq_error_dialog (parent, _("This was not kept"), error);
  else
    xq_session_changed (self->session, XQ_CHANGED_SETTINGS);
}

static void
on_choose_cb (XqBackupGroup *self)
{
  xq_folder_dialog (GTK_WIDGET (self), _("A Folder for Backups"), on_folder_chosen_cb, NULL);
}

static void
on_automatic_cb (XqBackupGroup *self)
{
  g_autoptr (GError) error = NULL;

  if (self->showing)
    return;
  if (!xq_backup_set_automatic (xq_session_database (self->session),
                                adw_switch_row_get_active (ADW_SWITCH_ROW (self->automatic)), &error))
    xq_error_dialog (GTK_WIDGET (self), _("This was not kept"), error);
  else
    xq_session_changed (self->session, XQ_CHANGED_SETTINGS);
}

/* -- one now */

static void
on_made_cb (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  XqBackupGroup *self = XQ_BACKUP_GROUP (parent);
  g_autoptr (XqBackupRecord) record = result;

  if (record != NULL)
    xq_window_toast (xq_window_for (parent), _("The backup was made and verified."), NULL, NULL, NULL);
  else
    xq_error_dialog (parent, _("No backup was made"), error);
  xq_session_changed (self->session, XQ_CHANGED_SETTINGS);
}

static void
on_now_cb (XqBackupGroup *self)
{
  xq_progress_run (GTK_WIDGET (self), self->session, _("Backing up the vault"), xq_backup_make_work,
                   xq_backup_task_new (self->session, self->path, XQ_BACKUP_BY_HAND), (GDestroyNotify) xq_backup_task_free,
                   (GDestroyNotify) xq_backup_record_free, on_made_cb, NULL);
}

/* -- the drill */

static void
on_drilled_cb (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  XqBackupGroup *self = XQ_BACKUP_GROUP (parent);
  g_autoptr (XqBackupDrill) drill = result;

  if (drill != NULL)
    xq_backup_slip_dialog_present (parent, drill);
  else
    xq_error_dialog (parent, _("The backup did not pass"), error);
  xq_session_changed (self->session, XQ_CHANGED_SETTINGS);
}

static void
on_drill_cb (XqBackupGroup *self)
{
  xq_progress_run (GTK_WIDGET (self), self->session, _("Trying the backup out"), xq_backup_drill_work,
                   xq_backup_task_new (self->session, NULL, XQ_BACKUP_DRILL), (GDestroyNotify) xq_backup_task_free,
                   (GDestroyNotify) xq_backup_drill_free, on_drilled_cb, NULL);
}

/* -- restoring happens outside, where no vault is open */

static void
on_restore_confirmed_cb (GtkWidget *parent, gpointer user_data)
{
  xq_window_restore (xq_window_for (parent));
}

static void
on_restore_cb (XqBackupGroup *self)
{
  xq_confirm_dialog (GTK_WIDGET (self), _("Lock and restore a backup?"),
                     _("The vault is locked first. You then choose the backup and a folder; the vault that you have now is kept."),
                     _("_Lock and Go On"), FALSE, on_restore_confirmed_cb, NULL, NULL);
}

/* -- making it */

static void
xq_backup_group_dispose (GObject *object)
{
  XqBackupGroup *self = XQ_BACKUP_GROUP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (xq_backup_group_parent_class)->dispose (object);
}

static void
xq_backup_group_class_init (XqBackupGroupClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_backup_group_dispose;
}

static GtkWidget *
add_row (XqBackupGroup *self, const char *title, const char *button, GCallback clicked, GtkWidget **ret_button)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *act = gtk_button_new_with_mnemonic (button);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (act, GTK_ALIGN_CENTER);
  g_signal_connect_object (act, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), act);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  if (ret_button != NULL)
    *ret_button = act;
  return row;
}

static void
add_switch (XqBackupGroup *self)
{
  self->automatic = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->automatic), _("Every day"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->automatic),
                               _("By itself while the window is open; a day that was missed is made up at the next start."));
  g_signal_connect_object (self->automatic, "notify::active", G_CALLBACK (on_automatic_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->automatic);
}

static void
xq_backup_group_init (XqBackupGroup *self)
{
  self->listed = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Backups"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("One encrypted file with everything, verified before it counts. It names nobody."));
  self->folder = add_row (self, _("Folder for backups"), _("_Choose…"), G_CALLBACK (on_choose_cb), NULL);
  add_switch (self);
  self->newest = add_row (self, _("Newest backup"), _("_Back Up Now"), G_CALLBACK (on_now_cb), &self->now);
  self->drill = add_row (self, _("Monthly drill"), _("_Try It Out"), G_CALLBACK (on_drill_cb), &self->try_out);
  self->list = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->list), _("All backups"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->list);
  add_row (self, _("Restore a backup"), _("_Restore…"), G_CALLBACK (on_restore_cb), NULL);
}

GtkWidget *
xq_backup_group_new (XqSession *session)
{
  XqBackupGroup *self = g_object_new (XQ_TYPE_BACKUP_GROUP, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
xq_backup_group_load (XqBackupGroup *self)
{
  g_return_if_fail (XQ_IS_BACKUP_GROUP (self));

  xq_session_run_async (self->session, xq_backup_view_work, xq_backup_task_new (self->session, NULL, XQ_BACKUP_BY_HAND),
                        (GDestroyNotify) xq_backup_task_free, (GDestroyNotify) xq_backup_view_free, NULL, NULL, NULL,
                        on_viewed_cb, g_object_ref (self));
}
