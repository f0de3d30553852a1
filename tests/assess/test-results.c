/* Sheets typed in, campaigns and their coverage, lists of results, a person's trend. */
#include "config.h"

#include "assess-test.h"
#include "assess/results.h"

/* Four people in two classes, ids 1–4. */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture_set_up (fixture, unused);
  add_person (fixture->database, "S001", "张伟", add_class (fixture->database, "1班"));
  add_person (fixture->database, "S002", "李娜", add_class (fixture->database, "1班"));
  add_person (fixture->database, "S003", "王芳", add_class (fixture->database, "2班"));
  add_person (fixture->database, "S004", "赵云", 0);
}

/* A PHQ-9 sheet whose first answers sum to @total; -1 leaves one blank. */
static gint64
add_phq9 (Fixture *fixture, gint64 person_id, const char *day, int total, int item_9, gint64 campaign_id)
{
  g_autoptr (XqAssessment) assessment = xq_assessment_new ();
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *text = g_strconcat (day, "T10:00:00+08:00", NULL);
  g_autoptr (GError) error = NULL;
  int answers[9] = { 0, 0, 0, 0, 0, 0, 0, 0, item_9 };
  int left = total < 0 ? 0 : total - item_9;

  for (int i = 0; i < 8; i++, left -= MIN (left, 3))
    answers[i] = MIN (left, 3);
  if (total < 0)
    answers[3] = XQ_ANSWER_BLANK;
  at = g_date_time_new_from_iso8601 (text, NULL);
  assessment->person_id = person_id;
  assessment->campaign_id = campaign_id;
  assessment->taken_at = g_date_time_to_unix (at);
  assessment->entered = XQ_ENTERED_KEYED;
  xq_assessment_add (fixture->database, assessment, shipped ("phq9"), answers, 9, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (assessment->taken_on, ==, day);
  return assessment->id;
}

static gint64
make_campaign (Fixture *fixture, const char *from_date, const gint64 *units, gsize n_units, gint64 *ret_participants)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_new ();
  g_autoptr (GError) error = NULL;

  campaign->organisation_id = 1;
  campaign->title = g_strdup_printf ("普测 %s", from_date);
  campaign->instruments = g_strdup ("phq9");
  campaign->from_date = g_strdup (from_date);
  xq_campaign_create (fixture->database, campaign, units, n_units, ret_participants, &error);
  g_assert_no_error (error);
  return campaign->id;
}

static void
test_add (Fixture *fixture, gconstpointer unused)
{
  gint64 id = add_phq9 (fixture, 1, "2026-10-19", 17, 2, 0);
  g_autoptr (XqAssessment) assessment = NULL;
  g_autoptr (GPtrArray) scores = NULL;
  g_autoptr (GArray) hits = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object, *last;

  assessment = xq_assessment_load (fixture->database, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (assessment->answers, ==, "[3,3,3,3,3,0,0,0,2]");
  g_assert_true (assessment->complete);
  scores = xq_assessment_scores (fixture->database, id, NULL);
  g_assert_cmpuint (scores->len, ==, 1);
  g_assert_cmpfloat (((XqStoredScore *) scores->pdata[0])->value, ==, 17);
  g_assert_cmpstr (((XqStoredScore *) scores->pdata[0])->band, ==, "moderately_severe");
  hits = xq_assessment_critical (fixture->database, id, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpint (g_array_index (hits, XqStoredHit, 0).value, ==, 2);
  node = xq_assessment_to_json (fixture->database, shipped ("phq9"), id, &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "scores"), "total"), ==, 17);
  last = json_array_get_object_element (json_object_get_array_member (object, "answers"), 8);
  g_assert_cmpint (json_object_get_int_member (last, "value"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "person"), "name"), ==, "张伟");
  xq_audit_verify (fixture->database, NULL, &error);
  g_assert_no_error (error);
}

static void
test_wrong_answer (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqAssessment) assessment = xq_assessment_new ();
  const int answers[2] = { 0, 9 };
  g_autoptr (GError) error = NULL;

  assessment->person_id = 1;
  g_assert_false (xq_assessment_add (fixture->database, assessment, shipped ("phq9"), answers, 2, NULL, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM assessment"), ==, 0);
}

static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  gint64 campaign = make_campaign (fixture, "2026-10-01", NULL, 0, NULL);
  g_autofree char *before = snapshot (fixture->database), *after = NULL;
  gint64 id = add_phq9 (fixture, 1, "2026-10-19", 17, 2, campaign);
  g_autoptr (GError) error = NULL;
  XqParticipantState state;

  g_assert_true (xq_campaign_get_participant (fixture->database, campaign, 1, &state, NULL));
  g_assert_cmpint (state, ==, XQ_PARTICIPANT_DONE);
  xq_assessment_delete (fixture->database, id, &error);
  g_assert_no_error (error);
  after = snapshot (fixture->database);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (xq_assessment_delete (fixture->database, id, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND);
}

static void
test_previous (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) none = NULL, one = NULL;
  g_autoptr (XqAssessment) last = NULL;
  gint64 id;

  add_phq9 (fixture, 1, "2026-03-02", 5, 0, 0);
  add_phq9 (fixture, 1, "2026-04-02", 8, 0, 0);
  add_phq9 (fixture, 1, "2026-05-02", -1, 0, 0);
  id = add_phq9 (fixture, 1, "2026-10-19", 17, 2, 0);
  last = xq_assessment_load (fixture->database, id, NULL);
  one = xq_assessment_previous (fixture->database, 1, "phq9", last->taken_at, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpfloat (((XqStoredScore *) one->pdata[0])->value, ==, 8);
  none = xq_assessment_previous (fixture->database, 2, "phq9", last->taken_at, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* -- campaigns -- */

/* The roster is frozen: who comes or moves later changes nothing of it. Teachers are asked by their units alone. */
static void
test_roster (Fixture *fixture, gconstpointer unused)
{
  gint64 class_1 = add_class (fixture->database, "1班"), participants, whole, one_class;
  g_autoptr (XqPerson) teacher = xq_person_new (), gone = NULL;
  g_autoptr (GArray) pending = NULL, of_class = NULL;
  g_autoptr (GError) error = NULL;

  teacher->organisation_id = 1;
  teacher->unit_id = class_1;
  teacher->kind = XQ_PERSON_TEACHER;
  teacher->name = g_strdup ("陈老师");
  xq_person_create (fixture->database, teacher, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (xq_person_set_state (fixture->database, 4, XQ_PERSON_LEFT, NULL, "转学", NULL));
  whole = make_campaign (fixture, "2026-10-01", NULL, 0, &participants);
  g_assert_cmpint (participants, ==, 3);
  one_class = make_campaign (fixture, "2026-10-02", &class_1, 1, &participants);
  g_assert_cmpint (participants, ==, 3);
  add_person (fixture->database, "S009", "新来", class_1);
  gone = xq_person_load (fixture->database, 1, NULL);
  gone->unit_id = add_class (fixture->database, "2班");
  g_assert_true (xq_person_save (fixture->database, gone, NULL, NULL));
  pending = xq_campaign_people (fixture->database, whole, XQ_PARTICIPANT_PENDING, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pending->len, ==, 3);
  of_class = xq_campaign_people (fixture->database, one_class, XQ_PARTICIPANT_PENDING, class_1, NULL);
  g_assert_cmpuint (of_class->len, ==, 3);
}

static void
test_coverage (Fixture *fixture, gconstpointer unused)
{
  gint64 campaign = make_campaign (fixture, "2026-10-01", NULL, 0, NULL);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  XqCoverage total;

  add_phq9 (fixture, 1, "2026-10-19", 3, 0, campaign);
  g_assert_true (xq_campaign_set_participant (fixture->database, campaign, 2, XQ_PARTICIPANT_ABSENT, "病假", NULL));
  g_assert_true (xq_campaign_set_participant (fixture->database, campaign, 4, XQ_PARTICIPANT_EXCLUDED, "", NULL));
  rows = xq_campaign_coverage (fixture->database, campaign, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpint (g_array_index (rows, XqCoverage, 0).unit_id, ==, add_class (fixture->database, "1班"));
  g_assert_cmpint (g_array_index (rows, XqCoverage, 0).counts[XQ_PARTICIPANT_DONE], ==, 1);
  g_assert_cmpint (g_array_index (rows, XqCoverage, 0).counts[XQ_PARTICIPANT_ABSENT], ==, 1);
  g_assert_cmpint (g_array_index (rows, XqCoverage, 2).unit_id, ==, 0);
  g_assert_cmpint (total.invited, ==, 3);
  node = xq_campaign_to_json (fixture->database, campaign, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (json_node_get_object (node), "coverage"), 1.0 / 3, 1e-9);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (node), "units")), ==, 3);
}

static void
test_states (Fixture *fixture, gconstpointer unused)
{
  gint64 campaign = make_campaign (fixture, "2026-10-01", NULL, 0, NULL);
  g_autoptr (XqCampaign) record = NULL;
  g_autoptr (XqAssessment) assessment = xq_assessment_new ();
  const int answers[9] = { 0 };
  g_autoptr (GError) error = NULL;

  add_phq9 (fixture, 1, "2026-10-19", 3, 0, campaign);
  g_assert_false (xq_campaign_set_participant (fixture->database, campaign, 1, XQ_PARTICIPANT_ABSENT, NULL, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (xq_campaign_set_participant (fixture->database, campaign, 99, XQ_PARTICIPANT_ABSENT, NULL, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (xq_campaign_close (fixture->database, campaign, NULL));
  g_assert_false (xq_campaign_close (fixture->database, campaign, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  assessment->person_id = 2;
  assessment->campaign_id = campaign;
  g_assert_false (xq_assessment_add (fixture->database, assessment, shipped ("phq9"), answers, 9, NULL, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (xq_campaign_reopen (fixture->database, campaign, NULL));
  record = xq_campaign_load (fixture->database, campaign, NULL);
  g_set_str (&record->due_date, "2026-09-01");
  g_assert_false (xq_campaign_save (fixture->database, record, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
}

static void
test_missed (Fixture *fixture, gconstpointer unused)
{
  static const char *const days[] = { "2025-03-01", "2025-10-01", "2026-03-01" };
  gint64 campaigns[3];
  int missed = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    campaigns[i] = make_campaign (fixture, days[i], NULL, 0, NULL);
  add_phq9 (fixture, 1, "2025-03-02", 0, 0, campaigns[0]);
  add_phq9 (fixture, 2, "2026-03-02", 0, 0, campaigns[2]);
  g_assert_true (xq_campaign_set_participant (fixture->database, campaigns[1], 1, XQ_PARTICIPANT_ABSENT, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (campaigns); i++)
    g_assert_true (xq_campaign_close (fixture->database, campaigns[i], NULL));
  g_assert_true (xq_campaign_missed_in_a_row (fixture->database, 1, &missed, NULL));
  g_assert_cmpint (missed, ==, 2);
  g_assert_true (xq_campaign_missed_in_a_row (fixture->database, 2, &missed, NULL));
  g_assert_cmpint (missed, ==, 0);
  g_assert_true (xq_campaign_missed_in_a_row (fixture->database, 3, &missed, NULL));
  g_assert_cmpint (missed, ==, 3);
}

/* -- lists -- */

static void
assert_ids (Fixture *fixture, const XqResultsFilter *filter, XqResultsOrder order, guint limit, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = xq_results_ids (fixture->database, shipped_set (), filter, order, limit, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", g_array_index (ids, gint64, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_lists (Fixture *fixture, gconstpointer unused)
{
  gint64 campaign = make_campaign (fixture, "2026-10-01", NULL, 0, NULL);
  gint64 grade = count (fixture->database, "SELECT id FROM unit WHERE kind = 'grade'");
  gint64 class_2 = add_class (fixture->database, "2班");

  add_phq9 (fixture, 1, "2026-03-02", 12, 0, 0);        /* 1 */
  add_phq9 (fixture, 1, "2026-10-19", 17, 2, campaign); /* 2 */
  add_phq9 (fixture, 2, "2026-10-20", 3, 1, campaign);  /* 3 */
  add_phq9 (fixture, 3, "2026-10-21", -1, 0, campaign); /* 4 */
  add_phq9 (fixture, 4, "2026-10-22", 4, 0, campaign);  /* 5 */
  assert_ids (fixture, &(XqResultsFilter){ 0 }, XQ_RESULTS_NEWEST, 0, "5 4 3 2 1");
  assert_ids (fixture, &(XqResultsFilter){ 0 }, XQ_RESULTS_NEWEST, 2, "5 4");
  assert_ids (fixture, &(XqResultsFilter){ 0 }, XQ_RESULTS_SCORE, 0, "2 1 5 3 4");
  assert_ids (fixture, &(XqResultsFilter){ 0 }, XQ_RESULTS_NAME, 0, "3 4 2 1 5");
  assert_ids (fixture, &(XqResultsFilter){ .campaign_id = campaign }, XQ_RESULTS_NEWEST, 0, "5 4 3 2");
  assert_ids (fixture, &(XqResultsFilter){ .person_id = 1 }, XQ_RESULTS_NEWEST, 0, "2 1");
  assert_ids (fixture, &(XqResultsFilter){ .unit_id = class_2 }, XQ_RESULTS_NEWEST, 0, "4");
  assert_ids (fixture, &(XqResultsFilter){ .unit_id = grade }, XQ_RESULTS_NEWEST, 0, "4 3 2 1");
  assert_ids (fixture, &(XqResultsFilter){ .instrument = "gad7" }, XQ_RESULTS_NEWEST, 0, "");
  assert_ids (fixture, &(XqResultsFilter){ .band = "moderate" }, XQ_RESULTS_NEWEST, 0, "1");
  assert_ids (fixture, &(XqResultsFilter){ .band = "moderate", .scale = "gad2" }, XQ_RESULTS_NEWEST, 0, "");
  assert_ids (fixture, &(XqResultsFilter){ .positive_only = TRUE }, XQ_RESULTS_NEWEST, 0, "3 2 1");
  assert_ids (fixture, &(XqResultsFilter){ .incomplete_only = TRUE }, XQ_RESULTS_NEWEST, 0, "4");
  assert_ids (fixture, &(XqResultsFilter){ .from = "2026-10-20", .to = "2026-10-21" }, XQ_RESULTS_NEWEST, 0, "4 3");
}

static void
test_rows (Fixture *fixture, gconstpointer unused)
{
  gint64 ids[] = { add_phq9 (fixture, 1, "2026-10-19", 17, 2, 0), 999, add_phq9 (fixture, 3, "2026-10-21", -1, 0, 0) };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = xq_results_rows (fixture->database, shipped_set (), ids, 3, &error);
  const XqResultRow *row;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_null (rows->pdata[1]);
  row = rows->pdata[0];
  g_assert_cmpstr (row->name, ==, "张伟");
  g_assert_cmpstr (row->scale, ==, "total");
  g_assert_cmpfloat (row->value, ==, 17);
  g_assert_cmpstr (row->band, ==, "moderately_severe");
  g_assert_cmpint (row->critical, ==, 1);
  g_assert_true (row->positive);
  row = rows->pdata[2];
  g_assert_null (row->scale);
  g_assert_false (row->positive);
  g_assert_cmpint (row->missing, ==, 1);
}

static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_phq9 (fixture, 1, "2026-10-19", 17, 2, 0);
  g_cancellable_cancel (cancellable);
  g_assert_null (xq_results_ids (fixture->database, shipped_set (), &(XqResultsFilter){ 0 }, XQ_RESULTS_NEWEST, 0,
                                 cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_trend (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) points = NULL;
  g_auto (GStrv) instruments = NULL;
  const XqTrendPoint *last;

  add_phq9 (fixture, 1, "2026-10-19", 17, 2, 0);
  add_phq9 (fixture, 1, "2026-03-02", 12, 0, 0);
  add_phq9 (fixture, 1, "2026-05-02", -1, 0, 0);
  add_phq9 (fixture, 2, "2026-05-02", 1, 0, 0);
  points = xq_results_trend (fixture->database, shipped ("phq9"), 1, NULL, NULL);
  g_assert_cmpuint (points->len, ==, 2);
  last = points->pdata[1];
  g_assert_cmpstr (last->taken_on, ==, "2026-10-19");
  g_assert_cmpfloat (last->value, ==, 17);
  g_assert_cmpstr (last->band, ==, "moderately_severe");
  instruments = xq_results_instruments (fixture->database, 1, NULL);
  g_assert_cmpuint (g_strv_length (instruments), ==, 1);
  g_assert_cmpstr (instruments[0], ==, "phq9");
}

/* Each person's last sheet counts, once. */
static void
test_distribution (Fixture *fixture, gconstpointer unused)
{
  g_auto (XqDistribution) distribution = { 0 };
  g_autoptr (GError) error = NULL;

  add_phq9 (fixture, 1, "2026-03-02", 12, 0, 0);
  add_phq9 (fixture, 1, "2026-10-19", 17, 2, 0);
  add_phq9 (fixture, 2, "2026-10-20", 3, 1, 0);
  add_phq9 (fixture, 3, "2026-10-21", -1, 0, 0);
  add_phq9 (fixture, 4, "2026-10-22", 4, 0, 0);
  xq_results_distribution (fixture->database, shipped ("phq9"), NULL, &(XqResultsFilter){ 0 }, &distribution, &error);
  g_assert_no_error (error);
  g_assert_cmpint (distribution.assessed, ==, 4);
  g_assert_cmpint (distribution.incomplete, ==, 1);
  g_assert_cmpint (distribution.invalid, ==, 0);
  g_assert_cmpuint (distribution.bands->len, ==, 5);
  g_assert_cmpint (g_array_index (distribution.bands, XqBandCount, 0).count, ==, 2);
  g_assert_cmpint (g_array_index (distribution.bands, XqBandCount, 3).count, ==, 1);
}

/* What a validity check turned down is counted apart and in no trend. */
static void
test_invalid (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqAssessment) assessment = xq_assessment_new ();
  g_autofree int *answers = g_new0 (int, 100);
  g_auto (XqDistribution) distribution = { 0 };
  g_autoptr (GPtrArray) points = NULL;
  g_autoptr (GError) error = NULL;

  for (int item = 82; item <= 100; item += 2)
    answers[item - 1] = 1;
  assessment->person_id = 1;
  xq_assessment_add (fixture->database, assessment, shipped ("mht"), answers, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (assessment->valid);
  g_assert_true (xq_results_distribution (fixture->database, shipped ("mht"), NULL, &(XqResultsFilter){ 0 }, &distribution, NULL));
  g_assert_cmpint (distribution.invalid, ==, 1);
  points = xq_results_trend (fixture->database, shipped ("mht"), 1, NULL, NULL);
  g_assert_cmpuint (points->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer unused);
  } tests[] = {
    { "assessment/add", test_add },
    { "assessment/wrong-answer", test_wrong_answer },
    { "assessment/delete", test_delete },
    { "assessment/previous", test_previous },
    { "campaign/roster", test_roster },
    { "campaign/coverage", test_coverage },
    { "campaign/states", test_states },
    { "campaign/missed", test_missed },
    { "results/lists", test_lists },
    { "results/rows", test_rows },
    { "results/cancelled", test_cancelled },
    { "results/trend", test_trend },
    { "results/distribution", test_distribution },
    { "results/invalid", test_invalid },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *name = g_strconcat ("/assess/", tests[i].name, NULL);

      g_test_add (name, Fixture, NULL, set_up, tests[i].test, fixture_tear_down);
    }
  return g_test_run ();
}
