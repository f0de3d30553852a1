/* A sheet with the words of its answers. */
#include "config.h"

#include "assess/assessment.h"

#include <math.h>

#include "base/clock.h"
#include "people/person-list.h"

static gboolean
add_scores (XqDatabase *database, gint64 id, JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) stored = xq_assessment_scores (database, id, error);
  JsonObject *scores, *bands;

  if (stored == NULL)
    return FALSE;
  scores = json_object_new ();
  bands = json_object_new ();
  for (guint i = 0; i < stored->len; i++)
    {
      const XqStoredScore *score = stored->pdata[i];

      if (score->value == floor (score->value))
        json_object_set_int_member (scores, score->scale, (gint64) score->value);
      else
        json_object_set_double_member (scores, score->scale, score->value);
      if (score->band != NULL)
        json_object_set_string_member (bands, score->scale, score->band);
    }
  json_object_set_object_member (object, "scores", scores);
  json_object_set_object_member (object, "bands", bands);
  return TRUE;
}

static gboolean
add_critical (XqDatabase *database, gint64 id, JsonObject *object, GError **error)
{
  g_autoptr (GArray) hits = xq_assessment_critical (database, id, error);
  JsonArray *critical;

  if (hits == NULL)
    return FALSE;
  critical = json_array_new ();
  for (guint i = 0; i < hits->len; i++)
    json_array_add_int_element (critical, g_array_index (hits, XqStoredHit, i).item);
  json_object_set_array_member (object, "critical", critical);
  return TRUE;
}

static JsonObject *
answer_object (const XqInstrument *instrument, guint index, int value)
{
  const XqItem *item = xq_instrument_item (instrument, (int) index + 1);
  const XqAnswerOption *option = item != NULL ? xq_item_option (item, value) : NULL;
  g_autofree char *title = item != NULL ? xq_item_title (item) : NULL;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "item", index + 1);
  json_object_set_string_member (object, "title", title != NULL ? title : "");
  if (value == XQ_ANSWER_BLANK)
    json_object_set_null_member (object, "value");
  else
    json_object_set_int_member (object, "value", value);
  json_object_set_string_member (object, "label", option != NULL ? xq_words_get (&option->label) : "");
  return object;
}

static gboolean
add_answers (const XqAssessment *assessment, const XqInstrument *instrument, JsonObject *object, GError **error)
{
  g_autoptr (GArray) answers = xq_answers_parse (assessment->answers, error);
  JsonArray *list;

  if (answers == NULL)
    return FALSE;
  list = json_array_new ();
  for (guint i = 0; i < answers->len; i++)
    json_array_add_object_element (list, answer_object (instrument, i, g_array_index (answers, int, i)));
  json_object_set_array_member (object, "answers", list);
  return TRUE;
}

JsonNode *
xq_assessment_to_json (XqDatabase *database, const XqInstrument *instrument, gint64 id, GError **error)
{
  g_autoptr (XqAssessment) assessment = xq_assessment_load (database, id, error);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *taken_at = NULL;
  JsonObject *person;
  JsonNode *node;

  if (assessment == NULL || (person = xq_person_reference_json (database, assessment->person_id, error)) == NULL)
    return NULL;
  taken_at = xq_clock_iso (assessment->taken_at);
  json_object_set_int_member (object, "id", id);
  json_object_set_object_member (object, "person", person);
  json_object_set_string_member (object, "instrument", assessment->instrument);
  json_object_set_string_member (object, "taken_at", taken_at);
  json_object_set_string_member (object, "entered", xq_entered_kinds[assessment->entered].id);
  json_object_set_boolean_member (object, "complete", assessment->complete);
  json_object_set_boolean_member (object, "valid", assessment->valid);
  json_object_set_int_member (object, "missing", assessment->missing);
  if (!add_scores (database, id, object, error) || !add_critical (database, id, object, error)
      || !add_answers (assessment, instrument, object, error))
    return NULL;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&object));
  return node;
}
