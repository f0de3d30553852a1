/* What is sealed inside a backup: counted in the vault while it is copied, compared with the copy afterwards. */
#include "config.h"

#include "vault/backup-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "vault/audit.h"
#include "vault/check.h"
#include "vault/file.h"
#include "vault/keyslots.h"

#define NO_VAULT "00000000000000000000000000000000"

gboolean
xq_backup_step (const XqBackupSpan *span, double part, const char *what, GError **error)
{
  return xq_progress_step (span->progress, span->from + (span->to - span->from) * part, what, error);
}

/* -- keyslots */

static char *
read_slots (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (XqKeyslots) slots = NULL;
  gsize length;

  if (!xq_file_read (path, XQ_BACKUP_SLOTS_MOST, &text, &length) || strlen (text) != length)
    return NULL;
  slots = xq_keyslots_parse (text, length);
  return slots != NULL ? g_steal_pointer (&text) : NULL;
}

char *
xq_backup_load_slots (const char *folder, char *ret_vault)
{
  g_autofree char *text = read_slots (folder, "keyslots.json");
  g_autoptr (JsonNode) node = NULL;
  const char *vault = NULL;

  if (text == NULL)
    text = read_slots (folder, "keyslots.json.bak");
  /* A vault that lost its slots is opened by the recovery code; so will be its backup. */
  node = text != NULL ? xq_json_parse (text, strlen (text)) : NULL;
  if (node != NULL)
    vault = json_object_get_string_member_with_default (json_node_get_object (node), "vault", NULL);
  if (vault == NULL || strlen (vault) != XQ_BACKUP_VAULT_LENGTH
      || strspn (vault, "0123456789abcdef") != XQ_BACKUP_VAULT_LENGTH)
    vault = NO_VAULT;
  memcpy (ret_vault, vault, XQ_BACKUP_VAULT_LENGTH + 1);
  return g_steal_pointer (&text);
}

/* -- contents */

void
xq_backup_contents_free (XqBackupContents *contents)
{
  if (contents == NULL)
    return;
  g_free (contents->name);
  g_free (contents->audit_head);
  g_clear_pointer (&contents->tables, g_ptr_array_unref);
  g_clear_pointer (&contents->rows, g_array_unref);
  g_free (contents);
}

XqBackupContents *
xq_backup_contents_read (XqDatabase *database, GError **error)
{
  g_autoptr (XqBackupContents) contents = g_new0 (XqBackupContents, 1);

  contents->name = xq_setting_get (database, "name", "");
  contents->audit_head = xq_audit_head (database, error);
  if (contents->audit_head == NULL
      || !xq_database_get_integer (database, error, &contents->audit_rows, NULL, "SELECT ifnull (max (id), 0) FROM audit",
                                   XQ_END)
      || !xq_count_rows (database, &contents->tables, &contents->rows, error))
    return NULL;
  for (guint i = 0; i < contents->rows->len; i++)
    contents->total += g_array_index (contents->rows, gint64, i);
  return g_steal_pointer (&contents);
}

char *
xq_backup_contents_write (const XqBackupContents *contents)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonObject *rows = json_object_new ();

  json_object_set_string_member (object, "name", contents->name);
  json_object_set_string_member (object, "audit_head", contents->audit_head);
  json_object_set_int_member (object, "audit_rows", contents->audit_rows);
  json_object_set_string_member (object, "kind", xq_backup_kinds[contents->kind].id);
  for (guint i = 0; i < contents->tables->len; i++)
    json_object_set_int_member (rows, g_ptr_array_index (contents->tables, i), g_array_index (contents->rows, gint64, i));
  json_object_set_object_member (object, "rows", rows);
  node = json_node_init_object (json_node_alloc (), object);
  return json_to_string (node, FALSE);
}

static gboolean
parse_rows (JsonObject *object, XqBackupContents *contents)
{
  JsonNode *node = json_object_get_member (object, "rows");
  g_autoptr (GList) names = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  names = json_object_get_members (object);
  for (GList *name = names; name != NULL; name = name->next)
    {
      gint64 count = json_object_get_int_member_with_default (object, name->data, -1);

      if (count < 0)
        return FALSE;
      g_ptr_array_add (contents->tables, g_strdup (name->data));
      g_array_append_val (contents->rows, count);
      contents->total += count;
    }
  return TRUE;
}

XqBackupContents *
xq_backup_contents_parse (const char *text)
{
  g_autoptr (JsonNode) node = xq_json_parse (text, strlen (text));
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (XqBackupContents) contents = g_new0 (XqBackupContents, 1);

  if (object == NULL)
    return NULL;
  contents->name = g_strdup (json_object_get_string_member_with_default (object, "name", ""));
  contents->audit_head = g_strdup (json_object_get_string_member_with_default (object, "audit_head", ""));
  contents->audit_rows = json_object_get_int_member_with_default (object, "audit_rows", 0);
  contents->kind = xq_choice_index (xq_backup_kinds, json_object_get_string_member_with_default (object, "kind", "manual"));
  if (contents->kind < 0)
    contents->kind = XQ_BACKUP_BY_HAND;
  contents->tables = g_ptr_array_new_with_free_func (g_free);
  contents->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  return parse_rows (object, contents) ? g_steal_pointer (&contents) : NULL;
}
