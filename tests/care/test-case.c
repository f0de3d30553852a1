/* Cases, their notes, and the small records beside them. */
#include "config.h"

#include <string.h>

#include "care/case-file.h"
#include "care/records.h"
#include "care/session-note.h"
#include "care/triage.h"
#include "care-fixture.h"

static gint64
open_case (Desk *desk, gint64 person_id)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  xq_case_open (desk->care, person_id, "情绪低落", "每周一次", &id, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
confirmed (Desk *desk, gint64 person_id)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  xq_warning_report (desk->care, person_id, XQ_SOURCE_TEACHER, 2, "常哭", &id, &error);
  xq_triage_confirm (desk->care, id, NULL, &error);
  g_assert_no_error (error);
  return id;
}

static XqSessionNote *
note_of (gint64 person_id, const char *text)
{
  XqSessionNote *note = xq_session_note_new ();

  note->person_id = person_id;
  note->at = xq_clock_now ();
  note->minutes = 50;
  note->text = g_strdup (text);
  return note;
}

static void
test_open (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqCaseFile) found = NULL;

  confirmed (desk, 1);
  g_assert_null (xq_case_open_of (desk->vault.database, 1, &error));
  g_assert_no_error (error);
  open_case (desk, 1);
  assert_text (desk->vault.database, "SELECT state FROM warning", "in_care");
  assert_text (desk->vault.database, "SELECT opened_on FROM case_file", "2026-11-23");
  found = xq_case_open_of (desk->vault.database, 1, &error);
  g_assert_cmpstr (found->problem, ==, "情绪低落");
  g_assert_false (xq_case_open (desk->care, 1, NULL, NULL, NULL, &error));
  assert_refused (error, "open case already");
  g_assert_false (
      try_sql (desk->vault.database, "INSERT INTO case_file (person_id, opened_on) VALUES (1, '2026-11-23')"));
}

static void
test_a_warning_that_waits_waits_on (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  xq_warning_report (desk->care, 1, XQ_SOURCE_SELF, 2, "睡不着", &id, &error);
  open_case (desk, 1);
  assert_text (desk->vault.database, "SELECT state FROM warning", "new");
  g_assert_false (xq_case_close (desk->care, 1, "好转", &error));
  assert_refused (error, "waits for triage");
  assert_number (desk->vault.database, "SELECT closed_on IS NULL FROM case_file", 1);
}

static void
test_update (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqCaseFile) changed = NULL;
  gint64 id = open_case (desk, 1);

  changed = xq_case_load (desk->vault.database, id, &error);
  g_set_str (&changed->goals, "每两周一次");
  g_set_str (&changed->outcome, "偷偷结案");
  xq_case_update (desk->care, changed, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT goals FROM case_file", "每两周一次");
  assert_number (desk->vault.database, "SELECT outcome IS NULL FROM case_file", 1);
}

static void
test_close (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqCaseFile) stored = NULL;
  gint64 id;

  confirmed (desk, 1);
  id = open_case (desk, 1);
  g_assert_false (xq_case_close (desk->care, id, "", &error));
  assert_refused (error, "summary");
  xq_case_close (desk->care, id, "好转，家长知情", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT closed_on FROM case_file", "2026-11-23");
  assert_text (desk->vault.database, "SELECT state || remark FROM warning", "closed好转，家长知情");
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE state = 'due'", 0);
  assert_number (desk->vault.database, "SELECT level IS NULL FROM person WHERE id = 1", 1);
  g_assert_false (xq_case_close (desk->care, id, "又一次", &error));
  assert_refused (error, "closed");
  stored = xq_case_load (desk->vault.database, id, &error);
  g_assert_false (xq_case_update (desk->care, stored, &error));
  assert_refused (error, "closed");
  g_assert_cmpint (open_case (desk, 1), !=, id);
}

static void
test_close_wants_signed_notes (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = open_case (desk, 1);
  g_autoptr (XqSessionNote) note = note_of (1, "第一次");

  xq_session_note_save (desk->vault.database, note, &error);
  g_assert_no_error (error);
  g_assert_cmpint (note->case_id, ==, id);
  g_assert_false (xq_case_close (desk->care, id, "好转", &error));
  assert_refused (error, "draft");
  xq_session_note_sign (desk->vault.database, note->id, &error);
  xq_case_close (desk->care, id, "好转", &error);
  g_assert_no_error (error);
}

static void
test_list (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (XqSessionNote) note = note_of (2, "第一次");
  g_autofree char *text = NULL;

  xq_case_close (desk->care, open_case (desk, 1), "好转", &error);
  open_case (desk, 3);
  confirmed (desk, 2);
  open_case (desk, 2);
  xq_session_note_save (desk->vault.database, note, &error);
  xq_session_note_sign (desk->vault.database, note->id, &error);
  xq_session_note_amend (desk->vault.database, note->id, "补充", NULL, &error);
  node = xq_case_list_json (desk->vault.database, 0, FALSE, &error);
  g_assert_no_error (error);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (
      text, ==,
      "[{\"id\":3,\"person\":{\"id\":2,\"code\":\"20260002\",\"name\":\"单明\"},\"level\":2,"
      "\"opened\":\"2026-11-23\",\"closed\":null,\"problem\":\"情绪低落\",\"goals\":\"每周一次\",\"outcome\":null,"
      "\"sessions\":1},"
      "{\"id\":2,\"person\":{\"id\":3,\"code\":null,\"name\":\"曾静\"},\"level\":null,"
      "\"opened\":\"2026-11-23\",\"closed\":null,\"problem\":\"情绪低落\",\"goals\":\"每周一次\",\"outcome\":null,"
      "\"sessions\":0},"
      "{\"id\":1,\"person\":{\"id\":1,\"code\":\"20260001\",\"name\":\"李小雨\"},\"level\":null,"
      "\"opened\":\"2026-11-23\",\"closed\":\"2026-11-23\",\"problem\":\"情绪低落\",\"goals\":\"每周一次\","
      "\"outcome\":\"好转\",\"sessions\":0}]");
  open = xq_case_list (desk->vault.database, 0, TRUE, &error);
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_cmpint (((XqCaseRow *) g_ptr_array_index (open, 0))->last_session_at, ==, xq_clock_now ());
}

static void
test_note_draft (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSessionNote) note = note_of (1, "草稿");
  g_autoptr (XqSessionNote) empty = note_of (1, "");

  g_assert_false (xq_session_note_save (desk->vault.database, empty, &error));
  g_clear_error (&error);
  xq_session_note_save (desk->vault.database, note, &error);
  g_set_str (&note->text, "改过");
  xq_session_note_save (desk->vault.database, note, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT text FROM session_note", "改过");
  note->minutes = 2000;
  g_assert_false (xq_session_note_save (desk->vault.database, note, &error));
  assert_refused (error, "minutes");
  g_assert_false (xq_session_note_amend (desk->vault.database, note->id, "x", NULL, &error));
  assert_refused (error, "draft");
  xq_session_note_discard (desk->vault.database, note->id, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM session_note", 0);
}

static void
test_signed_note_is_never_changed (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSessionNote) note = note_of (1, "签过");

  xq_session_note_save (desk->vault.database, note, &error);
  xq_session_note_sign (desk->vault.database, note->id, &error);
  g_assert_no_error (error);
  g_set_str (&note->text, "改");
  g_assert_false (xq_session_note_save (desk->vault.database, note, &error));
  assert_refused (error, "never changed");
  g_assert_false (xq_session_note_sign (desk->vault.database, note->id, &error));
  assert_refused (error, "never changed");
  g_assert_false (xq_session_note_discard (desk->vault.database, note->id, &error));
  assert_refused (error, "never deleted");
  g_assert_false (try_sql (desk->vault.database, "UPDATE session_note SET text = '改'"));
  g_assert_false (try_sql (desk->vault.database, "UPDATE session_note SET signed_at = NULL"));
  g_assert_false (try_sql (desk->vault.database, "DELETE FROM session_note"));
  assert_text (desk->vault.database, "SELECT text FROM session_note", "签过");
}

static void
test_notes_in_order (Desk *desk, gconstpointer unused)
{
  static const char *const expected[] = { "二", "一", "一补", "一再补" };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSessionNote) first = note_of (1, "一");
  g_autoptr (XqSessionNote) second = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  gint64 addition;

  xq_session_note_save (desk->vault.database, first, &error);
  xq_session_note_sign (desk->vault.database, first->id, &error);
  now_is ("2026-11-24T09:00:00");
  second = note_of (1, "二");
  xq_session_note_save (desk->vault.database, second, &error);
  now_is ("2026-11-25T09:00:00");
  xq_session_note_amend (desk->vault.database, first->id, "一补", &addition, &error);
  /* An addition to an addition is one to the note. */
  xq_session_note_amend (desk->vault.database, addition, "一再补", NULL, &error);
  g_assert_no_error (error);
  notes = xq_session_note_list (desk->vault.database, 1, &error);
  g_assert_cmpuint (notes->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (((XqSessionNote *) g_ptr_array_index (notes, i))->text, ==, expected[i]);
  g_assert_cmpint (((XqSessionNote *) g_ptr_array_index (notes, 3))->amends_id, ==, first->id);
  g_assert_cmpint (((XqSessionNote *) g_ptr_array_index (notes, 3))->minutes, ==, 0);
}

static void
test_crisis_events (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqCrisisEvent) event = xq_crisis_event_new ();
  g_autoptr (GPtrArray) events = NULL;

  event->organisation_id = 1;
  event->person_id = 1;
  event->kind = g_strdup ("self_harm");
  event->at = xq_clock_now () + 1;
  g_assert_false (xq_crisis_event_save (desk->vault.database, event, &error));
  assert_refused (error, "future");
  event->at--;
  xq_crisis_event_save (desk->vault.database, event, &error);
  g_assert_no_error (error);
  g_set_str (&event->text, "已通知家长");
  xq_crisis_event_save (desk->vault.database, event, &error);
  g_assert_no_error (error);
  events = xq_crisis_event_list (desk->vault.database, 1, &error);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (((XqCrisisEvent *) g_ptr_array_index (events, 0))->text, ==, "已通知家长");
}

static void
test_activities_and_team (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqActivity) activity = xq_activity_new ();
  g_autoptr (XqTeamMember) member = xq_team_member_new ();
  g_autoptr (GPtrArray) activities = NULL;
  g_autoptr (GPtrArray) team = NULL;

  activity->organisation_id = member->organisation_id = 1;
  activity->held_on = g_strdup ("2026-10-10");
  activity->title = g_strdup ("世界精神卫生日讲座");
  activity->head_count = -1;
  g_assert_false (xq_activity_save (desk->vault.database, activity, &error));
  assert_refused (error, "below 0");
  activity->head_count = 320;
  activity->hours = 1.5;
  xq_activity_save (desk->vault.database, activity, &error);
  g_assert_no_error (error);
  activities = xq_activity_list (desk->vault.database, 0, &error);
  g_assert_cmpfloat (((XqActivity *) g_ptr_array_index (activities, 0))->hours, ==, 1.5);

  member->name = g_strdup ("周老师");
  member->full_time = TRUE;
  member->from_date = g_strdup ("2026-09-01");
  member->to_date = g_strdup ("2026-08-31");
  g_assert_false (xq_team_member_save (desk->vault.database, member, &error));
  assert_refused (error, "before the first");
  g_clear_pointer (&member->to_date, g_free);
  xq_team_member_save (desk->vault.database, member, &error);
  g_assert_no_error (error);
  team = xq_team_member_list (desk->vault.database, 1, &error);
  g_assert_cmpuint (team->len, ==, 1);
  g_assert_true (((XqTeamMember *) g_ptr_array_index (team, 0))->full_time);
  g_clear_pointer (&team, g_ptr_array_unref);
  team = xq_team_member_list (desk->vault.database, 2, &error);
  g_assert_cmpuint (team->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/case/open", test_open);
  add_desk_test ("/case/a-warning-that-waits-waits-on", test_a_warning_that_waits_waits_on);
  add_desk_test ("/case/update", test_update);
  add_desk_test ("/case/close", test_close);
  add_desk_test ("/case/close-wants-signed-notes", test_close_wants_signed_notes);
  add_desk_test ("/case/list", test_list);
  add_desk_test ("/note/draft", test_note_draft);
  add_desk_test ("/note/signed-is-never-changed", test_signed_note_is_never_changed);
  add_desk_test ("/note/in-order", test_notes_in_order);
  add_desk_test ("/records/crisis-events", test_crisis_events);
  add_desk_test ("/records/activities-and-team", test_activities_and_team);
  return g_test_run ();
}
