#include "config.h"

#include "ui/settings/backup-work.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"

void
xq_backup_view_free (XqBackupView *view)
{
  if (view == NULL)
    return;
  xq_backup_status_free (view->status);
  g_clear_pointer (&view->entries, g_ptr_array_unref);
  g_free (view);
}

XqBackupTask *
xq_backup_task_new (XqSession *session, const char *path, XqBackupKind kind)
{
  XqBackupTask *task = g_new0 (XqBackupTask, 1);

  task->vault = xq_vault_ref (xq_session_vault (session));
  task->path = g_strdup (path);
  task->kind = kind;
  return task;
}

void
xq_backup_task_free (XqBackupTask *task)
{
  xq_vault_unref (task->vault);
  g_free (task->path);
  g_free (task);
}

gpointer
xq_backup_view_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  XqBackupTask *task = data;
  g_autoptr (XqBackupView) view = g_new0 (XqBackupView, 1);

  view->status = xq_backup_status (task->vault, error);
  if (view->status == NULL)
    return NULL;
  if (view->status->present)
    view->entries = xq_backup_list (view->status->folder, task->vault, NULL);
  for (guint i = view->entries != NULL ? view->entries->len : 0; i > 0; i--)
    {
      const XqBackupEntry *entry = view->entries->pdata[i - 1];

      if (!entry->own && !entry->other_code)
        g_ptr_array_remove_index (view->entries, i - 1);
    }
  return g_steal_pointer (&view);
}

gpointer
xq_backup_make_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  XqBackupTask *task = data;

  return xq_backup_create_in (task->vault, task->path, task->kind, progress, error);
}

gpointer
xq_backup_drill_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  XqBackupTask *task = data;

  return xq_backup_drill (task->vault, task->path, progress, error);
}

char *
xq_backup_age (gint64 made_at)
{
  g_autofree char *day = xq_clock_date (made_at);
  g_autofree char *today = xq_clock_today ();
  int days = MAX (xq_date_days_between (day, today), 0);

  if (made_at == 0)
    return g_strdup (_("never"));
  if (days < 2)
    return g_strdup (days == 0 ? _("today") : _("yesterday"));
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) days), days);
}
