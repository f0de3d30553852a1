#include "config.h"

#include <string.h>

#include "care/case-file.h"
#include "care/follow-up.h"
#include "care/triage.h"
#include "care-fixture.h"

static gint64
report (Desk *desk, gint64 person_id, int level)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  xq_warning_report (desk->care, person_id, XQ_SOURCE_SELF, level, "睡不着", &id, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_confirm (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = report (desk, 1, 2);

  now_is ("2026-11-24T11:00:00");
  xq_triage_confirm (desk->care, id, "谈了一小时", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT state FROM warning", "confirmed");
  assert_number (desk->vault.database, "SELECT triaged_at - raised_at FROM warning", 26 * 3600);
  assert_text (desk->vault.database, "SELECT outcome || level || note FROM triage", "confirmed2谈了一小时");
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit WHERE entity = 'triage'", 1);
  g_assert_false (xq_triage_confirm (desk->care, id, NULL, &error));
  assert_refused (error, "does not follow from “Confirmed”");
}

static void
test_change (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = report (desk, 1, 3);

  g_assert_false (xq_triage_change (desk->care, id, 1, NULL, NULL, &error));
  assert_refused (error, "why");
  g_assert_false (xq_triage_change (desk->care, id, 4, "x", NULL, &error));
  assert_refused (error, "1, 2 or 3");
  g_assert_false (xq_triage_change (desk->care, id, 3, "x", NULL, &error));
  assert_refused (error, "already");
  xq_triage_change (desk->care, id, 1, "有计划", NULL, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT state FROM warning", "confirmed");
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  assert_number (desk->vault.database, "SELECT raised_level FROM warning", 3);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 1);
  /* Once more, down, while it is open. */
  xq_triage_change (desk->care, id, 2, "好转", NULL, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM triage WHERE outcome = 'changed'", 2);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE state = 'due'", 1);
  xq_warning_close (desk->care, id, "解除", &error);
  g_assert_false (xq_triage_change (desk->care, id, 1, "x", NULL, &error));
  assert_refused (error, "over");
}

static void
test_dismiss (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = report (desk, 1, 2);

  g_assert_false (xq_triage_dismiss (desk->care, id, "", NULL, &error));
  assert_refused (error, "why");
  xq_triage_dismiss (desk->care, id, "误填", "当面核对", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT state FROM warning", "dismissed");
  assert_number (desk->vault.database, "SELECT closed_at IS NOT NULL FROM warning", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up", 0);
  assert_number (desk->vault.database, "SELECT level IS NULL FROM person WHERE id = 1", 1);
  g_assert_false (xq_triage_confirm (desk->care, id, NULL, &error));
  assert_refused (error, "over");
  g_assert_false (xq_triage_dismiss (desk->care, id, "再一次", NULL, &error));
  assert_refused (error, "over");
}

static void
test_confirmed_is_not_dismissed (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = report (desk, 1, 2);

  xq_triage_confirm (desk->care, id, NULL, &error);
  g_assert_false (xq_triage_dismiss (desk->care, id, "误填", NULL, &error));
  assert_refused (error, "“Dismissed” does not follow from “Confirmed”");
}

static void
test_undo_confirm (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = report (desk, 1, 3);

  g_assert_false (xq_triage_undo (desk->care, id, &error));
  assert_refused (error, "Nobody");
  xq_triage_change (desk->care, id, 1, "有计划", NULL, &error);
  g_assert_no_error (error);
  xq_triage_undo (desk->care, id, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT state FROM warning", "new");
  assert_number (desk->vault.database, "SELECT level FROM warning", 3);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 3);
  assert_number (desk->vault.database, "SELECT count (*) FROM triage", 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up", 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit WHERE action = 'triage_undo'", 1);
}

static void
test_undo_dismiss (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = report (desk, 1, 3);

  xq_triage_dismiss (desk->care, id, "误填", NULL, &error);
  xq_triage_undo (desk->care, id, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 3);
  assert_number (desk->vault.database, "SELECT closed_at IS NULL FROM warning", 1);
  xq_triage_dismiss (desk->care, id, "误填", NULL, &error);
  report (desk, 1, 2);
  g_assert_false (xq_triage_undo (desk->care, id, &error));
  assert_refused (error, "newer");
}

static void
test_undo_is_too_late (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 first = report (desk, 1, 2);
  gint64 second = report (desk, 2, 2);
  gint64 third = report (desk, 3, 2);

  xq_triage_confirm (desk->care, first, NULL, &error);
  xq_follow_up_done (desk->care, 1, "见过", &error);
  g_assert_false (xq_triage_undo (desk->care, first, &error));
  assert_refused (error, "worked on");
  xq_triage_confirm (desk->care, second, NULL, &error);
  xq_case_open (desk->care, 2, NULL, NULL, NULL, &error);
  g_assert_false (xq_triage_undo (desk->care, second, &error));
  assert_refused (error, "Care has begun");
  xq_triage_confirm (desk->care, third, NULL, &error);
  xq_triage_change (desk->care, third, 1, "加重", NULL, &error);
  g_assert_false (xq_triage_undo (desk->care, third, &error));
  assert_refused (error, "first triage");
}

/* Heavier evidence during care: once confirmed, the warning stands where it stood. */
static void
test_confirm_returns_to_care (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = report (desk, 1, 3);

  xq_triage_confirm (desk->care, id, NULL, &error);
  xq_case_open (desk->care, 1, "情绪低落", NULL, NULL, &error);
  assert_text (desk->vault.database, "SELECT state FROM warning", "in_care");
  g_assert_cmpint (report (desk, 1, 1), ==, id);
  assert_text (desk->vault.database, "SELECT state FROM warning", "new");
  xq_triage_confirm (desk->care, id, "危机谈话", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT state FROM warning", "in_care");
  assert_text (desk->vault.database, "SELECT due_on FROM follow_up WHERE state = 'due'", "2026-11-30");
}

static void
test_database_wants_reasons (Desk *desk, gconstpointer unused)
{
  report (desk, 1, 2);
  g_assert_true (try_sql (desk->vault.database,
                          "INSERT INTO triage (warning_id, at, outcome, level) VALUES (1, 1, 'confirmed', 2)"));
  g_assert_false (try_sql (desk->vault.database,
                           "INSERT INTO triage (warning_id, at, outcome, level) VALUES (1, 1, 'changed', 2)"));
  g_assert_false (try_sql (desk->vault.database,
                           "INSERT INTO triage (warning_id, at, outcome, reason) VALUES (1, 1, 'dismissed', '')"));
  g_assert_false (try_sql (desk->vault.database, "INSERT INTO triage (warning_id, at, outcome, level, reason)"
                                                 " VALUES (1, 1, 'dismissed', 2, 'x')"));
  g_assert_false (try_sql (desk->vault.database,
                           "INSERT INTO triage (warning_id, at, outcome) VALUES (1, 1, 'confirmed')"));
}

static void
test_list (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) triages = NULL;
  gint64 id = report (desk, 1, 3);

  xq_triage_confirm (desk->care, id, NULL, &error);
  xq_triage_change (desk->care, id, 2, "加重", "再谈", &error);
  triages = xq_triage_list (desk->vault.database, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (triages->len, ==, 2);
  g_assert_cmpint (((XqTriage *) g_ptr_array_index (triages, 0))->outcome, ==, XQ_TRIAGE_CONFIRMED);
  g_assert_cmpstr (((XqTriage *) g_ptr_array_index (triages, 1))->note, ==, "再谈");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/triage/confirm", test_confirm);
  add_desk_test ("/triage/change", test_change);
  add_desk_test ("/triage/dismiss", test_dismiss);
  add_desk_test ("/triage/confirmed-is-not-dismissed", test_confirmed_is_not_dismissed);
  add_desk_test ("/triage/undo-confirm", test_undo_confirm);
  add_desk_test ("/triage/undo-dismiss", test_undo_dismiss);
  add_desk_test ("/triage/undo-is-too-late", test_undo_is_too_late);
  add_desk_test ("/triage/confirm-returns-to-care", test_confirm_returns_to_care);
  add_desk_test ("/triage/database-wants-reasons", test_database_wants_reasons);
  add_desk_test ("/triage/list", test_list);
  return g_test_run ();
}
