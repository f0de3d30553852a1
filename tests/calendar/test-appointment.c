/* Appointments, the week, and what other programs get to see of them. */
#include "config.h"

#include <glib/gstdio.h>
#include <libical/ical.h>
#include <string.h>

#include "calendar/appointment.h"
#include "calendar/icalendar.h"

#include "../care/care-fixture.h"

static gint64
at (const char *iso)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time);
}

static XqAppointment *
plan (Desk *desk, gint64 person_id, const char *from, const char *to, guint clashes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  XqAppointment *appointment = xq_appointment_new ();

  appointment->person_id = person_id;
  appointment->kind = XQ_APPOINTMENT_COUNSELLING;
  appointment->starts_at = at (from);
  appointment->ends_at = at (to);
  appointment->title = g_strdup ("李小雨的咨询");
  appointment->place = g_strdup ("单老师办公室");
  xq_appointment_create (desk->vault.database, appointment, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, clashes);
  return appointment;
}

static void
test_clashes (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) first = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T11:00:00", 0);
  g_autoptr (XqAppointment) before = plan (desk, 2, "2026-11-23T09:00:00", "2026-11-23T10:00:00", 0);
  g_autoptr (XqAppointment) after = plan (desk, 2, "2026-11-23T11:00:00", "2026-11-23T12:00:00", 0);
  g_autoptr (XqAppointment) inside = plan (desk, 2, "2026-11-23T10:15:00", "2026-11-23T10:30:00", 1);
  g_autoptr (XqAppointment) across = plan (desk, 0, "2026-11-23T08:00:00", "2026-11-23T18:00:00", 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = NULL;

  /* What is cancelled is in nobody's way. */
  xq_appointment_set_state (desk->vault.database, across->id, XQ_APPOINTMENT_CANCELLED, "停课", &error);
  xq_appointment_set_state (desk->vault.database, inside->id, XQ_APPOINTMENT_NO_SHOW, NULL, &error);
  g_assert_no_error (error);
  clashes = xq_appointment_clashes (desk->vault.database, first, &error);
  g_assert_cmpuint (clashes->len, ==, 0);
}

static void
test_refusals (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAppointment) appointment = xq_appointment_new ();

  appointment->starts_at = at ("2026-11-23T10:00:00");
  appointment->ends_at = appointment->starts_at;
  g_assert_false (xq_appointment_create (desk->vault.database, appointment, NULL, &error));
  assert_refused (error, "end after");
  appointment->ends_at = appointment->starts_at + 7 * 86400 + 1;
  g_assert_false (xq_appointment_create (desk->vault.database, appointment, NULL, &error));
  assert_refused (error, "week");
  assert_number (desk->vault.database, "SELECT count (*) FROM appointment", 0);
  g_assert_false (try_sql (desk->vault.database, "INSERT INTO appointment (kind, starts_at, ends_at, state)"
                                                 " VALUES ('training', 5, 5, 'planned')"));
}

static void
test_move (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) first = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T10:50:00", 0);
  g_autoptr (XqAppointment) second = plan (desk, 2, "2026-11-24T10:00:00", "2026-11-24T10:50:00", 0);
  g_autoptr (XqAppointment) moved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = NULL;

  xq_appointment_move (desk->vault.database, first->id, at ("2026-11-24T10:30:00"), &clashes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (clashes->len, ==, 1);
  g_assert_cmpint (((XqAppointment *) g_ptr_array_index (clashes, 0))->id, ==, second->id);
  moved = xq_appointment_load (desk->vault.database, first->id, &error);
  g_assert_cmpint (moved->ends_at, ==, at ("2026-11-24T11:20:00"));
  xq_appointment_set_state (desk->vault.database, first->id, XQ_APPOINTMENT_DONE, NULL, &error);
  g_assert_false (xq_appointment_move (desk->vault.database, first->id, at ("2026-11-25T10:30:00"), NULL, &error));
  assert_refused (error, "Took place");
}

static void
test_states (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) appointment = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T11:00:00", 0);
  XqDatabase *database = desk->vault.database;
  g_autoptr (GError) error = NULL;

  xq_appointment_set_state (database, appointment->id, XQ_APPOINTMENT_NO_SHOW, "没来，已电话", &error);
  g_assert_no_error (error);
  assert_text (database, "SELECT state || remark FROM appointment", "no_show没来，已电话");
  g_assert_false (xq_appointment_set_state (database, appointment->id, XQ_APPOINTMENT_DONE, NULL, &error));
  assert_refused (error, "planned first");
  xq_appointment_set_state (database, appointment->id, XQ_APPOINTMENT_PLANNED, NULL, &error);
  xq_appointment_set_state (database, appointment->id, XQ_APPOINTMENT_DONE, NULL, &error);
  g_assert_no_error (error);
  assert_text (database, "SELECT state || remark FROM appointment", "done没来，已电话");
}

static void
test_update (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) appointment = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T11:00:00", 0);
  g_autoptr (GError) error = NULL;

  g_set_str (&appointment->place, "心理辅导室");
  appointment->state = XQ_APPOINTMENT_CANCELLED; /* not this way */
  xq_appointment_update (desk->vault.database, appointment, NULL, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT place || state FROM appointment", "心理辅导室planned");
}

static void
test_between (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) sunday = plan (desk, 1, "2026-11-22T23:00:00", "2026-11-23T01:00:00", 0);
  g_autoptr (XqAppointment) monday = plan (desk, 2, "2026-11-23T08:00:00", "2026-11-23T09:00:00", 0);
  g_autoptr (XqAppointment) tuesday = plan (desk, 2, "2026-11-24T00:00:00", "2026-11-24T01:00:00", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) person = NULL;

  found = xq_appointment_list (desk->vault.database, at ("2026-11-23T00:00:00"), at ("2026-11-24T00:00:00"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpint (((XqAppointment *) g_ptr_array_index (found, 0))->id, ==, sunday->id);
  person = xq_appointment_list_person (desk->vault.database, 2, &error);
  g_assert_cmpint (((XqAppointment *) g_ptr_array_index (person, 0))->id, ==, tuesday->id);
  g_assert_cmpuint (person->len, ==, 2);
}

/* A week's appointments and a follow-up that another room handed in. */
static GPtrArray *
some_entries (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = xq_calendar_entries (desk->vault.database, "2026-11-23", "2026-11-29", &error);
  XqCalendarEntry *follow_up = xq_calendar_entry_new ("follow_up", 7);

  g_assert_no_error (error);
  follow_up->person_id = 1;
  follow_up->name = g_strdup ("李小雨");
  follow_up->initials = g_strdup ("lxy");
  follow_up->kind = g_strdup ("level");
  follow_up->label = g_strdup ("Follow-up");
  follow_up->state = g_strdup ("due");
  xq_calendar_entry_set_day (follow_up, "2026-11-23");
  g_ptr_array_add (entries, follow_up);
  return entries;
}

static void
test_json (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) appointment = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T10:50:00", 0);
  g_autoptr (GPtrArray) entries = some_entries (desk);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  xq_calendar_sort (entries);
  node = xq_calendar_json (entries);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (
      text, ==,
      "[{\"id\":7,\"source\":\"follow_up\",\"person\":{\"id\":1,\"code\":null,\"name\":\"李小雨\"},\"kind\":\"level\","
      "\"title\":null,\"start\":\"2026-11-23\",\"end\":\"2026-11-23\",\"all_day\":true,\"place\":null,\"state\":\"due\"},"
      "{\"id\":1,\"source\":\"appointment\",\"person\":{\"id\":1,\"code\":\"20260001\",\"name\":\"李小雨\"},"
      "\"kind\":\"counselling\",\"title\":\"李小雨的咨询\",\"start\":\"2026-11-23T10:00:00+08:00\","
      "\"end\":\"2026-11-23T10:50:00+08:00\",\"all_day\":false,\"place\":\"单老师办公室\",\"state\":\"planned\"}]");
}

static void
test_week (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) monday = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T10:50:00", 0);
  g_autoptr (XqAppointment) overnight = plan (desk, 0, "2026-11-27T22:00:00", "2026-11-28T02:00:00", 0);
  g_autoptr (GPtrArray) entries = some_entries (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqCalendarWeek) week = xq_calendar_week (desk->vault.database, "2026-11-26", entries, &error);
  static const guint counts[] = { 2, 0, 0, 0, 1, 1, 0 };

  g_assert_no_error (error);
  g_assert_cmpstr (week->title, ==, "Week 13");
  g_assert_cmpuint (week->days->len, ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      const XqCalendarDay *day = g_ptr_array_index (week->days, i);

      g_assert_cmpuint (day->entries->len, ==, counts[i]);
      g_assert_cmpint (day->working, ==, i < 5);
      g_assert_cmpint (day->today, ==, i == 0);
      g_assert_cmpint (day->school_time, ==, XQ_SCHOOL_TIME_TERM);
      g_assert_null (day->name);
    }
  g_assert_cmpstr (((XqCalendarDay *) g_ptr_array_index (week->days, 0))->date, ==, "2026-11-23");
}

static void
test_holiday_week (Desk *desk, gconstpointer unused)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XqCalendarWeek) week = xq_calendar_week (desk->vault.database, "2026-10-01", none, &error);
  g_autoptr (XqCalendarWeek) winter = xq_calendar_week (desk->vault.database, "2027-02-05", none, &error);
  const XqCalendarDay *thursday = g_ptr_array_index (week->days, 3);

  g_assert_no_error (error);
  g_assert_cmpstr (thursday->name, ==, "National Day");
  g_assert_false (thursday->working);
  g_assert_null (winter->title);
  g_assert_cmpint (((XqCalendarDay *) g_ptr_array_index (winter->days, 0))->school_time, ==,
                   XQ_SCHOOL_TIME_WINTER_HOLIDAY);
}

static char *
format (Desk *desk, GPtrArray *entries, XqIcalendarNames names)
{
  g_autoptr (GError) error = NULL;
  char *text = xq_icalendar_format (desk->vault.database, entries, names, &error);

  g_assert_no_error (error);
  return text;
}

/* Nothing that was typed leaves the vault, with initials or without. */
static void
test_ics_names_nobody (Desk *desk, gconstpointer unused)
{
  static const char *const secrets[] = { "李", "小雨", "单老师", "办公室", "咨询", "20260001", "江城" };
  g_autoptr (XqAppointment) appointment = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T10:50:00", 0);
  g_autoptr (GPtrArray) entries = some_entries (desk);
  g_autofree char *plain = format (desk, entries, XQ_ICALENDAR_NO_NAMES);
  g_autofree char *initials = format (desk, entries, XQ_ICALENDAR_INITIALS);

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_assert_null (strstr (plain, secrets[i]));
      g_assert_null (strstr (initials, secrets[i]));
    }
  g_assert_null (strcasestr (plain, "lxy"));
  g_assert_nonnull (strstr (initials, "SUMMARY:Counselling · LXY"));
}

static void
test_ics_reads_back (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) appointment = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T10:50:00", 0);
  g_autoptr (XqAppointment) cancelled = plan (desk, 2, "2026-11-24T10:00:00", "2026-11-24T10:50:00", 0);
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *text = NULL;
  icalcomponent *calendar, *event;
  struct icaltimetype start;

  xq_appointment_set_state (desk->vault.database, cancelled->id, XQ_APPOINTMENT_CANCELLED, NULL, NULL);
  entries = some_entries (desk);
  text = format (desk, entries, XQ_ICALENDAR_NO_NAMES);
  calendar = icalparser_parse_string (text);
  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VEVENT_COMPONENT), ==, 3);

  event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
  g_assert_cmpint (icaltime_as_timet (icalcomponent_get_dtstart (event)), ==, at ("2026-11-23T10:00:00"));
  g_assert_cmpint (icaltime_as_timet (icalcomponent_get_dtend (event)), ==, at ("2026-11-23T10:50:00"));
  g_assert_cmpstr (icalcomponent_get_summary (event), ==, "Counselling");
  g_assert_true (g_str_has_prefix (icalcomponent_get_uid (event), "appointment-1-"));
  g_assert_cmpint (icalcomponent_get_status (event), ==, ICAL_STATUS_CONFIRMED);

  event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT);
  g_assert_cmpint (icalcomponent_get_status (event), ==, ICAL_STATUS_CANCELLED);

  event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT);
  start = icalcomponent_get_dtstart (event);
  g_assert_true (start.is_date);
  g_assert_cmpint (start.year * 10000 + start.month * 100 + start.day, ==, 20261123);
  g_assert_cmpint (icalcomponent_get_dtend (event).day, ==, 24);
  icalcomponent_free (calendar);
}

static void
test_ics_is_stable (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) appointment = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T10:50:00", 0);
  g_autoptr (GPtrArray) entries = some_entries (desk);
  g_autofree char *first = format (desk, entries, XQ_ICALENDAR_NO_NAMES);
  g_autofree char *second = format (desk, entries, XQ_ICALENDAR_NO_NAMES);
  g_autofree char *elsewhere = NULL;

  g_assert_cmpstr (first, ==, second);
  g_assert_nonnull (strstr (first, "\r\n"));
  must_sql (desk->vault.database, "UPDATE organisation SET created_at = 2");
  elsewhere = format (desk, entries, XQ_ICALENDAR_NO_NAMES);
  g_assert_cmpstr (first, !=, elsewhere);
}

static void
test_ics_file (Desk *desk, gconstpointer unused)
{
  g_autoptr (XqAppointment) appointment = plan (desk, 1, "2026-11-23T10:00:00", "2026-11-23T10:50:00", 0);
  g_autoptr (GPtrArray) entries = some_entries (desk);
  g_autofree char *path = g_build_filename (desk->vault.folder, "week.ics", NULL);
  g_autofree char *nowhere = g_build_filename (desk->vault.folder, "no", "week.ics", NULL);
  g_autofree char *text = NULL;
  g_autofree char *expected = format (desk, entries, XQ_ICALENDAR_NO_NAMES);
  g_autoptr (GError) error = NULL;

  xq_icalendar_export (desk->vault.database, entries, XQ_ICALENDAR_NO_NAMES, path, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_cmpstr (text, ==, expected);
  assert_text (desk->vault.database, "SELECT what || '/' || fields || '/' || file FROM disclosure",
               "Calendar with 2 entries/Times and kinds/week.ics");
  g_assert_false (xq_icalendar_export (desk->vault.database, entries, XQ_ICALENDAR_NO_NAMES, nowhere, &error));
  g_assert_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_IO);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit WHERE action = 'calendar_export'", 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/appointment/clashes", test_clashes);
  add_desk_test ("/appointment/refusals", test_refusals);
  add_desk_test ("/appointment/move", test_move);
  add_desk_test ("/appointment/states", test_states);
  add_desk_test ("/appointment/update", test_update);
  add_desk_test ("/appointment/between", test_between);
  add_desk_test ("/calendar/json", test_json);
  add_desk_test ("/calendar/week", test_week);
  add_desk_test ("/calendar/holiday-week", test_holiday_week);
  add_desk_test ("/icalendar/names-nobody", test_ics_names_nobody);
  add_desk_test ("/icalendar/reads-back", test_ics_reads_back);
  add_desk_test ("/icalendar/is-stable", test_ics_is_stable);
  add_desk_test ("/icalendar/file", test_ics_file);
  return g_test_run ();
}
