#include "config.h"

#include "base/clock.h"
#include "referral/green-channel.h"
#include "referral/referral.h"
#include "vault/store.h"

void
xq_referral_row_free (XqReferralRow *row)
{
  if (row == NULL)
    return;
  g_clear_pointer (&row->referral, xq_referral_free);
  g_clear_pointer (&row->code, g_free);
  g_clear_pointer (&row->name, g_free);
  g_clear_pointer (&row->institution, g_free);
  g_free (row);
}

static int
count_fields (const XqEntity *entity)
{
  int count = 0;

  while (entity->fields[count].name != NULL)
    count++;
  return count;
}

static XqReferralRow *
read_row (XqStatement *statement)
{
  XqReferralRow *row = g_new0 (XqReferralRow, 1);
  int after = count_fields (&XQ_REFERRAL) + 1;

  row->referral = xq_store_read (&XQ_REFERRAL, statement, 0);
  row->code = xq_statement_dup_text (statement, after);
  row->name = xq_statement_dup_text (statement, after + 1);
  row->unit_id = xq_statement_integer (statement, after + 2);
  row->level = xq_statement_integer (statement, after + 3);
  row->institution = xq_statement_dup_text (statement, after + 4);
  return row;
}

/* One SQL for every filter: a state's bit is looked up by its place in the list of states. */
static char *
list_sql (guint states)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  g_string_append_printf (sql,
                          "%s, p.code, p.name, p.unit_id, p.level, i.name FROM referral r"
                          " JOIN person p ON p.id = r.person_id JOIN institution i ON i.id = r.institution_id"
                          " WHERE (:person = 0 OR r.person_id = :person)",
                          xq_store_columns (&XQ_REFERRAL, "r."));
  if (states != 0)
    {
      g_string_append (sql, " AND r.state IN (''");
      for (int state = 0; state <= XQ_REFERRAL_CLOSED; state++)
        if (states & 1u << state)
          g_string_append_printf (sql, ", '%s'", xq_referral_states[state].id);
      g_string_append (sql, ")");
    }
  g_string_append (sql, " ORDER BY r.state = 'closed', CASE WHEN r.state <> 'closed' THEN"
                        " ifnull (r.due_at, 9223372036854775807) END, r.state_at DESC, r.id DESC LIMIT :limit");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

GPtrArray *
xq_referral_list (XqDatabase *database, const XqReferralFilter *filter, GError **error)
{
  static const XqReferralFilter all = { 0 };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_referral_row_free);
  g_autofree char *sql = NULL;
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (filter == NULL)
    filter = &all;
  sql = list_sql (filter->states);
  statement = xq_database_query (database, error, sql, XQ_INTEGER (":person", filter->person_id),
                                 XQ_INTEGER (":limit", filter->limit > 0 ? filter->limit : -1), XQ_END);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (rows, read_row (statement));
  return step == XQ_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

static JsonObject *
named (gint64 id, const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  return object;
}

static void
set_time (JsonObject *object, const char *member, gint64 at)
{
  g_autofree char *iso = at != 0 ? xq_clock_iso (at) : NULL;

  if (iso != NULL)
    json_object_set_string_member (object, member, iso);
  else
    json_object_set_null_member (object, member);
}

static JsonObject *
clock_json (const XqReferral *referral)
{
  JsonObject *object = json_object_new ();
  XqReferralClock clock;

  xq_referral_clock (referral, xq_clock_now (), &clock);
  json_object_set_string_member (object, "step", xq_referral_states[clock.step].id);
  set_time (object, "due", clock.due);
  json_object_set_boolean_member (object, "late", clock.late);
  return object;
}

static JsonArray *
steps_json (GPtrArray *steps)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < steps->len; i++)
    {
      const XqReferralStep *step = g_ptr_array_index (steps, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "state", xq_referral_states[step->state].id);
      set_time (object, "at", step->at);
      if (step->note != NULL)
        json_object_set_string_member (object, "note", step->note);
      else
        json_object_set_null_member (object, "note");
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
row_json (XqDatabase *database, const XqReferralRow *row, GError **error)
{
  const XqReferral *referral = row->referral;
  g_autoptr (GPtrArray) steps = xq_referral_steps (database, referral->id, error);
  JsonObject *object, *person;

  if (steps == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, "id", referral->id);
  person = named (referral->person_id, row->name);
  json_object_set_string_member (person, "code", row->code);
  json_object_set_object_member (object, "person", person);
  json_object_set_object_member (object, "institution", named (referral->institution_id, row->institution));
  json_object_set_string_member (object, "lane", xq_referral_lanes[referral->lane].id);
  json_object_set_string_member (object, "state", xq_referral_states[referral->state].id);
  set_time (object, "opened", referral->opened_at);
  json_object_set_object_member (object, "clock", clock_json (referral));
  json_object_set_array_member (object, "steps", steps_json (steps));
  return object;
}

JsonNode *
xq_referral_list_json (XqGreenChannel *channel, const XqReferralFilter *filter, GError **error)
{
  XqDatabase *database = xq_green_channel_database (channel);
  g_autoptr (GPtrArray) rows = xq_referral_list (database, filter, error);
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *object = row_json (database, g_ptr_array_index (rows, i), error);

      if (object == NULL)
        return NULL;
      json_array_add_object_element (array, object);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);
  return node;
}

JsonNode *
xq_referral_json (XqGreenChannel *channel, gint64 id, GError **error)
{
  XqDatabase *database = xq_green_channel_database (channel);
  g_autoptr (XqReferral) referral = xq_referral_load (database, id, error);
  XqReferralFilter filter = { 0 };
  g_autoptr (GPtrArray) rows = NULL;
  JsonNode *node;

  if (referral == NULL)
    return NULL;
  filter.person_id = referral->person_id;
  rows = xq_referral_list (database, &filter, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqReferralRow *row = g_ptr_array_index (rows, i);

      if (row->referral->id == id)
        {
          JsonObject *object = row_json (database, row, error);

          if (object == NULL)
            return NULL;
          node = json_node_new (JSON_NODE_OBJECT);
          json_node_take_object (node, object);
          return node;
        }
    }
  g_assert_not_reached ();
}
