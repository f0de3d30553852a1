#include "config.h"

#include "assess/scoring.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "assess/instrument-private.h"

/* An exact score: @numerator / @denominator, the latter above 0; 0 / 0 is not defined. */
typedef struct
{
  gint64 numerator;
  gint64 denominator;
} Fraction;

/* What one sheet is scored with. @answers has a place for every item, extra ones too; @skipped says which blanks
 * the form allows. */
typedef struct
{
  int *answers;
  gboolean *skipped;
  Fraction *values; /* beside the scales */
} Workspace;

static gint64
floor_divide (gint64 a, gint64 b)
{
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

static gboolean
holds (const XqCompare *compare, Fraction value)
{
  gint64 scaled = value.numerator * 1000;

  if (value.denominator == 0)
    return FALSE;
  if (compare->low != G_MININT64)
    {
      gint64 low = compare->low * value.denominator;

      if (scaled < low || (compare->low_open && scaled == low))
        return FALSE;
    }
  if (compare->high != G_MAXINT64)
    {
      gint64 high = compare->high * value.denominator;

      if (scaled > high || (compare->high_open && scaled == high))
        return FALSE;
    }
  return TRUE;
}

static gboolean
clause_holds (const XqClause *clause, const Workspace *workspace)
{
  if (clause->kind == XQ_CLAUSE_ITEM)
    {
      int answer = workspace->answers[clause->index];

      return answer != XQ_ANSWER_BLANK && holds (&clause->compare, (Fraction){ answer, 1 });
    }
  if (clause->kind == XQ_CLAUSE_SCALE)
    return holds (&clause->compare, workspace->values[clause->index]);
  for (guint i = 0; i < clause->children->len; i++)
    if (clause_holds (clause->children->pdata[i], workspace) != (clause->kind == XQ_CLAUSE_ALL))
      return clause->kind == XQ_CLAUSE_ANY;
  return clause->kind == XQ_CLAUSE_ALL;
}

/* The k-th item of a formula, reversed when it is. FALSE for a blank; what the form lets skip counts 0. */
static gboolean
worth (const XqInstrument *instrument, const XqFormula *formula, guint k, const Workspace *workspace,
       int *ret_worth)
{
  int index = g_array_index (formula->items, int, k);
  const XqOptionList *options = instrument->items[index].options;
  int answer = workspace->answers[index];

  if (answer == XQ_ANSWER_BLANK)
    {
      *ret_worth = 0;
      return workspace->skipped[index];
    }
  *ret_worth = formula->reversed[k] ? options->lowest + options->highest - answer : answer;
  return TRUE;
}

/* The sum of what was answered; *@ret_answered says of how many items. */
static gint64
add_items (const XqInstrument *instrument, const XqFormula *formula, const Workspace *workspace,
           gint64 *ret_answered)
{
  gint64 sum = 0;

  *ret_answered = 0;
  for (guint k = 0; k < formula->items->len; k++)
    {
      int value;

      if (!worth (instrument, formula, k, workspace, &value))
        continue;
      sum += value;
      *ret_answered += 1;
    }
  return sum;
}

static Fraction
add_scales (const GArray *scales, const Workspace *workspace)
{
  Fraction sum = { 0, 1 };

  for (guint i = 0; scales != NULL && i < scales->len; i++)
    {
      Fraction value = workspace->values[g_array_index (scales, guint, i)];

      if (value.denominator == sum.denominator)
        sum.numerator += value.numerator;
      else
        {
          sum.numerator = sum.numerator * value.denominator + value.numerator * sum.denominator;
          sum.denominator *= value.denominator;
        }
    }
  return sum;
}

/* Of items with a blank the sum is what the answered ones come to for all, rounded half up (the PMHC rule). */
static Fraction
compute_sum (const XqInstrument *instrument, const XqFormula *formula, const Workspace *workspace)
{
  gint64 answered, sum, all;

  if (formula->of != NULL)
    {
      Fraction total = add_scales (formula->of, workspace);

      total.numerator *= formula->multiply;
      return total;
    }
  all = formula->items->len;
  sum = add_items (instrument, formula, workspace, &answered);
  if (answered < all && answered > 0 && instrument->own->missing == XQ_MISSING_PRORATE)
    sum = floor_divide (2 * sum * all + answered, 2 * answered);
  return (Fraction){ sum * formula->multiply, 1 };
}

static Fraction
compute_mean (const XqInstrument *instrument, const XqFormula *formula, const Workspace *workspace)
{
  gint64 answered;
  gint64 sum = add_items (instrument, formula, workspace, &answered);

  return (Fraction){ answered > 0 ? sum : 0, answered };
}

static Fraction
compute_count (const XqInstrument *instrument, const XqFormula *formula, const Workspace *workspace)
{
  Fraction count = { 0, 1 };

  for (guint k = 0; k < formula->items->len; k++)
    {
      int value;

      if (worth (instrument, formula, k, workspace, &value) && holds (&formula->compare, (Fraction){ value, 1 }))
        count.numerator++;
    }
  return count;
}

static Fraction
compute_linear (const XqFormula *formula, const Workspace *workspace)
{
  Fraction from = workspace->values[formula->from];
  gint64 denominator = from.denominator * formula->divide;
  gint64 numerator = from.numerator * formula->multiply + formula->add * denominator;

  if (from.denominator == 0)
    return from;
  if (formula->rounding == XQ_ROUND_DOWN)
    return (Fraction){ floor_divide (numerator, denominator), 1 };
  if (formula->rounding == XQ_ROUND_HALF_UP)
    return (Fraction){ floor_divide (2 * numerator + denominator, 2 * denominator), 1 };
  return (Fraction){ numerator, denominator };
}

static Fraction
compute_ratio (const XqFormula *formula, const Workspace *workspace)
{
  Fraction plus = add_scales (formula->of, workspace);
  Fraction minus = add_scales (formula->minus, workspace);
  Fraction over = workspace->values[formula->from];

  if (over.denominator == 0 || over.numerator <= 0 || plus.denominator == 0 || minus.denominator == 0)
    return (Fraction){ 0, 0 };
  return (Fraction){ (plus.numerator * minus.denominator - minus.numerator * plus.denominator) * over.denominator,
                     plus.denominator * minus.denominator * over.numerator };
}

static Fraction
compute_cases (const XqFormula *formula, const Workspace *workspace)
{
  for (guint i = 0; i < formula->cases->len; i++)
    {
      const XqCase *one = &g_array_index (formula->cases, XqCase, i);

      if (one->when == NULL || clause_holds (one->when, workspace))
        return (Fraction){ one->value, 1 };
    }
  return (Fraction){ 0, 0 };
}

static Fraction
compute (const XqInstrument *instrument, const XqFormula *formula, const Workspace *workspace)
{
  switch (formula->method)
    {
    case XQ_METHOD_SUM:
      return compute_sum (instrument, formula, workspace);
    case XQ_METHOD_MEAN:
      return compute_mean (instrument, formula, workspace);
    case XQ_METHOD_COUNT:
      return compute_count (instrument, formula, workspace);
    case XQ_METHOD_LINEAR:
      return compute_linear (formula, workspace);
    case XQ_METHOD_RATIO:
      return compute_ratio (formula, workspace);
    case XQ_METHOD_CASES:
    default:
      return compute_cases (formula, workspace);
    }
}

static const XqBand *
find_band (const XqBandScheme *scheme, Fraction value)
{
  for (guint i = scheme->n_bands; i > 0; i--)
    {
      gint64 border = (gint64) (scheme->bands[i - 1].min * 1000.0 + (scheme->bands[i - 1].min < 0 ? -0.5 : 0.5));

      if (border * value.denominator <= value.numerator * 1000)
        return &scheme->bands[i - 1];
    }
  return NULL;
}

static void
take_answers (const XqInstrument *instrument, Workspace *workspace, const int *answers, gsize n_answers)
{
  for (guint i = 0; i < instrument->n_all_items; i++)
    {
      workspace->answers[i] = i < n_answers ? answers[i] : XQ_ANSWER_BLANK;
      workspace->skipped[i] = FALSE;
    }
  for (guint i = 0; i < instrument->own->skips->len; i++)
    {
      const XqSkip *skip = &g_array_index (instrument->own->skips, XqSkip, i);

      if (clause_holds (skip->when, workspace))
        for (guint k = 0; k < skip->items->len; k++)
          workspace->skipped[g_array_index (skip->items, int, k) - 1] = TRUE;
    }
}

static int
count_missing (const XqInstrument *instrument, const Workspace *workspace)
{
  int missing = 0;

  for (guint i = 0; i < instrument->n_items; i++)
    missing += workspace->answers[i] == XQ_ANSWER_BLANK && !workspace->skipped[i];
  return missing;
}

static void
find_critical (XqScoreResult *result, const Workspace *workspace)
{
  const XqInstrument *instrument = result->instrument;

  result->n_critical = 0;
  for (guint i = 0; i < instrument->n_critical; i++)
    {
      const XqCriticalItem *critical = &instrument->critical[i];
      int answer = workspace->answers[critical->item - 1];

      if (answer != XQ_ANSWER_BLANK && holds (&instrument->own->critical[i], (Fraction){ answer, 1 }))
        result->critical[result->n_critical++] = (XqCriticalHit){ critical, critical->item, answer };
    }
}

static void
score_complete (XqScoreResult *result, Workspace *workspace)
{
  const XqInstrument *instrument = result->instrument;

  for (guint i = 0; i < instrument->n_scales; i++)
    {
      const XqScale *scale = &instrument->scales[i];
      Fraction value = compute (instrument, &instrument->own->formulas[i], workspace);
      XqScore *score = &result->scores[i];

      workspace->values[i] = value;
      score->scale = scale;
      score->defined = value.denominator != 0;
      score->value = score->defined ? (double) value.numerator / (double) value.denominator : 0.0;
      score->band = score->defined && scale->bands != NULL ? find_band (scale->bands, value) : NULL;
      if (scale->listed && score->band != NULL && score->band->positive)
        result->positive = TRUE;
    }
  result->n_scores = instrument->n_scales;
  for (guint i = 0; i < instrument->n_flags; i++)
    result->flags[i] = clause_holds (instrument->own->flags[i], workspace);
  for (guint i = 0; i < instrument->own->n_validity && result->valid; i++)
    if (clause_holds (instrument->own->validity[i].when, workspace))
      {
        result->valid = FALSE;
        result->invalid_because = &instrument->own->validity[i].label;
      }
}

XqScoreResult *
xq_score_result_new (const XqInstrument *instrument)
{
  XqScoreResult *result = g_new0 (XqScoreResult, 1);
  Workspace *workspace = g_new0 (Workspace, 1);

  workspace->answers = g_new0 (int, instrument->n_all_items);
  workspace->skipped = g_new0 (gboolean, instrument->n_all_items);
  workspace->values = g_new0 (Fraction, instrument->n_scales);
  result->instrument = instrument;
  result->scores = g_new0 (XqScore, instrument->n_scales);
  result->critical = g_new0 (XqCriticalHit, instrument->n_critical);
  result->flags = g_new0 (gboolean, instrument->n_flags);
  result->workspace = workspace;
  return result;
}

void
xq_score_again (XqScoreResult *result, const int *answers, gsize n_answers)
{
  const XqInstrument *instrument = result->instrument;
  Workspace *workspace = result->workspace;
  int allowed = instrument->own->missing == XQ_MISSING_PRORATE ? instrument->own->missing_at_most : 0;

  take_answers (instrument, workspace, answers, n_answers);
  result->missing = count_missing (instrument, workspace);
  result->complete = result->missing <= allowed;
  result->valid = TRUE;
  result->positive = FALSE;
  result->invalid_because = NULL;
  result->n_scores = 0;
  for (guint i = 0; i < instrument->n_flags; i++)
    result->flags[i] = FALSE;
  find_critical (result, workspace);
  if (result->complete)
    score_complete (result, workspace);
}

XqScoreResult *
xq_score (const XqInstrument *instrument, const int *answers, gsize n_answers)
{
  XqScoreResult *result = xq_score_result_new (instrument);

  xq_score_again (result, answers, n_answers);
  return result;
}

void
xq_score_result_free (XqScoreResult *result)
{
  Workspace *workspace;

  if (result == NULL)
    return;
  workspace = result->workspace;
  g_free (workspace->answers);
  g_free (workspace->skipped);
  g_free (workspace->values);
  g_free (workspace);
  g_free (result->scores);
  g_free (result->critical);
  g_free (result->flags);
  g_free (result);
}

const XqScore *
xq_score_result_get (const XqScoreResult *result, const char *scale)
{
  for (guint i = 0; i < result->n_scores; i++)
    if (strcmp (result->scores[i].scale->id, scale) == 0)
      return &result->scores[i];
  return NULL;
}

gboolean
xq_score_result_flag (const XqScoreResult *result, const char *flag)
{
  for (guint i = 0; i < result->instrument->n_flags; i++)
    if (strcmp (result->instrument->flags[i].id, flag) == 0)
      return result->flags[i];
  return FALSE;
}
