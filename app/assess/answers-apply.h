/* An import under way; not for other rooms. */
#pragma once

#include "assess/answers-private.h"
#include "assess/assessment-private.h"

G_BEGIN_DECLS

/* One instrument of the import: what is scored into again and again. */
typedef struct
{
  const XqInstrument *instrument;
  XqScoreResult *result;
  int *values;
  double *previous;
  gboolean *has_previous;
  gboolean has_earlier; /* the vault holds sheets of it from before */
} XqAnswersPart;

typedef struct
{
  XqDatabase *database;
  XqAnswers *answers;
  const XqAnswersApply *apply;
  const XqProgress *progress;
  XqAnswersResult *result;
  XqAssessmentWriter *writer;
  GArray *parts;     /* of XqAnswersPart */
  GArray *assessed;  /* of XqAssessed: of the person under way */
  GHashTable *campaigns; /* organisation's id → campaign's id */
  XqAssessment *record;
  GString *text;
  gint64 now;
} XqAnswersApplying;

/* The batch and the writer, at the first new sheet. */
gboolean xq_answers_begin_batch (XqAnswersApplying *applying, GError **error);
/* The campaign of an organisation's answers: the given one, or one that is made now. */
gboolean xq_answers_campaign_for (XqAnswersApplying *applying, gint64 organisation_id, gint64 *ret_campaign_id,
                                  GError **error);
/* Who has answered is done; what each was before is noted for the undo. */
gboolean xq_answers_mark_done (XqAnswersApplying *applying, gint64 campaign_id, GError **error);
/* The batch's counts and its audit row. */
gboolean xq_answers_finish_batch (XqAnswersApplying *applying, GError **error);

/* {ID: {"assessed","incomplete","invalid","known"}} (transfer full) */
JsonObject *xq_answers_counts_object (const XqAnswersResult *result);

G_END_DECLS
