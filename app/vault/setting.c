#include "config.h"

#include "vault/audit.h"
#include "vault/vault.h"

char *
xq_setting_get (XqDatabase *database, const char *key, const char *fallback)
{
  char *value = xq_database_get_text (database, NULL, "SELECT value FROM setting WHERE key = :key",
                                      XQ_TEXT (":key", key), XQ_END);

  return value != NULL ? value : g_strdup (fallback);
}

static gboolean
write_setting (XqDatabase *database, const char *key, const char *value, const char *before, GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();
  JsonArray *pair = json_array_new ();

  if (before != NULL)
    json_array_add_string_element (pair, before);
  else
    json_array_add_null_element (pair);
  json_array_add_string_element (pair, value);
  json_object_set_array_member (detail, key, pair);
  return xq_database_execute (database, error,
                              "INSERT INTO setting (key, value) VALUES (:key, :value)"
                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                              XQ_TEXT (":key", key), XQ_TEXT (":value", value), XQ_END)
         && xq_audit_append (database, "setting", "setting", 0, detail, error);
}

gboolean
xq_setting_set (XqDatabase *database, const char *key, const char *value, GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autofree char *before = NULL;

  g_return_val_if_fail (key != NULL && value != NULL, FALSE);

  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL)
    return FALSE;
  before = xq_setting_get (database, key, NULL);
  if (g_strcmp0 (before, value) != 0 && !write_setting (database, key, value, before, error))
    return FALSE;
  return xq_transaction_commit (g_steal_pointer (&transaction), error);
}
