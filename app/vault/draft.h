/* What is being typed in a form, kept in the vault before anybody has saved it: a crash, a lock or a closed dialog
 * loses nothing.
 *
 * A draft is not a record. It has no audit row, because nothing has been decided, written about or shown to anybody by it; it
 * stands in no list, count or report; and when its form is saved or thrown away it is deleted, by `secure_delete` with its
 * bytes. There is one draft of each form about each thing. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

/**
 * XqDraft:
 * @kind: which form: "note", "triage"
 * @entity: what the form is about: "person", "warning"
 * @entity_id: which one; 0 for one that is not there yet
 * @fields: a JSON object: what was changed, by the name of its field, as it was typed
 * @saved_at: unix seconds
 */
typedef struct
{
  gint64 id;
  char *kind;
  char *entity;
  gint64 entity_id;
  char *fields;
  gint64 saved_at;
} XqDraft;

XQ_DECLARE_RECORD (XqDraft, draft, XQ_DRAFT)

/* What was typed, as of now; not kept yet. (transfer full) */
XqDraft *xq_draft_typed (const char *kind, const char *entity, gint64 entity_id, JsonObject *fields);
/* Keeps it in place of what was kept of its form before. */
gboolean xq_draft_keep (XqDatabase *database, const XqDraft *draft, GError **error);
/* %NULL with @error unset when there is none. (transfer full) */
XqDraft *xq_draft_find (XqDatabase *database, const char *kind, const char *entity, gint64 entity_id, GError **error);
/* What was typed, as names and texts; an empty one when it cannot be read. (transfer full) */
JsonObject *xq_draft_fields (const XqDraft *draft);
/* Deletes it; that there is none is no error. */
gboolean xq_draft_drop (XqDatabase *database, const char *kind, const char *entity, gint64 entity_id, GError **error);
/* The newest first. (element-type XqDraft) */
GPtrArray *xq_draft_list (XqDatabase *database, GError **error);

G_END_DECLS
