/* What the files of this room share about a connection. No other room includes it. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>
#include "base/progress.h"
#include "vault/database.h"
#include "vault/secret.h"

G_BEGIN_DECLS

#define XQ_KEY_BYTES 32

/* "XQVT": what `file` and a careful reader may tell a vault by, once it is opened. */
#define XQ_DATABASE_APPLICATION_ID 0x58515654

typedef enum
{
  XQ_OPEN_EXISTING,
  XQ_OPEN_CREATE,
  XQ_OPEN_READ_ONLY,
  XQ_OPEN_BACKUP, /* where it lies inside a backup */
} XqOpenMode;

struct _XqDatabase
{
  sqlite3 *handle;
  char *path;
  XqSecret *audit_key; /* xq_database_audit_key() gives it */
  gboolean audit_key_is_settled;
  GHashTable *statements;
  int depth;
  gboolean committing;
  gboolean read_only;
  gpointer owner;
  GDestroyNotify release_owner;
};

struct _XqStatement
{
  XqDatabase *database;
  sqlite3_stmt *handle;
  gboolean cached;
  gboolean busy;
};

/* Once a process: SQLite's heap on memory that is wiped when freed, no core dumps, and a refusal to go on
 * with a SQLite that cannot encrypt. */
void xq_sqlite_initialise (void);

/* Key, real read, cipher, pragmas. @key is XQ_KEY_BYTES raw bytes. @owner is kept until the connection closes. */
XqDatabase *xq_database_open (const char *path, XqSecret *key, XqOpenMode mode, GError **error);
void xq_database_set_owner (XqDatabase *database, gpointer owner, GDestroyNotify release_owner);

/* What the audit trail is hashed with: stored in the vault, else derived from its key. (transfer none); NULL when it
 * cannot be read. */
XqSecret *xq_database_audit_key (XqDatabase *database, GError **error);

/* Says in words what SQLite's @code means for the one at the screen. */
void xq_database_set_error (XqDatabase *database, int code, GError **error);

/* Several statements without parameters: a migration. */
gboolean xq_database_run_script (XqDatabase *database, const char *sql, GError **error);
/* For the table of prepared statements. */
guint xq_statement_hash (gconstpointer sql);
XqStatement *xq_database_query_valist (XqDatabase *database, GError **error, const char *sql, va_list list);

/* Brings the log into the main file. */
gboolean xq_database_checkpoint (XqDatabase *database, GError **error);
/* A copy of the whole database under the same key, by the backup interface. */
gboolean xq_database_copy (XqDatabase *database, const char *path, XqSecret *key,
                           GCancellable *cancellable, GError **error);
/* The same, telling how far it is; @key may be another one than @database's. */
gboolean xq_database_copy_with_progress (XqDatabase *database, const char *path, XqSecret *key,
                                         const XqProgress *progress, GError **error);

G_END_DECLS
