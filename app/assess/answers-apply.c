/* Writing a table of answers: scored and kept in one transaction with all that stands around them. */
#include "config.h"

#include "assess/answers-apply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "assess/campaign.h"
#include "base/clock.h"

#define REPORT_EVERY 256 /* rows */

/* Both know the same parameters. */
#define KNOWN_BY_TIME                                                                               \
  "SELECT id FROM assessment WHERE person_id = :person AND instrument = :instrument"                \
  "   AND taken_on = :day AND taken_at = :at AND answers = :answers AND :file IS NOT NULL"
#define KNOWN_BY_FILE                                                                               \
  "SELECT a.id FROM assessment a JOIN import_batch b ON b.id = a.batch_id"                          \
  " WHERE a.person_id = :person AND a.instrument = :instrument AND a.answers = :answers"            \
  "   AND b.file_name = :file AND b.undone_at IS NULL AND :day IS NULL AND :at = 0"

static void
part_clear (XqAnswersPart *part)
{
  xq_score_result_free (part->result);
  g_free (part->values);
  g_free (part->previous);
  g_free (part->has_previous);
}

static void
applying_clear (XqAnswersApplying *applying)
{
  g_clear_pointer (&applying->writer, xq_assessment_writer_free);
  g_clear_pointer (&applying->parts, g_array_unref);
  g_clear_pointer (&applying->assessed, g_array_unref);
  g_clear_pointer (&applying->campaigns, g_hash_table_unref);
  g_clear_pointer (&applying->record, xq_assessment_free);
  if (applying->text != NULL)
    g_string_free (applying->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqAnswersApplying, applying_clear)

void
xq_answers_result_free (XqAnswersResult *result)
{
  g_array_unref (result->campaigns);
  g_array_unref (result->counts);
  g_free (result);
}

static XqAnswersResult *
result_new (const XqAnswers *answers)
{
  XqAnswersResult *result = g_new0 (XqAnswersResult, 1);

  result->campaigns = g_array_new (FALSE, FALSE, sizeof (gint64));
  result->counts = g_array_new (FALSE, TRUE, sizeof (XqAnswersCount));
  for (guint i = 0; i < answers->columns->len; i++)
    {
      XqAnswersCount count = { .instrument = ((XqAnswersColumns *) answers->columns->pdata[i])->instrument };

      g_array_append_val (result->counts, count);
    }
  return result;
}

static gboolean
add_part (XqAnswersApplying *applying, const XqInstrument *instrument, GError **error)
{
  XqAnswersPart part = { .instrument = instrument };
  gint64 earlier = 0;

  if (!xq_database_get_integer (applying->database, error, &earlier, NULL,
                                "SELECT EXISTS (SELECT 1 FROM assessment WHERE instrument = :instrument)",
                                XQ_TEXT (":instrument", instrument->id), XQ_END))
    return FALSE;
  part.has_earlier = earlier != 0;
  part.result = xq_score_result_new (instrument);
  part.values = g_new (int, instrument->n_all_items);
  part.previous = g_new0 (double, instrument->n_scales);
  part.has_previous = g_new0 (gboolean, instrument->n_scales);
  g_array_append_val (applying->parts, part);
  return TRUE;
}

/* -- what is there already -- */

/* The same person's same answers at the same time; of a table without times, from a file of the same name. */
static gboolean
find_known (XqAnswersApplying *applying, const XqAnswersRow *row, const XqAnswersPart *part,
            gboolean *ret_known, GError **error)
{
  gint64 known = 0;
  g_autofree char *day = NULL;

  *ret_known = FALSE;
  if (!part->has_earlier)
    return TRUE;
  g_string_truncate (applying->text, 0);
  xq_answers_format (part->instrument, part->values, part->instrument->n_all_items, applying->text);
  if (row->taken_at != 0)
    day = xq_clock_date (row->taken_at);
  if (!xq_database_get_integer (applying->database, error, &known, NULL, day != NULL ? KNOWN_BY_TIME : KNOWN_BY_FILE,
                                XQ_INTEGER (":person", row->person_id),
                                XQ_TEXT (":instrument", part->instrument->id),
                                XQ_TEXT (":answers", applying->text->str), XQ_TEXT (":day", day),
                                XQ_INTEGER (":at", row->taken_at),
                                XQ_TEXT (":file", applying->answers->file_name), XQ_END))
    return FALSE;
  *ret_known = known != 0;
  return TRUE;
}

/* -- sheets -- */

static gboolean
look_up_previous (XqAnswersApplying *applying, const XqAnswersRow *row, XqAnswersPart *part, GError **error)
{
  g_autoptr (GPtrArray) scores = NULL;

  for (guint i = 0; i < part->instrument->n_scales; i++)
    part->has_previous[i] = FALSE;
  if (!part->has_earlier)
    return TRUE;
  scores = xq_assessment_previous (applying->database, row->person_id, part->instrument->id,
                                   applying->record->taken_at, error);
  if (scores == NULL)
    return FALSE;
  for (guint i = 0; i < scores->len; i++)
    {
      const XqStoredScore *score = scores->pdata[i];
      const XqScale *scale = xq_instrument_scale (part->instrument, score->scale);
      gsize place = scale != NULL ? (gsize) (scale - part->instrument->scales) : 0;

      if (scale == NULL)
        continue;
      part->previous[place] = score->value;
      part->has_previous[place] = TRUE;
    }
  return TRUE;
}

static void
count_sheet (XqAnswersCount *count, const XqScoreResult *result)
{
  count->assessed++;
  count->incomplete += !result->complete;
  count->invalid += result->complete && !result->valid;
}

static gboolean
add_sheet (XqAnswersApplying *applying, const XqAnswersRow *row, guint index, GError **error)
{
  XqAnswersPart *part = &g_array_index (applying->parts, XqAnswersPart, index);
  XqAssessment *record = applying->record;
  XqAssessed assessed = { .person_id = row->person_id, .result = part->result, .answers = part->values,
                          .n_answers = part->instrument->n_all_items };

  if (!xq_answers_begin_batch (applying, error) || !xq_answers_campaign_for (applying, row->organisation_id, &record->campaign_id, error))
    return FALSE;
  xq_score_again (part->result, part->values, part->instrument->n_all_items);
  record->id = 0;
  record->person_id = row->person_id;
  record->batch_id = applying->result->batch_id;
  g_set_str (&record->instrument, part->instrument->id);
  if (record->taken_at != (row->taken_at != 0 ? row->taken_at : applying->now) || record->taken_on == NULL)
    {
      record->taken_at = row->taken_at != 0 ? row->taken_at : applying->now;
      g_free (record->taken_on);
      record->taken_on = xq_clock_date (record->taken_at);
    }
  if (!xq_assessment_writer_add (applying->writer, record, part->values,
                                 part->instrument->n_all_items, part->result, error))
    return FALSE;
  if (applying->apply->with_previous)
    {
      if (!look_up_previous (applying, row, part, error))
        return FALSE;
      assessed.previous = part->previous;
      assessed.has_previous = part->has_previous;
    }
  assessed.assessment_id = record->id;
  g_array_append_val (applying->assessed, assessed);
  count_sheet (&g_array_index (applying->result->counts, XqAnswersCount, index), part->result);
  return TRUE;
}

static gboolean
add_row (XqAnswersApplying *applying, const XqAnswersRow *row, GError **error)
{
  g_array_set_size (applying->assessed, 0);
  for (guint i = 0; i < applying->parts->len; i++)
    {
      XqAnswersPart *part = &g_array_index (applying->parts, XqAnswersPart, i);
      gboolean known;

      if (!xq_answers_get (applying->answers, row, i, part->values))
        continue;
      if (!find_known (applying, row, part, &known, error))
        return FALSE;
      if (known)
        g_array_index (applying->result->counts, XqAnswersCount, i).known++;
      else if (!add_sheet (applying, row, i, error))
        return FALSE;
    }
  if (applying->assessed->len == 0)
    return TRUE;
  applying->result->people++;
  return applying->apply->assessed == NULL
         || applying->apply->assessed ((XqAssessed *) (gpointer) applying->assessed->data, applying->assessed->len,
                                       applying->apply->user_data, error);
}

static gboolean
add_rows (XqAnswersApplying *applying, GError **error)
{
  GArray *rows = applying->answers->rows;

  for (guint i = 0; i < rows->len; i++)
    {
      const XqAnswersRow *row = &g_array_index (rows, XqAnswersRow, i);

      if (i % REPORT_EVERY == 0
          && !xq_progress_step (applying->progress, (double) i / rows->len, _ ("Scoring answers"), error))
        return FALSE;
      if (row->person_id != 0 && !row->replaced && !add_row (applying, row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_all (XqAnswersApplying *applying, GError **error)
{
  const GArray *campaigns = applying->result->campaigns;

  for (guint i = 0; i < applying->answers->columns->len; i++)
    if (!add_part (applying, ((XqAnswersColumns *) applying->answers->columns->pdata[i])->instrument, error))
      return FALSE;
  if (applying->answers->campaign_id != 0
      && !xq_campaign_check_open (applying->database, applying->answers->campaign_id, error))
    return FALSE;
  if (!add_rows (applying, error))
    return FALSE;
  if (applying->result->batch_id == 0)
    return TRUE;
  for (guint i = 0; i < campaigns->len; i++)
    if (!xq_answers_mark_done (applying, g_array_index (campaigns, gint64, i), error))
      return FALSE;
  return xq_answers_finish_batch (applying, error) && xq_progress_step (applying->progress, 1.0, NULL, error);
}

XqAnswersResult *
xq_answers_apply (XqDatabase *database, XqAnswers *answers, const XqAnswersApply *apply, const XqProgress *progress,
                  GError **error)
{
  static const XqAnswersApply nobody = { 0 };
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqAnswersResult) result = NULL;
  g_auto (XqAnswersApplying) applying = { .database = database, .answers = answers, .progress = progress };

  if (transaction == NULL)
    return NULL;
  result = applying.result = result_new (answers);
  applying.apply = apply != NULL ? apply : &nobody;
  applying.parts = g_array_new (FALSE, FALSE, sizeof (XqAnswersPart));
  g_array_set_clear_func (applying.parts, (GDestroyNotify) part_clear);
  applying.assessed = g_array_new (FALSE, FALSE, sizeof (XqAssessed));
  applying.campaigns = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  applying.record = xq_assessment_new ();
  applying.record->entered = XQ_ENTERED_IMPORT;
  applying.text = g_string_new (NULL);
  applying.now = xq_clock_now ();
  if (!apply_all (&applying, error))
    return NULL;
  /* The writer's statements are given back before the transaction ends. */
  g_clear_pointer (&applying.writer, xq_assessment_writer_free);
  if (!xq_transaction_commit (g_steal_pointer (&transaction), error))
    return NULL;
  return g_steal_pointer (&result);
}
