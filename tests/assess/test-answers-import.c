/* Tables of answers as people have them: rows matched, campaigns filled, all or nothing written. */
#include "config.h"

#include <gio/gio.h>

#include "answers-test.h"
#include "assess/assessment.h"

/* -- whose -- */

static void
test_matching (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv",
                                      "学号,姓名,班级" PHQ9_HEAD "\n"
                                      "s001,,,0,0,0,0,0,0,0,0,0\n"              /* by number, in another case */
                                      ",李 娜,,0,0,0,0,0,0,0,0,0\n"             /* by a name that is written apart */
                                      ",王芳,七年级(2)班,0,0,0,0,0,0,0,0,0\n"    /* by name and class */
                                      ",王芳,,0,0,0,0,0,0,0,0,0\n"              /* two of that name */
                                      "S009,赵云,,0,0,0,0,0,0,0,0,0\n"          /* nobody */
                                      "S001,李娜,,0,0,0,0,0,0,0,0,0\n"          /* somebody else's number */
                                      ",,701,0,0,0,0,0,0,0,0,0\n"
                                      "S002,李娜,,,,,,,,,,\n"                   /* no answer */
                                      "S002,李娜,,0,0,0,9,0,0,0,0,0\n"          /* no option is 9 */
                                      ",合计,,,,,,,,,,\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
  g_autoptr (XqAnswersResult) result = NULL;
  static const char *const says[] = { "王芳", "S009", "张伟", "", "", "“9”" };

  g_assert_cmpint (xq_answers_row_count (answers), ==, 9);
  g_assert_cmpint (xq_answers_matched_count (answers), ==, 3);
  g_assert_cmpuint (xq_answers_unmatched (answers)->len, ==, G_N_ELEMENTS (says));
  for (guint i = 0; i < G_N_ELEMENTS (says); i++)
    if (strstr (why_of (answers, i), says[i]) == NULL)
      g_error ("“%s” does not say “%s”", why_of (answers, i), says[i]);
  g_assert_cmpint (((const XqUnmatched *) xq_answers_unmatched (answers)->pdata[5])->row, ==, 10);
  result = apply_answers (fixture, answers, NULL);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM assessment"), ==, 3);
  assert_stored (fixture, "S004", "[0,0,0,0,0,0,0,0,0]");
  assert_stored (fixture, "S003", NULL);
}

static gint64
replaced_row (const XqAnswers *answers, guint index)
{
  return ((const XqUnmatched *) xq_answers_replaced (answers)->pdata[index])->row;
}

/* The later of two on one day counts, wherever it stands in the file. */
static void
test_twice_in_a_file (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv",
                                      SITE_HEAD PHQ9_HEAD "\n"
                                      "1,2026/10/19 13:44:01,,,,,张伟,S001,0,0,0,0,0,0,1,0,0\n"
                                      "2,2026/10/19 08:10:01,,,,,张伟,S001,0,0,0,0,0,0,2,0,0\n"
                                      "3,2026/10/19 13:44:01,,,,,李娜,S002,0,0,0,0,0,0,1,0,0\n"
                                      "4,2026/10/19 13:50:01,,,,,李娜,S002,0,0,0,0,0,0,2,0,0\n"
                                      "5,2026/10/19 13:55:01,,,,,李娜,S002,0,0,0,0,0,0,3,0,0\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
  g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

  g_assert_cmpint (xq_answers_matched_count (answers), ==, 5);
  g_assert_cmpuint (xq_answers_replaced (answers)->len, ==, 3);
  g_assert_cmpint (replaced_row (answers, 0), ==, 3);
  g_assert_cmpint (replaced_row (answers, 1), ==, 4);
  g_assert_cmpint (replaced_row (answers, 2), ==, 5);
  g_assert_cmpint (result->people, ==, 2);
  assert_stored (fixture, "S001", "[0,0,0,0,0,0,1,0,0]");
  assert_stored (fixture, "S002", "[0,0,0,0,0,0,3,0,0]");
}

/* A month apart they are two sheets; the same day again is not. */
static void
test_two_days_in_a_file (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv",
                                      SITE_HEAD PHQ9_HEAD "\n"
                                      "1,2026/10/19 13:44:01,,,,,张伟,S001,0,0,0,0,0,0,1,0,0\n"
                                      "2,2026/11/19 13:44:01,,,,,张伟,S001,0,0,0,0,0,0,2,0,0\n"
                                      "3,2026/10/19 13:50:01,,,,,张伟,S001,0,0,0,0,0,0,3,0,0\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
  g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

  g_assert_cmpuint (xq_answers_replaced (answers)->len, ==, 1);
  g_assert_cmpint (replaced_row (answers, 0), ==, 2);
  assert_stored (fixture, "S001", "[0,0,0,0,0,0,3,0,0] [0,0,0,0,0,0,2,0,0]"); /* by day */
}

/* Who puts a thought of death and takes it back six minutes later is still to be asked. */
static void
test_taken_back (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv",
                                      SITE_HEAD PHQ9_HEAD "\n"
                                      "1,2026/10/19 13:44:01,,,,,张伟,S001,0,0,0,0,0,0,0,0,3\n"
                                      "2,2026/10/19 13:50:01,,,,,张伟,S001,0,0,0,0,0,0,0,0,0\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
  g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);
  const XqUnmatched *told;

  g_assert_cmpuint (xq_answers_replaced (answers)->len, ==, 1);
  told = xq_answers_replaced (answers)->pdata[0];
  g_assert_cmpint (told->row, ==, 2);
  g_assert_nonnull (strstr (told->why, "critical item"));
  assert_stored (fixture, "S001", "[0,0,0,0,0,0,0,0,3] [0,0,0,0,0,0,0,0,0]");
}

/* A slip in one cell must not hide what another says. */
static void
test_critical_beside_unreadable (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv",
                                      "学号,姓名" PHQ9_HEAD "\n"
                                      "S001,张伟,0,0,9,0,0,0,0,0,2\n"
                                      "S002,李娜,0,0,9,0,0,0,0,0,0\n"
                                      "S009,赵云,0,0,9,0,0,0,0,0,2\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
  g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

  g_assert_cmpint (xq_answers_matched_count (answers), ==, 0);
  g_assert_cmpuint (xq_answers_unmatched (answers)->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_nonnull (strstr (why_of (answers, i), "“9”"));
      g_assert_cmpint (strstr (why_of (answers, i), "critical item") != NULL, ==, i == 0);
    }
  g_assert_cmpint (g_array_index (result->counts, XqAnswersCount, 0).incomplete, ==, 1);
  assert_stored (fixture, "S001", "[0,0,null,0,0,0,0,0,2]");
  assert_stored (fixture, "S002", NULL);
}

/* Without times, the same file is known by its name and its answers. */
static void
test_again_without_times (Fixture *fixture, gconstpointer unused)
{
  const char *text = "学号,姓名" PHQ9_HEAD "\nS001,张伟,0,0,0,0,0,0,0,0,1\n";
  g_autofree char *path = write_file (fixture, "答卷.csv", text), *other = write_file (fixture, "下学期.csv", text);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
      g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

      g_assert_cmpint (g_array_index (result->counts, XqAnswersCount, 0).assessed, ==, i == 0 ? 1 : 0);
      g_assert_cmpint (g_array_index (result->counts, XqAnswersCount, 0).known, ==, i == 0 ? 0 : 1);
    }
  {
    g_autoptr (XqAnswers) answers = read_answers (fixture, other, NULL);
    g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

    g_assert_cmpint (g_array_index (result->counts, XqAnswersCount, 0).assessed, ==, 1);
  }
}

/* -- into a campaign -- */

static gint64
open_campaign (Fixture *fixture)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_new ();
  g_autoptr (GError) error = NULL;
  gint64 class_1 = add_class (fixture->database, "1班");

  campaign->organisation_id = 1;
  campaign->title = g_strdup ("普测");
  campaign->instruments = g_strdup ("phq9");
  campaign->from_date = g_strdup ("2026-10-01");
  xq_campaign_create (fixture->database, campaign, &class_1, 1, NULL, &error);
  g_assert_no_error (error);
  return campaign->id;
}

/* Somebody absent comes back as absent when the import is undone; somebody who was on no roster leaves it again. */
static void
test_into_campaign (Fixture *fixture, gconstpointer unused)
{
  XqAnswersOptions options = { .campaign_id = open_campaign (fixture) };
  g_autofree char *path = write_file (fixture, "答卷.csv",
                                      "学号,姓名" PHQ9_HEAD "\nS001,张伟,0,0,0,0,0,0,0,0,1\n"
                                      "S002,李娜,0,0,0,0,0,0,0,0,1\nS004,王芳,0,0,0,0,0,0,0,0,1\n");
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAnswers) answers = NULL;
  g_autoptr (XqAnswersResult) result = NULL;

  xq_campaign_set_participant (fixture->database, options.campaign_id, 2, XQ_PARTICIPANT_ABSENT, "病假", &error);
  g_assert_no_error (error);
  before = snapshot (fixture->database);
  answers = read_answers (fixture, path, &options);
  result = apply_answers (fixture, answers, NULL);
  g_assert_cmpuint (result->campaigns->len, ==, 1);
  g_assert_cmpint (g_array_index (result->campaigns, gint64, 0), ==, options.campaign_id);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM campaign"), ==, 1);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM participant WHERE state = 'done'"), ==, 3);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM participant"), ==, 4);
  xq_answers_undo (fixture->database, result->batch_id, &error);
  g_assert_no_error (error);
  after = snapshot (fixture->database);
  g_assert_cmpstr (before, ==, after);
}

static void
test_closed_campaign (Fixture *fixture, gconstpointer unused)
{
  XqAnswersOptions options = { .campaign_id = open_campaign (fixture) };
  g_autofree char *path = write_file (fixture, "答卷.csv", "学号,姓名" PHQ9_HEAD "\nS001,张伟,0,0,0,0,0,0,0,0,1\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, &options);
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_campaign_close (fixture->database, options.campaign_id, NULL));
  g_assert_null (xq_answers_apply (fixture->database, answers, NULL, NULL, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM assessment"), ==, 0);
}

/* A campaign that was made is from the first answer to the last, and its roster is everybody. */
static void
test_made_campaign (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) campaigns = NULL;
  const XqCampaign *campaign;

  import_text (fixture,
               SITE_HEAD PHQ9_HEAD "\n1,2026/10/19 13:44:01,,,,,张伟,S001,0,0,0,0,0,0,0,0,1\n"
                                   "2,2026/10/12 08:00:00,,,,,李娜,S002,0,0,0,0,0,0,0,0,2\n",
               NULL);
  campaigns = xq_campaign_list (fixture->database, 1, NULL);
  g_assert_cmpuint (campaigns->len, ==, 1);
  campaign = campaigns->pdata[0];
  g_assert_cmpstr (campaign->instruments, ==, "phq9");
  g_assert_cmpstr (campaign->title, ==, "PHQ-9 · 2026-10");
  g_assert_cmpstr (campaign->from_date, ==, "2026-10-12");
  g_assert_cmpstr (campaign->due_date, ==, "2026-10-19");
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM participant WHERE state = 'pending'"), ==, 2);
}

/* -- all or nothing, and who is told -- */

typedef struct
{
  guint calls;
  guint sheets;
  guint fail_at;
  double previous;
  gboolean has_previous;
} Told;

static gboolean
on_assessed (const XqAssessed *assessed, guint n_assessed, gpointer user_data, GError **error)
{
  Told *told = user_data;

  told->calls++;
  told->sheets += n_assessed;
  for (guint i = 0; i < n_assessed; i++)
    {
      g_assert_cmpint (assessed[i].person_id, ==, assessed[0].person_id);
      g_assert_cmpint (assessed[i].assessment_id, >, 0);
      g_assert_cmpint ((gint64) assessed[i].n_answers, ==, (gint64) assessed[i].result->instrument->n_all_items);
    }
  if (assessed[0].has_previous != NULL)
    {
      told->has_previous = assessed[0].has_previous[0];
      told->previous = assessed[0].previous[0];
    }
  if (told->calls != told->fail_at)
    return TRUE;
  g_set_error_literal (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED, "no");
  return FALSE;
}

#define TWO_ROWS "学号,姓名" PHQ9_HEAD "\nS001,张伟,0,0,0,0,0,0,0,1,1\nS002,李娜,0,0,0,0,0,0,0,0,1\n"

static void
test_told (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv", TWO_ROWS), *later = write_file (fixture, "二.csv", TWO_ROWS);
  Told told = { 0 };
  XqAnswersApply apply = { .assessed = on_assessed, .user_data = &told, .with_previous = TRUE };

  g_setenv ("XINQIAO_NOW", "2026-03-02T10:00:00", TRUE);
  {
    g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
    g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, &apply);

    g_assert_cmpuint (told.calls, ==, 2);
    g_assert_false (told.has_previous);
  }
  g_setenv ("XINQIAO_NOW", "2026-10-19T10:00:00", TRUE);
  {
    g_autoptr (XqAnswers) answers = read_answers (fixture, later, NULL);
    g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, &apply);

    g_assert_cmpuint (told.calls, ==, 4);
    g_assert_true (told.has_previous);
    g_assert_cmpfloat (told.previous, ==, 1);
  }
  g_unsetenv ("XINQIAO_NOW");
}

static void
test_failing_listener (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv", TWO_ROWS);
  g_autofree char *before = snapshot (fixture->database), *after = NULL;
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
  g_autoptr (GError) error = NULL;
  Told told = { .fail_at = 2 };
  XqAnswersApply apply = { .assessed = on_assessed, .user_data = &told };

  g_assert_null (xq_answers_apply (fixture->database, answers, &apply, NULL, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  after = snapshot (fixture->database);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM import_batch"), ==, 0);
}

/* The rows are all written by the time that this is noticed. */
static void
cancel_at_once (double fraction, const char *what, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv", TWO_ROWS);
  g_autofree char *before = snapshot (fixture->database), *after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XqProgress progress = { cancel_at_once, cancellable, cancellable };
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_answers_apply (fixture->database, answers, NULL, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = snapshot (fixture->database);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (xq_answers_read (fixture->database, shipped_set (), path, NULL, &progress, NULL));
}

static void
test_json (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "答卷.csv", TWO_ROWS "S009,赵云,0,0,0,0,0,0,0,0,0\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, NULL);
  g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);
  g_autoptr (JsonObject) object = xq_answers_result_to_json (answers, result);
  JsonObject *phq9 = json_object_get_object_member (json_object_get_object_member (object, "instruments"), "phq9");
  JsonObject *unmatched = json_array_get_object_element (json_object_get_array_member (object, "unmatched"), 0);

  g_assert_cmpstr (json_object_get_string_member (object, "file"), ==, "答卷.csv");
  g_assert_cmpint (json_object_get_int_member (object, "read"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (object, "matched"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (phq9, "assessed"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (phq9, "incomplete"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (phq9, "invalid"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (unmatched, "row"), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (unmatched, "code"), ==, "S009");
  g_assert_cmpstr (json_object_get_string_member (unmatched, "name"), ==, "赵云");
}

int
main (int argc, char **argv)
{
  static const AnswersTest tests[] = {
    { "matching", test_matching },
    { "twice-in-a-file", test_twice_in_a_file },
    { "two-days-in-a-file", test_two_days_in_a_file },
    { "taken-back", test_taken_back },
    { "critical-beside-unreadable", test_critical_beside_unreadable },
    { "again-without-times", test_again_without_times },
    { "into-campaign", test_into_campaign },
    { "closed-campaign", test_closed_campaign },
    { "made-campaign", test_made_campaign },
    { "told", test_told },
    { "failing-listener", test_failing_listener },
    { "cancelled", test_cancelled },
    { "json", test_json },
  };

  return run_answers_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
