/* One connection to the encrypted database, and its statements.
 *
 * Statements are prepared once and cached by their SQL text. Parameters are named (":person"); a name that
 * the SQL does not have is a programmer's error and aborts. A connection belongs to one thread at a time. */
#pragma once

#include <glib.h>
#include "base/error.h"

G_BEGIN_DECLS

#define XQ_VAULT_ERROR (xq_vault_error_quark ())
GQuark xq_vault_error_quark (void);

typedef struct _XqDatabase XqDatabase;
typedef struct _XqStatement XqStatement;
typedef struct _XqTransaction XqTransaction;

typedef enum
{
  XQ_STEP_FAILED = -1,
  XQ_STEP_DONE = 0,
  XQ_STEP_ROW = 1,
} XqStep;

typedef enum
{
  XQ_BIND_END,
  XQ_BIND_INTEGER,
  XQ_BIND_REFERENCE, /* 0 becomes NULL */
  XQ_BIND_REAL,
  XQ_BIND_TEXT, /* NULL becomes NULL */
  XQ_BIND_BLOB,
} XqBindKind;

/* What follows the SQL in the calls below: any number of these, then XQ_END. */
#define XQ_INTEGER(name, value) XQ_BIND_INTEGER, (const char *) (name), (gint64) (value)
#define XQ_REFERENCE(name, value) XQ_BIND_REFERENCE, (const char *) (name), (gint64) (value)
#define XQ_REAL(name, value) XQ_BIND_REAL, (const char *) (name), (double) (value)
#define XQ_TEXT(name, value) XQ_BIND_TEXT, (const char *) (name), (const char *) (value)
#define XQ_BLOB(name, bytes) XQ_BIND_BLOB, (const char *) (name), (GBytes *) (bytes)
#define XQ_END XQ_BIND_END

/* Closes the connection; statements must have been released. */
void xq_database_free (XqDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDatabase, xq_database_free)

/* A statement with its parameters bound, or NULL. g_autoptr gives it back to the cache. */
XqStatement *xq_database_query (XqDatabase *database, GError **error, const char *sql, ...);
/* Runs a statement that returns no rows (or whose rows do not matter). */
gboolean xq_database_execute (XqDatabase *database, GError **error, const char *sql, ...);
/* The first column of the first row; @ret_value stays as it was when there is no row, which is no error.
 * @ret_found may be NULL. */
gboolean xq_database_get_integer (XqDatabase *database, GError **error, gint64 *ret_value,
                                  gboolean *ret_found, const char *sql, ...);
/* (transfer full); NULL with @error unset when there is no row or the value is NULL. */
char *xq_database_get_text (XqDatabase *database, GError **error, const char *sql, ...);
gint64 xq_database_last_id (XqDatabase *database);
/* Rows changed by the last statement. */
gint64 xq_database_changes (XqDatabase *database);
/* What was opened may only be read (a second connection for lists). */
gboolean xq_database_is_read_only (XqDatabase *database);

XqStep xq_statement_step (XqStatement *statement, GError **error);
/* Unbound and rewound, to be bound again: the inner loop of an import. */
void xq_statement_reset (XqStatement *statement);
void xq_statement_bind_integer (XqStatement *statement, const char *name, gint64 value);
void xq_statement_bind_reference (XqStatement *statement, const char *name, gint64 value);
void xq_statement_bind_real (XqStatement *statement, const char *name, double value);
void xq_statement_bind_text (XqStatement *statement, const char *name, const char *value);
void xq_statement_bind_blob (XqStatement *statement, const char *name, GBytes *value);
/* Columns are counted from 0. Text is borrowed until the next step; NULL for NULL. */
gint64 xq_statement_integer (XqStatement *statement, int column);
double xq_statement_real (XqStatement *statement, int column);
const char *xq_statement_text (XqStatement *statement, int column);
char *xq_statement_dup_text (XqStatement *statement, int column);
GBytes *xq_statement_blob (XqStatement *statement, int column);
gboolean xq_statement_is_null (XqStatement *statement, int column);
int xq_statement_columns (XqStatement *statement);
const char *xq_statement_column_name (XqStatement *statement, int column);
/* The first column of all rows (element-type gint64). (transfer full) */
GArray *xq_statement_ids (XqStatement *statement, GError **error);
/* Gives the statement back to its cache. */
void xq_statement_release (XqStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqStatement, xq_statement_release)

/* BEGIN IMMEDIATE, or a savepoint when one is open already. g_autoptr rolls back what was not committed. A
 * write outside of a transaction is refused. On a connection that only reads, it is a snapshot: everything read
 * in it is of one moment. */
XqTransaction *xq_transaction_begin (XqDatabase *database, GError **error);
/* Takes @transaction: call as xq_transaction_commit (g_steal_pointer (&transaction), error). */
gboolean xq_transaction_commit (XqTransaction *transaction, GError **error);
void xq_transaction_rollback (XqTransaction *transaction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqTransaction, xq_transaction_rollback)

G_END_DECLS
