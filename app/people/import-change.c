/* A record is kept as the JSON of its very columns, made and read by the database itself, so that what comes back
 * is what was there. */
#include "config.h"

#include "people/import-change.h"

#include "base/clock.h"
#include "vault/store.h"

gboolean
xq_import_begin (XqDatabase *database, const char *kind, const char *file_name, JsonObject *counts,
                 gint64 *ret_batch_id, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, counts);
  text = json_to_string (node, FALSE);
  if (!xq_database_execute (database, error,
                            "INSERT INTO import_batch (kind, file_name, at, counts)"
                            " VALUES (:kind, :file, :at, :counts)",
                            XQ_TEXT (":kind", kind), XQ_TEXT (":file", file_name),
                            XQ_INTEGER (":at", xq_clock_now ()), XQ_TEXT (":counts", text), XQ_END))
    return FALSE;
  *ret_batch_id = xq_database_last_id (database);
  return TRUE;
}

gboolean
xq_import_end (XqDatabase *database, gint64 batch_id, GError **error)
{
  return xq_database_execute (database, error, "UPDATE import_batch SET at = :at WHERE id = :batch",
                              XQ_INTEGER (":at", xq_clock_now ()), XQ_INTEGER (":batch", batch_id), XQ_END);
}

gboolean
xq_import_note_new (XqDatabase *database, gint64 batch_id, const XqEntity *entity, gint64 id, GError **error)
{
  return xq_database_execute (database, error,
                              "INSERT INTO import_change (batch_id, entity, entity_id)"
                              " VALUES (:batch, :entity, :id)",
                              XQ_INTEGER (":batch", batch_id), XQ_TEXT (":entity", entity->name),
                              XQ_INTEGER (":id", id), XQ_END);
}

/* @piece is repeated for each column with its name for every "%". */
static void
append_columns (GString *sql, const XqEntity *entity, const char *piece)
{
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    {
      if (field != entity->fields)
        g_string_append (sql, ", ");
      for (const char *at = piece; *at != '\0'; at++)
        if (*at == '%')
          g_string_append (sql, field->name);
        else
          g_string_append_c (sql, *at);
    }
}

gboolean
xq_import_keep (XqDatabase *database, gint64 batch_id, const XqEntity *entity, gint64 id, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO import_change (batch_id, entity, entity_id, before)"
                                          " SELECT :batch, :entity, id, json_object (");

  append_columns (sql, entity, "'%', %");
  g_string_append_printf (sql, ") FROM %s WHERE id = :id", entity->name);
  return xq_database_execute (database, error, sql->str, XQ_INTEGER (":batch", batch_id),
                              XQ_TEXT (":entity", entity->name), XQ_INTEGER (":id", id), XQ_END);
}

gboolean
xq_import_put_back (XqDatabase *database, const XqEntity *entity, gint64 change_id, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO %s (%s) SELECT entity_id, ", entity->name,
                          xq_store_columns (entity, ""));
  append_columns (sql, entity, "json_extract (before, '$.%')");
  g_string_append (sql, " FROM import_change WHERE id = :change ON CONFLICT (id) DO UPDATE SET ");
  append_columns (sql, entity, "% = excluded.%");
  return xq_database_execute (database, error, sql->str, XQ_INTEGER (":change", change_id), XQ_END);
}

gboolean
xq_import_mark_undone (XqDatabase *database, gint64 batch_id, GError **error)
{
  return xq_database_execute (database, error, "UPDATE import_batch SET undone_at = :at WHERE id = :batch",
                              XQ_INTEGER (":at", xq_clock_now ()), XQ_INTEGER (":batch", batch_id), XQ_END);
}
