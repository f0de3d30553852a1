/* What the tests of the answers import share: four pupils in two classes, the heads that a questionnaire site
 * writes, what was stored. */
#pragma once

#include "assess-test.h"

#define SITE_HEAD "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、您的姓名,2、您的学号"
#define PHQ9_HEAD ",提不起劲,心情低落,入睡困难,疲倦,食欲不振,觉得自己很糟,专注有困难,速度缓慢,不如死掉"

static inline void
answers_set_up (Fixture *fixture, gconstpointer unused)
{
  fixture_set_up (fixture, unused);
  add_person (fixture->database, "S001", "张伟", add_class (fixture->database, "1班"));
  add_person (fixture->database, "S002", "李娜", add_class (fixture->database, "1班"));
  add_person (fixture->database, "S003", "王芳", add_class (fixture->database, "1班"));
  add_person (fixture->database, "S004", "王芳", add_class (fixture->database, "2班"));
}

static inline const XqAnswersColumns *
columns_of (const XqAnswers *answers, guint index)
{
  return xq_answers_columns (answers)->pdata[index];
}

static inline const char *
why_of (const XqAnswers *answers, guint index)
{
  return ((const XqUnmatched *) xq_answers_unmatched (answers)->pdata[index])->why;
}

static inline char *
stored_answers (Fixture *fixture, const char *code)
{
  return xq_database_get_text (fixture->database, NULL,
                               "SELECT group_concat (answers, ' ') FROM assessment a JOIN person p ON p.id = a.person_id"
                               " WHERE p.code = :code",
                               XQ_TEXT (":code", code), XQ_END);
}

static inline void
assert_stored (Fixture *fixture, const char *code, const char *expected)
{
  g_autofree char *stored = stored_answers (fixture, code);

  g_assert_cmpstr (stored, ==, expected);
}

static inline void
import_text (Fixture *fixture, const char *text, const XqAnswersOptions *options)
{
  g_autofree char *path = write_file (fixture, "答卷.csv", text);
  g_autoptr (XqAnswers) answers = read_answers (fixture, path, options);
  g_autoptr (XqAnswersResult) result = apply_answers (fixture, answers, NULL);

  g_assert_cmpuint (xq_answers_unmatched (answers)->len, ==, 0);
}

typedef struct
{
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer unused);
} AnswersTest;

static inline int
run_answers_tests (int argc, char **argv, const AnswersTest *tests, gsize n_tests)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < n_tests; i++)
    {
      g_autofree char *name = g_strconcat ("/assess/answers/", tests[i].name, NULL);

      g_test_add (name, Fixture, NULL, answers_set_up, tests[i].test, fixture_tear_down);
    }
  return g_test_run ();
}
