/* What answers are worth. Arithmetic is exact: whole numbers and fractions of them, never rounded before it is
 * compared with a border. */
#pragma once

#include "assess/instrument.h"

G_BEGIN_DECLS

/**
 * XqScore:
 * @scale: which
 * @defined: whether it has a value (a mean over no positive item has none)
 * @value: the score
 * @band: (nullable): where it falls in the scale's standard bands
 */
typedef struct
{
  const XqScale *scale;
  gboolean defined;
  double value;
  const XqBand *band;
} XqScore;

typedef struct
{
  const XqCriticalItem *critical;
  int item;
  int value; /* as answered */
} XqCriticalHit;

/**
 * XqScoreResult:
 * @complete: enough was answered for scores; else @n_scores is 0
 * @valid: no validity check failed; %TRUE when incomplete
 * @missing: items proper that are blank, without those that the form lets skip
 * @positive: a listed scale falls into a band that is a positive screen
 * @scores: (array length=n_scores): beside the instrument's scales
 * @critical: (array length=n_critical): critical items that were hit; looked at even when incomplete
 * @flags: (array): beside the instrument's flags; all %FALSE when incomplete
 * @invalid_because: (nullable): the words of the validity check that failed first
 */
typedef struct
{
  const XqInstrument *instrument;
  gboolean complete;
  gboolean valid;
  int missing;
  gboolean positive;
  XqScore *scores;
  guint n_scores;
  XqCriticalHit *critical;
  guint n_critical;
  gboolean *flags;
  const XqWords *invalid_because;
  gpointer workspace;
} XqScoreResult;

/**
 * xq_score:
 * @instrument: outlives the result
 * @answers: (array length=n_answers): values of the chosen options in item order, before reversal,
 *   %XQ_ANSWER_BLANK for a blank; extra items may follow. Each is a value of its item's options
 * @n_answers: missing ones at the end are blank
 *
 * Returns: (transfer full): the result
 */
XqScoreResult *xq_score (const XqInstrument *instrument, const int *answers, gsize n_answers);
void xq_score_result_free (XqScoreResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqScoreResult, xq_score_result_free)

/* For many sheets: a result that is scored into again and again. */
XqScoreResult *xq_score_result_new (const XqInstrument *instrument);
void xq_score_again (XqScoreResult *result, const int *answers, gsize n_answers);

/* NULL when there is no such score. */
const XqScore *xq_score_result_get (const XqScoreResult *result, const char *scale);
gboolean xq_score_result_flag (const XqScoreResult *result, const char *flag);

/* Whether each answer is an option of its item; else names the item and its options. */
gboolean xq_answers_check (const XqInstrument *instrument, const int *answers, gsize n_answers, GError **error);
/* "0, 1, 2, 3": the values that an item may have, for messages. (transfer full) */
char *xq_item_allowed (const XqItem *item);
/* [1,null,3] as it is stored; trailing extra items that are blank are left out. Appends to @string. */
void xq_answers_format (const XqInstrument *instrument, const int *answers, gsize n_answers, GString *string);
/* (transfer full) (element-type int) */
GArray *xq_answers_parse (const char *json, GError **error);

/* {"scores":{SCALE:value},"bands":{SCALE:id},"critical":[item],"valid":bool,"missing":n,"complete":bool,
 *  "positive":bool,"flags":{FLAG:bool}}; a score that is not defined is null. (transfer full) */
JsonObject *xq_score_result_to_json (const XqScoreResult *result);

G_END_DECLS
