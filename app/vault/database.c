#include "config.h"

#include "vault/database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/backup-vfs.h"
#include "vault/file.h"

/* Decides random reads on big vaults; taken only as pages are read. */
#define CACHE_KIB   "131072"
#define BUSY_MS     15000
#define COPY_PAGES  1024
/* So much of a cache that ends is given back to the system at once. */
#define MUCH_BYTES  (16 << 20)

static void
free_statement (gpointer data)
{
  XqStatement *statement = data;

  if (statement->busy)
    g_error ("a statement outlives its connection: %s", sqlite3_sql (statement->handle));
  sqlite3_finalize (statement->handle);
  g_free (statement);
}

/* SQLCipher takes the key as text, and what is not exactly x'64 hex digits' silently becomes a passphrase:
 * this is the only place where it is made. */
static XqSecret *
key_literal (XqSecret *key)
{
  XqSecret *literal;
  char *text;

  g_assert (xq_secret_length (key) == XQ_KEY_BYTES);
  literal = xq_secret_new (2 * XQ_KEY_BYTES + 3);
  text = (char *) xq_secret_bytes (literal);
  /* sodium_bin2hex writes a terminator where the closing quote comes. */
  sodium_bin2hex (text + 2, 2 * XQ_KEY_BYTES + 1, xq_secret_bytes (key), XQ_KEY_BYTES);
  memcpy (text, "x'", 2);
  text[2 * XQ_KEY_BYTES + 2] = '\'';
  g_assert (strspn (text + 2, "0123456789abcdef") == 2 * XQ_KEY_BYTES);
  return literal;
}

static XqSecret *
derive_audit_key (XqSecret *key)
{
  XqSecret *subkey = xq_secret_new (XQ_KEY_BYTES);

  G_STATIC_ASSERT (crypto_kdf_KEYBYTES == XQ_KEY_BYTES);
  crypto_kdf_derive_from_key (xq_secret_bytes (subkey), XQ_KEY_BYTES, 1, "xqaudit_", xq_secret_bytes (key));
  return subkey;
}

static gboolean
apply_key (XqDatabase *database, XqSecret *key, GError **error)
{
  g_autoptr (XqSecret) literal = key_literal (key);
  int code;

  /* Else the cipher writes its troubles to standard error. */
  code = sqlite3_key_v2 (database->handle, "main", xq_secret_bytes (literal), xq_secret_length (literal));
  if (code != SQLITE_OK)
    {
      xq_database_set_error (database, code, error);
      return FALSE;
    }
  /* The first key of a process starts the cipher, which begins with its own log on standard error. */
  return xq_database_run_script (database, "PRAGMA cipher_log_level = NONE", error);
}

/* A SQLite without the cipher takes the key without a word and writes plain text. */
static gboolean
check_cipher (XqDatabase *database, GError **error)
{
  g_autofree char *version = NULL;
  gint64 tables;

  if (!xq_database_get_integer (database, error, &tables, NULL, "SELECT count(*) FROM sqlite_schema", XQ_END))
    return FALSE;
  version = xq_database_get_text (database, NULL, "PRAGMA cipher_version", XQ_END);
  if (version == NULL || *version == '\0')
    {
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                           _ ("This program's SQLite cannot encrypt. Nothing was opened; install Xinqiao again."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
apply_settings (XqDatabase *database, GError **error)
{
  sqlite3_db_config (database->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (database->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (database->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (database->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  if (!xq_database_run_script (database,
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA cache_size = -" CACHE_KIB ";"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA synchronous = FULL;",
                               error))
    return FALSE;
  /* A big import makes a long log; the space is given back at the next checkpoint. */
  return database->read_only
         || xq_database_run_script (database, "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216",
                                    error);
}

/* A write is a transaction with its audit row: one that commits by itself is refused. */
static int
on_commit (void *data)
{
  XqDatabase *database = data;

  return database->committing ? 0 : 1;
}

static int
open_flags (XqOpenMode mode)
{
  switch (mode)
    {
    case XQ_OPEN_READ_ONLY:
    case XQ_OPEN_BACKUP:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    case XQ_OPEN_CREATE:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    case XQ_OPEN_EXISTING:
    default:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    }
}

/* Made by us before SQLite makes it, so that nobody else may read it. */
static gboolean
create_private (const char *path, GError **error)
{
  int descriptor = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);

  if (descriptor < 0)
    {
      xq_file_set_error (path, errno, error);
      return FALSE;
    }
  close (descriptor);
  return TRUE;
}

static XqDatabase *
new_database (const char *path, XqOpenMode mode)
{
  XqDatabase *database = g_new0 (XqDatabase, 1);

  database->path = g_strdup (path);
  database->read_only = mode == XQ_OPEN_READ_ONLY || mode == XQ_OPEN_BACKUP;
  database->statements = g_hash_table_new_full (xq_statement_hash, g_str_equal, g_free, free_statement);
  return database;
}

/* To SQLite a file without a byte is a new database that any key fits: a vault that a power cut or a bad disk emptied would
 * open as one in which nothing had ever been, and pass every check. Its WAL, which may hold something yet, would be removed. */
static gboolean
is_emptied (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == 0;
}

XqDatabase *
xq_database_open (const char *path, XqSecret *key, XqOpenMode mode, GError **error)
{
  g_autoptr (XqDatabase) database = NULL;
  int code;

  xq_sqlite_initialise ();
  if (mode == XQ_OPEN_CREATE && !create_private (path, error))
    return NULL;
  database = new_database (path, mode);
  if (mode != XQ_OPEN_CREATE && is_emptied (path))
    {
      xq_database_set_error (database, SQLITE_NOTADB, error);
      return NULL;
    }
  code = sqlite3_open_v2 (path, &database->handle, open_flags (mode),
                          mode == XQ_OPEN_BACKUP ? xq_backup_vfs () : NULL);
  if (code != SQLITE_OK)
    {
      xq_database_set_error (database, code, error);
      return NULL;
    }
  sqlite3_extended_result_codes (database->handle, 1);
  sqlite3_busy_timeout (database->handle, BUSY_MS);
  if (!apply_key (database, key, error) || !check_cipher (database, error)
      || !apply_settings (database, error))
    return NULL;
  sqlite3_commit_hook (database->handle, on_commit, database);
  database->audit_key = derive_audit_key (key);
  return g_steal_pointer (&database);
}

/* A vault that got a new recovery code keeps the key of its first one for its audit trail, so that old links and old
 * head codes stay what they are. */
static gboolean
read_stored_audit_key (XqDatabase *database, GError **error)
{
  g_autoptr (XqStatement) statement = xq_database_query (database, error, "SELECT key FROM audit_key", XQ_END);
  XqStep step = statement != NULL ? xq_statement_step (statement, error) : XQ_STEP_FAILED;

  if (step != XQ_STEP_ROW)
    return step == XQ_STEP_DONE;
  if (sqlite3_column_bytes (statement->handle, 0) != XQ_KEY_BYTES)
    {
      xq_database_set_error (database, SQLITE_CORRUPT, error);
      return FALSE;
    }
  memcpy (xq_secret_bytes (database->audit_key), sqlite3_column_blob (statement->handle, 0), XQ_KEY_BYTES);
  return TRUE;
}

XqSecret *
xq_database_audit_key (XqDatabase *database, GError **error)
{
  gint64 stored = 0;

  if (database->audit_key_is_settled)
    return database->audit_key;
  if (!xq_database_get_integer (database, error, &stored, NULL,
                                "SELECT count(*) FROM sqlite_schema WHERE name = 'audit_key'", XQ_END)
      || (stored > 0 && !read_stored_audit_key (database, error)))
    return NULL;
  /* An older schema has no such table; it may get it on this connection. */
  database->audit_key_is_settled = stored > 0;
  return database->audit_key;
}

void
xq_database_set_owner (XqDatabase *database, gpointer owner, GDestroyNotify release_owner)
{
  database->owner = owner;
  database->release_owner = release_owner;
}

static gboolean
holds_much (XqDatabase *database)
{
  int now = 0, most = 0;

  return database->handle != NULL
         && sqlite3_db_status (database->handle, SQLITE_DBSTATUS_CACHE_USED, &now, &most, FALSE) == SQLITE_OK
         && now >= MUCH_BYTES;
}

void
xq_database_free (XqDatabase *database)
{
  gboolean much;

  if (database == NULL)
    return;
  g_hash_table_unref (database->statements);
  much = holds_much (database);
  if (sqlite3_close (database->handle) != SQLITE_OK)
    g_error ("a statement outlives its connection");
  /* A cache is of many small pieces, which the C library would keep for a thread that may never come again. */
  if (much)
    malloc_trim (0);
  xq_secret_free (database->audit_key);
  if (database->owner != NULL)
    database->release_owner (database->owner);
  g_free (database->path);
  g_free (database);
}

gint64
xq_database_last_id (XqDatabase *database)
{
  return sqlite3_last_insert_rowid (database->handle);
}

gint64
xq_database_changes (XqDatabase *database)
{
  return sqlite3_changes64 (database->handle);
}

gboolean
xq_database_is_read_only (XqDatabase *database)
{
  return database->read_only;
}

gboolean
xq_database_run_script (XqDatabase *database, const char *sql, GError **error)
{
  int code = sqlite3_exec (database->handle, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    xq_database_set_error (database, code, error);
  return code == SQLITE_OK;
}

gboolean
xq_database_checkpoint (XqDatabase *database, GError **error)
{
  int code = sqlite3_wal_checkpoint_v2 (database->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (code != SQLITE_OK)
    xq_database_set_error (database, code, error);
  return code == SQLITE_OK;
}

static gboolean
copy_pages (XqDatabase *from, XqDatabase *to, const XqProgress *progress, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->handle, "main", from->handle, "main");
  gboolean go_on = TRUE;
  int code;

  if (backup == NULL)
    {
      xq_database_set_error (to, sqlite3_errcode (to->handle), error);
      return FALSE;
    }
  do
    {
      code = sqlite3_backup_step (backup, COPY_PAGES);
      go_on = xq_progress_step (progress,
                                1.0 - (double) sqlite3_backup_remaining (backup)
                                          / MAX (1, sqlite3_backup_pagecount (backup)),
                                _ ("Copying the vault …"), error);
    }
  while (code == SQLITE_OK && go_on);
  if (code == SQLITE_DONE || code == SQLITE_OK)
    code = sqlite3_backup_finish (backup);
  else
    sqlite3_backup_finish (backup);
  if (!go_on)
    return FALSE;
  if (code != SQLITE_OK)
    xq_database_set_error (to, code, error);
  return code == SQLITE_OK;
}

gboolean
xq_database_copy_with_progress (XqDatabase *database, const char *path, XqSecret *key, const XqProgress *progress,
                                GError **error)
{
  g_autoptr (XqDatabase) copy = xq_database_open (path, key, XQ_OPEN_CREATE, error);

  if (copy == NULL)
    return FALSE;
  /* The copying commits by itself; it is no change of the vault. */
  sqlite3_commit_hook (copy->handle, NULL, NULL);
  /* An empty file's rollback journal is empty: the copy takes its room once, where a log would take it twice. */
  return xq_database_run_script (copy, "PRAGMA journal_mode = DELETE", error)
         && copy_pages (database, copy, progress, error);
}

gboolean
xq_database_copy (XqDatabase *database, const char *path, XqSecret *key, GCancellable *cancellable,
                  GError **error)
{
  const XqProgress progress = { NULL, NULL, cancellable };

  return xq_database_copy_with_progress (database, path, key, &progress, error);
}
