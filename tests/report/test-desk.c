/* The desk's work over several rooms: answers become warnings, a referral's step moves the care, the calendar holds what
 * is due; all of it or nothing. */
#include "config.h"

#include <gio/gio.h>

#include "base/progress.h"
#include "calendar/appointment.h"
#include "care/case-file.h"
#include "care/follow-up.h"
#include "care/triage.h"
#include "desk-fixture.h"

/* -- one sheet -- */

static void
test_nothing_fires (Office *office, gconstpointer unused)
{
  g_assert_cmpint (answer_phq9 (office, 1, 9, 0), ==, 0);
  assert_number (office->database, "SELECT count (*) FROM assessment", 1);
  assert_number (office->database, "SELECT count (*) FROM warning", 0);
}

static void
test_raises (Office *office, gconstpointer unused)
{
  gint64 id = answer_phq9 (office, 1, 13, 1);

  g_assert_cmpint (id, >, 0);
  assert_number (office->database, "SELECT level FROM warning", 2);
  assert_number (office->database, "SELECT level FROM person WHERE id = 1", 2);
  /* Each reason names the sheet that it rests on. */
  assert_number (office->database, "SELECT count (*) FROM warning_reason r JOIN assessment a ON a.id = r.assessment_id", 2);
}

/* A second sheet joins the open warning, raises it, and never lowers it. */
static void
test_joins (Office *office, gconstpointer unused)
{
  gint64 id = answer_phq9 (office, 1, 10, 0);

  now_is ("2026-11-24T09:00:00");
  g_assert_cmpint (answer_phq9 (office, 1, 20, 0), ==, id);
  assert_number (office->database, "SELECT level FROM warning", 1);
  now_is ("2026-11-25T09:00:00");
  g_assert_cmpint (answer_phq9 (office, 1, 11, 0), ==, id);
  assert_number (office->database, "SELECT level FROM warning", 1);
  assert_number (office->database, "SELECT count (*) FROM warning", 1);
  assert_number (office->database, "SELECT count (*) FROM warning_reason", 3);
}

static void
own_rules (Office *office, const char *rule)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (
      "{\"id\": \"own\", \"deadlines\": {\"1\": {\"hours\": 2}, \"2\": {\"hours\": 4}, \"3\": {\"hours\": 8}},"
      "\"cadence\": {\"1\": 1, \"2\": 2, \"3\": 3}, \"rules\": [{\"id\": \"own\", \"level\": 3, \"when\": %s}]}",
      rule);

  xq_care_save_rules (office->database, json, &error);
  g_assert_no_error (error);
  g_clear_pointer (&office->desk, xq_desk_free);
  office->desk = xq_desk_new (office->database, &error);
  g_assert_no_error (error);
}

/* The last score before is lent to rules that ask how it changed. */
static void
test_change_since_the_last (Office *office, gconstpointer unused)
{
  own_rules (office, "{\"instrument\": \"phq9\", \"scale\": \"total\", \"rise\": 5}");
  g_assert_cmpint (answer_phq9 (office, 1, 4, 0), ==, 0);
  now_is ("2026-11-24T09:00:00");
  g_assert_cmpint (answer_phq9 (office, 2, 9, 0), ==, 0);
  g_assert_cmpint (answer_phq9 (office, 1, 8, 0), ==, 0);
  now_is ("2026-11-25T09:00:00");
  g_assert_cmpint (answer_phq9 (office, 1, 13, 0), >, 0);
}

/* What is known about the person beside the answers. */
static void
test_tags_are_evidence (Office *office, gconstpointer unused)
{
  own_rules (office, "{\"all\": [{\"tag\": \"bullied\"}, {\"instrument\": \"phq9\", \"scale\": \"total\", \"at_least\": 5}]}");
  must_sql (office->database, "INSERT INTO person_tag (person_id, tag, since) VALUES (2, 'bullied', '2026-09-01')");
  g_assert_cmpint (answer_phq9 (office, 1, 9, 0), ==, 0);
  g_assert_cmpint (answer_phq9 (office, 2, 4, 0), ==, 0);
  now_is ("2026-11-24T09:00:00");
  g_assert_cmpint (answer_phq9 (office, 2, 5, 0), >, 0);
}

/* Answers that are refused leave no sheet and no warning. */
static void
test_refused_answers (Office *office, gconstpointer unused)
{
  static const int impossible[9] = { 3, 3, 3, 3, 3, 3, 3, 3, 7 };
  static const char *const instruments[] = { "phq9", "phq99" };

  for (gsize i = 0; i < G_N_ELEMENTS (instruments); i++)
    {
      g_autoptr (XqAssessment) assessment = xq_assessment_new ();
      g_autoptr (GError) error = NULL;

      assessment->person_id = 1;
      assessment->instrument = g_strdup (instruments[i]);
      g_assert_false (xq_desk_add_assessment (office->desk, assessment, impossible, 9, NULL, &error));
      g_assert_nonnull (error);
    }
  assert_number (office->database, "SELECT count (*) FROM assessment", 0);
  assert_number (office->database, "SELECT count (*) FROM warning", 0);
  assert_number (office->database, "SELECT count (*) FROM audit WHERE action LIKE '%assessment%'", 0);
}

/* -- a file of them -- */

#define HEAD "学号,姓名,提不起劲,心情低落,入睡困难,疲倦,食欲不振,觉得自己很糟,专注有困难,速度缓慢,不如死掉\n"
#define FILE_OF_TWO HEAD "20260001,李小雨,3,3,3,3,3,3,3,0,2\n20260002,单明,2,2,2,2,2,0,0,0,0\n,曾静,0,0,0,0,0,0,0,0,0\n"

static XqAnswers *
answers_in (Office *office, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (office->care.vault.folder, "答卷.csv", NULL);
  XqAnswers *answers;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  answers = xq_answers_read (office->database, xq_desk_instruments (office->desk), path, NULL, NULL, &error);
  g_assert_no_error (error);
  return answers;
}

static void
test_import (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAnswers) answers = answers_in (office, FILE_OF_TWO);
  g_autoptr (XqAnswersResult) result = NULL;
  XqRaised raised = { { 0 } };

  result = xq_desk_import_answers (office->desk, answers, FALSE, &raised, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (raised.persons[0], ==, 2);
  g_assert_cmpint (raised.persons[1], ==, 1);
  g_assert_cmpint (raised.persons[2], ==, 0);
  g_assert_cmpint (raised.persons[3], ==, 1);
  assert_number (office->database, "SELECT count (*) FROM assessment", 3);
  assert_number (office->database, "SELECT level FROM warning WHERE person_id = 1", 1);
  assert_number (office->database, "SELECT level FROM warning WHERE person_id = 2", 3);
  assert_number (office->database, "SELECT count (*) FROM warning", 2);
}

/* What was answered to a critical item warns, whether it was taken back later or stands beside a slip of the finger. */
static void
test_critical_is_not_lost (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAnswers) answers = answers_in (office, HEAD "20260001,李小雨,0,0,0,0,0,0,0,0,3\n"
                                                           "20260001,李小雨,0,0,0,0,0,0,0,0,0\n"
                                                           "20260002,单明,0,7,0,0,0,0,0,0,2\n");
  g_autoptr (XqAnswersResult) result = NULL;
  XqRaised raised = { { 0 } };

  result = xq_desk_import_answers (office->desk, answers, FALSE, &raised, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (raised.persons[0], ==, 2);
  assert_number (office->database, "SELECT count (*) FROM warning WHERE level = 1", 2);
}

static void
test_dry_run (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAnswers) answers = answers_in (office, FILE_OF_TWO);
  g_autoptr (XqAnswersResult) result = NULL;
  XqRaised raised = { { 0 } };
  gint64 audit = number_of (office->database, "SELECT count (*) FROM audit");

  result = xq_desk_import_answers (office->desk, answers, TRUE, &raised, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (raised.persons[0], ==, 2);
  assert_number (office->database, "SELECT count (*) FROM assessment", 0);
  assert_number (office->database, "SELECT count (*) FROM warning", 0);
  assert_number (office->database, "SELECT count (*) FROM campaign", 0);
  assert_number (office->database, "SELECT count (*) FROM audit", audit);
}

/* What was decided keeps its ground, and the ground says that its answers are gone. */
static void
test_undo_after_triage (Office *office, gconstpointer unused)
{
  XqDatabase *database = office->database;
  XqCare *care = xq_desk_care (office->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAnswers) answers = answers_in (office, FILE_OF_TWO);
  g_autoptr (XqAnswersResult) result = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  XqRaised raised;

  result = xq_desk_import_answers (office->desk, answers, FALSE, &raised, NULL, &error);
  g_assert_no_error (error);
  xq_triage_confirm (care, number_of (database, "SELECT id FROM warning WHERE person_id = 1"), "面谈后确认", &error);
  g_assert_no_error (error);
  xq_desk_undo_answers (office->desk, result->batch_id, &error);
  g_assert_no_error (error);
  assert_number (database, "SELECT count (*) FROM warning WHERE person_id = 2", 0);
  reasons = xq_warning_reasons (database, number_of (database, "SELECT id FROM warning WHERE person_id = 1"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reasons->len, ==, 2);
  for (guint i = 0; i < reasons->len; i++)
    {
      g_autofree char *text = xq_warning_reason_text (care, g_ptr_array_index (reasons, i));

      g_assert_nonnull (strstr (text, "taken back"));
    }
  assert_number (database, "SELECT count (*) FROM pragma_foreign_key_check", 0);
}

/* The warnings that rest on it go with it; what a teacher said beside it stays. */
static void
test_undo (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAnswers) answers = answers_in (office, FILE_OF_TWO);
  g_autoptr (XqAnswersResult) result = NULL;
  XqRaised raised;

  report_pupil (office, 2, XQ_SOURCE_TEACHER, 3, "不说话");
  result = xq_desk_import_answers (office->desk, answers, FALSE, &raised, NULL, &error);
  g_assert_no_error (error);
  assert_number (office->database, "SELECT count (*) FROM warning_reason WHERE assessment_id IS NOT NULL", 3);
  xq_desk_undo_answers (office->desk, result->batch_id, &error);
  g_assert_no_error (error);
  assert_number (office->database, "SELECT count (*) FROM assessment", 0);
  assert_number (office->database, "SELECT count (*) FROM warning WHERE person_id = 1", 0);
  assert_text (office->database, "SELECT group_concat (text) FROM warning_reason", "不说话");
  g_assert_false (xq_desk_undo_answers (office->desk, result->batch_id, &error));
  g_assert_nonnull (error);
}

/* Somebody who changes her mind when everything is written has neither answers nor warnings. */
static void
cancel_at_once (double fraction, const char *what, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancelled (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const XqProgress progress = { cancel_at_once, cancellable, cancellable };
  g_autoptr (XqAnswers) answers = answers_in (office, FILE_OF_TWO);
  XqRaised raised;

  g_assert_null (xq_desk_import_answers (office->desk, answers, FALSE, &raised, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_number (office->database, "SELECT count (*) FROM assessment", 0);
  assert_number (office->database, "SELECT count (*) FROM warning", 0);
  /* The connection is free again. */
  g_assert_cmpint (answer_phq9 (office, 1, 10, 0), >, 0);
}

/* -- a referral's step -- */

static gint64
confirmed (Office *office, gint64 person_id)
{
  g_autoptr (GError) error = NULL;
  gint64 id = answer_phq9 (office, person_id, 20, 0);

  xq_triage_confirm (xq_desk_care (office->desk), id, NULL, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_referral_moves_care (Office *office, gconstpointer unused)
{
  gint64 warning_id = confirmed (office, 1), id = draft_referral (office, 1, warning_id, XQ_LANE_ROUTINE);

  step_referral (office, id, XQ_REFERRAL_CONSENT_ASKED, NULL);
  step_referral (office, id, XQ_REFERRAL_CONSENTED, NULL);
  assert_text (office->database, "SELECT state FROM warning", "confirmed");
  step_referral (office, id, XQ_REFERRAL_SENT, NULL);
  assert_text (office->database, "SELECT state FROM warning", "referred");
  assert_text (office->database, "SELECT state FROM follow_up WHERE cause = 'referral'", "due");
  step_referral (office, id, XQ_REFERRAL_ACCEPTED, NULL);
  step_referral (office, id, XQ_REFERRAL_ATTENDED, NULL);
  assert_text (office->database, "SELECT state FROM follow_up WHERE cause = 'referral'", "done");
  step_referral (office, id, XQ_REFERRAL_RESULT_IN, NULL);
  assert_number (office->database, "SELECT count (*) FROM follow_up WHERE cause = 'return'", 5);
}

/* A step that may not be taken moves nothing, in no room. */
static void
test_refused_step (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 warning_id = confirmed (office, 1), id = draft_referral (office, 1, warning_id, XQ_LANE_ROUTINE);
  const XqReferralAdvance advance = { .state = XQ_REFERRAL_SENT };
  gint64 audit = number_of (office->database, "SELECT count (*) FROM audit");
  XqReferral *untouched = NULL;

  g_assert_false (xq_desk_advance_referral (office->desk, id, &advance, &untouched, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
  g_assert_null (untouched);
  assert_text (office->database, "SELECT state FROM warning", "confirmed");
  assert_text (office->database, "SELECT state FROM referral", "draft");
  assert_number (office->database, "SELECT count (*) FROM follow_up WHERE cause = 'referral'", 0);
  assert_number (office->database, "SELECT count (*) FROM audit", audit);
}

/* When care cannot follow, the referral does not go ahead alone. */
static void
test_step_is_all_or_nothing (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 warning_id = confirmed (office, 1), id = draft_referral (office, 1, warning_id, XQ_LANE_ROUTINE);
  const XqReferralAdvance advance = { .state = XQ_REFERRAL_SENT };

  step_referral (office, id, XQ_REFERRAL_CONSENT_ASKED, NULL);
  step_referral (office, id, XQ_REFERRAL_CONSENTED, NULL);
  must_sql (office->database, "CREATE TRIGGER full BEFORE INSERT ON follow_up BEGIN SELECT raise (ABORT, 'full'); END");
  g_assert_false (xq_desk_advance_referral (office->desk, id, &advance, NULL, &error));
  g_assert_nonnull (error);
  assert_text (office->database, "SELECT state FROM referral", "consented");
  assert_text (office->database, "SELECT state FROM warning", "confirmed");
  assert_number (office->database, "SELECT count (*) FROM referral_step", 3);
}

/* -- the calendar -- */

static void
test_calendar (Office *office, gconstpointer unused)
{
  static const struct
  {
    const char *source;
    const char *state;
    gint64 person;
    gboolean all_day;
  } expected[] = {
    { "follow_up", "late", 1, TRUE },
    { "follow_up", "due", 2, TRUE },
    { "appointment", "planned", 3, FALSE },
    { "follow_up", "due", 3, TRUE },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAppointment) appointment = xq_appointment_new ();
  g_autoptr (GPtrArray) entries = NULL;

  must_sql (office->database, "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state, done_at) VALUES"
                              " (1, 'level', '2026-11-22', '2026-11-22', 'due', NULL),"
                              " (2, 'manual', '2026-11-23', '2026-11-23', 'due', NULL),"
                              " (2, 'manual', '2026-11-23', '2026-11-23', 'done', 1),"
                              " (3, 'manual', '2026-11-24', '2026-11-24', 'due', NULL),"
                              " (1, 'manual', '2026-11-21', '2026-11-21', 'due', NULL),"
                              " (1, 'manual', '2026-11-25', '2026-11-25', 'due', NULL)");
  appointment->person_id = 3;
  appointment->starts_at = at ("2026-11-23T10:00:00");
  appointment->ends_at = at ("2026-11-23T11:00:00");
  xq_appointment_create (office->database, appointment, NULL, &error);
  g_assert_no_error (error);
  entries = xq_desk_calendar (office->desk, "2026-11-22", "2026-11-24", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < entries->len; i++)
    {
      const XqCalendarEntry *entry = g_ptr_array_index (entries, i);

      g_assert_cmpstr (entry->source, ==, expected[i].source);
      g_assert_cmpstr (entry->state, ==, expected[i].state);
      g_assert_cmpint (entry->person_id, ==, expected[i].person);
      g_assert_cmpint (entry->all_day, ==, expected[i].all_day);
      if (i > 0)
        g_assert_cmpint (entry->starts_at, >=, ((XqCalendarEntry *) g_ptr_array_index (entries, i - 1))->starts_at);
    }
  {
    const XqCalendarEntry *first = g_ptr_array_index (entries, 0);

    g_assert_cmpstr (first->name, ==, "李小雨");
    g_assert_cmpstr (first->initials, ==, "lxy");
    g_assert_cmpstr (first->kind, ==, "level");
    g_assert_cmpstr (first->label, ==, "Follow-up");
    g_assert_cmpint (first->starts_at, ==, at ("2026-11-22T00:00:00"));
    g_assert_cmpint (first->ends_at, ==, at ("2026-11-23T00:00:00"));
  }
}

/* The desk says at once when the vault's own rules cannot be read. */
static void
test_wrong_rules (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  must_sql (office->database, "INSERT INTO setting (key, value) VALUES ('care_rules', '{')");
  g_assert_null (xq_desk_new (office->database, &error));
  assert_refused (error, "this vault's own rules");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_office_test ("/desk/nothing-fires", test_nothing_fires);
  add_office_test ("/desk/raises", test_raises);
  add_office_test ("/desk/joins", test_joins);
  add_office_test ("/desk/change-since-the-last", test_change_since_the_last);
  add_office_test ("/desk/tags-are-evidence", test_tags_are_evidence);
  add_office_test ("/desk/refused-answers", test_refused_answers);
  add_office_test ("/desk/import", test_import);
  add_office_test ("/desk/critical-is-not-lost", test_critical_is_not_lost);
  add_office_test ("/desk/dry-run", test_dry_run);
  add_office_test ("/desk/undo", test_undo);
  add_office_test ("/desk/undo-after-triage", test_undo_after_triage);
  add_office_test ("/desk/cancelled", test_cancelled);
  add_office_test ("/desk/referral-moves-care", test_referral_moves_care);
  add_office_test ("/desk/refused-step", test_refused_step);
  add_office_test ("/desk/step-is-all-or-nothing", test_step_is_all_or_nothing);
  add_office_test ("/desk/calendar", test_calendar);
  add_office_test ("/desk/wrong-rules", test_wrong_rules);
  return g_test_run ();
}
