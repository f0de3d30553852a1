#include "config.h"

#include "sheet/sheet.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sheet-test.h"

#define ROWS                                                                                               \
  "1: A=t 学号; B=t 姓名; C=t 备注;\n"                                                               \
  "2: A=t 001; B=t 张三; C=t 留守;\n"                                                                  \
  "3: A=t 002; B=t 李,四; C=t 两\r\n行;\n"                                                             \
  "5: A=t 003; B=t 王\"五\"; C=t 0042;\n"

static const struct
{
  const char *name;
  const char *encoding;
  char delimiter;
  const char *rows;
} texts[] = {
  { "utf8.csv", "UTF-8", ',', ROWS },
  { "utf16le.csv", "UTF-16LE", '\t', ROWS },
  { "utf16be.csv", "UTF-16BE", ',', ROWS },
  { "utf16-no-mark.txt", "UTF-16LE", ',', ROWS },
  { "gb18030.csv", "GB18030", ',',
    "1: A=t 学号; B=t 姓名; C=t 备注;\n2: A=t 001; B=t 㐂𠮷; C=t 四字节;\n3: A=t 002; B=t 喆; C=t €;\n" },
  { "semicolon.csv", "UTF-8", ';', "2: A=t 学号; B=t 姓名;\n3: A=t 001; B=t 张;三;\n" },
  { "returns.csv", "UTF-8", ',', "1: A=t 学号; B=t 姓名;\n2: A=t 001; B=t 张三;\n" },
};

static void
test_encodings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *name = g_build_filename ("sheet", texts[i].name, NULL);
      g_autoptr (XqSheetFile) file = open_fixture (name);
      g_autofree char *rows = dump (file, 0);
      const char *encoding;
      char delimiter;

      g_assert_cmpstr (xq_sheet_file_format (file, &encoding, &delimiter), ==, "csv");
      g_assert_cmpstr (encoding, ==, texts[i].encoding);
      g_assert_cmpint (delimiter, ==, texts[i].delimiter);
      g_assert_cmpstr (rows, ==, texts[i].rows);
    }
}

static void
test_sheet_is_named_as_the_file (void)
{
  g_autoptr (XqSheetFile) file = open_fixture ("samples/roster-gb18030.csv");

  g_assert_cmpuint (xq_sheet_count (file), ==, 1);
  g_assert_cmpstr (xq_sheet_name (file, 0), ==, "roster-gb18030");
  g_assert_false (xq_sheet_is_hidden (file, 0));
}

static void
test_chosen_encoding (void)
{
  g_autofree char *path = fixture ("sheet/big5.csv");
  XqSheetOptions options = { "Big5", 0, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSheetFile) file = xq_sheet_open (path, &options, NULL, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  rows = dump (file, 0);
  g_assert_cmpstr (rows, ==, "1: A=t 學號; B=t 姓名;\n2: A=t 001; B=t 陳大文;\n");
  options.encoding = "UTF-8";
  assert_refused (path, &options, "UTF-8");
  options.encoding = "Klingon";
  g_clear_pointer (&file, xq_sheet_file_free);
  g_assert_null (xq_sheet_open (path, &options, NULL, &error));
  g_assert_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED);
}

static void
test_chosen_delimiter (void)
{
  g_autofree char *path = fixture ("sheet/utf8.csv");
  XqSheetOptions options = { NULL, '|', NULL };
  g_autoptr (XqSheetFile) file = xq_sheet_open (path, &options, NULL, NULL);
  g_autoptr (GPtrArray) rows = xq_sheet_preview (file, 0, 1, NULL);

  g_assert_cmpstr (((char **) g_ptr_array_index (rows, 0))[1], ==, "学号,姓名,备注");
}

/* Whatever stands at the end of a block of the decoder or of the reader must not change a row. */
static void
test_long_file (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "xinqiao-long.csv", NULL);
  g_autoptr (GString) text = g_string_new ("\xef\xbb\xbf"
                                           "学号,姓名\r\n");
  g_autoptr (XqSheetFile) file = NULL;
  g_autoptr (XqSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const XqSheetRow *row;
  guint count = 0;

  for (guint i = 2; i <= 50000; i++)
    g_string_append_printf (text, "%06u,\"𠮷,%u\"\r\n", i, i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  file = xq_sheet_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  reader = xq_sheet_read (file, 0, NULL, &error);
  while ((row = xq_sheet_reader_next (reader, &error)) != NULL)
    {
      g_autofree char *code = g_strdup_printf ("%06u", (guint) row->number);
      g_autofree char *name = g_strdup_printf ("𠮷,%u", (guint) row->number);

      count++;
      g_assert_cmpuint (row->number, ==, count);
      if (count == 1)
        continue;
      g_assert_cmpstr (row->cells[0].text, ==, code);
      g_assert_cmpstr (row->cells[1].text, ==, name);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 50000);
  g_remove (path);
}

static void
test_refusals (void)
{
  g_autofree char *undecodable = fixture ("sheet/undecodable.csv");
  g_autofree char *unclosed = fixture ("sheet/unclosed.csv");
  g_autofree char *noise = fixture ("sheet/noise.csv");

  assert_refused (undecodable, NULL, "3");
  assert_refused (unclosed, NULL, "2");
  assert_refused (noise, NULL, "1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/text/encodings", test_encodings);
  g_test_add_func ("/sheet/text/sheet-is-named-as-the-file", test_sheet_is_named_as_the_file);
  g_test_add_func ("/sheet/text/chosen-encoding", test_chosen_encoding);
  g_test_add_func ("/sheet/text/chosen-delimiter", test_chosen_delimiter);
  g_test_add_func ("/sheet/text/long-file", test_long_file);
  g_test_add_func ("/sheet/text/refusals", test_refusals);
  return g_test_run ();
}
