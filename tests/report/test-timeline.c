/* A person's timeline: every room speaks, newest first, page by page, and nobody else's. */
#include "config.h"

#include "calendar/appointment.h"
#include "care/case-file.h"
#include "care/follow-up.h"
#include "care/records.h"
#include "care/session-note.h"
#include "care/triage.h"
#include "desk-fixture.h"
#include "people/consent.h"
#include "report/timeline.h"

#define BIT(kind) (1u << (kind))

static GPtrArray *
timeline (Office *office, gint64 person_id, guint kinds, const XqTimelineEntry *after, int limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = xq_timeline_list (office->desk, person_id, kinds, after, limit, &error);

  g_assert_no_error (error);
  return entries;
}

static const XqTimelineEntry *
entry (GPtrArray *entries, guint index)
{
  g_assert_cmpuint (index, <, entries->len);
  return g_ptr_array_index (entries, index);
}

/* The only entry of @kind in the person's timeline. (transfer full) */
static GPtrArray *
only (Office *office, gint64 person_id, XqTimelineKind kind)
{
  GPtrArray *entries = timeline (office, person_id, BIT (kind), NULL, 99);

  g_assert_cmpuint (entries->len, ==, 1);
  return entries;
}

static char *
words_of (GPtrArray *entries)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (words, "%s\n", entry (entries, i)->title);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
join_class (Office *office)
{
  must_sql (office->database, "INSERT INTO membership (person_id, unit_id, from_date) VALUES (1, 83, '2026-09-01')");
}

static void
agree (Office *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqConsent) consent = xq_consent_new ();

  consent->person_id = 1;
  consent->kind = XQ_CONSENT_COUNSELLING;
  consent->given_by = g_strdup ("李母");
  consent->given_on = g_strdup ("2026-10-08");
  xq_consent_create (office->database, consent, &error);
  g_assert_no_error (error);
  xq_consent_withdraw (office->database, consent->id, "2026-11-23", &error);
  g_assert_no_error (error);
}

static void
talk (Office *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSessionNote) note = xq_session_note_new ();
  gint64 case_id = 0;

  xq_case_open (xq_desk_care (office->desk), 1, "考试紧张", NULL, &case_id, &error);
  g_assert_no_error (error);
  note->person_id = 1;
  note->at = at ("2026-11-24T10:00:00");
  note->minutes = 40;
  note->kind = XQ_SESSION_COUNSELLING;
  note->text = g_strdup ("谈睡眠");
  xq_session_note_save (office->database, note, &error);
  g_assert_no_error (error);
  {
    g_autoptr (GPtrArray) draft = only (office, 1, XQ_TIMELINE_SESSION);

    g_assert_cmpstr (entry (draft, 0)->title, ==, "Counselling · 40 min · draft");
  }
  xq_session_note_sign (office->database, note->id, &error);
  g_assert_no_error (error);
  now_is ("2026-11-25T09:00:00");
  xq_session_note_amend (office->database, note->id, "补记", NULL, &error);
  g_assert_no_error (error);
}

static void
meet (Office *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAppointment) appointment = xq_appointment_new ();

  appointment->person_id = 1;
  appointment->kind = XQ_APPOINTMENT_FAMILY_MEETING;
  appointment->starts_at = at ("2026-12-01T16:00:00");
  appointment->ends_at = at ("2026-12-01T17:00:00");
  appointment->place = g_strdup ("辅导室");
  xq_appointment_create (office->database, appointment, NULL, &error);
  g_assert_no_error (error);
}

static void
crisis (Office *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqCrisisEvent) event = xq_crisis_event_new ();

  event->organisation_id = 1;
  event->person_id = 1;
  event->at = at ("2026-11-25T08:00:00");
  event->kind = g_strdup ("走失");
  event->text = g_strdup ("在车站找到");
  xq_crisis_event_save (office->database, event, &error);
  g_assert_no_error (error);
}

static void
follow_up (Office *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = xq_follow_up_list (office->database, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  xq_follow_up_done (xq_desk_care (office->desk), ((XqFollowUpRow *) g_ptr_array_index (rows, 0))->follow_up->id,
                     "睡得好些了", &error);
  g_assert_no_error (error);
}

/* Three days of one pupil's life, through all rooms. */
static void
live (Office *office)
{
  g_autoptr (GError) error = NULL;
  gint64 warning_id;

  join_class (office);
  agree (office);
  warning_id = answer_phq9 (office, 1, 10, 2);
  now_is ("2026-11-23T15:00:00");
  xq_triage_confirm (xq_desk_care (office->desk), warning_id, "愿意谈", &error);
  g_assert_no_error (error);
  now_is ("2026-11-24T11:00:00");
  talk (office);
  crisis (office);
  meet (office);
  now_is ("2026-11-26T09:00:00");
  follow_up (office);
  draft_referral (office, 1, warning_id, XQ_LANE_ROUTINE);
}

static void
test_every_room (Office *office, gconstpointer unused)
{
  static const char expected[] = "Family meeting · Planned\n"
                                 "Referral · Draft\n"
                                 "Follow-up 1 · Done\n"
                                 "Amendment · Counselling\n"
                                 "Crisis event · 走失\n"
                                 "Counselling · 40 min\n"
                                 "Case opened\n"
                                 "Triage · Confirmed\n"
                                 "Warning raised (Screening)\n"
                                 "PHQ-9 · 12 (Moderate)\n"
                                 "Consent withdrawn · Counselling\n"
                                 "Consent given · Counselling\n"
                                 "Joined 八年级(3)班\n";
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *words = NULL;
  guint seen = 0;

  live (office);
  entries = timeline (office, 1, 0, NULL, 99);
  words = words_of (entries);
  g_assert_cmpstr (words, ==, expected);
  for (guint i = 0; i < entries->len; i++)
    {
      seen |= BIT (entry (entries, i)->kind);
      if (i > 0)
        g_assert_cmpint (entry (entries, i)->at, <=, entry (entries, i - 1)->at);
    }
  g_assert_cmpuint (seen, ==, BIT (XQ_TIMELINE_KINDS) - 1);
}

/* What was said, what is folded, and to what it belongs. */
static void
test_what_it_says (Office *office, gconstpointer unused)
{
  static const struct
  {
    XqTimelineKind kind;
    const char *text;
    gboolean sensitive;
    gboolean has_parent;
    int level;
  } expected[] = {
    { XQ_TIMELINE_ASSESSMENT, "item 9 = 2", FALSE, FALSE, 0 },
    { XQ_TIMELINE_TRIAGE, "愿意谈", TRUE, TRUE, 1 },
    { XQ_TIMELINE_CASE, "考试紧张", TRUE, FALSE, 0 },
    { XQ_TIMELINE_FOLLOW_UP, "睡得好些了", TRUE, TRUE, 0 },
    { XQ_TIMELINE_REFERRAL, "江城市精神卫生中心", FALSE, TRUE, 0 },
    { XQ_TIMELINE_APPOINTMENT, "辅导室", FALSE, FALSE, 0 },
    { XQ_TIMELINE_CRISIS, "在车站找到", TRUE, FALSE, 0 },
    { XQ_TIMELINE_MEMBERSHIP, NULL, FALSE, FALSE, 0 },
  };

  live (office);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GPtrArray) entries = only (office, 1, expected[i].kind);

      g_assert_cmpstr (entry (entries, 0)->text, ==, expected[i].text);
      g_assert_cmpint (entry (entries, 0)->sensitive, ==, expected[i].sensitive);
      g_assert_cmpint (entry (entries, 0)->parent_id != 0, ==, expected[i].has_parent);
      g_assert_cmpint (entry (entries, 0)->level, ==, expected[i].level);
    }
  {
    g_autoptr (GPtrArray) warnings = only (office, 1, XQ_TIMELINE_WARNING);

    g_assert_nonnull (strstr (entry (warnings, 0)->text, "PHQ-9"));
    g_assert_nonnull (strchr (entry (warnings, 0)->text, '\n'));
    g_assert_true (entry (warnings, 0)->sensitive);
    g_assert_cmpint (entry (warnings, 0)->level, ==, 1);
  }
}

/* Where only the day is known, it stands at that day's local midnight and has no time. */
static void
test_days_without_time (Office *office, gconstpointer unused)
{
  static const struct
  {
    XqTimelineKind kind;
    const char *day;
  } expected[] = { { XQ_TIMELINE_CASE, "2026-11-24" }, { XQ_TIMELINE_MEMBERSHIP, "2026-09-01" } };

  live (office);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GPtrArray) entries = only (office, 1, expected[i].kind);

      g_assert_cmpint (entry (entries, 0)->at, ==, xq_date_start (expected[i].day));
      g_assert_false (entry (entries, 0)->has_time);
    }
  {
    g_autoptr (GPtrArray) sessions = timeline (office, 1, BIT (XQ_TIMELINE_SESSION), NULL, 99);

    g_assert_cmpint (entry (sessions, 1)->at, ==, at ("2026-11-24T10:00:00"));
    g_assert_true (entry (sessions, 1)->has_time);
    g_assert_cmpint (entry (sessions, 0)->parent_id, ==, entry (sessions, 1)->id);
  }
}

static void
test_kinds (Office *office, gconstpointer unused)
{
  const guint wanted = BIT (XQ_TIMELINE_WARNING) | BIT (XQ_TIMELINE_CONSENT);
  g_autoptr (GPtrArray) entries = NULL;

  live (office);
  entries = timeline (office, 1, wanted, NULL, 99);
  g_assert_cmpuint (entries->len, ==, 3);
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpuint (BIT (entry (entries, i)->kind) & wanted, !=, 0);
  for (XqTimelineKind kind = 0; kind < XQ_TIMELINE_KINDS; kind++)
    {
      g_assert_cmpstr (xq_timeline_kind_label (kind), !=, "");
      for (XqTimelineKind other = 0; other < kind; other++)
        g_assert_cmpstr (xq_timeline_kind_id (kind), !=, xq_timeline_kind_id (other));
    }
}

/* However long a page, they join to the whole, though much happened in the same second. */
static void
assert_pages_join (Office *office, guint kinds, int limit)
{
  g_autoptr (GPtrArray) whole = timeline (office, 1, kinds, NULL, 999);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (XqTimelineEntry) last = NULL;
  guint known = 0;

  do
    {
      g_clear_pointer (&page, g_ptr_array_unref);
      page = timeline (office, 1, kinds, last, limit);
      g_assert_cmpuint (page->len, ==, MIN ((guint) limit, whole->len - known));
      for (guint i = 0; i < page->len; i++, known++)
        {
          g_assert_cmpint (entry (page, i)->kind, ==, entry (whole, known)->kind);
          g_assert_cmpint (entry (page, i)->id, ==, entry (whole, known)->id);
          g_assert_cmpint (entry (page, i)->parent_id, ==, entry (whole, known)->parent_id);
        }
      g_clear_pointer (&last, xq_timeline_entry_free);
      last = page->len > 0 ? g_ptr_array_steal_index (page, page->len - 1) : NULL;
    }
  while (last != NULL);
  g_assert_cmpuint (known, ==, whole->len);
}

static void
test_pages (Office *office, gconstpointer unused)
{
  live (office);
  /* A case that is opened and closed on one day, at the midnight at which three consents were given. */
  must_sql (office->database, "INSERT INTO case_file (person_id, opened_on, closed_on, problem, outcome) VALUES"
                              " (1, '2026-10-08', '2026-10-08', 'x', 'y'), (1, '2026-10-08', '2026-10-08', 'x', 'y')");
  must_sql (office->database, "INSERT INTO consent (person_id, kind, given_by, given_on, withdrawn_on) VALUES"
                              " (1, 'file', 'x', '2026-10-08', '2026-10-08'), (1, 'assessment', 'x', '2026-10-08', NULL)");
  must_sql (office->database, "INSERT INTO warning (person_id, level, state, source, raised_level, raised_at, due_at)"
                              " VALUES (1, 3, 'closed', 'self', 3, unixepoch ('2026-10-08', 'utc'), 1),"
                              " (1, 3, 'closed', 'peer', 3, unixepoch ('2026-10-08', 'utc'), 1)");
  for (int limit = 1; limit <= 24; limit++)
    {
      assert_pages_join (office, 0, limit);
      assert_pages_join (office, BIT (XQ_TIMELINE_CONSENT) | BIT (XQ_TIMELINE_CASE), limit);
    }
}

static void
test_only_this_person (Office *office, gconstpointer unused)
{
  g_autoptr (GPtrArray) nobody = NULL;

  live (office);
  nobody = timeline (office, 2, 0, NULL, 99);
  g_assert_cmpuint (nobody->len, ==, 0);
  report_pupil (office, 2, XQ_SOURCE_PEER, 3, "总一个人");
  {
    g_autoptr (GPtrArray) entries = timeline (office, 2, 0, NULL, 99);

    g_assert_cmpuint (entries->len, ==, 1);
    g_assert_cmpstr (entry (entries, 0)->text, ==, "Peer: 总一个人");
  }
}

/* An open follow-up has not happened; one that was skipped has. A cancelled appointment stays, with its word. */
static void
test_what_was_not (Office *office, gconstpointer unused)
{
  g_autoptr (GPtrArray) entries = NULL;

  must_sql (office->database, "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state, done_at, note) VALUES"
                              " (1, 'manual', '2026-11-20', '2026-11-20', 'due', NULL, NULL),"
                              " (1, 'manual', '2026-11-13', '2026-11-13', 'skipped', 1794532800, '请假')");
  must_sql (office->database, "INSERT INTO appointment (person_id, kind, starts_at, ends_at, state, remark) VALUES"
                              " (1, 'interview', 1794000000, 1794003000, 'cancelled', '请假')");
  entries = timeline (office, 1, 0, NULL, 99);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (entry (entries, 0)->title, ==, "Follow-up 1 · Skipped");
  g_assert_cmpstr (entry (entries, 1)->title, ==, "Interview · Cancelled");
  g_assert_cmpstr (entry (entries, 1)->text, ==, "请假");
}

/* A sheet with too many blanks has no score but keeps what was hit; one of an instrument that the vault no longer knows
 * still shows that it was there. */
static void
test_incomplete_and_unknown (Office *office, gconstpointer unused)
{
  static const int blanks[9] = { XQ_ANSWER_BLANK, XQ_ANSWER_BLANK, XQ_ANSWER_BLANK, XQ_ANSWER_BLANK, 0, 0, 0, 0, 1 };
  g_autoptr (XqAssessment) assessment = xq_assessment_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  assessment->person_id = 1;
  assessment->instrument = g_strdup ("phq9");
  xq_desk_add_assessment (office->desk, assessment, blanks, G_N_ELEMENTS (blanks), NULL, &error);
  g_assert_no_error (error);
  must_sql (office->database, "INSERT INTO assessment (person_id, instrument, taken_at, taken_on, entered, answers, missing,"
                              " complete, valid, created_at) VALUES (1, 'own-scale', 1, '1970-01-01', 'keyed', '[]', 0, 1,"
                              " 1, 1)");
  entries = timeline (office, 1, BIT (XQ_TIMELINE_ASSESSMENT), NULL, 99);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (entry (entries, 0)->title, ==, "PHQ-9");
  g_assert_cmpstr (entry (entries, 0)->text, ==, "4 answers missing: no score · item 9 = 1");
  g_assert_cmpstr (entry (entries, 1)->title, ==, "own-scale");
  g_assert_null (entry (entries, 1)->text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_office_test ("/timeline/every-room", test_every_room);
  add_office_test ("/timeline/what-it-says", test_what_it_says);
  add_office_test ("/timeline/days-without-time", test_days_without_time);
  add_office_test ("/timeline/kinds", test_kinds);
  add_office_test ("/timeline/pages", test_pages);
  add_office_test ("/timeline/only-this-person", test_only_this_person);
  add_office_test ("/timeline/what-was-not", test_what_was_not);
  add_office_test ("/timeline/incomplete-and-unknown", test_incomplete_and_unknown);
  return g_test_run ();
}
