#include "config.h"

#include "calendar/entry.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "calendar/appointment.h"
#include "vault/store.h"

XqCalendarEntry *
xq_calendar_entry_new (const char *source, gint64 id)
{
  XqCalendarEntry *entry = g_new0 (XqCalendarEntry, 1);

  entry->source = g_intern_string (source);
  entry->id = id;
  return entry;
}

void
xq_calendar_entry_set_day (XqCalendarEntry *entry, const char *date)
{
  g_autofree char *next = xq_date_add_days (date, 1);

  entry->all_day = TRUE;
  entry->starts_at = xq_date_start (date);
  entry->ends_at = xq_date_start (next);
}

void
xq_calendar_entry_free (XqCalendarEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->code);
  g_free (entry->name);
  g_free (entry->initials);
  g_free (entry->kind);
  g_free (entry->label);
  g_free (entry->title);
  g_free (entry->place);
  g_free (entry->state);
  g_free (entry);
}

static XqCalendarEntry *
read_entry (XqStatement *statement)
{
  g_autoptr (XqAppointment) appointment = xq_store_read (&XQ_APPOINTMENT, statement, 3);
  XqCalendarEntry *entry = xq_calendar_entry_new ("appointment", appointment->id);

  entry->code = xq_statement_dup_text (statement, 0);
  entry->name = xq_statement_dup_text (statement, 1);
  entry->initials = xq_statement_dup_text (statement, 2);
  entry->person_id = appointment->person_id;
  entry->kind = g_strdup (xq_appointment_kinds[appointment->kind].id);
  entry->label = g_strdup (_ (xq_appointment_kinds[appointment->kind].label));
  entry->title = g_steal_pointer (&appointment->title);
  entry->place = g_steal_pointer (&appointment->place);
  entry->state = g_strdup (xq_appointment_states[appointment->state].id);
  entry->starts_at = appointment->starts_at;
  entry->ends_at = appointment->ends_at;
  return entry;
}

GPtrArray *
xq_calendar_entries (XqDatabase *database, const char *from, const char *to, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_calendar_entry_free);
  g_autofree char *after = xq_date_add_days (to, 1);
  g_autofree char *sql = g_strdup_printf (
      "SELECT p.code, p.name, p.initials, %s FROM appointment a LEFT JOIN person p ON p.id = a.person_id"
      " WHERE a.starts_at < :to AND a.starts_at > :from - 604800 AND a.ends_at > :from"
      " ORDER BY a.starts_at, a.id",
      xq_store_columns (&XQ_APPOINTMENT, "a."));
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, sql, XQ_INTEGER (":from", xq_date_start (from)),
                           XQ_INTEGER (":to", xq_date_start (after)), XQ_END);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (entries, read_entry (statement));
  return step == XQ_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

static int
compare_entries (gconstpointer first, gconstpointer second)
{
  const XqCalendarEntry *a = *(const XqCalendarEntry *const *) first;
  const XqCalendarEntry *b = *(const XqCalendarEntry *const *) second;
  g_autofree char *day_a = xq_clock_date (a->starts_at);
  g_autofree char *day_b = xq_clock_date (b->starts_at);
  int by_day = xq_date_compare (day_a, day_b);

  if (by_day != 0)
    return by_day;
  if (a->all_day != b->all_day)
    return a->all_day ? -1 : 1;
  if (a->starts_at != b->starts_at)
    return a->starts_at < b->starts_at ? -1 : 1;
  return (a->id > b->id) - (a->id < b->id);
}

void
xq_calendar_sort (GPtrArray *entries)
{
  g_ptr_array_sort (entries, compare_entries);
}

static JsonNode *
text_node (const char *text)
{
  return text != NULL ? json_node_init_string (json_node_alloc (), text)
                      : json_node_init_null (json_node_alloc ());
}

static JsonNode *
person_node (const XqCalendarEntry *entry)
{
  g_autoptr (JsonObject) person = json_object_new ();

  if (entry->person_id == 0)
    return text_node (NULL);
  json_object_set_int_member (person, "id", entry->person_id);
  json_object_set_member (person, "code", text_node (entry->code));
  json_object_set_member (person, "name", text_node (entry->name));
  return json_node_init_object (json_node_alloc (), person);
}

static JsonNode *
time_node (const XqCalendarEntry *entry, gint64 at)
{
  g_autofree char *text = entry->all_day ? xq_clock_date (at) : xq_clock_iso (at);

  return text_node (text);
}

static JsonObject *
entry_json (const XqCalendarEntry *entry)
{
  JsonObject *object = json_object_new ();
  JsonNode *person = person_node (entry);

  json_object_set_int_member (object, "id", entry->id);
  json_object_set_string_member (object, "source", entry->source);
  json_object_set_member (object, "person", person);
  json_object_set_member (object, "kind", text_node (entry->kind));
  json_object_set_member (object, "title", text_node (entry->title));
  json_object_set_member (object, "start", time_node (entry, entry->starts_at));
  /* An all-day entry ends on the day that people would say, not at the next midnight. */
  json_object_set_member (object, "end", time_node (entry, entry->ends_at - (entry->all_day ? 1 : 0)));
  json_object_set_boolean_member (object, "all_day", entry->all_day);
  json_object_set_member (object, "place", text_node (entry->place));
  json_object_set_member (object, "state", text_node (entry->state));
  return object;
}

JsonNode *
xq_calendar_json (GPtrArray *entries)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < entries->len; i++)
    json_array_add_object_element (array, entry_json (g_ptr_array_index (entries, i)));
  json_node_take_array (node, array);
  return node;
}
