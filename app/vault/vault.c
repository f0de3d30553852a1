#include "config.h"

#include "vault/vault-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <unistd.h>

#include "vault/attempts.h"
#include "vault/audit.h"
#include "vault/database-private.h"
#include "vault/keyslots.h"
#include "vault/lock.h"
#include "vault/migrate.h"
#include "vault/recovery-code.h"

const XqChoice xq_profiles[] = {
  { "school", N_ ("School") },
  { "college", N_ ("College") },
  { "enterprise", N_ ("Enterprise") },
  { NULL, NULL },
};

char *
xq_vault_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "xinqiao", "vault", NULL);
}

char *
xq_vault_database_path (const char *folder)
{
  return g_build_filename (folder, "vault.db", NULL);
}

gboolean
xq_vault_exists (const char *folder)
{
  g_autofree char *path = xq_vault_database_path (folder);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

XqVault *
xq_vault_take (const char *folder, XqSecret *key, int lock)
{
  XqVault *vault = g_new0 (XqVault, 1);

  g_atomic_ref_count_init (&vault->references);
  vault->folder = g_strdup (folder);
  vault->key = key;
  vault->lock = lock;
  return vault;
}

XqVault *
xq_vault_ref (XqVault *vault)
{
  g_atomic_ref_count_inc (&vault->references);
  return vault;
}

void
xq_vault_unref (XqVault *vault)
{
  if (vault == NULL || !g_atomic_ref_count_dec (&vault->references))
    return;
  xq_secret_free (vault->key);
  if (vault->lock >= 0)
    close (vault->lock);
  g_free (vault->folder);
  g_free (vault);
}

const char *
xq_vault_folder (XqVault *vault)
{
  return vault->folder;
}

static XqDatabase *
connect_as (XqVault *vault, XqOpenMode mode, GError **error)
{
  g_autofree char *path = xq_vault_database_path (vault->folder);
  XqDatabase *database = xq_database_open (path, vault->key, mode, error);

  /* The lock is held as long as anybody writes. */
  if (database != NULL)
    xq_database_set_owner (database, xq_vault_ref (vault), (GDestroyNotify) xq_vault_unref);
  return database;
}

XqDatabase *
xq_vault_connect (XqVault *vault, GError **error)
{
  return connect_as (vault, XQ_OPEN_EXISTING, error);
}

XqDatabase *
xq_vault_connect_read_only (XqVault *vault, GError **error)
{
  return connect_as (vault, XQ_OPEN_READ_ONLY, error);
}

static int
lock_existing (const char *folder, GError **error)
{
  if (!xq_vault_exists (folder))
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND,
                   _ ("There is no vault in “%s”. Choose another folder, or make a new vault."), folder);
      return -1;
    }
  return xq_lock_take (folder, error);
}

/* Tells the audit trail of wrong passwords before. On a full disk they are told at the next opening: the right
 * password opens, so that what is there can be read and saved elsewhere. */
static gboolean
settle_attempts (XqVault *vault, XqDatabase *database, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (xq_attempts_settle (vault->folder, database, &local) || g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_IO))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
settle_in (XqVault *vault, const XqProgress *progress, GError **error)
{
  g_autoptr (XqDatabase) database = NULL;
  g_autoptr (GPtrArray) migrations = NULL;

  if (!xq_progress_step (progress, -1, _ ("Opening the vault …"), error))
    return FALSE;
  migrations = xq_migrations_load (error);
  database = migrations != NULL ? xq_vault_connect (vault, error) : NULL;
  return database != NULL && xq_migrate (database, vault->key, migrations, progress, error)
         && settle_attempts (vault, database, error);
}

static XqSecret *
unwrap_counted (const char *folder, XqKeyslots *slots, XqSecret *password, GError **error)
{
  g_autoptr (GError) local = NULL;
  XqSecret *key = xq_keyslots_unwrap (slots, password, &local);

  if (g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD))
    xq_attempts_add (folder);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return key;
}

XqVault *
xq_vault_open (const char *folder, XqSecret *password, const XqProgress *progress, GError **error)
{
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (XqKeyslots) slots = NULL;
  int lock = lock_existing (folder, error);

  if (lock < 0)
    return NULL;
  vault = xq_vault_take (folder, NULL, lock);
  slots = xq_keyslots_load (folder, error);
  if (slots == NULL || !xq_attempts_wait (folder, progress, error)
      || !xq_progress_step (progress, -1, _ ("Checking the password …"), error))
    return NULL;
  vault->key = unwrap_counted (folder, slots, password, error);
  if (vault->key == NULL || !settle_in (vault, progress, error))
    return NULL;
  xq_keyslots_mend (slots, folder);
  return g_steal_pointer (&vault);
}

XqVault *
xq_vault_open_with_key (const char *folder, XqSecret *key, const XqProgress *progress, GError **error)
{
  int lock = lock_existing (folder, error);
  g_autoptr (XqVault) vault = NULL;

  if (lock < 0)
    {
      xq_secret_free (key);
      return NULL;
    }
  vault = xq_vault_take (folder, key, lock);
  return settle_in (vault, progress, error) ? g_steal_pointer (&vault) : NULL;
}

/* Nothing is brought up to date under the feet of the program that has the vault open. */
static gboolean
is_up_to_date (XqVault *vault, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  g_autoptr (GPtrArray) migrations = database != NULL ? xq_migrations_load (error) : NULL;
  int version;

  if (migrations == NULL || !xq_schema_version (database, &version, error))
    return FALSE;
  if (version == (int) migrations->len)
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
               _ ("The vault “%s” is open in another version of Xinqiao. Close that window and try again."), vault->folder);
  return FALSE;
}

XqVault *
xq_vault_open_beside (const char *folder, XqSecret *password, const XqProgress *progress, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (XqVault) vault = xq_vault_open (folder, password, progress, &local);
  g_autoptr (XqKeyslots) slots = NULL;

  if (vault != NULL)
    return g_steal_pointer (&vault);
  if (!g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  slots = xq_keyslots_load (folder, error);
  if (slots == NULL || !xq_attempts_wait (folder, progress, error))
    return NULL;
  vault = xq_vault_take (folder, NULL, -1);
  vault->key = unwrap_counted (folder, slots, password, error);
  return vault->key != NULL && is_up_to_date (vault, error) ? g_steal_pointer (&vault) : NULL;
}

/* The key of @code with the lock of @folder, once the file has been read with it. */
static XqVault *
take_with_code (const char *folder, const char *code, GError **error)
{
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (XqDatabase) database = NULL;
  g_autoptr (GError) local = NULL;
  XqSecret *key = xq_recovery_code_read (code, error);
  int lock = key != NULL ? lock_existing (folder, error) : -1;

  if (lock < 0)
    {
      xq_secret_free (key);
      return NULL;
    }
  vault = xq_vault_take (folder, key, lock);
  database = xq_vault_connect (vault, &local);
  if (database != NULL)
    return g_steal_pointer (&vault);
  if (g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED))
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                 _ ("The recovery code is well written but does not open “%s”: it is another vault's, or its file is damaged."),
                 folder);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

XqVault *
xq_vault_open_with_code (const char *folder, const char *recovery_code, const XqProgress *progress, GError **error)
{
  g_autoptr (XqVault) vault = NULL;

  g_return_val_if_fail (recovery_code != NULL, NULL);

  vault = take_with_code (folder, recovery_code, error);
  if (vault == NULL || !settle_in (vault, progress, error))
    return NULL;
  return g_steal_pointer (&vault);
}

/* The slots and the row that tells of them, both or neither: once the row is stored, a renaming is all that is left. */
static gboolean
save_slots (XqVault *vault, XqKeyslots *slots, const char *action, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  g_autoptr (XqTransaction) transaction = database != NULL ? xq_transaction_begin (database, error) : NULL;

  if (transaction == NULL || !xq_audit_append (database, action, NULL, 0, NULL, error)
      || !xq_keyslots_prepare (slots, vault->folder, error))
    return FALSE;
  if (!xq_transaction_commit (g_steal_pointer (&transaction), error))
    {
      xq_keyslots_forget (vault->folder);
      return FALSE;
    }
  return xq_keyslots_finish (slots, vault->folder, error);
}

static gboolean
write_password (XqVault *vault, XqSecret *password, const char *action, GError **error)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (vault->folder, NULL);

  if (slots == NULL)
    slots = xq_keyslots_new ();
  return xq_keyslots_set_password (slots, vault->key, password, error)
         && save_slots (vault, slots, action, error);
}

XqVault *
xq_vault_recover (const char *folder, const char *recovery_code, XqSecret *new_password, GError **error)
{
  g_autoptr (XqVault) vault = NULL;

  g_return_val_if_fail (recovery_code != NULL, NULL);

  if (!xq_password_is_accepted (new_password, error))
    return NULL;
  vault = take_with_code (folder, recovery_code, error);
  if (vault == NULL || !settle_in (vault, NULL, error)
      || !write_password (vault, new_password, "password_recovered", error))
    return NULL;
  return g_steal_pointer (&vault);
}

static gboolean
tell_of_attempts (XqVault *vault, GError **error)
{
  g_autoptr (XqDatabase) database = NULL;

  if (xq_attempts_load (vault->folder).count == 0)
    return TRUE;
  database = xq_vault_connect (vault, error);
  return database != NULL && settle_attempts (vault, database, error);
}

gboolean
xq_vault_check_password (XqVault *vault, XqSecret *password, GError **error)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (vault->folder, error);
  g_autoptr (XqSecret) key = NULL;

  if (slots == NULL || !xq_attempts_wait (vault->folder, NULL, error))
    return FALSE;
  key = unwrap_counted (vault->folder, slots, password, error);
  if (key == NULL)
    return FALSE;
  if (sodium_memcmp (xq_secret_bytes (key), xq_secret_bytes (vault->key), XQ_KEY_BYTES) != 0)
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                   _ ("“%s/keyslots.json” belongs to another vault. Set a new password with the recovery code."),
                   vault->folder);
      return FALSE;
    }
  return tell_of_attempts (vault, error);
}

gboolean
xq_vault_change_password (XqVault *vault, XqSecret *old_password, XqSecret *new_password, GError **error)
{
  return xq_password_is_accepted (new_password, error) && xq_vault_check_password (vault, old_password, error)
         && write_password (vault, new_password, "password_change", error);
}
