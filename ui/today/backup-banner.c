#include "config.h"

#include "ui/today/backup-banner.h"

#include <glib/gi18n-lib.h>

#include "ui/settings/backup-work.h"

/* The first of these that is so. (transfer full); NULL when all is well */
static char *
what_is_wrong (const XqBackupStatus *status)
{
  g_autofree char *age = xq_backup_age (status->newest_at);

  if (status->folder == NULL)
    return g_strdup (_("No backups are made. Choose a folder for them, best on a stick."));
  if (!status->present)
    return g_strdup_printf (_("The folder for backups is not there: put the stick in. Newest backup: %s."), age);
  if (status->why != NULL)
    return g_strdup_printf (_("The last backup failed. Newest one: %s."), age);
  if (status->drill_due)
    return g_strdup (_("The monthly drill is due: the newest backup is tried out in a copy."));
  if (!status->automatic && status->due)
    return g_strdup_printf (_("Newest backup: %s. The daily backup is switched off."), age);
  return NULL;
}

static void
on_viewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwBanner) banner = user_data;
  g_autoptr (XqBackupView) view = xq_session_run_finish (XQ_SESSION (source), result, NULL);
  g_autofree char *text = view != NULL ? what_is_wrong (view->status) : NULL;

  if (text != NULL)
    adw_banner_set_title (banner, text);
  adw_banner_set_revealed (banner, text != NULL);
}

GtkWidget *
xq_backup_banner_new (void)
{
  GtkWidget *banner = adw_banner_new ("");

  adw_banner_set_use_markup (ADW_BANNER (banner), FALSE);
  adw_banner_set_button_label (ADW_BANNER (banner), _("_Backups"));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (banner), "win.go::settings");
  return banner;
}

void
xq_backup_banner_load (GtkWidget *banner, XqPage *page)
{
  XqSession *session = xq_page_session (page);

  xq_session_run_async (session, xq_backup_view_work, xq_backup_task_new (session, NULL, XQ_BACKUP_BY_HAND),
                        (GDestroyNotify) xq_backup_task_free, (GDestroyNotify) xq_backup_view_free, NULL, NULL, NULL,
                        on_viewed_cb, g_object_ref (banner));
}
