/* Vaults of every earlier schema open, are brought up to date and keep what they hold. Whatever comes between, at any
 * statement and at any call that writes, leaves the old vault or the new one, never something of both. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "faults.h"
#include "stored-vault.h"
#include "trial.h"
#include "vault/audit.h"
#include "vault/check.h"
#include "vault/keyslots.h"
#include "vault/recovery-code.h"

#define MOST_STATEMENTS 120
#define MOST_CALLS      150
#define MOST_CUTS       150

/* A stored vault in a folder of its own. */
typedef struct
{
  int number;
  char *top;
  char *folder;
  char *path;
  XqSecret *key;
  char *code;
  Snapshot *files;
  char *rows;
} Stored;

static int
last_schema (void)
{
  g_autoptr (GPtrArray) migrations = xq_migrations_load (NULL);

  return (int) migrations->len;
}

static XqDatabase *
open_as_it_is (const Stored *stored, const char *path)
{
  g_autoptr (GError) error = NULL;
  XqDatabase *database = xq_database_open (path, stored->key, XQ_OPEN_EXISTING, &error);

  g_assert_no_error (error);
  return database;
}

static int
version_of (XqDatabase *database)
{
  int version = -1;

  g_assert_true (xq_schema_version (database, &version, NULL));
  return version;
}

/* What its tables of that time hold, by their columns of that time: "person quote ("id"),quote ("name")…:[["1","'李小雨'"…". */
static char *
rows_in (XqDatabase *database, const char *as_of)
{
  g_auto (GStrv) lines = g_strsplit (as_of, "\n", -1);
  g_autoptr (GString) found = g_string_new (NULL);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_autofree char *table = g_strndup (*line, strcspn (*line, " "));
      g_autofree char *columns = g_strndup (*line + strlen (table) + 1, strcspn (*line + strlen (table) + 1, ":"));
      g_autofree char *sql = g_strdup_printf ("SELECT json_group_array (json_array (%s)) FROM (SELECT * FROM \"%s\")", columns, table);
      g_autoptr (GError) error = NULL;
      g_autofree char *rows = xq_database_get_text (database, &error, sql, XQ_END);

      g_assert_no_error (error);
      g_string_append_printf (found, "%s %s:%s\n", table, columns, rows);
    }
  return g_strdup (found->str);
}

/* The tables that people's rows stand in, each "name column,column…:"; quoted, as a key is bytes, which JSON has no words for.
 * The audit trail's are checked by its chain. */
static char *
tables_of (XqDatabase *database)
{
  g_autoptr (GError) error = NULL;
  char *tables = xq_database_get_text (
      database, &error,
      "SELECT group_concat (line, '') FROM (SELECT l.name || ' ' || (SELECT group_concat ('quote (\"' || c.name || '\")') FROM pragma_table_info (l.name) c)"
      " || ':' || char (10) AS line FROM pragma_table_list l WHERE l.schema = 'main' AND l.type = 'table'"
      " AND l.name NOT LIKE 'sqlite%' AND l.name NOT LIKE '%_transition' AND l.name <> 'audit' ORDER BY l.name)",
      XQ_END);

  g_assert_no_error (error);
  return tables;
}

static XqSecret *
key_of (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (folder, &error);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  XqSecret *key;

  g_assert_no_error (error);
  key = xq_keyslots_unwrap (slots, password, &error);
  g_assert_no_error (error);
  return key;
}

static void
stored_set_up (Stored *stored, int number)
{
  g_autoptr (XqDatabase) database = NULL;
  g_autoptr (XqSecret) code = NULL;
  g_autofree char *tables = NULL;

  g_setenv ("XINQIAO_NOW", "2026-11-24T09:00:00+08:00", TRUE);
  stored->number = number;
  stored->top = fixture_folder ();
  stored->folder = g_build_filename (stored->top, "vault", NULL);
  stored->path = g_build_filename (stored->folder, "vault.db", NULL);
  if (!stored_vault_copy (stored->folder, number))
    g_test_message ("no vault of schema %d is stored; one was made", number);
  stored->files = snapshot_take (stored->folder);
  stored->key = key_of (stored->folder);
  code = xq_recovery_code_write (stored->key);
  stored->code = g_strdup ((const char *) xq_secret_bytes (code));
  database = open_as_it_is (stored, stored->path);
  g_assert_cmpint (version_of (database), ==, number);
  tables = tables_of (database);
  stored->rows = rows_in (database, tables);
}

static void
stored_tear_down (Stored *stored)
{
  fixture_remove (stored->top);
  g_free (stored->top);
  g_free (stored->folder);
  g_free (stored->path);
  xq_secret_free (stored->key);
  g_free (stored->code);
  g_hash_table_unref (stored->files);
  g_free (stored->rows);
}

static void
for_each_stored (void (*look) (Stored *stored))
{
  int last = last_schema ();

  for (int number = 1; number < last; number++)
    {
      Stored stored = { 0 };

      stored_set_up (&stored, number);
      look (&stored);
      stored_tear_down (&stored);
    }
}

/* The vault in @folder is still the old one, whole. FALSE when it is not of the old schema any more. */
static gboolean
is_old (const Stored *stored, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "vault.db", NULL);
  g_autoptr (XqDatabase) database = open_as_it_is (stored, path);
  g_autofree char *rows = NULL;

  if (version_of (database) != stored->number)
    {
      g_assert_cmpint (version_of (database), ==, last_schema ());
      return FALSE;
    }
  rows = rows_in (database, stored->rows);
  g_assert_cmpstr (rows, ==, stored->rows);
  return TRUE;
}

/* It opens, is sound, is of the last schema and has kept its rows. */
static void
assert_new (const Stored *stored, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = xq_vault_open_with_code (folder, stored->code, NULL, &error);
  g_autoptr (XqVaultCheck) check = NULL;
  g_autoptr (XqDatabase) database = NULL;
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  check = xq_vault_check (vault, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (check->sound);
  database = xq_vault_connect (vault, &error);
  g_assert_no_error (error);
  g_assert_cmpint (version_of (database), ==, last_schema ());
  g_assert_true (xq_audit_verify (database, NULL, &error));
  rows = rows_in (database, stored->rows);
  g_assert_cmpstr (rows, ==, stored->rows);
}

static char *
copy_in (const Stored *stored, const char *folder)
{
  g_autofree char *name = g_strdup_printf ("vault.db.before-%04d", stored->number + 1);

  return g_build_filename (folder, name, NULL);
}

static void
opens (Stored *stored)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = xq_vault_open (stored->folder, password, NULL, &error);
  g_autofree char *path = copy_in (stored, stored->folder);
  g_autoptr (XqDatabase) copy = NULL;
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_new (stored, stored->folder);
  copy = open_as_it_is (stored, path);
  g_assert_cmpint (version_of (copy), ==, stored->number);
  rows = rows_in (copy, stored->rows);
  g_assert_cmpstr (rows, ==, stored->rows);
}

static void
test_opens (void)
{
  for_each_stored (opens);
}

/* What will be an earlier schema one day is sound while it is the last. */
static void
test_last (void)
{
  Stored stored = { 0 };

  stored_set_up (&stored, last_schema ());
  assert_new (&stored, stored.folder);
  stored_tear_down (&stored);
}

/* How many bytes of @sql its first @statements take. Less than @statements are there: 0. */
static gsize
length_of (const char *sql, guint statements)
{
  gsize length = strlen (sql);

  for (gsize at = 0; at < length; at++)
    if (sql[at] == ';')
      {
        g_autofree char *head = g_strndup (sql, at + 1);

        if (sqlite3_complete (head) && --statements == 0)
          return at + 1;
      }
  return 0;
}

static guint
count_statements (const char *sql)
{
  const char *at = sql;
  guint count = 0;

  for (gsize length; (length = length_of (at, 1)) > 0; at += length)
    count++;
  return count;
}

static void
break_after (const Stored *stored, GPtrArray *migrations, XqMigration *step, guint statements)
{
  gsize length = statements > 0 ? length_of (step->sql, statements) : 0;
  char *whole = step->sql;
  g_autofree char *head = g_strndup (whole, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDatabase) database = NULL;

  snapshot_put (stored->files, stored->folder);
  database = open_as_it_is (stored, stored->path);
  step->sql = g_strconcat (head, "\nSELECT there_is_no_such_thing ();", NULL);
  g_assert_false (xq_migrate (database, stored->key, migrations, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_free (step->sql);
  step->sql = whole;
  g_clear_pointer (&database, xq_database_free);
  if (!is_old (stored, stored->folder))
    g_error ("schema %d is half way up after statement %u of %s", stored->number, statements, step->name);
  assert_new (stored, stored->folder);
}

static guint64
statements_after (GPtrArray *migrations, int number)
{
  guint64 count = 0;

  for (guint i = number; i < migrations->len; i++)
    count += 1 + count_statements (((XqMigration *) migrations->pdata[i])->sql);
  return count;
}

static Points points;

static void
breaks_at_statements (Stored *stored)
{
  g_autoptr (GPtrArray) migrations = xq_migrations_load (NULL);

  for (guint i = stored->number; i < migrations->len; i++)
    {
      XqMigration *step = migrations->pdata[i];
      guint count = count_statements (step->sql);

      for (guint after = 0; after <= count; after++)
        if (points_next (&points))
          break_after (stored, migrations, step, after);
    }
}

static void
test_statements (void)
{
  g_autoptr (GPtrArray) migrations = xq_migrations_load (NULL);
  guint64 all = 0;

  for (int number = 1; number < last_schema (); number++)
    all += statements_after (migrations, number);
  points_begin (&points, all, MOST_STATEMENTS);
  for_each_stored (breaks_at_statements);
  points_tell (&points, "statements of migrations");
}

static FaultsKind kind;
static gboolean only_count;
static guint64 all_calls;

static void
open_in_fault (const Stored *stored, guint64 at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = NULL;

  snapshot_put (stored->files, stored->folder);
  faults_arm (kind, at);
  vault = xq_vault_open_with_code (stored->folder, stored->code, NULL, &error);
  g_assert_true ((vault == NULL) == (error != NULL));
  faults_mend ();
  if (vault == NULL && !is_old (stored, stored->folder))
    g_error ("schema %d, call %d (%s): refused (%s), but it is the new one", stored->number, (int) at, faults_where (),
             error->message);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_new (stored, stored->folder);
}

static void
breaks_at_calls (Stored *stored)
{
  guint64 calls;

  faults_start (stored->folder);
  faults_arm (FAULTS_NONE, 0);
  xq_vault_unref (xq_vault_open_with_code (stored->folder, stored->code, NULL, NULL));
  calls = faults_count ();
  all_calls += calls;
  for (guint64 at = 1; !only_count && at <= calls; at++)
    if (points_next (&points))
      open_in_fault (stored, at);
}

static void
test_calls (gconstpointer data)
{
  kind = GPOINTER_TO_INT (data);
  all_calls = 0;
  only_count = TRUE;
  for_each_stored (breaks_at_calls);
  only_count = FALSE;
  points_begin (&points, all_calls, MOST_CALLS);
  for_each_stored (breaks_at_calls);
  points_tell (&points, kind == FAULTS_FULL ? "full disk in migrations" : "faults in migrations");
}

/* What is left by a cut is looked at at once; the vault that is being brought up to date goes on afterwards. */
typedef struct
{
  const Stored *stored;
  Disk *disk;
  char *aside;
} Cutting;

static void
cut (gpointer data)
{
  Cutting *cutting = data;

  all_calls++;
  if (only_count || !points_next (&points))
    return;
  fixture_remove (cutting->aside);
  disk_cut (cutting->disk, g_test_rand_int (), cutting->aside);
  is_old (cutting->stored, cutting->aside);
  assert_new (cutting->stored, cutting->aside);
}

static void
cuts (Stored *stored)
{
  g_autofree char *aside = g_build_filename (stored->top, "aside", NULL);
  g_autoptr (Disk) disk = NULL;
  g_autoptr (GError) error = NULL;
  Cutting cutting = { stored, NULL, aside };

  snapshot_put (stored->files, stored->folder);
  disk = disk_new (stored->folder);
  cutting.disk = disk;
  faults_start (stored->folder);
  faults_arm (FAULTS_NONE, 0);
  faults_record (disk, cut, &cutting);
  xq_vault_unref (xq_vault_open_with_code (stored->folder, stored->code, NULL, &error));
  faults_record (NULL, NULL, NULL);
  g_assert_no_error (error);
}

static void
test_power_cuts (void)
{
  all_calls = 0;
  only_count = TRUE;
  for_each_stored (cuts);
  only_count = FALSE;
  points_begin (&points, all_calls, MOST_CUTS);
  for_each_stored (cuts);
  points_tell (&points, "power cuts in migrations");
}

/* A vault of a newer schema is refused in words, and not a byte of it changes. */
static void
test_newer (void)
{
  Stored stored = { 0 };
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %d", last_schema () + 1);
  g_autoptr (Snapshot) before = NULL;
  g_autoptr (Snapshot) after = NULL;
  XqDatabase *database;
  XqTransaction *transaction;

  stored_set_up (&stored, last_schema ());
  database = open_as_it_is (&stored, stored.path);
  transaction = xq_transaction_begin (database, NULL);
  g_assert_true (xq_database_run_script (database, set_version, NULL));
  g_assert_true (xq_transaction_commit (transaction, NULL));
  xq_database_free (database);
  before = snapshot_take (stored.folder);
  g_assert_null (xq_vault_open (stored.folder, password, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "newer version"));
  after = snapshot_take (stored.folder);
  g_assert_true (g_bytes_equal (g_hash_table_lookup (before, "vault.db"), g_hash_table_lookup (after, "vault.db")));
  g_assert_true (g_bytes_equal (g_hash_table_lookup (before, "keyslots.json"), g_hash_table_lookup (after, "keyslots.json")));
  g_assert_false (g_hash_table_contains (after, "vault.db-wal"));
  stored_tear_down (&stored);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/stored/opens", test_opens);
  g_test_add_func ("/stored/last", test_last);
  g_test_add_func ("/stored/newer", test_newer);
  g_test_add_func ("/stored/statements", test_statements);
  g_test_add_data_func ("/stored/faults", GINT_TO_POINTER (FAULTS_ONCE), test_calls);
  g_test_add_data_func ("/stored/full-disk", GINT_TO_POINTER (FAULTS_FULL), test_calls);
  g_test_add_func ("/stored/power-cuts", test_power_cuts);
  return g_test_run ();
}
