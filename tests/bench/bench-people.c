/* Search and lists of people: each keystroke beside the scan that it replaces, and a vault beside one a tenth of its size.
 * XINQIAO_BENCH_SCALE=0.1 takes 100,000 people instead of a million. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "../vault/fixture.h"
#include "people/person-list.h"
#include "people/search.h"
#include "people/unit.h"

#define MILLION   1000000
#define SMALL     1000
#define PER_CLASS 45
#define PAGE      64
#define TURNS     21

static const char *const surnames[] = { "李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡",
                                        "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐",
                                        "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭",
                                        "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "欧阳", "单" };
static const char *const given[] = { "伟", "芳", "娜", "秀", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟",
                                     "涛", "明", "超", "兰", "霞", "平", "刚", "桂", "英", "子", "轩", "梓", "涵", "宇", "浩",
                                     "然", "博", "文", "思", "雨", "欣", "怡", "诗", "语", "晨", "可", "佳", "一", "诺", "沐",
                                     "阳", "俊", "熙", "睿", "嘉", "泽", "铭", "皓", "瑞", "航", "天", "翔", "志", "鹏", "飞" };

/* What is typed, letter by letter: names, their parts, pinyin, initials, numbers, a phone's tail. */
static const char *const keystrokes[] = { "张",     "张子",      "张子涵",      "子涵", "z",  "zh",   "zha",     "zhan",
                                          "zhang",  "zhangz",    "zhangzi",     "zihan", "zs", "lzh",  "2026",    "202600",
                                          "2026001", "20260012", "8001",        "800123", "ouyang", "曾一诺" };

static void
must (gboolean done, GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "the bench cannot go on");
}

static double
seconds (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / G_USEC_PER_SEC;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *times, gsize count)
{
  qsort (times, count, sizeof *times, compare);
  return times[count / 2];
}

static void
print_line (const char *what, double ours, const char *against, double comparison, double goal, gboolean faster)
{
  printf ("{\"what\": \"%s\", \"ours\": %.6f, \"against\": \"%s\", \"comparison\": %.6f, \"ratio\": %.3f, \"goal\": %.2f, "
          "\"faster\": %s}\n",
          what, ours, against, comparison, faster ? comparison / ours : ours / comparison, goal,
          faster ? "true" : "false");
  fflush (stdout);
}

/* ---- people */

static gint64
add_class (XqDatabase *database, XqUnitTree *tree, guint number)
{
  g_auto (XqClassName) name = { 0 };
  g_autofree char *text = g_strdup_printf ("%u班", number / 12 + 1);
  g_autofree char *grade = g_strdup_printf ("%u", number % 12 + 1);
  GError *error = NULL;
  gint64 id;

  xq_class_name_parse (grade, text, XQ_STAGE_UNKNOWN, NULL, &name);
  must (xq_unit_tree_ensure_class (tree, database, 1, &name, &id, &error), error);
  return id;
}

static void
fill_person (XqPerson *person, GRand *random, guint number)
{
  guint surname = g_rand_int_range (random, 0, g_rand_boolean (random) ? 12 : G_N_ELEMENTS (surnames));
  const char *one = given[g_rand_int_range (random, 0, G_N_ELEMENTS (given))];
  const char *two = g_rand_int_range (random, 0, 5) > 0 ? given[g_rand_int_range (random, 0, G_N_ELEMENTS (given))] : "";

  person->organisation_id = 1;
  person->name = g_strconcat (surnames[surname], one, two, NULL);
  person->code = g_strdup_printf ("2026%06u", number);
  person->phone = g_strdup_printf ("1%02d%08d", g_rand_int_range (random, 30, 90), g_rand_int_range (random, 0, 100000000));
  person->birth_date = g_strdup ("2012-03-05");
}

static void
add_people (XqDatabase *database, guint count)
{
  GError *error = NULL;
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, &error);
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, &error);
  g_autoptr (XqPersonWriter) writer = xq_person_writer_new (database, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint64 class_id = 0;

  must (writer != NULL, error);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (XqPerson) person = xq_person_new ();

      if (i % PER_CLASS == 0)
        class_id = add_class (database, tree, i / PER_CLASS);
      fill_person (person, random, i);
      person->unit_id = class_id;
      must (xq_person_writer_insert (writer, person, "2026-09-01", &error), error);
    }
  must (xq_person_writer_finish (writer, &error), error);
  must (xq_transaction_commit (g_steal_pointer (&transaction), &error), error);
}

static void
open_vault (Fixture *fixture, guint count)
{
  fixture_set_up (fixture, NULL);
  add_people (fixture->database, count);
}

/* ---- search */

static double
type_once (XqDatabase *database, const char *text)
{
  gint64 start = g_get_monotonic_time ();
  GError *error = NULL;
  g_autoptr (GArray) found = xq_search_people (database, text, PAGE, &error);

  must (found != NULL, error);
  return seconds (start);
}

static double
scan_once (XqDatabase *database, const char *text)
{
  gint64 start = g_get_monotonic_time ();
  g_autofree char *pattern = g_strconcat ("%", text, "%", NULL);
  GError *error = NULL;
  g_autoptr (XqStatement) statement
      = xq_database_query (database, &error,
                           "SELECT id FROM person WHERE name LIKE :text OR replace (pinyin, ' ', '') LIKE :text"
                           " OR initials LIKE :text OR code LIKE :text OR phone LIKE :text ORDER BY sort_key LIMIT 64",
                           XQ_TEXT (":text", pattern), XQ_END);

  must (statement != NULL, error);
  while (xq_statement_step (statement, &error) == XQ_STEP_ROW)
    continue;
  must (error == NULL, error);
  return seconds (start);
}

/* A keystroke in the middle of the field, and the slowest of them. */
static void
measure_typing (XqDatabase *database, double *ret_median, double *ret_worst)
{
  double of_text[G_N_ELEMENTS (keystrokes)];

  *ret_worst = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (keystrokes); i++)
    {
      double times[TURNS];

      for (int turn = 0; turn < TURNS; turn++)
        times[turn] = type_once (database, keystrokes[i]);
      of_text[i] = median (times, TURNS);
      *ret_worst = MAX (*ret_worst, of_text[i]);
    }
  *ret_median = median (of_text, G_N_ELEMENTS (keystrokes));
}

static double
measure_scan (XqDatabase *database)
{
  double times[5];

  for (int turn = 0; turn < 5; turn++)
    times[turn] = scan_once (database, keystrokes[turn * 4]);
  return median (times, 5);
}

static void
bench_search (XqDatabase *large, XqDatabase *tenth)
{
  double typed, worst, typed_tenth, worst_tenth;

  measure_typing (tenth, &typed_tenth, &worst_tenth);
  measure_typing (large, &typed, &worst);
  print_line ("one keystroke in search", typed, "LIKE scan of the same table", measure_scan (large), 100, TRUE);
  print_line ("its slowest keystroke", worst, "LIKE scan of the same table", measure_scan (large), 100, TRUE);
  print_line ("one keystroke in search", typed, "the same with a tenth of the people", typed_tenth, 1.5, FALSE);
}

/* ---- lists */

static GArray *
list (XqDatabase *database, guint limit)
{
  XqPersonFilter filter = XQ_PERSON_FILTER_INIT;
  GError *error = NULL;
  GArray *ids = xq_person_list_ids (database, &filter, XQ_PERSON_ORDER_NAME, limit, NULL, &error);

  must (ids != NULL, error);
  return ids;
}

static void
read_page (XqDatabase *database, const GArray *ids, guint at)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows
      = xq_person_list_rows (database, &g_array_index (ids, gint64, at), MIN (PAGE, ids->len - at), &error);

  must (rows != NULL, error);
}

static double
first_page (XqDatabase *database)
{
  double times[TURNS];

  for (int turn = 0; turn < TURNS; turn++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GArray) ids = list (database, PAGE);

      read_page (database, ids, 0);
      times[turn] = seconds (start);
    }
  return median (times, TURNS);
}

static double
middle_page (XqDatabase *database)
{
  g_autoptr (GArray) ids = list (database, 0);
  double times[TURNS];

  for (int turn = 0; turn < TURNS; turn++)
    {
      gint64 start = g_get_monotonic_time ();

      read_page (database, ids, ids->len / 2);
      times[turn] = seconds (start);
    }
  return median (times, TURNS);
}

static double
all_ids (XqDatabase *database)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GArray) ids = list (database, 0);

  return seconds (start);
}

static double
bare_ids (XqDatabase *database)
{
  gint64 start = g_get_monotonic_time ();
  GError *error = NULL;
  g_autoptr (XqStatement) statement
      = xq_database_query (database, &error, "SELECT id FROM person ORDER BY sort_key, id", XQ_END);

  while (xq_statement_step (statement, &error) == XQ_STEP_ROW)
    continue;
  return seconds (start);
}

static void
bench_lists (XqDatabase *large, XqDatabase *small)
{
  print_line ("list of people, first rows", first_page (large), "the same with 1,000 people", first_page (small), 1.5, FALSE);
  print_line ("list of people, jump to the middle", middle_page (large), "the same with 1,000 people", middle_page (small), 1.3,
              FALSE);
  print_line ("list of people, all ids in order", all_ids (large), "stepping through the index", bare_ids (large), 2, FALSE);
}

int
main (void)
{
  const char *scale = g_getenv ("XINQIAO_BENCH_SCALE");
  guint count = (guint) (MILLION * (scale != NULL ? g_ascii_strtod (scale, NULL) : 1));
  Fixture large = { 0 }, tenth = { 0 }, small = { 0 };

  open_vault (&large, MAX (count, SMALL));
  open_vault (&tenth, MAX (count / 10, SMALL));
  open_vault (&small, SMALL);
  bench_search (large.database, tenth.database);
  bench_lists (large.database, small.database);
  fixture_tear_down (&large, NULL);
  fixture_tear_down (&tenth, NULL);
  fixture_tear_down (&small, NULL);
  return 0;
}
