/* Rosters in, as schools and companies send them: what their tables say. */
#include "config.h"

#include "roster-test.h"

typedef struct
{
  const char *name;
  guint people;
  guint sheets;
  const char *profile;
} Sample;

static const Sample samples[] = {
  { "roster-school.xlsx", 1008, 3, "school" },
  { "roster-employees.xlsx", 1500, 1, "enterprise" },
  { "roster-gb18030.csv", 800, 1, "school" },
  { "roster-utf8-bom.csv", 800, 1, "college" },
};

static void
set_profile (Fixture *fixture, const char *profile)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);

  xq_database_execute (fixture->database, NULL, "UPDATE organisation SET profile = :profile",
                       XQ_TEXT (":profile", profile), XQ_END);
  g_assert_true (xq_transaction_commit (g_steal_pointer (&transaction), NULL));
}

static gint64
people_in_facts (const char *name)
{
  g_autofree char *path = sample ("samples/facts.json");
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  return json_object_get_int_member (
      json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), name), "people");
}

/* Read, applied, read again: everybody is there once, and nothing is left to do. */
static void
test_sample (Fixture *fixture, gconstpointer data)
{
  const Sample *expected = data;
  g_autofree char *name = g_build_filename ("samples", expected->name, NULL);
  g_autofree char *path = sample (name);
  g_autoptr (XqRoster) again = NULL;

  g_assert_cmpint (people_in_facts (expected->name), ==, expected->people);
  set_profile (fixture, expected->profile);
  {
    g_autoptr (XqRoster) roster = read_path (fixture, path, NULL);
    g_autoptr (JsonObject) json = xq_roster_to_json (roster);

    for (guint i = 0; i < xq_roster_row_count (roster); i++)
      {
        XqRosterRow row;

        xq_roster_row (roster, i, &row);
        if (row.why != NULL)
          g_test_message ("%s %d: %s = %s: %s", row.sheet, (int) row.row, row.column, row.value, row.why);
      }
    assert_counts (roster, expected->people, 0, 0, 0);
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "sheets")), ==, expected->sheets);
    g_assert_cmpint (json_object_get_int_member (json, "read"), ==, expected->people);
    g_assert_cmpint (apply (fixture, roster, NULL), >, 0);
  }
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person"), ==, expected->people);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person WHERE unit_id IS NULL"), ==, 0);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM membership WHERE to_date IS NULL"), ==,
                   expected->people);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM contact"), ==, expected->people);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM contact WHERE phone IS NULL"), ==, 0);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person WHERE birth_date IS NULL"), ==, 0);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM audit WHERE action = 'roster_import'"), ==, 1);
  again = read_path (fixture, path, NULL);
  assert_counts (again, 0, 0, expected->people, 0);
  g_assert_cmpuint (xq_roster_gone (again)->len, ==, 0);
  g_assert_cmpint (apply (fixture, again, NULL), ==, 0);
  g_assert_true (xq_audit_verify (fixture->database, NULL, NULL));
}

static void
test_school (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = sample ("samples/roster-school.xlsx");

  import_path (fixture, path);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM unit WHERE kind = 'grade'"), ==, 3);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM unit WHERE kind = 'class'"), ==, 24);
  assert_text (fixture->database,
               "SELECT p.name || p.sex || p.birth_date || p.national_id || g.name || u.name || c.name || c.relation"
               " || c.phone FROM person p JOIN unit u ON u.id = p.unit_id JOIN unit g ON g.id = u.parent_id"
               " JOIN contact c ON c.person_id = p.id WHERE p.code = 'G21010220140224877X'",
               "罗可翰male2014-02-2421010220140224877X七年级1班任勇relative15414216710");
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person_tag WHERE tag = 'left_behind'"), ==, 49);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person_tag WHERE tag = 'boarding'"), ==, 500);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person_tag WHERE tag = 'single_parent'"), ==, 44);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person_tag WHERE tag = 'migrant'"), ==, 52);
}

static void
test_employees (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = sample ("samples/roster-employees.xlsx");

  set_profile (fixture, "enterprise");
  import_path (fixture, path);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person WHERE kind = 'employee'"), ==, 1500);
  assert_text (fixture->database,
               "SELECT p.name || p.post || p.phone || p.birth_date || d.name || u.name || c.name || c.phone"
               " FROM person p JOIN unit u ON u.id = p.unit_id JOIN unit d ON d.id = u.parent_id"
               " JOIN contact c ON c.person_id = p.id WHERE p.code = 'E00002'",
               "秦林丽安全员131791629691993-01-05安全环保部应急班史语丽13086145731");
}

/* One of each thing that a row can be rejected for, and in what words. */
static void
test_rejected (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    gint64 row;
    const char *column;
    const char *value;
    const char *words;
  } rejected[] = {
    { 2, "姓名", "", "missing" },
    { 3, "出生日期", "5/3/2012", "5/3/2012" },
    { 4, "身份证号", "440103201405134891", "" },
    { 5, "出生日期", "2014-05-14", "2014-05-13" },
    { 6, "性别", "女", "male" },
    { 7, "性别", "雌", "男" },
    { 9, "学号", "008", "row 8" },
    { 10, "学号", "009", "row 11" },
    { 11, "学号", "009", "row 10" },
    { 12, "身份证号", "44010320140513489X", "row 13" },
    { 13, "身份证号", "44010320140513489X", "row 12" },
  };
  g_autoptr (XqRoster) roster = read_table (fixture, "学号,姓名,性别,出生日期,身份证号,班级\n"
                                                     "001,,男,2014-05-13,,七1\n"
                                                     "002,张三,男,5/3/2012,,七1\n"
                                                     "003,李四,男,,440103201405134891,七1\n"
                                                     "004,王五,男,2014-05-14,440103201405134873,七1\n"
                                                     "005,赵六,女,,440103201405134857,七1\n"
                                                     "007,钱七,雌,,,七1\n"
                                                     "008,孙八,男,,,七1\n"
                                                     "008,孙八,男,,,七1\n"
                                                     "009,周九,男,,,七1\n"
                                                     "009,吴十,男,,,七1\n"
                                                     "010,郑一,男,2014-05,44010320140513489X,七1\n"
                                                     "011,王二,男,,44010320140513489x,七1\n"
                                                     "合计:11人,,,,,\n");
  g_autoptr (JsonObject) json = xq_roster_to_json (roster);
  JsonArray *array = json_object_get_array_member (json, "rejected");

  g_assert_cmpuint (json_array_get_length (array), ==, G_N_ELEMENTS (rejected));
  for (guint i = 0; i < G_N_ELEMENTS (rejected); i++)
    {
      JsonObject *row = json_array_get_object_element (array, i);

      g_assert_cmpstr (json_object_get_string_member (row, "sheet"), ==, "名册");
      g_assert_cmpint (json_object_get_int_member (row, "row"), ==, rejected[i].row);
      g_assert_cmpstr (json_object_get_string_member (row, "column"), ==, rejected[i].column);
      g_assert_cmpstr (json_object_get_string_member (row, "value"), ==, rejected[i].value);
      g_assert_nonnull (strstr (json_object_get_string_member (row, "why"), rejected[i].words));
    }
  assert_counts (roster, 1, 0, 0, G_N_ELEMENTS (rejected));
  apply (fixture, roster, NULL);
  assert_text (fixture->database, "SELECT group_concat (name) FROM (SELECT name FROM person ORDER BY code)",
               "孙八");
}

/* What teachers write below the last pupil: sums, signatures, remarks. */
static void
test_below_the_table (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = read_table (fixture, "序号,学号,姓名,性别,班级,转入\n"
                                                     "1,001,张三,男,七1,\n"
                                                     "2,002,计数,女,七1,\n"
                                                     ",,小计,,2人,\n"
                                                     ",,本班合计,,,2\n"
                                                     ",合计,2人,男1,,\n"
                                                     "总 计,2人,,男1,女1,\n"
                                                     ",,合 计：,1,,\n"
                                                     ",,（以下空白）,,,\n"
                                                     ",,制表人：王老师,,2026.9.1,\n");

  assert_counts (roster, 2, 0, 0, 0);
  apply (fixture, roster, NULL);
  assert_text (fixture->database, "SELECT group_concat (name) FROM (SELECT name FROM person ORDER BY code)", "张三,计数");
  assert_text (fixture->database, "SELECT group_concat (name) FROM (SELECT name FROM unit WHERE kind = 'class')", "1班");
}

/* To save paper, a class is printed in two blocks beside each other: nobody may be passed by without a word. */
static void
test_side_by_side (Fixture *fixture, gconstpointer unused)
{
  static const char *const tables[] = {
    "学号,姓名,性别,,学号,姓名,性别\n1,张三,男,,3,王五,女\n2,李四,男,,4,赵六,女\n",
    "七年级1班学生名单,,,,,,\n学号,姓名,性别,,学号,姓名,性别\n1,张三,男,,3,王五,女\n",
    "姓名,班级,姓名,班级\n张三,七1,王五,七2\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = write_table (fixture, tables[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (xq_roster_read (fixture->database, path, NULL, NULL, &error));
      g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, "side by side"));
    }
  {
    /* A guardian's name and number are no second block. */
    g_autoptr (XqRoster) roster
        = read_table (fixture, "学生,,监护人,\n学号,姓名,姓名,电话\n1,张三,张父,13800000001\n");

    assert_counts (roster, 1, 0, 0, 0);
  }
}

static void
test_rounded_number (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = sample ("sheet/rounded-numbers.xlsx");
  g_autoptr (XqRoster) roster = read_path (fixture, path, NULL);
  XqRosterRow row;

  assert_counts (roster, 1, 0, 0, 2);
  xq_roster_row (roster, 0, &row);
  g_assert_cmpstr (row.column, ==, "身份证号");
  g_assert_nonnull (strstr (row.why, "last digits"));
  xq_roster_row (roster, 1, &row);
  g_assert_cmpstr (row.column, ==, "姓名");
  g_assert_cmpstr (row.value, ==, "#N/A");
}

static void
test_merged_and_two_headers (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = sample ("sheet/merged-openpyxl.xlsx");

  import_path (fixture, path);
  assert_text (fixture->database,
               "SELECT group_concat (g.name || u.name || p.code) FROM (SELECT * FROM person ORDER BY code) p"
               " JOIN unit u ON u.id = p.unit_id JOIN unit g ON g.id = u.parent_id",
               "七年级1班G10,七年级1班G11,七年级1班G12,七年级2班G20,七年级2班G21,七年级2班G22");
  assert_text (fixture->database, "SELECT name || relation || phone FROM contact WHERE person_id = 1",
               "家长5mother13800000005");
}

static void
test_sheet_named_as_class (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = sample ("sheet/class-sheets.xlsx");
  g_autoptr (XqRoster) roster = read_path (fixture, path, NULL);
  const XqRosterSheet *sheets = (const XqRosterSheet *) (void *) xq_roster_sheets (roster)->data;

  /* Two classes, a page of notes, and a hidden sheet of last year's. */
  g_assert_cmpuint (xq_roster_sheets (roster)->len, ==, 4);
  g_assert_cmpuint (sheets[0].rows, ==, 2);
  g_assert_cmpuint (sheets[1].rows, ==, 1);
  g_assert_cmpuint (sheets[2].rows, ==, 0);
  g_assert_true (sheets[3].hidden);
  g_assert_cmpuint (sheets[3].rows, ==, 0);
  g_assert_cmpstr (sheets[0].fields[1], ==, "name");
  assert_counts (roster, 3, 0, 0, 0);
  apply (fixture, roster, NULL);
  assert_text (fixture->database,
               "SELECT group_concat (key) FROM (SELECT key FROM unit WHERE kind = 'class' ORDER BY key)",
               "class:7:1,class:7:2");
}

static void
test_title_says_class (Fixture *fixture, gconstpointer unused)
{
  static const char *const titles[] = { "江城市第三中学七年级（1）班学生名单", "2026学年第一学期 701班 花名册", "初一1班名册" };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *table = g_strdup_printf ("%s,\n学号,姓名\n%d,张三\n", titles[i], (int) i + 1);

      import_table (fixture, table);
    }
  assert_text (fixture->database,
               "SELECT group_concat (u.key || u.name) FROM person p JOIN unit u ON u.id = p.unit_id",
               "class:7:11班,class:7:11班,class:7:11班");
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM unit"), ==, 2);
}

static void
test_file_name_says_grade (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "八年级.csv", NULL);

  g_assert_true (g_file_set_contents (path, "学号,姓名,班级\n1,张三,2\n", -1, NULL));
  import_path (fixture, path);
  assert_text (fixture->database, "SELECT u.key FROM person p JOIN unit u ON u.id = p.unit_id", "class:8:2");
  g_assert_true (g_file_set_contents (path, "学号,姓名\n2,李四\n", -1, NULL));
  import_path (fixture, path);
  assert_text (fixture->database, "SELECT u.key FROM person p JOIN unit u ON u.id = p.unit_id WHERE code = '2'", "grade:8");
}

static void
test_scientific (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = read_table (fixture, "学号,姓名,身份证号,班级\n2.026E+11,张三,,七1\n1E5,李四,4.40103E+17,七1\n");
  XqRosterRow row;

  assert_counts (roster, 0, 0, 0, 2);
  xq_roster_row (roster, 0, &row);
  g_assert_cmpstr (row.column, ==, "学号");
  xq_roster_row (roster, 1, &row);
  g_assert_cmpstr (row.column, ==, "身份证号");
}

static void
test_one_sheet (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = sample ("sheet/class-sheets.xlsx");
  XqRosterOptions options = { .sheet = "旧名单" };
  g_autoptr (XqRoster) roster = read_path (fixture, path, &options);
  g_autoptr (GError) error = NULL;

  assert_counts (roster, 1, 0, 0, 0);
  options.sheet = "七年级3班";
  g_assert_null (xq_roster_read (fixture->database, path, &options, NULL, &error));
  g_assert_error (error, XQ_SHEET_ERROR, XQ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  options.sheet = "说明";
  g_assert_null (xq_roster_read (fixture->database, path, &options, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "class-sheets.xlsx"));
}

static void
test_overrides (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = write_table (fixture, "编码甲,名,班级\n1,张三,七1\n");
  g_autoptr (GHashTable) overrides = g_hash_table_new (g_str_hash, g_str_equal);
  XqRosterOptions options = { .overrides = overrides };
  g_autoptr (XqRoster) roster = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_roster_read (fixture->database, path, NULL, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  g_hash_table_insert (overrides, (char *) "code", (char *) "编码甲");
  g_hash_table_insert (overrides, (char *) "name", (char *) "名");
  roster = read_path (fixture, path, &options);
  apply (fixture, roster, NULL);
  assert_text (fixture->database, "SELECT code || name FROM person", "1张三");
}

static void
test_json (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = read_table (fixture, "学号,姓名,班级\n1,张三,七1\n2,,七1\n");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, xq_roster_to_json (roster));
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"file\":\"名册.csv\",\"sheets\":[\"名册\"],\"read\":2,\"added\":1,\"changed\":0,\"unchanged\":0,"
                   "\"gone\":0,\"rejected\":[{\"sheet\":\"名册\",\"row\":3,\"column\":\"姓名\",\"value\":\"\","
                   "\"why\":\"The name is missing.\"}]}");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/roster/sample/", samples[i].name, NULL);

      g_test_add (path, Fixture, &samples[i], fixture_set_up, test_sample, fixture_tear_down);
    }
  add ("/roster/school", test_school);
  add ("/roster/employees", test_employees);
  add ("/roster/rejected", test_rejected);
  add ("/roster/below-the-table", test_below_the_table);
  add ("/roster/side-by-side", test_side_by_side);
  add ("/roster/rounded-number", test_rounded_number);
  add ("/roster/merged-and-two-headers", test_merged_and_two_headers);
  add ("/roster/sheet-named-as-class", test_sheet_named_as_class);
  add ("/roster/title-says-class", test_title_says_class);
  add ("/roster/file-name-says-grade", test_file_name_says_grade);
  add ("/roster/scientific", test_scientific);
  add ("/roster/one-sheet", test_one_sheet);
  add ("/roster/overrides", test_overrides);
  add ("/roster/json", test_json);
  return g_test_run ();
}
