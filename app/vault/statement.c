/* Statements: found in the cache by their SQL, bound by name, stepped, given back. */
#include "config.h"

#include "vault/database-private.h"

#include <string.h>

/* The program's own statements are some hundreds; only lists with many filters could make more. */
#define MOST_CACHED 400

/* Statements are long and few, and looked up once a row: their length and every eighth byte tell them apart. */
guint
xq_statement_hash (gconstpointer sql)
{
  gsize length = strlen (sql);
  guint hash = (guint) length;

  for (gsize i = length % 8; i < length; i += 8)
    hash = hash * 33 + ((const guchar *) sql)[i];
  return hash;
}

static gboolean
is_idle (gpointer sql, gpointer value, gpointer unused)
{
  XqStatement *statement = value;

  return !statement->busy;
}

static XqStatement *
prepare (XqDatabase *database, const char *sql, gboolean cached, GError **error)
{
  const char *rest = NULL;
  sqlite3_stmt *handle = NULL;
  XqStatement *statement;
  int code = sqlite3_prepare_v3 (database->handle, sql, -1, cached ? SQLITE_PREPARE_PERSISTENT : 0,
                                 &handle, &rest);

  if (code != SQLITE_OK)
    {
      xq_database_set_error (database, code, error);
      return NULL;
    }
  if (handle == NULL || rest[strspn (rest, " \n\t;")] != '\0')
    g_error ("one statement at a time, please: %s", sql);
  statement = g_new0 (XqStatement, 1);
  statement->database = database;
  statement->handle = handle;
  statement->cached = cached;
  return statement;
}

static XqStatement *
take_statement (XqDatabase *database, const char *sql, GError **error)
{
  XqStatement *statement = g_hash_table_lookup (database->statements, sql);
  gboolean known = statement != NULL;

  if (!known || statement->busy)
    {
      statement = prepare (database, sql, !known, error);
      if (statement == NULL)
        return NULL;
      if (!known)
        {
          if (g_hash_table_size (database->statements) >= MOST_CACHED)
            g_hash_table_foreach_remove (database->statements, is_idle, NULL);
          g_hash_table_insert (database->statements, g_strdup (sql), statement);
        }
    }
  statement->busy = TRUE;
  return statement;
}

static void
bind_list (XqStatement *statement, va_list list)
{
  for (;;)
    {
      XqBindKind kind = va_arg (list, int);
      const char *name;

      if (kind == XQ_BIND_END)
        return;
      name = va_arg (list, const char *);
      switch (kind)
        {
        case XQ_BIND_INTEGER:
          xq_statement_bind_integer (statement, name, va_arg (list, gint64));
          break;
        case XQ_BIND_REFERENCE:
          xq_statement_bind_reference (statement, name, va_arg (list, gint64));
          break;
        case XQ_BIND_REAL:
          xq_statement_bind_real (statement, name, va_arg (list, double));
          break;
        case XQ_BIND_TEXT:
          xq_statement_bind_text (statement, name, va_arg (list, const char *));
          break;
        case XQ_BIND_BLOB:
          xq_statement_bind_blob (statement, name, va_arg (list, GBytes *));
          break;
        case XQ_BIND_END:
        default:
          g_error ("the values of a statement end with XQ_END: %s", sqlite3_sql (statement->handle));
        }
    }
}

XqStatement *
xq_database_query_valist (XqDatabase *database, GError **error, const char *sql, va_list list)
{
  XqStatement *statement = take_statement (database, sql, error);

  if (statement != NULL)
    bind_list (statement, list);
  return statement;
}

XqStatement *
xq_database_query (XqDatabase *database, GError **error, const char *sql, ...)
{
  XqStatement *statement;
  va_list list;

  va_start (list, sql);
  statement = xq_database_query_valist (database, error, sql, list);
  va_end (list);
  return statement;
}

gboolean
xq_database_execute (XqDatabase *database, GError **error, const char *sql, ...)
{
  g_autoptr (XqStatement) statement = NULL;
  va_list list;
  XqStep step;

  va_start (list, sql);
  statement = xq_database_query_valist (database, error, sql, list);
  va_end (list);
  if (statement == NULL)
    return FALSE;
  do
    step = xq_statement_step (statement, error);
  while (step == XQ_STEP_ROW);
  return step == XQ_STEP_DONE;
}

gboolean
xq_database_get_integer (XqDatabase *database, GError **error, gint64 *ret_value, gboolean *ret_found,
                         const char *sql, ...)
{
  g_autoptr (XqStatement) statement = NULL;
  va_list list;
  XqStep step;

  va_start (list, sql);
  statement = xq_database_query_valist (database, error, sql, list);
  va_end (list);
  if (statement == NULL)
    return FALSE;
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_FAILED)
    return FALSE;
  if (step == XQ_STEP_ROW)
    *ret_value = xq_statement_integer (statement, 0);
  if (ret_found != NULL)
    *ret_found = step == XQ_STEP_ROW;
  return TRUE;
}

char *
xq_database_get_text (XqDatabase *database, GError **error, const char *sql, ...)
{
  g_autoptr (XqStatement) statement = NULL;
  va_list list;

  va_start (list, sql);
  statement = xq_database_query_valist (database, error, sql, list);
  va_end (list);
  if (statement == NULL || xq_statement_step (statement, error) != XQ_STEP_ROW)
    return NULL;
  return xq_statement_dup_text (statement, 0);
}

XqStep
xq_statement_step (XqStatement *statement, GError **error)
{
  int code = sqlite3_step (statement->handle);

  if (code == SQLITE_ROW)
    return XQ_STEP_ROW;
  if (code != SQLITE_DONE)
    xq_database_set_error (statement->database, code, error);
  /* Rewound at once, so that the next row of a batch can be bound and no read stays open. */
  sqlite3_reset (statement->handle);
  return code == SQLITE_DONE ? XQ_STEP_DONE : XQ_STEP_FAILED;
}

void
xq_statement_reset (XqStatement *statement)
{
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
}

void
xq_statement_release (XqStatement *statement)
{
  if (statement == NULL)
    return;
  if (statement->cached)
    {
      xq_statement_reset (statement);
      statement->busy = FALSE;
      return;
    }
  sqlite3_finalize (statement->handle);
  g_free (statement);
}

static int
parameter (XqStatement *statement, const char *name)
{
  int index = sqlite3_bind_parameter_index (statement->handle, name);

  if (index == 0)
    g_error ("no parameter %s in: %s", name, sqlite3_sql (statement->handle));
  return index;
}

static void
check_bound (XqStatement *statement, const char *name, int code)
{
  if (code != SQLITE_OK)
    g_error ("cannot bind %s (%s) in: %s", name, sqlite3_errstr (code), sqlite3_sql (statement->handle));
}

void
xq_statement_bind_integer (XqStatement *statement, const char *name, gint64 value)
{
  check_bound (statement, name, sqlite3_bind_int64 (statement->handle, parameter (statement, name), value));
}

void
xq_statement_bind_reference (XqStatement *statement, const char *name, gint64 value)
{
  if (value != 0)
    xq_statement_bind_integer (statement, name, value);
  else
    check_bound (statement, name, sqlite3_bind_null (statement->handle, parameter (statement, name)));
}

void
xq_statement_bind_real (XqStatement *statement, const char *name, double value)
{
  check_bound (statement, name, sqlite3_bind_double (statement->handle, parameter (statement, name), value));
}

void
xq_statement_bind_text (XqStatement *statement, const char *name, const char *value)
{
  check_bound (statement, name,
               sqlite3_bind_text64 (statement->handle, parameter (statement, name), value,
                                    value != NULL ? strlen (value) : 0, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void
xq_statement_bind_blob (XqStatement *statement, const char *name, GBytes *value)
{
  gsize length = 0;
  gconstpointer bytes = value != NULL ? g_bytes_get_data (value, &length) : NULL;

  check_bound (statement, name,
               sqlite3_bind_blob64 (statement->handle, parameter (statement, name),
                                    value != NULL && bytes == NULL ? "" : bytes, length, SQLITE_TRANSIENT));
}

gint64
xq_statement_integer (XqStatement *statement, int column)
{
  return sqlite3_column_int64 (statement->handle, column);
}

double
xq_statement_real (XqStatement *statement, int column)
{
  return sqlite3_column_double (statement->handle, column);
}

const char *
xq_statement_text (XqStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (statement->handle, column);
}

char *
xq_statement_dup_text (XqStatement *statement, int column)
{
  return g_strdup (xq_statement_text (statement, column));
}

GBytes *
xq_statement_blob (XqStatement *statement, int column)
{
  gconstpointer bytes = sqlite3_column_blob (statement->handle, column);

  return g_bytes_new (bytes, sqlite3_column_bytes (statement->handle, column));
}

gboolean
xq_statement_is_null (XqStatement *statement, int column)
{
  return sqlite3_column_type (statement->handle, column) == SQLITE_NULL;
}

int
xq_statement_columns (XqStatement *statement)
{
  return sqlite3_column_count (statement->handle);
}

const char *
xq_statement_column_name (XqStatement *statement, int column)
{
  return sqlite3_column_name (statement->handle, column);
}

GArray *
xq_statement_ids (XqStatement *statement, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
