/* A school small enough to count by hand: the numbers stand in test-indicator.c. Time stands still on
 * 2026-11-23, in the term 2026-09-01 to 2027-01-15. */
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "report/indicator-private.h"

#include "../vault/fixture.h"

typedef struct
{
  Fixture vault;
} School;

static inline void
school_sql (School *school, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (school->vault.database, &error);

  g_assert_no_error (error);
  xq_database_execute (school->vault.database, &error, sql, XQ_END);
  if (error != NULL)
    g_error ("%s\n%s", error->message, sql);
  xq_transaction_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

/* Students @first to @last in @unit since September. */
static inline void
school_add_students (School *school, int first, int last, int organisation, int unit)
{
  g_autofree char *persons = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      " INSERT INTO person (id, organisation_id, unit_id, kind, name, sex, state, created_at, updated_at)"
      " SELECT i, %d, %d, 'student', 'Nobody ' || i, 'unknown', 'active', 1, 1 FROM n",
      first, last, organisation, unit);
  g_autofree char *memberships = g_strdup_printf (
      "INSERT INTO membership (person_id, unit_id, from_date) SELECT id, unit_id, '2026-09-01' FROM person"
      " WHERE id BETWEEN %d AND %d",
      first, last);

  school_sql (school, persons);
  school_sql (school, memberships);
}

static inline void
school_add_people (School *school)
{
  school_sql (school, "INSERT INTO organisation (id, name, profile, created_at) VALUES (2, 'Elsewhere', 'school', 1)");
  school_sql (school,
              "INSERT INTO unit (id, organisation_id, parent_id, kind, name, key, position) VALUES"
              " (7, 1, NULL, 'grade', '七年级', 'grade:7', 7), (8, 1, NULL, 'grade', '八年级', 'grade:8', 8),"
              " (9, 1, NULL, 'grade', '九年级', 'grade:9', 9), (10, 1, NULL, 'grade', '高一', 'grade:10', 10),"
              " (71, 1, 7, 'class', '1班', 'class:7:1', 1), (81, 1, 8, 'class', '1班', 'class:8:1', 1),"
              " (91, 1, 9, 'class', '1班', 'class:9:1', 1), (70, 2, NULL, 'grade', '七年级', 'grade:7', 7)");
  school_add_students (school, 101, 130, 1, 71);
  school_add_students (school, 201, 240, 1, 81);
  school_add_students (school, 301, 335, 1, 91);
  school_add_students (school, 600, 609, 2, 70);
  school_add_students (school, 500, 500, 1, 71);
  school_sql (school, "UPDATE person SET kind = 'teacher' WHERE id = 500");
  /* 101 moved up in November; 301 left in October; 201 was in grade 7 last school year. */
  school_sql (school, "UPDATE membership SET to_date = '2026-10-31' WHERE person_id = 101");
  school_sql (school, "INSERT INTO membership (person_id, unit_id, from_date) VALUES (101, 81, '2026-11-01')");
  school_sql (school, "UPDATE membership SET to_date = '2026-10-15' WHERE person_id = 301");
  school_sql (school, "INSERT INTO membership (person_id, unit_id, from_date, to_date)"
                      " VALUES (201, 71, '2025-09-01', '2026-08-31')");
}

static inline void
school_add_screening (School *school)
{
  school_sql (school, "INSERT INTO campaign (id, organisation_id, title, instruments, from_date, state, created_at)"
                      " VALUES (1, 1, 'Autumn', 'phq9', '2026-09-10', 'closed', 1)");
  school_sql (school, "INSERT INTO participant (campaign_id, person_id, state)"
                      " SELECT 1, id, CASE WHEN id = 302 THEN 'excluded' WHEN id BETWEEN 303 AND 308 THEN 'pending' ELSE 'done' END"
                      " FROM person WHERE organisation_id = 1 AND kind = 'student'");
  school_sql (school, "INSERT INTO assessment (person_id, campaign_id, instrument, taken_at, taken_on, entered, answers, missing,"
                      " complete, valid, created_at) SELECT person_id, 1, 'phq9', unixepoch ('2026-09-15 02:00'), '2026-09-15',"
                      " 'import', '[]', 0, person_id <> 330, person_id NOT BETWEEN 210 AND 215, 1 FROM participant"
                      " WHERE state = 'done'");
  school_sql (school, "INSERT INTO assessment (person_id, campaign_id, instrument, taken_at, taken_on, entered, answers, missing,"
                      " complete, valid, created_at) VALUES"
                      " (330, 1, 'gad7', unixepoch ('2026-09-15 02:00'), '2026-09-15', 'import', '[]', 0, 1, 1, 1),"
                      " (303, NULL, 'phq9', unixepoch ('2026-10-15 02:00'), '2026-10-15', 'keyed', '[]', 0, 1, 1, 1)");
}

static inline void
school_add_warnings (School *school)
{
  school_sql (school,
              "INSERT INTO warning (id, person_id, level, raised_level, state, source, raised_at, due_at) VALUES"
              " (1, 102, 1, 1, 'in_care', 'rule', unixepoch ('2026-09-16 02:00'), unixepoch ('2026-09-17 02:00')),"
              " (2, 103, 3, 2, 'confirmed', 'rule', unixepoch ('2026-09-16 02:00'), unixepoch ('2026-09-19 02:00')),"
              " (3, 104, 3, 3, 'dismissed', 'rule', unixepoch ('2026-09-16 02:00'), unixepoch ('2026-09-30 02:00')),"
              " (4, 301, 3, 3, 'new', 'rule', unixepoch ('2026-09-16 02:00'), unixepoch ('2026-09-30 02:00')),"
              " (5, 305, 2, 2, 'new', 'rule', unixepoch ('2026-08-01 02:00'), unixepoch ('2026-08-05 02:00')),"
              " (6, 500, 1, 1, 'new', 'rule', unixepoch ('2026-09-16 02:00'), unixepoch ('2026-09-17 02:00')),"
              " (7, 600, 1, 1, 'new', 'rule', unixepoch ('2026-09-16 02:00'), unixepoch ('2026-09-17 02:00'))");
  school_sql (school, "INSERT INTO warning (id, person_id, level, raised_level, state, source, raised_at, due_at)"
                      " SELECT id, id, 2, 2, 'confirmed', 'teacher', unixepoch ('2026-09-17 02:00'), unixepoch ('2026-09-20 02:00')"
                      " FROM person WHERE id BETWEEN 201 AND 212");
  school_sql (school, "INSERT INTO triage (warning_id, at, outcome, level, reason) VALUES"
                      " (1, unixepoch ('2026-09-17 02:00'), 'dismissed', NULL, 'at first'),"
                      " (1, unixepoch ('2026-09-18 02:00'), 'confirmed', 1, NULL),"
                      " (2, unixepoch ('2026-10-05 02:00'), 'changed', 3, 'support at home'),"
                      " (3, unixepoch ('2026-09-18 02:00'), 'dismissed', NULL, 'a joke')");
  school_sql (school, "INSERT INTO triage (warning_id, at, outcome, level)"
                      " SELECT id, unixepoch ('2026-09-20 02:00'), 'confirmed', 2 FROM warning WHERE id BETWEEN 201 AND 212");
}

static inline void
school_add_care (School *school)
{
  school_sql (school, "INSERT INTO case_file (person_id, opened_on, closed_on, problem) VALUES"
                      " (102, '2026-09-20', NULL, 'secret words about 102'), (201, '2026-06-01', '2026-10-10', 'exams'),"
                      " (202, '2026-03-01', '2026-05-01', 'exams')");
  school_sql (school, "INSERT INTO session_note (id, person_id, at, kind, text, amends_id, signed_at) VALUES"
                      " (1, 102, unixepoch ('2026-09-21 02:00'), 'counselling', 'x', NULL, 1),"
                      " (2, 102, unixepoch ('2026-09-28 02:00'), 'family', 'x', NULL, 1),"
                      " (3, 102, unixepoch ('2026-10-14 02:00'), 'phone', 'x', NULL, NULL),"
                      " (4, 102, unixepoch ('2026-09-29 02:00'), 'counselling', 'x', 1, 1),"
                      " (5, 102, unixepoch ('2026-08-31 02:00'), 'counselling', 'x', NULL, 1),"
                      " (6, 201, unixepoch ('2026-09-21 02:00'), 'counselling', 'x', NULL, 1),"
                      " (7, 201, unixepoch ('2026-08-31 16:30'), 'counselling', 'x', NULL, 1),"
                      " (8, 500, unixepoch ('2026-09-22 02:00'), 'counselling', 'x', NULL, 1)");
  school_sql (school, "INSERT INTO crisis_event (organisation_id, person_id, at, kind) VALUES"
                      " (1, 102, unixepoch ('2026-10-01 02:00'), 'self_harm'), (1, NULL, unixepoch ('2026-10-20 02:00'), 'accident'),"
                      " (2, NULL, unixepoch ('2026-10-20 02:00'), 'accident')");
  school_sql (school, "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state, done_at) VALUES"
                      " (102, 'level', '2026-09-27', '2026-09-27', 'done', unixepoch ('2026-09-27 15:59')),"
                      " (102, 'level', '2026-10-06', '2026-10-04', 'done', unixepoch ('2026-10-05 16:01')),"
                      " (102, 'level', '2026-10-11', '2026-10-11', 'skipped', unixepoch ('2026-10-11 02:00')),"
                      " (102, 'level', '2026-11-20', '2026-11-20', 'due', NULL),"
                      " (102, 'level', '2026-11-23', '2026-11-23', 'due', NULL),"
                      " (102, 'level', '2026-11-30', '2026-11-30', 'due', NULL)");
}

static inline void
school_add_referrals (School *school)
{
  school_sql (school, "INSERT INTO institution (id, name, kind, agreement_until) VALUES (1, 'Hospital', 'psychiatric_hospital', '2027-02-01')");
  school_sql (school, "INSERT INTO referral (id, person_id, institution_id, lane, state, reason, opened_at, state_at) VALUES"
                      " (1, 102, 1, 'urgent', 'draft', 'x', 1, 1), (2, 201, 1, 'routine', 'draft', 'x', 1, 1),"
                      " (3, 202, 1, 'routine', 'draft', 'x', 1, 1)");
  school_sql (school, "INSERT INTO referral_step (referral_id, state, at) VALUES"
                      " (1, 'sent', unixepoch ('2026-10-01 02:00')), (1, 'attended', unixepoch ('2026-10-04 02:00')),"
                      " (1, 'result_in', unixepoch ('2026-10-06 02:00')), (2, 'refused', unixepoch ('2026-10-02 02:00')),"
                      " (3, 'sent', unixepoch ('2026-10-03 02:00')), (3, 'declined', unixepoch ('2026-10-04 02:00')),"
                      " (3, 'sent', unixepoch ('2026-10-05 02:00')), (3, 'attended', unixepoch ('2026-10-07 02:00'))");
  school_sql (school, "INSERT INTO person_tag (person_id, tag, since) SELECT id, 'left_behind', '2026-09-01' FROM person"
                      " WHERE id BETWEEN 102 AND 108 OR id = 301");
  school_sql (school, "INSERT INTO activity (organisation_id, held_on, kind, title, head_count, hours) VALUES"
                      " (1, '2026-10-10', 'lecture', 'x', 300, 1.5), (1, '2026-11-10', 'lecture', 'x', 200, 1),"
                      " (1, '2026-10-11', 'parents', 'x', 80, 2), (1, '2026-06-11', 'parents', 'x', 80, 2), (2, '2026-10-11', 'parents', 'x', 80, 2)");
  school_sql (school, "INSERT INTO team_member (organisation_id, name, full_time, from_date, to_date) VALUES"
                      " (1, 'a', 1, '2020-01-01', NULL), (1, 'b', 0, NULL, NULL), (1, 'c', 1, '2020-01-01', '2026-09-30')");
}

static inline void
school_set_up (School *school, gconstpointer unused)
{
  g_setenv ("XINQIAO_NOW", "2026-11-23T09:00:00", TRUE);
  fixture_set_up (&school->vault, NULL);
  school_sql (school, "DELETE FROM term");
  school_sql (school, "INSERT INTO term (id, school_year, number, name, from_date, to_date) VALUES"
                      " (1, '2025-2026', 2, 'Spring', '2026-02-20', '2026-07-05'), (2, '2026-2027', 1, 'Autumn', '2026-09-01', '2027-01-15'),"
                      " (3, '2026-2027', 2, 'Next spring', '2027-02-22', '2027-07-05')");
  school_add_people (school);
  school_add_screening (school);
  school_add_warnings (school);
  school_add_care (school);
  school_add_referrals (school);
}

static inline void
school_tear_down (School *school, gconstpointer unused)
{
  fixture_tear_down (&school->vault, NULL);
}

#define add_school_test(path, function)                                                             \
  g_test_add (path, School, NULL, school_set_up, function, school_tear_down)
