#include "config.h"

#include "people-fixture.h"

#include "vault/store.h"

static gint64
ensure_class (XqUnitTree *tree, XqDatabase *database, const char *grade, const char *name)
{
  g_auto (XqClassName) parsed = { 0 };
  gint64 id = -1;

  xq_class_name_parse (grade, name, XQ_STAGE_UNKNOWN, "2026-09-01", &parsed);
  OK (xq_unit_tree_ensure_class (tree, database, SCHOOL, &parsed, &id, &error));
  return id;
}

static XqUnitTree *
load_tree (XqDatabase *database)
{
  g_autoptr (GError) error = NULL;
  XqUnitTree *tree = xq_unit_tree_load (database, &error);

  g_assert_no_error (error);
  return tree;
}

static void
test_classes (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqUnitTree) tree = load_tree (fixture->database);
  g_autoptr (XqUnitTree) again = NULL;
  g_auto (GStrv) path = NULL;
  g_auto (XqClassName) third = { 0 };
  gint64 class_1;

  {
    g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);

    class_1 = ensure_class (tree, fixture->database, "七年级", "1班");
    g_assert_cmpint (ensure_class (tree, fixture->database, NULL, "初一(1)班"), ==, class_1);
    g_assert_cmpint (ensure_class (tree, fixture->database, NULL, "701"), ==, class_1);
    g_assert_cmpint (ensure_class (tree, fixture->database, "七年级", "2班"), !=, class_1);
    g_assert_cmpint (ensure_class (tree, fixture->database, NULL, NULL), ==, 0);
    g_assert_cmpuint (xq_unit_tree_created (tree)->len, ==, 3);
    OK (xq_transaction_commit (g_steal_pointer (&transaction), &error));
  }
  again = load_tree (fixture->database);
  path = xq_unit_tree_path (again, SCHOOL, class_1);
  g_assert_cmpstrv (path, ((const char *[]) { "江城市第三中学", "七年级", "1班", NULL }));
  g_assert_cmpstr (xq_unit_tree_display (again, class_1), ==, "七年级(1)班");
  g_assert_cmpstr (xq_unit_tree_display (again, 0), ==, "");
  xq_class_name_parse (NULL, "七年级3班", XQ_STAGE_UNKNOWN, NULL, &third);
  g_assert_cmpint (xq_unit_tree_find_class (again, SCHOOL, &third), ==, 0);
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM unit"), ==, 3);
}

static void
test_departments (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqUnitTree) tree = load_tree (fixture->database);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);
  g_auto (GStrv) path = xq_unit_path_split ("生产一部 / 质检");
  g_auto (GStrv) same = xq_unit_path_split ("生产一部＞质 检");
  g_auto (GStrv) deeper = xq_unit_path_split ("生产一部/质检/夜班");
  gint64 team = 0, other = 0;

  OK (xq_unit_tree_ensure_path (tree, fixture->database, SCHOOL, (const char *const *) path, &team, &error));
  OK (xq_unit_tree_ensure_path (tree, fixture->database, SCHOOL, (const char *const *) same, &other, &error));
  g_assert_cmpint (team, ==, other);
  g_assert_cmpstr (xq_unit_tree_display (tree, team), ==, "生产一部 / 质检");
  g_assert_cmpint (xq_unit_tree_find_path (tree, SCHOOL, (const char *const *) deeper), ==, 0);
  g_assert_cmpuint (xq_unit_tree_created (tree)->len, ==, 2);
}

static void
test_tree (Fixture *fixture, gconstpointer unused)
{
  gint64 grade = add_unit (fixture->database, 0, XQ_UNIT_GRADE, "初一");
  gint64 eighth = add_unit (fixture->database, 0, XQ_UNIT_GRADE, "八年级");
  gint64 class_10 = add_unit (fixture->database, grade, XQ_UNIT_CLASS, "10班");
  gint64 class_2 = add_unit (fixture->database, grade, XQ_UNIT_CLASS, "七（2）班");
  g_autoptr (XqUnitTree) tree = load_tree (fixture->database);
  g_autoptr (GPtrArray) top = xq_unit_tree_children (tree, SCHOOL, 0);
  g_autoptr (GPtrArray) classes = xq_unit_tree_children (tree, SCHOOL, grade);
  g_autoptr (GArray) below = xq_unit_tree_descendants (tree, grade);
  g_autoptr (GArray) leaf = xq_unit_tree_descendants (tree, eighth);

  g_assert_cmpuint (top->len, ==, 2);
  g_assert_cmpint (((XqUnit *) top->pdata[0])->id, ==, grade);
  g_assert_cmpuint (classes->len, ==, 2);
  g_assert_cmpint (((XqUnit *) classes->pdata[0])->id, ==, class_2);
  g_assert_cmpint (((XqUnit *) classes->pdata[1])->id, ==, class_10);
  g_assert_cmpstr (((XqUnit *) classes->pdata[0])->key, ==, "class:7:2");
  g_assert_cmpstr (((XqUnit *) classes->pdata[0])->name, ==, "2班");
  g_assert_cmpuint (below->len, ==, 3);
  g_assert_cmpuint (leaf->len, ==, 1);
  g_assert_nonnull (xq_unit_tree_organisation (tree, SCHOOL));
  g_assert_null (xq_unit_tree_get (tree, 999));
}

static void
test_single_writes (Fixture *fixture, gconstpointer unused)
{
  gint64 grade = add_unit (fixture->database, 0, XQ_UNIT_GRADE, "七年级");
  gint64 used = add_unit (fixture->database, grade, XQ_UNIT_CLASS, "1班");
  gint64 empty = add_unit (fixture->database, grade, XQ_UNIT_CLASS, "2班");
  g_autoptr (XqUnit) twin = xq_unit_new ();
  g_autoptr (XqUnit) stored = NULL;
  g_autoptr (XqUnitTree) tree = NULL;
  g_autoptr (GError) taken = NULL;
  g_autoptr (GError) in_use = NULL;

  twin->organisation_id = SCHOOL;
  twin->parent_id = grade;
  twin->kind = XQ_UNIT_CLASS;
  twin->name = g_strdup ("初一(1)班");
  g_assert_false (xq_unit_create (fixture->database, twin, &taken));
  g_assert_error (taken, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);

  add_person (fixture->database, "张三", NULL, used);
  g_assert_false (xq_unit_delete (fixture->database, used, &in_use));
  g_assert_error (in_use, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  OK (xq_unit_delete (fixture->database, empty, &error));
  stored = xq_store_load (fixture->database, &XQ_UNIT, used, NULL);
  g_set_str (&stored->name, "实验班");
  OK (xq_unit_save (fixture->database, stored, &error));
  tree = load_tree (fixture->database);
  g_assert_cmpstr (xq_unit_tree_display (tree, used), ==, "七年级实验班");
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM unit"), ==, 2);
}

static void
test_remove_created (Fixture *fixture, gconstpointer unused)
{
  gint64 used = add_unit (fixture->database, 0, XQ_UNIT_CLASS, "1班");
  gint64 empty = add_unit (fixture->database, 0, XQ_UNIT_CLASS, "2班");
  g_autoptr (XqTransaction) transaction = NULL;

  add_person (fixture->database, "张三", NULL, used);
  transaction = xq_transaction_begin (fixture->database, NULL);
  OK (xq_unit_remove_created (fixture->database, used, &error));
  OK (xq_unit_remove_created (fixture->database, empty, &error));
  OK (xq_transaction_commit (g_steal_pointer (&transaction), &error));
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM unit"), ==, 1);
}

static void
test_organisations (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqOrganisation) first = xq_organisation_find (fixture->database, NULL, NULL);
  g_autoptr (XqOrganisation) named = xq_organisation_find (fixture->database, "江城市第三中学", NULL);
  g_autoptr (XqOrganisation) numbered = xq_organisation_find (fixture->database, "1", NULL);
  g_autoptr (GError) unknown = NULL;

  g_assert_cmpint (first->id, ==, SCHOOL);
  g_assert_cmpint (named->id, ==, SCHOOL);
  g_assert_cmpint (numbered->id, ==, SCHOOL);
  g_assert_null (xq_organisation_find (fixture->database, "江城二中", &unknown));
  g_assert_error (unknown, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (unknown->message, "江城市第三中学"));

  g_assert_cmpint (xq_organisation_stage (fixture->database, first), ==, XQ_STAGE_UNKNOWN);
  add_unit (fixture->database, 0, XQ_UNIT_GRADE, "七年级");
  g_assert_cmpint (xq_organisation_stage (fixture->database, first), ==, XQ_STAGE_MIDDLE);
  add_unit (fixture->database, 0, XQ_UNIT_GRADE, "高一");
  g_assert_cmpint (xq_organisation_stage (fixture->database, first), ==, XQ_STAGE_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("/people/unit/classes", test_classes);
  ADD_TEST ("/people/unit/departments", test_departments);
  ADD_TEST ("/people/unit/tree", test_tree);
  ADD_TEST ("/people/unit/single-writes", test_single_writes);
  ADD_TEST ("/people/unit/remove-created", test_remove_created);
  ADD_TEST ("/people/unit/organisations", test_organisations);
  return g_test_run ();
}
