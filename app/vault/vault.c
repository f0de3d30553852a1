#include "config.h"

#include "vault/vault-private.h"

#include <glib/gi18n-lib.h>
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

const XqChoice xq_openers[] = {
  [XQ_OPENED_BY_PASSWORD] = { "password", N_ ("The counsellor's password") },
  [XQ_OPENED_BY_CUSTODIAN] = { "custodian", N_ ("The custodian's password") },
  [XQ_OPENED_BY_CODE] = { "recovery_code", N_ ("The recovery code") },
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
  g_mutex_init (&vault->mutex);
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
  g_mutex_clear (&vault->mutex);
  g_free (vault->folder);
  g_free (vault);
}

const char *
xq_vault_folder (XqVault *vault)
{
  return vault->folder;
}

XqOpenedBy
xq_vault_opened_by (XqVault *vault)
{
  return vault->opened_by;
}

/* -- connections */

static gboolean
count_connection (XqVault *vault, gboolean alone, GError **error)
{
  gboolean allowed;

  g_mutex_lock (&vault->mutex);
  allowed = alone || !vault->alone;
  if (allowed)
    vault->connections++;
  g_mutex_unlock (&vault->mutex);
  if (!allowed)
    g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
                         _ ("The vault is being written under a new key. Wait until that is done."));
  return allowed;
}

static void
on_connection_closed (gpointer data)
{
  XqVault *vault = data;

  g_mutex_lock (&vault->mutex);
  vault->connections--;
  g_mutex_unlock (&vault->mutex);
  xq_vault_unref (vault);
}

static XqDatabase *
connect_as (XqVault *vault, XqOpenMode mode, gboolean alone, GError **error)
{
  g_autofree char *path = xq_vault_database_path (vault->folder);
  XqDatabase *database;

  if (!count_connection (vault, alone, error))
    return NULL;
  database = xq_database_open (path, vault->key, mode, error);
  /* The lock is held as long as anybody writes. */
  if (database != NULL)
    xq_database_set_owner (database, xq_vault_ref (vault), on_connection_closed);
  else
    on_connection_closed (xq_vault_ref (vault));
  return database;
}

XqDatabase *
xq_vault_connect (XqVault *vault, GError **error)
{
  return connect_as (vault, XQ_OPEN_EXISTING, FALSE, error);
}

XqDatabase *
xq_vault_connect_read_only (XqVault *vault, GError **error)
{
  return connect_as (vault, XQ_OPEN_READ_ONLY, FALSE, error);
}

XqDatabase *
xq_vault_connect_alone (XqVault *vault, GError **error)
{
  return connect_as (vault, XQ_OPEN_EXISTING, TRUE, error);
}

gboolean
xq_vault_take_alone (XqVault *vault, GError **error)
{
  gboolean taken;

  g_mutex_lock (&vault->mutex);
  taken = vault->connections == 0 && !vault->alone;
  if (taken)
    vault->alone = TRUE;
  g_mutex_unlock (&vault->mutex);
  if (!taken)
    g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
                         _ ("Something else is still reading or writing in this vault. Wait until it is done, and try again."));
  return taken;
}

void
xq_vault_give_up_alone (XqVault *vault)
{
  g_mutex_lock (&vault->mutex);
  vault->alone = FALSE;
  g_mutex_unlock (&vault->mutex);
}

/* -- opening */

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
gboolean
xq_vault_settle_attempts (XqVault *vault, XqDatabase *database, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (xq_attempts_settle (vault->folder, database, &local) || g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_IO))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A row of its own. On a full disk there is none and the vault opens all the same: whoever breaks the seal of the
 * custodian's envelope does so because somebody needs help now. */
static gboolean
append_row (XqDatabase *database, const char *action, const char *member, const char *value, GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (JsonObject) detail = json_object_new ();
  g_autoptr (GError) local = NULL;

  json_object_set_string_member (detail, member, value);
  transaction = xq_transaction_begin (database, &local);
  if (transaction != NULL && xq_audit_append (database, action, NULL, 0, detail, &local)
      && xq_transaction_commit (g_steal_pointer (&transaction), &local))
    return TRUE;
  if (g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_IO))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What the audit trail has to hear: which key opened, when it is not the everyday one, and what keyslots.json was like. */
static gboolean
tell_of_opening (XqVault *vault, XqDatabase *database, GError **error)
{
  XqSlotsState state = xq_keyslots_state (vault->folder);

  return (vault->opened_by == XQ_OPENED_BY_PASSWORD
          || append_row (database, "vault_open", "by", xq_openers[vault->opened_by].id, error))
         && (state == XQ_SLOTS_SOUND
             || append_row (database, "keyslots_mend", "found", state == XQ_SLOTS_MISSING ? "missing" : "damaged", error));
}

gboolean
xq_vault_settle (XqVault *vault, const XqProgress *progress, GError **error)
{
  g_autoptr (XqDatabase) database = NULL;
  g_autoptr (GPtrArray) migrations = NULL;

  if (!xq_progress_step (progress, -1, _ ("Opening the vault …"), error))
    return FALSE;
  migrations = xq_migrations_load (error);
  database = migrations != NULL ? xq_vault_connect (vault, error) : NULL;
  if (database == NULL || !xq_migrate (database, vault->key, migrations, progress, error)
      || !xq_vault_settle_attempts (vault, database, error) || !tell_of_opening (vault, database, error))
    return FALSE;
  xq_renew_clear (vault->folder);
  return TRUE;
}

/* Whether the database that lies there now is this key's: asked only where a new recovery code was cut off between
 * the keyslots and the database, so that slots of both keys stand side by side. */
static gboolean
opens_database (XqSecret *key, gpointer folder)
{
  g_autofree char *path = xq_vault_database_path (folder);
  g_autoptr (XqDatabase) database = xq_database_open (path, key, XQ_OPEN_EXISTING, NULL);

  return database != NULL;
}

/* Slots of two keys: the password is right; which of its keys is? Where none is, the first one tells why. */
static void
choose_key (XqVault *vault, XqKeyslots *slots, XqSecret *password, const char **kind)
{
  const XqKeyQuestion question = { NULL, opens_database, vault->folder };
  const char *found = NULL;
  XqSecret *key = xq_keyslots_open (slots, password, &question, &found, NULL);

  if (key == NULL)
    return;
  xq_secret_free (vault->key);
  vault->key = key;
  *kind = found;
}

static gboolean
unwrap_key (XqVault *vault, XqKeyslots *slots, XqSecret *password, GError **error)
{
  const char *slot = NULL;

  vault->key = xq_vault_unwrap (vault, slots, NULL, password, &slot, error);
  if (vault->key == NULL)
    return FALSE;
  if (xq_keyslots_have_two_keys (slots))
    choose_key (vault, slots, password, &slot);
  vault->opened_by = g_str_equal (slot, XQ_SLOT_CUSTODIAN) ? XQ_OPENED_BY_CUSTODIAN : XQ_OPENED_BY_PASSWORD;
  return TRUE;
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
      || !xq_progress_step (progress, -1, _ ("Checking the password …"), error)
      || !unwrap_key (vault, slots, password, error) || !xq_vault_settle (vault, progress, error))
    return NULL;
  xq_keyslots_keep (slots, vault->key);
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
  return xq_vault_settle (vault, progress, error) ? g_steal_pointer (&vault) : NULL;
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
  int lock;

  if (vault != NULL)
    return g_steal_pointer (&vault);
  if (!g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  lock = xq_lock_take_beside (folder, error);
  if (lock < 0)
    return NULL;
  vault = xq_vault_take (folder, NULL, lock);
  slots = xq_keyslots_load (folder, error);
  if (slots == NULL || !xq_attempts_wait (folder, progress, error))
    return NULL;
  return unwrap_key (vault, slots, password, error) && is_up_to_date (vault, error) ? g_steal_pointer (&vault) : NULL;
}

XqVault *
xq_vault_take_with_code (const char *folder, const char *code, GError **error)
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
  vault->opened_by = XQ_OPENED_BY_CODE;
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

  vault = xq_vault_take_with_code (folder, recovery_code, error);
  if (vault == NULL || !xq_vault_settle (vault, progress, error))
    return NULL;
  return g_steal_pointer (&vault);
}
