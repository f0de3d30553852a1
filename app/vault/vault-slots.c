/* The slots of an opened vault: the counsellor's password, the custodian's, and what the recovery code sets anew. */
#include "config.h"

#include "vault/vault-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "vault/attempts.h"
#include "vault/audit.h"
#include "vault/database-private.h"

XqSecret *
xq_vault_unwrap (XqVault *vault, XqKeyslots *slots, const char *kind, XqSecret *password, const char **ret_kind,
                 GError **error)
{
  const XqKeyQuestion question = { kind, NULL, NULL };
  g_autoptr (GError) local = NULL;
  XqSecret *key = xq_keyslots_open (slots, password, &question, ret_kind, &local);

  if (g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD))
    xq_attempts_add (vault->folder);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return key;
}

/* The row that told of the new slots is never taken back: another one says that they did not come to be. */
static void
tell_kept (XqDatabase *database)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, NULL);

  if (transaction != NULL && xq_audit_append (database, "password_kept", NULL, 0, NULL, NULL))
    xq_transaction_commit (g_steal_pointer (&transaction), NULL);
}

/* The slots and the row that tells of them: once the row is stored, a renaming is all that is left. */
static gboolean
save_slots (XqVault *vault, XqKeyslots *slots, const char *action, JsonObject *detail, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  g_autoptr (XqTransaction) transaction = database != NULL ? xq_transaction_begin (database, error) : NULL;

  if (transaction == NULL || !xq_audit_append (database, action, NULL, 0, detail, error)
      || !xq_keyslots_prepare (slots, vault->folder, error))
    return FALSE;
  if (!xq_transaction_commit (g_steal_pointer (&transaction), error))
    {
      xq_keyslots_forget (vault->folder);
      return FALSE;
    }
  if (xq_keyslots_finish (slots, vault->folder, error))
    return TRUE;
  tell_kept (database);
  return FALSE;
}

static gboolean
write_password (XqVault *vault, XqSecret *password, const char *action, JsonObject *detail, GError **error)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (vault->folder, NULL);

  if (slots == NULL)
    slots = xq_keyslots_new ();
  xq_keyslots_keep (slots, vault->key);
  return xq_keyslots_set (slots, XQ_SLOT_PASSWORD, vault->key, password, error)
         && save_slots (vault, slots, action, detail, error);
}

XqVault *
xq_vault_recover_with (const char *folder, const char *recovery_code, XqSecret *new_password, const char *action,
                       JsonObject *detail, GError **error)
{
  g_autoptr (XqVault) vault = NULL;

  if (!xq_password_is_accepted (new_password, error))
    return NULL;
  vault = xq_vault_take_with_code (folder, recovery_code, error);
  if (vault == NULL || !xq_vault_settle (vault, NULL, error)
      || !write_password (vault, new_password, action, detail, error))
    return NULL;
  return g_steal_pointer (&vault);
}

XqVault *
xq_vault_recover (const char *folder, const char *recovery_code, XqSecret *new_password, GError **error)
{
  g_return_val_if_fail (recovery_code != NULL, NULL);

  return xq_vault_recover_with (folder, recovery_code, new_password, "password_recovered", NULL, error);
}

static gboolean
tell_of_attempts (XqVault *vault, GError **error)
{
  g_autoptr (XqDatabase) database = NULL;

  if (xq_attempts_load (vault->folder).count == 0 || vault->alone)
    return TRUE;
  database = xq_vault_connect (vault, error);
  return database != NULL && xq_vault_settle_attempts (vault, database, error);
}

gboolean
xq_vault_check_slot (XqVault *vault, XqKeyslots *slots, const char *kind, XqSecret *password, GError **error)
{
  g_autoptr (XqSecret) key = NULL;

  if (!xq_attempts_wait (vault->folder, NULL, error))
    return FALSE;
  key = xq_vault_unwrap (vault, slots, kind, password, NULL, error);
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
xq_vault_check_password (XqVault *vault, XqSecret *password, GError **error)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (vault->folder, error);

  return slots != NULL && xq_vault_check_slot (vault, slots, NULL, password, error);
}

/* One password for two slots would put the sealed envelope into everybody's hands that knows the other. */
static gboolean
is_another (XqKeyslots *slots, const char *kind, XqSecret *password, GError **error)
{
  const XqKeyQuestion question = { kind, NULL, NULL };
  g_autoptr (XqSecret) key = xq_keyslots_open (slots, password, &question, NULL, NULL);

  if (key == NULL)
    return TRUE;
  g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                       _ ("The counsellor's password and the custodian's must be two different ones. Take another."));
  return FALSE;
}

gboolean
xq_vault_change_password (XqVault *vault, XqSecret *old_password, XqSecret *new_password, GError **error)
{
  g_autoptr (XqKeyslots) slots = NULL;

  if (!xq_password_is_accepted (new_password, error))
    return FALSE;
  slots = xq_keyslots_load (vault->folder, error);
  return slots != NULL && xq_vault_check_slot (vault, slots, NULL, old_password, error)
         && is_another (slots, XQ_SLOT_CUSTODIAN, new_password, error)
         && write_password (vault, new_password, "password_change", NULL, error);
}

gboolean
xq_vault_set_custodian (XqVault *vault, XqSecret *password, XqSecret *custodian, GError **error)
{
  g_autoptr (XqKeyslots) slots = NULL;
  gboolean had;

  if (!xq_custodian_password_is_accepted (custodian, error))
    return FALSE;
  slots = xq_keyslots_load (vault->folder, error);
  if (slots == NULL || !xq_vault_check_slot (vault, slots, NULL, password, error)
      || !is_another (slots, XQ_SLOT_PASSWORD, custodian, error))
    return FALSE;
  had = xq_keyslots_has (slots, XQ_SLOT_CUSTODIAN);
  return xq_keyslots_set (slots, XQ_SLOT_CUSTODIAN, vault->key, custodian, error)
         && save_slots (vault, slots, had ? "custodian_replace" : "custodian_add", NULL, error);
}

gboolean
xq_vault_remove_custodian (XqVault *vault, XqSecret *password, GError **error)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (vault->folder, error);

  if (slots == NULL || !xq_vault_check_slot (vault, slots, XQ_SLOT_PASSWORD, password, error))
    return FALSE;
  if (!xq_keyslots_remove (slots, XQ_SLOT_CUSTODIAN))
    {
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                           _ ("There is no custodian's password in this vault, so none was removed."));
      return FALSE;
    }
  return save_slots (vault, slots, "custodian_remove", NULL, error);
}

gboolean
xq_vault_has_custodian (XqVault *vault)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (vault->folder, NULL);

  return slots != NULL && xq_keyslots_has (slots, XQ_SLOT_CUSTODIAN);
}

char **
xq_vault_slots (XqVault *vault)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (vault->folder, NULL);

  return slots != NULL ? xq_keyslots_kinds (slots) : g_new0 (char *, 1);
}
