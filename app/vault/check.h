/* Whether what was written is all there. Private to this room. */
#pragma once

#include "vault/database.h"
#include "vault/secret.h"
#include "vault/vault.h"

G_BEGIN_DECLS

/* Opens @path afresh and compares it with @database: pages, integrity, rows of each table, schema, head of the audit
 * trail. */
gboolean xq_check_copy (XqDatabase *database, const char *path, XqSecret *key, GError **error);
/* What a check said that is not "ok", joined; "ok" when that is all. Damage that stops it is its answer; NULL when the disk
 * or the user stopped it. */
char *xq_check_lines (XqDatabase *database, const char *sql, GError **error);
/* The names of the tables with rows of their own, in order, and their rows. */
gboolean xq_count_rows (XqDatabase *database, GPtrArray **ret_tables, GArray **ret_rows, GError **error);

G_END_DECLS
