/* From answers to warnings: what assess/ has scored is handed to care/ as plain evidence. */
#include "config.h"

#include "report/desk.h"

#include "people/tag.h"

/* What one person's sheets say, in the form that the rules read; borrowed from the sheets. */
typedef struct
{
  GArray *seen;       /* of XqSeen */
  GPtrArray *scores;  /* of XqSeenScore arrays */
  GPtrArray *critical; /* of int arrays */
  GPtrArray *tags;
} Evidence;

static void
evidence_clear (Evidence *evidence)
{
  g_clear_pointer (&evidence->seen, g_array_unref);
  g_clear_pointer (&evidence->scores, g_ptr_array_unref);
  g_clear_pointer (&evidence->critical, g_ptr_array_unref);
  g_clear_pointer (&evidence->tags, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Evidence, evidence_clear)

static void
evidence_init (Evidence *evidence)
{
  evidence->seen = g_array_new (FALSE, FALSE, sizeof (XqSeen));
  evidence->scores = g_ptr_array_new_with_free_func (g_free);
  evidence->critical = g_ptr_array_new_with_free_func (g_free);
  evidence->tags = g_ptr_array_new_null_terminated (4, g_free, TRUE);
}

static XqSeenScore *
copy_scores (const XqAssessed *assessed, gsize *ret_count)
{
  const XqScoreResult *result = assessed->result;
  XqSeenScore *scores = g_new0 (XqSeenScore, result->n_scores + 1);
  gsize count = 0;

  for (guint i = 0; i < result->n_scores; i++)
    {
      const XqScore *score = &result->scores[i];

      if (!score->defined)
        continue;
      scores[count].scale = score->scale->id;
      scores[count].value = score->value;
      scores[count].band = score->band != NULL ? score->band->id : NULL;
      scores[count].has_previous = assessed->has_previous != NULL && assessed->has_previous[i];
      scores[count].previous = scores[count].has_previous ? assessed->previous[i] : 0;
      count++;
    }
  *ret_count = count;
  return scores;
}

static void
evidence_add (Evidence *evidence, const XqAssessed *assessed)
{
  const XqScoreResult *result = assessed->result;
  int *critical = g_new0 (int, result->n_critical + 1);
  XqSeen seen = {
    .assessment_id = assessed->assessment_id,
    .instrument = result->instrument->id,
    .complete = result->complete,
    .valid = result->valid,
    .answers = assessed->answers,
    .n_answers = assessed->n_answers,
    .critical = critical,
    .n_critical = result->n_critical,
  };

  G_STATIC_ASSERT (XQ_NO_ANSWER == XQ_ANSWER_BLANK);
  for (guint i = 0; i < result->n_critical; i++)
    critical[i] = result->critical[i].item;
  seen.scores = copy_scores (assessed, &seen.n_scores);
  g_ptr_array_add (evidence->scores, (gpointer) seen.scores);
  g_ptr_array_add (evidence->critical, critical);
  g_array_append_val (evidence->seen, seen);
}

static gboolean
evidence_add_tags (Evidence *evidence, XqDatabase *database, gint64 person_id, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, "SELECT tag FROM person_tag WHERE person_id = :person",
                           XQ_INTEGER (":person", person_id), XQ_END);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (evidence->tags, xq_statement_dup_text (statement, 0));
  return step == XQ_STEP_DONE;
}

static void
evidence_get (const Evidence *evidence, gint64 person_id, XqEvidence *ret_evidence)
{
  *ret_evidence = (XqEvidence) {
    .person_id = person_id,
    .seen = (const XqSeen *) (gpointer) evidence->seen->data,
    .n_seen = evidence->seen->len,
    .tags = (const char *const *) evidence->tags->pdata,
  };
}

/* One import under way. */
typedef struct
{
  XqDesk *desk;
  XqWarningBatch *batch;
} Import;

static gboolean
on_assessed (const XqAssessed *assessed, guint n_assessed, gpointer user_data, GError **error)
{
  Import *import = user_data;
  g_auto (Evidence) evidence = { NULL };
  XqEvidence handed;

  evidence_init (&evidence);
  for (guint i = 0; i < n_assessed; i++)
    evidence_add (&evidence, &assessed[i]);
  if (!evidence_add_tags (&evidence, xq_desk_database (import->desk), assessed[0].person_id, error))
    return FALSE;
  evidence_get (&evidence, assessed[0].person_id, &handed);
  return xq_warning_batch_add (import->batch, &handed, error);
}

XqAnswersResult *
xq_desk_import_answers (XqDesk *desk, XqAnswers *answers, gboolean dry_run, XqRaised *ret_raised,
                        const XqProgress *progress, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (xq_desk_database (desk), error);
  g_autoptr (XqWarningBatch) batch = NULL;
  g_autoptr (XqAnswersResult) result = NULL;
  Import import = { .desk = desk };
  XqAnswersApply apply = { .assessed = on_assessed, .user_data = &import, .with_previous = TRUE };

  if (transaction == NULL)
    return NULL;
  batch = import.batch = xq_warning_batch_begin (xq_desk_care (desk), error);
  if (batch == NULL)
    return NULL;
  result = xq_answers_apply (xq_desk_database (desk), answers, &apply, progress, error);
  if (result == NULL
      || !xq_warning_batch_commit (g_steal_pointer (&batch), result->batch_id, ret_raised->persons, error))
    return NULL;
  if (dry_run)
    g_clear_pointer (&transaction, xq_transaction_rollback);
  else if (!xq_transaction_commit (g_steal_pointer (&transaction), error))
    return NULL;
  return g_steal_pointer (&result);
}

gboolean
xq_desk_undo_answers (XqDesk *desk, gint64 batch_id, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (xq_desk_database (desk), error);

  return transaction != NULL && xq_warning_forget_import (xq_desk_care (desk), batch_id, error)
         && xq_answers_undo (xq_desk_database (desk), batch_id, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

/* The same scale's last score before, beside the scores of @result. */
static gboolean
find_previous (XqDatabase *database, const XqAssessment *assessment, const XqScoreResult *result,
               double *ret_previous, gboolean *ret_has_previous, GError **error)
{
  g_autoptr (GPtrArray) stored = xq_assessment_previous (database, assessment->person_id, assessment->instrument,
                                                         assessment->taken_at, error);

  if (stored == NULL)
    return FALSE;
  for (guint i = 0; i < result->n_scores; i++)
    for (guint k = 0; k < stored->len; k++)
      {
        const XqStoredScore *before = g_ptr_array_index (stored, k);

        if (g_str_equal (before->scale, result->scores[i].scale->id))
          {
            ret_previous[i] = before->value;
            ret_has_previous[i] = TRUE;
          }
      }
  return TRUE;
}

static gboolean
raise_for (XqDesk *desk, const XqAssessed *assessed, gint64 *ret_warning_id, GError **error)
{
  g_auto (Evidence) evidence = { NULL };
  XqEvidence handed;

  evidence_init (&evidence);
  evidence_add (&evidence, assessed);
  if (!evidence_add_tags (&evidence, xq_desk_database (desk), assessed->person_id, error))
    return FALSE;
  evidence_get (&evidence, assessed->person_id, &handed);
  return xq_warning_raise (xq_desk_care (desk), &handed, ret_warning_id, error);
}

gboolean
xq_desk_add_assessment (XqDesk *desk, XqAssessment *assessment, const int *answers, gsize n_answers,
                        gint64 *ret_warning_id, GError **error)
{
  XqDatabase *database = xq_desk_database (desk);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqScoreResult) result = NULL;
  g_autofree double *previous = NULL;
  g_autofree gboolean *has_previous = NULL;
  const XqInstrument *instrument;
  XqAssessed assessed;

  if (transaction == NULL)
    return FALSE;
  instrument = xq_instrument_set_get (xq_desk_instruments (desk), assessment->instrument, error);
  if (instrument == NULL
      || !xq_assessment_add (database, assessment, instrument, answers, n_answers, &result, error))
    return FALSE;
  previous = g_new0 (double, result->n_scores + 1);
  has_previous = g_new0 (gboolean, result->n_scores + 1);
  if (!find_previous (database, assessment, result, previous, has_previous, error))
    return FALSE;
  assessed = (XqAssessed) {
    .person_id = assessment->person_id,
    .assessment_id = assessment->id,
    .result = result,
    .answers = answers,
    .n_answers = n_answers,
    .previous = previous,
    .has_previous = has_previous,
  };
  return raise_for (desk, &assessed, ret_warning_id, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
