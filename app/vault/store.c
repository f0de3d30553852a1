#include "config.h"

#include "vault/store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vault/audit.h"
#include "vault/database-private.h"
#include "vault/store-plan.h"

#define MEMBER(Type, field, record) G_STRUCT_MEMBER (Type, (gpointer) (record), (field)->offset)

static int
bind_text (sqlite3_stmt *handle, int index, const char *text)
{
  /* The record outlives the step, so nothing is copied. */
  return sqlite3_bind_text64 (handle, index, text, text != NULL ? strlen (text) : 0, SQLITE_STATIC, SQLITE_UTF8);
}

static int
bind_integer_or_null (sqlite3_stmt *handle, int index, gint64 value)
{
  return value != 0 ? sqlite3_bind_int64 (handle, index, value) : sqlite3_bind_null (handle, index);
}

static const char *
choice_id (const XqField *field, int index)
{
  for (int i = 0; i <= index; i++)
    if (field->values[i].id == NULL)
      g_error ("%d is no choice of %s", index, field->name);
  return index < 0 ? NULL : field->values[index].id;
}

static void
bind_field (XqStatement *statement, int index, const XqField *field, gconstpointer record)
{
  sqlite3_stmt *handle = statement->handle;
  int code = SQLITE_OK;

  switch (field->type)
    {
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
      code = bind_text (handle, index, MEMBER (char *, field, record));
      break;
    case XQ_FIELD_INTEGER:
      code = sqlite3_bind_int64 (handle, index, MEMBER (gint64, field, record));
      break;
    case XQ_FIELD_TIME:
    case XQ_FIELD_LEVEL:
    case XQ_FIELD_REFERENCE:
      code = bind_integer_or_null (handle, index, MEMBER (gint64, field, record));
      break;
    case XQ_FIELD_REAL:
      code = sqlite3_bind_double (handle, index, MEMBER (double, field, record));
      break;
    case XQ_FIELD_BOOLEAN:
      code = sqlite3_bind_int (handle, index, MEMBER (gboolean, field, record) ? 1 : 0);
      break;
    case XQ_FIELD_CHOICE:
      code = bind_text (handle, index, choice_id (field, MEMBER (int, field, record)));
      break;
    default:
      g_assert_not_reached ();
    }
  g_assert (code == SQLITE_OK);
}

gboolean
xq_store_insert_unaudited (XqDatabase *database, const XqEntity *entity, gpointer record, GError **error)
{
  XqStorePlan *plan = xq_store_plan (database, entity, error);
  g_autoptr (XqStatement) statement = NULL;
  int index = 1;

  if (plan == NULL)
    return FALSE;
  statement = xq_database_query (database, error, plan->insert, XQ_END);
  if (statement == NULL)
    return FALSE;
  /* The insert names its parameters in the order of the fields: no name is looked up. */
  bind_integer_or_null (statement->handle, index++, XQ_RECORD_ID (record));
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    bind_field (statement, index++, field, record);
  if (xq_statement_step (statement, error) == XQ_STEP_FAILED)
    return FALSE;
  XQ_RECORD_ID (record) = xq_database_last_id (database);
  return TRUE;
}

gboolean
xq_store_insert (XqDatabase *database, const XqEntity *entity, gpointer record, GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  gint64 before = XQ_RECORD_ID (record);

  if (!xq_record_validate (entity, record, error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL)
    return FALSE;
  if (xq_store_insert_unaudited (database, entity, record, error)
      && xq_audit_append (database, "insert", entity->name, XQ_RECORD_ID (record), NULL, error)
      && xq_transaction_commit (g_steal_pointer (&transaction), error))
    return TRUE;
  XQ_RECORD_ID (record) = before;
  return FALSE;
}

static guint64
changed_fields (const XqEntity *entity, gconstpointer before, gconstpointer after)
{
  guint64 changed = 0;

  for (const XqField *field = entity->fields; field->name != NULL; field++)
    if (!xq_field_equal (field, before, after))
      changed |= xq_store_bit (entity, field);
  return changed;
}

static gboolean
write_changed (XqDatabase *database, const XqEntity *entity, gconstpointer record, guint64 changed, GError **error)
{
  XqStorePlan *plan = xq_store_plan (database, entity, error);
  g_autoptr (XqStatement) statement = NULL;
  int index = 1;

  if (plan == NULL)
    return FALSE;
  statement = xq_database_query (database, error, xq_store_plan_update (entity, plan, changed), XQ_END);
  if (statement == NULL)
    return FALSE;
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    if (changed & xq_store_bit (entity, field))
      bind_field (statement, index++, field, record);
  xq_statement_bind_integer (statement, ":id", XQ_RECORD_ID (record));
  return xq_statement_step (statement, error) != XQ_STEP_FAILED;
}

gboolean
xq_store_update_unaudited (XqDatabase *database, const XqEntity *entity, gconstpointer record, GError **error)
{
  gpointer stored = xq_store_load (database, entity, XQ_RECORD_ID (record), error);
  guint64 changed;

  if (stored == NULL)
    return FALSE;
  changed = changed_fields (entity, stored, record);
  xq_record_destroy (stored);
  return changed == 0 || write_changed (database, entity, record, changed, error);
}

/* Writes what differs from @stored, and its audit row. */
static gboolean
update_audited (XqDatabase *database, const XqEntity *entity, gconstpointer stored, gconstpointer record,
                GError **error)
{
  g_autoptr (JsonObject) difference = NULL;
  guint64 changed = changed_fields (entity, stored, record);

  if (changed == 0)
    return TRUE;
  difference = xq_record_difference (entity, stored, record);
  return write_changed (database, entity, record, changed, error)
         && xq_audit_append (database, "update", entity->name, XQ_RECORD_ID (record), difference, error);
}

gboolean
xq_store_update (XqDatabase *database, const XqEntity *entity, gconstpointer record, GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  gpointer stored;
  gboolean done;

  if (!xq_record_validate (entity, record, error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL)
    return FALSE;
  stored = xq_store_load (database, entity, XQ_RECORD_ID (record), error);
  if (stored == NULL)
    return FALSE;
  done = update_audited (database, entity, stored, record, error);
  xq_record_destroy (stored);
  return done && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static void
set_gone (const XqEntity *entity, GError **error)
{
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND, _ ("%s: there is no such entry in the vault."),
               _ (entity->label));
}

gboolean
xq_store_delete (XqDatabase *database, const XqEntity *entity, gint64 id, GError **error)
{
  XqStorePlan *plan = xq_store_plan (database, entity, error);
  g_autoptr (XqTransaction) transaction = NULL;

  if (plan == NULL)
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL
      || !xq_database_execute (database, error, plan->remove, XQ_INTEGER (":id", id), XQ_END))
    return FALSE;
  if (xq_database_changes (database) == 0)
    {
      set_gone (entity, error);
      return FALSE;
    }
  return xq_audit_append (database, "delete", entity->name, id, NULL, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static void
read_field (XqStatement *statement, int column, const XqField *field, gpointer record)
{
  switch (field->type)
    {
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
      MEMBER (char *, field, record) = xq_statement_dup_text (statement, column);
      break;
    case XQ_FIELD_TIME:
    case XQ_FIELD_INTEGER:
    case XQ_FIELD_LEVEL:
    case XQ_FIELD_REFERENCE:
      MEMBER (gint64, field, record) = xq_statement_integer (statement, column);
      break;
    case XQ_FIELD_REAL:
      MEMBER (double, field, record) = xq_statement_real (statement, column);
      break;
    case XQ_FIELD_BOOLEAN:
      MEMBER (gboolean, field, record) = xq_statement_integer (statement, column) != 0;
      break;
    case XQ_FIELD_CHOICE:
      MEMBER (int, field, record) = xq_choice_index (field->values, xq_statement_text (statement, column));
      break;
    default:
      g_assert_not_reached ();
    }
}

gpointer
xq_store_read (const XqEntity *entity, XqStatement *statement, int first_column)
{
  gpointer record = xq_record_new (entity);
  int column = first_column;

  XQ_RECORD_ID (record) = xq_statement_integer (statement, column++);
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    read_field (statement, column++, field, record);
  return record;
}

gpointer
xq_store_load (XqDatabase *database, const XqEntity *entity, gint64 id, GError **error)
{
  XqStorePlan *plan = xq_store_plan (database, entity, error);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (plan == NULL)
    return NULL;
  statement = xq_database_query (database, error, plan->load, XQ_INTEGER (":id", id), XQ_END);
  if (statement == NULL)
    return NULL;
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    return xq_store_read (entity, statement, 0);
  if (step == XQ_STEP_DONE)
    set_gone (entity, error);
  return NULL;
}

GPtrArray *
xq_store_list (XqDatabase *database, GError **error, const XqEntity *entity, const char *tail, ...)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM %s %s", xq_store_columns (entity, ""), entity->name, tail);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (xq_record_destroy);
  g_autoptr (XqStatement) statement = NULL;
  va_list list;
  XqStep step;

  va_start (list, tail);
  statement = xq_database_query_valist (database, error, sql, list);
  va_end (list);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (records, xq_store_read (entity, statement, 0));
  return step == XQ_STEP_DONE ? g_steal_pointer (&records) : NULL;
}
