/* Statements: values in and out, the cache, and what a programmer's slip does. */
#include "config.h"

#include "database-test.h"

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

#define ADD(name, test) g_test_add ("/statement/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

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
  g_test_add_func ("/statement/unknown-name-aborts", test_unknown_name_aborts);
  g_test_add_func ("/statement/two-statements-abort", test_two_statements_abort);
  return g_test_run ();
}
