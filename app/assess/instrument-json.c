/* What `instruments show` prints of an instrument. */
#include "config.h"

#include "assess/instrument-private.h"

static JsonObject *
words_object (const XqWords *words)
{
  g_autoptr (JsonNode) node = xq_words_to_json (words);

  return json_object_ref (json_node_get_object (node));
}

static JsonArray *
options_array (const XqOptionList *list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < list->n_options; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "value", list->options[i].value);
      json_object_set_object_member (object, "label", words_object (&list->options[i].label));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
items_array (const XqInstrument *instrument)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < instrument->n_all_items; i++)
    {
      const XqItem *item = &instrument->items[i];
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "item", item->number);
      if (!xq_words_is_empty (&item->text))
        json_object_set_object_member (object, "text", words_object (&item->text));
      json_object_set_boolean_member (object, "reversed", item->reversed);
      json_object_set_boolean_member (object, "extra", item->extra);
      json_object_set_array_member (object, "options", options_array (item->options));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
bands_array (const XqBandScheme *scheme)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; scheme != NULL && i < scheme->n_bands; i++)
    {
      const XqBand *band = &scheme->bands[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", band->id);
      json_object_set_double_member (object, "min", band->min);
      json_object_set_double_member (object, "max", band->max);
      json_object_set_int_member (object, "severity", band->severity);
      json_object_set_boolean_member (object, "positive", band->positive);
      json_object_set_object_member (object, "label", words_object (&band->label));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
scales_array (const XqInstrument *instrument)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < instrument->n_scales; i++)
    {
      const XqScale *scale = &instrument->scales[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", scale->id);
      json_object_set_object_member (object, "label", words_object (&scale->label));
      json_object_set_boolean_member (object, "listed", scale->listed);
      json_object_set_double_member (object, "min", scale->min);
      json_object_set_double_member (object, "max", scale->max);
      json_object_set_array_member (object, "bands", bands_array (scale->bands));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
critical_array (const XqInstrument *instrument)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < instrument->n_critical; i++)
    {
      const XqCriticalItem *critical = &instrument->critical[i];
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "item", critical->item);
      json_object_set_object_member (object, "label", words_object (&critical->label));
      json_object_set_boolean_member (object, "published", critical->published);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
flags_array (const XqInstrument *instrument)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < instrument->n_flags; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", instrument->flags[i].id);
      json_object_set_object_member (object, "label", words_object (&instrument->flags[i].label));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
licence_object (const XqLicence *licence)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "class", licence->kind);
  json_object_set_boolean_member (object, "may_ship", licence->may_ship);
  json_object_set_object_member (object, "status", words_object (&licence->status));
  if (!xq_words_is_empty (&licence->text))
    json_object_set_object_member (object, "text", words_object (&licence->text));
  if (!xq_words_is_empty (&licence->trap))
    json_object_set_object_member (object, "trap", words_object (&licence->trap));
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

static JsonArray *
notes_array (const XqInstrument *instrument)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < instrument->n_notes; i++)
    json_array_add_object_element (array, words_object (&instrument->notes[i]));
  return array;
}

static void
set_age (JsonObject *object, const char *member, int years)
{
  if (years >= 0)
    json_object_set_int_member (object, member, years);
  else
    json_object_set_null_member (object, member);
}

JsonNode *
xq_instrument_to_json (const XqInstrument *instrument)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", instrument->id);
  json_object_set_string_member (object, "label", instrument->label);
  json_object_set_object_member (object, "name", words_object (&instrument->name));
  json_object_set_object_member (object, "period", words_object (&instrument->period));
  json_object_set_string_member (object, "respondent", instrument->respondent);
  set_age (object, "age_min", instrument->age_min);
  set_age (object, "age_max", instrument->age_max);
  json_object_set_int_member (object, "items_count", instrument->n_items);
  json_object_set_array_member (object, "items", items_array (instrument));
  json_object_set_string_member (object, "main", instrument->own->main->id);
  json_object_set_string_member (object, "verdict", instrument->own->verdict->id);
  json_object_set_array_member (object, "scales", scales_array (instrument));
  json_object_set_array_member (object, "flags", flags_array (instrument));
  json_object_set_array_member (object, "critical", critical_array (instrument));
  json_object_set_object_member (object, "licence", licence_object (&instrument->licence));
  json_object_set_array_member (object, "sources", texts_array (instrument->sources));
  json_object_set_array_member (object, "notes", notes_array (instrument));
  json_node_take_object (node, object);
  return node;
}
