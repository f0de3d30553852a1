#include "config.h"

#include "assess/results.h"

#include <string.h>

/* Which scale stands for a sheet of each instrument: {"phq9": "total"}; bound, for json_extract. */
static char *
scales_json (XqInstrumentSet *set, gboolean verdict)
{
  g_autoptr (GPtrArray) instruments = xq_instrument_set_list (set);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < instruments->len; i++)
    {
      const XqInstrument *instrument = instruments->pdata[i];
      const XqScale *scale = verdict ? xq_instrument_verdict_scale (instrument)
                                     : xq_instrument_main_scale (instrument);

      json_object_set_string_member (object, instrument->id, scale->id);
    }
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/* ["phq9/total/moderate", …]: the bands that are positive. */
static char *
positive_json (XqInstrumentSet *set)
{
  g_autoptr (GPtrArray) instruments = xq_instrument_set_list (set);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < instruments->len; i++)
    {
      const XqInstrument *instrument = instruments->pdata[i];

      for (guint k = 0; k < instrument->n_scales; k++)
        for (guint b = 0; instrument->scales[k].bands != NULL && b < instrument->scales[k].bands->n_bands; b++)
          if (instrument->scales[k].listed && instrument->scales[k].bands->bands[b].positive)
            {
              g_autofree char *entry = g_strdup_printf ("%s/%s/%s", instrument->id, instrument->scales[k].id,
                                                        instrument->scales[k].bands->bands[b].id);

              json_array_add_string_element (array, entry);
            }
    }
  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

#define UNIT_CONDITION                                                                              \
  " AND a.person_id IN (WITH RECURSIVE below (id) AS (SELECT :unit UNION SELECT unit.id FROM unit JOIN below"  \
  "  ON unit.parent_id = below.id) SELECT person.id FROM person WHERE person.unit_id IN (SELECT id FROM below))"
#define BAND_CONDITION                                                                              \
  " AND EXISTS (SELECT 1 FROM score s WHERE s.assessment_id = a.id AND s.band = :band"              \
  "  AND s.scale = ifnull (:scale, json_extract (:verdicts, '$.' || a.instrument)))"
#define POSITIVE_CONDITION                                                                          \
  " AND (EXISTS (SELECT 1 FROM critical_hit c WHERE c.assessment_id = a.id)"                        \
  "  OR EXISTS (SELECT 1 FROM score s WHERE s.assessment_id = a.id"                                 \
  "    AND a.instrument || '/' || s.scale || '/' || s.band IN (SELECT value FROM json_each (:positive))))"

/* What a filter asks for, as conditions on assessment a; every piece is a text of ours. */
static void
append_conditions (GString *sql, const XqResultsFilter *filter)
{
  g_string_append (sql, " WHERE 1");
  if (filter->campaign_id != 0)
    g_string_append (sql, " AND a.campaign_id = :campaign");
  if (filter->batch_id != 0)
    g_string_append (sql, " AND a.batch_id = :batch");
  if (filter->person_id != 0)
    g_string_append (sql, " AND a.person_id = :person");
  if (filter->unit_id != 0)
    g_string_append (sql, UNIT_CONDITION);
  if (filter->instrument != NULL)
    g_string_append (sql, " AND a.instrument = :instrument");
  if (filter->band != NULL)
    g_string_append (sql, BAND_CONDITION);
  if (filter->positive_only)
    g_string_append (sql, POSITIVE_CONDITION);
  if (filter->incomplete_only)
    g_string_append (sql, " AND a.complete = 0");
  if (filter->from != NULL)
    g_string_append (sql, " AND a.taken_on >= :from");
  if (filter->to != NULL)
    g_string_append (sql, " AND a.taken_on <= :to");
}

static void
bind_conditions (XqStatement *statement, XqInstrumentSet *set, const XqResultsFilter *filter)
{
  if (filter->campaign_id != 0)
    xq_statement_bind_integer (statement, ":campaign", filter->campaign_id);
  if (filter->batch_id != 0)
    xq_statement_bind_integer (statement, ":batch", filter->batch_id);
  if (filter->person_id != 0)
    xq_statement_bind_integer (statement, ":person", filter->person_id);
  if (filter->unit_id != 0)
    xq_statement_bind_integer (statement, ":unit", filter->unit_id);
  if (filter->instrument != NULL)
    xq_statement_bind_text (statement, ":instrument", filter->instrument);
  if (filter->band != NULL)
    {
      g_autofree char *verdicts = scales_json (set, TRUE);

      xq_statement_bind_text (statement, ":band", filter->band);
      xq_statement_bind_text (statement, ":scale", filter->scale);
      xq_statement_bind_text (statement, ":verdicts", verdicts);
    }
  if (filter->positive_only)
    {
      g_autofree char *positive = positive_json (set);

      xq_statement_bind_text (statement, ":positive", positive);
    }
  if (filter->from != NULL)
    xq_statement_bind_text (statement, ":from", filter->from);
  if (filter->to != NULL)
    xq_statement_bind_text (statement, ":to", filter->to);
}

static const struct
{
  const char *join;
  const char *order;
} orders[] = {
  [XQ_RESULTS_NEWEST] = { "", " ORDER BY a.taken_at DESC, a.id DESC" },
  [XQ_RESULTS_SCORE] = { " LEFT JOIN score m ON m.assessment_id = a.id"
                         " AND m.scale = json_extract (:mains, '$.' || a.instrument)",
                         " ORDER BY m.value DESC, a.taken_at DESC, a.id DESC" },
  [XQ_RESULTS_NAME] = { " JOIN person p ON p.id = a.person_id",
                        " ORDER BY p.sort_key, p.id, a.taken_at DESC, a.id DESC" },
};

static GArray *
read_ids (XqStatement *statement, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_integer (statement, 0);

      if (ids->len % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      g_array_append_val (ids, id);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

GArray *
xq_results_ids (XqDatabase *database, XqInstrumentSet *set, const XqResultsFilter *filter, XqResultsOrder order,
                guint limit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT a.id FROM assessment a");
  g_autoptr (XqStatement) statement = NULL;

  g_return_val_if_fail (order < G_N_ELEMENTS (orders), NULL);

  g_string_append (sql, orders[order].join);
  append_conditions (sql, filter);
  g_string_append (sql, orders[order].order);
  g_string_append (sql, " LIMIT :limit");
  statement = xq_database_query (database, error, sql->str,
                                 XQ_INTEGER (":limit", limit == 0 ? -1 : (gint64) limit), XQ_END);
  if (statement == NULL)
    return NULL;
  bind_conditions (statement, set, filter);
  if (order == XQ_RESULTS_SCORE)
    {
      g_autofree char *mains = scales_json (set, FALSE);

      xq_statement_bind_text (statement, ":mains", mains);
    }
  return read_ids (statement, cancellable, error);
}

/* Each person's last sheet, of which conditions and the rest of the query follow. */
#define LAST_SHEETS                                                                                 \
  "SELECT complete, valid, band, count (*) FROM (SELECT a.complete, a.valid, s.band, row_number () OVER"   \
  "  (PARTITION BY a.person_id ORDER BY a.taken_at DESC, a.id DESC) AS place FROM assessment a"     \
  "  LEFT JOIN score s ON s.assessment_id = a.id AND s.scale = :which"

void
xq_distribution_clear (XqDistribution *distribution)
{
  g_clear_pointer (&distribution->bands, g_array_unref);
}

static void
count_row (XqStatement *statement, const XqScale *scale, XqDistribution *distribution)
{
  gint64 count = xq_statement_integer (statement, 3);
  const char *band = xq_statement_text (statement, 2);

  distribution->assessed += count;
  if (xq_statement_integer (statement, 0) == 0)
    distribution->incomplete += count;
  else if (xq_statement_integer (statement, 1) == 0)
    distribution->invalid += count;
  else
    for (guint i = 0; i < distribution->bands->len; i++)
      {
        XqBandCount *one = &g_array_index (distribution->bands, XqBandCount, i);

        if (g_strcmp0 (one->band->id, band) == 0)
          one->count += count;
      }
}

gboolean
xq_results_distribution (XqDatabase *database, const XqInstrument *instrument, const char *scale_id,
                         const XqResultsFilter *filter, XqDistribution *ret_distribution, GError **error)
{
  XqResultsFilter own = *filter;
  const XqScale *scale = scale_id != NULL ? xq_instrument_scale (instrument, scale_id)
                                          : xq_instrument_verdict_scale (instrument);
  g_autoptr (GString) sql = g_string_new (LAST_SHEETS);
  g_autoptr (XqStatement) statement = NULL;
  g_auto (XqDistribution) distribution = { 0 };
  XqStep step;

  g_return_val_if_fail (scale != NULL && own.band == NULL && !own.positive_only, FALSE);

  own.instrument = instrument->id;
  append_conditions (sql, &own);
  g_string_append (sql, ") WHERE place = 1 GROUP BY complete, valid, band");
  statement = xq_database_query (database, error, sql->str, XQ_TEXT (":which", scale->id), XQ_END);
  if (statement == NULL)
    return FALSE;
  bind_conditions (statement, NULL, &own);
  distribution.bands = g_array_new (FALSE, FALSE, sizeof (XqBandCount));
  for (guint i = 0; scale->bands != NULL && i < scale->bands->n_bands; i++)
    {
      XqBandCount one = { &scale->bands->bands[i], 0 };

      g_array_append_val (distribution.bands, one);
    }
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    count_row (statement, scale, &distribution);
  if (step == XQ_STEP_FAILED)
    return FALSE;
  *ret_distribution = distribution;
  distribution.bands = NULL;
  return TRUE;
}
