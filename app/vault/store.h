/* Records in and out of the database by their field table. Every write is one transaction with its audit row. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

/* Validates, inserts, sets the record's id and appends the audit row `insert`. A record that has an id already keeps it
 * (an undo). A text that is none is kept as "" where the column is NOT NULL. */
gboolean xq_store_insert (XqDatabase *database, const XqEntity *entity, gpointer record, GError **error);
/* Writes the fields that differ from what is stored; the audit row holds the difference. Nothing differs:
 * nothing is written. XQ_ERROR_NOT_FOUND when the record is gone. */
gboolean xq_store_update (XqDatabase *database, const XqEntity *entity, gconstpointer record, GError **error);
gboolean xq_store_delete (XqDatabase *database, const XqEntity *entity, gint64 id, GError **error);
/* (transfer full); XQ_ERROR_NOT_FOUND names the entity by its label. */
gpointer xq_store_load (XqDatabase *database, const XqEntity *entity, gint64 id, GError **error);
/* "id, name, sex, …" for a SELECT whose rows xq_store_read() reads; @prefix is "p." or "". Interned. */
const char *xq_store_columns (const XqEntity *entity, const char *prefix);
/* A record from the columns @first_column… of the present row. (transfer full) */
gpointer xq_store_read (const XqEntity *entity, XqStatement *statement, int first_column);
/* All records of "SELECT columns FROM table " + @tail ("WHERE person_id = :person ORDER BY …"), as a
 * GPtrArray that frees them. */
GPtrArray *xq_store_list (XqDatabase *database, GError **error, const XqEntity *entity, const char *tail, ...);
/* For bulk writes whose audit is one row for the whole batch: inserts without an audit row. The caller
 * has a transaction open and appends the batch's row to the audit itself. */
gboolean xq_store_insert_unaudited (XqDatabase *database, const XqEntity *entity, gpointer record, GError **error);
gboolean xq_store_update_unaudited (XqDatabase *database, const XqEntity *entity, gconstpointer record, GError **error);

G_END_DECLS
