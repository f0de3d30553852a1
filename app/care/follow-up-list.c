/* Follow-ups as they are listed. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "care/care-private.h"
#include "vault/store.h"

void
xq_follow_up_row_free (XqFollowUpRow *row)
{
  if (row == NULL)
    return;
  xq_follow_up_free (row->follow_up);
  g_free (row->code);
  g_free (row->name);
  g_free (row->initials);
  g_free (row);
}

static XqFollowUpRow *
read_row (XqStatement *statement)
{
  int after = xq_care_columns_of (&XQ_FOLLOW_UP);
  XqFollowUpRow *row = g_new0 (XqFollowUpRow, 1);

  row->follow_up = xq_store_read (&XQ_FOLLOW_UP, statement, 0);
  row->code = xq_statement_dup_text (statement, after);
  row->name = xq_statement_dup_text (statement, after + 1);
  row->initials = xq_statement_dup_text (statement, after + 2);
  row->unit_id = xq_statement_integer (statement, after + 3);
  row->level = xq_statement_integer (statement, after + 4);
  return row;
}

/* @where is a literal of this file. */
static char *
list_sql (const char *where)
{
  return g_strdup_printf ("SELECT %s, p.code, p.name, p.initials, p.unit_id, p.level"
                          " FROM follow_up f JOIN person p ON p.id = f.person_id WHERE %s",
                          xq_store_columns (&XQ_FOLLOW_UP, "f."), where);
}

GPtrArray *
xq_follow_up_list (XqDatabase *database, const XqFollowUpFilter *filter, GError **error)
{
  static const XqFollowUpFilter everything = { 0 };
  const XqFollowUpFilter *wanted = filter != NULL ? filter : &everything;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_follow_up_row_free);
  g_autofree char *where = g_strconcat (
      wanted->only_open ? "f.state = 'due'" : "1", wanted->person_id != 0 ? " AND f.person_id = :person" : "",
      " AND f.due_on >= :from AND f.due_on <= :to"
      " ORDER BY f.state <> 'due', CASE WHEN f.state = 'due' THEN f.due_on END, ifnull (p.level, 9),"
      " f.done_at DESC, f.id LIMIT :limit",
      NULL);
  g_autofree char *sql = list_sql (where);
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, sql, XQ_TEXT (":from", wanted->from != NULL ? wanted->from : ""),
                           XQ_TEXT (":to", wanted->to != NULL ? wanted->to : "9999-12-31"),
                           XQ_INTEGER (":limit", wanted->limit > 0 ? wanted->limit : -1), XQ_END);
  XqStep step;

  if (statement == NULL)
    return NULL;
  if (wanted->person_id != 0)
    xq_statement_bind_integer (statement, ":person", wanted->person_id);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (rows, read_row (statement));
  return step == XQ_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

static JsonObject *
row_json (const XqFollowUpRow *row, const char *today)
{
  const XqFollowUp *follow_up = row->follow_up;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", follow_up->id);
  json_object_set_object_member (object, "person",
                                 xq_care_person_json (follow_up->person_id, row->code, row->name));
  json_object_set_string_member (object, "due", follow_up->due_on);
  json_object_set_string_member (object, "state",
                                 xq_follow_up_is_late (follow_up, today)
                                     ? "late"
                                     : xq_follow_up_states[follow_up->state].id);
  json_object_set_string_member (object, "cause", xq_follow_up_causes[follow_up->cause].id);
  return object;
}

JsonNode *
xq_follow_up_list_json (XqCare *care, const XqFollowUpFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_follow_up_list (xq_care_database (care), filter, error);
  g_autofree char *today = xq_clock_today ();
  g_autoptr (JsonArray) array = json_array_new ();

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (array, row_json (g_ptr_array_index (rows, i), today));
  return json_node_init_array (json_node_alloc (), array);
}

JsonNode *
xq_follow_up_json (XqCare *care, gint64 id, GError **error)
{
  g_autofree char *sql = list_sql ("f.id = :id");
  g_autofree char *today = xq_clock_today ();
  g_autoptr (XqStatement) statement
      = xq_database_query (xq_care_database (care), error, sql, XQ_INTEGER (":id", id), XQ_END);
  XqStep step = statement != NULL ? xq_statement_step (statement, error) : XQ_STEP_FAILED;

  if (step == XQ_STEP_ROW)
    {
      g_autoptr (XqFollowUpRow) row = read_row (statement);

      g_autoptr (JsonObject) object = row_json (row, today);

      return json_node_init_object (json_node_alloc (), object);
    }
  if (step == XQ_STEP_DONE)
    g_set_error (error, XQ_CARE_ERROR, XQ_ERROR_NOT_FOUND,
                 _ ("There is no follow-up %d. List the follow-ups to see their numbers."), (int) id);
  return NULL;
}
