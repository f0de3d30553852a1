/* Saying which column is which: the header for whoever asks the user, and what the user may answer. */
#include "config.h"

#include <gio/gio.h>

#include "assess-test.h"

static XqHeader *
read_header (Fixture *fixture, const char *text, GHashTable *overrides)
{
  XqAnswersOptions options = { .overrides = overrides };
  g_autofree char *path = write_file (fixture, "答卷.csv", text);
  g_autoptr (GError) error = NULL;
  XqHeader *header = xq_answers_read_header (path, &options, NULL, &error);

  g_assert_no_error (error);
  return header;
}

static GHashTable *
override (const char *field, const char *choice)
{
  GHashTable *overrides = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (overrides, (gpointer) field, (gpointer) choice);
  return overrides;
}

static void
test_columns (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqHeader) header = read_header (fixture, "说明\n学号,姓名,甲,乙\nS001,张伟,1,2\n", NULL);

  g_assert_cmpint (header->row, ==, 2);
  g_assert_cmpuint (header->titles->len, ==, 4);
  g_assert_cmpint (xq_header_column (header, "code"), ==, 0);
  g_assert_cmpint (xq_header_column (header, "name"), ==, 1);
  g_assert_cmpint (xq_header_column (header, "taken_at"), ==, -1);
}

static void
test_corrected (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GHashTable) overrides = override ("code", "C");
  g_autoptr (XqHeader) header = read_header (fixture, "学号,姓名,档案号\n1,张伟,S001\n", overrides);

  g_assert_cmpint (xq_header_column (header, "code"), ==, 2);
}

/* Where nothing says who answered, xq_answers_read() refuses; its columns are there all the same. */
static void
test_says_nobody (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqHeader) header = read_header (fixture, "班级,提交时间,甲\n1班,2026-10-19,1\n", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_file (fixture, "答卷.csv", "班级,提交时间,甲\n1班,2026-10-19,1\n");
  g_autoptr (XqAnswers) answers = xq_answers_read (fixture->database, shipped_set (), path, NULL, NULL, &error);

  g_assert_cmpint (header->row, ==, 1);
  g_assert_cmpuint (header->titles->len, ==, 3);
  g_assert_null (answers);
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
}

static void
test_no_header (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqHeader) header = read_header (fixture, "1,2,3\n4,5,6\n", NULL);

  g_assert_cmpint (header->row, ==, 0);
}

/* Nothing between two commas: that item was not asked. */
static void
test_left_out (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GHashTable) overrides = override ("k6", "D,,F:I");
  XqAnswersOptions options = { .overrides = overrides };
  g_autofree char *path = write_file (fixture, "答卷.csv", "学号,姓名,甲,乙,丙,丁,戊,己,庚\nS001,张伟,9,0,1,2,3,4,0\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, &options);
  const XqAnswersColumns *columns = xq_answers_columns (answers)->pdata[0];

  g_assert_cmpint (columns->item_columns[0], ==, 3);
  g_assert_cmpint (columns->item_columns[1], ==, -1);
  g_assert_cmpint (columns->item_columns[5], ==, 8);
}

/* All left out: the questionnaire is not in the table, which is no error. */
static void
test_all_left_out (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GHashTable) overrides = override ("k6", ",,,,,");
  XqAnswersOptions options = { .overrides = overrides };
  g_autofree char *path = write_file (fixture, "答卷.csv", "学号,姓名,甲,乙\nS001,张伟,1,0\n");
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, &options);
  g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

  g_assert_cmpint (result->people, ==, 0);
  g_assert_cmpint (result->batch_id, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer unused);
  } tests[] = {
    { "columns", test_columns },     { "corrected", test_corrected }, { "says-nobody", test_says_nobody },
    { "no-header", test_no_header }, { "left-out", test_left_out },   { "all-left-out", test_all_left_out },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *name = g_strdup_printf ("/assess/answers-header/%s", tests[i].name);

      g_test_add (name, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
    }
  return g_test_run ();
}
