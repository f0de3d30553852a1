/* The power goes at every call that writes below the vault, through a term's work: what was not synced is lost, kept or torn
 * by chance. Whatever was confirmed is there; the operation that was under way is there whole or not at all. */
#include "config.h"

#include "base/i18n.h"
#include "faults.h"
#include "place.h"
#include "trial.h"

#define MOST_POINTS 700
#define CHECKPOINT  "PRAGMA wal_autocheckpoint = 120"

/* One walk through the script. @found: what was left by each cut during the operation under way. */
typedef struct
{
  Session *session;
  Disk *disk;
  Points *points;
  guint64 calls;
  guint32 seed;
  char *aside;
  const Operation *operation;
  GPtrArray *found;
  GArray *seeds;
} Walk;

static void
cut_now (Walk *walk)
{
  g_autofree char *why = NULL;
  guint32 seed = walk->seed++;
  char *digest;

  fixture_remove (walk->aside);
  disk_cut (walk->disk, seed, walk->aside);
  digest = folder_digest (walk->aside, walk->session->code, TRUE, &why);
  if (digest == NULL)
    {
      g_test_message ("%s %d, power cut with seed %u: it does not open or is not sound: %s", walk->operation->name,
                      walk->operation->n, seed, why);
      g_test_fail ();
    }
  g_ptr_array_add (walk->found, digest != NULL ? digest : g_strdup (""));
  g_array_append_val (walk->seeds, seed);
}

static void
after_call (gpointer data)
{
  Walk *walk = data;

  walk->calls++;
  if (walk->points != NULL && points_next (walk->points))
    cut_now (walk);
}

/* What was left by the cuts since the last operation is one of these two. */
static void
settle (Walk *walk, const char *before, const char *after)
{
  for (guint i = 0; i < walk->found->len; i++)
    {
      const char *found = walk->found->pdata[i];

      if (*found != '\0' && !digest_fits (walk->operation, found, before)
          && !digest_fits (walk->operation, found, after))
        {
          g_test_message ("%s %d, power cut with seed %u: it is half done, or what was confirmed is gone",
                          walk->operation->name, walk->operation->n, g_array_index (walk->seeds, guint32, i));
          g_test_fail ();
        }
    }
  g_ptr_array_set_size (walk->found, 0);
  g_array_set_size (walk->seeds, 0);
}

static void
work (Walk *walk, GArray *script)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;

  g_assert_true (session_open (walk->session, &error));
  g_assert_true (xq_database_run_script (walk->session->database, CHECKPOINT, NULL));
  before = session_digest (walk->session);
  settle (walk, before, before);
  for (guint i = 0; i < script->len; i++)
    {
      char *after;

      walk->operation = &g_array_index (script, Operation, i);
      if (!walk->operation->run (walk->session, walk->operation->n, &error))
        g_error ("%s %d: %s", walk->operation->name, walk->operation->n, error->message);
      after = session_digest (walk->session);
      settle (walk, before, after);
      if (walk->points != NULL && points_next (walk->points))
        cut_now (walk);
      settle (walk, after, after);
      g_free (before);
      before = after;
    }
  session_close (walk->session);
  settle (walk, before, before);
}

static void
walk_through (Session *session, Points *points, guint64 *ret_calls)
{
  static const Operation opening = { "open", NULL, 0 };
  g_autoptr (GArray) script = operations_script ();
  g_autoptr (Disk) disk = disk_new (session->folder);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *aside = g_build_filename (session->outside, "aside", NULL);
  Walk walk = { session, disk, points, 0, g_test_rand_int (), aside, &opening, found, seeds };

  faults_record (disk, after_call, &walk);
  work (&walk, script);
  faults_record (NULL, NULL, NULL);
  *ret_calls = walk.calls + script->len;
}

static void
test_power_cut (void)
{
  Session session = { 0 };
  Points points;
  guint64 calls = 0;
  g_autoptr (Snapshot) start = NULL;

  session_set_up (&session);
  faults_start (session.folder);
  start = snapshot_take (session.folder);
  walk_through (&session, NULL, &calls);
  snapshot_put (start, session.folder);
  points_begin (&points, calls, MOST_POINTS);
  walk_through (&session, &points, &calls);
  points_tell (&points, "power cuts");
  session_tear_down (&session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/power-cut/term", test_power_cut);
  return g_test_run ();
}
