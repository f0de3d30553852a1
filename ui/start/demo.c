#include "config.h"

#include "ui/start/demo.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "ui/start/start.h"
#include "ui/start/work.h"

#define PASSWORD "demo"

static char *
demo_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "xinqiao", "demo-vault", NULL);
}

/* The command line is beside the window when installed, and in its own room of an uninstalled build. */
static char *
find_program (void)
{
  static const char *const places[] = { "xinqiao-cli", "../app/cli/xinqiao-cli" };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_find_program_in_path ("xinqiao-cli");
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkWidget *page = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (XqStartWork) work = xq_start_work_finish (result, &error);

  if (work == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (gtk_widget_get_root (page) != NULL)
    xq_start_unlocked (page, work->vault);
  g_task_return_boolean (task, TRUE);
}

static void
open_demo (GTask *task)
{
  g_autofree char *folder = demo_folder ();
  XqStartWork *work = xq_start_work_new (folder);

  work->password = xq_secret_new_text (PASSWORD);
  xq_start_work_run (g_task_get_source_object (task), xq_start_open, work, NULL, NULL, on_opened_cb, task);
}

static void
on_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, &said, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_subprocess_get_exit_status (G_SUBPROCESS (source)) != 0)
    g_task_return_new_error (task, XQ_BASE_ERROR, XQ_ERROR_IO, "%s", g_strstrip (said));
  else
    {
      open_demo (task);
      return;
    }
  g_object_unref (task);
}

void
xq_start_demo_async (GtkWidget *page, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (page, NULL, callback, user_data);
  g_autofree char *folder = demo_folder ();
  g_autofree char *program = find_program ();
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, xq_start_demo_async);
  if (xq_vault_exists (folder))
    {
      open_demo (task);
      return;
    }
  if (program == NULL)
    error = g_error_new (XQ_BASE_ERROR, XQ_ERROR_NOT_FOUND,
                         _("The program xinqiao-cli is missing. Install Xinqiao completely and try again."));
  else
    process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "demo",
                                folder, NULL);
  if (process == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_subprocess_communicate_utf8_async (process, NULL, NULL, on_made_cb, task);
}

gboolean
xq_start_demo_finish (GtkWidget *page, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, page), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
