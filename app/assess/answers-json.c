/* An import as the command line prints it. */
#include "config.h"

#include "assess/answers-apply.h"

JsonObject *
xq_answers_counts_object (const XqAnswersResult *result)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < result->counts->len; i++)
    {
      const XqAnswersCount *count = &g_array_index (result->counts, XqAnswersCount, i);
      JsonObject *one = json_object_new ();

      json_object_set_int_member (one, "assessed", count->assessed);
      json_object_set_int_member (one, "incomplete", count->incomplete);
      json_object_set_int_member (one, "invalid", count->invalid);
      json_object_set_int_member (one, "known", count->known);
      json_object_set_object_member (object, count->instrument->id, one);
    }
  return object;
}

static JsonArray *
unmatched_array (const GPtrArray *list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const XqUnmatched *unmatched = list->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "row", unmatched->row);
      json_object_set_string_member (object, "code", unmatched->code);
      json_object_set_string_member (object, "name", unmatched->name);
      json_object_set_string_member (object, "why", unmatched->why);
      json_array_add_object_element (array, object);
    }
  return array;
}

JsonObject *
xq_answers_result_to_json (const XqAnswers *answers, const XqAnswersResult *result)
{
  JsonObject *object = json_object_new ();
  JsonArray *campaigns = json_array_new ();

  for (guint i = 0; i < result->campaigns->len; i++)
    json_array_add_int_element (campaigns, g_array_index (result->campaigns, gint64, i));
  json_object_set_string_member (object, "file", answers->file_name);
  json_object_set_string_member (object, "sheet", answers->sheet_name);
  json_object_set_int_member (object, "read", answers->read);
  json_object_set_int_member (object, "matched", answers->matched);
  json_object_set_array_member (object, "unmatched", unmatched_array (answers->unmatched));
  json_object_set_array_member (object, "replaced", unmatched_array (answers->replaced));
  json_object_set_object_member (object, "instruments", xq_answers_counts_object (result));
  json_object_set_array_member (object, "campaigns", campaigns);
  json_object_set_int_member (object, "batch", result->batch_id);
  return object;
}
