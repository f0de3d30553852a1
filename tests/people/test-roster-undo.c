/* A roster goes in as a whole or not at all, and comes out as a whole. */
#include "config.h"

#include "roster-test.h"

#include <signal.h>
#include <sys/wait.h>

#include "people/contact.h"

#define KILLS 50

static const char first_table[] = "学号,姓名,出生日期,班级,监护人,关系,电话,备注\n"
                                  "1,张三,2014-05-13,七1,张大,父亲,13800000001,\n"
                                  "2,李四,2014-01-02,七1,李大,母亲,13800000002,单亲\n"
                                  "3,王五,2014-02-02,七2,,,,\n";
static const char second_table[] = "学号,姓名,出生日期,班级,监护人,关系,电话,备注\n"
                                   "1,张三丰,2014-05-13,七3,张大,父亲,13900000001,留守儿童\n"
                                   "2,李四,2014-01-02,七1,李二,祖父,13900000002,单亲\n"
                                   "4,赵六,2014-03-03,七2,赵大,父亲,13800000004,随迁子女\n";

static void
test_undo_of_added (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *before = dump_people (fixture->database);
  g_autofree char *path = sample ("samples/roster-school.xlsx");
  gint64 batch = import_path (fixture, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  xq_roster_undo (fixture->database, batch, NULL, &error);
  g_assert_no_error (error);
  after = dump_people (fixture->database);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (xq_audit_verify (fixture->database, NULL, NULL));
  g_assert_false (xq_roster_undo (fixture->database, batch, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (xq_roster_undo (fixture->database, 99, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND);
}

static void
test_undo_of_changed (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *before = NULL, *between = NULL, *after = NULL;
  g_autoptr (XqRoster) roster = NULL;
  g_autoptr (GError) error = NULL;
  XqRosterApply options = { 0 };
  gint64 batch, id;

  g_setenv ("XINQIAO_NOW", "2026-09-05T08:00:00+08:00", TRUE);
  import_table (fixture, first_table);
  before = dump_people (fixture->database);
  g_setenv ("XINQIAO_NOW", "2026-09-06T08:00:00+08:00", TRUE);
  roster = read_table (fixture, second_table);
  assert_counts (roster, 1, 2, 0, 0);
  id = g_array_index (xq_roster_gone (roster), XqRosterGone, 0).person_id;
  options.left = &id;
  options.n_left = 1;
  batch = apply (fixture, roster, &options);
  between = dump_people (fixture->database);
  g_assert_cmpstr (between, !=, before);
  xq_roster_undo (fixture->database, batch, NULL, &error);
  g_assert_no_error (error);
  after = dump_people (fixture->database);
  g_assert_cmpstr (after, ==, before);
  g_unsetenv ("XINQIAO_NOW");
}

static void
test_two_imports (Fixture *fixture, gconstpointer unused)
{
  gint64 first = import_table (fixture, first_table);
  g_autofree char *between = dump_people (fixture->database);
  gint64 second = import_table (fixture, second_table);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  /* The later one stands on the earlier one. */
  g_assert_false (xq_roster_undo (fixture->database, first, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  xq_roster_undo (fixture->database, second, NULL, &error);
  g_assert_no_error (error);
  after = dump_people (fixture->database);
  g_assert_cmpstr (after, ==, between);
  xq_roster_undo (fixture->database, first, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person"), ==, 0);
}

/* What a counsellor has done since is worth more than the undo. */
static void
test_later_edit (Fixture *fixture, gconstpointer unused)
{
  gint64 batch = import_table (fixture, first_table);
  g_autoptr (XqPerson) person = xq_person_load (fixture->database, 2, NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&person->address, "城东路1号");
  g_assert_true (xq_person_save (fixture->database, person, NULL, NULL));
  before = dump_people (fixture->database);
  g_assert_false (xq_roster_undo (fixture->database, batch, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "李四"));
  after = dump_people (fixture->database);
  g_assert_cmpstr (after, ==, before);
}

static void
test_later_contact (Fixture *fixture, gconstpointer unused)
{
  gint64 batch = import_table (fixture, first_table);
  g_autoptr (XqContact) contact = xq_contact_new ();
  g_autoptr (GError) error = NULL;

  contact->person_id = 3;
  g_set_str (&contact->name, "王母");
  xq_contact_create (fixture->database, contact, &error);
  g_assert_no_error (error);
  g_assert_false (xq_roster_undo (fixture->database, batch, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "王五"));
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM contact"), ==, 3);
}

static void
test_later_work (Fixture *fixture, gconstpointer unused)
{
  gint64 batch = import_table (fixture, first_table);
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);

    xq_database_execute (fixture->database, &error,
                         "INSERT INTO case_file (person_id, opened_on) VALUES (3, '2026-09-01')",
                         XQ_END);
    g_assert_no_error (error);
    g_assert_true (xq_transaction_commit (g_steal_pointer (&transaction), NULL));
  }
  g_assert_false (xq_roster_undo (fixture->database, batch, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "王五"));
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person"), ==, 3);
}

typedef struct
{
  GCancellable *cancellable;
  double at;
} Cancel;

static void
on_progress_cb (double fraction, const char *what, gpointer user_data)
{
  Cancel *cancel = user_data;

  if (fraction >= cancel->at)
    g_cancellable_cancel (cancel->cancellable);
}

static void
test_cancel (Fixture *fixture, gconstpointer unused)
{
  static const double points[] = { 0, 0.5, 1 };
  g_autofree char *path = sample ("samples/roster-school.xlsx");

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancel cancel = { cancellable, points[i] };
      XqProgress progress = { on_progress_cb, &cancel, cancellable };
      g_autoptr (XqRoster) roster = read_path (fixture, path, NULL);
      g_autoptr (GError) error = NULL;
      gboolean done = xq_roster_apply (fixture->database, roster, NULL, &progress, NULL, &error);

      if (i < 2)
        {
          g_assert_false (done);
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        }
      if (done)
        break;
      g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person"), ==, 0);
      g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM unit"), ==, 0);
      g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM import_batch"), ==, 0);
      g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person_search"), ==, 0);
    }
  {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    XqProgress progress = { NULL, NULL, cancellable };
    g_autoptr (GError) error = NULL;

    g_cancellable_cancel (cancellable);
    g_assert_null (xq_roster_read (fixture->database, path, NULL, &progress, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
}

/* In a process of its own, which may be killed at any moment. */
static void
import_and_exit (const Fixture *fixture, const char *table)
{
  Fixture own = { .folder = fixture->folder, .path = fixture->path, .key = fixture->key };

  fixture_connect (&own);
  import_path (&own, table);
  xq_database_free (own.database);
  _exit (0);
}

static gint64
run_child (const Fixture *fixture, const char *table, gint64 kill_after)
{
  gint64 begun = g_get_monotonic_time ();
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    import_and_exit (fixture, table);
  if (kill_after >= 0)
    {
      g_usleep ((gulong) kill_after);
      kill (child, SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || (WIFEXITED (status) && WEXITSTATUS (status) == 0));
  return g_get_monotonic_time () - begun;
}

static void
assert_all_or_nothing (Fixture *fixture, guint *ret_whole)
{
  gint64 people = count (fixture->database, "SELECT count(*) FROM person");
  gint64 rows = 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (people == 0 || people == 1008);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM membership"), ==, people);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM contact"), ==, people);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person_search"), ==, people);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM unit"), ==, people > 0 ? 27 : 0);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM import_batch"), ==, people > 0);
  g_assert_true (xq_audit_verify (fixture->database, &rows, &error));
  g_assert_no_error (error);
  assert_text (fixture->database, "PRAGMA integrity_check", "ok");
  *ret_whole += people > 0;
}

static void
test_killed (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *table = sample ("samples/roster-school.xlsx");
  guint kills = g_test_slow () ? 4 * KILLS : KILLS, whole = 0;
  gint64 length = 0;

  for (guint i = 0; i <= kills; i++)
    {
      Fixture own = { 0 };

      fixture_set_up (&own, NULL);
      g_clear_pointer (&own.database, xq_database_free);
      /* The first is let be, so that the others are killed at any moment of its length. */
      if (i == 0)
        length = run_child (&own, table, -1);
      else
        run_child (&own, table, g_random_int_range (0, (int) (length + length / 10)));
      fixture_connect (&own);
      assert_all_or_nothing (&own, &whole);
      fixture_tear_down (&own, NULL);
    }
  g_test_message ("%u of %u imports had been committed when they were killed", whole, kills);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/roster/undo/added", test_undo_of_added);
  add ("/roster/undo/changed", test_undo_of_changed);
  add ("/roster/undo/two-imports", test_two_imports);
  add ("/roster/undo/later-edit", test_later_edit);
  add ("/roster/undo/later-contact", test_later_contact);
  add ("/roster/undo/later-work", test_later_work);
  add ("/roster/cancel", test_cancel);
  add ("/roster/killed", test_killed);
  return g_test_run ();
}
