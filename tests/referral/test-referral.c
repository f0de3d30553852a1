/* The green channel: every step that is legal and every one that is not, in code and in the database; the
 * lanes' clocks. */
#include "config.h"

#include "referral-fixture.h"

#define STATES (XQ_REFERRAL_CLOSED + 1)

/* The way to each state, from a draft, by legal steps. */
static const XqReferralState ways[STATES][8] = {
  [XQ_REFERRAL_CONSENT_ASKED] = { 1 },
  [XQ_REFERRAL_CONSENTED] = { 1, 2 },
  [XQ_REFERRAL_REFUSED] = { 1, 3 },
  [XQ_REFERRAL_SENT] = { 1, 2, 4 },
  [XQ_REFERRAL_ACCEPTED] = { 1, 2, 4, 5 },
  [XQ_REFERRAL_DECLINED] = { 1, 2, 4, 6 },
  [XQ_REFERRAL_ATTENDED] = { 1, 2, 4, 5, 7 },
  [XQ_REFERRAL_MISSED] = { 1, 2, 4, 5, 8 },
  [XQ_REFERRAL_RESULT_IN] = { 1, 2, 4, 5, 7, 9 },
  [XQ_REFERRAL_CLOSED] = { 1, 2, 4, 5, 7, 9, 10 },
};

/* domain.md's drawing, written out once more: what may follow what, "e" for the emergency lane alone. */
static const char *const legal[] = {
  "draft>consent_asked",   "draft>sent e",         "draft>closed",        "consent_asked>consented",
  "consent_asked>refused", "consent_asked>sent e", "refused>consent_asked", "refused>closed",
  "consented>sent",        "consented>refused",    "sent>accepted",       "sent>declined",
  "accepted>attended",     "accepted>missed",      "missed>accepted",     "missed>attended",
  "missed>closed",         "declined>sent",        "declined>closed",     "attended>result_in",
  "result_in>closed",
};

static gboolean
is_legal (XqReferralState from, XqReferralState to, XqReferralLane lane)
{
  g_autofree char *step = g_strdup_printf ("%s>%s", xq_referral_states[from].id, xq_referral_states[to].id);
  g_autofree char *emergency = g_strconcat (step, " e", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (legal); i++)
    if (g_str_equal (legal[i], step) || (lane == XQ_LANE_EMERGENCY && g_str_equal (legal[i], emergency)))
      return TRUE;
  return FALSE;
}

static XqReferral *
bring_to (Trip *trip, XqReferralLane lane, XqReferralState state)
{
  XqReferral *referral = trip_draft (trip, lane);

  for (const XqReferralState *step = ways[state]; *step != 0; step++)
    {
      gint64 id = referral->id;

      xq_referral_free (referral);
      referral = trip_step (trip, id, *step);
    }
  g_assert_cmpint (referral->state, ==, state);
  return referral;
}

/* Leaves nothing open, so that the next draft to the same hospital is allowed. */
static void
forget (Trip *trip, gint64 id)
{
  g_autoptr (GError) error = NULL;

  trip_write (trip, "DELETE FROM referral_step WHERE referral_id = :id", id, NULL, &error);
  g_assert_no_error (error);
  trip_write (trip, "DELETE FROM referral WHERE id = :id", id, NULL, &error);
  g_assert_no_error (error);
}

static void
try_in_code (Trip *trip, XqReferralState from, XqReferralState to, XqReferralLane lane)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = bring_to (trip, lane, from);
  gint64 now = xq_clock_now ();
  XqReferralAdvance advance = { .state = to, .note = "记录", .guardian_told_at = now, .principal_told_at = now };
  gboolean taken = xq_referral_advance (trip->channel, referral->id, &advance, NULL, &error);
  g_autoptr (XqReferral) after = xq_referral_load (trip->vault.database, referral->id, NULL);

  g_assert_cmpint (taken, ==, is_legal (from, to, lane));
  g_assert_cmpint (after->state, ==, taken ? to : from);
  if (!taken)
    g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
  forget (trip, referral->id);
}

static void
test_every_step_in_code (Trip *trip, gconstpointer unused)
{
  for (int lane = 0; lane <= XQ_LANE_ROUTINE; lane++)
    for (int from = 0; from < STATES; from++)
      for (int to = 0; to < STATES; to++)
        try_in_code (trip, from, to, lane);
}

static void
try_in_database (Trip *trip, XqReferralState from, XqReferralState to, XqReferralLane lane)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = bring_to (trip, lane, from);
  gboolean taken = trip_write (trip,
                               "UPDATE referral SET state = :state, guardian_told_at = 1, principal_told_at = 1"
                               " WHERE id = :id",
                               referral->id, xq_referral_states[to].id, &error);

  g_assert_cmpint (taken, ==, from == to || is_legal (from, to, lane));
  if (!taken)
    g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  forget (trip, referral->id);
}

static void
test_every_step_in_database (Trip *trip, gconstpointer unused)
{
  for (int lane = 0; lane <= XQ_LANE_ROUTINE; lane++)
    for (int from = 0; from < STATES; from++)
      for (int to = 0; to < STATES; to++)
        try_in_database (trip, from, to, lane);
}

static void
test_starts_as_draft (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (trip_write (trip,
                              "INSERT INTO referral (person_id, institution_id, lane, state, reason, opened_at,"
                              " state_at) VALUES (:id, 1, 'routine', :state, 'x', 1, 1)",
                              trip->person_id, "sent", &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
}

static void
test_illegal_names_legal (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = trip_draft (trip, XQ_LANE_ROUTINE);
  XqReferralAdvance advance = { .state = XQ_REFERRAL_ACCEPTED };

  g_assert_false (xq_referral_advance (trip->channel, referral->id, &advance, NULL, &error));
  g_assert_nonnull (strstr (error->message, "consent_asked"));
  g_assert_nonnull (strstr (error->message, "closed"));
  g_assert_null (strstr (error->message, "attended"));
}

static void
test_emergency_is_told (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = trip_draft (trip, XQ_LANE_EMERGENCY);
  g_autoptr (XqReferral) sent = NULL;
  XqReferralAdvance advance = { .state = XQ_REFERRAL_SENT, .guardian_told_at = xq_clock_now () };

  g_assert_false (xq_referral_advance (trip->channel, referral->id, &advance, NULL, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (trip_write (trip, "UPDATE referral SET state = :state WHERE id = :id", referral->id, "sent", &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);

  advance.principal_told_at = xq_clock_now () - 60;
  g_assert_true (xq_referral_advance (trip->channel, referral->id, &advance, &sent, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sent->principal_told_at, ==, xq_clock_now () - 60);
}

static void
test_early_end_wants_words (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = trip_draft (trip, XQ_LANE_ROUTINE);
  XqReferralAdvance advance = { .state = XQ_REFERRAL_CLOSED };

  g_assert_false (xq_referral_advance (trip->channel, referral->id, &advance, NULL, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  advance.note = "家长已自行就诊";
  g_assert_true (xq_referral_advance (trip->channel, referral->id, &advance, NULL, &error));
}

static void
test_one_open_trip (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) first = trip_draft (trip, XQ_LANE_ROUTINE);
  g_autoptr (XqReferral) second = xq_referral_copy (first);

  second->id = 0;
  g_assert_false (xq_referral_create (trip->channel, second, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
}

static void
assert_due (const XqReferral *referral, const char *expected)
{
  g_autofree char *due = xq_clock_iso (referral->due_at);

  g_assert_true (g_str_has_prefix (due, expected));
}

static void
check_lane (Trip *trip, XqReferralLane lane, const char *sent_by, const char *attended_by)
{
  g_autoptr (XqReferral) draft = trip_draft (trip, lane);
  g_autoptr (XqReferral) sent = NULL;
  XqReferralClock clock;

  assert_due (draft, sent_by);
  xq_referral_clock (draft, draft->due_at, &clock);
  g_assert_true (clock.running);
  g_assert_false (clock.late);
  g_assert_cmpint (clock.step, ==, XQ_REFERRAL_SENT);
  xq_referral_clock (draft, draft->due_at + 1, &clock);
  g_assert_true (clock.late);

  xq_referral_free (trip_step (trip, draft->id, XQ_REFERRAL_CONSENT_ASKED));
  xq_referral_free (trip_step (trip, draft->id, XQ_REFERRAL_CONSENTED));
  sent = trip_step (trip, draft->id, XQ_REFERRAL_SENT);
  assert_due (sent, attended_by);
  xq_referral_clock (sent, sent->due_at, &clock);
  g_assert_cmpint (clock.step, ==, XQ_REFERRAL_ATTENDED);
  forget (trip, draft->id);
}

static void
test_lanes (Trip *trip, gconstpointer unused)
{
  check_lane (trip, XQ_LANE_EMERGENCY, "2026-11-18T12:00:00", "2026-11-18T23:59:59");
  check_lane (trip, XQ_LANE_URGENT, "2026-11-19T10:00:00", "2026-11-21T10:00:00");
  check_lane (trip, XQ_LANE_ROUTINE, "2026-11-25T10:00:00", "2026-12-09T10:00:00");
}

static void
test_late_evening (Trip *trip, gconstpointer unused)
{
  g_autoptr (XqReferral) draft = NULL;
  g_autoptr (XqReferral) sent = NULL;

  g_setenv ("XINQIAO_NOW", "2026-11-18T23:30:00", TRUE);
  draft = trip_draft (trip, XQ_LANE_EMERGENCY);
  sent = trip_step (trip, draft->id, XQ_REFERRAL_SENT);
  assert_due (sent, "2026-11-19T01:30:00");
}

static void
test_next_institution (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) declined = bring_to (trip, XQ_LANE_URGENT, XQ_REFERRAL_DECLINED);
  g_autoptr (XqReferral) sent = NULL;
  XqReferralAdvance advance = { .state = XQ_REFERRAL_SENT, .institution_id = trip->other_institution_id };

  g_setenv ("XINQIAO_NOW", "2026-11-20T10:00:00", TRUE);
  g_assert_true (xq_referral_advance (trip->channel, declined->id, &advance, &sent, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sent->institution_id, ==, trip->other_institution_id);
  assert_due (sent, "2026-11-23T10:00:00"); /* a fresh clock: the first one ran for the other hospital */
}

static void
test_refusal_is_asked_again (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) asked = bring_to (trip, XQ_LANE_ROUTINE, XQ_REFERRAL_CONSENT_ASKED);
  g_autoptr (XqReferral) refused = NULL;
  g_autoptr (XqReferral) again = NULL;
  XqReferralAdvance advance = { .state = XQ_REFERRAL_REFUSED, .note = "父亲拒签", .reask_on = "2026-11-24" };
  XqReferralClock clock;

  g_assert_true (xq_referral_advance (trip->channel, asked->id, &advance, &refused, &error));
  assert_due (refused, "2026-11-24T23:59:59");
  xq_referral_clock (refused, xq_clock_now (), &clock);
  g_assert_cmpint (clock.step, ==, XQ_REFERRAL_CONSENT_ASKED);

  g_setenv ("XINQIAO_NOW", "2026-11-24T09:00:00", TRUE);
  again = trip_step (trip, asked->id, XQ_REFERRAL_CONSENT_ASKED);
  assert_due (again, "2026-12-01T09:00:00");
}

static void
test_own_clocks (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_green_channel_save_lanes (trip->vault.database, "{\"lanes\":{}}", &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "emergency"));
}

static void
test_sent_stays (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) sent = bring_to (trip, XQ_LANE_ROUTINE, XQ_REFERRAL_SENT);

  g_set_str (&sent->reason, "换一种说法");
  g_assert_false (xq_referral_update (trip->channel, sent, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
}

static void
assert_members (JsonObject *object, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", member);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_json (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) sent = bring_to (trip, XQ_LANE_URGENT, XQ_REFERRAL_SENT);
  g_autoptr (JsonNode) node = xq_referral_json (trip->channel, sent->id, &error);
  g_autoptr (JsonNode) list = xq_referral_list_json (trip->channel, NULL, &error);
  JsonObject *object = json_node_get_object (node);
  JsonArray *steps = json_object_get_array_member (object, "steps");

  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (object, "lane"), ==, "urgent");
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "sent");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "person"), "code"), ==, "G20260001");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "clock"), "step"), ==, "attended");
  g_assert_cmpuint (json_array_get_length (steps), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (steps, 3), "state"), ==, "sent");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (list)), ==, 1);

  /* These members, in this order, and no others: other programs rely on them. */
  assert_members (object, "id person institution lane state opened clock steps");
  assert_members (json_object_get_object_member (object, "institution"), "id name");
  assert_members (json_object_get_object_member (object, "clock"), "step due late");
  assert_members (json_array_get_object_element (steps, 0), "state at note");
}

#define ADD(path, function) g_test_add ("/referral/" path, Trip, NULL, trip_set_up, function, trip_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-step-in-code", test_every_step_in_code);
  ADD ("every-step-in-database", test_every_step_in_database);
  ADD ("starts-as-draft", test_starts_as_draft);
  ADD ("illegal-names-legal", test_illegal_names_legal);
  ADD ("emergency-is-told", test_emergency_is_told);
  ADD ("early-end-wants-words", test_early_end_wants_words);
  ADD ("one-open-trip", test_one_open_trip);
  ADD ("lanes", test_lanes);
  ADD ("late-evening", test_late_evening);
  ADD ("next-institution", test_next_institution);
  ADD ("refusal-is-asked-again", test_refusal_is_asked_again);
  ADD ("own-clocks", test_own_clocks);
  ADD ("sent-stays", test_sent_stays);
  ADD ("json", test_json);
  return g_test_run ();
}
