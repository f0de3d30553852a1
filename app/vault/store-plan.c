#include "config.h"

#include "vault/store-plan.h"

#include "vault/store.h"

static GMutex plans_lock;
static GHashTable *plans; /* XqEntity → XqStorePlan */

/* A required one is left NULL, so that the database refuses it. */
static gboolean
may_be_empty_text (const XqField *field)
{
  return (field->type == XQ_FIELD_TEXT || field->type == XQ_FIELD_DATE)
         && !(field->flags & XQ_FIELD_REQUIRED);
}

static gboolean
read_never_null (XqDatabase *database, const XqEntity *entity, guint64 *ret_fields, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, "SELECT name FROM pragma_table_info (:table) WHERE \"notnull\"",
                           XQ_TEXT (":table", entity->name), XQ_END);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  *ret_fields = 0;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      const XqField *field = xq_entity_field (entity, xq_statement_text (statement, 0));

      if (field != NULL && may_be_empty_text (field))
        *ret_fields |= xq_store_bit (entity, field);
    }
  return step == XQ_STEP_DONE;
}

static void
append_value (GString *sql, const XqEntity *entity, const XqField *field, guint64 never_null)
{
  if (never_null & xq_store_bit (entity, field))
    g_string_append_printf (sql, "ifnull (:%s, '')", field->name);
  else
    g_string_append_printf (sql, ":%s", field->name);
}

static const char *
insert_sql (const XqEntity *entity, guint64 never_null)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO %s (%s) VALUES (:id", entity->name, xq_store_columns (entity, ""));
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    {
      g_string_append (sql, ", ");
      append_value (sql, entity, field, never_null);
    }
  g_string_append_c (sql, ')');
  return g_intern_string (sql->str);
}

static const char *
update_sql (const XqEntity *entity, guint64 changed, guint64 never_null)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  const char *separator = " SET ";

  g_string_append_printf (sql, "UPDATE %s", entity->name);
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    if (changed & xq_store_bit (entity, field))
      {
        g_string_append_printf (sql, "%s%s = ", separator, field->name);
        append_value (sql, entity, field, never_null);
        separator = ", ";
      }
  g_string_append (sql, " WHERE id = :id");
  return g_intern_string (sql->str);
}

static const char *
load_sql (const XqEntity *entity)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM %s WHERE id = :id", xq_store_columns (entity, ""), entity->name);

  return g_intern_string (sql);
}

static const char *
remove_sql (const XqEntity *entity)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE id = :id", entity->name);

  return g_intern_string (sql);
}

static int
field_count (const XqEntity *entity)
{
  int count = 0;

  while (entity->fields[count].name != NULL)
    count++;
  return count;
}

static XqStorePlan *
make_plan (XqDatabase *database, const XqEntity *entity, GError **error)
{
  XqStorePlan *plan;
  guint64 never_null;

  g_assert (field_count (entity) <= 64);
  if (!read_never_null (database, entity, &never_null, error))
    return NULL;
  plan = g_new0 (XqStorePlan, 1);
  plan->never_null = never_null;
  plan->insert = insert_sql (entity, never_null);
  plan->load = load_sql (entity);
  plan->remove = remove_sql (entity);
  plan->updates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return plan;
}

XqStorePlan *
xq_store_plan (XqDatabase *database, const XqEntity *entity, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&plans_lock);
  XqStorePlan *plan;

  if (plans == NULL)
    plans = g_hash_table_new (NULL, NULL);
  plan = g_hash_table_lookup (plans, entity);
  if (plan == NULL)
    {
      plan = make_plan (database, entity, error);
      if (plan != NULL)
        g_hash_table_insert (plans, (gpointer) entity, plan);
    }
  return plan;
}

const char *
xq_store_plan_update (const XqEntity *entity, XqStorePlan *plan, guint64 changed)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&plans_lock);
  const char *sql = g_hash_table_lookup (plan->updates, &changed);

  if (sql == NULL)
    {
      sql = update_sql (entity, changed, plan->never_null);
      g_hash_table_insert (plan->updates, g_memdup2 (&changed, sizeof changed), (gpointer) sql);
    }
  return sql;
}

const char *
xq_store_columns (const XqEntity *entity, const char *prefix)
{
  g_autoptr (GString) columns = g_string_new (prefix);

  g_string_append (columns, "id");
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    g_string_append_printf (columns, ", %s%s", prefix, field->name);
  return g_intern_string (columns->str);
}
