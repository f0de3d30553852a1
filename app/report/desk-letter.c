/* What the other rooms lend to a referral letter. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "assess/results.h"
#include "base/clock.h"
#include "base/date.h"
#include "care/triage.h"
#include "report/desk.h"

static GPtrArray *
lines_new (void)
{
  return g_ptr_array_new_null_terminated (4, g_free, TRUE);
}

static char *
day_of (gint64 at)
{
  g_autofree char *iso = xq_clock_date (at);

  return xq_date_display_day (iso);
}

/* What people reported, in their own words. */
static gboolean
add_reports (XqDesk *desk, gint64 warning_id, GPtrArray *lines, GError **error)
{
  g_autoptr (GPtrArray) reasons = NULL;

  if (warning_id == 0)
    return TRUE;
  reasons = xq_warning_reasons (xq_desk_database (desk), warning_id, error);
  if (reasons == NULL)
    return FALSE;
  for (guint i = 0; i < reasons->len; i++)
    {
      const XqWarningReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *day = NULL;
      int source = xq_choice_index (xq_warning_sources, reason->rule);

      if (reason->text == NULL || source < 0)
        continue;
      day = day_of (reason->at);
      /* Translators: day, who reported it, what they said */
      g_ptr_array_add (lines, g_strdup_printf (_ ("%s, %s: %s"), day, _ (xq_warning_sources[source].label),
                                               reason->text));
    }
  return TRUE;
}

/* The last score of each instrument, with its band in words. */
static gboolean
add_screening (XqDesk *desk, gint64 person_id, GPtrArray *lines, GError **error)
{
  XqDatabase *database = xq_desk_database (desk);
  g_auto (GStrv) ids = xq_results_instruments (database, person_id, error);

  if (ids == NULL)
    return FALSE;
  for (char **id = ids; *id != NULL; id++)
    {
      const XqInstrument *instrument = xq_instrument_set_peek (xq_desk_instruments (desk), *id);
      g_autoptr (GPtrArray) trend = NULL;
      const XqTrendPoint *last;
      const XqScale *scale;
      const XqBand *band;
      g_autofree char *day = NULL;

      if (instrument == NULL)
        continue;
      trend = xq_results_trend (database, instrument, person_id, NULL, error);
      if (trend == NULL)
        return FALSE;
      if (trend->len == 0)
        continue;
      last = g_ptr_array_index (trend, trend->len - 1);
      scale = xq_instrument_main_scale (instrument);
      band = last->band != NULL ? xq_scale_band (scale, last->band) : NULL;
      day = xq_date_display_day (last->taken_on);
      /* Translators: instrument, day, score, the score's band */
      g_ptr_array_add (lines, g_strdup_printf (_ ("%s, %s: %g (%s)"), instrument->label, day, last->value,
                                               band != NULL ? xq_words_get (&band->label) : "—"));
    }
  return TRUE;
}

static gboolean
add_measures (XqDesk *desk, const XqReferral *referral, GPtrArray *lines, GError **error)
{
  XqDatabase *database = xq_desk_database (desk);
  gint64 sessions = 0;

  if (referral->warning_id != 0)
    {
      g_autoptr (GPtrArray) triages = xq_triage_list (database, referral->warning_id, error);

      if (triages == NULL)
        return FALSE;
      for (guint i = 0; i < triages->len; i++)
        {
          const XqTriage *triage = g_ptr_array_index (triages, i);
          g_autofree char *day = day_of (triage->at);

          g_ptr_array_add (lines, g_strdup_printf (_ ("%s: triage interview (%s)"), day,
                                                   _ (xq_triage_outcomes[triage->outcome].label)));
        }
    }
  if (!xq_database_get_integer (database, error, &sessions, NULL,
                                "SELECT count (*) FROM session_note WHERE person_id = :person"
                                " AND amends_id IS NULL",
                                XQ_INTEGER (":person", referral->person_id), XQ_END))
    return FALSE;
  if (sessions > 0)
    g_ptr_array_add (lines, g_strdup_printf (ngettext ("%d counselling session so far",
                                                       "%d counselling sessions so far", sessions),
                                             (int) sessions));
  return TRUE;
}

XqLetter *
xq_desk_letter (XqDesk *desk, gint64 referral_id, GError **error)
{
  g_autoptr (XqReferral) referral = xq_referral_load (xq_desk_database (desk), referral_id, error);
  g_autoptr (GPtrArray) observations = lines_new ();
  g_autoptr (GPtrArray) screening = lines_new ();
  g_autoptr (GPtrArray) measures = lines_new ();
  XqLetterFacts facts;

  if (referral == NULL || !add_reports (desk, referral->warning_id, observations, error)
      || !add_screening (desk, referral->person_id, screening, error)
      || !add_measures (desk, referral, measures, error))
    return NULL;
  facts = (XqLetterFacts) {
    .observations = (const char *const *) observations->pdata,
    .screening_results = (const char *const *) screening->pdata,
    .measures_taken = (const char *const *) measures->pdata,
  };
  return xq_letter_new (xq_desk_database (desk), referral_id, &facts, error);
}
