/* Today's page at its borders: what is due now, what is late, what belongs to another day. */
#include "config.h"

#include "care/follow-up.h"
#include "care/session-note.h"
#include "care/triage.h"
#include "desk-fixture.h"
#include "report/today.h"

static XqToday *
today_at (Office *office, const char *now, int limit)
{
  g_autoptr (GError) error = NULL;
  XqToday *today;

  now_is (now);
  today = xq_today_load (office->desk, limit, &error);
  g_assert_no_error (error);
  return today;
}

static const XqTodayItem *
item (GPtrArray *items, guint index)
{
  g_assert_cmpuint (index, <, items->len);
  return g_ptr_array_index (items, index);
}

/* The persons of a list, in its order: "2 1 3". */
static void
assert_persons (GPtrArray *items, const char *expected)
{
  g_autoptr (GString) persons = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (persons, "%s%d", i > 0 ? " " : "", (int) item (items, i)->person_id);
  g_assert_cmpstr (persons->str, ==, expected);
}

static guint
late_in (const XqToday *today)
{
  GPtrArray *lists[] = { today->warnings, today->follow_ups, today->referrals };
  guint late = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; k < lists[i]->len; k++)
      late += item (lists[i], k)->late ? 1 : 0;
  return late;
}

static void
test_nothing (Office *office, gconstpointer unused)
{
  g_autoptr (XqToday) today = today_at (office, "2026-11-23T09:00:00", 9);

  g_assert_cmpstr (today->date, ==, "2026-11-23");
  assert_persons (today->appointments, "");
  assert_persons (today->warnings, "");
  assert_persons (today->follow_ups, "");
  assert_persons (today->referrals, "");
  g_assert_cmpuint (today->campaigns->len, ==, 0);
  g_assert_cmpuint (today->days->len, ==, 14);
  g_assert_cmpint (today->n_warnings + today->n_follow_ups + today->n_referrals + today->n_late, ==, 0);
}

/* A deadline is met up to its very second. */
static void
test_warning_deadline (Office *office, gconstpointer unused)
{
  static const struct
  {
    const char *now;
    gboolean late;
  } moments[] = {
    { "2026-11-24T08:59:59", FALSE },
    { "2026-11-24T09:00:00", FALSE },
    { "2026-11-24T09:00:01", TRUE },
  };

  answer_phq9 (office, 1, 20, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (XqToday) today = today_at (office, moments[i].now, 9);

      assert_persons (today->warnings, "1");
      g_assert_cmpint (item (today->warnings, 0)->at, ==, at ("2026-11-24T09:00:00"));
      g_assert_cmpint (item (today->warnings, 0)->late, ==, moments[i].late);
      g_assert_cmpint (today->n_late, ==, moments[i].late);
    }
}

/* Level 2 has three working days: raised on the last one before the national holiday, it is due on the third day
 * after, and no day off makes it late. */
static void
test_warning_over_holidays (Office *office, gconstpointer unused)
{
  now_is ("2026-09-30T10:00:00");
  answer_phq9 (office, 1, 15, 0);
  {
    g_autoptr (XqToday) today = today_at (office, "2026-10-07T23:59:59", 9);
    g_autofree char *due = xq_clock_date (item (today->warnings, 0)->at);
    g_autofree char *first = xq_working_days_on_or_after (xq_desk_days (office->desk), "2026-10-01");

    g_assert_false (item (today->warnings, 0)->late);
    g_assert_cmpint (today->n_late, ==, 0);
    g_assert_cmpstr (first, ==, "2026-10-08");
    g_assert_cmpstr (due, ==, "2026-10-10");
  }
  {
    g_autoptr (XqToday) today = today_at (office, "2026-10-11T08:00:00", 9);

    g_assert_true (item (today->warnings, 0)->late);
  }
}

/* The next deadline first; the heaviest reason speaks, the others are counted; what is triaged is gone. */
static void
test_warnings_in_order (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 dismissed;

  answer_phq9 (office, 3, 10, 0);
  answer_phq9 (office, 2, 13, 2);
  dismissed = report_pupil (office, 1, XQ_SOURCE_TEACHER, 1, "说不想活了");
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-23T09:00:00", 9);

    assert_persons (today->warnings, "2 1 3");
    g_assert_cmpint (item (today->warnings, 0)->level, ==, 1);
    g_assert_nonnull (strstr (item (today->warnings, 0)->title, "item 9 = 2"));
    g_assert_cmpstr (item (today->warnings, 0)->detail, ==, "and 1 more reason");
    g_assert_cmpstr (item (today->warnings, 0)->name, ==, "单明");
    g_assert_cmpstr (item (today->warnings, 0)->unit, ==, "八年级(3)班");
    g_assert_cmpstr (item (today->warnings, 1)->title, ==, "Class teacher: 说不想活了");
    g_assert_null (item (today->warnings, 1)->detail);
  }
  xq_triage_dismiss (xq_desk_care (office->desk), dismissed, "误会", NULL, &error);
  g_assert_no_error (error);
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-23T09:00:00", 1);

    assert_persons (today->warnings, "2");
    g_assert_cmpint (today->n_warnings, ==, 2);
  }
}

static void
plan_follow_up (Office *office, gint64 person_id, const char *due_on)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqFollowUp) follow_up = xq_follow_up_new ();

  follow_up->person_id = person_id;
  follow_up->cause = XQ_CAUSE_MANUAL;
  follow_up->due_on = g_strdup (due_on);
  xq_follow_up_add (xq_desk_care (office->desk), follow_up, &error);
  g_assert_no_error (error);
}

/* A follow-up is due for the whole of its day. */
static void
test_follow_up_days (Office *office, gconstpointer unused)
{
  plan_follow_up (office, 1, "2026-11-24");
  plan_follow_up (office, 2, "2026-11-23");
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-23T23:59:59", 9);

    assert_persons (today->follow_ups, "2");
    g_assert_false (item (today->follow_ups, 0)->late);
    g_assert_cmpstr (item (today->follow_ups, 0)->state, ==, "due");
    g_assert_cmpint (item (today->follow_ups, 0)->at, ==, at ("2026-11-23T23:59:59"));
    g_assert_cmpint (today->n_follow_ups, ==, 1);
    g_assert_cmpint (today->n_late, ==, 0);
  }
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-24T00:00:00", 9);

    assert_persons (today->follow_ups, "2 1");
    g_assert_true (item (today->follow_ups, 0)->late);
    g_assert_cmpstr (item (today->follow_ups, 0)->state, ==, "late");
    g_assert_false (item (today->follow_ups, 1)->late);
    g_assert_cmpint (today->n_late, ==, 1);
  }
}

/* The latest first, the heavier level first on one day; what is done is gone. */
static void
test_follow_ups_in_order (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  plan_follow_up (office, 1, "2026-11-23");
  plan_follow_up (office, 2, "2026-11-23");
  plan_follow_up (office, 3, "2026-11-23");
  must_sql (office->database, "UPDATE person SET level = 4 - id WHERE id > 1");
  must_sql (office->database, "UPDATE follow_up SET due_on = '2026-11-20' WHERE person_id = 1");
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-23T09:00:00", 9);

    assert_persons (today->follow_ups, "1 3 2");
    xq_follow_up_done (xq_desk_care (office->desk), item (today->follow_ups, 0)->id, "睡得好些了", &error);
    g_assert_no_error (error);
  }
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-23T09:00:00", 9);

    assert_persons (today->follow_ups, "3 2");
    g_assert_cmpint (today->n_late, ==, 0);
  }
}

/* From midnight to midnight; a no-show stays, a cancelled one does not; somebody need not be there. */
static void
test_appointments (Office *office, gconstpointer unused)
{
  static const struct
  {
    gint64 person;
    const char *starts;
    const char *title;
    const char *state;
  } planned[] = {
    { 1, "2026-11-22T23:59:59", NULL, "planned" }, { 2, "2026-11-23T00:00:00", NULL, "no_show" },
    { 0, "2026-11-23T14:00:00", "Training", "planned" }, { 1, "2026-11-23T10:00:00", NULL, "cancelled" },
    { 3, "2026-11-23T23:59:59", NULL, "done" }, { 1, "2026-11-24T00:00:00", NULL, "planned" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (planned); i++)
    {
      g_autoptr (XqTransaction) transaction = xq_transaction_begin (office->database, NULL);

      g_assert_true (xq_database_execute (
          office->database, NULL,
          "INSERT INTO appointment (person_id, kind, title, starts_at, ends_at, place, state)"
          " VALUES (nullif (:person, 0), 'interview', :title, :starts, :starts + 3000, '辅导室', :state)",
          XQ_INTEGER (":person", planned[i].person), XQ_TEXT (":title", planned[i].title),
          XQ_INTEGER (":starts", at (planned[i].starts)), XQ_TEXT (":state", planned[i].state), XQ_END));
      g_assert_true (xq_transaction_commit (g_steal_pointer (&transaction), NULL));
    }
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-23T09:00:00", 9);

    assert_persons (today->appointments, "2 0 3");
    g_assert_cmpstr (item (today->appointments, 0)->state, ==, "no_show");
    g_assert_cmpstr (item (today->appointments, 0)->title, ==, "Interview");
    g_assert_cmpstr (item (today->appointments, 0)->detail, ==, "辅导室");
    g_assert_cmpint (item (today->appointments, 0)->ends_at, ==, at ("2026-11-23T00:50:00"));
    g_assert_cmpstr (item (today->appointments, 1)->title, ==, "Training");
    g_assert_null (item (today->appointments, 1)->name);
    g_assert_cmpstr (item (today->appointments, 1)->unit, ==, "");
  }
}

/* The urgent lane is to be sent within 24 hours. What has its result, or is closed, waits for nobody. */
static void
test_referral_clock (Office *office, gconstpointer unused)
{
  gint64 routine = draft_referral (office, 2, 0, XQ_LANE_ROUTINE), urgent = draft_referral (office, 1, 0, XQ_LANE_URGENT);

  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-24T09:00:00", 9);

    assert_persons (today->referrals, "1 2");
    g_assert_cmpint (item (today->referrals, 0)->id, ==, urgent);
    g_assert_cmpstr (item (today->referrals, 0)->title, ==, "江城市精神卫生中心");
    g_assert_cmpstr (item (today->referrals, 0)->state, ==, "draft");
    g_assert_false (item (today->referrals, 0)->late);
    g_assert_cmpint (today->n_late, ==, 0);
  }
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-24T09:00:01", 1);

    assert_persons (today->referrals, "1");
    g_assert_true (item (today->referrals, 0)->late);
    g_assert_cmpint (today->n_referrals, ==, 2);
    g_assert_cmpint (today->n_late, ==, 1);
  }
  for (XqReferralState state = XQ_REFERRAL_CONSENT_ASKED; state <= XQ_REFERRAL_RESULT_IN; state++)
    if (state != XQ_REFERRAL_REFUSED && state != XQ_REFERRAL_DECLINED && state != XQ_REFERRAL_MISSED)
      step_referral (office, routine, state, NULL);
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-24T09:00:01", 9);

    assert_persons (today->referrals, "1");
    g_assert_cmpint (today->n_referrals, ==, 1);
  }
}

/* The number beside the page's name is that of the red lines on it. */
static void
test_late_is_what_is_listed (Office *office, gconstpointer unused)
{
  static const char *const moments[] = { "2026-11-23T09:00:00", "2026-11-24T09:00:01", "2026-11-26T00:00:00",
                                         "2026-11-30T09:00:00", "2027-01-10T12:00:00" };
  guint before = 0;

  answer_phq9 (office, 1, 20, 0);
  answer_phq9 (office, 2, 10, 0);
  plan_follow_up (office, 3, "2026-11-25");
  draft_referral (office, 1, 0, XQ_LANE_URGENT);
  draft_referral (office, 2, 0, XQ_LANE_ROUTINE);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (XqToday) today = today_at (office, moments[i], 9);

      g_assert_cmpint (today->n_late, ==, late_in (today));
      g_assert_cmpint (today->n_late, >=, before);
      before = (guint) today->n_late;
    }
  g_assert_cmpuint (before, ==, 5);
}

static void
test_campaigns (Office *office, gconstpointer unused)
{
  must_sql (office->database, "INSERT INTO campaign (id, organisation_id, title, instruments, from_date, due_date, state,"
                              " created_at) VALUES (1, 1, '上学期', 'phq9', '2026-03-01', NULL, 'closed', 1),"
                              " (2, 1, '秋季普测', 'phq9', '2026-10-12', '2026-11-30', 'open', 1)");
  must_sql (office->database, "INSERT INTO participant (campaign_id, person_id, state) VALUES (1, 1, 'done'),"
                              " (2, 1, 'done'), (2, 2, 'pending'), (2, 3, 'excluded')");
  {
    g_autoptr (XqToday) today = today_at (office, "2026-11-23T09:00:00", 9);
    const XqTodayCampaign *campaign;

    g_assert_cmpuint (today->campaigns->len, ==, 1);
    campaign = g_ptr_array_index (today->campaigns, 0);
    g_assert_cmpstr (campaign->title, ==, "秋季普测");
    g_assert_cmpstr (campaign->due, ==, "2026-11-30");
    g_assert_cmpint (campaign->listed, ==, 2);
    g_assert_cmpint (campaign->done, ==, 1);
  }
}

static void
note (Office *office, gint64 person_id, const char *when, gint64 amends)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (office->database, NULL);

  g_assert_true (xq_database_execute (office->database, NULL,
                                      "INSERT INTO session_note (person_id, at, kind, text, amends_id, signed_at)"
                                      " VALUES (:person, :at, 'counselling', 'x', nullif (:amends, 0), 1)",
                                      XQ_INTEGER (":person", person_id), XQ_INTEGER (":at", at (when)),
                                      XQ_INTEGER (":amends", amends), XQ_END));
  g_assert_true (xq_transaction_commit (g_steal_pointer (&transaction), NULL));
}

/* Fourteen local days that end today: contacts and persons apart, an amendment is no contact, and a follow-up that was
 * put off counts on the day it was first due. */
static void
test_fortnight (Office *office, gconstpointer unused)
{
  static const struct
  {
    guint day;
    gint64 contacts, persons, due;
  } expected[] = { { 0, 1, 1, 0 }, { 12, 2, 2, 0 }, { 13, 3, 2, 1 } };
  g_autoptr (XqToday) today = NULL;
  gint64 contacts = 0, due = 0;

  note (office, 1, "2026-11-09T23:59:59", 0);
  note (office, 1, "2026-11-10T00:00:00", 0);
  note (office, 1, "2026-11-22T23:59:59", 0);
  note (office, 2, "2026-11-22T10:00:00", 0);
  note (office, 1, "2026-11-23T00:00:00", 0);
  note (office, 1, "2026-11-23T08:00:00", 0);
  note (office, 2, "2026-11-23T08:00:00", 0);
  note (office, 2, "2026-11-23T08:30:00", 1);
  note (office, 2, "2026-11-24T00:00:00", 0);
  must_sql (office->database, "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state) VALUES"
                              " (1, 'manual', '2026-11-30', '2026-11-23', 'due'),"
                              " (2, 'manual', '2026-11-23', '2026-11-09', 'due')");
  today = today_at (office, "2026-11-23T09:00:00", 9);
  g_assert_cmpstr (g_array_index (today->days, XqTodayDay, 0).date, ==, "2026-11-10");
  g_assert_cmpstr (g_array_index (today->days, XqTodayDay, 13).date, ==, "2026-11-23");
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const XqTodayDay *day = &g_array_index (today->days, XqTodayDay, expected[i].day);

      g_assert_cmpint (day->contacts, ==, expected[i].contacts);
      g_assert_cmpint (day->persons, ==, expected[i].persons);
      g_assert_cmpint (day->due, ==, expected[i].due);
    }
  for (guint i = 0; i < today->days->len; i++)
    {
      contacts += g_array_index (today->days, XqTodayDay, i).contacts;
      due += g_array_index (today->days, XqTodayDay, i).due;
    }
  g_assert_cmpint (contacts, ==, 6);
  g_assert_cmpint (due, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_office_test ("/today/nothing", test_nothing);
  add_office_test ("/today/warning-deadline", test_warning_deadline);
  add_office_test ("/today/warning-over-holidays", test_warning_over_holidays);
  add_office_test ("/today/warnings-in-order", test_warnings_in_order);
  add_office_test ("/today/follow-up-days", test_follow_up_days);
  add_office_test ("/today/follow-ups-in-order", test_follow_ups_in_order);
  add_office_test ("/today/appointments", test_appointments);
  add_office_test ("/today/referral-clock", test_referral_clock);
  add_office_test ("/today/late-is-what-is-listed", test_late_is_what_is_listed);
  add_office_test ("/today/campaigns", test_campaigns);
  add_office_test ("/today/fortnight", test_fortnight);
  return g_test_run ();
}
