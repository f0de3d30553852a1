#include "config.h"

#include "people/class-name.h"

#define ON "2026-09-01"

typedef struct
{
  const char *grade;
  const char *class_name;
  XqSchoolStage stage;
  const char *grade_key;
  const char *class_key;
  const char *display;
} Spelling;

static void
check (const Spelling *spelling)
{
  g_auto (XqClassName) name = { 0 };
  g_autofree char *display = NULL;

  g_test_message ("%s | %s", spelling->grade, spelling->class_name);
  xq_class_name_parse (spelling->grade, spelling->class_name, spelling->stage, ON, &name);
  g_assert_cmpstr (name.grade_key, ==, spelling->grade_key);
  g_assert_cmpstr (name.class_key, ==, spelling->class_key);
  display = xq_class_name_display (name.grade_name, name.class_name);
  g_assert_cmpstr (display, ==, spelling->display);
}

/* All of them are the same class. */
static void
test_one_class (void)
{
  static const char *const alone[] = {
    "七年级1班",     "七年级(1)班", "七年级（1）班", "七年级一班", "七年级（一）班", "7年级1班",     "七年级 1 班",
    "701",           "701班",       "0701",          "初一(1)班",  "初一1班",        "初一年级1班",  "初一级1班",
    "七(1)班",       "七（1）班",   "7(1)班",        "7（1）",     "七1班",          "七一班",       "7.1班",
    "7-1",           "初中一年级1班", "初中七年级(1)班", "国一1班", "國一(1)班",      "G7-1",         "Grade 7 (1)",
    "七年级第1班",   "七年级01班",  "七年1班",       "初2026级1班", "初2026级(1)班", "初26级1班",    "初2029届1班",
    "七年级·1班",    "７０１",      "七年級(1)班",   "①" /* not a class of grade 7: see below */,
  };

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (alone); i++)
    check (&(Spelling) { NULL, alone[i], XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" });
  check (&(Spelling) { "七年级", "①", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" });
}

static void
test_two_columns (void)
{
  static const Spelling spellings[] = {
    { "七年级", "1班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "七年级", "(1)班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "七年级", "七年级1班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "七年级", "701", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "七年级", "1", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "7", "一班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "初一", "七(1)班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "初一", "一(1)班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "七年级(1)班", NULL, XQ_STAGE_UNKNOWN, "grade:7", "class:7:1", "七年级(1)班" },
    { "七年级", "", XQ_STAGE_UNKNOWN, "grade:7", NULL, "七年级" },
    { "七年级", NULL, XQ_STAGE_UNKNOWN, "grade:7", NULL, "七年级" },
    { "高一", "101", XQ_STAGE_UNKNOWN, "grade:10", "class:10:1", "高一(1)班" },
    { "高一", "一(3)班", XQ_STAGE_UNKNOWN, "grade:10", "class:10:3", "高一(3)班" },
    { "2024级", "3班", XQ_STAGE_HIGH, "grade:12", "class:12:3", "高三(3)班" },
    { "2024", "3", XQ_STAGE_HIGH, "grade:12", "class:12:3", "高三(3)班" },
    { "七年级", "实验班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:实验班", "七年级实验班" },
    { "七年级", "a班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:A班", "七年级A班" },
    { "七年级", "A", XQ_STAGE_UNKNOWN, "grade:7", "class:7:A班", "七年级A班" },
    { "七年级", "八年级", XQ_STAGE_UNKNOWN, "grade:7", "class:7:八年级", "七年级 / 八年级" },
    { "国际部", "1班", XQ_STAGE_UNKNOWN, "grade:国际部", "class:国际部:1", "国际部(1)班" },
    { NULL, "1班", XQ_STAGE_UNKNOWN, NULL, "class::1", "1班" },
    { NULL, NULL, XQ_STAGE_UNKNOWN, NULL, NULL, "" },
    { "", " ", XQ_STAGE_UNKNOWN, NULL, NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    check (&spellings[i]);
}

static void
test_stages (void)
{
  static const Spelling spellings[] = {
    { NULL, "三(2)班", XQ_STAGE_UNKNOWN, "grade:3", "class:3:2", "三年级(2)班" },
    { NULL, "三(2)班", XQ_STAGE_PRIMARY, "grade:3", "class:3:2", "三年级(2)班" },
    { NULL, "三(2)班", XQ_STAGE_MIDDLE, "grade:9", "class:9:2", "九年级(2)班" },
    { NULL, "三(2)班", XQ_STAGE_HIGH, "grade:12", "class:12:2", "高三(2)班" },
    { NULL, "一年级二班", XQ_STAGE_UNKNOWN, "grade:1", "class:1:2", "一年级(2)班" },
    { NULL, "小学三年级二班", XQ_STAGE_UNKNOWN, "grade:3", "class:3:2", "三年级(2)班" },
    { NULL, "301", XQ_STAGE_MIDDLE, "grade:9", "class:9:1", "九年级(1)班" },
    { NULL, "高二3班", XQ_STAGE_UNKNOWN, "grade:11", "class:11:3", "高二(3)班" },
    { NULL, "高一(16)班", XQ_STAGE_UNKNOWN, "grade:10", "class:10:16", "高一(16)班" },
    { NULL, "1203", XQ_STAGE_UNKNOWN, "grade:12", "class:12:3", "高三(3)班" },
    { NULL, "预初(2)班", XQ_STAGE_UNKNOWN, "grade:6", "class:6:2", "六年级(2)班" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    check (&spellings[i]);
}

static void
test_years_of_entry (void)
{
  static const Spelling spellings[] = {
    { NULL, "初2024级(3)班", XQ_STAGE_UNKNOWN, "grade:9", "class:9:3", "九年级(3)班" },
    { NULL, "高2024级3班", XQ_STAGE_UNKNOWN, "grade:12", "class:12:3", "高三(3)班" },
    { NULL, "2024级3班", XQ_STAGE_UNKNOWN, "cohort:2024", "class:2024:3", "2024级(3)班" },
    { NULL, "24级3班", XQ_STAGE_UNKNOWN, "cohort:2024", "class:2024:3", "2024级(3)班" },
    { NULL, "2403", XQ_STAGE_UNKNOWN, "cohort:2024", "class:2024:3", "2024级(3)班" },
    { NULL, "202403", XQ_STAGE_UNKNOWN, "cohort:2024", "class:2024:3", "2024级(3)班" },
    { NULL, "2024级3班", XQ_STAGE_MIDDLE, "grade:9", "class:9:3", "九年级(3)班" },
    { NULL, "2022级3班", XQ_STAGE_MIDDLE, "cohort:2022", "class:2022:3", "2022级(3)班" },
    { NULL, "2024级护理3班", XQ_STAGE_HIGH, "grade:12", "class:12:护理3班", "高三护理3班" },
    { NULL, "二〇二四级三班", XQ_STAGE_UNKNOWN, "cohort:2024", "class:2024:3", "2024级(3)班" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    check (&spellings[i]);
}

/* The school year turns in August. */
static void
test_school_year (void)
{
  g_auto (XqClassName) july = { 0 };
  g_auto (XqClassName) august = { 0 };

  xq_class_name_parse (NULL, "初2024级3班", XQ_STAGE_UNKNOWN, "2026-07-31", &july);
  xq_class_name_parse (NULL, "初2024级3班", XQ_STAGE_UNKNOWN, "2026-08-01", &august);
  g_assert_cmpint (july.grade, ==, 8);
  g_assert_cmpint (august.grade, ==, 9);
}

static void
test_words (void)
{
  static const Spelling spellings[] = {
    { NULL, "火箭班", XQ_STAGE_UNKNOWN, NULL, "class::火箭班", "火箭班" },
    { NULL, "高三(文科)1班", XQ_STAGE_UNKNOWN, "grade:12", "class:12:文科1班", "高三文科1班" },
    { NULL, "机电2401班", XQ_STAGE_UNKNOWN, NULL, "class::机电2401班", "机电2401班" },
    { NULL, "初四(1)班", XQ_STAGE_UNKNOWN, NULL, "class::初四1班", "初四1班" },
    { NULL, "99年级", XQ_STAGE_UNKNOWN, NULL, "class::99年级", "99年级" },
    { NULL, "()", XQ_STAGE_UNKNOWN, NULL, NULL, "" },
    { NULL, "七年级0班", XQ_STAGE_UNKNOWN, "grade:7", "class:7:0班", "七年级(0)班" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    check (&spellings[i]);
}

static void
test_known (void)
{
  static const char *const known[] = { "七年级", "高一(3)班", "1班", "701", "初二", "2024级", "七（1）班" };
  static const char *const unknown[] = { "", "在职员工", "Sheet1", "实验班", "花名册", "1", "2026年", "七年级花名册" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (xq_class_name_is_known (known[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_test_message ("%s", unknown[i]);
      g_assert_false (xq_class_name_is_known (unknown[i]));
    }
}

static void
test_school_names (void)
{
  g_assert_cmpint (xq_school_stage_guess ("江城市第三中学"), ==, XQ_STAGE_UNKNOWN);
  g_assert_cmpint (xq_school_stage_guess ("江城市实验小学"), ==, XQ_STAGE_PRIMARY);
  g_assert_cmpint (xq_school_stage_guess ("江城初级中学"), ==, XQ_STAGE_MIDDLE);
  g_assert_cmpint (xq_school_stage_guess ("江城高级中学"), ==, XQ_STAGE_HIGH);
  g_assert_cmpint (xq_school_stage_guess ("九年一贯制实验小学"), ==, XQ_STAGE_UNKNOWN);
  g_assert_cmpint (xq_school_stage_guess (NULL), ==, XQ_STAGE_UNKNOWN);
  g_assert_cmpint (xq_school_stage_of_grade (9), ==, XQ_STAGE_MIDDLE);
  g_assert_cmpint (xq_school_stage_of_grade (0), ==, XQ_STAGE_UNKNOWN);
}

static void
test_paths (void)
{
  g_auto (GStrv) path = xq_unit_path_split (" 计算机学院 > ２０２４级／软件工程 1班//");
  g_autofree char *key = xq_unit_key ("研发  中心 A");
  g_autofree char *same = xq_unit_key ("研发中心ａ");

  g_assert_cmpstrv (path, ((const char *[]) { "计算机学院", "2024级", "软件工程 1班", NULL }));
  g_assert_cmpstr (key, ==, "unit:研发中心a");
  g_assert_cmpstr (same, ==, key);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/people/class-name/one-class", test_one_class);
  g_test_add_func ("/people/class-name/two-columns", test_two_columns);
  g_test_add_func ("/people/class-name/stages", test_stages);
  g_test_add_func ("/people/class-name/years-of-entry", test_years_of_entry);
  g_test_add_func ("/people/class-name/school-year", test_school_year);
  g_test_add_func ("/people/class-name/words", test_words);
  g_test_add_func ("/people/class-name/known", test_known);
  g_test_add_func ("/people/class-name/school-names", test_school_names);
  g_test_add_func ("/people/class-name/paths", test_paths);
  return g_test_run ();
}
