/* The rows of a list of results, and one person's results over time. */
#include "config.h"

#include "assess/results.h"

#include <string.h>

void
xq_result_row_free (XqResultRow *row)
{
  if (row == NULL)
    return;
  g_free (row->code);
  g_free (row->name);
  g_free (row->instrument);
  g_free (row->taken_on);
  g_free (row->scale);
  g_free (row->band);
  g_free (row);
}

static XqResultRow *
read_row (XqStatement *statement, gint64 id)
{
  XqResultRow *row = g_new0 (XqResultRow, 1);

  row->id = id;
  row->person_id = xq_statement_integer (statement, 0);
  row->unit_id = xq_statement_integer (statement, 1);
  row->code = xq_statement_dup_text (statement, 2);
  row->name = xq_statement_dup_text (statement, 3);
  row->instrument = xq_statement_dup_text (statement, 4);
  row->taken_on = xq_statement_dup_text (statement, 5);
  row->complete = xq_statement_integer (statement, 6) != 0;
  row->valid = xq_statement_integer (statement, 7) != 0;
  row->missing = (int) xq_statement_integer (statement, 8);
  row->critical = (int) xq_statement_integer (statement, 9);
  return row;
}

/* What the stored scores say by the definition at hand; a scale or band that it no longer has says nothing. */
static void
take_scores (XqResultRow *row, const XqInstrument *instrument, GPtrArray *scores)
{
  for (guint i = 0; i < scores->len; i++)
    {
      const XqStoredScore *score = scores->pdata[i];
      const XqScale *scale = xq_instrument_scale (instrument, score->scale);
      const XqBand *band = scale != NULL ? xq_scale_band (scale, score->band) : NULL;

      if (scale != NULL && scale == xq_instrument_main_scale (instrument))
        {
          g_set_str (&row->scale, score->scale);
          row->value = score->value;
        }
      if (scale != NULL && scale == xq_instrument_verdict_scale (instrument))
        g_set_str (&row->band, score->band);
      row->positive = row->positive || (band != NULL && band->positive);
    }
}

static gboolean
add_row (XqDatabase *database, XqInstrumentSet *set, gint64 id, GPtrArray *rows, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  g_autoptr (XqResultRow) row = NULL;
  g_autoptr (GPtrArray) scores = NULL;
  const XqInstrument *instrument;
  XqStep step;

  statement = xq_database_query (database, error,
                                 "SELECT a.person_id, p.unit_id, p.code, p.name, a.instrument, a.taken_on, a.complete,"
                                 "  a.valid, a.missing, (SELECT count (*) FROM critical_hit c WHERE c.assessment_id = a.id)"
                                 " FROM assessment a JOIN person p ON p.id = a.person_id WHERE a.id = :id",
                                 XQ_INTEGER (":id", id), XQ_END);
  if (statement == NULL || (step = xq_statement_step (statement, error)) == XQ_STEP_FAILED)
    return FALSE;
  if (step == XQ_STEP_ROW)
    {
      row = read_row (statement, id);
      scores = xq_assessment_scores (database, id, error);
      if (scores == NULL)
        return FALSE;
      instrument = xq_instrument_set_peek (set, row->instrument);
      if (instrument != NULL)
        take_scores (row, instrument, scores);
    }
  g_ptr_array_add (rows, g_steal_pointer (&row));
  return TRUE;
}

GPtrArray *
xq_results_rows (XqDatabase *database, XqInstrumentSet *set, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_result_row_free);

  for (guint i = 0; i < n_ids; i++)
    if (!add_row (database, set, ids[i], rows, error))
      return NULL;
  return g_steal_pointer (&rows);
}

static void
trend_point_free (XqTrendPoint *point)
{
  g_free (point->taken_on);
  g_free (point->band);
  g_free (point);
}

GPtrArray *
xq_results_trend (XqDatabase *database, const XqInstrument *instrument, gint64 person_id, const char *scale,
                  GError **error)
{
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func ((GDestroyNotify) trend_point_free);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_database_query (database, error,
                                 "SELECT a.id, a.taken_at, a.taken_on, s.value, s.band"
                                 " FROM assessment a JOIN score s ON s.assessment_id = a.id AND s.scale = :scale"
                                 " WHERE a.person_id = :person AND a.instrument = :instrument AND a.complete = 1 AND a.valid = 1"
                                 " ORDER BY a.taken_at, a.id",
                                 XQ_INTEGER (":person", person_id), XQ_TEXT (":instrument", instrument->id),
                                 XQ_TEXT (":scale", scale != NULL ? scale : xq_instrument_main_scale (instrument)->id),
                                 XQ_END);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqTrendPoint *point = g_new0 (XqTrendPoint, 1);

      point->assessment_id = xq_statement_integer (statement, 0);
      point->taken_at = xq_statement_integer (statement, 1);
      point->taken_on = xq_statement_dup_text (statement, 2);
      point->value = xq_statement_real (statement, 3);
      point->band = xq_statement_dup_text (statement, 4);
      g_ptr_array_add (points, point);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&points) : NULL;
}

char **
xq_results_instruments (XqDatabase *database, gint64 person_id, GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_database_query (database, error,
                                 "SELECT instrument FROM assessment WHERE person_id = :person"
                                 " GROUP BY instrument ORDER BY max (taken_at) DESC, instrument",
                                 XQ_INTEGER (":person", person_id), XQ_END);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_strv_builder_add (ids, xq_statement_text (statement, 0));
  return step == XQ_STEP_DONE ? g_strv_builder_end (ids) : NULL;
}
