/* The making of a vault, broken off at any of its calls: a vault that opens is there, or one can be made in the same place. */
#include "config.h"

#include "base/i18n.h"
#include "faults.h"
#include "place.h"
#include "trial.h"

#define MOST_CREATIONS 60
#define LAST_CALLS     30
/* About as many calls does it take. */
#define CREATION_CALLS 400

static XqVault *
try_create (const char *folder, GError **error)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);

  return xq_vault_create (folder, XQ_PROFILE_SCHOOL, "江城市第三中学", password, FALSE, NULL, NULL, error);
}

/* A vault that opens stands in @folder, or one can be made there. */
static gboolean
is_made (const char *folder)
{
  gboolean made = xq_vault_exists (folder);
  g_autoptr (GError) error = NULL;

  if (!made)
    xq_vault_unref (try_create (folder, &error));
  g_assert_no_error (error);
  if (!folder_opens (folder, PASSWORD))
    g_error ("%s: the vault that was %s does not open", faults_where (), made ? "left" : "made anew");
  return made;
}

static void
create_in_fault (const char *folder, FaultsKind kind, guint64 at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = NULL;
  gboolean done;

  fixture_remove (folder);
  faults_arm (kind, at);
  vault = try_create (folder, &error);
  done = vault != NULL;
  g_assert_true (done == (error == NULL));
  g_clear_pointer (&vault, xq_vault_unref);
  faults_mend ();
  g_assert_true (is_made (folder) == done);
}

static void
test_create (gconstpointer kind)
{
  Session session = { 0 };
  Points points;
  guint64 calls;

  session_set_up (&session);
  faults_start (session.folder);
  fixture_remove (session.folder);
  faults_arm (FAULTS_NONE, 0);
  xq_vault_unref (try_create (session.folder, NULL));
  calls = faults_count ();
  points_begin (&points, calls, MOST_CREATIONS);
  for (guint64 at = 1; at <= calls; at++)
    /* Its last calls are its own: those are always tried. */
    if (points_next (&points) || at + LAST_CALLS > calls)
      create_in_fault (session.folder, GPOINTER_TO_INT (kind), at);
  points_tell (&points, "faults in a creation");
  session_tear_down (&session);
}

typedef struct
{
  Disk *disk;
  char *aside;
  Points points;
} Walk;

static void
cut_creation (gpointer data)
{
  Walk *walk = data;

  if (!points_next (&walk->points))
    return;
  fixture_remove (walk->aside);
  disk_cut (walk->disk, g_test_rand_int (), walk->aside);
  is_made (walk->aside);
}

static void
test_power_cut_in_creation (void)
{
  Session session = { 0 };
  g_autoptr (Disk) disk = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = NULL;
  Walk walk = { NULL };

  session_set_up (&session);
  faults_start (session.folder);
  fixture_remove (session.folder);
  g_assert_cmpint (g_mkdir (session.folder, 0700), ==, 0);
  walk.disk = disk = disk_new (session.folder);
  walk.aside = aside = g_build_filename (session.outside, "aside", NULL);
  points_begin (&walk.points, CREATION_CALLS, MOST_CREATIONS);
  faults_record (disk, cut_creation, &walk);
  vault = try_create (session.folder, &error);
  g_assert_no_error (error);
  /* It has been told of: from now on it is there. */
  fixture_remove (aside);
  disk_cut (disk, g_test_rand_int (), aside);
  faults_record (NULL, NULL, NULL);
  g_assert_true (is_made (aside));
  points_tell (&walk.points, "power cuts in a creation");
  g_clear_pointer (&vault, xq_vault_unref);
  session_tear_down (&session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_data_func ("/creation-faults/once", GINT_TO_POINTER (FAULTS_ONCE), test_create);
  g_test_add_data_func ("/creation-faults/full-disk", GINT_TO_POINTER (FAULTS_FULL), test_create);
  g_test_add_func ("/creation-faults/power-cut", test_power_cut_in_creation);
  return g_test_run ();
}
