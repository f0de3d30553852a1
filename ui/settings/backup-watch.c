#include "config.h"

#include "ui/settings/backup-watch.h"

#include <glib/gi18n-lib.h>

#include "ui/settings/backup-work.h"
#include "ui/window.h"

#define LOOK_SECONDS (10 * 60)
/* After a failure: a stick that is full stays so for a while. */
#define REST_US      (G_TIME_SPAN_HOUR)

typedef struct
{
  gatomicrefcount references;
  GWeakRef window;
  XqSession *session;
  guint look_id;
  gulong changed_id;
  gulong closed_id;
  gint64 failed_at; /* monotonic; 0 for not */
  gboolean busy;
} Watch;

static Watch *
watch_ref (Watch *watch)
{
  g_atomic_ref_count_inc (&watch->references);
  return watch;
}

static void
watch_unref (Watch *watch)
{
  if (!g_atomic_ref_count_dec (&watch->references))
    return;
  g_weak_ref_clear (&watch->window);
  g_object_unref (watch->session);
  g_free (watch);
}

static void
tell (Watch *watch, const char *text)
{
  g_autoptr (XqWindow) window = g_weak_ref_get (&watch->window);

  if (window != NULL && xq_window_session (window) == watch->session)
    xq_window_toast (window, text, NULL, NULL, NULL);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GError) error = NULL;
  /* NULL as well when nothing is due. */
  g_autoptr (XqBackupRecord) record = xq_session_run_finish (XQ_SESSION (source), result, &error);

  watch->busy = FALSE;
  if (record != NULL)
    tell (watch, _("Today’s backup was made and verified."));
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      watch->failed_at = g_get_monotonic_time ();
      tell (watch, _("Today’s backup failed. Settings › Backups says why."));
    }
  if ((record != NULL || error != NULL) && xq_session_is_open (watch->session))
    xq_session_changed (watch->session, XQ_CHANGED_SETTINGS);
  watch_unref (watch);
}

/* A folder that is not there is no failure of today: the stick may come yet. */
static gpointer
daily_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  XqBackupTask *task = data;
  g_autoptr (XqBackupStatus) status = xq_backup_status (task->vault, error);

  if (status == NULL || !status->automatic || !status->present || !status->due)
    return NULL;
  return xq_backup_create_in (task->vault, status->folder, XQ_BACKUP_AUTOMATIC, progress, error);
}

static void
look (Watch *watch)
{
  if (watch->busy || (watch->failed_at != 0 && g_get_monotonic_time () - watch->failed_at < REST_US))
    return;
  watch->busy = TRUE;
  xq_session_run_async (watch->session, daily_work, xq_backup_task_new (watch->session, NULL, XQ_BACKUP_AUTOMATIC),
                        (GDestroyNotify) xq_backup_task_free, (GDestroyNotify) xq_backup_record_free, NULL, NULL, NULL,
                        on_done_cb, watch_ref (watch));
}

static gboolean
on_look_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

/* Somebody has chosen a folder, or another one. */
static void
on_changed_cb (XqSession *session, guint changed, gpointer user_data)
{
  if (changed & XQ_CHANGED_SETTINGS)
    look (user_data);
}

static void
on_closed_cb (XqSession *session, gpointer user_data)
{
  Watch *watch = user_data;

  g_clear_handle_id (&watch->look_id, g_source_remove);
  g_clear_signal_handler (&watch->changed_id, session);
  g_clear_signal_handler (&watch->closed_id, session);
  watch_unref (watch);
}

void
xq_backup_watch_start (XqWindow *window, XqSession *session)
{
  Watch *watch = g_new0 (Watch, 1);

  g_atomic_ref_count_init (&watch->references);
  g_weak_ref_init (&watch->window, window);
  watch->session = g_object_ref (session);
  watch->look_id = g_timeout_add_seconds (LOOK_SECONDS, on_look_cb, watch);
  watch->changed_id = g_signal_connect (session, "changed", G_CALLBACK (on_changed_cb), watch);
  watch->closed_id = g_signal_connect (session, "closed", G_CALLBACK (on_closed_cb), watch);
  look (watch);
}
