#include "config.h"

#include "sheet/header.h"

#include <string.h>

#include "sheet-test.h"

static const XqHeaderField table[] = {
  { "code", "Number", "学籍号|学号|学生编号|工号" },
  { "name", "Name", "姓名|名字" },
  { "birth_date", "Birth date", "出生日期|出生年月|生日" },
  { "class", "Class", "班级|班" },
  { "contact", "Guardian", "监护人|监护人姓名|家长姓名" },
  { "relation", "Relation", "关系|监护人关系" },
  { "contact_phone", "Guardian's phone", "监护人电话|监护人联系电话|家长电话|联系电话|电话" },
  { "remark", "Remark", "备注" },
  { NULL, NULL, NULL },
};

static XqHeader *
find (XqSheetFile *file, guint sheet, GHashTable *overrides)
{
  g_autoptr (GError) error = NULL;
  XqHeader *header = xq_header_find (file, sheet, table, overrides, &error);

  g_assert_no_error (error);
  return header;
}

static XqSheetFile *
open_text (const char *text)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "xinqiao-header.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return xq_sheet_open (path, NULL, NULL, NULL);
}

static void
test_normalise (void)
{
  static const struct
  {
    const char *title;
    const char *word;
  } titles[] = {
    { "姓 名", "姓名" },
    { "姓　名：", "姓名" },
    { "*姓名", "姓名" },
    { "联系\r\n电话", "联系电话" },
    { "出生日期（年月日）", "出生日期(年月日)" },
    { "ＱＱ号", "qq号" },
    { "2、您的学籍号", "学籍号" },
    { "Q12.请输入您的姓名:", "姓名" },
    { "第1题", "第1题" },
    { "2026级", "2026级" },
    { "3.14", "14" },
    { "您", "您" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *word = xq_header_normalise (titles[i].title);

      g_assert_cmpstr (word, ==, titles[i].word);
    }
}

static void
test_below_title_and_note (void)
{
  g_autoptr (XqSheetFile) file = open_fixture ("samples/roster-school.xlsx");

  for (guint sheet = 0; sheet < 3; sheet++)
    {
      g_autoptr (XqHeader) header = find (file, sheet, NULL);

      g_assert_cmpint (header->row, ==, 3);
      g_assert_cmpint (xq_header_column (header, "code"), ==, 1);
      g_assert_cmpint (xq_header_column (header, "name"), ==, 2);
      g_assert_cmpint (xq_header_column (header, "birth_date"), ==, 5);
      g_assert_cmpint (xq_header_column (header, "contact_phone"), ==, 12);
      g_assert_cmpuint (xq_header_hits (header), ==, 8);
      g_assert_cmpuint (header->above->len, ==, 2);
      g_assert_cmpstr (g_ptr_array_index (header->unmapped, 0), ==, "序号");
    }
}

static void
test_two_rows (void)
{
  g_autoptr (XqSheetFile) file = open_fixture ("sheet/merged-openpyxl.xlsx");
  g_autoptr (XqHeader) header = find (file, 0, NULL);

  g_assert_cmpint (header->row, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (header->titles, 3), ==, "监护人姓名");
  g_assert_cmpint (xq_header_column (header, "name"), ==, 2);
  g_assert_cmpint (xq_header_column (header, "contact"), ==, 3);
  g_assert_cmpint (xq_header_column (header, "relation"), ==, 4);
  g_assert_cmpint (xq_header_column (header, "contact_phone"), ==, 5);
  g_assert_cmpint (xq_header_column (header, "remark"), ==, 6);
}

/* The words of the lower row are whole, and come again under the second group. */
static void
test_group_row_above (void)
{
  g_autoptr (XqSheetFile) file
      = open_text ("学生信息,,,家长信息,\n学号,姓名,生日,姓名,电话\n001,张三,2014-3-5,张大,13800000000\n");
  g_autoptr (XqHeader) header = find (file, 0, NULL);

  g_assert_cmpint (header->row, ==, 2);
  g_assert_cmpint (xq_header_column (header, "name"), ==, 1);
  g_assert_cmpint (xq_header_column (header, "contact"), ==, 3);
}

static void
test_words (void)
{
  g_autoptr (XqSheetFile) file = open_text (
      "学号,学籍号(必填),学生姓名,姓名拼音,出生年月（如2014-03）\n1,G1,张三,zhangsan,2014-03\n");
  g_autoptr (XqHeader) header = find (file, 0, NULL);

  /* 学籍号 stands first among the words of its field. */
  g_assert_cmpint (xq_header_column (header, "code"), ==, 0);
  g_assert_cmpuint (header->duplicates->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (header->duplicates, 0), ==, "学籍号(必填)");
  g_assert_cmpint (xq_header_column (header, "name"), ==, 2);
  g_assert_cmpint (xq_header_column (header, "birth_date"), ==, 4);
  g_assert_cmpuint (header->unmapped->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (header->unmapped, 0), ==, "姓名拼音");
  g_assert_cmpint (xq_header_column (header, "remark"), ==, -1);
}

static void
test_no_header (void)
{
  g_autoptr (XqSheetFile) file = open_text ("填表说明,\n1,请填写姓名\n2,学号不能为空\n姓名,张三\n");
  g_autoptr (XqHeader) header = find (file, 0, NULL);

  g_assert_cmpint (header->row, ==, 0);
  g_assert_cmpint (xq_header_column (header, "name"), ==, -1);
}

static void
test_data_is_no_second_header (void)
{
  g_autoptr (XqSheetFile) file = open_text ("学号,姓名,备注\n001,张三,\n002,李四,\n");
  g_autoptr (XqHeader) header = find (file, 0, NULL);

  g_assert_cmpint (header->row, ==, 1);
}

/* Under a header that spans columns, the first person could pass for a second header row. */
static void
test_spanning_header_over_data (void)
{
  g_autoptr (XqSheetFile) file = open_text ("姓名,,学号\n张,三,\n李,四,002\n");
  g_autoptr (XqHeader) header = find (file, 0, NULL);

  g_assert_cmpint (header->row, ==, 1);
  g_assert_cmpint (xq_header_column (header, "name"), ==, 0);
}

static void
test_overrides (void)
{
  g_autoptr (XqSheetFile) file = open_text ("编码,姓名,昵称,电话,备注\n001,张三,小三,138,\n");
  g_autoptr (GHashTable) overrides = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (XqHeader) header = NULL;

  g_hash_table_insert (overrides, (char *) "code", (char *) "编 码");
  g_hash_table_insert (overrides, (char *) "name", (char *) "c");
  g_hash_table_insert (overrides, (char *) "contact_phone", (char *) "");
  header = find (file, 0, overrides);
  g_assert_cmpint (xq_header_column (header, "code"), ==, 0);
  g_assert_cmpint (xq_header_column (header, "name"), ==, 2);
  g_assert_cmpint (xq_header_column (header, "contact_phone"), ==, -1);
  g_assert_true (g_ptr_array_find_with_equal_func (header->unmapped, "电话", g_str_equal, NULL));
}

static void
test_wrong_overrides (void)
{
  g_autoptr (XqSheetFile) file = open_text ("学号,姓名\n001,张三\n");
  g_autoptr (GHashTable) overrides = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (overrides, (char *) "code", (char *) "工号");
  g_assert_null (xq_header_find (file, 0, table, overrides, &error));
  g_assert_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "工号"));
  g_assert_nonnull (strstr (error->message, "学号"));
  g_clear_error (&error);
  g_hash_table_remove_all (overrides);
  g_hash_table_insert (overrides, (char *) "shoe_size", (char *) "学号");
  g_assert_null (xq_header_find (file, 0, table, overrides, &error));
  g_assert_error (error, XQ_SHEET_ERROR, XQ_ERROR_USAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/header/normalise", test_normalise);
  g_test_add_func ("/sheet/header/below-title-and-note", test_below_title_and_note);
  g_test_add_func ("/sheet/header/two-rows", test_two_rows);
  g_test_add_func ("/sheet/header/group-row-above", test_group_row_above);
  g_test_add_func ("/sheet/header/words", test_words);
  g_test_add_func ("/sheet/header/no-header", test_no_header);
  g_test_add_func ("/sheet/header/data-is-no-second-header", test_data_is_no_second_header);
  g_test_add_func ("/sheet/header/spanning-header-over-data", test_spanning_header_over_data);
  g_test_add_func ("/sheet/header/overrides", test_overrides);
  g_test_add_func ("/sheet/header/wrong-overrides", test_wrong_overrides);
  return g_test_run ();
}
