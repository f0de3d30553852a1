/* A pupil, a guardian, two hospitals, and a clock that stands where a test puts it. */
#pragma once

#include "../vault/fixture.h"

#include "base/clock.h"
#include "base/date.h"
#include "people/contact.h"
#include "people/person.h"
#include "referral/letter.h"

/* A Wednesday; no holiday near it. */
#define NOW "2026-11-18T10:00:00"

typedef struct
{
  Fixture vault;
  XqWorkingDays *days;
  XqGreenChannel *channel;
  gint64 person_id;
  gint64 institution_id;
  gint64 other_institution_id;
} Trip;

static inline gint64
trip_institution (XqDatabase *database, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqInstitution) institution = xq_institution_new ();

  institution->name = g_strdup (name);
  institution->department = g_strdup ("儿少科");
  institution->hotline = g_strdup ("0750-5550100");
  xq_institution_save (database, institution, &error);
  g_assert_no_error (error);
  return institution->id;
}

static inline void
trip_set_up (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPerson) person = xq_person_new ();
  g_autoptr (XqContact) contact = xq_contact_new ();

  g_setenv ("XINQIAO_NOW", NOW, TRUE);
  fixture_set_up (&trip->vault, NULL);
  trip->days = xq_working_days_new ();
  trip->channel = xq_green_channel_new (trip->vault.database, trip->days, &error);
  g_assert_no_error (error);

  person->organisation_id = 1;
  person->name = g_strdup ("单子涵");
  person->code = g_strdup ("G20260001");
  person->sex = XQ_SEX_FEMALE;
  person->birth_date = g_strdup ("2012-03-05");
  person->phone = g_strdup ("13900000001");
  person->level = 0;
  xq_person_create (trip->vault.database, person, NULL, &error);
  g_assert_no_error (error);
  trip->person_id = person->id;

  contact->person_id = person->id;
  contact->name = g_strdup ("单建国");
  contact->relation = XQ_RELATION_FATHER;
  contact->phone = g_strdup ("13900000002");
  xq_contact_create (trip->vault.database, contact, &error);
  g_assert_no_error (error);

  trip->institution_id = trip_institution (trip->vault.database, "江城市精神卫生中心");
  trip->other_institution_id = trip_institution (trip->vault.database, "江城市第一医院");
}

static inline void
trip_tear_down (Trip *trip, gconstpointer unused)
{
  xq_green_channel_free (trip->channel);
  xq_working_days_unref (trip->days);
  fixture_tear_down (&trip->vault, NULL);
  g_unsetenv ("XINQIAO_NOW");
}

/* A draft in @lane. */
static inline XqReferral *
trip_draft (Trip *trip, XqReferralLane lane)
{
  g_autoptr (GError) error = NULL;
  XqReferral *referral = xq_referral_new ();

  referral->person_id = trip->person_id;
  referral->institution_id = trip->institution_id;
  referral->lane = lane;
  referral->reason = g_strdup ("近两周情绪低落，夜间睡眠不足四小时");
  xq_referral_create (trip->channel, referral, &error);
  g_assert_no_error (error);
  return referral;
}

/* Takes a legal step. (transfer full) */
static inline XqReferral *
trip_step (Trip *trip, gint64 id, XqReferralState state)
{
  g_autoptr (GError) error = NULL;
  gint64 now = xq_clock_now ();
  XqReferralAdvance advance
      = { .state = state, .note = "记录", .guardian_told_at = now, .principal_told_at = now };
  XqReferral *referral = NULL;

  xq_referral_advance (trip->channel, id, &advance, &referral, &error);
  g_assert_no_error (error);
  return referral;
}

/* A write past the rooms, as a stranger's program would try it. */
static inline gboolean
trip_write (Trip *trip, const char *sql, gint64 id, const char *state, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (trip->vault.database, error);
  gboolean written;

  if (transaction == NULL)
    return FALSE;
  written = state != NULL ? xq_database_execute (trip->vault.database, error, sql, XQ_INTEGER (":id", id),
                                                 XQ_TEXT (":state", state), XQ_END)
                          : xq_database_execute (trip->vault.database, error, sql, XQ_INTEGER (":id", id), XQ_END);
  return written && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
