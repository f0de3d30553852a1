#include "config.h"

#include "assess/campaign.h"

#include <json-glib/json-glib.h>

#include "people/unit.h"

static JsonObject *
counts_object (const XqCoverage *coverage)
{
  JsonObject *object = json_object_new ();

  for (int i = 0; i < XQ_PARTICIPANT_STATES; i++)
    json_object_set_int_member (object, xq_participant_states[i].id, coverage->counts[i]);
  return object;
}

static JsonArray *
texts_array (char **texts)
{
  JsonArray *array = json_array_new ();

  for (; *texts != NULL; texts++)
    json_array_add_string_element (array, *texts);
  return array;
}

static gboolean
add_units (XqDatabase *database, const XqCampaign *campaign, GArray *rows, JsonObject *object, GError **error)
{
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, error);
  JsonArray *units;

  if (tree == NULL)
    return FALSE;
  units = json_array_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      const XqCoverage *row = &g_array_index (rows, XqCoverage, i);
      g_auto (GStrv) path = xq_unit_tree_path (tree, campaign->organisation_id, row->unit_id);
      JsonObject *unit = json_object_new ();

      json_object_set_array_member (unit, "unit", texts_array (path));
      json_object_set_object_member (unit, "participants", counts_object (row));
      json_array_add_object_element (units, unit);
    }
  json_object_set_array_member (object, "units", units);
  return TRUE;
}

static void
add_record (const XqCampaign *campaign, JsonObject *object)
{
  g_auto (GStrv) instruments = g_strsplit (campaign->instruments, ",", -1);

  json_object_set_int_member (object, "id", campaign->id);
  json_object_set_int_member (object, "organisation_id", campaign->organisation_id);
  json_object_set_string_member (object, "title", campaign->title);
  json_object_set_array_member (object, "instruments", texts_array (instruments));
  json_object_set_string_member (object, "from_date", campaign->from_date);
  if (campaign->due_date != NULL)
    json_object_set_string_member (object, "due_date", campaign->due_date);
  else
    json_object_set_null_member (object, "due_date");
  json_object_set_string_member (object, "state", xq_campaign_states[campaign->state].id);
}

JsonNode *
xq_campaign_to_json (XqDatabase *database, gint64 id, gboolean with_units, GError **error)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_load (database, id, error);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  XqCoverage total;
  JsonNode *node;

  if (campaign == NULL || (rows = xq_campaign_coverage (database, id, &total, error)) == NULL)
    return NULL;
  add_record (campaign, object);
  json_object_set_object_member (object, "participants", counts_object (&total));
  if (total.invited > 0)
    json_object_set_double_member (object, "coverage",
                                   (double) total.counts[XQ_PARTICIPANT_DONE] / (double) total.invited);
  else
    json_object_set_null_member (object, "coverage");
  if (with_units && !add_units (database, campaign, rows, object, error))
    return NULL;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&object));
  return node;
}
