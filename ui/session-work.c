#include "config.h"

#include "ui/session-private.h"

#define REPORT_INTERVAL (G_USEC_PER_SEC / 30)

/* What a worker and the main thread share. The worker writes @fraction and @what, the main thread reads them. */
typedef struct
{
  gatomicrefcount references;
  XqVault *vault;
  XqWork work;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GCancellable *cancellable;
  GCancellable *closing;
  gulong closing_id;
  GCancellable *asked;
  gulong asked_id;

  XqProgressFunc report;
  gpointer report_data;
  gint64 reported_at;
  GMutex mutex;
  double fraction;
  char *what;
  gboolean told;
} Work;

static void
work_unref (Work *work)
{
  if (!g_atomic_ref_count_dec (&work->references))
    return;
  if (work->closing_id != 0)
    g_cancellable_disconnect (work->closing, work->closing_id);
  if (work->asked_id != 0)
    g_cancellable_disconnect (work->asked, work->asked_id);
  if (work->free_data != NULL && work->data != NULL)
    work->free_data (work->data);
  g_clear_pointer (&work->vault, xq_vault_unref);
  g_clear_object (&work->cancellable);
  g_clear_object (&work->closing);
  g_clear_object (&work->asked);
  g_mutex_clear (&work->mutex);
  g_free (work->what);
  g_free (work);
}

static Work *
work_ref (Work *work)
{
  g_atomic_ref_count_inc (&work->references);
  return work;
}

/* Either the session or whoever asked: the one that the work looks at follows. */
static void
on_cancelled_cb (GCancellable *source, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static gulong
follow (GCancellable *source, GCancellable *follower)
{
  return g_cancellable_connect (source, G_CALLBACK (on_cancelled_cb), g_object_ref (follower), g_object_unref);
}

static gboolean
on_reported_cb (gpointer user_data)
{
  Work *work = user_data;
  g_autofree char *what = NULL;
  double fraction;

  g_mutex_lock (&work->mutex);
  work->told = FALSE;
  fraction = work->fraction;
  what = g_strdup (work->what);
  g_mutex_unlock (&work->mutex);
  if (!g_cancellable_is_cancelled (work->cancellable))
    work->report (fraction, what, work->report_data);
  return G_SOURCE_REMOVE;
}

/* In the worker's thread. */
static void
on_progress_cb (double fraction, const char *what, gpointer user_data)
{
  Work *work = user_data;
  gint64 now = g_get_monotonic_time ();
  gboolean tell;

  if (now - work->reported_at < REPORT_INTERVAL)
    return;
  work->reported_at = now;
  g_mutex_lock (&work->mutex);
  work->fraction = fraction;
  g_set_str (&work->what, what);
  tell = !work->told;
  work->told = TRUE;
  g_mutex_unlock (&work->mutex);
  if (tell)
    g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, on_reported_cb, work_ref (work),
                                (GDestroyNotify) work_unref);
}

static void
work_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  XqProgress progress = { work->report != NULL ? on_progress_cb : NULL, work, cancellable };
  g_autoptr (XqDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  database = xq_vault_connect (work->vault, &error);
  if (database != NULL)
    result = work->work (database, work->data, &progress, &error);
  g_clear_pointer (&database, xq_database_free);
  /* The key goes with the last who holds the vault: not later than the work. */
  g_clear_pointer (&work->vault, xq_vault_unref);

  if (error == NULL)
    g_task_return_pointer (task, result, work->free_result);
  else
    {
      if (result != NULL && work->free_result != NULL)
        work->free_result (result);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

void
xq_session_run_async (XqSession *self, XqWork work, gpointer data, GDestroyNotify free_data,
                      GDestroyNotify free_result, XqProgressFunc report, gpointer report_data,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Work *shared;

  g_return_if_fail (XQ_IS_SESSION (self));
  g_return_if_fail (work != NULL);

  shared = g_new0 (Work, 1);
  g_atomic_ref_count_init (&shared->references);
  g_mutex_init (&shared->mutex);
  shared->work = work;
  shared->data = data;
  shared->free_data = free_data;
  shared->free_result = free_result;
  shared->report = report;
  shared->report_data = report_data;
  shared->cancellable = g_cancellable_new ();
  shared->closing = g_object_ref (xq_session_closing (self));

  task = g_task_new (self, shared->cancellable, callback, user_data);
  g_task_set_source_tag (task, xq_session_run_async);
  g_task_set_static_name (task, "xq_session_run_async");
  /* What was done was done, even when somebody asked too late to stop it: no check after the fact. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, shared, (GDestroyNotify) work_unref);
  if (!xq_session_is_open (self))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      return;
    }
  shared->vault = xq_vault_ref (xq_session_vault (self));
  shared->closing_id = follow (shared->closing, shared->cancellable);
  if (cancellable != NULL)
    {
      shared->asked = g_object_ref (cancellable);
      shared->asked_id = follow (cancellable, shared->cancellable);
    }
  g_task_run_in_thread (task, work_in_thread);
}

gpointer
xq_session_run_finish (XqSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  Work *work = g_task_get_task_data (G_TASK (result));
  gpointer value = g_task_propagate_pointer (G_TASK (result), error);

  if (xq_session_is_open (self) || value == NULL)
    return value;
  if (work->free_result != NULL)
    work->free_result (value);
  return NULL;
}
