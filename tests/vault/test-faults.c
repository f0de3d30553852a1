/* Every call that writes below the vault fails once, in turn, through a term's work; and the disk is full from each of them
 * on. Whatever was confirmed is there, whatever was refused has left nothing, and the same work done again succeeds. */
#include "config.h"

#include "base/i18n.h"
#include "faults.h"
#include "place.h"
#include "trial.h"

#define MOST_POINTS 400
/* SQLite carries its log into the file every so many pages: often, so that the script meets it often. */
#define CHECKPOINT "PRAGMA wal_autocheckpoint = 120"
/* Opening is the same for all; it is gone through from every so many operations on. */
#define OPEN_EVERY 40

/* One operation: the vault before it and after it. */
typedef struct
{
  Session *session;
  const Operation *operation;
  FaultsKind kind;
  guint64 at;
  Snapshot *start;
  char *before;
  char *after;
  char *aside; /* a folder */
} Trial;

static void G_GNUC_PRINTF (2, 3)
complain (const Trial *trial, const char *format, ...)
{
  g_autofree char *said = NULL;
  va_list list;

  va_start (list, format);
  said = g_strdup_vprintf (format, list);
  va_end (list);
  g_test_message ("%s %d, %s at call %d (%s): %s", trial->operation->name, trial->operation->n,
                  trial->kind == FAULTS_FULL ? "full" : "fault", (int) trial->at, faults_where (), said);
  g_test_fail ();
}

static void
expect_folder (const Trial *trial, const char *folder, const char *expected, const char *when)
{
  g_autofree char *why = NULL;
  g_autofree char *found = folder_digest (folder, trial->session->code, TRUE, &why);

  if (found == NULL)
    complain (trial, "%s it does not open or is not sound: %s", when, why);
  else if (!digest_fits (trial->operation, found, expected))
    complain (trial, "%s it is %s", when,
              g_str_equal (found, trial->after) ? "as if done" : g_str_equal (found, trial->before) ? "as if not done" : "half done");
}

static void
expect_session (const Trial *trial, const char *expected, const char *when)
{
  g_autofree char *found = session_digest (trial->session);

  if (!digest_fits (trial->operation, found, expected))
    complain (trial, "%s the open vault shows something else", when);
}

static gboolean
open_again (const Trial *trial)
{
  g_autoptr (GError) error = NULL;

  snapshot_put (trial->start, trial->session->folder);
  faults_arm (FAULTS_NONE, 0);
  if (!session_open (trial->session, &error))
    {
      complain (trial, "the vault does not open: %s", error->message);
      return FALSE;
    }
  g_assert_true (xq_database_run_script (trial->session->database, CHECKPOINT, NULL));
  return TRUE;
}

/* Whether it was done. What was written so far is what somebody finds who pulls the plug of the program now. */
static gboolean
run_once (const Trial *trial, const char *when)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Snapshot) left = NULL;
  gboolean done = trial->operation->run (trial->session, trial->operation->n, &error);

  if (done != (error == NULL))
    complain (trial, "%s it does not say what it did", when);
  expect_session (trial, done ? trial->after : trial->before, when);
  left = snapshot_take (trial->session->folder);
  snapshot_put (left, trial->aside);
  expect_folder (trial, trial->aside, done ? trial->after : trial->before, when);
  return done;
}

static void
try_during (const Trial *trial)
{
  gboolean done;

  if (!open_again (trial))
    return;
  faults_arm (trial->kind, trial->at);
  done = run_once (trial, "after the fault");
  if (!done && !faults_met ())
    complain (trial, "refused without a fault");
  if (!done && trial->kind == FAULTS_FULL)
    done = run_once (trial, "tried again on a full disk");
  faults_mend ();
  if (!done && !run_once (trial, "done again"))
    complain (trial, "it is refused for good");
  session_close (trial->session);
  expect_folder (trial, trial->session->folder, trial->after, "opened afterwards");
}

/* The fault comes while the vault is closed after the operation. */
static void
try_closing (const Trial *trial)
{
  if (!open_again (trial))
    return;
  g_assert_true (trial->operation->run (trial->session, trial->operation->n, NULL));
  faults_arm (trial->kind, trial->at);
  session_close (trial->session);
  faults_mend ();
  expect_folder (trial, trial->session->folder, trial->after, "closed in a fault");
}

static void
try_opening (const Trial *trial)
{
  g_autoptr (GError) error = NULL;

  snapshot_put (trial->start, trial->session->folder);
  faults_arm (trial->kind, trial->at);
  if (session_open (trial->session, &error))
    {
      expect_session (trial, trial->before, "opened in a fault");
      session_close (trial->session);
    }
  else if (error == NULL)
    complain (trial, "it does not open and does not say why");
  faults_mend ();
  expect_folder (trial, trial->session->folder, trial->before, "opened in a fault");
}

typedef struct
{
  guint64 opening;
  guint64 during;
  guint64 closing;
} Counts;

/* Goes through the operation without a fault; the next one's start is returned. */
static Snapshot *
count_calls (Trial *trial, Counts *ret_counts)
{
  g_autoptr (GError) error = NULL;
  Snapshot *next;

  snapshot_put (trial->start, trial->session->folder);
  faults_arm (FAULTS_NONE, 0);
  g_assert_true (session_open (trial->session, &error));
  ret_counts->opening = faults_count ();
  g_assert_true (xq_database_run_script (trial->session->database, CHECKPOINT, NULL));
  trial->before = session_digest (trial->session);
  faults_arm (FAULTS_NONE, 0);
  if (!trial->operation->run (trial->session, trial->operation->n, &error))
    g_error ("%s %d: %s", trial->operation->name, trial->operation->n, error->message);
  ret_counts->during = faults_count ();
  trial->after = session_digest (trial->session);
  if (g_str_equal (trial->before, trial->after))
    g_error ("%s %d changes nothing", trial->operation->name, trial->operation->n);
  next = snapshot_take (trial->session->folder);
  faults_arm (FAULTS_NONE, 0);
  session_close (trial->session);
  ret_counts->closing = faults_count ();
  return next;
}

static void
try_all (Trial *trial, Points *points, guint64 calls, void (*try_one) (const Trial *trial))
{
  for (trial->at = 1; trial->at <= calls; trial->at++)
    if (points_next (points))
      try_one (trial);
}

static void
go_through (Session *session, FaultsKind kind, Points *points, guint64 *ret_all)
{
  g_autoptr (GArray) script = operations_script ();
  g_autofree char *aside = g_build_filename (session->outside, "aside", NULL);
  g_autoptr (Snapshot) start = snapshot_take (session->folder);

  g_assert_cmpuint (script->len, >=, 200);
  for (guint i = 0; i < script->len; i++)
    {
      Trial trial = { session, &g_array_index (script, Operation, i), kind, 0, start, NULL, NULL, aside };
      Counts counts = { 0 };
      g_autoptr (Snapshot) next = count_calls (&trial, &counts);

      *ret_all += counts.during + counts.closing + (i % OPEN_EVERY == 0 ? counts.opening : 0);
      if (points != NULL)
        {
          try_all (&trial, points, counts.during, try_during);
          try_all (&trial, points, counts.closing, try_closing);
          if (i % OPEN_EVERY == 0)
            try_all (&trial, points, counts.opening, try_opening);
        }
      g_free (trial.before);
      g_free (trial.after);
      g_hash_table_unref (start);
      start = g_steal_pointer (&next);
    }
}

static void
test_faults (gconstpointer kind)
{
  Session session = { 0 };
  Points points;
  guint64 all = 0;
  g_autoptr (Snapshot) start = NULL;

  session_set_up (&session);
  faults_start (session.folder);
  start = snapshot_take (session.folder);
  go_through (&session, FAULTS_NONE, NULL, &all);
  snapshot_put (start, session.folder);
  points_begin (&points, all, MOST_POINTS);
  all = 0;
  go_through (&session, GPOINTER_TO_INT (kind), &points, &all);
  points_tell (&points, GPOINTER_TO_INT (kind) == FAULTS_FULL ? "full disk" : "faults");
  session_tear_down (&session);
}

/* The one fault that SQLite leaves half done: the log holds the whole of what was refused, only its sync failed. */
static void
test_sync_of_commit (void)
{
  Session session = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (Snapshot) start = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *before = NULL;
  g_autofree char *why = NULL;
  g_autofree char *after = NULL;
  guint64 calls;

  session_set_up (&session);
  faults_start (session.folder);
  aside = g_build_filename (session.outside, "aside", NULL);
  g_assert_true (session_open (&session, &error));
  /* The first change of a log begins it, and syncs that too. The last call of a commit is its sync. */
  g_assert_true (xq_setting_set (session.database, "idle_minutes", "6", &error));
  faults_arm (FAULTS_NONE, 0);
  g_assert_true (xq_setting_set (session.database, "idle_minutes", "7", &error));
  calls = faults_count ();
  before = session_digest (&session);
  faults_arm (FAULTS_ONCE, calls);
  g_assert_false (xq_setting_set (session.database, "idle_minutes", "8", &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_assert_cmpstr (faults_where (), ==, "sync vault.db-wal");
  start = snapshot_take (session.folder);
  snapshot_put (start, aside);
  after = folder_digest (aside, session.code, TRUE, &why);
  g_assert_cmpstr (after, ==, before);
  session_close (&session);
  session_tear_down (&session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/faults/sync-of-commit", test_sync_of_commit);
  g_test_add_data_func ("/faults/once", GINT_TO_POINTER (FAULTS_ONCE), test_faults);
  g_test_add_data_func ("/faults/full-disk", GINT_TO_POINTER (FAULTS_FULL), test_faults);
  return g_test_run ();
}
