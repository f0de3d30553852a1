/* Answers as values: checked, written and read as JSON, and a result as `score` prints it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assess/scoring.h"

char *
xq_item_allowed (const XqItem *item)
{
  g_autoptr (GString) allowed = g_string_new (NULL);

  for (guint i = 0; i < item->options->n_options; i++)
    g_string_append_printf (allowed, "%s%d", i > 0 ? ", " : "", item->options->options[i].value);
  return g_string_free (g_steal_pointer (&allowed), FALSE);
}

gboolean
xq_answers_check (const XqInstrument *instrument, const int *answers, gsize n_answers, GError **error)
{
  if (n_answers > instrument->n_all_items)
    {
      g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED, _ ("%s has %u items; %u answers were given."),
                   instrument->label, instrument->n_all_items, (guint) n_answers);
      return FALSE;
    }
  for (gsize i = 0; i < n_answers; i++)
    if (answers[i] != XQ_ANSWER_BLANK && xq_item_option (&instrument->items[i], answers[i]) == NULL)
      {
        g_autofree char *allowed = xq_item_allowed (&instrument->items[i]);

        g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
                     _ ("%s, item %d: %d is no answer to it; there are %s."), instrument->label, (int) i + 1,
                     answers[i], allowed);
        return FALSE;
      }
  return TRUE;
}

void
xq_answers_format (const XqInstrument *instrument, const int *answers, gsize n_answers, GString *string)
{
  while (n_answers > instrument->n_items && answers[n_answers - 1] == XQ_ANSWER_BLANK)
    n_answers--;
  g_string_append_c (string, '[');
  for (gsize i = 0; i < MAX (n_answers, instrument->n_items); i++)
    {
      if (i > 0)
        g_string_append_c (string, ',');
      if (i >= n_answers || answers[i] == XQ_ANSWER_BLANK)
        g_string_append (string, "null");
      else if (answers[i] >= 0 && answers[i] < 10)
        g_string_append_c (string, (char) ('0' + answers[i]));
      else
        g_string_append_printf (string, "%d", answers[i]);
    }
  g_string_append_c (string, ']');
}

GArray *
xq_answers_parse (const char *json, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, error);
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (int));
  JsonArray *list;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_DAMAGED, _ ("Stored answers cannot be read: “%s”."), json);
      return NULL;
    }
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      int answer = json_array_get_null_element (list, i) ? XQ_ANSWER_BLANK
                                                         : (int) json_array_get_int_element (list, i);

      g_array_append_val (answers, answer);
    }
  return g_steal_pointer (&answers);
}

/* Whole numbers are written as such: 12 rather than 12.0. */
static void
set_number (JsonObject *object, const char *member, double value)
{
  if (value == floor (value))
    json_object_set_int_member (object, member, (gint64) value);
  else
    json_object_set_double_member (object, member, value);
}

static void
add_scores (const XqScoreResult *result, JsonObject *scores, JsonObject *bands)
{
  for (guint i = 0; i < result->n_scores; i++)
    {
      const XqScore *score = &result->scores[i];

      if (score->defined)
        set_number (scores, score->scale->id, score->value);
      else
        json_object_set_null_member (scores, score->scale->id);
      if (score->band != NULL)
        json_object_set_string_member (bands, score->scale->id, score->band->id);
    }
}

JsonObject *
xq_score_result_to_json (const XqScoreResult *result)
{
  JsonObject *object = json_object_new ();
  JsonObject *scores = json_object_new (), *bands = json_object_new (), *flags = json_object_new ();
  JsonArray *critical = json_array_new ();

  add_scores (result, scores, bands);
  for (guint i = 0; i < result->n_critical; i++)
    json_array_add_int_element (critical, result->critical[i].item);
  for (guint i = 0; i < result->instrument->n_flags; i++)
    json_object_set_boolean_member (flags, result->instrument->flags[i].id, result->flags[i]);
  json_object_set_object_member (object, "scores", scores);
  json_object_set_object_member (object, "bands", bands);
  json_object_set_array_member (object, "critical", critical);
  json_object_set_boolean_member (object, "valid", result->valid);
  json_object_set_int_member (object, "missing", result->missing);
  json_object_set_boolean_member (object, "complete", result->complete);
  json_object_set_boolean_member (object, "positive", result->positive);
  json_object_set_object_member (object, "flags", flags);
  return object;
}
