/* A counsellor's desk over a vault of a test's own: care's three pupils in a class, and a hospital. Time stands still
 * on Monday, 2026-11-23, 09:00. */
#pragma once

#include <string.h>

#include "people/unit.h"
#include "report/desk.h"

#include "../care/care-fixture.h"

typedef struct
{
  Desk care;
  XqDatabase *database;
  XqDesk *desk;
} Office;

static inline void
office_set_up (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  desk_set_up (&office->care, NULL);
  office->database = office->care.vault.database;
  must_sql (office->database, "INSERT INTO unit (id, organisation_id, parent_id, kind, name, key, position) VALUES"
                              " (8, 1, NULL, 'grade', '八年级', 'grade:8', 8), (83, 1, 8, 'class', '3班', 'class:8:3', 3)");
  must_sql (office->database, "UPDATE person SET unit_id = 83");
  must_sql (office->database, "INSERT INTO institution (id, name, kind) VALUES"
                              " (1, '江城市精神卫生中心', 'psychiatric_hospital')");
  office->desk = xq_desk_new (office->database, &error);
  g_assert_no_error (error);
}

static inline void
office_tear_down (Office *office, gconstpointer unused)
{
  g_clear_pointer (&office->desk, xq_desk_free);
  desk_tear_down (&office->care, NULL);
}

/* Unix seconds of a local time. */
static inline gint64
at (const char *iso)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time);
}

/* A sheet of the PHQ-9 keyed in now: the first eight items sum up to @others, the ninth is @item9. The warning's id, 0
 * for none. */
static inline gint64
answer_phq9 (Office *office, gint64 person_id, int others, int item9)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAssessment) assessment = xq_assessment_new ();
  int answers[9] = { 0 };
  gint64 warning_id = -1;

  assessment->person_id = person_id;
  assessment->instrument = g_strdup ("phq9");
  assessment->entered = XQ_ENTERED_KEYED;
  for (int i = 0; i < 8; i++)
    {
      answers[i] = CLAMP (others, 0, 3);
      others -= answers[i];
    }
  answers[8] = item9;
  xq_desk_add_assessment (office->desk, assessment, answers, G_N_ELEMENTS (answers), &warning_id, &error);
  g_assert_no_error (error);
  return warning_id;
}

/* What somebody says about a pupil. */
static inline gint64
report_pupil (Office *office, gint64 person_id, XqWarningSource source, int level, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  xq_warning_report (xq_desk_care (office->desk), person_id, source, level, text, &id, &error);
  g_assert_no_error (error);
  return id;
}

/* A draft to the hospital in @lane that answers @warning_id. */
static inline gint64
draft_referral (Office *office, gint64 person_id, gint64 warning_id, XqReferralLane lane)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = xq_referral_new ();

  referral->person_id = person_id;
  referral->warning_id = warning_id;
  referral->institution_id = 1;
  referral->lane = lane;
  referral->reason = g_strdup ("近两周夜间睡眠不足四小时");
  xq_referral_create (xq_desk_channel (office->desk), referral, &error);
  g_assert_no_error (error);
  return referral->id;
}

/* Takes a legal step; @released (nullable) is for consent. */
static inline void
step_referral (Office *office, gint64 id, XqReferralState state, const char *released)
{
  g_autoptr (GError) error = NULL;
  const XqReferralAdvance advance = { .state = state, .note = "记录", .released = released };

  xq_desk_advance_referral (office->desk, id, &advance, NULL, &error);
  g_assert_no_error (error);
}

#define add_office_test(path, function)                                                            \
  g_test_add (path, Office, NULL, office_set_up, function, office_tear_down)
