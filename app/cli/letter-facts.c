#include "config.h"

#include "cli/letter-facts.h"

#include <glib/gi18n-lib.h>

#include "assess/assessment.h"
#include "assess/results.h"
#include "base/clock.h"
#include "base/date.h"
#include "care/follow-up.h"
#include "care/session-note.h"
#include "care/triage.h"
#include "care/warning.h"

typedef struct
{
  GStrvBuilder *observations;
  GStrvBuilder *results;
  GStrvBuilder *measures;
} Facts;

static void
facts_clear (Facts *facts)
{
  g_clear_pointer (&facts->observations, g_strv_builder_unref);
  g_clear_pointer (&facts->results, g_strv_builder_unref);
  g_clear_pointer (&facts->measures, g_strv_builder_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static char *
day_of (gint64 at)
{
  g_autofree char *date = xq_clock_date (at);

  return xq_date_display_day (date);
}

/* What people reported, in their own words. What the rules found stands among the results. */
static gboolean
add_observations (XqCare *care, gint64 warning_id, Facts *facts, GError **error)
{
  g_autoptr (GPtrArray) reasons
      = warning_id != 0 ? xq_warning_reasons (xq_care_database (care), warning_id, error) : NULL;

  if (warning_id == 0)
    return TRUE;
  if (reasons == NULL)
    return FALSE;
  for (guint i = 0; i < reasons->len; i++)
    {
      const XqWarningReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *day = day_of (reason->at);
      g_autofree char *said = xq_warning_reason_text (care, reason);

      if (reason->text != NULL)
        /* Translators: a day, and what was reported then. */
        g_strv_builder_take (facts->observations, g_strdup_printf (_("%s: %s"), day, said));
    }
  return TRUE;
}

static gboolean
add_result (XqCare *care, XqInstrumentSet *set, gint64 person_id, const char *id, Facts *facts, GError **error)
{
  const XqInstrument *instrument = xq_instrument_set_peek (set, id);
  g_autoptr (GPtrArray) points = NULL;
  const XqTrendPoint *last;
  const XqBand *band;
  g_autofree char *day = NULL;

  if (instrument == NULL)
    return TRUE;
  points = xq_results_trend (xq_care_database (care), instrument, person_id, NULL, error);
  if (points == NULL)
    return FALSE;
  if (points->len == 0)
    return TRUE;
  last = g_ptr_array_index (points, points->len - 1);
  band = last->band != NULL ? xq_scale_band (xq_instrument_main_scale (instrument), last->band) : NULL;
  day = xq_date_display_day (last->taken_on);
  if (band != NULL)
    /* Translators: instrument, day, score, and the words for it. */
    g_strv_builder_take (facts->results, g_strdup_printf (_("%s, %s: %g (%s)"), instrument->label, day, last->value,
                                                          xq_words_get (&band->label)));
  else
    g_strv_builder_take (facts->results, g_strdup_printf (_("%s, %s: %g"), instrument->label, day, last->value));
  return TRUE;
}

static gboolean
add_results (XqCare *care, XqInstrumentSet *set, gint64 person_id, Facts *facts, GError **error)
{
  g_auto (GStrv) ids = xq_results_instruments (xq_care_database (care), person_id, error);

  if (ids == NULL)
    return FALSE;
  for (char **id = ids; *id != NULL; id++)
    if (!add_result (care, set, person_id, *id, facts, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_triage (XqCare *care, gint64 warning_id, Facts *facts, GError **error)
{
  g_autoptr (GPtrArray) interviews
      = warning_id != 0 ? xq_triage_list (xq_care_database (care), warning_id, error) : NULL;

  if (warning_id == 0)
    return TRUE;
  if (interviews == NULL)
    return FALSE;
  for (guint i = 0; i < interviews->len; i++)
    {
      const XqTriage *interview = g_ptr_array_index (interviews, i);
      g_autofree char *day = day_of (interview->at);

      if (interview->level != 0)
        g_strv_builder_take (facts->measures, g_strdup_printf (_("%s: interview, level %d confirmed"), day, (int) interview->level));
    }
  return TRUE;
}

static gint64
count_sessions (GPtrArray *notes, const XqSessionNote **ret_last)
{
  gint64 count = 0;

  for (guint i = 0; i < notes->len; i++)
    {
      const XqSessionNote *note = g_ptr_array_index (notes, i);

      if (note->amends_id != 0)
        continue;
      count++;
      if (*ret_last == NULL || note->at > (*ret_last)->at)
        *ret_last = note;
    }
  return count;
}

/* How much was done, never what was said. */
static gboolean
add_sessions (XqCare *care, gint64 person_id, Facts *facts, GError **error)
{
  const XqFollowUpFilter filter = { .person_id = person_id };
  g_autoptr (GPtrArray) notes = xq_session_note_list (xq_care_database (care), person_id, error);
  g_autoptr (GPtrArray) follow_ups = notes != NULL ? xq_follow_up_list (xq_care_database (care), &filter, error) : NULL;
  const XqSessionNote *last = NULL;
  int sessions, done = 0;

  if (follow_ups == NULL)
    return FALSE;
  sessions = (int) count_sessions (notes, &last);
  if (last != NULL)
    {
      g_autofree char *day = day_of (last->at);

      g_strv_builder_take (facts->measures,
                           g_strdup_printf (ngettext ("%d session at school, the last on %s", "%d sessions at school, the last on %s", (gulong) sessions),
                                            sessions, day));
    }
  for (guint i = 0; i < follow_ups->len; i++)
    done += ((XqFollowUpRow *) g_ptr_array_index (follow_ups, i))->follow_up->state == XQ_FOLLOW_UP_DONE;
  if (done > 0)
    g_strv_builder_take (facts->measures, g_strdup_printf (ngettext ("%d follow-up", "%d follow-ups", (gulong) done), done));
  return TRUE;
}

XqLetter *
xq_letter_with_facts (XqCare *care, XqInstrumentSet *set, gint64 referral_id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqReferral) referral = xq_referral_load (database, referral_id, error);
  g_auto (Facts) facts = { g_strv_builder_new (), g_strv_builder_new (), g_strv_builder_new () };
  g_auto (GStrv) observations = NULL;
  g_auto (GStrv) results = NULL;
  g_auto (GStrv) measures = NULL;
  XqLetterFacts lent;

  if (referral == NULL || !add_observations (care, referral->warning_id, &facts, error)
      || !add_results (care, set, referral->person_id, &facts, error)
      || !add_triage (care, referral->warning_id, &facts, error)
      || !add_sessions (care, referral->person_id, &facts, error))
    return NULL;
  observations = g_strv_builder_end (facts.observations);
  results = g_strv_builder_end (facts.results);
  measures = g_strv_builder_end (facts.measures);
  lent = (XqLetterFacts){ (const char *const *) observations, (const char *const *) results, (const char *const *) measures };
  return xq_letter_new (database, referral_id, &lent, error);
}
