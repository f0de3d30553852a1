/* Transactions that nest: the outermost is one of the database, the inner ones are savepoints. */
#include "config.h"

#include "vault/database-private.h"

#include <glib/gi18n-lib.h>

struct _XqTransaction
{
  XqDatabase *database;
  int depth;
};

static gboolean
run (XqDatabase *database, const char *verb, int depth, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("%s xq_%d", verb, depth);

  return xq_database_execute (database, error, sql, XQ_END);
}

/* A full disk makes SQLite roll back by itself, under all our savepoints. */
static gboolean
is_gone (XqDatabase *database)
{
  return sqlite3_get_autocommit (database->handle) != 0;
}

static gboolean
commit (XqDatabase *database, GError **error)
{
  gboolean done;

  database->committing = TRUE;
  done = xq_database_execute (database, error, "COMMIT", XQ_END);
  database->committing = FALSE;
  return done;
}

/* A commit that failed in its sync stands in the log all the same, and a program that starts after a crash would take it
 * for stored, though it was refused. One that changes nothing (the schema's number is written as it was) begins in the
 * same place of the log and so puts an end to it. Where even that cannot be written, nothing more can be done. */
static void
write_over (XqDatabase *database)
{
  gint64 version = 0;
  g_autofree char *same = NULL;

  if (!xq_database_get_integer (database, NULL, &version, NULL, "PRAGMA user_version", XQ_END)
      || !xq_database_execute (database, NULL, "BEGIN IMMEDIATE", XQ_END))
    return;
  same = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);
  if ((!xq_database_run_script (database, same, NULL) || !commit (database, NULL)) && !is_gone (database))
    xq_database_execute (database, NULL, "ROLLBACK", XQ_END);
}

XqTransaction *
xq_transaction_begin (XqDatabase *database, GError **error)
{
  XqTransaction *transaction;
  gboolean begun;

  if (database->depth == 0)
    begun = xq_database_execute (database, error, database->read_only ? "BEGIN" : "BEGIN IMMEDIATE", XQ_END);
  else
    begun = run (database, "SAVEPOINT", database->depth, error);
  if (!begun)
    return NULL;
  transaction = g_new0 (XqTransaction, 1);
  transaction->database = database;
  transaction->depth = database->depth++;
  return transaction;
}

gboolean
xq_transaction_commit (XqTransaction *transaction, GError **error)
{
  XqDatabase *database = transaction->database;
  gboolean done;

  if (transaction->depth != database->depth - 1)
    g_error ("an inner transaction is still open");
  if (is_gone (database))
    {
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                           _ ("Nothing was stored, because an earlier step could not be written."));
      done = FALSE;
    }
  else if (transaction->depth > 0)
    done = run (database, "RELEASE", transaction->depth, error);
  else
    done = commit (database, error);
  if (!done)
    {
      gboolean in_doubt = transaction->depth == 0 && (sqlite3_errcode (database->handle) & 0xff) == SQLITE_IOERR;

      xq_transaction_rollback (transaction);
      if (in_doubt)
        write_over (database);
      return FALSE;
    }
  database->depth--;
  g_free (transaction);
  return TRUE;
}

void
xq_transaction_rollback (XqTransaction *transaction)
{
  XqDatabase *database;

  if (transaction == NULL)
    return;
  database = transaction->database;
  if (transaction->depth != database->depth - 1)
    g_error ("an inner transaction is still open");
  database->depth--;
  if (!is_gone (database))
    {
      if (transaction->depth == 0)
        xq_database_execute (database, NULL, "ROLLBACK", XQ_END);
      else if (run (database, "ROLLBACK TO", transaction->depth, NULL))
        run (database, "RELEASE", transaction->depth, NULL);
    }
  g_free (transaction);
}
