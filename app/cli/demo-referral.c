/* Trips to hospital and back. Most go their way by chance; in the last weeks before today one is left waiting in
 * every state that there is. */
#include "config.h"

#include "base/date.h"
#include "care/warning.h"
#include "cli/demo-private.h"
#include "people/consent.h"
#include "referral/institution.h"

#define PATH_MAXIMUM 12
#define ALL_SECTIONS "identity,contact,guardian,reason,observations,screening_results,measures_taken,risk"
/* Fewer people than this are no school that has met everything. */
#define SHOWN_FROM 100

/* The steps of a way, each with the working days before it; ended by -1. */
typedef struct
{
  int states[PATH_MAXIMUM];
} Way;

enum
{
  PLAIN,
  REFUSED_FIRST,
  MISSED_FIRST,
  DECLINED_FIRST,
  EMERGENCY,
};

static const Way ways[] = {
  [PLAIN] = { { XQ_REFERRAL_CONSENT_ASKED, XQ_REFERRAL_CONSENTED, XQ_REFERRAL_SENT, XQ_REFERRAL_ACCEPTED, XQ_REFERRAL_ATTENDED,
                XQ_REFERRAL_RESULT_IN, XQ_REFERRAL_CLOSED, -1 } },
  [REFUSED_FIRST] = { { XQ_REFERRAL_CONSENT_ASKED, XQ_REFERRAL_REFUSED, XQ_REFERRAL_CONSENT_ASKED, XQ_REFERRAL_CONSENTED,
                        XQ_REFERRAL_SENT, XQ_REFERRAL_ACCEPTED, XQ_REFERRAL_ATTENDED, XQ_REFERRAL_RESULT_IN, XQ_REFERRAL_CLOSED, -1 } },
  [MISSED_FIRST] = { { XQ_REFERRAL_CONSENT_ASKED, XQ_REFERRAL_CONSENTED, XQ_REFERRAL_SENT, XQ_REFERRAL_ACCEPTED, XQ_REFERRAL_MISSED,
                       XQ_REFERRAL_ACCEPTED, XQ_REFERRAL_ATTENDED, XQ_REFERRAL_RESULT_IN, XQ_REFERRAL_CLOSED, -1 } },
  [DECLINED_FIRST] = { { XQ_REFERRAL_CONSENT_ASKED, XQ_REFERRAL_CONSENTED, XQ_REFERRAL_SENT, XQ_REFERRAL_DECLINED, XQ_REFERRAL_SENT,
                         XQ_REFERRAL_ACCEPTED, XQ_REFERRAL_ATTENDED, XQ_REFERRAL_RESULT_IN, XQ_REFERRAL_CLOSED, -1 } },
  [EMERGENCY] = { { XQ_REFERRAL_SENT, XQ_REFERRAL_ACCEPTED, XQ_REFERRAL_ATTENDED, XQ_REFERRAL_RESULT_IN, XQ_REFERRAL_CLOSED, -1 } },
};

/* Working days before a step is taken. */
static const int delays[] = {
  [XQ_REFERRAL_CONSENT_ASKED] = 1, [XQ_REFERRAL_CONSENTED] = 1, [XQ_REFERRAL_REFUSED] = 1, [XQ_REFERRAL_SENT] = 1,
  [XQ_REFERRAL_ACCEPTED] = 1,      [XQ_REFERRAL_DECLINED] = 1,  [XQ_REFERRAL_ATTENDED] = 2, [XQ_REFERRAL_MISSED] = 2,
  [XQ_REFERRAL_RESULT_IN] = 5,     [XQ_REFERRAL_CLOSED] = 14,
};

/* What is left waiting: on which way, at which of its steps (0: at the draft). */
static const struct
{
  int way;
  int steps;
} shown[] = {
  { PLAIN, 0 }, { PLAIN, 1 },         { PLAIN, 2 },        { PLAIN, 3 },     { PLAIN, 4 }, { PLAIN, 5 }, { PLAIN, 6 },
  { PLAIN, 7 }, { REFUSED_FIRST, 2 }, { MISSED_FIRST, 5 }, { DECLINED_FIRST, 4 }, { EMERGENCY, 2 },
};

typedef struct
{
  gint64 id;
  gint64 person_id;
  int way;
  int step;   /* that comes next */
  int stop;   /* steps that are taken at all */
  char *next; /* ISO: when it comes */
} Trip;

struct _XqDemoReferrals
{
  XqDemo *demo;
  GPtrArray *institutions; /* of XqInstitution */
  GPtrArray *trips;        /* of Trip, under way or left waiting */
  GHashTable *travellers;  /* persons who have had one */
  GRand *random;
};

static void
trip_free (Trip *trip)
{
  g_free (trip->next);
  g_free (trip);
}

/* -- institutions */

static gboolean
add_institution (XqDemo *demo, JsonObject *told, GError **error)
{
  g_autoptr (XqInstitution) institution = xq_institution_new ();

  institution->name = g_strdup (xq_demo_words_member (told, "name"));
  institution->kind = xq_choice_index (xq_institution_kinds, xq_demo_words_member (told, "kind"));
  institution->department = g_strdup (xq_demo_words_member (told, "department"));
  institution->takes = g_strdup (xq_demo_words_member (told, "takes"));
  institution->contact = g_strdup (xq_demo_words_member (told, "contact"));
  institution->hotline = g_strdup (xq_demo_words_member (told, "hotline"));
  institution->address = g_strdup (xq_demo_words_member (told, "address"));
  institution->hours = g_strdup (xq_demo_words_member (told, "hours"));
  institution->agreement_until = xq_date_add_days (demo->today, (int) json_object_get_int_member (told, "agreement_days"));
  return xq_institution_save (demo->database, institution, error);
}

XqDemoReferrals *
xq_demo_referrals_new (XqDemo *demo, GError **error)
{
  JsonArray *told = xq_demo_words_list (demo->words, "institutions");
  g_autoptr (XqDemoReferrals) referrals = g_new0 (XqDemoReferrals, 1);

  referrals->demo = demo;
  referrals->trips = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_free);
  referrals->travellers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  referrals->random = xq_demo_random_new (demo->options.seed, XQ_DEMO_CARE + 32);
  for (guint i = 0; i < json_array_get_length (told); i++)
    if (!add_institution (demo, json_array_get_object_element (told, i), error))
      return NULL;
  referrals->institutions = xq_institution_list (demo->database, error);
  return referrals->institutions != NULL ? g_steal_pointer (&referrals) : NULL;
}

void
xq_demo_referrals_free (XqDemoReferrals *referrals)
{
  g_clear_pointer (&referrals->institutions, g_ptr_array_unref);
  g_clear_pointer (&referrals->trips, g_ptr_array_unref);
  g_clear_pointer (&referrals->travellers, g_hash_table_unref);
  g_clear_pointer (&referrals->random, g_rand_free);
  g_free (referrals);
}

static gint64
any_institution (XqDemoReferrals *referrals)
{
  guint index = (guint) xq_demo_random_between (referrals->random, 0, (int) referrals->institutions->len - 1);

  return ((XqInstitution *) g_ptr_array_index (referrals->institutions, index))->id;
}

/* -- a trip */

static void
wait_for_step (XqDemoReferrals *referrals, Trip *trip)
{
  int state = ways[trip->way].states[trip->step];

  g_clear_pointer (&trip->next, g_free);
  if (state >= 0 && trip->step < trip->stop)
    trip->next = xq_working_days_add (xq_desk_days (referrals->demo->desk), referrals->demo->day, delays[state]);
}

static gboolean
begin (XqDemoReferrals *referrals, gint64 person_id, gint64 warning_id, int way, int stop, gboolean urgent, GError **error)
{
  XqDemo *demo = referrals->demo;
  g_autoptr (XqReferral) referral = xq_referral_new ();
  Trip *trip;

  g_hash_table_add (referrals->travellers, g_memdup2 (&person_id, sizeof person_id));
  xq_demo_later (demo, 2);
  referral->person_id = person_id;
  referral->warning_id = warning_id;
  referral->institution_id = any_institution (referrals);
  referral->lane = way == EMERGENCY ? XQ_LANE_EMERGENCY : urgent ? XQ_LANE_URGENT : XQ_LANE_ROUTINE;
  referral->reason = g_strdup (
      xq_demo_words_pick (demo->words, referrals->random, way == EMERGENCY ? "emergency_reasons" : "referral_reasons"));
  if (!xq_referral_create (xq_desk_channel (demo->desk), referral, error))
    return FALSE;
  trip = g_new0 (Trip, 1);
  trip->id = referral->id;
  trip->person_id = person_id;
  trip->way = way;
  trip->stop = stop;
  wait_for_step (referrals, trip);
  g_ptr_array_add (referrals->trips, trip);
  return TRUE;
}

/* Back for good: without a case there is nothing left to do for the warning. */
static gboolean
end_care (XqDemoReferrals *referrals, const Trip *trip, GError **error)
{
  XqDemo *demo = referrals->demo;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (XqWarning) warning = xq_warning_open_of (demo->database, trip->person_id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (warning == NULL || warning->state != XQ_WARNING_REFERRED)
    return TRUE;
  return xq_warning_close (xq_desk_care (demo->desk), warning->id,
                           xq_demo_words_pick (demo->words, referrals->random, "outcomes"), error);
}

static gboolean
step (XqDemoReferrals *referrals, Trip *trip, GError **error)
{
  XqDemo *demo = referrals->demo;
  XqReferralState state = (XqReferralState) ways[trip->way].states[trip->step];
  XqReferralAdvance advance = { .state = state, .note = xq_demo_words_get (demo->words, "notes", xq_referral_states[state].id) };

  xq_demo_later (demo, 2);
  if (state == XQ_REFERRAL_CONSENT_ASKED || trip->way == EMERGENCY)
    advance.guardian_told_at = demo->now;
  if (trip->way == EMERGENCY)
    advance.principal_told_at = demo->now;
  if (state == XQ_REFERRAL_CONSENTED && xq_demo_random_chance (referrals->random, 0.6))
    advance.released = ALL_SECTIONS;
  if (state == XQ_REFERRAL_SENT && trip->way == DECLINED_FIRST && trip->step > 3)
    advance.institution_id = any_institution (referrals);
  if (state == XQ_REFERRAL_RESULT_IN)
    advance.result = xq_demo_words_pick (demo->words, referrals->random, "results");
  trip->step++;
  wait_for_step (referrals, trip);
  return xq_desk_advance_referral (demo->desk, trip->id, &advance, NULL, error)
         && (state != XQ_REFERRAL_CLOSED || end_care (referrals, trip, error));
}

gboolean
xq_demo_referrals_consider (XqDemoReferrals *referrals, gint64 person_id, gint64 warning_id, int level, GError **error)
{
  static const double shares[] = { 0, 0.62, 0.14, 0.01 };
  double drawn = g_rand_double (referrals->random);
  int way = drawn < 0.64 ? PLAIN : drawn < 0.77 ? REFUSED_FIRST : drawn < 0.88 ? MISSED_FIRST : drawn < 0.96 ? DECLINED_FIRST : EMERGENCY;

  if (!xq_demo_random_chance (referrals->random, shares[level]) || g_hash_table_contains (referrals->travellers, &person_id))
    return TRUE;
  return begin (referrals, person_id, warning_id, way, PATH_MAXIMUM, level == 1, error);
}

/* -- left waiting */

static int
days_needed (int way, int steps)
{
  int days = 1;

  for (int i = 0; i < steps; i++)
    days += delays[ways[way].states[i]];
  return days;
}

/* Somebody whose warning is open and who has not been sent anywhere; else anybody. */
static gboolean
find_traveller (XqDemoReferrals *referrals, gint64 *ret_person, gint64 *ret_warning, GError **error)
{
  XqDemo *demo = referrals->demo;
  const XqWarningFilter filter = { .states = 1u << XQ_WARNING_CONFIRMED | 1u << XQ_WARNING_IN_CARE, .limit = 200 };
  g_autoptr (GPtrArray) rows = xq_warning_list (demo->database, &filter, error);
  guint index;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqWarning *warning = ((XqWarningRow *) g_ptr_array_index (rows, i))->warning;

      if (g_hash_table_contains (referrals->travellers, &warning->person_id))
        continue;
      *ret_person = warning->person_id;
      *ret_warning = warning->id;
      return TRUE;
    }
  do
    index = (guint) xq_demo_random_between (referrals->random, 0, (int) demo->persons->len - 1);
  while (g_hash_table_contains (referrals->travellers, &g_array_index (demo->persons, XqDemoPerson, index).id));
  *ret_person = g_array_index (demo->persons, XqDemoPerson, index).id;
  *ret_warning = 0;
  return TRUE;
}

static gboolean
show (XqDemoReferrals *referrals, int days_left, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      gint64 person, warning;

      if (days_needed (shown[i].way, shown[i].steps) != days_left)
        continue;
      if (!find_traveller (referrals, &person, &warning, error)
          || !begin (referrals, person, warning, shown[i].way, shown[i].steps, i % 3 == 1, error))
        return FALSE;
    }
  return TRUE;
}

/* -- a day */

gboolean
xq_demo_referrals_day (XqDemoReferrals *referrals, GError **error)
{
  XqDemo *demo = referrals->demo;
  int days_left = xq_working_days_between (xq_desk_days (demo->desk), demo->day, demo->today);

  for (guint i = 0; i < referrals->trips->len; i++)
    {
      Trip *trip = g_ptr_array_index (referrals->trips, i);

      if (trip->next != NULL && xq_date_compare (trip->next, demo->day) <= 0 && !step (referrals, trip, error))
        return FALSE;
    }
  return demo->options.students < SHOWN_FROM || show (referrals, days_left, error);
}
