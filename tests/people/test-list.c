#include "config.h"

#include "people-fixture.h"

#include "people/contact.h"
#include "people/tag.h"

typedef struct
{
  gint64 grade_7, grade_8, class_2, class_10, other_class;
} Units;

static void
name_and_join (XqDatabase *database, const GArray *ids, GString *names)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (XqPerson) person = xq_person_load (database, g_array_index (ids, gint64, i), NULL);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", person->name);
    }
}

static void
assert_list (XqDatabase *database, XqPersonFilter filter, XqPersonOrder order, guint limit, const char *expected)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  gint64 count = -1;

  OK ((ids = xq_person_list_ids (database, &filter, order, limit, NULL, &error)) != NULL);
  name_and_join (database, ids, names);
  g_assert_cmpstr (names->str, ==, expected);
  OK (xq_person_list_count (database, &filter, &count, &error));
  if (limit == 0)
    g_assert_cmpint (count, ==, ids->len);
}

/* 安宁 (8th), 单雄信 (7/10), 李明 (7/2, level 2), 王芳 (none, level 1), 张三 (7/2), 周天 (left); 丁一 is a teacher. */
static void
add_some (XqDatabase *database, Units *units)
{
  g_autoptr (XqPerson) teacher = new_person ("丁一", "T1", 0);
  gint64 id;

  units->grade_7 = add_unit (database, 0, XQ_UNIT_GRADE, "七年级");
  units->grade_8 = add_unit (database, 0, XQ_UNIT_GRADE, "八年级");
  units->class_10 = add_unit (database, units->grade_7, XQ_UNIT_CLASS, "10班");
  units->class_2 = add_unit (database, units->grade_7, XQ_UNIT_CLASS, "2班");
  units->other_class = add_unit (database, units->grade_8, XQ_UNIT_CLASS, "1班");
  id = add_person (database, "张三", "3", units->class_2);
  OK (xq_tag_add (database, id, "boarding", NULL, NULL, &error));
  id = add_person (database, "李明", "1", units->class_2);
  OK (xq_person_set_level (database, id, 2, &error));
  OK (xq_tag_add (database, id, "left_behind", NULL, NULL, &error));
  add_person (database, "单雄信", "5", units->class_10);
  id = add_person (database, "安宁", "4", units->other_class);
  OK (xq_tag_add (database, id, "boarding", NULL, NULL, &error));
  id = add_person (database, "王芳", NULL, 0);
  OK (xq_person_set_level (database, id, 1, &error));
  id = add_person (database, "周天", "2", units->class_2);
  OK (xq_person_set_state (database, id, XQ_PERSON_GRADUATED, NULL, NULL, &error));
  teacher->kind = XQ_PERSON_TEACHER;
  teacher->birth_date = g_strdup ("1980-01-01");
  OK (xq_person_create (database, teacher, NULL, &error));
}

static void
test_filters (Fixture *fixture, gconstpointer unused)
{
  Units units;
  XqPersonFilter filter = XQ_PERSON_FILTER_INIT;
  XqPersonFilter all = XQ_PERSON_FILTER_INIT;

  add_some (fixture->database, &units);
  all.state = XQ_ANY;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "安宁 丁一 李明 单雄信 王芳 张三");
  assert_list (fixture->database, all, XQ_PERSON_ORDER_NAME, 0, "安宁 丁一 李明 单雄信 王芳 张三 周天");
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 2, "安宁 丁一");
  filter.state = XQ_PERSON_GRADUATED;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "周天");
  filter = (XqPersonFilter) XQ_PERSON_FILTER_INIT;
  filter.kind = XQ_PERSON_TEACHER;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "丁一");
  filter = (XqPersonFilter) XQ_PERSON_FILTER_INIT;
  filter.unit_id = units.grade_7;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "李明 单雄信 张三");
  filter.level = 2;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "李明");
  filter = (XqPersonFilter) XQ_PERSON_FILTER_INIT;
  filter.level = XQ_LEVEL_ANY;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "李明 王芳");
  filter.level = 3;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "");
  filter = (XqPersonFilter) XQ_PERSON_FILTER_INIT;
  filter.tag = "boarding";
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "安宁 张三");
  filter.unit_id = units.class_2;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "张三");
  filter = (XqPersonFilter) XQ_PERSON_FILTER_INIT;
  filter.text = "zhang";
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "张三");
  filter.tag = "left_behind";
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "");
  filter.tag = NULL;
  filter.text = "";
  filter.organisation_id = SCHOOL;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "安宁 丁一 李明 单雄信 王芳 张三");
  filter.organisation_id = 99;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NAME, 0, "");
}

static void
test_orders (Fixture *fixture, gconstpointer unused)
{
  Units units;
  XqPersonFilter filter = XQ_PERSON_FILTER_INIT;
  XqPersonFilter tagged = XQ_PERSON_FILTER_INIT;

  add_some (fixture->database, &units);
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_UNIT, 0, "李明 张三 单雄信 安宁 丁一 王芳");
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_UNIT, 3, "李明 张三 单雄信");
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_UNIT, 5, "李明 张三 单雄信 安宁 丁一");
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_CODE, 0, "李明 张三 安宁 单雄信 丁一 王芳");
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_LEVEL, 0, "王芳 李明 安宁 丁一 单雄信 张三");
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_LEVEL, 3, "王芳 李明 安宁");
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_BIRTH_DATE, 1, "丁一");
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_NEWEST, 2, "丁一 王芳");
  filter.unit_id = units.grade_7;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_UNIT, 0, "李明 张三 单雄信");
  filter.level = XQ_LEVEL_ANY;
  assert_list (fixture->database, filter, XQ_PERSON_ORDER_LEVEL, 0, "李明");
  tagged.tag = "boarding";
  assert_list (fixture->database, tagged, XQ_PERSON_ORDER_UNIT, 0, "张三 安宁");
  assert_list (fixture->database, tagged, XQ_PERSON_ORDER_UNIT, 1, "张三");
}

static void
test_cancel (Fixture *fixture, gconstpointer unused)
{
  XqPersonFilter filter = XQ_PERSON_FILTER_INIT;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (xq_person_list_ids (fixture->database, &filter, XQ_PERSON_ORDER_NAME, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The lists that are asked for all the time are answered by an index alone. */
static void
test_plans (Fixture *fixture, gconstpointer unused)
{
  static const char *const queries[] = {
    "SELECT p.id FROM person AS p WHERE 1 AND p.state IN ('active', 'suspended') ORDER BY p.sort_key, p.id",
    "SELECT p.id FROM person AS p WHERE 1 AND p.organisation_id = 1 AND p.state IN ('active', 'suspended')"
    " ORDER BY p.sort_key, p.id",
    "SELECT p.id FROM person AS p WHERE 1 AND p.state IN ('active', 'suspended') AND p.level IS NULL"
    " ORDER BY p.sort_key, p.id",
    "SELECT p.id FROM person AS p WHERE 1 AND p.unit_id = 7 AND p.state IN ('active', 'suspended')"
    " ORDER BY p.sort_key, p.id",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", queries[i], NULL);
      g_autoptr (XqStatement) statement = xq_database_query (fixture->database, NULL, sql, XQ_END);

      g_assert_cmpint (xq_statement_step (statement, NULL), ==, XQ_STEP_ROW);
      g_test_message ("%s", xq_statement_text (statement, 3));
      g_assert_nonnull (strstr (xq_statement_text (statement, 3), "COVERING INDEX"));
      g_assert_cmpint (xq_statement_step (statement, NULL), ==, XQ_STEP_DONE);
    }
}

static char *
to_text (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
}

static void
test_json (Fixture *fixture, gconstpointer unused)
{
  Units units;
  XqPersonFilter filter = XQ_PERSON_FILTER_INIT;
  g_autoptr (JsonNode) list = NULL;
  g_autofree char *text = NULL;

  add_some (fixture->database, &units);
  filter.level = XQ_LEVEL_ANY;
  list = xq_person_list_json (fixture->database, &filter, XQ_PERSON_ORDER_NAME, 0, NULL);
  text = to_text (list);
  g_assert_cmpstr (text, ==,
                   "[{\"id\":2,\"code\":\"1\",\"name\":\"李明\",\"pinyin\":\"li ming\",\"sex\":\"unknown\",\"birth_date\":null,"
                   "\"kind\":\"student\",\"unit\":[\"江城市第三中学\",\"七年级\",\"2班\"],\"tags\":[\"left_behind\"],\"level\":2,"
                   "\"state\":\"active\"},"
                   "{\"id\":5,\"code\":null,\"name\":\"王芳\",\"pinyin\":\"wang fang\",\"sex\":\"unknown\",\"birth_date\":null,"
                   "\"kind\":\"student\",\"unit\":[\"江城市第三中学\"],\"tags\":[],\"level\":1,\"state\":\"active\"}]");
}

static void
test_rows (Fixture *fixture, gconstpointer unused)
{
  Units units;
  gint64 ids[] = { 3, 999, 1 };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) gone = NULL;
  const XqPersonRow *row;

  add_some (fixture->database, &units);
  rows = xq_person_list_rows (fixture->database, ids, G_N_ELEMENTS (ids), NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  row = rows->pdata[0];
  g_assert_cmpstr (row->name, ==, "单雄信");
  g_assert_cmpstr (row->unit, ==, "七年级(10)班");
  g_assert_null (rows->pdata[1]);
  row = rows->pdata[2];
  g_assert_cmpstrv (row->tags, ((const char *[]) { "boarding", NULL }));
  g_assert_null (xq_person_row_load (fixture->database, 999, &gone));
  g_assert_error (gone, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND);
}

static void
test_show (Fixture *fixture, gconstpointer unused)
{
  Units units;
  g_autoptr (XqContact) contact = xq_contact_new ();
  g_autoptr (JsonObject) shown = NULL;
  g_autoptr (JsonObject) reference = NULL;
  JsonObject *entry;

  add_some (fixture->database, &units);
  contact->person_id = 1;
  contact->name = g_strdup ("张大");
  contact->relation = XQ_RELATION_FATHER;
  OK (xq_contact_create (fixture->database, contact, &error));
  shown = xq_person_show_json (fixture->database, 1, NULL);
  g_assert_cmpstr (json_object_get_string_member (shown, "name"), ==, "张三");
  entry = json_object_get_object_member (shown, "organisation");
  g_assert_cmpstr (json_object_get_string_member (entry, "name"), ==, "江城市第三中学");
  entry = json_array_get_object_element (json_object_get_array_member (shown, "contacts"), 0);
  g_assert_cmpstr (json_object_get_string_member (entry, "relation"), ==, "father");
  g_assert_false (json_object_has_member (entry, "person_id"));
  entry = json_array_get_object_element (json_object_get_array_member (shown, "memberships"), 0);
  g_assert_cmpstr (json_object_get_string_member (entry, "from"), ==, "2026-09-01");
  g_assert_true (json_object_get_null_member (entry, "to"));
  entry = json_array_get_object_element (json_object_get_array_member (shown, "tag_details"), 0);
  g_assert_cmpstr (json_object_get_string_member (entry, "since"), ==, "2026-11-23");
  reference = xq_person_reference_json (fixture->database, 1, NULL);
  g_assert_cmpuint (json_object_get_size (reference), ==, 3);
}

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("/people/list/filters", test_filters);
  ADD_TEST ("/people/list/orders", test_orders);
  ADD_TEST ("/people/list/cancel", test_cancel);
  ADD_TEST ("/people/list/plans", test_plans);
  ADD_TEST ("/people/list/json", test_json);
  ADD_TEST ("/people/list/rows", test_rows);
  ADD_TEST ("/people/list/show", test_show);
  return g_test_run ();
}
