#include "config.h"

#include "stored-vault.h"

#include <sodium.h>

#include "trial.h"
#include "vault/audit.h"
#include "vault/database-private.h"
#include "vault/keyslots.h"
#include "vault/vault-private.h"

/* Where the table audit_key came. */
#define AUDIT_KEY_SCHEMA 9

static char *
fixture_path (const char *format, int number)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *name = g_strdup_printf (format, number);
#pragma GCC diagnostic pop

  return g_build_filename (g_getenv ("XQ_TEST_FIXTURES"), "vaults", name, NULL);
}

static void
add_rows (XqDatabase *database, int number)
{
  g_autofree char *path = fixture_path ("rows-%04d.sql", number);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  XqTransaction *transaction;

  if (!g_file_get_contents (path, &sql, NULL, NULL))
    return;
  transaction = xq_transaction_begin (database, &error);
  g_assert_no_error (error);
  xq_database_run_script (database, sql, &error);
  g_assert_no_error (error);
  xq_audit_append (database, "stored", "setting", number, NULL, &error);
  g_assert_no_error (error);
  xq_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

/* Such a vault was once given a new recovery code: its trail is not hashed with what its key derives, but with what stands in
 * the table. */
static void
take_another_audit_key (XqDatabase *database)
{
  randombytes_buf (xq_secret_bytes (database->audit_key), xq_secret_length (database->audit_key));
}

static void
keep_audit_key (XqDatabase *database)
{
  g_autoptr (GBytes) key = g_bytes_new_static (xq_secret_bytes (database->audit_key), xq_secret_length (database->audit_key));
  g_autoptr (GError) error = NULL;
  XqTransaction *transaction = xq_transaction_begin (database, &error);

  g_assert_no_error (error);
  xq_database_execute (database, &error, "INSERT INTO audit_key (id, key) VALUES (1, :key)", XQ_BLOB (":key", key), XQ_END);
  g_assert_no_error (error);
  xq_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
write_database (const char *folder, XqSecret *key, int number)
{
  g_autofree char *path = xq_vault_database_path (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) migrations = xq_migrations_load (&error);
  g_autoptr (XqDatabase) database = xq_database_open (path, key, XQ_OPEN_CREATE, &error);
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  g_assert_no_error (error);
  if (number >= AUDIT_KEY_SCHEMA)
    take_another_audit_key (database);
  for (int i = 1; i <= number; i++)
    {
      g_autofree char *copy = g_strdup_printf ("%s.before-%04d", path, i);

      g_ptr_array_add (steps, migrations->pdata[i - 1]);
      xq_migrate (database, key, steps, NULL, &error);
      g_assert_no_error (error);
      g_unlink (copy);
      if (i == AUDIT_KEY_SCHEMA)
        keep_audit_key (database);
      add_rows (database, i);
    }
  g_assert_true (xq_database_checkpoint (database, NULL));
}

void
stored_vault_make (const char *folder, int number)
{
  g_autoptr (XqSecret) key = xq_key_new ();
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqKeyslots) slots = xq_keyslots_new ();
  g_autoptr (GError) error = NULL;

  g_setenv ("XINQIAO_NOW", "2026-11-23T09:00:00+08:00", TRUE);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  write_database (folder, key, number);
  g_assert_true (xq_keyslots_set (slots, XQ_SLOT_PASSWORD, key, password, &error)
                 && xq_keyslots_prepare (slots, folder, &error) && xq_keyslots_finish (slots, folder, &error));
}

gboolean
stored_vault_copy (const char *folder, int number)
{
  g_autofree char *from = fixture_path ("%04d", number);
  g_autoptr (Snapshot) files = NULL;

  if (!g_file_test (from, G_FILE_TEST_IS_DIR))
    {
      stored_vault_make (folder, number);
      return FALSE;
    }
  files = snapshot_take (from);
  snapshot_put (files, folder);
  return TRUE;
}
