/* Warnings: raised, joined, timed, and the steps that they may take. */
#include "config.h"

#include "care/triage.h"
#include "warning-test.h"

static void
test_nothing_fires (Desk *desk, gconstpointer unused)
{
  g_assert_cmpint (screen (desk, 1, 9, 0), ==, 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM person WHERE level IS NOT NULL", 0);
}

/* 2026-11-23 is a Monday. */
static void
test_deadlines (Desk *desk, gconstpointer unused)
{
  assert_due (desk, screen (desk, 1, 27, 3), "2026-11-24T09:00:00+08:00");
  assert_due (desk, screen (desk, 2, 16, 0), "2026-11-26T09:00:00+08:00");
  assert_due (desk, screen (desk, 3, 10, 0), "2026-12-07T09:00:00+08:00");
}

/* Raised two days before National Day: the holidays do not count, the make-up Saturday does. */
static void
test_deadlines_skip_holidays (Desk *desk, gconstpointer unused)
{
  now_is ("2026-09-29T16:30:00");
  assert_due (desk, screen (desk, 1, 20, 0), "2026-09-30T16:30:00+08:00");
  assert_due (desk, screen (desk, 2, 15, 0), "2026-10-09T16:30:00+08:00");
  assert_due (desk, screen (desk, 3, 14, 0), "2026-10-19T16:30:00+08:00");
}

static void
test_raise (Desk *desk, gconstpointer unused)
{
  gint64 id = screen (desk, 1, 16, 2);
  g_autoptr (XqWarning) warning = load (desk, id);

  g_assert_cmpint (warning->level, ==, 1);
  g_assert_cmpint (warning->raised_level, ==, 1);
  g_assert_cmpint (warning->state, ==, XQ_WARNING_NEW);
  g_assert_cmpint (warning->source, ==, XQ_SOURCE_RULE);
  g_assert_cmpint (warning->triaged_at, ==, 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 2);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit WHERE action = 'warning_raised'", 1);
}

/* The same sheet looked at twice is one reason; a heavier one raises, a lighter one only joins. */
static void
test_join (Desk *desk, gconstpointer unused)
{
  gint64 id = screen (desk, 1, 10, 0);

  g_assert_cmpint (screen (desk, 1, 10, 0), ==, id);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 1);
  g_assert_cmpint (screen (desk, 1, 20, 0), ==, id);
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  assert_number (desk->vault.database, "SELECT raised_level FROM warning", 1);
  assert_due (desk, id, "2026-11-24T09:00:00+08:00");
  g_assert_cmpint (screen (desk, 1, 15, 0), ==, id);
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 3);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 1);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit WHERE action = 'warning_joined'", 3);
}

/* A deadline that already runs is never put off by heavier evidence. */
static void
test_join_keeps_the_sooner_deadline (Desk *desk, gconstpointer unused)
{
  gint64 id = screen (desk, 1, 10, 0);

  now_is ("2026-12-04T18:00:00");
  screen (desk, 1, 15, 0);
  assert_due (desk, id, "2026-12-07T09:00:00+08:00");
}

static void
test_heavier_evidence_after_triage (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = screen (desk, 1, 10, 0);

  xq_triage_confirm (desk->care, id, "谈过", &error);
  g_assert_no_error (error);
  now_is ("2026-11-25T10:00:00");
  g_assert_cmpint (screen (desk, 1, 11, 0), ==, id);
  assert_text (desk->vault.database, "SELECT state FROM warning", "confirmed");
  g_assert_cmpint (screen (desk, 1, 11, 2), ==, id);
  assert_text (desk->vault.database, "SELECT state FROM warning", "new");
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning WHERE triaged_at IS NULL", 1);
  assert_due (desk, id, "2026-11-26T10:00:00+08:00");
  /* It was confirmed once: it cannot be waved away now. */
  g_assert_false (xq_triage_dismiss (desk->care, id, "误报", NULL, &error));
  assert_refused (error, "confirmed before");
}

static void
test_report (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  xq_warning_report (desk->care, 1, XQ_SOURCE_TEACHER, 2, "上课常哭", &id, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT source FROM warning", "teacher");
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 2);
  /* Screening joins the teacher's word. */
  g_assert_cmpint (screen (desk, 1, 20, 0), ==, id);
  assert_text (desk->vault.database, "SELECT source FROM warning", "teacher");
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  for (int source = XQ_SOURCE_PEER; source <= XQ_SOURCE_HOSPITAL; source++)
    {
      xq_warning_report (desk->care, 1, source, 3, "听说", NULL, &error);
      g_assert_no_error (error);
    }
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 6);
  g_assert_false (xq_warning_report (desk->care, 1, XQ_SOURCE_SELF, 2, "  ", NULL, &error));
  assert_refused (error, "Write down");
  g_assert_false (xq_warning_report (desk->care, 1, XQ_SOURCE_SELF, 0, "x", NULL, &error));
  assert_refused (error, "1, 2 or 3");
}

static void
test_step_table (Desk *desk, gconstpointer unused)
{
  static const char *const allowed[][6] = {
    [XQ_WARNING_NEW] = { "confirmed", "dismissed", "in_care", "referred" },
    [XQ_WARNING_CONFIRMED] = { "new", "in_care", "referred", "closed" },
    [XQ_WARNING_DISMISSED] = { "new" },
    [XQ_WARNING_IN_CARE] = { "new", "referred", "closed" },
    [XQ_WARNING_REFERRED] = { "new", "in_care", "closed" },
    [XQ_WARNING_CLOSED] = { NULL },
  };

  for (int from = XQ_WARNING_NEW; from <= XQ_WARNING_CLOSED; from++)
    for (int to = XQ_WARNING_NEW; to <= XQ_WARNING_CLOSED; to++)
      {
        gboolean legal = from == to;
        g_autofree char *insert = g_strdup_printf (
            "INSERT INTO warning (id, person_id, level, state, source, raised_level, raised_at, due_at)"
            " VALUES (99, 1, 2, '%s', 'rule', 2, 1, 1)",
            xq_warning_states[from].id);
        g_autofree char *update
            = g_strdup_printf ("UPDATE warning SET state = '%s' WHERE id = 99", xq_warning_states[to].id);

        for (int i = 0; i < 6 && allowed[from][i] != NULL; i++)
          legal |= strcmp (allowed[from][i], xq_warning_states[to].id) == 0;
        must_sql (desk->vault.database, insert);
        g_test_message ("%s → %s", xq_warning_states[from].id, xq_warning_states[to].id);
        g_assert_cmpint (try_sql (desk->vault.database, update), ==, legal);
        must_sql (desk->vault.database, "DELETE FROM warning WHERE id = 99");
      }
}

/* The calls that move a warning, tried from every state. */
static void
test_steps_in_code (Desk *desk, gconstpointer unused)
{
  for (int from = XQ_WARNING_NEW; from <= XQ_WARNING_CLOSED; from++)
    for (int call = 0; call < 3; call++)
      {
        static const guint legal[] = {
          1u << XQ_WARNING_NEW | 1u << XQ_WARNING_CONFIRMED | 1u << XQ_WARNING_IN_CARE | 1u << XQ_WARNING_REFERRED,
          1u << XQ_WARNING_NEW | 1u << XQ_WARNING_CONFIRMED | 1u << XQ_WARNING_IN_CARE | 1u << XQ_WARNING_REFERRED,
          1u << XQ_WARNING_CONFIRMED | 1u << XQ_WARNING_IN_CARE | 1u << XQ_WARNING_REFERRED,
        };
        g_autoptr (GError) error = NULL;
        g_autofree char *insert = g_strdup_printf (
            "INSERT INTO warning (id, person_id, level, state, source, raised_level, raised_at, due_at)"
            " VALUES (99, 1, 2, '%s', 'rule', 2, 1, 1)",
            xq_warning_states[from].id);
        gboolean done;

        must_sql (desk->vault.database, insert);
        if (call == 0)
          done = xq_warning_take_into_care (desk->care, 99, &error);
        else if (call == 1)
          done = xq_warning_mark_referred (desk->care, 99, &error);
        else
          done = xq_warning_close (desk->care, 99, "转学", &error);
        g_test_message ("call %d from %s", call, xq_warning_states[from].id);
        g_assert_cmpint (done, ==, (legal[call] & 1u << from) != 0);
        if (!done)
          g_assert_cmpint (error->code, ==, XQ_ERROR_REFUSED);
        must_sql (desk->vault.database, "DELETE FROM warning WHERE id = 99");
      }
}

static void
test_refusals_name_what_is_allowed (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = screen (desk, 1, 20, 0);

  g_assert_false (xq_warning_close (desk->care, id, "没事", &error));
  assert_refused (error, "Confirmed, Dismissed, In care, Referred");
  g_assert_false (xq_warning_close (desk->care, id, "", &error));
  assert_refused (error, "why");
  xq_triage_dismiss (desk->care, id, "误填", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (xq_warning_mark_referred (desk->care, id, &error));
  assert_refused (error, "over");
}

static void
test_close (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = screen (desk, 1, 16, 0);

  xq_triage_confirm (desk->care, id, NULL, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE state = 'due'", 1);
  xq_warning_close (desk->care, id, "情绪稳定，家长知情", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT remark FROM warning", "情绪稳定，家长知情");
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE state = 'due'", 0);
  assert_text (desk->vault.database, "SELECT note FROM follow_up", "情绪稳定，家长知情");
  assert_number (desk->vault.database, "SELECT level IS NULL FROM person WHERE id = 1", 1);
  /* What comes later is a new warning. */
  g_assert_cmpint (screen (desk, 1, 16, 0), !=, id);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 2);
}

static void
test_one_open_warning_a_person (Desk *desk, gconstpointer unused)
{
  screen (desk, 1, 20, 0);
  g_assert_false (try_sql (desk->vault.database,
                           "INSERT INTO warning (person_id, level, state, source, raised_level, raised_at, due_at)"
                           " VALUES (1, 2, 'new', 'rule', 2, 1, 1)"));
}

static void
test_own_rules (Desk *desk, gconstpointer unused)
{
  static const char *const own
      = "{\"id\": \"own\", \"deadlines\": {\"1\": {\"hours\": 2}, \"2\": {\"hours\": 4}, \"3\": {\"hours\": 8}},"
        "\"cadence\": {\"1\": 1, \"2\": 2, \"3\": 3}, \"rules\": [{\"id\": \"any\", \"level\": 3,"
        "\"when\": {\"instrument\": \"phq9\", \"scale\": \"total\", \"at_least\": 0}}]}";
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_care_save_rules (desk->vault.database, "{}", &error));
  assert_refused (error, "vault");
  xq_care_save_rules (desk->vault.database, own, &error);
  g_assert_no_error (error);
  g_clear_pointer (&desk->care, xq_care_free);
  desk->care = xq_care_new (desk->vault.database, desk->days, &error);
  g_assert_no_error (error);
  assert_due (desk, screen (desk, 1, 0, 0), "2026-11-23T17:00:00+08:00");
  xq_care_save_rules (desk->vault.database, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&desk->care, xq_care_free);
  desk->care = xq_care_new (desk->vault.database, desk->days, &error);
  g_assert_cmpstr (xq_rules_id (xq_care_rules (desk->care)), ==, "school");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/warning/nothing-fires", test_nothing_fires);
  add_desk_test ("/warning/deadlines", test_deadlines);
  add_desk_test ("/warning/deadlines-skip-holidays", test_deadlines_skip_holidays);
  add_desk_test ("/warning/raise", test_raise);
  add_desk_test ("/warning/join", test_join);
  add_desk_test ("/warning/join-keeps-the-sooner-deadline", test_join_keeps_the_sooner_deadline);
  add_desk_test ("/warning/heavier-evidence-after-triage", test_heavier_evidence_after_triage);
  add_desk_test ("/warning/report", test_report);
  add_desk_test ("/warning/step-table", test_step_table);
  add_desk_test ("/warning/steps-in-code", test_steps_in_code);
  add_desk_test ("/warning/refusals", test_refusals_name_what_is_allowed);
  add_desk_test ("/warning/close", test_close);
  add_desk_test ("/warning/one-open-a-person", test_one_open_warning_a_person);
  add_desk_test ("/warning/own-rules", test_own_rules);
  return g_test_run ();
}
