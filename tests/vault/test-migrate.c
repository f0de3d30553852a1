/* The schema's steps: in order, whole or not at all, never back. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "fixture.h"

static void
add (GPtrArray *migrations, const char *sql)
{
  XqMigration *migration = g_new0 (XqMigration, 1);

  migration->number = (int) migrations->len + 1;
  migration->name = g_strdup_printf ("%04d-test.sql", migration->number);
  migration->sql = g_strdup (sql);
  g_ptr_array_add (migrations, migration);
}

static GPtrArray *
with (const char *sql)
{
  GPtrArray *migrations = xq_migrations_load (NULL);

  if (sql != NULL)
    add (migrations, sql);
  return migrations;
}

static int
version_of (Fixture *fixture)
{
  int version = -1;

  g_assert_true (xq_schema_version (fixture->database, &version, NULL));
  return version;
}

static char *
copy_path (Fixture *fixture, int number)
{
  return g_strdup_printf ("%s.before-%04d", fixture->path, number);
}

static void
test_own_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) migrations = xq_migrations_load (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (migrations->len, >=, 6);
  for (guint i = 0; i < migrations->len; i++)
    {
      const XqMigration *migration = g_ptr_array_index (migrations, i);

      g_assert_cmpint (migration->number, ==, i + 1);
      g_assert_nonnull (strchr (migration->sql, ';'));
    }
}

static void
test_all_is_strict (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *loose = xq_database_get_text (
      fixture->database, NULL,
      "SELECT group_concat (name) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
      " AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
      XQ_END);

  g_assert_cmpstr (loose, ==, NULL);
}

/* What is deleted by an undo is looked for in every table that may point at it: not by reading all of it. Whole
 * organisations, institutions and batches are never deleted; a unit goes only while nobody was screened in it. */
static void
test_references_have_an_index (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *without = xq_database_get_text (
      fixture->database, &error,
      "SELECT group_concat (t.name || '.' || f.\"from\", ', ')"
      " FROM sqlite_schema t JOIN pragma_foreign_key_list (t.name) f"
      " WHERE t.type = 'table' AND f.\"table\" NOT IN ('organisation', 'institution', 'import_batch')"
      " AND t.name || '.' || f.\"from\" <> 'participant.unit_id'"
      " AND NOT EXISTS (SELECT 1 FROM pragma_index_list (t.name) l JOIN pragma_index_info (l.name) i"
      "   WHERE i.seqno = 0 AND i.name = f.\"from\")",
      XQ_END);

  g_assert_no_error (error);
  g_assert_cmpstr (without, ==, NULL);
}

static void
test_once (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) migrations = with (NULL);
  g_autofree char *copy = copy_path (fixture, (int) migrations->len + 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (version_of (fixture), ==, migrations->len);
  g_assert_true (xq_migrate (fixture->database, fixture->key, migrations, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

static void
test_next_step (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) migrations = with ("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;"
                                           "INSERT INTO extra VALUES (1), (2);");
  g_autofree char *path = copy_path (fixture, (int) migrations->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDatabase) copy = NULL;
  gint64 rows = 0, references = 0;
  int version;

  g_assert_true (xq_migrate (fixture->database, fixture->key, migrations, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (version_of (fixture), ==, migrations->len);
  g_assert_true (xq_database_get_integer (fixture->database, NULL, &rows, NULL, "SELECT count(*) FROM extra", XQ_END));
  g_assert_cmpint (rows, ==, 2);
  g_assert_true (xq_database_get_integer (fixture->database, NULL, &references, NULL, "PRAGMA foreign_keys", XQ_END));
  g_assert_cmpint (references, ==, 1);

  copy = xq_database_open (path, fixture->key, XQ_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (xq_schema_version (copy, &version, NULL));
  g_assert_cmpint (version, ==, migrations->len - 1);
  g_assert_true (xq_database_get_integer (copy, NULL, &rows, NULL, "SELECT count(*) FROM organisation", XQ_END));
  g_assert_cmpint (rows, ==, 1);
}

/* A table that others point at is made anew, as SQLite has it done. */
static void
test_rebuilt_table (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) migrations
      = with ("CREATE TABLE unit_new (id INTEGER PRIMARY KEY, organisation_id INTEGER NOT NULL REFERENCES organisation (id),"
              " parent_id INTEGER REFERENCES unit (id), name TEXT NOT NULL) STRICT;"
              "INSERT INTO unit_new SELECT id, organisation_id, parent_id, name FROM unit;"
              "DROP TABLE unit; ALTER TABLE unit_new RENAME TO unit;");
  XqTransaction *transaction = xq_transaction_begin (fixture->database, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_database_execute (fixture->database, &error,
                                      "INSERT INTO unit (organisation_id, kind, name, key) VALUES (1, 'grade', '七年级', 'grade:7')",
                                      XQ_END));
  g_assert_true (xq_database_execute (fixture->database, &error,
                                      "INSERT INTO unit (organisation_id, parent_id, kind, name, key)"
                                      " VALUES (1, 1, 'class', '1班', 'class:7:1')",
                                      XQ_END));
  g_assert_true (xq_transaction_commit (transaction, &error));
  g_assert_true (xq_migrate (fixture->database, fixture->key, migrations, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_step_fails (Fixture *fixture, const char *sql, int code)
{
  g_autoptr (GPtrArray) migrations = with ("CREATE TABLE fine (id INTEGER PRIMARY KEY) STRICT");
  g_autoptr (GError) error = NULL;
  gint64 tables = -1, references = 0;
  int before = version_of (fixture);

  add (migrations, sql);
  g_assert_false (xq_migrate (fixture->database, fixture->key, migrations, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, code);
  g_assert_nonnull (strstr (error->message, "-test.sql"));
  /* Nothing is kept, not even the step before, which was fine. */
  g_assert_cmpint (version_of (fixture), ==, before);
  g_assert_true (xq_database_get_integer (fixture->database, NULL, &tables, NULL,
                                          "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'half%' OR name = 'fine'", XQ_END));
  g_assert_cmpint (tables, ==, 0);
  g_assert_true (xq_database_get_integer (fixture->database, NULL, &references, NULL, "PRAGMA foreign_keys", XQ_END));
  g_assert_cmpint (references, ==, 1);
}

static void
test_broken_step (Fixture *fixture, gconstpointer unused)
{
  assert_step_fails (fixture, "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE half_more (nonsense",
                     XQ_ERROR_DAMAGED);
}

static void
test_step_that_dangles (Fixture *fixture, gconstpointer unused)
{
  assert_step_fails (fixture,
                     "CREATE TABLE half (id INTEGER PRIMARY KEY, unit INTEGER REFERENCES unit (id)) STRICT;"
                     "INSERT INTO half VALUES (1, 99);",
                     XQ_ERROR_DAMAGED);
}

static void
test_newer_vault (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) newer = with ("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT");
  g_autoptr (GPtrArray) older = with (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_migrate (fixture->database, fixture->key, newer, NULL, &error));
  g_assert_false (xq_migrate (fixture->database, fixture->key, older, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "newer"));
}

/* No room for the copy: nothing is begun. */
static void
test_no_copy_no_step (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) migrations = with ("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT");
  g_autofree char *path = copy_path (fixture, (int) migrations->len);
  g_autoptr (GError) error = NULL;
  int before = version_of (fixture);

  /* A folder that is not empty stands in the copy's place. */
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  {
    g_autofree char *inside = g_build_filename (path, "x", NULL);

    g_assert_true (g_file_set_contents (inside, "x", 1, NULL));
  }
  g_assert_false (xq_migrate (fixture->database, fixture->key, migrations, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_assert_cmpint (version_of (fixture), ==, before);
}

#define ADD(name, test) g_test_add ("/migrate/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/migrate/own-files", test_own_files);
  ADD ("all-is-strict", test_all_is_strict);
  ADD ("references-have-an-index", test_references_have_an_index);
  ADD ("once", test_once);
  ADD ("next-step", test_next_step);
  ADD ("rebuilt-table", test_rebuilt_table);
  ADD ("broken-step", test_broken_step);
  ADD ("step-that-dangles", test_step_that_dangles);
  ADD ("newer-vault", test_newer_vault);
  ADD ("no-copy-no-step", test_no_copy_no_step);
  return g_test_run ();
}
