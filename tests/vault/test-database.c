/* Statements, transactions, and what SQLite's refusals become. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "fixture.h"
#include "vault/audit.h"

static XqTransaction *
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  XqTransaction *transaction = xq_transaction_begin (fixture->database, &error);

  g_assert_no_error (error);
  return transaction;
}

static void
commit (XqTransaction *transaction)
{
  g_autoptr (GError) error = NULL;

  xq_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static gboolean
put (Fixture *fixture, const char *key, const char *value, GError **error)
{
  return xq_database_execute (fixture->database, error, "INSERT INTO setting (key, value) VALUES (:key, :value)",
                              XQ_TEXT (":key", key), XQ_TEXT (":value", value), XQ_END);
}

static gint64
count (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 rows = -1;

  xq_database_get_integer (fixture->database, &error, &rows, NULL, "SELECT count(*) FROM setting", XQ_END);
  g_assert_no_error (error);
  return rows;
}

static void
test_values (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("\0\1\2", 3);
  g_autoptr (GBytes) no_bytes = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) found = NULL;
  g_autoptr (GBytes) found_empty = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStatement) statement
      = xq_database_query (fixture->database, &error,
                           "SELECT :integer AS first, :real, :text, :blob, :nothing, :reference, :none, :empty",
                           XQ_INTEGER (":integer", G_MININT64), XQ_REAL (":real", 0.1), XQ_TEXT (":text", "心桥"),
                           XQ_BLOB (":blob", bytes), XQ_TEXT (":nothing", NULL), XQ_REFERENCE (":reference", 0),
                           XQ_BLOB (":none", NULL), XQ_BLOB (":empty", no_bytes), XQ_END);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (xq_statement_step (statement, &error), ==, XQ_STEP_ROW);
  g_assert_cmpint (xq_statement_columns (statement), ==, 8);
  g_assert_cmpstr (xq_statement_column_name (statement, 0), ==, "first");
  g_assert_cmpint (xq_statement_integer (statement, 0), ==, G_MININT64);
  g_assert_cmpfloat (xq_statement_real (statement, 1), ==, 0.1);
  text = xq_statement_dup_text (statement, 2);
  g_assert_cmpstr (text, ==, "心桥");
  found = xq_statement_blob (statement, 3);
  g_assert_true (g_bytes_equal (found, bytes));
  for (int column = 4; column < 7; column++)
    g_assert_true (xq_statement_is_null (statement, column));
  g_assert_null (xq_statement_text (statement, 4));
  g_assert_false (xq_statement_is_null (statement, 7));
  found_empty = xq_statement_blob (statement, 7);
  g_assert_cmpuint (g_bytes_get_size (found_empty), ==, 0);
  g_assert_cmpint (xq_statement_step (statement, &error), ==, XQ_STEP_DONE);
}

static void
test_one_value (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gboolean found = TRUE;
  gint64 value = 5;

  g_assert_true (xq_database_get_integer (fixture->database, &error, &value, &found,
                                          "SELECT id FROM person WHERE id = :id", XQ_INTEGER (":id", 99), XQ_END));
  g_assert_false (found);
  g_assert_cmpint (value, ==, 5);
  g_assert_null (xq_database_get_text (fixture->database, &error, "SELECT value FROM setting", XQ_END));
  g_assert_no_error (error);
  g_assert_false (xq_database_get_integer (fixture->database, &error, &value, NULL, "SELECT no FROM no", XQ_END));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (xq_database_get_text (fixture->database, &error, "SELECT no FROM no", XQ_END));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
}

static void
test_statement_is_cached (Fixture *fixture, gconstpointer unused)
{
  const char *sql = "SELECT :a";
  g_autoptr (XqStatement) first = xq_database_query (fixture->database, NULL, sql, XQ_INTEGER (":a", 1), XQ_END);
  XqStatement *known = first;
  g_autoptr (XqStatement) second = NULL;
  g_autoptr (XqStatement) third = NULL;

  g_clear_pointer (&first, xq_statement_release);
  second = xq_database_query (fixture->database, NULL, sql, XQ_INTEGER (":a", 2), XQ_END);
  g_assert_true (second == known);
  /* In use already: another one, so that a query may run inside of itself. */
  third = xq_database_query (fixture->database, NULL, sql, XQ_INTEGER (":a", 3), XQ_END);
  g_assert_true (third != second);
  g_assert_cmpint (xq_statement_step (second, NULL), ==, XQ_STEP_ROW);
  g_assert_cmpint (xq_statement_step (third, NULL), ==, XQ_STEP_ROW);
  g_assert_cmpint (xq_statement_integer (second, 0), ==, 2);
  g_assert_cmpint (xq_statement_integer (third, 0), ==, 3);
}

static void
test_given_back_is_unbound (Fixture *fixture, gconstpointer unused)
{
  const char *sql = "SELECT :a";
  g_autoptr (XqStatement) statement = xq_database_query (fixture->database, NULL, sql, XQ_TEXT (":a", "secret"), XQ_END);

  g_clear_pointer (&statement, xq_statement_release);
  statement = xq_database_query (fixture->database, NULL, sql, XQ_END);
  g_assert_cmpint (xq_statement_step (statement, NULL), ==, XQ_STEP_ROW);
  g_assert_true (xq_statement_is_null (statement, 0));
}

static void
test_cache_is_bounded (Fixture *fixture, gconstpointer unused)
{
  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);
      gint64 value = -1;

      g_assert_true (xq_database_get_integer (fixture->database, NULL, &value, NULL, sql, XQ_END));
      g_assert_cmpint (value, ==, i);
    }
  g_assert_cmpuint (g_hash_table_size (fixture->database->statements), <=, 401);
}

static void
test_batch (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqTransaction) transaction = begin (fixture);
  g_autoptr (XqStatement) statement = xq_database_query (
      fixture->database, NULL, "INSERT INTO setting (key, value) VALUES (:key, :value)", XQ_END);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *key = g_strdup_printf ("key %d", i);

      xq_statement_bind_text (statement, ":key", key);
      xq_statement_bind_text (statement, ":value", "x");
      g_assert_cmpint (xq_statement_step (statement, &error), ==, XQ_STEP_DONE);
      g_assert_no_error (error);
    }
  g_assert_cmpint (xq_database_changes (fixture->database), ==, 1);
  commit (g_steal_pointer (&transaction));
  g_assert_cmpint (count (fixture), ==, 100);
}

static void
test_unknown_name_aborts (void)
{
  Fixture fixture = { 0 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*no parameter :nome in: SELECT :name*");
      return;
    }
  fixture_set_up (&fixture, NULL);
  fixture_remove (fixture.folder);
  xq_database_query (fixture.database, NULL, "SELECT :name", XQ_TEXT (":nome", "x"), XQ_END);
}

static void
test_two_statements_abort (void)
{
  Fixture fixture = { 0 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*one statement at a time*");
      return;
    }
  fixture_set_up (&fixture, NULL);
  fixture_remove (fixture.folder);
  xq_database_query (fixture.database, NULL, "SELECT 1; DROP TABLE person", XQ_END);
}

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

static void
assert_refused (Fixture *fixture, const char *sql, const char *words)
{
  g_autoptr (XqTransaction) transaction = begin (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_database_execute (fixture->database, &error, sql, XQ_END));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_constraints (Fixture *fixture, gconstpointer unused)
{
  XqTransaction *transaction = begin (fixture);

  g_assert_true (put (fixture, "a", "1", NULL));
  g_assert_true (xq_audit_append (fixture->database, "test", NULL, 0, NULL, NULL));
  commit (transaction);
  assert_refused (fixture, "INSERT INTO setting (key, value) VALUES ('a', '2')", "setting.key");
  assert_refused (fixture, "INSERT INTO setting (key) VALUES ('b')", "setting.value");
  assert_refused (fixture, "INSERT INTO organisation (name, profile, created_at) VALUES ('', 'school', 1)", "name");
  assert_refused (fixture, "INSERT INTO organisation (name, profile, created_at) VALUES ('x', 'school', 'noon')",
                  "organisation.created_at");
  assert_refused (fixture, "UPDATE audit SET action = 'x'", "never changed");
  assert_refused (fixture, "DELETE FROM audit", "audit trail");
}

static void
test_dangling_reference (Fixture *fixture, gconstpointer unused)
{
  assert_refused (fixture, "INSERT INTO contact (person_id, name, relation, may_tell) VALUES (9, 'x', 'mother', 'nothing')",
                  "belong");
}

/* A word in double quotes that is no column is a slip, not a text. */
static void
test_double_quotes (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_database_query (fixture->database, &error, "SELECT \"nonsense\" FROM setting", XQ_END));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
}

static void
test_settings_of_the_connection (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *sql, *value;
  } expected[] = {
    { "PRAGMA journal_mode", "wal" }, { "PRAGMA synchronous", "2" },   { "PRAGMA foreign_keys", "1" },
    { "PRAGMA secure_delete", "1" },  { "PRAGMA temp_store", "2" },    { "PRAGMA cipher_page_size", "4096" },
    { "PRAGMA user_version", "6" },   { "PRAGMA cache_size", "-131072" }, { "PRAGMA trusted_schema", "0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *found = xq_database_get_text (fixture->database, NULL, expected[i].sql, XQ_END);

      g_test_message ("%s", expected[i].sql);
      if (strstr (expected[i].sql, "user_version") != NULL)
        g_assert_cmpint (g_ascii_strtoll (found, NULL, 10), >=, 6);
      else
        g_assert_cmpstr (found, ==, expected[i].value);
    }
}

static void
test_read_only (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDatabase) reader = xq_database_open (fixture->path, fixture->key, XQ_OPEN_READ_ONLY, &error);
  gint64 rows = 0;

  g_assert_no_error (error);
  g_assert_true (xq_database_is_read_only (reader));
  g_assert_false (xq_database_is_read_only (fixture->database));
  g_assert_true (xq_database_get_integer (reader, &error, &rows, NULL, "SELECT count(*) FROM organisation", XQ_END));
  g_assert_cmpint (rows, ==, 1);
  {
    g_autoptr (XqTransaction) snapshot = xq_transaction_begin (reader, &error);
    XqTransaction *writing = begin (fixture);

    g_assert_no_error (error);
    g_assert_true (xq_database_get_integer (reader, NULL, &rows, NULL, "SELECT count(*) FROM setting", XQ_END));
    g_assert_true (put (fixture, "a", "1", NULL));
    commit (writing);
    g_assert_true (xq_database_get_integer (reader, NULL, &rows, NULL, "SELECT count(*) FROM setting", XQ_END));
    g_assert_cmpint (rows, ==, 0);
    g_assert_false (xq_database_execute (reader, &error, "DELETE FROM setting", XQ_END));
    g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  }
  g_assert_true (xq_database_get_integer (reader, NULL, &rows, NULL, "SELECT count(*) FROM setting", XQ_END));
  g_assert_cmpint (rows, ==, 1);
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

static void
assert_damaged (const char *path, XqSecret *key)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_database_open (path, key, XQ_OPEN_EXISTING, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_wrong_key_and_damage (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqSecret) other = xq_key_new ();
  g_autofree char *bytes = NULL;
  g_autofree char *plain = g_build_filename (fixture->folder, "plain.db", NULL);
  gsize length;

  g_clear_pointer (&fixture->database, xq_database_free);
  assert_damaged (fixture->path, other);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  bytes[100] ^= 1;
  g_assert_true (g_file_set_contents (fixture->path, bytes, length, NULL));
  assert_damaged (fixture->path, fixture->key);
  g_assert_true (g_file_set_contents (fixture->path, bytes, 3000, NULL));
  assert_damaged (fixture->path, fixture->key);
  g_assert_true (g_file_set_contents (plain, "SQLite format 3", 16, NULL));
  assert_damaged (plain, fixture->key);
}

static void
test_no_file (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "none.db", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "none.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_database_open (path, fixture->key, XQ_OPEN_EXISTING, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_null (xq_database_open (nowhere, fixture->key, XQ_OPEN_CREATE, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
}

static void
test_copy (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "copy.db", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDatabase) copy = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  gint64 rows = 0;

  g_cancellable_cancel (cancelled);
  g_assert_false (xq_database_copy (fixture->database, path, fixture->key, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (xq_database_copy (fixture->database, path, fixture->key, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  copy = xq_database_open (path, fixture->key, XQ_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (xq_database_get_integer (copy, NULL, &rows, NULL, "SELECT count(*) FROM organisation", XQ_END));
  g_assert_cmpint (rows, ==, 1);
}

#define ADD(name, test) g_test_add ("/database/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("values", test_values);
  ADD ("one-value", test_one_value);
  ADD ("statement-is-cached", test_statement_is_cached);
  ADD ("given-back-is-unbound", test_given_back_is_unbound);
  ADD ("cache-is-bounded", test_cache_is_bounded);
  ADD ("batch", test_batch);
  g_test_add_func ("/database/unknown-name-aborts", test_unknown_name_aborts);
  g_test_add_func ("/database/two-statements-abort", test_two_statements_abort);
  g_test_add_func ("/database/crossed-transactions-abort", test_crossed_transactions_abort);
  ADD ("rollback", test_rollback);
  ADD ("nesting", test_nesting);
  ADD ("outer-rollback-takes-all", test_outer_rollback_takes_all);
  ADD ("lone-write-is-refused", test_lone_write_is_refused);
  ADD ("stray-commit-is-refused", test_stray_commit_is_refused);
  ADD ("constraints", test_constraints);
  ADD ("dangling-reference", test_dangling_reference);
  ADD ("double-quotes", test_double_quotes);
  ADD ("settings-of-the-connection", test_settings_of_the_connection);
  ADD ("read-only", test_read_only);
  ADD ("reader-beside-writer", test_reader_beside_writer);
  ADD ("two-writers", test_two_writers);
  ADD ("wrong-key-and-damage", test_wrong_key_and_damage);
  ADD ("no-file", test_no_file);
  ADD ("copy", test_copy);
  return g_test_run ();
}
