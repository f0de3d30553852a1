#include "config.h"

#include <string.h>

#include "care/follow-up.h"
#include "care/triage.h"
#include "care-fixture.h"

static gint64
report (Desk *desk, gint64 person_id, int level)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  xq_warning_report (desk->care, person_id, XQ_SOURCE_TEACHER, level, "常哭", &id, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
confirmed (Desk *desk, gint64 person_id, int level)
{
  g_autoptr (GError) error = NULL;
  gint64 id = report (desk, person_id, level);

  xq_triage_confirm (desk->care, id, NULL, &error);
  g_assert_no_error (error);
  return id;
}

/* The one that is due; 0 when none or several are. */
static gint64
due (Desk *desk)
{
  g_assert_cmpint (number_of (desk->vault.database, "SELECT count (*) FROM follow_up WHERE state = 'due'"), ==, 1);
  return number_of (desk->vault.database, "SELECT id FROM follow_up WHERE state = 'due'");
}

static void
assert_day (Desk *desk, const char *from, int cadence, const char *expected)
{
  g_autofree char *day = xq_follow_up_day (desk->days, from, cadence);

  g_assert_cmpstr (day, ==, expected);
}

static void
test_day (Desk *desk, gconstpointer unused)
{
  assert_day (desk, "2026-11-23", 7, "2026-11-30");
  assert_day (desk, "2026-11-21", 7, "2026-11-30");  /* a Saturday moves to Monday */
  assert_day (desk, "2026-11-23", 14, "2026-12-07");
  assert_day (desk, "2026-11-23", 30, "2026-12-23");
  assert_day (desk, "2026-10-31", 30, "2026-11-30");
  assert_day (desk, "2026-09-13", 7, "2026-09-20");  /* a Sunday on which one works */
  assert_day (desk, "2026-09-26", 7, "2026-10-08");  /* 3 October → 8 October, before the 10th */
  assert_day (desk, "2026-09-24", 7, "2026-10-01");  /* 8 October is the next one's day: it stays */
  assert_day (desk, "2026-09-25", 7, "2026-10-08");  /* 2 October → 8 October, before the 9th */
  assert_day (desk, "2026-02-08", 7, "2026-02-15");  /* Spring Festival: back to work only on the 24th */
  assert_day (desk, "2026-02-10", 7, "2026-02-17");
  assert_day (desk, "2026-02-11", 7, "2026-02-24");  /* the 18th → the 24th, before the 25th */
  assert_day (desk, "2026-02-03", 14, "2026-02-24"); /* two weeks' distance leaves room for the holiday */
}

/* School holidays do not stop care: weekdays in July and February count as any other. */
static void
test_day_in_school_holidays (Desk *desk, gconstpointer unused)
{
  assert_day (desk, "2026-07-20", 7, "2026-07-27");
  assert_day (desk, "2027-02-01", 7, "2027-02-08");
}

static void
test_cadence_by_level (Desk *desk, gconstpointer unused)
{
  static const char *const expected[] = { "2026-11-30", "2026-12-07", "2026-12-23" };

  for (int level = 1; level <= 3; level++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT due_on FROM follow_up WHERE person_id = %d", level);

      confirmed (desk, level, level);
      assert_text (desk->vault.database, sql, expected[level - 1]);
    }
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE cause = 'level' AND sequence = 1", 3);
}

static void
test_done_makes_the_next (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  confirmed (desk, 1, 1);
  now_is ("2026-12-02T15:00:00");
  g_assert_false (xq_follow_up_done (desk->care, due (desk), " ", &error));
  assert_refused (error, "Write down");
  xq_follow_up_done (desk->care, due (desk), "睡眠好转", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT note FROM follow_up WHERE state = 'done'", "睡眠好转");
  assert_number (desk->vault.database, "SELECT sequence FROM follow_up WHERE state = 'due'", 2);
  assert_text (desk->vault.database, "SELECT due_on FROM follow_up WHERE state = 'due'", "2026-12-09");
  g_assert_false (xq_follow_up_done (desk->care, 1, "再来", &error));
  assert_refused (error, "over");
}

static void
test_skip_makes_the_next (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  confirmed (desk, 1, 2);
  g_assert_false (xq_follow_up_skip (desk->care, due (desk), NULL, &error));
  assert_refused (error, "why");
  xq_follow_up_skip (desk->care, due (desk), "住院", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT note FROM follow_up WHERE state = 'skipped'", "住院");
  assert_text (desk->vault.database, "SELECT due_on FROM follow_up WHERE state = 'due'", "2026-12-07");
}

static void
test_postpone (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  confirmed (desk, 1, 1);
  id = due (desk);
  g_assert_false (xq_follow_up_postpone (desk->care, id, "2026-12-03", "", &error));
  assert_refused (error, "why");
  g_assert_false (xq_follow_up_postpone (desk->care, id, "2026-11-22", "春游", &error));
  assert_refused (error, "2026-11-22");
  g_assert_false (xq_follow_up_postpone (desk->care, id, "2026-13-01", "春游", &error));
  assert_refused (error, "2026-13-01");
  xq_follow_up_postpone (desk->care, id, "2026-12-03", "春游", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT due_on FROM follow_up", "2026-12-03");
  assert_text (desk->vault.database, "SELECT first_due_on FROM follow_up", "2026-11-30");
  assert_text (desk->vault.database, "SELECT postponed_reason FROM follow_up", "春游");
  /* Today is early enough. */
  xq_follow_up_postpone (desk->care, id, "2026-11-23", "改到今天", &error);
  g_assert_no_error (error);
  xq_follow_up_done (desk->care, id, "见过", &error);
  g_assert_no_error (error);
  g_assert_false (xq_follow_up_postpone (desk->care, id, "2026-12-03", "x", &error));
  assert_refused (error, "over");
}

static void
test_level_changes_the_cadence (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = confirmed (desk, 1, 3);

  now_is ("2026-11-25T09:00:00");
  xq_triage_change (desk->care, id, 1, "有计划", NULL, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT due_on FROM follow_up", "2026-12-02");
  assert_text (desk->vault.database, "SELECT first_due_on FROM follow_up", "2026-12-02");
  due (desk);
}

static void
test_nothing_after_the_end (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = confirmed (desk, 1, 1);

  xq_follow_up_done (desk->care, due (desk), "好", &error);
  g_assert_no_error (error);
  xq_warning_close (desk->care, id, "解除", &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE state = 'due'", 0);
  g_assert_false (xq_follow_up_undo (desk->care, 1, &error));
  assert_refused (error, "over");
}

static void
test_undo (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  confirmed (desk, 1, 1);
  id = due (desk);
  g_assert_false (xq_follow_up_undo (desk->care, id, &error));
  assert_refused (error, "nothing to take back");
  xq_follow_up_done (desk->care, id, "好", &error);
  xq_follow_up_undo (desk->care, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (due (desk), ==, id);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up", 1);
  assert_number (desk->vault.database, "SELECT note IS NULL AND done_at IS NULL FROM follow_up", 1);
  xq_follow_up_done (desk->care, id, "好", &error);
  xq_follow_up_postpone (desk->care, due (desk), "2026-12-01", "春游", &error);
  g_assert_no_error (error);
  g_assert_false (xq_follow_up_undo (desk->care, id, &error));
  assert_refused (error, "worked on");
}

static void
test_by_hand (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqFollowUp) follow_up = xq_follow_up_new ();

  follow_up->person_id = 2;
  follow_up->cause = XQ_CAUSE_MANUAL;
  g_assert_false (xq_follow_up_add (desk->care, follow_up, &error));
  g_clear_error (&error);
  follow_up->due_on = g_strdup ("2026-11-26");
  xq_follow_up_add (desk->care, follow_up, &error);
  g_assert_no_error (error);
  xq_follow_up_done (desk->care, follow_up->id, "谈过", &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up", 1);
  xq_follow_up_undo (desk->care, follow_up->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (due (desk), ==, follow_up->id);
}

static void
add (Desk *desk, gint64 person_id, const char *due_on, const char *state)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state, done_at)"
      " VALUES (%d, 'manual', '%s', '%s', '%s', %s)",
      (int) person_id, due_on, due_on, state, strcmp (state, "due") == 0 ? "NULL" : "1795000000");

  must_sql (desk->vault.database, sql);
}

static void
test_list (Desk *desk, gconstpointer unused)
{
  static const char *const expected[] = { "2026-11-10 late", "2026-11-22 late", "2026-11-23 due", "2026-11-23 due",
                                          "2026-12-01 due",  "2026-11-01 done", "2026-11-02 skipped" };
  static const gint64 persons[] = { 2, 1, 3, 1, 2, 1, 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  must_sql (desk->vault.database, "UPDATE person SET level = 2 WHERE id = 3");
  add (desk, 1, "2026-11-01", "done");
  add (desk, 2, "2026-11-02", "skipped");
  add (desk, 1, "2026-11-23", "due");
  add (desk, 3, "2026-11-23", "due");
  add (desk, 2, "2026-12-01", "due");
  add (desk, 1, "2026-11-22", "due");
  add (desk, 2, "2026-11-10", "due");
  node = xq_follow_up_list_json (desk->care, NULL, &error);
  g_assert_no_error (error);
  array = json_node_get_array (node);
  g_assert_cmpuint (json_array_get_length (array), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      g_autofree char *line = g_strdup_printf ("%s %s", json_object_get_string_member (object, "due"),
                                               json_object_get_string_member (object, "state"));

      g_assert_cmpstr (line, ==, expected[i]);
      g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "person"), "id"), ==,
                       persons[i]);
    }
}

static guint
listed (Desk *desk, XqFollowUpFilter filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = xq_follow_up_list (desk->vault.database, &filter, &error);

  g_assert_no_error (error);
  return rows->len;
}

static void
test_filters (Desk *desk, gconstpointer unused)
{
  add (desk, 1, "2026-11-01", "done");
  add (desk, 1, "2026-11-22", "due");
  add (desk, 2, "2026-12-01", "due");
  g_assert_cmpuint (listed (desk, (XqFollowUpFilter) { 0 }), ==, 3);
  g_assert_cmpuint (listed (desk, (XqFollowUpFilter) { .only_open = TRUE }), ==, 2);
  g_assert_cmpuint (listed (desk, (XqFollowUpFilter) { .person_id = 1 }), ==, 2);
  g_assert_cmpuint (listed (desk, (XqFollowUpFilter) { .to = "2026-11-23" }), ==, 2);
  g_assert_cmpuint (listed (desk, (XqFollowUpFilter) { .from = "2026-11-22", .to = "2026-11-22" }), ==, 1);
  g_assert_cmpuint (listed (desk, (XqFollowUpFilter) { .limit = 1 }), ==, 1);
}

static void
test_json_of_one (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  confirmed (desk, 1, 1);
  node = xq_follow_up_json (desk->care, due (desk), &error);
  g_assert_no_error (error);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"id\":1,\"person\":{\"id\":1,\"code\":\"20260001\",\"name\":\"李小雨\"},"
                   "\"due\":\"2026-11-30\",\"state\":\"due\",\"cause\":\"level\"}");
  g_assert_null (xq_follow_up_json (desk->care, 404, &error));
  g_assert_error (error, XQ_CARE_ERROR, XQ_ERROR_NOT_FOUND);
}

static void
make_referral (Desk *desk)
{
  must_sql (desk->vault.database, "INSERT INTO institution (id, name, kind) VALUES (1, '市精神卫生中心', 'clinic')");
  must_sql (desk->vault.database,
            "INSERT INTO referral (id, person_id, institution_id, lane, state, reason, opened_at, state_at)"
            " VALUES (1, 1, 1, 'urgent', 'draft', '自伤', 1, 1)");
}

static void
moved (Desk *desk, gint64 warning_id, const char *state, const char *due_at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) at = due_at != NULL ? g_date_time_new_from_iso8601 (due_at, zone) : NULL;

  xq_care_referral_moved (desk->care, 1, warning_id, 1, state, at != NULL ? g_date_time_to_unix (at) : 0, &error);
  g_assert_no_error (error);
}

static void
test_referral_there_and_back (Desk *desk, gconstpointer unused)
{
  gint64 id = confirmed (desk, 1, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *days = NULL;

  make_referral (desk);
  moved (desk, id, "sent", "2026-11-26T09:00:00");
  assert_text (desk->vault.database, "SELECT state FROM warning", "referred");
  assert_text (desk->vault.database, "SELECT due_on FROM follow_up WHERE cause = 'referral'", "2026-11-26");
  /* Sent on to another institution: the same question, another day. */
  moved (desk, id, "sent", "2026-11-27T09:00:00");
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE cause = 'referral'", 1);
  assert_text (desk->vault.database, "SELECT due_on FROM follow_up WHERE cause = 'referral'", "2026-11-27");
  moved (desk, id, "accepted", NULL);
  moved (desk, id, "attended", NULL);
  assert_text (desk->vault.database, "SELECT state FROM follow_up WHERE cause = 'referral'", "done");
  moved (desk, id, "result_in", NULL);
  days = text_of (desk->vault.database, "SELECT group_concat (due_on, ' ') FROM"
                                        " (SELECT due_on FROM follow_up WHERE cause = 'return' ORDER BY sequence)");
  g_assert_cmpstr (days, ==, "2026-11-30 2026-12-07 2026-12-21 2027-01-18 2027-02-15");
  assert_text (desk->vault.database, "SELECT state FROM warning", "referred");
  moved (desk, id, "closed", NULL);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE cause = 'return' AND state = 'due'", 5);
}

static void
test_aftercare_moves_off_weekends (Desk *desk, gconstpointer unused)
{
  g_autofree char *days = NULL;

  make_referral (desk);
  now_is ("2026-09-26T10:00:00"); /* a Saturday; a week later is National Day week */
  moved (desk, 0, "result_in", NULL);
  days = text_of (desk->vault.database, "SELECT group_concat (due_on, ' ') FROM"
                                        " (SELECT due_on FROM follow_up WHERE cause = 'return' ORDER BY sequence)");
  g_assert_cmpstr (days, ==, "2026-10-08 2026-10-10 2026-10-26 2026-11-23 2026-12-21");
}

static void
test_referral_declined (Desk *desk, gconstpointer unused)
{
  gint64 id = confirmed (desk, 1, 1);

  make_referral (desk);
  moved (desk, id, "sent", "2026-11-26T09:00:00");
  moved (desk, id, "declined", NULL);
  assert_text (desk->vault.database, "SELECT state FROM follow_up WHERE cause = 'referral'", "skipped");
  /* The level's own follow-up goes on. */
  assert_text (desk->vault.database, "SELECT state FROM follow_up WHERE cause = 'level'", "due");
}

static void
test_database_holds_causes_and_states (Desk *desk, gconstpointer unused)
{
  g_assert_false (try_sql (desk->vault.database,
                           "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state)"
                           " VALUES (1, 'whim', '2026-11-30', '2026-11-30', 'due')"));
  g_assert_false (try_sql (desk->vault.database,
                           "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state)"
                           " VALUES (1, 'level', '2026-11-30', '2026-11-30', 'late')"));
  g_assert_false (try_sql (desk->vault.database,
                           "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state)"
                           " VALUES (404, 'level', '2026-11-30', '2026-11-30', 'due')"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/follow-up/day", test_day);
  add_desk_test ("/follow-up/day-in-school-holidays", test_day_in_school_holidays);
  add_desk_test ("/follow-up/cadence-by-level", test_cadence_by_level);
  add_desk_test ("/follow-up/done-makes-the-next", test_done_makes_the_next);
  add_desk_test ("/follow-up/skip-makes-the-next", test_skip_makes_the_next);
  add_desk_test ("/follow-up/postpone", test_postpone);
  add_desk_test ("/follow-up/level-changes-the-cadence", test_level_changes_the_cadence);
  add_desk_test ("/follow-up/nothing-after-the-end", test_nothing_after_the_end);
  add_desk_test ("/follow-up/undo", test_undo);
  add_desk_test ("/follow-up/by-hand", test_by_hand);
  add_desk_test ("/follow-up/list", test_list);
  add_desk_test ("/follow-up/filters", test_filters);
  add_desk_test ("/follow-up/json-of-one", test_json_of_one);
  add_desk_test ("/follow-up/referral-there-and-back", test_referral_there_and_back);
  add_desk_test ("/follow-up/aftercare-moves-off-weekends", test_aftercare_moves_off_weekends);
  add_desk_test ("/follow-up/referral-declined", test_referral_declined);
  add_desk_test ("/follow-up/database", test_database_holds_causes_and_states);
  return g_test_run ();
}
