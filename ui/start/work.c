#include "config.h"

#include "ui/start/work.h"

#include <string.h>

#include "calendar/term.h"
#include "vault/shares.h"

/* Less than this is not worth a word. */
#define LEAST_STEP 0.01
#define TRIES      200
#define TRY_US     50000

typedef struct
{
  XqStartFunc function;
  XqStartWork *work;
  XqStartSaid said;
  GTask *task;
  char *what;      /* what was said last; the worker's */
  double fraction; /* the same */
} Job;

/* On its way to the main thread. */
typedef struct
{
  GTask *task;
  double fraction;
  char *what;
} Saying;

XqStartWork *
xq_start_work_new (const char *folder)
{
  XqStartWork *work = g_new0 (XqStartWork, 1);

  work->folder = g_strdup (folder);
  return work;
}

void
xq_start_work_free (XqStartWork *work)
{
  if (work == NULL)
    return;
  if (work->code != NULL)
    explicit_bzero (work->code, strlen (work->code));
  g_clear_pointer (&work->password, xq_secret_free);
  for (guint i = 0; i < G_N_ELEMENTS (work->shares); i++)
    g_clear_pointer (&work->shares[i], xq_secret_free);
  g_clear_pointer (&work->custodian, xq_secret_free);
  g_clear_pointer (&work->ret_code, xq_secret_free);
  g_clear_pointer (&work->vault, xq_vault_unref);
  g_free (work->folder);
  g_free (work->code);
  g_free (work->name);
  g_free (work);
}

gboolean
xq_start_open (XqStartWork *work, const XqProgress *progress, GError **error)
{
  work->vault = xq_vault_open (work->folder, work->password, progress, error);
  return work->vault != NULL;
}

gboolean
xq_start_recover (XqStartWork *work, const XqProgress *progress, GError **error)
{
  work->vault = work->code != NULL ? xq_vault_recover (work->folder, work->code, work->password, error)
                                   : xq_shares_recover (work->folder, (const char *) xq_secret_bytes (work->shares[0]),
                                                        (const char *) xq_secret_bytes (work->shares[1]),
                                                        work->password, error);
  return work->vault != NULL;
}

/* A new vault begins with the school year's terms and holidays. */
static gboolean
install_defaults (XqVault *vault, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);

  return database != NULL && xq_calendar_install_defaults (database, error);
}

gboolean
xq_start_create (XqStartWork *work, const XqProgress *progress, GError **error)
{
  work->vault = xq_vault_create (work->folder, work->profile, work->name, work->password, FALSE, &work->ret_code,
                                 progress, error);
  return work->vault != NULL && install_defaults (work->vault, error);
}

/* The session that was left just now may have a worker yet that puts down its pen. */
gboolean
xq_start_renew (XqStartWork *work, const XqProgress *progress, GError **error)
{
  for (int i = 0; i < TRIES; i++)
    {
      g_autoptr (GError) local = NULL;

      if (xq_vault_renew (work->vault, work->ret_code, work->password, work->custodian, progress, &local))
        return TRUE;
      if (i + 1 == TRIES || !g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (TRY_US);
    }
  g_return_val_if_reached (FALSE);
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->work, xq_start_work_free);
  g_free (job->what);
  g_free (job);
}

static void
saying_free (gpointer data)
{
  Saying *saying = data;

  g_object_unref (saying->task);
  g_free (saying->what);
  g_free (saying);
}

static gboolean
on_said_cb (gpointer user_data)
{
  Saying *saying = user_data;
  Job *job = g_task_get_task_data (saying->task);

  if (!g_task_get_completed (saying->task))
    job->said (g_task_get_source_object (saying->task), saying->fraction, saying->what);
  return G_SOURCE_REMOVE;
}

/* In the worker's thread. */
static void
on_progress_cb (double fraction, const char *what, gpointer user_data)
{
  Job *job = user_data;
  Saying *saying;

  if (what == NULL || (!g_set_str (&job->what, what) && fraction - job->fraction < LEAST_STEP))
    return;
  job->fraction = fraction;
  saying = g_new0 (Saying, 1);
  saying->task = g_object_ref (job->task);
  saying->fraction = fraction;
  saying->what = g_strdup (what);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, on_said_cb, saying, saying_free);
}

static void
job_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  XqProgress progress = { job->said != NULL ? on_progress_cb : NULL, job, cancellable };
  GError *error = NULL;

  if (job->function (job->work, &progress, &error))
    g_task_return_pointer (task, g_steal_pointer (&job->work), (GDestroyNotify) xq_start_work_free);
  else
    g_task_return_error (task, error);
}

void
xq_start_work_run (GtkWidget *widget, XqStartFunc function, XqStartWork *work,
                   XqStartSaid said, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (widget, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->function = function;
  job->work = work;
  job->said = said;
  job->task = task;
  g_task_set_source_tag (task, xq_start_work_run);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, job_in_thread);
}

XqStartWork *
xq_start_work_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

XqSecret *
xq_start_take_secret (GtkEditable *entry)
{
  XqSecret *secret = xq_secret_new_text (gtk_editable_get_text (entry));

  gtk_editable_set_text (entry, "");
  return secret;
}
