/* What was done to which record when: an append-only table, each row hashed over the row before with a key
 * that only an opened vault has. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

/* Appends a row; a transaction must be open (the write it tells of), or the call fails.
 * @action is an English verb phrase in snake_case ("roster_import", "insert"); @entity a table's name or NULL;
 * @detail (nullable) is kept as compact JSON. */
gboolean xq_audit_append (XqDatabase *database, const char *action, const char *entity, gint64 entity_id,
                          JsonObject *detail, GError **error);
/* Walks the chain. A broken link is XQ_ERROR_DAMAGED and names the first bad row. @ret_rows (nullable) is how many links
 * hold, on failure too: the first bad row is the next one. */
gboolean xq_audit_verify (XqDatabase *database, gint64 *ret_rows, GError **error);
/* The short code of the last row, "7F3A-19C2"; printed on reports. (transfer full) */
char *xq_audit_head (XqDatabase *database, GError **error);

typedef struct
{
  gint64 id;
  gint64 at;
  char *action;
  char *entity;
  gint64 entity_id;
  char *detail;
} XqAuditEntry;

void xq_audit_entry_free (XqAuditEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqAuditEntry, xq_audit_entry_free)
/* The entry of a row of "SELECT id, at, action, entity, entity_id, detail". (transfer full) */
XqAuditEntry *xq_audit_entry_read (XqStatement *statement);
/* Newest first, at most @limit rows with id < @before (0: from the end). */
GPtrArray *xq_audit_list (XqDatabase *database, gint64 before, int limit, GError **error);

/**
 * xq_audit_find_code:
 * @code: a head's short code from a paper or a backup; small and full-width letters, spaces and a missing dash are read
 *   as well
 * @error: XQ_VAULT_ERROR: XQ_ERROR_REFUSED for what is no code, XQ_ERROR_NOT_FOUND when no row of today's chain has it:
 *   the paper is another vault's, or the chain was written anew since
 *
 * A code that is found says nothing by itself: only with xq_audit_verify() is everything up to that row what it was.
 *
 * Returns: (transfer full): the row that was the last one when the code was given out
 */
XqAuditEntry *xq_audit_find_code (XqDatabase *database, const char *code, GError **error);

G_END_DECLS
