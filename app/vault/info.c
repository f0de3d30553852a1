#include "config.h"

#include "vault/audit.h"
#include "vault/check.h"
#include "vault/migrate.h"
#include "vault/vault.h"

void
xq_vault_info_free (XqVaultInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->cipher);
  g_clear_pointer (&info->tables, g_ptr_array_unref);
  g_clear_pointer (&info->rows, g_array_unref);
  g_free (info->audit_head);
  g_free (info);
}

XqVaultInfo *
xq_vault_info (XqVault *vault, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  g_autoptr (XqVaultInfo) info = g_new0 (XqVaultInfo, 1);

  if (database == NULL || !xq_schema_version (database, &info->schema, error)
      || !xq_count_rows (database, &info->tables, &info->rows, error))
    return NULL;
  info->cipher = xq_database_get_text (database, error, "PRAGMA cipher_version", XQ_END);
  info->audit_head = xq_audit_head (database, error);
  return info->cipher != NULL && info->audit_head != NULL ? g_steal_pointer (&info) : NULL;
}
