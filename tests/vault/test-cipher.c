/* What a thief finds: nothing; what the owner with the paper finds: everything, with a stock tool. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "fixture.h"
#include "vault/audit.h"

#define PASSWORD "kx7!q2mz"
#define CANARY   "KanarienvogelZeisig"
#define HAN      "金丝雀与黄雀"

static const char *self;

typedef struct
{
  char *folder;
  char *code;
  XqVault *vault;
  XqDatabase *database;
} Place;

/* An open vault with a canary in a table, in the search index, in the audit trail and still in the log. */
static void
set_up (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) password = xq_secret_new_text (PASSWORD);
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) detail = json_object_new ();
  XqTransaction *transaction;

  place->folder = fixture_folder ();
  place->vault = xq_vault_create (place->folder, XQ_PROFILE_SCHOOL, HAN, password, FALSE, &code, NULL, &error);
  g_assert_no_error (error);
  place->code = g_strdup ((const char *) xq_secret_bytes (code));
  place->database = xq_vault_connect (place->vault, &error);
  g_assert_no_error (error);
  transaction = xq_transaction_begin (place->database, &error);
  g_assert_true (xq_database_execute (place->database, &error,
                                      "INSERT INTO person (organisation_id, kind, name, phone, remark, sex, state, created_at, updated_at)"
                                      " VALUES (1, 'student', :name, :phone, :remark, 'unknown', 'active', 1, 1)",
                                      XQ_TEXT (":name", HAN), XQ_TEXT (":phone", CANARY),
                                      XQ_TEXT (":remark", CANARY " " HAN), XQ_END));
  g_assert_true (xq_database_execute (place->database, &error,
                                      "INSERT INTO person_search (rowid, terms) VALUES (1, :terms)",
                                      XQ_TEXT (":terms", CANARY " " HAN), XQ_END));
  json_object_set_string_member (detail, "name", CANARY);
  g_assert_true (xq_audit_append (place->database, "insert", "person", 1, detail, &error));
  g_assert_true (xq_transaction_commit (transaction, &error));
  g_assert_no_error (error);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  g_clear_pointer (&place->database, xq_database_free);
  g_clear_pointer (&place->vault, xq_vault_unref);
  fixture_remove (place->folder);
  g_free (place->folder);
  g_free (place->code);
}

static gboolean
holds (const char *bytes, gsize length, const char *word)
{
  return memmem (bytes, length, word, strlen (word)) != NULL;
}

/* Looks through each file of the folder; returns how many there are. */
static int
assert_nothing_to_read (const char *folder, const char *code)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  int files = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_test_message ("%s", name);
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_false (holds (bytes, length, CANARY));
      g_assert_false (holds (bytes, length, HAN));
      g_assert_false (holds (bytes, length, PASSWORD));
      g_assert_false (holds (bytes, length, "CREATE TABLE"));
      g_assert_false (holds (bytes, length, "SQLite format 3"));
      g_assert_false (holds (bytes, length, code));
      files++;
    }
  return files;
}

static void
test_nothing_to_read (Place *place, gconstpointer unused)
{
  g_autofree char *log = g_build_filename (place->folder, "vault.db-wal", NULL);

  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (assert_nothing_to_read (place->folder, place->code), >=, 6);
  g_clear_pointer (&place->database, xq_database_free);
  g_clear_pointer (&place->vault, xq_vault_unref);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (assert_nothing_to_read (place->folder, place->code), ==, 4);
}

/* A big sort that does not fit the cache goes to memory, not to the temp folder. */
static void
test_no_temp_files (Place *place, gconstpointer unused)
{
  g_autofree char *temp = g_build_filename (place->folder, "temp", NULL);
  g_autoptr (XqStatement) statement = NULL;
  g_autoptr (GDir) directory = NULL;

  g_assert_cmpint (g_mkdir (temp, 0700), ==, 0);
  g_setenv ("SQLITE_TMPDIR", temp, TRUE);
  statement = xq_database_query (place->database, NULL,
                                 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
                                 " SELECT i, hex (randomblob (500)) AS x FROM n ORDER BY x",
                                 XQ_END);
  g_assert_cmpint (xq_statement_step (statement, NULL), ==, XQ_STEP_ROW);
  directory = g_dir_open (temp, 0, NULL);
  g_assert_null (g_dir_read_name (directory));
  g_clear_pointer (&directory, g_dir_close);
  {
    g_autofree char *open_files = NULL;
    g_autofree char *command = g_strdup_printf ("ls -l /proc/%d/fd", getpid ());

    /* SQLite unlinks its temp files at once, so they show among the descriptors only. */
    g_assert_true (g_spawn_command_line_sync (command, &open_files, NULL, NULL, NULL));
    g_assert_null (strstr (open_files, "etilqs"));
    g_assert_null (strstr (open_files, temp));
  }
  g_clear_pointer (&statement, xq_statement_release);
  g_unsetenv ("SQLITE_TMPDIR");
  fixture_remove (temp);
}

static char *
output_of (const char *command)
{
  g_autoptr (GError) error = NULL;
  const char *const arguments[] = { "sh", "-c", command, NULL };
  g_autoptr (GSubprocess) child = g_subprocess_newv (
      arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (child, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  return output;
}

static gboolean
have (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);

  if (path == NULL)
    g_test_skip (program);
  return path != NULL;
}

/* The commands of the README, word for word: the code is typed, then SQL. */
static char *
by_the_readme (Place *place, const char *code, const char *sql)
{
  g_autofree char *command
      = g_strdup_printf ("cd '%s' && { echo '%s'; echo \"%s\"; } | {\n"
                         "read -r code\n"
                         "key=$(printf %%s \"$code\" | tr -d ' -' | tr 'a-z018' 'A-ZOIB' | base32 -d | head -c 32 | od -An -v -tx1 | tr -d ' \\n')\n"
                         "{ echo \"PRAGMA key = \\\"x'$key'\\\";\"; cat; } | sqlcipher vault.db\n"
                         "}",
                         place->folder, code, sql);

  return output_of (command);
}

static void
test_stock_shell_opens (Place *place, gconstpointer unused)
{
  g_autofree char *found = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *other = g_strdup (place->code);

  if (!have ("sqlcipher") || !have ("base32"))
    return;
  g_clear_pointer (&place->database, xq_database_free);
  g_clear_pointer (&place->vault, xq_vault_unref);
  found = by_the_readme (place, place->code, "SELECT name, phone FROM person;");
  g_assert_nonnull (strstr (found, HAN "|" CANARY));
  g_clear_pointer (&found, g_free);
  lower = g_strdelimit (g_ascii_strdown (place->code, -1), "-", ' ');
  found = by_the_readme (place, lower, ".tables");
  g_assert_nonnull (strstr (found, "session_note"));
  other[0] = other[0] == 'A' ? 'B' : 'A';
  wrong = by_the_readme (place, other, "SELECT name, phone FROM person;");
  g_assert_nonnull (strstr (wrong, "not a database"));
}

/* Somebody with the paper and the stock shell changes a row; the chain shows it. */
static void
test_stock_shell_tampers (Place *place, gconstpointer unused)
{
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultCheck) check = NULL;

  if (!have ("sqlcipher") || !have ("base32"))
    return;
  g_clear_pointer (&place->database, xq_database_free);
  g_clear_pointer (&place->vault, xq_vault_unref);
  said = by_the_readme (place, place->code, "UPDATE audit SET detail = NULL WHERE id = 5;");
  g_assert_nonnull (strstr (said, "never changed"));
  g_free (said);
  said = by_the_readme (place, place->code,
                        "DROP TRIGGER audit_is_append_only_update; UPDATE audit SET detail = NULL WHERE action = 'insert'"
                        " AND entity = 'person';");
  g_assert_cmpstr (said, ==, "ok\n");
  place->vault = xq_vault_open_with_code (place->folder, place->code, NULL, &error);
  g_assert_no_error (error);
  check = xq_vault_check (place->vault, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (check->integrity, ==, "ok");
  g_assert_nonnull (strstr (check->audit, "row 5"));
}

/* Else a libsqlite3 that somebody loads would take the calls over. */
static void
test_symbols_are_hidden (void)
{
  g_autofree char *command = g_strdup_printf ("nm -D --defined-only '%s'; nm -D --undefined-only '%s'", self, self);
  g_autofree char *symbols = NULL;

  if (!have ("nm"))
    return;
  symbols = output_of (command);
  g_assert_nonnull (strstr (symbols, "g_malloc"));
  g_assert_null (strstr (symbols, "sqlite3_"));
}

static int
run_beside_sqlite (void)
{
  Place place = { 0 };
  g_autofree char *maps = NULL;

  if (!g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL) || strstr (maps, "libsqlite3") == NULL)
    return 77;
  set_up (&place, NULL);
  g_assert_cmpint (assert_nothing_to_read (place.folder, place.code), >=, 6);
  tear_down (&place, NULL);
  return 0;
}

static void
test_beside_libsqlite3 (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", "libsqlite3.so.0", TRUE);
  /* The sanitizer wants to be first itself. */
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", "verify_asan_link_order=0", TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, self, "--beside-sqlite", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  g_assert_true (g_subprocess_get_if_exited (child));
  if (g_subprocess_get_exit_status (child) == 77)
    g_test_skip ("no libsqlite3 to load first");
  else
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
}

/* The cipher's own log would tell standard error of wrong keys. */
static void
test_says_nothing (void)
{
  Fixture fixture = { 0 };

  if (g_test_subprocess ())
    {
      g_autoptr (XqSecret) other = xq_key_new ();

      fixture_set_up (&fixture, NULL);
      g_clear_pointer (&fixture.database, xq_database_free);
      g_assert_null (xq_database_open (fixture.path, other, XQ_OPEN_EXISTING, NULL));
      fixture_tear_down (&fixture, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("");
}

static gsize
copies_in_heap (const char *word)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gsize found = 0;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      char *end, *limit;
      const char *at = (const char *) (guintptr) g_ascii_strtoull (*line, &end, 16);

      if (strstr (*line, "[heap]") == NULL)
        continue;
      limit = (char *) (guintptr) g_ascii_strtoull (end + 1, NULL, 16);
      while ((at = memmem (at, limit - at, word, strlen (word))) != NULL)
        {
          found++;
          at++;
        }
    }
  return found;
}

/* After the vault is closed, SQLite's freed memory tells nothing. */
static void
test_memory_is_wiped (void)
{
  g_autofree char *word = g_strdup_printf ("%s%08x", "wiped", g_random_int ());
  gsize before = copies_in_heap (word);
  Fixture fixture = { 0 };

  fixture_set_up (&fixture, NULL);
  for (int i = 0; i < 200; i++)
    {
      XqTransaction *transaction = xq_transaction_begin (fixture.database, NULL);
      g_autofree char *key = g_strdup_printf ("%d", i);

      g_assert_true (xq_database_execute (fixture.database, NULL,
                                          "INSERT INTO setting (key, value) VALUES (:key, :value)",
                                          XQ_TEXT (":key", key), XQ_TEXT (":value", word), XQ_END));
      g_assert_true (xq_transaction_commit (transaction, NULL));
    }
  fixture_tear_down (&fixture, NULL);
  g_assert_cmpuint (copies_in_heap (word), ==, before);
}

#define ADD(name, test) g_test_add ("/cipher/" name, Place, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  self = argv[0];
  if (argc == 2 && g_str_equal (argv[1], "--beside-sqlite"))
    return run_beside_sqlite ();
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("nothing-to-read", test_nothing_to_read);
  ADD ("no-temp-files", test_no_temp_files);
  ADD ("stock-shell-opens", test_stock_shell_opens);
  ADD ("stock-shell-tampers", test_stock_shell_tampers);
  g_test_add_func ("/cipher/symbols-are-hidden", test_symbols_are_hidden);
  g_test_add_func ("/cipher/beside-libsqlite3", test_beside_libsqlite3);
  g_test_add_func ("/cipher/says-nothing", test_says_nothing);
  g_test_add_func ("/cipher/memory-is-wiped", test_memory_is_wiped);
  return g_test_run ();
}
