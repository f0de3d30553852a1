/* The two sample exports of a questionnaire site, into the roster that they belong to, against the facts that stand
 * beside them. */
#include "config.h"

#include <stdlib.h>

#include "assess-test.h"
#include "people/roster-import.h"

static char *
sample (const char *name)
{
  return g_build_filename (g_getenv ("XQ_TEST_FIXTURES"), "samples", name, NULL);
}

static gint64
fact (const char *file, const char *name)
{
  g_autofree char *path = sample ("facts.json");
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  return json_object_get_int_member (
      json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), file), name);
}

static void
import_roster (Fixture *fixture)
{
  g_autofree char *path = sample ("roster-school.xlsx");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqRoster) roster = xq_roster_read (fixture->database, path, NULL, NULL, &error);

  g_assert_no_error (error);
  xq_roster_apply (fixture->database, roster, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static const XqAnswersCount *
count_of (const XqAnswersResult *result, const char *instrument)
{
  for (guint i = 0; i < result->counts->len; i++)
    if (strcmp (g_array_index (result->counts, XqAnswersCount, i).instrument->id, instrument) == 0)
      return &g_array_index (result->counts, XqAnswersCount, i);
  g_assert_not_reached ();
}

static void
assert_fact (Fixture *fixture, const char *file, const char *name, const char *sql)
{
  g_test_message ("%s", name);
  g_assert_cmpint (count (fixture->database, sql), ==, fact (file, name));
}

static void
assert_facts (Fixture *fixture, const char *file)
{
  static const char *const sums[][2] = {
    { "phq9_complete", "SELECT count (*) FROM assessment WHERE instrument = 'phq9' AND complete = 1" },
    { "phq9_sum", "SELECT sum (value) FROM assessment a JOIN score ON assessment_id = a.id AND scale = 'total' WHERE instrument = 'phq9'" },
    { "phq9_ge_10", "SELECT count (*) FROM assessment a JOIN score ON assessment_id = a.id AND scale = 'total' WHERE instrument = 'phq9' AND value >= 10" },
    { "phq9_ge_15", "SELECT count (*) FROM assessment a JOIN score ON assessment_id = a.id AND scale = 'total' WHERE instrument = 'phq9' AND value >= 15" },
    { "phq9_ge_20", "SELECT count (*) FROM assessment a JOIN score ON assessment_id = a.id AND scale = 'total' WHERE instrument = 'phq9' AND value >= 20" },
    { "item9_ge_1", "SELECT count (*) FROM critical_hit WHERE item = 9 AND value >= 1" },
    { "gad7_sum", "SELECT sum (value) FROM assessment a JOIN score ON assessment_id = a.id AND scale = 'total' WHERE instrument = 'gad7'" },
    { "gad7_ge_10", "SELECT count (*) FROM assessment a JOIN score ON assessment_id = a.id AND scale = 'total' WHERE instrument = 'gad7' AND value >= 10" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    assert_fact (fixture, file, sums[i][0], sums[i][1]);
}

static void
test_sample (Fixture *fixture, gconstpointer data)
{
  const char *file = data;
  const char *named[] = { "phq9", NULL };
  XqAnswersOptions options = { .instruments = strstr (file, "text") != NULL ? NULL : named };
  g_autofree char *path = sample (file);
  g_autoptr (XqAnswers) answers = NULL;
  g_autoptr (XqAnswersResult) result = NULL;
  const XqAnswersColumns *columns;

  import_roster (fixture);
  answers = read_answers (fixture, path, &options);
  g_assert_cmpint (xq_answers_row_count (answers), ==, fact (file, "rows"));
  g_assert_cmpint (xq_answers_matched_count (answers), ==, fact (file, "rows"));
  g_assert_cmpuint (xq_answers_unmatched (answers)->len, ==, 0);
  g_assert_cmpuint (xq_answers_columns (answers)->len, ==, 2);
  columns = xq_answers_columns (answers)->pdata[1];
  g_assert_cmpstr (columns->instrument->id, ==, "gad7");
  g_assert_true (columns->by_text);
  g_assert_cmpint (columns->item_columns[0], ==, 17);
  result = apply_answers (fixture, answers, NULL);
  g_assert_cmpint (count_of (result, "phq9")->assessed, ==, fact (file, "rows"));
  g_assert_cmpint (count_of (result, "phq9")->incomplete, ==, fact (file, "rows") - fact (file, "phq9_complete"));
  g_assert_cmpint (count_of (result, "gad7")->assessed, ==, fact (file, "rows"));
  g_assert_cmpint (result->people, ==, fact (file, "rows"));
  assert_facts (fixture, file);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM participant"), ==, 1008);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM participant WHERE state = 'done'"), ==, fact (file, "rows"));
}

/* Twice: nothing new. Undone: nothing left. Imported again: the same as at first. */
static void
test_again_and_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = sample ("answers-phq9-gad7-by-number.xlsx");
  g_autofree char *before = NULL, *first = NULL, *second = NULL, *undone = NULL;
  g_autoptr (GError) error = NULL;
  gint64 batch;

  import_roster (fixture);
  before = snapshot (fixture->database);
  {
    g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
    g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

    batch = result->batch_id;
    g_assert_cmpint (batch, !=, 0);
  }
  first = snapshot (fixture->database);
  {
    g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
    g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

    g_assert_cmpint (result->batch_id, ==, 0);
    g_assert_cmpint (result->people, ==, 0);
    g_assert_cmpint (count_of (result, "phq9")->known, ==, 967);
    g_assert_cmpint (count_of (result, "phq9")->assessed, ==, 0);
  }
  second = snapshot (fixture->database);
  g_assert_cmpstr (first, ==, second);
  xq_answers_undo (fixture->database, batch, &error);
  g_assert_no_error (error);
  undone = snapshot (fixture->database);
  g_assert_cmpstr (before, ==, undone);
  g_assert_false (xq_answers_undo (fixture->database, batch, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  {
    g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
    g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

    g_assert_cmpint (count_of (result, "phq9")->assessed, ==, 967);
  }
  xq_audit_verify (fixture->database, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/assess/samples/by-number", Fixture, "answers-phq9-gad7-by-number.xlsx", fixture_set_up, test_sample,
              fixture_tear_down);
  g_test_add ("/assess/samples/by-text", Fixture, "answers-phq9-gad7-by-text.xlsx", fixture_set_up, test_sample,
              fixture_tear_down);
  g_test_add ("/assess/samples/again-and-undo", Fixture, NULL, fixture_set_up, test_again_and_undo, fixture_tear_down);
  return g_test_run ();
}
