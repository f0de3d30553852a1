/* An assessment 测评: one person, one instrument, one date; answers, scores, and critical items that were hit. */
#pragma once

#include "assess/scoring.h"
#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_ENTERED_IMPORT,
  XQ_ENTERED_KEYED,      /* typed in from paper */
  XQ_ENTERED_RESPONDENT, /* answered here */
} XqEntered;

extern const XqChoice xq_entered_kinds[];

/**
 * XqAssessment:
 * @campaign_id: 0 for none
 * @batch_id: the import it came with, 0 for none
 * @taken_at: unix seconds
 * @taken_on: local date of @taken_at
 * @answers: JSON array in item order, null for a blank
 * @missing: items left blank
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  gint64 campaign_id;
  gint64 batch_id;
  char *instrument;
  gint64 taken_at;
  char *taken_on;
  int entered; /* XqEntered */
  char *answers;
  gint64 missing;
  gboolean complete;
  gboolean valid;
  gint64 created_at;
} XqAssessment;

XQ_DECLARE_RECORD (XqAssessment, assessment, XQ_ASSESSMENT)

/**
 * xq_assessment_add:
 * @assessment: person, instrument and how it was entered; @taken_at 0 stands for now. Id, answers and what follows
 *   them are set
 * @instrument: the definition
 * @answers: (array length=n_answers): see xq_score()
 * @ret_result: (out) (optional) (transfer full): the scores, for the rules of care
 * @error: XQ_ASSESS_ERROR for answers that are not options; XQ_VAULT_ERROR
 *
 * Scores and keeps one sheet; a participant of its campaign is done. Audited.
 */
gboolean xq_assessment_add (XqDatabase *database, XqAssessment *assessment, const XqInstrument *instrument,
                            const int *answers, gsize n_answers, XqScoreResult **ret_result, GError **error);

XqAssessment *xq_assessment_load (XqDatabase *database, gint64 id, GError **error);
/* A person's, newest first; @instrument NULL for all (element-type XqAssessment). */
GPtrArray *xq_assessment_list (XqDatabase *database, gint64 person_id, const char *instrument, GError **error);
/* With its scores and critical hits; a participant of its campaign is pending again. What warnings give as a reason
 * stays: the call is refused. Audited. */
gboolean xq_assessment_delete (XqDatabase *database, gint64 id, GError **error);

/**
 * XqStoredScore:
 * @band: (nullable): the band's id
 */
typedef struct
{
  char *scale;
  double value;
  char *band;
} XqStoredScore;

/* As they were stored (element-type XqStoredScore). */
GPtrArray *xq_assessment_scores (XqDatabase *database, gint64 id, GError **error);

typedef struct
{
  int item;
  int value;
} XqStoredHit;

/* Critical items that were hit, by number (element-type XqStoredHit). */
GArray *xq_assessment_critical (XqDatabase *database, gint64 id, GError **error);

/**
 * xq_assessment_previous:
 * @taken_at: before when
 * @error: XQ_VAULT_ERROR
 *
 * Returns: (transfer full) (element-type XqStoredScore): the scores of the person's latest complete and valid
 *   sheet before @taken_at; empty when there is none
 */
GPtrArray *xq_assessment_previous (XqDatabase *database, gint64 person_id, const char *instrument,
                                   gint64 taken_at, GError **error);

/* The sheet with each item's title and the words of its answer, for a person's page and JSON:
 * {"id","person","instrument","taken_at","entered","complete","valid","missing","scores","bands","critical",
 *  "answers":[{"item","title","value","label"}]}. (transfer full) */
JsonNode *xq_assessment_to_json (XqDatabase *database, const XqInstrument *instrument, gint64 id, GError **error);

G_END_DECLS
