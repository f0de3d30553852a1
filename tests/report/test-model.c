#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/i18n.h"
#include "report/model.h"

static XqReport *
make_report (void)
{
  XqReport *report = xq_report_new ("bureau-term", "统计表");
  XqReportBlock *block = xq_report_add_block (report, "screening", "普测", XQ_BLOCK_TABLE);
  XqReportColumn *tested = xq_report_block_add_column (block, "tested", "已测", XQ_FORMAT_COUNT);
  XqReportRow *row;

  report->organisation = g_strdup ("江城市第三中学");
  report->from = g_strdup ("2026-09-01");
  report->to = g_strdup ("2027-01-15");
  report->audit_head = g_strdup ("7F3A-19C2");
  report->threshold = 5;
  tested->additive = TRUE;
  tested->group = g_strdup ("人数");
  xq_report_block_add_column (block, "coverage", "覆盖率", XQ_FORMAT_PERCENT);
  xq_report_block_add_column (block, "word", "备注", XQ_FORMAT_TEXT);
  row = xq_report_block_add_row (block, "grade-7", "七年级");
  xq_report_cell_set_number (&row->cells[0], 1200);
  xq_report_cell_set_number (&row->cells[1], 0.5);
  xq_report_cell_set_text (&row->cells[2], "=1+1 \"a\", b");
  row = xq_report_block_add_row (block, "grade-8", "@八年级");
  xq_report_cell_set_number (&row->cells[0], 3);
  xq_report_cell_cover (&row->cells[1], XQ_COVER_SMALL);
  xq_report_block_sum (block);
  return report;
}

static void
json_has_the_promised_members (void)
{
  g_autoptr (XqReport) report = make_report ();
  g_autoptr (JsonNode) node = xq_report_to_json (report);
  g_autofree char *json = json_to_string (node, FALSE);

  g_assert_cmpstr (
      json, ==,
      "{\"report\":\"bureau-term\",\"organisation\":\"江城市第三中学\",\"from\":\"2026-09-01\","
      "\"to\":\"2027-01-15\",\"audit_head\":\"7F3A-19C2\",\"blocks\":[{\"id\":\"screening\","
      "\"title\":\"普测\",\"columns\":[{\"id\":\"tested\",\"title\":\"已测\",\"additive\":true},"
      "{\"id\":\"coverage\",\"title\":\"覆盖率\",\"additive\":false},"
      "{\"id\":\"word\",\"title\":\"备注\",\"additive\":false}],\"rows\":["
      "{\"id\":\"grade-7\",\"title\":\"七年级\",\"cells\":{\"tested\":1200,\"coverage\":0.5,"
      "\"word\":\"=1+1 \\\"a\\\", b\"},\"suppressed\":[]},"
      "{\"id\":\"grade-8\",\"title\":\"@八年级\",\"cells\":{\"tested\":3,\"coverage\":null,\"word\":null},"
      "\"suppressed\":[\"coverage\"]}],\"total\":{\"id\":\"total\",\"title\":\"Total\","
      "\"cells\":{\"tested\":1203,\"coverage\":null,\"word\":null},\"suppressed\":[]}}]}");
}

static void
csv_defends_itself (void)
{
  g_autoptr (XqReport) report = make_report ();
  g_autoptr (GString) csv = xq_report_to_csv (report);

  g_assert_true (g_str_has_prefix (csv->str, "\xef\xbb\xbf\"统计表\"\r\n"));
  g_assert_nonnull (strstr (csv->str, "\"七年级\",1200,0.5,\"'=1+1 \"\"a\"\", b\"\r\n"));
  g_assert_nonnull (strstr (csv->str, "\"'@八年级\",3,\"<5\",\r\n"));
  g_assert_nonnull (strstr (csv->str, "\"人数 · 已测\""));
  for (const char *p = csv->str; (p = strchr (p, '"')) != NULL; p++)
    g_assert_null (strchr ("=@", p[1] == '\0' ? 'x' : p[1]));
}

static void
csv_is_saved_or_refused (void)
{
  g_autoptr (XqReport) report = make_report ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("report-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.csv", NULL);
  g_autofree char *bytes = NULL;

  g_assert_true (xq_report_write_csv (report, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_cmpint (xq_report_write_csv (report, nowhere, &error), ==, FALSE);
  g_assert_error (error, XQ_REPORT_ERROR, XQ_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "a.csv"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
cells_are_written_as_people_read_them (void)
{
  g_autoptr (XqReport) report = make_report ();
  const struct
  {
    XqColumnFormat format;
    double number;
    const char *text;
  } cases[] = {
    { XQ_FORMAT_COUNT, 0, "0" },         { XQ_FORMAT_COUNT, 1234567, "1,234,567" },
    { XQ_FORMAT_COUNT, 999, "999" },     { XQ_FORMAT_PERCENT, 0.9736, "97.4%" },
    { XQ_FORMAT_DECIMAL, 3.25, "3.2" },
  };
  XqReportColumn column = { 0 };
  XqReportCell cell = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      column.format = cases[i].format;
      xq_report_cell_set_number (&cell, cases[i].number);
      text = xq_report_cell_display (report, &column, &cell);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
empty_covered_and_manual_cells_differ (void)
{
  g_autoptr (XqReport) report = make_report ();
  XqReportColumn column = { 0 };
  XqReportCell cell = { 0 };
  g_autofree char *none = xq_report_cell_display (report, &column, &cell);
  g_autofree char *manual = NULL;
  g_autofree char *covered = NULL;
  g_autofree char *guard = NULL;

  g_assert_cmpstr (none, ==, "—");
  column.manual = TRUE;
  manual = xq_report_cell_display (report, &column, &cell);
  g_assert_cmpstr (manual, ==, "");
  xq_report_cell_set_number (&cell, 3);
  xq_report_cell_cover (&cell, XQ_COVER_SMALL);
  g_assert_cmpfloat (cell.number, ==, 0.0);
  covered = xq_report_cell_display (report, &column, &cell);
  g_assert_cmpstr (covered, ==, "<5");
  xq_report_cell_cover (&cell, XQ_COVER_GUARD);
  guard = xq_report_cell_display (report, &column, &cell);
  g_assert_cmpstr (guard, ==, "*");
}

static void
relations_keep_only_columns_that_are_there (void)
{
  g_autoptr (XqReport) report = make_report ();
  XqReportBlock *block = xq_report_block (report, "screening");

  xq_report_block_add_relation (block, (const char *[]){ "tested", "elsewhere", NULL });
  xq_report_block_add_relation (block, (const char *[]){ "elsewhere", "tested", NULL });
  g_assert_cmpuint (block->relations->len, ==, 0);
  xq_report_block_add_relation (block, (const char *[]){ "tested", "elsewhere", "coverage", NULL });
  g_assert_cmpuint (block->relations->len, ==, 1);
  g_assert_cmpuint (g_strv_length (g_ptr_array_index (block->relations, 0)), ==, 2);
}

int
main (int argc, char **argv)
{
  xq_i18n_init ("en");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/json", json_has_the_promised_members);
  g_test_add_func ("/model/csv", csv_defends_itself);
  g_test_add_func ("/model/csv-file", csv_is_saved_or_refused);
  g_test_add_func ("/model/display", cells_are_written_as_people_read_them);
  g_test_add_func ("/model/empty", empty_covered_and_manual_cells_differ);
  g_test_add_func ("/model/relations", relations_keep_only_columns_that_are_there);
  return g_test_run ();
}
