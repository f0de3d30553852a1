/* Tables of answers as people have them: columns found, cells understood. */
#include "config.h"

#include "answers-test.h"

/* A site's export numbers the options from 1. */
static void
test_numbers (Fixture *fixture, gconstpointer unused)
{
  import_text (fixture,
               SITE_HEAD PHQ9_HEAD "\n"
               "1,2026/10/19 13:44:01,232秒,微信,直接访问,1.1.1.1,张伟,S001,1,2,3,4,1,2,3,4,1\n",
               NULL);
  assert_stored (fixture, "S001", "[0,1,2,3,0,1,2,3,0]");
  g_assert_cmpint (count (fixture->database, "SELECT taken_at FROM assessment"), ==, 1792388641);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM assessment WHERE taken_on = '2026-10-19'"), ==, 1);
}

/* A 0 among them cannot be a place: they are values. So are those of a sheet that somebody typed. */
static void
test_values (Fixture *fixture, gconstpointer unused)
{
  import_text (fixture, SITE_HEAD PHQ9_HEAD "\n1,,,,,,张伟,S001,1,2,3,0,1,2,3,0,1\n2,,,,,,李娜,S002,1,2,3,3,1,2,3,3,1\n", NULL);
  assert_stored (fixture, "S001", "[1,2,3,0,1,2,3,0,1]");
  assert_stored (fixture, "S002", "[1,2,3,3,1,2,3,3,1]");
}

static void
test_typed (Fixture *fixture, gconstpointer unused)
{
  const char *named[] = { "rses", NULL };
  XqAnswersOptions options = { .instruments = named };

  import_text (fixture, "姓名,第1题,第2题,第3题,第4题,第5题,第6题,第7题,第8题,第9题,第10题\n张伟,4,3,2,1,4,3,2,1,4,3\n", &options);
  assert_stored (fixture, "S001", "[4,3,2,1,4,3,2,1,4,3]");
}

/* The same numbers from a site are places in the form, whose first option is worth 4. */
static void
test_places_of_falling_options (Fixture *fixture, gconstpointer unused)
{
  const char *named[] = { "rses", NULL };
  XqAnswersOptions options = { .instruments = named };

  import_text (fixture, SITE_HEAD ",a,b,c,d,e,f,g,h,i,j\n1,,,,,,张伟,S001,4,3,2,1,4,3,2,1,4,3\n", &options);
  assert_stored (fixture, "S001", "[1,2,3,4,1,2,3,4,1,2]");
}

static void
test_words (Fixture *fixture, gconstpointer unused)
{
  import_text (fixture,
               SITE_HEAD PHQ9_HEAD ",PHQ-9总分\n"
               "1,,,,,,张伟,S001,A.完全不会,好几天,C、一半以上的天数,几乎每天(3分), 完全不會 ,Several days,(跳过),(空),近乎每天,17\n",
               NULL);
  assert_stored (fixture, "S001", "[0,1,2,3,0,1,null,null,3]");
}

/* A site writes -3 for a question that was skipped and -2 for one left empty. */
static void
test_skipped (Fixture *fixture, gconstpointer unused)
{
  import_text (fixture, SITE_HEAD PHQ9_HEAD "\n1,,,,,,张伟,S001,-3,-2,1,1,1,1,1,1,2\n", NULL);
  assert_stored (fixture, "S001", "[null,null,0,0,0,0,0,0,1]");
  g_assert_cmpint (count (fixture->database, "SELECT complete FROM assessment"), ==, 0);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM score"), ==, 0);
  g_assert_cmpint (count (fixture->database, "SELECT count (*) FROM critical_hit WHERE item = 9 AND value = 1"), ==, 1);
}

static void
test_yes_and_no (Fixture *fixture, gconstpointer unused)
{
  const char *named[] = { "mht", NULL };
  XqAnswersOptions options = { .instruments = named };
  g_autoptr (GString) text = g_string_new (SITE_HEAD);
  g_autoptr (GString) expected = g_string_new ("[");

  for (int i = 1; i <= 100; i++)
    g_string_append_printf (text, ",%d、?", i + 2);
  g_string_append (text, "\n1,,,,,,张伟,S001");
  for (int i = 1; i <= 100; i++)
    {
      g_string_append (text, i % 3 == 0 ? ",1" : ",2");
      g_string_append_printf (expected, "%s%d", i > 1 ? "," : "", i % 3 == 0);
    }
  g_string_append (text, "\n");
  g_string_append (expected, "]");
  import_text (fixture, text->str, &options);
  assert_stored (fixture, "S001", expected->str);
}

/* The PHQ-A's items stand in another order than those of the PHQ-9 that schools print: each finds its own. */
static void
test_other_order (Fixture *fixture, gconstpointer unused)
{
  const char *named[] = { "PHQ-A", NULL };
  XqAnswersOptions options = { .instruments = named };

  import_text (fixture, SITE_HEAD PHQ9_HEAD "\n1,,,,,,张伟,S001,2,3,4,1,2,3,4,1,2\n2,,,,,,李娜,S002,1,1,1,1,1,1,1,1,1\n", &options);
  assert_stored (fixture, "S001", "[2,1,3,1,0,2,3,0,1]");
}

/* Two named, none known by wording: one after the other. A column that is no answer at all is passed by. */
static void
test_by_order (Fixture *fixture, gconstpointer unused)
{
  const char *named[] = { "k6,who5", NULL };
  XqAnswersOptions options = { .instruments = named };

  import_text (fixture, "学号,姓名,q1,q2,q3,q4,q5,q6,q7,q8,q9,q10,q11\nS001,张伟,0,1,2,3,4,0,5,4,3,2,0\n", &options);
  assert_stored (fixture, "S001", "[0,1,2,3,4,0] [5,4,3,2,0]");
}

static void
test_other_columns (Fixture *fixture, gconstpointer unused)
{
  const char *named[] = { "k6", NULL };
  XqAnswersOptions options = { .instruments = named };

  import_text (fixture, "学号,姓名,你的爱好,q1,q2,q3,q4,q5,q6,留言\nS001,张伟,篮球,0,1,2,3,4,0,没有\n", &options);
  assert_stored (fixture, "S001", "[0,1,2,3,4,0]");
}

static GHashTable *
override (const char *field, const char *choice)
{
  GHashTable *overrides = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (overrides, (gpointer) field, (gpointer) choice);
  return overrides;
}

static void
test_chosen_columns (Fixture *fixture, gconstpointer unused)
{
  static const char *const choices[] = { "D:I", "3-8", "D,E,F,G,H:I", "3、a,4-7,I" };

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (GHashTable) overrides = override ("k6", choices[i]);
      XqAnswersOptions options = { .overrides = overrides };
      g_autofree char *path = write_file (fixture, "答卷.csv",
                                          "学号,姓名,2、x,3、a,4、b,5、c,6、d,7、e,8、f,9、y\nS001,张伟,9,0,1,2,3,4,0,9\n");
      g_autoptr (XqAnswers) answers = read_answers (fixture, path, &options);

      g_assert_cmpint (columns_of (answers, 0)->item_columns[0], ==, 3);
      g_assert_cmpint (columns_of (answers, 0)->item_columns[5], ==, 8);
      g_assert_false (columns_of (answers, 0)->by_text);
    }
}

static void
assert_refused (Fixture *fixture, const char *text, const XqAnswersOptions *options, const char *says)
{
  g_autofree char *path = write_file (fixture, "答卷.csv", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAnswers) answers = xq_answers_read (fixture->database, shipped_set (), path, options, NULL, &error);

  g_assert_null (answers);
  g_assert_nonnull (error);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  const char *k6[] = { "k6", NULL }, *nothing[] = { "phq99", NULL };
  XqAnswersOptions named = { .instruments = k6 }, unknown = { .instruments = nothing };
  g_autoptr (GHashTable) few = override ("k6", "C:D"), absent = override ("k6", "ZZ:ZZ"), field = override ("kk6", "C");
  XqAnswersOptions chosen_few = { .overrides = few }, chosen_absent = { .overrides = absent },
                   chosen_field = { .overrides = field };

  assert_refused (fixture, "学号,姓名,a,b,c\nS001,张伟,1,1,1\n", NULL, "答卷.csv");
  assert_refused (fixture, "学号,姓名,a,b,c\nS001,张伟,1,1,1\n", &named, "K6");
  assert_refused (fixture, "学号,姓名,a,b,c\nS001,张伟,1,1,1\n", &unknown, "phq99");
  assert_refused (fixture, "学号,姓名,a,b,c\nS001,张伟,1,1,1\n", &chosen_few, "C:D");
  assert_refused (fixture, "学号,姓名,a,b,c\nS001,张伟,1,1,1\n", &chosen_absent, "ZZ:ZZ");
  assert_refused (fixture, "学号,姓名,a,b,c\nS001,张伟,1,1,1\n", &chosen_field, "kk6");
  assert_refused (fixture, "a,b,c\n1,1,1\n", &named, "学号");
}

int
main (int argc, char **argv)
{
  static const AnswersTest tests[] = {
    { "numbers", test_numbers },
    { "values", test_values },
    { "typed", test_typed },
    { "places-of-falling-options", test_places_of_falling_options },
    { "words", test_words },
    { "skipped", test_skipped },
    { "yes-and-no", test_yes_and_no },
    { "other-order", test_other_order },
    { "by-order", test_by_order },
    { "other-columns", test_other_columns },
    { "chosen-columns", test_chosen_columns },
    { "refused", test_refused },
  };

  return run_answers_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
