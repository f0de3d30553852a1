/* Tables of answers scored without a vault. */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "assess-test.h"
#include "assess/score-file.h"


static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->folder = fixture_folder ();
}

static JsonArray *
score_text (Fixture *fixture, const char *id, const char *text)
{
  g_autofree char *path = write_file (fixture, "answers.csv", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = xq_score_file (shipped (id), path, NULL, &error);

  g_assert_no_error (error);
  return json_node_dup_array (node);
}

static gint64
total (JsonArray *results, guint index)
{
  JsonObject *scores = json_object_get_object_member (json_array_get_object_element (results, index), "scores");

  return json_object_has_member (scores, "total") ? json_object_get_int_member (scores, "total") : -1;
}

static void
test_plain (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonArray) results = score_text (fixture, "phq9", "0,1,2,3,0,1,2,3,0\n3,3,,2,,1,0,0,0\n1,1,1,1,1,1,1,1,\n");

  g_assert_cmpuint (json_array_get_length (results), ==, 3);
  g_assert_cmpint (total (results, 0), ==, 12);
  g_assert_cmpint (total (results, 1), ==, -1);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (results, 1), "missing"), ==, 2);
  g_assert_cmpint (total (results, 2), ==, -1);
}

/* Who has answered nothing keeps the place. */
static void
test_nobody (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonArray) results = score_text (fixture, "phq2", "a,b\n1,1\n,\n2,2\n");

  g_assert_cmpuint (json_array_get_length (results), ==, 3);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (results, 1), "missing"), ==, 2);
  g_assert_cmpint (total (results, 2), ==, 4);
}

static void
test_headers (Fixture *fixture, gconstpointer unused)
{
  static const char *const heads[] = {
    "1,2,3,4,5,6,7,8,9\n0,1,2,3,0,1,2,3,0\n",
    "q1,q2,q3,q4,q5,q6,q7,q8,q9\n0,1,2,3,0,1,2,3,0\n",
    "学号,姓名,1,2,3,4,5,6,7,8,9\nS001,张伟,0,1,2,3,0,1,2,3,0\n",
    "id;item1;item2;item3;item4;item5;item6;item7;item8;item9\n7;0;1;2;3;0;1;2;3;0\n",
    "\xEF\xBB\xBF第1题,第2题,第3题,第4题,第5题,第6题,第7题,第8题,第9题\n完全不会,好几天,一半以上的天数,几乎每天,0,1,2,3,0\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (JsonArray) results = score_text (fixture, "phq9", heads[i]);

      g_assert_cmpuint (json_array_get_length (results), ==, 1);
      g_assert_cmpint (total (results, 0), ==, 12);
    }
}

/* "1,2" is a sheet of the PHQ-2 and no header. */
static void
test_no_header (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonArray) results = score_text (fixture, "phq2", "1,2\n0,0\n");

  g_assert_cmpuint (json_array_get_length (results), ==, 2);
  g_assert_cmpint (total (results, 0), ==, 3);
}

static void
test_extra (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonArray) results = score_text (fixture, "phq_a", "0,0,0,0,0,0,0,0,0,,,1,0\n");
  JsonArray *critical = json_object_get_array_member (json_array_get_object_element (results, 0), "critical");

  g_assert_cmpint (total (results, 0), ==, 0);
  g_assert_cmpuint (json_array_get_length (critical), ==, 1);
  g_assert_cmpint (json_array_get_int_element (critical, 0), ==, 12);
}

static void
assert_refused (Fixture *fixture, const char *id, const char *text, const char *row, const char *says)
{
  g_autofree char *path = write_file (fixture, "answers.csv", text);
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_score_file (shipped (id), path, NULL, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, row));
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  assert_refused (fixture, "phq9", "0,0,0,0,0,0,0,0,0\n0,0,0,0,4,0,0,0,0\n", "2", "E");
  assert_refused (fixture, "phq9", "0,0,0,0,0,0,0,0,0\n0,0,0,0,1.5,0,0,0,0\n", "2", "1.5");
  assert_refused (fixture, "phq9", "0,0,0,0,0,0,0,0,0\n0,0,0,0,x,0,0,0,0\n", "2", "x");
  assert_refused (fixture, "audit", "0,0,0,0,0,0,0,0,1,0\n", "1", "0, 2, 4");
  assert_refused (fixture, "phq2", "0,0,0,0\n", "1", "4");
}

static void
test_standard_input (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_file (fixture, "answers.csv", "0,1,2,3,0,1,2,3,0\n");
  int kept = dup (STDIN_FILENO), file = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (dup2 (file, STDIN_FILENO), ==, STDIN_FILENO);
  node = xq_score_file (shipped ("phq9"), "-", NULL, &error);
  dup2 (kept, STDIN_FILENO);
  close (kept);
  close (file);
  g_assert_no_error (error);
  g_assert_cmpint (total (json_node_get_array (node), 0), ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/assess/score-file/plain", Fixture, NULL, set_up, test_plain, fixture_tear_down);
  g_test_add ("/assess/score-file/nobody", Fixture, NULL, set_up, test_nobody, fixture_tear_down);
  g_test_add ("/assess/score-file/headers", Fixture, NULL, set_up, test_headers, fixture_tear_down);
  g_test_add ("/assess/score-file/no-header", Fixture, NULL, set_up, test_no_header, fixture_tear_down);
  g_test_add ("/assess/score-file/extra", Fixture, NULL, set_up, test_extra, fixture_tear_down);
  g_test_add ("/assess/score-file/refused", Fixture, NULL, set_up, test_refused, fixture_tear_down);
  g_test_add ("/assess/score-file/standard-input", Fixture, NULL, set_up, test_standard_input, fixture_tear_down);
  return g_test_run ();
}
