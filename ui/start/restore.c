#include "config.h"

#include "ui/start/restore.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "ui/preferences.h"
#include "ui/settings/backup-work.h"
#include "ui/start/restore-work.h"
#include "ui/start/share-pair.h"
#include "ui/start/start.h"
#include "ui/start/work.h"
#include "ui/widgets/dialogs.h"

#define LOOK_MS 100

struct _XqRestore
{
  AdwNavigationPage parent_instance;

  AdwActionRow *file;
  GtkWidget *choose_file;
  GtkWidget *opening;
  GtkPasswordEntry *password;
  GtkEntry *code;
  XqSharePair *shares;
  GtkCheckButton *by_code;
  GtkCheckButton *by_shares;
  GtkWidget *open;
  GtkWidget *placing;
  AdwActionRow *name;
  AdwActionRow *state;
  AdwActionRow *records;
  AdwActionRow *folder_row;
  GtkLabel *kept;
  GtkWidget *restore;
  GtkWidget *running;
  GtkProgressBar *progress;
  GtkLabel *message;

  char *folder;
  XqRestoreWork *work;
  GCancellable *cancellable; /* while a step runs */
  guint look_id;
};

G_DEFINE_FINAL_TYPE (XqRestore, xq_restore, ADW_TYPE_NAVIGATION_PAGE)

static const XqFileKind backup_kinds[] = { { N_("Backups"), "*.xqbackup" }, { N_("All files"), "*" }, { 0 } };

/* -- showing */

static gboolean
is_by_code (XqRestore *self)
{
  return gtk_check_button_get_active (self->by_code);
}

static gboolean
is_by_shares (XqRestore *self)
{
  return gtk_check_button_get_active (self->by_shares);
}

/* Where the secret is typed. */
static GtkWidget *
secret_field (XqRestore *self)
{
  return is_by_shares (self) ? GTK_WIDGET (self->shares)
         : is_by_code (self) ? GTK_WIDGET (self->code)
                             : GTK_WIDGET (self->password);
}

static gboolean
has_secret (XqRestore *self)
{
  if (is_by_shares (self))
    return xq_share_pair_is_ready (self->shares);
  return *gtk_editable_get_text (GTK_EDITABLE (secret_field (self))) != '\0';
}

static void
update (XqRestore *self)
{
  gboolean busy = self->cancellable != NULL;
  GtkWidget *fields[] = { GTK_WIDGET (self->password), GTK_WIDGET (self->code), GTK_WIDGET (self->shares) };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_widget_set_visible (fields[i], fields[i] == secret_field (self));
  gtk_widget_set_sensitive (self->choose_file, !busy);
  gtk_widget_set_sensitive (self->opening, !busy);
  gtk_widget_set_sensitive (self->placing, !busy);
  gtk_widget_set_sensitive (self->open, !busy && has_secret (self));
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), !busy);
}

static void
show_message (XqRestore *self, const char *message)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

static void
show_header (XqRestore *self)
{
  const XqBackupHeader *header = xq_backup_header (self->work->backup);
  g_autofree char *time = xq_clock_display (header->made_at);
  g_autofree char *age = xq_backup_age (header->made_at);
  g_autofree char *size = g_format_size (xq_backup_size (self->work->backup));
  g_autofree char *text = g_strdup_printf (_("Made %s (%s) · %s"), time, age, size);
  g_autofree char *name = g_path_get_basename (xq_backup_path (self->work->backup));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file), name);
  adw_action_row_set_subtitle (self->file, text);
  gtk_widget_set_visible (self->opening, TRUE);
  gtk_widget_set_visible (self->placing, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
show_folder (XqRestore *self)
{
  gboolean taken = xq_vault_exists (self->folder);

  adw_action_row_set_subtitle (self->folder_row, self->folder);
  gtk_label_set_label (self->kept,
                       taken ? _("The vault that is there now is kept beside it, under another name.") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->kept), taken);
}

static void
show_contents (XqRestore *self)
{
  const XqBackupContents *contents = xq_backup_contents (self->work->backup);
  g_autofree char *time = xq_clock_display (xq_backup_header (self->work->backup)->made_at);
  g_autofree char *total = g_strdup_printf ("%" G_GINT64_FORMAT, contents->total);
  g_autofree char *records = NULL;
  gint64 persons = 0;

  for (guint i = 0; i < contents->tables->len; i++)
    if (g_strcmp0 (contents->tables->pdata[i], "person") == 0)
      persons = g_array_index (contents->rows, gint64, i);
  records = g_strdup_printf (_("%s records, of %d persons"), total, (int) persons);
  adw_action_row_set_subtitle (self->name, contents->name);
  adw_action_row_set_subtitle (self->state, time);
  adw_action_row_set_subtitle (self->records, records);
  show_folder (self);
  gtk_widget_set_visible (self->opening, FALSE);
  gtk_widget_set_visible (self->placing, TRUE);
  gtk_widget_grab_focus (self->restore);
}

/* -- steps */

static gboolean
on_look_cb (gpointer user_data)
{
  XqRestore *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->work->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
run (XqRestore *self, XqRestoreStep step, GAsyncReadyCallback callback)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that is switched off while it has the focus goes on blinking. */
  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  show_message (self, NULL);
  self->cancellable = g_cancellable_new ();
  update (self);
  xq_restore_work_run (GTK_WIDGET (self), step, self->work, self->cancellable, callback);
}

/* FALSE when the page is gone, or the step has failed and it was said. */
static gboolean
has_come (XqRestore *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gboolean done = xq_restore_work_finish (result, &error);

  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return FALSE;
  gtk_widget_set_visible (self->running, FALSE);
  update (self);
  if (!done && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_message (self, error->message);
  return done;
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqRestore *self = XQ_RESTORE (source);

  if (has_come (self, result))
    show_header (self);
}

static void
on_file_chosen_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  XqRestore *self = XQ_RESTORE (parent);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL || self->cancellable != NULL)
    return;
  gtk_widget_set_visible (self->opening, FALSE);
  gtk_widget_set_visible (self->placing, FALSE);
  g_clear_pointer (&self->work, xq_restore_work_free);
  self->work = xq_restore_work_new ();
  self->work->file = g_steal_pointer (&path);
  run (self, xq_restore_read, on_read_cb);
}

static void
on_choose_file_cb (XqRestore *self)
{
  xq_file_open_dialog (GTK_WIDGET (self), _("A Backup"), backup_kinds, on_file_chosen_cb, NULL);
}

static void
on_unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqRestore *self = XQ_RESTORE (source);

  if (has_come (self, result))
    show_contents (self);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_grab_focus (secret_field (self));
}

/* Wiped by its work, as a typed one is. (transfer full) */
static char *
joined_code (XqRestore *self)
{
  g_autoptr (XqSecret) code = xq_share_pair_join (self->shares);

  return g_strdup ((const char *) xq_secret_bytes (code));
}

static void
on_open_cb (XqRestore *self)
{
  if (self->cancellable != NULL || self->work == NULL || !has_secret (self))
    return;
  if (is_by_shares (self))
    self->work->code = joined_code (self);
  else if (is_by_code (self))
    self->work->code = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code)));
  else
    self->work->password = xq_start_take_secret (GTK_EDITABLE (self->password));
  run (self, xq_restore_unlock, on_unlocked_cb);
}

static void
on_restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqRestore *self = XQ_RESTORE (source);
  g_autoptr (XqVault) vault = NULL;

  if (!has_come (self, result))
    return;
  vault = g_steal_pointer (&self->work->vault);
  xq_preferences_set_vault (self->folder);
  xq_start_unlocked (GTK_WIDGET (self), vault);
}

static void
on_restore_cb (XqRestore *self)
{
  if (self->cancellable != NULL)
    return;
  g_set_str (&self->work->folder, self->folder);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (self->running, TRUE);
  self->look_id = g_timeout_add (LOOK_MS, on_look_cb, self);
  run (self, xq_restore_write, on_restored_cb);
}

static void
on_cancel_cb (XqRestore *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
on_folder_chosen_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  XqRestore *self = XQ_RESTORE (parent);
  g_autofree char *folder = file != NULL ? g_file_get_path (file) : NULL;

  if (folder == NULL)
    return;
  g_set_str (&self->folder, folder);
  show_folder (self);
}

static void
on_choose_folder_cb (XqRestore *self)
{
  xq_folder_dialog (GTK_WIDGET (self), _("A Folder for the Vault"), on_folder_chosen_cb, NULL);
}

static void
on_changed_cb (XqRestore *self)
{
  show_message (self, NULL);
  update (self);
}

/* One of the two, or the password. */
static void
on_by_code_cb (XqRestore *self)
{
  if (is_by_code (self))
    gtk_check_button_set_active (self->by_shares, FALSE);
  on_changed_cb (self);
}

static void
on_by_shares_cb (XqRestore *self)
{
  if (is_by_shares (self))
    gtk_check_button_set_active (self->by_code, FALSE);
  on_changed_cb (self);
}

/* -- class */

static void
xq_restore_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (XQ_RESTORE (page)->choose_file);
}

static void
xq_restore_hidden (AdwNavigationPage *page)
{
  gtk_editable_set_text (GTK_EDITABLE (XQ_RESTORE (page)->code), "");
  xq_share_pair_clear (XQ_RESTORE (page)->shares);
}

static void
xq_restore_dispose (GObject *object)
{
  XqRestore *self = XQ_RESTORE (object);

  on_cancel_cb (self);
  g_clear_handle_id (&self->look_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), XQ_TYPE_RESTORE);
  G_OBJECT_CLASS (xq_restore_parent_class)->dispose (object);
}

/* A task holds its widget, so that no step runs any more. */
static void
xq_restore_finalize (GObject *object)
{
  XqRestore *self = XQ_RESTORE (object);

  g_clear_pointer (&self->work, xq_restore_work_free);
  g_free (self->folder);
  G_OBJECT_CLASS (xq_restore_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, XqRestore, file);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, choose_file);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, opening);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, password);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, code);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, shares);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, by_code);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, by_shares);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, open);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, placing);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, name);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, state);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, records);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, folder_row);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, kept);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, restore);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, running);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, progress);
  gtk_widget_class_bind_template_child (widget_class, XqRestore, message);
}

static void
xq_restore_class_init (XqRestoreClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_restore_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_restore_finalize;
  ADW_NAVIGATION_PAGE_CLASS (class)->shown = xq_restore_shown;
  ADW_NAVIGATION_PAGE_CLASS (class)->hidden = xq_restore_hidden;
  g_type_ensure (XQ_TYPE_SHARE_PAIR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/xinqiao/Xinqiao/ui/start/restore.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_by_code_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_by_shares_cb);
}

static void
xq_restore_init (XqRestore *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

XqRestore *
xq_restore_new (const char *folder)
{
  XqRestore *self = g_object_new (XQ_TYPE_RESTORE, NULL);

  self->folder = g_strdup (folder);
  return self;
}
