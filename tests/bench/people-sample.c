#include "config.h"

#include "people-sample.h"

#include "bench.h"
#include "people/unit.h"

#define PER_CLASS 45

static const char *const surnames[] = { "李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡",
                                        "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐",
                                        "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭",
                                        "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "欧阳", "单" };
static const char *const given[] = { "伟", "芳", "娜", "秀", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟",
                                     "涛", "明", "超", "兰", "霞", "平", "刚", "桂", "英", "子", "轩", "梓", "涵", "宇", "浩",
                                     "然", "博", "文", "思", "雨", "欣", "怡", "诗", "语", "晨", "可", "佳", "一", "诺", "沐",
                                     "阳", "俊", "熙", "睿", "嘉", "泽", "铭", "皓", "瑞", "航", "天", "翔", "志", "鹏", "飞" };

static gint64
add_class (XqDatabase *database, XqUnitTree *tree, guint number)
{
  g_auto (XqClassName) name = { 0 };
  g_autofree char *text = g_strdup_printf ("%u班", number / 12 + 1);
  g_autofree char *grade = g_strdup_printf ("%u", number % 12 + 1);
  GError *error = NULL;
  gint64 id;

  xq_class_name_parse (grade, text, XQ_STAGE_UNKNOWN, NULL, &name);
  bench_must (xq_unit_tree_ensure_class (tree, database, 1, &name, &id, &error), error);
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

void
bench_add_people (XqDatabase *database, guint count)
{
  GError *error = NULL;
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, &error);
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, &error);
  g_autoptr (XqPersonWriter) writer = xq_person_writer_new (database, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint64 class_id = 0;

  bench_must (writer != NULL, error);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (XqPerson) person = xq_person_new ();

      if (i % PER_CLASS == 0)
        class_id = add_class (database, tree, i / PER_CLASS);
      fill_person (person, random, i);
      person->unit_id = class_id;
      bench_must (xq_person_writer_insert (writer, person, "2026-09-01", &error), error);
    }
  bench_must (xq_person_writer_finish (writer, &error), error);
  bench_must (xq_transaction_commit (g_steal_pointer (&transaction), &error), error);
}
