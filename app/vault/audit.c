#include "config.h"

#include "vault/audit.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "vault/database-private.h"

#define HASH_BYTES 32
/* Of a hash, in a short code. */
#define CODE_BYTES 4

typedef struct
{
  gint64 id;
  gint64 at;
  const char *action;
  const char *entity;
  gint64 entity_id;
  const char *detail;
} Row;

static void
hash_integer (crypto_generichash_state *state, gint64 value)
{
  gint64 little = GINT64_TO_LE (value);

  crypto_generichash_update (state, (const guint8 *) &little, sizeof little);
}

/* The length goes first (-1 for none), so that no two rows are the same bytes. */
static void
hash_text (crypto_generichash_state *state, const char *text)
{
  hash_integer (state, text != NULL ? (gint64) strlen (text) : -1);
  if (text != NULL)
    crypto_generichash_update (state, (const guint8 *) text, strlen (text));
}

static void
hash_row (XqSecret *key, const guint8 *previous, const Row *row, guint8 *ret_hash)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, xq_secret_bytes (key), xq_secret_length (key), HASH_BYTES);
  crypto_generichash_update (&state, previous, HASH_BYTES);
  hash_integer (&state, row->id);
  hash_integer (&state, row->at);
  hash_text (&state, row->action);
  hash_text (&state, row->entity);
  hash_integer (&state, row->entity_id);
  hash_text (&state, row->detail);
  crypto_generichash_final (&state, ret_hash, HASH_BYTES);
  sodium_memzero (&state, sizeof state);
}

/* Id 0 and zero bytes stand before the first row. */
static gboolean
last_link (XqDatabase *database, gint64 *ret_id, guint8 *ret_hash, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1", XQ_END);
  g_autoptr (GBytes) hash = NULL;
  XqStep step;

  if (statement == NULL)
    return FALSE;
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_FAILED)
    return FALSE;
  *ret_id = 0;
  memset (ret_hash, 0, HASH_BYTES);
  if (step == XQ_STEP_DONE)
    return TRUE;
  *ret_id = xq_statement_integer (statement, 0);
  hash = xq_statement_blob (statement, 1);
  if (g_bytes_get_size (hash) != HASH_BYTES)
    {
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                           _ ("The audit trail is damaged at its end."));
      return FALSE;
    }
  memcpy (ret_hash, g_bytes_get_data (hash, NULL), HASH_BYTES);
  return TRUE;
}

static char *
compact_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;

  if (object == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), object);
  return json_to_string (node, FALSE);
}

gboolean
xq_audit_append (XqDatabase *database, const char *action, const char *entity, gint64 entity_id,
                 JsonObject *detail, GError **error)
{
  g_autofree char *text = compact_json (detail);
  guint8 before[HASH_BYTES], after[HASH_BYTES];
  g_autoptr (GBytes) previous = NULL;
  g_autoptr (GBytes) hash = NULL;
  Row row = { 0, xq_clock_now (), action, entity, entity_id, text };
  XqSecret *key;

  g_return_val_if_fail (action != NULL, FALSE);

  if (database->depth == 0)
    {
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                           _ ("A change outside of a transaction is refused."));
      return FALSE;
    }
  key = xq_database_audit_key (database, error);
  if (key == NULL || !last_link (database, &row.id, before, error))
    return FALSE;
  row.id++;
  hash_row (key, before, &row, after);
  previous = g_bytes_new (before, HASH_BYTES);
  hash = g_bytes_new (after, HASH_BYTES);
  return xq_database_execute (database, error,
                              "INSERT INTO audit (id, at, action, entity, entity_id, detail, previous, hash)"
                              " VALUES (:id, :at, :action, :entity, :entity_id, :detail, :previous, :hash)",
                              XQ_INTEGER (":id", row.id), XQ_INTEGER (":at", row.at),
                              XQ_TEXT (":action", action), XQ_TEXT (":entity", entity),
                              XQ_REFERENCE (":entity_id", entity_id), XQ_TEXT (":detail", text),
                              XQ_BLOB (":previous", previous), XQ_BLOB (":hash", hash), XQ_END);
}

static gboolean
is_bytes (XqStatement *statement, int column, const guint8 *expected)
{
  g_autoptr (GBytes) found = xq_statement_blob (statement, column);

  return g_bytes_get_size (found) == HASH_BYTES
         && sodium_memcmp (g_bytes_get_data (found, NULL), expected, HASH_BYTES) == 0;
}

static gboolean
check_link (XqSecret *key, XqStatement *statement, gint64 expected_id, guint8 *hash, GError **error)
{
  guint8 next[HASH_BYTES];
  Row row = {
    xq_statement_integer (statement, 0), xq_statement_integer (statement, 1),
    xq_statement_text (statement, 2),    xq_statement_text (statement, 3),
    xq_statement_integer (statement, 4), xq_statement_text (statement, 5),
  };

  hash_row (key, hash, &row, next);
  if (!is_bytes (statement, 6, hash) || !is_bytes (statement, 7, next))
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, expected_id);

      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                   _ ("The audit trail is broken at row %s: somebody has changed, removed or added rows outside of this program. Keep this vault as it is and compare it with your newest backup."),
                   number);
      return FALSE;
    }
  memcpy (hash, next, HASH_BYTES);
  return TRUE;
}

gboolean
xq_audit_verify (XqDatabase *database, gint64 *ret_rows, GError **error)
{
  XqSecret *key = xq_database_audit_key (database, error);
  g_autoptr (XqStatement) statement
      = key == NULL ? NULL
                    : xq_database_query (database, error,
                                         "SELECT id, at, action, entity, ifnull (entity_id, 0), detail, previous, hash"
                                         " FROM audit ORDER BY id",
                                         XQ_END);
  guint8 hash[HASH_BYTES] = { 0 };
  gint64 rows = 0;
  gboolean holds = TRUE;
  XqStep step = XQ_STEP_DONE;

  if (statement == NULL)
    return FALSE;
  while (holds && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      holds = check_link (key, statement, rows + 1, hash, error);
      rows += holds;
    }
  if (ret_rows != NULL)
    *ret_rows = rows;
  return holds && step != XQ_STEP_FAILED;
}

char *
xq_audit_head (XqDatabase *database, GError **error)
{
  guint8 hash[HASH_BYTES];
  gint64 id;

  if (!last_link (database, &id, hash, error))
    return NULL;
  return g_strdup_printf ("%02X%02X-%02X%02X", hash[0], hash[1], hash[2], hash[3]);
}

void
xq_audit_entry_free (XqAuditEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->action);
  g_free (entry->entity);
  g_free (entry->detail);
  g_free (entry);
}

XqAuditEntry *
xq_audit_entry_read (XqStatement *statement)
{
  XqAuditEntry *entry = g_new0 (XqAuditEntry, 1);

  entry->id = xq_statement_integer (statement, 0);
  entry->at = xq_statement_integer (statement, 1);
  entry->action = xq_statement_dup_text (statement, 2);
  entry->entity = xq_statement_dup_text (statement, 3);
  entry->entity_id = xq_statement_integer (statement, 4);
  entry->detail = xq_statement_dup_text (statement, 5);
  return entry;
}

GPtrArray *
xq_audit_list (XqDatabase *database, gint64 before, int limit, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error,
                           "SELECT id, at, action, entity, entity_id, detail FROM audit"
                           " WHERE id < :before ORDER BY id DESC LIMIT :limit",
                           XQ_INTEGER (":before", before > 0 ? before : G_MAXINT64),
                           XQ_INTEGER (":limit", limit), XQ_END);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_audit_entry_free);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (entries, xq_audit_entry_read (statement));
  return step == XQ_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

/* Eight hexadecimal digits, however they were typed: the first CODE_BYTES of a row's hash. */
static GBytes *
read_code (const char *code)
{
  g_autofree char *plain = g_utf8_normalize (code, -1, G_NORMALIZE_NFKC);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int high = -1;

  for (const char *at = plain; at != NULL && *at != '\0'; at++)
    {
      const int digit = g_ascii_xdigit_value (*at);
      const guint8 byte = (guint8) (high << 4 | digit);

      if (g_ascii_isspace (*at) || *at == '-')
        continue;
      if (digit < 0)
        return NULL;
      if (high >= 0)
        g_byte_array_append (bytes, &byte, 1);
      high = high < 0 ? digit : -1;
    }
  return high < 0 && bytes->len == CODE_BYTES ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

XqAuditEntry *
xq_audit_find_code (XqDatabase *database, const char *code, GError **error)
{
  g_autoptr (GBytes) bytes = read_code (code);
  g_autoptr (XqStatement) statement = NULL;

  if (bytes == NULL)
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _("“%s” is no audit code. It is eight digits and letters A to F, like 7F3A-19C2."), code);
      return NULL;
    }
  statement = xq_database_query (database, error,
                                 "SELECT id, at, action, entity, entity_id, detail FROM audit"
                                 " WHERE substr (hash, 1, :length) = :code ORDER BY id LIMIT 1",
                                 XQ_INTEGER (":length", CODE_BYTES), XQ_BLOB (":code", bytes), XQ_END);
  if (statement == NULL)
    return NULL;
  switch (xq_statement_step (statement, error))
    {
    case XQ_STEP_ROW:
      return xq_audit_entry_read (statement);
    case XQ_STEP_DONE:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND,
                   _("No row of today's audit trail has the code %s: the paper is of another vault, or the trail was written anew since. Compare with a backup of that time."),
                   code);
      return NULL;
    case XQ_STEP_FAILED:
    default:
      return NULL;
    }
}
