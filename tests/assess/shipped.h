/* The instruments that the program ships, for the tests of this room. */
#pragma once

#include "assess/instrument-set.h"
#include "assess/scoring.h"

static inline XqInstrumentSet *
shipped_set (void)
{
  static XqInstrumentSet *set;
  g_autoptr (GError) error = NULL;

  if (set == NULL)
    set = xq_instrument_set_new (NULL, &error);
  g_assert_no_error (error);
  return set;
}

static inline const XqInstrument *
shipped (const char *id)
{
  g_autoptr (GError) error = NULL;
  const XqInstrument *instrument = xq_instrument_set_get (shipped_set (), id, &error);

  g_assert_no_error (error);
  return instrument;
}

static inline double
score_of (const XqScoreResult *result, const char *scale)
{
  const XqScore *score = xq_score_result_get (result, scale);

  g_assert_nonnull (score);
  g_assert_true (score->defined);
  return score->value;
}

static inline const char *
band_of (const XqScoreResult *result, const char *scale)
{
  const XqScore *score = xq_score_result_get (result, scale);

  g_assert_nonnull (score);
  return score->band != NULL ? score->band->id : NULL;
}
