/* Transactions: nested, rolled back, refused, beside another connection's. */
#include "config.h"

#include "database-test.h"
#include "vault/audit.h"

static void
test_crossed_transactions_abort (void)
{
  Fixture fixture = { 0 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*an inner transaction is still open*");
      return;
    }
  fixture_set_up (&fixture, NULL);
  fixture_remove (fixture.folder);
  {
    XqTransaction *outer = begin (&fixture);

    begin (&fixture);
    xq_transaction_commit (outer, NULL);
  }
}

static void
test_rollback (Fixture *fixture, gconstpointer unused)
{
  {
    g_autoptr (XqTransaction) transaction = begin (fixture);

    g_assert_true (put (fixture, "a", "1", NULL));
  }
  g_assert_cmpint (count (fixture), ==, 0);
  {
    g_autoptr (XqTransaction) transaction = begin (fixture);

    g_assert_true (put (fixture, "a", "1", NULL));
    commit (g_steal_pointer (&transaction));
  }
  g_assert_cmpint (count (fixture), ==, 1);
}

static void
test_nesting (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqTransaction) outer = begin (fixture);

  g_assert_true (put (fixture, "outer", "1", NULL));
  {
    g_autoptr (XqTransaction) kept = begin (fixture);

    g_assert_true (put (fixture, "kept", "1", NULL));
    {
      g_autoptr (XqTransaction) dropped = begin (fixture);

      g_assert_true (put (fixture, "dropped", "1", NULL));
    }
    commit (g_steal_pointer (&kept));
  }
  g_assert_cmpint (count (fixture), ==, 2);
  commit (g_steal_pointer (&outer));
  g_assert_cmpint (count (fixture), ==, 2);
  g_assert_cmpint (fixture->database->depth, ==, 0);
}

static void
test_outer_rollback_takes_all (Fixture *fixture, gconstpointer unused)
{
  {
    g_autoptr (XqTransaction) outer = begin (fixture);
    XqTransaction *inner = begin (fixture);

    g_assert_true (put (fixture, "inner", "1", NULL));
    commit (inner);
  }
  g_assert_cmpint (count (fixture), ==, 0);
}

static void
test_lone_write_is_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (put (fixture, "a", "1", &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (count (fixture), ==, 0);
  g_assert_false (xq_audit_append (fixture->database, "alone", NULL, 0, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
}

static void
test_stray_commit_is_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqTransaction) transaction = begin (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (put (fixture, "a", "1", NULL));
  g_assert_false (xq_database_execute (fixture->database, &error, "COMMIT", XQ_END));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  /* SQLite has rolled back: our own commit says so. */
  g_assert_false (xq_transaction_commit (g_steal_pointer (&transaction), &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_assert_cmpint (count (fixture), ==, 0);
  commit (begin (fixture));
}

/* A reader sees what was there when it began, and is not stopped by a writer. */
static void
test_reader_beside_writer (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqDatabase) reader = xq_database_open (fixture->path, fixture->key, XQ_OPEN_READ_ONLY, NULL);
  XqTransaction *transaction = begin (fixture);
  gint64 rows = -1;

  g_assert_true (put (fixture, "a", "1", NULL));
  g_assert_true (xq_database_get_integer (reader, NULL, &rows, NULL, "SELECT count(*) FROM setting", XQ_END));
  g_assert_cmpint (rows, ==, 0);
  commit (transaction);
  g_assert_true (xq_database_get_integer (reader, NULL, &rows, NULL, "SELECT count(*) FROM setting", XQ_END));
  g_assert_cmpint (rows, ==, 1);
}

static void
test_two_writers (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqDatabase) other = xq_database_open (fixture->path, fixture->key, XQ_OPEN_EXISTING, NULL);
  g_autoptr (XqTransaction) transaction = begin (fixture);
  g_autoptr (GError) error = NULL;

  sqlite3_busy_timeout (other->handle, 10);
  g_assert_null (xq_transaction_begin (other, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
}

#define ADD(name, test) g_test_add ("/transaction/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/transaction/crossed-transactions-abort", test_crossed_transactions_abort);
  ADD ("rollback", test_rollback);
  ADD ("nesting", test_nesting);
  ADD ("outer-rollback-takes-all", test_outer_rollback_takes_all);
  ADD ("lone-write-is-refused", test_lone_write_is_refused);
  ADD ("stray-commit-is-refused", test_stray_commit_is_refused);
  ADD ("reader-beside-writer", test_reader_beside_writer);
  ADD ("two-writers", test_two_writers);
  return g_test_run ();
}
