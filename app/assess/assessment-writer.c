#include "config.h"

#include "assess/assessment-private.h"

#include <string.h>

#include "base/clock.h"
#include "vault/store.h"

struct _XqAssessmentWriter
{
  XqDatabase *database;
  XqStatement *score;
  XqStatement *hit;
  GString *answers;
  const XqInstrument *instrument; /* whose @order is known */
  GArray *order;                  /* of guint: its listed scales by id, the order of the table's key */
  gint64 now;
};

XqAssessmentWriter *
xq_assessment_writer_new (XqDatabase *database, GError **error)
{
  g_autoptr (XqAssessmentWriter) writer = g_new0 (XqAssessmentWriter, 1);

  writer->database = database;
  writer->answers = g_string_new (NULL);
  writer->order = g_array_new (FALSE, FALSE, sizeof (guint));
  writer->now = xq_clock_now ();
  writer->score = xq_database_query (database, error,
                                     "INSERT INTO score (assessment_id, scale, value, band)"
                                     " VALUES (:assessment, :scale, :value, :band)",
                                     XQ_END);
  writer->hit = xq_database_query (database, error,
                                   "INSERT INTO critical_hit (assessment_id, item, value)"
                                   " VALUES (:assessment, :item, :value)",
                                   XQ_END);
  return writer->score != NULL && writer->hit != NULL ? g_steal_pointer (&writer) : NULL;
}

void
xq_assessment_writer_free (XqAssessmentWriter *writer)
{
  g_clear_pointer (&writer->score, xq_statement_release);
  g_clear_pointer (&writer->hit, xq_statement_release);
  g_string_free (writer->answers, TRUE);
  g_array_unref (writer->order);
  g_free (writer);
}

static int
compare_scales (gconstpointer a, gconstpointer b, gpointer instrument)
{
  const XqScale *scales = ((const XqInstrument *) instrument)->scales;

  return strcmp (scales[*(const guint *) a].id, scales[*(const guint *) b].id);
}

/* Rows that come in the order of their key are appended rather than searched for. */
static void
order_scales (XqAssessmentWriter *writer, const XqInstrument *instrument)
{
  if (writer->instrument == instrument)
    return;
  writer->instrument = instrument;
  g_array_set_size (writer->order, 0);
  for (guint i = 0; i < instrument->n_scales; i++)
    if (instrument->scales[i].listed)
      g_array_append_val (writer->order, i);
  g_array_sort_with_data (writer->order, compare_scales, (gpointer) instrument);
}

static gboolean
add_scores (XqAssessmentWriter *writer, gint64 id, const XqScoreResult *result, GError **error)
{
  order_scales (writer, result->instrument);
  for (guint i = 0; i < writer->order->len; i++)
    {
      const XqScore *score = &result->scores[g_array_index (writer->order, guint, i)];

      if (!score->defined)
        continue;
      xq_statement_bind_integer (writer->score, ":assessment", id);
      xq_statement_bind_text (writer->score, ":scale", score->scale->id);
      xq_statement_bind_real (writer->score, ":value", score->value);
      xq_statement_bind_text (writer->score, ":band", score->band != NULL ? score->band->id : NULL);
      if (xq_statement_step (writer->score, error) != XQ_STEP_DONE)
        return FALSE;
      xq_statement_reset (writer->score);
    }
  return TRUE;
}

static gboolean
add_hits (XqAssessmentWriter *writer, gint64 id, const XqScoreResult *result, GError **error)
{
  for (guint i = 0; i < result->n_critical; i++)
    {
      xq_statement_bind_integer (writer->hit, ":assessment", id);
      xq_statement_bind_integer (writer->hit, ":item", result->critical[i].item);
      xq_statement_bind_integer (writer->hit, ":value", result->critical[i].value);
      if (xq_statement_step (writer->hit, error) != XQ_STEP_DONE)
        return FALSE;
      xq_statement_reset (writer->hit);
    }
  return TRUE;
}

gboolean
xq_assessment_writer_add (XqAssessmentWriter *writer, XqAssessment *assessment, const int *answers,
                          gsize n_answers, const XqScoreResult *result, GError **error)
{
  g_string_truncate (writer->answers, 0);
  xq_answers_format (result->instrument, answers, n_answers, writer->answers);
  g_set_str (&assessment->answers, writer->answers->str);
  assessment->missing = result->missing;
  assessment->complete = result->complete;
  assessment->valid = result->valid;
  assessment->created_at = writer->now;
  return xq_store_insert_unaudited (writer->database, &XQ_ASSESSMENT, assessment, error)
         && (!result->complete || add_scores (writer, assessment->id, result, error))
         && add_hits (writer, assessment->id, result, error);
}
