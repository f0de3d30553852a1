#include "config.h"

#include "people-fixture.h"

typedef struct
{
  const char *text;
  const char *names;
} Query;

static void
add_some (XqDatabase *database)
{
  static const char *const persons[][4] = {
    { "张三", "2026001", "13800138001", "210102201403231347" },
    { "张小明", "2026002", "13800138002", NULL },
    { "李明", "2026003", NULL, NULL },
    { "单雄信", "2026004", "15912345678", NULL },
    { "吕布", "G21010220140224877X", NULL, "21010220140224877X" },
    { "欧阳娜娜", "2026006", NULL, NULL },
    { "阿卜杜拉·买买提", "2026007", NULL, NULL },
    { "John Smith", "E001", NULL, NULL },
    { "张三丰", "2026009", NULL, NULL },
    { "𠮷田", "2026010", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (persons); i++)
    {
      g_autoptr (XqPerson) person = new_person (persons[i][0], persons[i][1], 0);

      person->phone = g_strdup (persons[i][2]);
      person->national_id = g_strdup (persons[i][3]);
      OK (xq_person_create (database, person, NULL, &error));
    }
}

static void
test_queries (Fixture *fixture, gconstpointer unused)
{
  static const Query queries[] = {
    /* names: whole, beginning, any part */
    { "张三", "张三 张三丰" }, { "张", "张三 张三丰 张小明" }, { "明", "李明 张小明" }, { "小明", "张小明" },
    { "三丰", "张三丰" }, { "买买提", "阿卜杜拉·买买提" }, { "阿卜杜拉买", "阿卜杜拉·买买提" },
    { "阿卜杜拉•买", "阿卜杜拉·买买提" }, { "张 三", "张三 张三丰" }, { "𠮷", "𠮷田" }, { "三明", "" },
    /* pinyin */
    { "zhangsan", "张三 张三丰" }, { "zhang san", "张三 张三丰" }, { "zhang s", "张三 张三丰" },
    { "ZhangS", "张三 张三丰" }, { "zhangsanf", "张三丰" }, { "xiaoming", "张小明" }, { "ming", "李明 张小明" },
    { "ouyang", "欧阳娜娜" }, { "nana", "欧阳娜娜" }, { "lvbu", "吕布" }, { "lüb", "吕布" }, { "lyubu", "吕布" },
    { "shanxiong", "单雄信" }, { "danxiong", "单雄信" }, { "smith", "John Smith" }, { "john s", "John Smith" },
    { "zhang f", "张三丰" },
    /* initials */
    { "zs", "张三 张三丰" }, { "zsf", "张三丰" }, { "xm", "张小明" }, { "oynn", "欧阳娜娜" },
    /* numbers */
    { "2026003", "李明" }, { "202600", "阿卜杜拉·买买提 李明 欧阳娜娜 单雄信 张三 张三丰 张小明" }, { "8001", "张三" },
    { "13800138002", "张小明" }, { "5678", "单雄信" }, { "003", "李明" }, { "210102201403", "张三" },
    { "g2101", "吕布" }, { "877x", "吕布" }, { "21010220140224877x", "吕布" }, { "01", "" }, { "e001", "John Smith" },
    /* several words */
    { "张 8001", "张三" }, { "zhang 2026002", "张小明" }, { "张 ming", "张小明" }, { "李 8001", "" },
    /* nothing */
    { "", "" }, { "  ", "" }, { "·", "" }, { "\"", "" }, { "*", "" }, { "' OR 1", "" }, { "赵", "" },
  };

  add_some (fixture->database);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *names = found_names (fixture->database, queries[i].text);

      g_test_message ("%s", queries[i].text);
      g_assert_cmpstr (names, ==, queries[i].names);
    }
}

static void
test_present_first (Fixture *fixture, gconstpointer unused)
{
  gint64 left = add_person (fixture->database, "张三", "1", 0);
  g_autoptr (GArray) found = NULL;

  OK (xq_person_set_state (fixture->database, left, XQ_PERSON_LEFT, NULL, NULL, &error));
  add_person (fixture->database, "张三", "2", 0);
  add_person (fixture->database, "张三", "3", 0);
  found = xq_search_people (fixture->database, "张三", 3, NULL);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpint (g_array_index (found, gint64, 2), ==, left);
  g_array_unref (found);
  found = xq_search_people (fixture->database, "张三", 2, NULL);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpint (g_array_index (found, gint64, 0), !=, left);
  g_assert_cmpint (g_array_index (found, gint64, 1), !=, left);
}

static void
test_units (Fixture *fixture, gconstpointer unused)
{
  gint64 grade = add_unit (fixture->database, 0, XQ_UNIT_GRADE, "七年级");
  gint64 class_1 = add_unit (fixture->database, grade, XQ_UNIT_CLASS, "七年级(1)班");
  gint64 team = add_unit (fixture->database, 0, XQ_UNIT_DEPARTMENT, "质检部");
  static const char *const spellings[] = { "七年级1班", "701", "初一(1)班" };
  g_autoptr (GArray) named = xq_search_units (fixture->database, "质检", 5, NULL);
  g_autoptr (GArray) none = xq_search_units (fixture->database, "%", 5, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (GArray) found = xq_search_units (fixture->database, spellings[i], 5, NULL);

      g_assert_cmpuint (found->len, >=, 1);
      g_assert_cmpint (g_array_index (found, gint64, 0), ==, class_1);
    }
  g_assert_cmpuint (named->len, ==, 1);
  g_assert_cmpint (g_array_index (named, gint64, 0), ==, team);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_rebuild (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *before = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *after = NULL;

  add_some (fixture->database);
  before = found_names (fixture->database, "zhang");
  {
    g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);

    OK (xq_database_execute (fixture->database, &error, "DELETE FROM person_search", XQ_END));
    OK (xq_transaction_commit (g_steal_pointer (&transaction), &error));
  }
  lost = found_names (fixture->database, "zhang");
  g_assert_cmpstr (lost, ==, "");
  OK (xq_search_rebuild (fixture->database, &error));
  after = found_names (fixture->database, "zhang");
  g_assert_cmpstr (after, ==, before);
}

/* A connection for reading alone, as lists have it. */
static void
test_read_only (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqDatabase) reader = NULL;
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;

  add_some (fixture->database);
  reader = xq_database_open (fixture->path, fixture->key, XQ_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  names = found_names (reader, "zhangsan");
  g_assert_cmpstr (names, ==, "张三 张三丰");
}

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("/people/search/queries", test_queries);
  ADD_TEST ("/people/search/present-first", test_present_first);
  ADD_TEST ("/people/search/units", test_units);
  ADD_TEST ("/people/search/rebuild", test_rebuild);
  ADD_TEST ("/people/search/read-only", test_read_only);
  return g_test_run ();
}
