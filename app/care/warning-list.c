/* Warnings as they are listed, in words and as JSON. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "care/care-private.h"
#include "vault/store.h"

void
xq_warning_row_free (XqWarningRow *row)
{
  if (row == NULL)
    return;
  xq_warning_free (row->warning);
  g_free (row->code);
  g_free (row->name);
  g_free (row);
}

/* As SQL: the state alone where there is one, so that the index of a state's warnings gives them in their order. */
static void
append_states (GString *sql, guint states)
{
  const char *separator = "";
  gboolean alone = (states & (states - 1)) == 0;

  g_string_append (sql, alone ? " AND w.state = " : " AND w.state IN (");
  for (int state = 0; xq_warning_states[state].id != NULL; state++)
    if (states & 1u << state)
      {
        g_string_append_printf (sql, "%s'%s'", separator, xq_warning_states[state].id);
        separator = ", ";
      }
  if (!alone)
    g_string_append_c (sql, ')');
}

static char *
list_sql (const XqWarningFilter *filter)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  /* A cross join keeps the warnings outside, in the order of their index. */
  g_string_append_printf (sql,
                          "%s, p.code, p.name, p.unit_id FROM warning w CROSS JOIN person p ON p.id = w.person_id"
                          " WHERE (:level = 0 OR w.level = :level)",
                          xq_store_columns (&XQ_WARNING, "w."));
  if (filter->person_id != 0)
    g_string_append (sql, " AND w.person_id = :person");
  if (filter->states != 0)
    append_states (sql, filter->states);
  g_string_append (sql, " ORDER BY ");
  if (filter->states == 0 || (filter->states & ~XQ_WARNING_OPEN_STATES) != 0)
    g_string_append (sql, "w.state IN ('dismissed', 'closed'), ");
  g_string_append (sql, "w.level, w.due_at, w.id LIMIT :limit");
  return g_string_free_and_steal (g_steal_pointer (&sql));
}

static XqWarningRow *
read_row (XqStatement *statement)
{
  int after = xq_care_columns_of (&XQ_WARNING);
  XqWarningRow *row = g_new0 (XqWarningRow, 1);

  row->warning = xq_store_read (&XQ_WARNING, statement, 0);
  row->code = xq_statement_dup_text (statement, after);
  row->name = xq_statement_dup_text (statement, after + 1);
  row->unit_id = xq_statement_integer (statement, after + 2);
  return row;
}

GPtrArray *
xq_warning_list (XqDatabase *database, const XqWarningFilter *filter, GError **error)
{
  static const XqWarningFilter everything = { 0 };
  const XqWarningFilter *wanted = filter != NULL ? filter : &everything;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_warning_row_free);
  g_autofree char *sql = list_sql (wanted);
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, sql, XQ_INTEGER (":level", wanted->level),
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

char *
xq_warning_reason_text (XqCare *care, const XqWarningReason *reason)
{
  XqFinding finding = {
    .rule = reason->rule,
    .level = reason->level,
    .assessment_id = reason->assessment_id,
    .instrument = reason->instrument,
    .item = reason->item,
    .scale = reason->scale,
    .value = reason->value,
  };
  int source = xq_choice_index (xq_warning_sources, reason->rule);

  if (reason->text == NULL)
    {
      g_autofree char *found = xq_finding_text (&finding, xq_care_rules (care), xq_care_words (care));

      /* Of an instrument, but of no sheet any more: what xq_warning_forget_import () left of it. */
      return reason->instrument != NULL && reason->assessment_id == 0
                 ? g_strdup_printf (_ ("%s (the import of these answers was taken back)"), found)
                 : g_steal_pointer (&found);
    }
  if (source < 0)
    return g_strdup (reason->text);
  /* Translators: who reported it, and what: "Class teacher: cries in class" */
  return g_strdup_printf (_ ("%s: %s"), _ (xq_warning_sources[source].label), reason->text);
}

static JsonArray *
reasons_json (XqCare *care, gint64 warning_id, GError **error)
{
  g_autoptr (GPtrArray) reasons = xq_warning_reasons (xq_care_database (care), warning_id, error);
  JsonArray *array;

  if (reasons == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < reasons->len; i++)
    {
      const XqWarningReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *text = xq_warning_reason_text (care, reason);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "rule", reason->rule);
      json_object_set_string_member (object, "text", text);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
row_json (XqCare *care, const XqWarningRow *row, GError **error)
{
  const XqWarning *warning = row->warning;
  JsonArray *reasons = reasons_json (care, warning->id, error);
  JsonObject *object;

  if (reasons == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, "id", warning->id);
  json_object_set_object_member (object, "person",
                                 xq_care_person_json (warning->person_id, row->code, row->name));
  json_object_set_int_member (object, "level", warning->level);
  json_object_set_string_member (object, "state", xq_warning_states[warning->state].id);
  xq_care_set_time_member (object, "due", warning->due_at);
  json_object_set_array_member (object, "reasons", reasons);
  json_object_set_string_member (object, "source", xq_warning_sources[warning->source].id);
  return object;
}

JsonNode *
xq_warning_list_json (XqCare *care, const XqWarningFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_warning_list (xq_care_database (care), filter, error);
  g_autoptr (JsonArray) array = json_array_new ();

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *object = row_json (care, g_ptr_array_index (rows, i), error);

      if (object == NULL)
        return NULL;
      json_array_add_object_element (array, object);
    }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonArray *
triage_json (XqDatabase *database, gint64 warning_id, GError **error)
{
  g_autoptr (GPtrArray) triages = xq_triage_list (database, warning_id, error);
  JsonArray *array;

  if (triages == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < triages->len; i++)
    {
      const XqTriage *triage = g_ptr_array_index (triages, i);
      JsonObject *object = json_object_new ();

      xq_care_set_time_member (object, "at", triage->at);
      json_object_set_string_member (object, "outcome", xq_triage_outcomes[triage->outcome].id);
      if (triage->level != 0)
        json_object_set_int_member (object, "level", triage->level);
      else
        json_object_set_null_member (object, "level");
      xq_care_set_text_member (object, "reason", triage->reason);
      xq_care_set_text_member (object, "note", triage->note);
      json_array_add_object_element (array, object);
    }
  return array;
}

/* The line of the list that is about one warning. */
static XqWarningRow *
row_of (XqDatabase *database, gint64 id, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s, p.code, p.name, p.unit_id FROM warning w JOIN person p ON p.id = w.person_id WHERE w.id = :id",
      xq_store_columns (&XQ_WARNING, "w."));
  g_autoptr (XqStatement) statement = xq_database_query (database, error, sql, XQ_INTEGER (":id", id), XQ_END);
  XqStep step = statement != NULL ? xq_statement_step (statement, error) : XQ_STEP_FAILED;

  if (step == XQ_STEP_ROW)
    return read_row (statement);
  if (step == XQ_STEP_DONE)
    g_set_error (error, XQ_CARE_ERROR, XQ_ERROR_NOT_FOUND,
                 _ ("There is no warning %d. List the warnings to see their numbers."), (int) id);
  return NULL;
}

JsonNode *
xq_warning_json (XqCare *care, gint64 id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqWarningRow) row = row_of (database, id, error);
  g_autoptr (JsonObject) object = row != NULL ? row_json (care, row, error) : NULL;
  JsonArray *triages = object != NULL ? triage_json (database, id, error) : NULL;

  if (triages == NULL)
    return NULL;
  xq_care_set_time_member (object, "raised", row->warning->raised_at);
  xq_care_set_text_member (object, "remark", row->warning->remark);
  json_object_set_array_member (object, "triage", triages);
  return json_node_init_object (json_node_alloc (), object);
}
