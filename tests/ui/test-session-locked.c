/* Locked in the middle of long work, at each of its steps in turn: nothing is torn, and the vault opens again at once. */
#include "config.h"

#include "people/person-list.h"
#include "people/roster-import.h"
#include "report/indicator.h"
#include "session-fixture.h"
#include "vault/audit.h"
#include "vault/backup.h"

#define PUPILS 2000

typedef struct _Kind Kind;

/* One run, and where it is to be stopped. */
typedef struct
{
  const Kind *kind;
  XqVault *vault;
  char *file;
  int stop_at;
  int steps;
  gint reached;
  GCancellable *cancellable;
} Stopped;

/* @check: what must be there afterwards; @done: whether the work came to its end all the same. */
struct _Kind
{
  const char *file;
  gpointer (*work) (XqDatabase *database, Stopped *stopped, const XqProgress *progress, GError **error);
  GDestroyNotify free_result;
  void (*check) (XqDatabase *database, const Stopped *stopped, gboolean done);
  int least_steps;
};

/* -- a backup: whole under its name, or not there */

static gpointer
back_up (XqDatabase *database, Stopped *stopped, const XqProgress *progress, GError **error)
{
  return xq_backup_create (stopped->vault, stopped->file, XQ_BACKUP_BY_HAND, progress, error);
}

static void
check_backup (XqDatabase *database, const Stopped *stopped, gboolean done)
{
  g_autofree char *folder = g_path_get_dirname (stopped->file);
  g_autoptr (GDir) files = NULL;

  if (done)
    g_assert_cmpint (g_unlink (stopped->file), ==, 0);
  files = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (files));
}

/* -- an import: everybody, or nobody */

static gpointer
import_roster (XqDatabase *database, Stopped *stopped, const XqProgress *progress, GError **error)
{
  g_autoptr (XqRoster) roster = xq_roster_read (database, stopped->file, NULL, progress, error);

  return roster != NULL && xq_roster_apply (database, roster, NULL, progress, NULL, error) ? g_strdup ("") : NULL;
}

static void
check_import (XqDatabase *database, const Stopped *stopped, gboolean done)
{
  g_autoptr (GError) error = NULL;
  const XqPersonFilter everybody = XQ_PERSON_FILTER_INIT;
  gint64 persons = -1;

  xq_person_list_count (database, &everybody, &persons, &error);
  g_assert_no_error (error);
  g_assert_cmpint (persons, ==, done ? PUPILS : 0);
}

static void
write_roster (const char *path)
{
  g_autoptr (GString) table = g_string_new ("学号,姓名,性别,班级\n");

  for (int i = 0; i < PUPILS; i++)
    g_string_append_printf (table, "%d,测试%d,女,初一(1)班\n", 20260001 + i, i);
  g_assert_true (g_file_set_contents (path, table->str, -1, NULL));
}

/* -- a report: it only reads */

static gpointer
report (XqDatabase *database, Stopped *stopped, const XqProgress *progress, GError **error)
{
  const XqReportScope scope = { .from = "2026-09-01", .to = "2026-11-30" };

  return xq_report_run (database, "bureau-term", &scope, progress, error);
}

static void
check_report (XqDatabase *database, const Stopped *stopped, gboolean done)
{
}

static const Kind backup_kind
    = { "one.xqbackup", back_up, (GDestroyNotify) xq_backup_record_free, check_backup, 6 };
static const Kind import_kind = { "roster.csv", import_roster, g_free, check_import, 6 };
static const Kind report_kind = { "none", report, (GDestroyNotify) xq_report_free, check_report, 2 };

/* -- how it is stopped */

/* At the step that is wanted, the worker waits until somebody has locked. */
static void
wait_to_be_locked (double fraction, const char *what, gpointer user_data)
{
  Stopped *stopped = user_data;

  if (++stopped->steps != stopped->stop_at)
    return;
  g_atomic_int_set (&stopped->reached, 1);
  while (!g_cancellable_is_cancelled (stopped->cancellable))
    g_usleep (1000);
}

static gpointer
waiting_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  Stopped *stopped = data;
  const XqProgress waiting = { wait_to_be_locked, stopped, progress->cancellable };
  gpointer result;

  stopped->cancellable = progress->cancellable;
  result = stopped->kind->work (database, stopped, &waiting, error);
  /* The task may hold what it was given for a moment longer than its work. */
  g_clear_pointer (&stopped->vault, xq_vault_unref);
  return result;
}

/* The worker that is still at it holds the vault, and whoever wants to unlock meanwhile hears why. */
static void
assert_said_while_it_lasts (Fixture *fixture)
{
  g_autoptr (XqSecret) password = xq_secret_new_text ("three words apart");
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_vault_open (fixture->folder, password, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "coming to its end"));
}

/* Locks at step @stop_at; FALSE when all was done before it came there. @count: how often it was stopped. */
static gboolean
lock_at_step (Fixture *fixture, Stopped *stopped, int *count)
{
  const Kind *kind = stopped->kind;
  Outcome outcome = { 0 };

  xq_session_run_async (fixture->session, waiting_work, stopped, NULL, kind->free_result, NULL, NULL, NULL, on_finished_cb,
                        &outcome);
  while (!g_atomic_int_get (&stopped->reached) && !outcome.done)
    g_main_context_iteration (NULL, FALSE);
  if (!stopped->reached)
    {
      g_assert_no_error (outcome.error);
      kind->free_result (outcome.result);
      return FALSE;
    }
  if (stopped->stop_at == 1)
    assert_said_while_it_lasts (fixture);
  xq_session_close (fixture->session);
  wait_for (&outcome.done);
  open_again (fixture);
  /* After the last step there is nothing left to stop. */
  kind->check (xq_session_database (fixture->session), stopped, outcome.error == NULL);
  if (outcome.error == NULL)
    return TRUE;
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  *count += 1;
  return TRUE;
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  const Kind *kind = data;
  g_autofree char *folder = g_dir_make_tmp ("xinqiao-ui-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, kind->file, NULL);
  g_autoptr (GError) error = NULL;
  gboolean reached = TRUE;
  int stop_at = 0, count = 0;

  if (kind == &import_kind)
    write_roster (file);
  while (reached)
    {
      Stopped stopped = { kind, xq_vault_ref (xq_session_vault (fixture->session)), file, ++stop_at, 0, 0, NULL };

      reached = lock_at_step (fixture, &stopped, &count);
    }
  g_assert_true (xq_audit_verify (xq_session_database (fixture->session), NULL, &error));
  g_assert_no_error (error);
  g_test_message ("locked at %d steps, stopped at %d", stop_at - 1, count);
  g_assert_cmpint (count, >=, kind->least_steps);
  g_assert_cmpint (count, >=, stop_at - 2);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/ui/session-locked/backup", Fixture, &backup_kind, set_up, test_locked, tear_down);
  g_test_add ("/ui/session-locked/import", Fixture, &import_kind, set_up, test_locked, tear_down);
  g_test_add ("/ui/session-locked/report", Fixture, &report_kind, set_up, test_locked, tear_down);
  return g_test_run ();
}
