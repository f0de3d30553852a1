/* A vault from its making to its check: the files, the first rows, the lock, what a check finds. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "place.h"
#include "vault/audit.h"

static void
test_create (Place *place, gconstpointer unused)
{
  static const char *const expected[] = { "vault.db", "keyslots.json", "keyslots.json.bak", "lock", NULL };
  g_autoptr (GDir) directory = g_dir_open (place->folder, 0, NULL);
  const char *name;
  int files = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = file_in (place, name);
      GStatBuf info;

      g_assert_true (g_strv_contains (expected, name));
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0077, ==, 0);
      files++;
    }
  g_assert_cmpint (files, ==, 4);
  g_assert_true (xq_vault_exists (place->folder));
  g_assert_cmpuint (strlen (place->code), ==, 14 * 5 - 1);
}

static void
test_first_rows (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *name = xq_setting_get (database, "name", NULL);
  g_autofree char *profile = xq_setting_get (database, "profile", NULL);
  g_autofree char *organisation
      = xq_database_get_text (database, NULL, "SELECT name || '/' || profile FROM organisation", XQ_END);
  gint64 application = 0;

  g_assert_cmpstr (xq_vault_folder (vault), ==, place->folder);
  g_assert_cmpstr (name, ==, "江城市第三中学");
  g_assert_cmpstr (profile, ==, "school");
  g_assert_cmpstr (organisation, ==, "江城市第三中学/school");
  g_assert_true (xq_audit_verify (database, NULL, NULL));
  g_assert_true (xq_database_get_integer (database, NULL, &application, NULL, "PRAGMA application_id", XQ_END));
  g_assert_cmpint (application, ==, 0x58515654);
  g_assert_cmpint (rows_of (vault, "vault_create"), ==, 1);
}

static void
test_create_refused (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) good = secret (PASSWORD);
  g_autoptr (XqSecret) weak = secret ("demo");
  g_autofree char *fresh = file_in (place, "fresh");
  g_autofree char *file = file_in (place, "vault.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length, length_after;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (file, &before, &length, NULL));
  g_assert_null (xq_vault_create (place->folder, XQ_PROFILE_SCHOOL, "x", good, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (xq_vault_create (file, XQ_PROFILE_SCHOOL, "x", good, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (xq_vault_create (fresh, XQ_PROFILE_SCHOOL, "x", weak, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (xq_vault_create (fresh, XQ_PROFILE_SCHOOL, "", good, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (file, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

static void
test_create_weak_on_purpose (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) weak = secret ("demo");
  g_autofree char *fresh = g_build_filename (place->folder, "deep", "demo", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault
      = xq_vault_create (fresh, XQ_PROFILE_ENTERPRISE, "江城纺织", weak, TRUE, NULL, NULL, &error);
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fresh, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
}

static void
test_create_cancelled (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autofree char *fresh = file_in (place, "fresh");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XqProgress progress = { cancel_at_once, cancellable, cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_vault_create (fresh, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

/* Cut off in its middle, a creation is begun again over what it left. */
static void
test_create_after_crash (Place *place, gconstpointer unused)
{
  g_autofree char *fresh = file_in (place, "fresh");
  static const char *const left[] = { "vault.db.new", "vault.db.new-wal", "keyslots.json", "lock" };
  g_autofree char *other = g_build_filename (fresh, "notes.txt", NULL);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fresh, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *path = g_build_filename (fresh, left[i], NULL);

      g_assert_true (g_file_set_contents (path, "half", 4, NULL));
    }
  g_assert_false (xq_vault_exists (fresh));
  g_assert_true (g_file_set_contents (other, "mine", 4, NULL));
  g_assert_null (xq_vault_create (fresh, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_cmpint (g_remove (other), ==, 0);
  xq_vault_unref (create (fresh, NULL));
  g_assert_true (xq_vault_exists (fresh));
}

/* Cut off before its database was begun: the lock is there first. */
static void
test_create_after_early_crash (Place *place, gconstpointer unused)
{
  static const char *const left[] = { "lock", "vault.db.new-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *fresh = file_in (place, left[i]);
      g_autofree char *folder = g_strconcat (fresh, "-only", NULL);
      g_autofree char *path = g_build_filename (folder, left[i], NULL);

      g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, "", 0, NULL));
      xq_vault_unref (create (folder, NULL));
    }
}

/* Keyslots without a vault may be all that is left of one: they are not written over. */
static void
test_create_spares_keyslots (Place *place, gconstpointer unused)
{
  g_autofree char *database = file_in (place, "vault.db");
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_remove (database), ==, 0);
  g_assert_null (xq_vault_create (place->folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
}

static void
test_open (Place *place, gconstpointer unused)
{
  g_autofree char *elsewhere = file_in (place, "elsewhere");
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  assert_opens (place, PASSWORD);
  assert_opens (place, PASSWORD);
  g_assert_null (xq_vault_open (elsewhere, password, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
}

static void
test_damaged_database (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "vault.db");

  g_assert_true (g_file_set_contents (path, "not a database", -1, NULL));
  assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
}

/* Into the file as it is: the lock is on it, not on its name. */
static void
write_into (const char *path, const char *text)
{
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_second_instance (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *lock = file_in (place, "lock");
  g_autoptr (GError) error = NULL;

  /* Our own work is coming to its end; another program is one to go to. */
  g_assert_null (open_with (place, PASSWORD, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "is just coming to its end"));
  g_assert_nonnull (strstr (error->message, place->folder));
  g_clear_error (&error);
  write_into (lock, "4194303\n");
  g_assert_null (open_with (place, PASSWORD, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "4194303"));
  g_assert_nonnull (strstr (error->message, place->folder));
  g_clear_error (&error);
  g_assert_null (xq_vault_open_with_code (place->folder, place->code, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  /* As long as a connection lives, so does the lock. */
  g_clear_pointer (&vault, xq_vault_unref);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_BUSY);
  g_clear_pointer (&database, xq_database_free);
  assert_opens (place, PASSWORD);
}

/* A lock file that a dead program left says nothing. */
static void
test_stale_lock (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "lock");

  g_assert_true (g_file_set_contents (path, "1\n", -1, NULL));
  assert_opens (place, PASSWORD);
}

static void
test_connections (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqVault) again = xq_vault_ref (vault);
  g_autoptr (XqDatabase) writer = xq_vault_connect (vault, NULL);
  g_autoptr (XqDatabase) reader = xq_vault_connect_read_only (vault, NULL);

  g_assert_nonnull (writer);
  g_assert_true (xq_database_is_read_only (reader));
  g_assert_true (again == vault);
}

static void
test_info (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultInfo) info = xq_vault_info (vault, &error);
  gboolean seen = FALSE;

  g_assert_no_error (error);
  g_assert_cmpint (info->schema, >=, 6);
  g_assert_true (g_str_has_prefix (info->cipher, "4."));
  g_assert_cmpuint (info->tables->len, ==, info->rows->len);
  for (guint i = 0; i < info->tables->len; i++)
    {
      const char *table = g_ptr_array_index (info->tables, i);

      g_assert_false (g_str_has_prefix (table, "sqlite_") || g_str_has_prefix (table, "person_search"));
      seen = seen || (g_str_equal (table, "organisation") && g_array_index (info->rows, gint64, i) == 1);
    }
  g_assert_true (seen);
  g_assert_cmpuint (strlen (info->audit_head), ==, 9);
  xq_vault_info_free (NULL);
}

static void
test_check (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultCheck) check = xq_vault_check (vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (check->cipher, ==, "ok");
  g_assert_cmpstr (check->integrity, ==, "ok");
  g_assert_cmpstr (check->foreign_keys, ==, "ok");
  g_assert_cmpstr (check->audit, ==, "ok");
  g_assert_cmpint (check->dangling, ==, 0);
  g_assert_true (check->sound);
  xq_vault_check_free (NULL);
}

static void
test_check_cancelled (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XqProgress progress = { cancel_at_once, cancellable, cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_vault_check (vault, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Runs SQL behind the program's back. */
static void
meddle (XqVault *vault, const char *sql)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autoptr (GError) error = NULL;

  sqlite3_commit_hook (database->handle, NULL, NULL);
  g_assert_true (xq_database_run_script (database, sql, &error));
  g_assert_no_error (error);
}

static void
test_check_finds (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqVaultCheck) check = NULL;

  meddle (vault, "PRAGMA foreign_keys = OFF;"
                 "INSERT INTO contact (person_id, name, relation, may_tell) VALUES (9, 'x', 'mother', 'nothing'),"
                 " (9, 'y', 'father', 'nothing');"
                 "DROP TRIGGER audit_is_append_only_update; UPDATE audit SET at = 1 WHERE id = 2;");
  check = xq_vault_check (vault, NULL, NULL);
  g_assert_false (check->sound);
  g_assert_cmpstr (check->cipher, ==, "ok");
  g_assert_cmpstr (check->foreign_keys, ==, "contact → person");
  g_assert_cmpint (check->dangling, ==, 2);
  g_assert_nonnull (strstr (check->audit, "row 2"));
}

static void
test_check_finds_rot (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autofree char *path = file_in (place, "vault.db");
  g_autoptr (XqVaultCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *bytes = NULL;
  gint64 page = 0;
  gsize length;

  g_assert_true (xq_database_get_integer (database, NULL, &page, NULL,
                                          "SELECT rootpage FROM sqlite_schema WHERE name = 'organisation'", XQ_END));
  g_clear_pointer (&database, xq_database_free);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[page * 4096 - 1000] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  check = xq_vault_check (vault, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (check->sound);
  g_test_message ("%s / %s / %s / %s", check->cipher, check->integrity, check->foreign_keys, check->audit);
  g_assert_cmpstr (check->cipher, !=, "ok");
  g_assert_nonnull (strstr (check->integrity, path));
}

static void
test_default_folder (void)
{
  g_autofree char *folder = xq_vault_default_folder ();

  g_assert_true (g_str_has_suffix (folder, "/xinqiao/vault"));
  g_assert_false (xq_vault_exists ("/nonexistent"));
  xq_vault_unref (NULL);
}

#define ADD(name, test) g_test_add ("/vault/" name, Place, NULL, place_set_up, test, place_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("create", test_create);
  ADD ("first-rows", test_first_rows);
  ADD ("create-refused", test_create_refused);
  ADD ("create-weak-on-purpose", test_create_weak_on_purpose);
  ADD ("create-cancelled", test_create_cancelled);
  ADD ("create-after-crash", test_create_after_crash);
  ADD ("create-after-early-crash", test_create_after_early_crash);
  ADD ("create-spares-keyslots", test_create_spares_keyslots);
  ADD ("open", test_open);
  ADD ("damaged-database", test_damaged_database);
  ADD ("second-instance", test_second_instance);
  ADD ("stale-lock", test_stale_lock);
  ADD ("connections", test_connections);
  ADD ("info", test_info);
  ADD ("check", test_check);
  ADD ("check-cancelled", test_check_cancelled);
  ADD ("check-finds", test_check_finds);
  ADD ("check-finds-rot", test_check_finds_rot);
  g_test_add_func ("/vault/default-folder", test_default_folder);
  return g_test_run ();
}
