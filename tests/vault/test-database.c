/* The connection: its settings, what SQLite's refusals become, files that are no vault, the copy. */
#include "config.h"

#include "database-test.h"
#include "vault/audit.h"

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
  ADD ("constraints", test_constraints);
  ADD ("dangling-reference", test_dangling_reference);
  ADD ("double-quotes", test_double_quotes);
  ADD ("settings-of-the-connection", test_settings_of_the_connection);
  ADD ("read-only", test_read_only);
  ADD ("wrong-key-and-damage", test_wrong_key_and_damage);
  ADD ("no-file", test_no_file);
  ADD ("copy", test_copy);
  return g_test_run ();
}
