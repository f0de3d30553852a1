/* A change of the password that is broken off at any of its calls, SQLite's and its own: the old password opens or the new
 * one does, and the one that does is the one that was told. The same for a recovery and for wrong passwords. */
#include "config.h"

#include "base/i18n.h"
#include "faults.h"
#include "place.h"
#include "trial.h"
#include "vault/keyslots.h"

/* Something that the vault is asked for by password. */
typedef gboolean (*Work) (Session *session, GError **error);

static gboolean
change (Session *session, GError **error)
{
  g_autoptr (XqSecret) old = secret (PASSWORD);
  g_autoptr (XqSecret) new = secret (NEW_PASSWORD);
  g_autoptr (XqVault) vault = xq_vault_open (session->folder, old, NULL, error);

  return vault != NULL && xq_vault_change_password (vault, old, new, error);
}

static gboolean
recover (Session *session, GError **error)
{
  g_autoptr (XqSecret) new = secret (NEW_PASSWORD);
  g_autoptr (XqVault) vault = xq_vault_recover (session->folder, session->code, new, error);

  return vault != NULL;
}

/* Two wrong ones and then the right one. */
static gboolean
miss (Session *session, GError **error)
{
  g_autoptr (XqSecret) old = secret (PASSWORD);
  g_autoptr (XqSecret) wrong = secret ("wrong");
  g_autoptr (XqVault) vault = NULL;

  g_assert_null (xq_vault_open (session->folder, wrong, NULL, NULL));
  g_assert_null (xq_vault_open (session->folder, wrong, NULL, NULL));
  vault = xq_vault_open (session->folder, old, NULL, error);
  return vault != NULL;
}

static gint64
rows_about (const char *folder, const char *code, const char *actions)
{
  g_autoptr (XqVault) vault = xq_vault_open_with_code (folder, code, NULL, NULL);
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  gint64 rows = -1;

  g_assert_true (xq_database_get_integer (database, NULL, &rows, NULL,
                                          "SELECT count(*) FROM audit WHERE instr (:actions, action)",
                                          XQ_TEXT (":actions", actions), XQ_END));
  return rows;
}

static void
assert_sound (const Session *session, const char *folder)
{
  g_autofree char *why = NULL;
  g_autofree char *digest = folder_digest (folder, session->code, TRUE, &why);

  if (digest == NULL)
    g_error ("%s: %s", faults_where (), why);
}

/* Without the delay and the row that a wrong password at the door has. */
static gboolean
is_in_a_slot (const char *folder, const char *password)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (folder, NULL);
  g_autoptr (XqSecret) word = secret (password);
  g_autoptr (XqSecret) key = slots != NULL ? xq_keyslots_unwrap (slots, word, NULL) : NULL;

  return key != NULL;
}

/* One password opens, never both; a new one has been told in the vault. */
static gboolean
is_new (const Session *session, const char *folder)
{
  gboolean new = is_in_a_slot (folder, NEW_PASSWORD);

  if (new == is_in_a_slot (folder, PASSWORD))
    g_error ("%s: %s", faults_where (), new ? "both passwords open" : "no password opens");
  if (!folder_opens (folder, new ? NEW_PASSWORD : PASSWORD))
    g_error ("%s: the password is in its slot, but does not open", faults_where ());
  if (new)
    g_assert_cmpint (rows_about (folder, session->code, "password_change password_recovered"), >, 0);
  return new;
}

static void
break_at (Session *session, Snapshot *start, Work work, FaultsKind kind, guint64 at)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  snapshot_put (start, session->folder);
  faults_arm (kind, at);
  done = work (session, &error);
  g_assert_true (done == (error == NULL));
  faults_mend ();
  assert_sound (session, session->folder);
  if (is_new (session, session->folder) != (done && work != miss))
    g_error ("call %d (%s): %s", (int) at, faults_where (),
             done ? "told as done, but the old password opens" : error->message);
  if (!done && work != miss)
    g_assert_cmpint (rows_about (session->folder, session->code, "password_change password_recovered"), ==,
                     rows_about (session->folder, session->code, "password_kept"));
  /* Done again, it succeeds. */
  if (!done && !work (session, &error))
    g_error ("call %d (%s): refused for good", (int) at, faults_where ());
}

static guint64
count_calls (Session *session, Snapshot *start, Work work)
{
  g_autoptr (GError) error = NULL;

  snapshot_put (start, session->folder);
  faults_arm (FAULTS_NONE, 0);
  work (session, &error);
  g_assert_no_error (error);
  return faults_count ();
}

static void
test_faults (gconstpointer data)
{
  Work work = (Work) data;
  Session session = { 0 };
  g_autoptr (Snapshot) start = NULL;
  guint64 calls;

  session_set_up (&session);
  faults_start (session.folder);
  start = snapshot_take (session.folder);
  calls = count_calls (&session, start, work);
  for (guint64 at = 1; at <= calls; at++)
    {
      break_at (&session, start, work, FAULTS_ONCE, at);
      break_at (&session, start, work, FAULTS_FULL, at);
    }
  g_test_message ("faults: %d points tried", (int) (2 * calls));
  session_tear_down (&session);
}

typedef struct
{
  Session *session;
  Disk *disk;
  char *aside;
  guint64 cuts;
  gboolean done;
  gboolean changes;
} Walk;

static void
cut (gpointer data)
{
  Walk *walk = data;

  for (int i = 0; i < 4; i++)
    {
      gboolean new;

      fixture_remove (walk->aside);
      disk_cut (walk->disk, g_test_rand_int (), walk->aside);
      assert_sound (walk->session, walk->aside);
      new = is_new (walk->session, walk->aside);
      g_assert_true (new ? walk->changes : !walk->done);
      walk->cuts++;
    }
}

static void
test_power_cuts (gconstpointer data)
{
  Work work = (Work) data;
  Session session = { 0 };
  g_autoptr (Disk) disk = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;
  Walk walk = { .session = &session, .changes = work != miss };

  session_set_up (&session);
  faults_start (session.folder);
  faults_arm (FAULTS_NONE, 0);
  walk.disk = disk = disk_new (session.folder);
  walk.aside = aside = g_build_filename (session.outside, "aside", NULL);
  faults_record (disk, cut, &walk);
  work (&session, &error);
  g_assert_no_error (error);
  walk.done = work != miss;
  cut (&walk);
  faults_record (NULL, NULL, NULL);
  g_test_message ("power cuts: %d points tried", (int) walk.cuts);
  session_tear_down (&session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_data_func ("/password-faults/change", change, test_faults);
  g_test_add_data_func ("/password-faults/recover", recover, test_faults);
  g_test_add_data_func ("/password-faults/miss", miss, test_faults);
  g_test_add_data_func ("/password-faults/power-cut-in-change", change, test_power_cuts);
  g_test_add_data_func ("/password-faults/power-cut-in-recovery", recover, test_power_cuts);
  g_test_add_data_func ("/password-faults/power-cut-after-misses", miss, test_power_cuts);
  return g_test_run ();
}
