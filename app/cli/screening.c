#include "config.h"

#include "cli/screening.h"

#include "assess/campaign.h"
#include "care/warning.h"
#include "people/tag.h"

/* -- words */

static char *
instrument_word (const char *id, gpointer user_data)
{
  const XqInstrument *instrument = xq_instrument_set_peek (user_data, id);

  return instrument != NULL ? g_strdup (instrument->label) : NULL;
}

static char *
scale_word (const char *id, const char *scale_id, gpointer user_data)
{
  const XqInstrument *instrument = xq_instrument_set_peek (user_data, id);
  const XqScale *scale = instrument != NULL ? xq_instrument_scale (instrument, scale_id) : NULL;

  return scale != NULL ? g_strdup (xq_words_get (&scale->label)) : NULL;
}

static char *
option_word (const char *id, int number, int value, gpointer user_data)
{
  const XqInstrument *instrument = xq_instrument_set_peek (user_data, id);
  const XqItem *item = instrument != NULL ? xq_instrument_item (instrument, number) : NULL;
  const XqAnswerOption *option = item != NULL ? xq_item_option (item, value) : NULL;

  return option != NULL ? g_strdup (xq_words_get (&option->label)) : NULL;
}

static char *
tag_word (const char *tag, gpointer user_data)
{
  return g_strdup (xq_tag_label (tag));
}

XqReasonWords
xq_screening_words (XqInstrumentSet *set)
{
  return (XqReasonWords){ instrument_word, scale_word, option_word, tag_word, set };
}

/* -- evidence */

/* What was assessed as plain data; the arrays live as long as this. */
typedef struct
{
  GArray *scores; /* of XqSeenScore, one assessment after the other */
  GArray *critical;
  GArray *seen;
} Evidence;

static void
evidence_init (Evidence *evidence)
{
  evidence->scores = g_array_new (FALSE, FALSE, sizeof (XqSeenScore));
  evidence->critical = g_array_new (FALSE, FALSE, sizeof (int));
  evidence->seen = g_array_new (FALSE, TRUE, sizeof (XqSeen));
}

static void
evidence_clear (Evidence *evidence)
{
  g_clear_pointer (&evidence->scores, g_array_unref);
  g_clear_pointer (&evidence->critical, g_array_unref);
  g_clear_pointer (&evidence->seen, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Evidence, evidence_clear)

static void
evidence_add (Evidence *evidence, const XqAssessed *assessed)
{
  const XqScoreResult *result = assessed->result;
  XqSeen seen = { .assessment_id = assessed->assessment_id,
                  .instrument = result->instrument->id,
                  .complete = result->complete,
                  .valid = result->valid,
                  .answers = assessed->answers,
                  .n_answers = assessed->n_answers,
                  .n_critical = result->n_critical };

  for (guint i = 0; i < result->n_scores; i++)
    if (result->scores[i].defined)
      {
        const XqScore *score = &result->scores[i];
        gboolean known = assessed->has_previous != NULL && assessed->has_previous[i];
        XqSeenScore one = { score->scale->id, score->value, score->band != NULL ? score->band->id : NULL, known,
                            known ? assessed->previous[i] : 0 };

        g_array_append_val (evidence->scores, one);
        seen.n_scores++;
      }
  for (guint i = 0; i < result->n_critical; i++)
    g_array_append_val (evidence->critical, result->critical[i].item);
  g_array_append_val (evidence->seen, seen);
}

/* Only now do the arrays stay where they are. */
static void
evidence_settle (Evidence *evidence)
{
  const XqSeenScore *scores = (const XqSeenScore *) evidence->scores->data;
  const int *critical = (const int *) evidence->critical->data;

  for (guint i = 0; i < evidence->seen->len; i++)
    {
      XqSeen *seen = &g_array_index (evidence->seen, XqSeen, i);

      seen->scores = scores;
      seen->critical = critical;
      scores += seen->n_scores;
      critical += seen->n_critical;
    }
}

static void
evidence_reset (Evidence *evidence)
{
  g_array_set_size (evidence->scores, 0);
  g_array_set_size (evidence->critical, 0);
  g_array_set_size (evidence->seen, 0);
}

/* -- a table of answers */

typedef struct
{
  XqDatabase *database;
  XqWarningBatch *batch;
  Evidence evidence;
} Import;

static void
import_clear (Import *import)
{
  g_clear_pointer (&import->batch, xq_warning_batch_abandon);
  evidence_clear (&import->evidence);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
on_assessed (const XqAssessed *assessed, guint n_assessed, gpointer user_data, GError **error)
{
  Import *import = user_data;
  XqEvidence evidence = { .person_id = assessed[0].person_id };

  evidence_reset (&import->evidence);
  for (guint i = 0; i < n_assessed; i++)
    evidence_add (&import->evidence, &assessed[i]);
  evidence_settle (&import->evidence);
  evidence.seen = (const XqSeen *) import->evidence.seen->data;
  evidence.n_seen = import->evidence.seen->len;
  return xq_warning_batch_add (import->batch, &evidence, error);
}

XqAnswersResult *
xq_screening_apply (XqCare *care, XqAnswers *answers, const XqProgress *progress, gint64 ret_warnings[4], GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (XqAnswersResult) result = NULL;
  g_auto (Import) import = { .database = xq_care_database (care) };
  const XqAnswersApply apply = { .assessed = on_assessed, .user_data = &import, .with_previous = TRUE };

  evidence_init (&import.evidence);
  transaction = xq_transaction_begin (import.database, error);
  if (transaction == NULL)
    return NULL;
  import.batch = xq_warning_batch_begin (care, error);
  result = import.batch != NULL ? xq_answers_apply (import.database, answers, &apply, progress, error) : NULL;
  if (result == NULL
      || !xq_warning_batch_commit (g_steal_pointer (&import.batch), result->batch_id, ret_warnings, error)
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return NULL;
  return g_steal_pointer (&result);
}

/* -- one sheet */

static void
look_back (const XqScoreResult *result, GPtrArray *before, double *previous, gboolean *has_previous)
{
  for (guint i = 0; i < result->n_scores; i++)
    for (guint j = 0; j < before->len; j++)
      {
        const XqStoredScore *score = g_ptr_array_index (before, j);

        if (g_str_equal (score->scale, result->scores[i].scale->id))
          {
            previous[i] = score->value;
            has_previous[i] = TRUE;
          }
      }
}

static char **
tags_of (XqDatabase *database, gint64 person_id, GError **error)
{
  g_autoptr (GPtrArray) tags = xq_tag_list (database, person_id, error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (tags == NULL)
    return NULL;
  for (guint i = 0; i < tags->len; i++)
    g_strv_builder_add (ids, ((XqPersonTag *) g_ptr_array_index (tags, i))->tag);
  return g_strv_builder_end (ids);
}

static gboolean
raise_for (XqCare *care, const XqAssessed *assessed, gint64 *ret_warning_id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_auto (GStrv) tags = tags_of (database, assessed->person_id, error);
  g_auto (Evidence) seen = { 0 };
  XqEvidence evidence = { .person_id = assessed->person_id, .n_seen = 1 };

  if (tags == NULL
      || !xq_campaign_missed_in_a_row (database, assessed->person_id, &evidence.missed_campaigns, error))
    return FALSE;
  evidence_init (&seen);
  evidence_add (&seen, assessed);
  evidence_settle (&seen);
  evidence.seen = (const XqSeen *) seen.seen->data;
  evidence.tags = (const char *const *) tags;
  return xq_warning_raise (care, &evidence, ret_warning_id, error);
}

gboolean
xq_screening_add (XqCare *care, XqAssessment *assessment, const XqInstrument *instrument, const int *answers,
                  gsize n_answers, gint64 *ret_warning_id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqScoreResult) result = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autofree double *previous = g_new0 (double, instrument->n_scales);
  g_autofree gboolean *has_previous = g_new0 (gboolean, instrument->n_scales);
  XqAssessed assessed = { .answers = answers, .n_answers = n_answers, .previous = previous, .has_previous = has_previous };

  if (transaction == NULL || !xq_assessment_add (database, assessment, instrument, answers, n_answers, &result, error))
    return FALSE;
  before = xq_assessment_previous (database, assessment->person_id, instrument->id, assessment->taken_at, error);
  if (before == NULL)
    return FALSE;
  look_back (result, before, previous, has_previous);
  assessed.person_id = assessment->person_id;
  assessed.assessment_id = assessment->id;
  assessed.result = result;
  return raise_for (care, &assessed, ret_warning_id, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_screening_undo (XqCare *care, gint64 batch_id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  return transaction != NULL && xq_warning_forget_import (care, batch_id, error)
         && xq_answers_undo (database, batch_id, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
