#include "config.h"

#include "ui/start/restore-work.h"

#include <string.h>

typedef struct
{
  XqRestoreStep step;
  XqRestoreWork *work;
} Job;

XqRestoreWork *
xq_restore_work_new (void)
{
  return g_new0 (XqRestoreWork, 1);
}

static void
forget_secrets (XqRestoreWork *work)
{
  if (work->code != NULL)
    explicit_bzero (work->code, strlen (work->code));
  g_clear_pointer (&work->code, g_free);
  g_clear_pointer (&work->password, xq_secret_free);
}

void
xq_restore_work_free (XqRestoreWork *work)
{
  if (work == NULL)
    return;
  forget_secrets (work);
  g_clear_pointer (&work->backup, xq_backup_free);
  g_clear_pointer (&work->vault, xq_vault_unref);
  g_free (work->file);
  g_free (work->folder);
  g_free (work->old);
  g_free (work);
}

gboolean
xq_restore_read (XqRestoreWork *work, const XqProgress *progress, GError **error)
{
  g_clear_pointer (&work->backup, xq_backup_free);
  work->backup = xq_backup_open (work->file, error);
  return work->backup != NULL;
}

gboolean
xq_restore_unlock (XqRestoreWork *work, const XqProgress *progress, GError **error)
{
  gboolean done = work->password != NULL ? xq_backup_unlock (work->backup, work->password, error)
                                         : xq_backup_unlock_with_code (work->backup, work->code, error);

  forget_secrets (work);
  return done;
}

gboolean
xq_restore_write (XqRestoreWork *work, const XqProgress *progress, GError **error)
{
  work->vault = xq_backup_restore (work->backup, work->folder, TRUE, &work->old, progress, error);
  return work->vault != NULL;
}

/* In the worker's thread. */
static void
on_progress_cb (double fraction, const char *what, gpointer user_data)
{
  XqRestoreWork *work = user_data;

  if (fraction >= 0)
    g_atomic_int_set (&work->permille, (int) (fraction * 1000));
}

static void
job_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  XqProgress progress = { on_progress_cb, job->work, cancellable };
  GError *error = NULL;

  if (job->step (job->work, &progress, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
xq_restore_work_run (GtkWidget *widget, XqRestoreStep step, XqRestoreWork *work, GCancellable *cancellable,
                     GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (widget, cancellable, callback, NULL);
  Job *job = g_new0 (Job, 1);

  job->step = step;
  job->work = work;
  g_atomic_int_set (&work->permille, 0);
  g_task_set_source_tag (task, xq_restore_work_run);
  /* What was done was done, even when somebody asked too late to stop it. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, g_free);
  g_task_run_in_thread (task, job_in_thread);
}

gboolean
xq_restore_work_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
