#include "config.h"

#include "vault/draft.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "vault/store.h"

static const XqField fields[] = {
  { "kind", N_("Kind"), XQ_FIELD_TEXT, G_STRUCT_OFFSET (XqDraft, kind), XQ_FIELD_INTERNAL | XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL },
  { "entity", NULL, XQ_FIELD_TEXT, G_STRUCT_OFFSET (XqDraft, entity), XQ_FIELD_INTERNAL | XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL },
  { "entity_id", NULL, XQ_FIELD_INTEGER, G_STRUCT_OFFSET (XqDraft, entity_id), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL },
  { "fields", NULL, XQ_FIELD_TEXT, G_STRUCT_OFFSET (XqDraft, fields), XQ_FIELD_INTERNAL | XQ_FIELD_REQUIRED, XQ_PRIVACY_IDENTIFYING, NULL },
  { "saved_at", N_("Time"), XQ_FIELD_TIME, G_STRUCT_OFFSET (XqDraft, saved_at), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL },
  XQ_FIELDS_END,
};

const XqEntity XQ_DRAFT = { "draft", N_("Draft"), sizeof (XqDraft), fields };

static gboolean
delete_row (XqDatabase *database, const char *kind, const char *entity, gint64 entity_id, GError **error)
{
  return xq_database_execute (database, error,
                              "DELETE FROM draft WHERE kind = :kind AND entity = :entity AND entity_id = :id",
                              XQ_TEXT (":kind", kind), XQ_TEXT (":entity", entity), XQ_INTEGER (":id", entity_id), XQ_END);
}

XqDraft *
xq_draft_typed (const char *kind, const char *entity, gint64 entity_id, JsonObject *typed)
{
  g_autoptr (XqDraft) draft = xq_draft_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();

  g_return_val_if_fail (kind != NULL && entity != NULL && typed != NULL, NULL);

  json_node_init_object (node, typed);
  draft->kind = g_strdup (kind);
  draft->entity = g_strdup (entity);
  draft->entity_id = entity_id;
  draft->fields = json_to_string (node, FALSE);
  draft->saved_at = xq_clock_now ();
  return g_steal_pointer (&draft);
}

gboolean
xq_draft_keep (XqDatabase *database, const XqDraft *draft, GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (XqDraft) row = NULL;

  g_return_val_if_fail (draft != NULL, FALSE);

  row = xq_draft_copy (draft);
  transaction = xq_transaction_begin (database, error);
  return transaction != NULL && delete_row (database, draft->kind, draft->entity, draft->entity_id, error)
         && xq_store_insert_unaudited (database, &XQ_DRAFT, row, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

XqDraft *
xq_draft_find (XqDatabase *database, const char *kind, const char *entity, gint64 entity_id, GError **error)
{
  g_autoptr (GPtrArray) found
      = xq_store_list (database, error, &XQ_DRAFT, "WHERE kind = :kind AND entity = :entity AND entity_id = :id",
                       XQ_TEXT (":kind", kind), XQ_TEXT (":entity", entity), XQ_INTEGER (":id", entity_id), XQ_END);

  return found != NULL && found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
}

JsonObject *
xq_draft_fields (const XqDraft *draft)
{
  g_autoptr (JsonNode) node = json_from_string (draft->fields, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : json_object_new ();
}

gboolean
xq_draft_drop (XqDatabase *database, const char *kind, const char *entity, gint64 entity_id, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  return transaction != NULL && delete_row (database, kind, entity, entity_id, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

GPtrArray *
xq_draft_list (XqDatabase *database, GError **error)
{
  return xq_store_list (database, error, &XQ_DRAFT, "ORDER BY saved_at DESC, id DESC", XQ_END);
}
