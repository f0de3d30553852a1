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

/* A full disk makes SQLite roll back by itself, under all our savepoints. */
static gboolean
is_gone (XqDatabase *database)
{
  return sqlite3_get_autocommit (database->handle) != 0;
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
    {
      database->committing = TRUE;
      done = xq_database_execute (database, error, "COMMIT", XQ_END);
      database->committing = FALSE;
    }
  if (!done)
    {
      xq_transaction_rollback (transaction);
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
