#include "config.h"

#include "sample.h"

#include "report/suppression.h"

static void
describe (XqReport *report)
{
  report->organisation = g_strdup ("江城市第三中学");
  report->from = g_strdup ("2026-09-01");
  report->to = g_strdup ("2027-01-15");
  report->term = g_strdup ("2026—2027 学年第一学期");
  report->audit_head = g_strdup ("7F3A-19C2");
  report->generated_at = 1795500000;
  report->threshold = 5;
}

static XqReportColumn *
add_count (XqReportBlock *block, const char *id, const char *title)
{
  XqReportColumn *column = xq_report_block_add_column (block, id, title, XQ_FORMAT_COUNT);

  column->additive = TRUE;
  column->about_persons = TRUE;
  return column;
}

static const char *const grades[] = { "七年级", "八年级", "九年级" };

static void
add_screening (XqReport *report)
{
  XqReportBlock *block = xq_report_add_block (report, "screening", "普测覆盖", XQ_BLOCK_TABLE);
  const double values[][4] = { { 336, 330, 326, 4 }, { 340, 331, 319, 12 }, { 332, 306, 300, 6 } };
  XqReportColumn *coverage;

  block->row_title = g_strdup ("年级");
  add_count (block, "due", "应测");
  add_count (block, "tested", "已测")->definition = g_strdup ("本学期至少完成一次测评的学生，每人计一次。");
  add_count (block, "valid", "有效");
  add_count (block, "invalid", "无效");
  coverage = xq_report_block_add_column (block, "coverage", "覆盖率", XQ_FORMAT_PERCENT);
  coverage->sources = g_strdupv ((char *[]){ (char *) "due", (char *) "tested", NULL });
  coverage->definition = g_strdup ("已测 ÷ 应测。");
  block->look = g_strdup ("bars");
  block->charted = g_strdupv ((char *[]){ (char *) "coverage", NULL });
  for (guint r = 0; r < 3; r++)
    {
      g_autofree char *id = g_strdup_printf ("grade-%u", r + 7);
      XqReportRow *row = xq_report_block_add_row (block, id, grades[r]);

      for (guint c = 0; c < 4; c++)
        xq_report_cell_set_number (&row->cells[c], values[r][c]);
      xq_report_cell_set_number (&row->cells[4], values[r][1] / values[r][0]);
    }
  xq_report_block_sum (block);
  xq_report_cell_set_number (&block->total->cells[4],
                             block->total->cells[1].number / block->total->cells[0].number);
  xq_report_block_add_relation (block, (const char *[]){ "tested", "valid", "invalid", NULL });
  xq_suppression_apply (block, 5);
}

static void
add_warnings (XqReport *report)
{
  XqReportBlock *block = xq_report_add_block (report, "warnings", "预警: 发出/成立", XQ_BLOCK_TABLE);
  const char *ids[] = { "raised", "raised_1", "raised_2", "raised_3", "confirmed", "confirmed_1",
                        "confirmed_2", "confirmed_3" };
  const char *titles[] = { "合计", "一级", "二级", "三级", "合计", "一级", "二级", "三级" };
  const double values[][8] = { { 28, 2, 8, 18, 12, 1, 5, 6 },
                               { 46, 6, 15, 25, 20, 5, 6, 9 },
                               { 30, 5, 9, 16, 8, 0, 3, 5 } };

  block->row_title = g_strdup ("年级");
  block->look = g_strdup ("levels");
  block->charted = g_strdupv ((char *[]){ (char *) "confirmed_1", (char *) "confirmed_2",
                                          (char *) "confirmed_3", NULL });
  for (guint c = 0; c < 8; c++)
    {
      XqReportColumn *column = add_count (block, ids[c], titles[c]);

      column->group = g_strdup (c < 4 ? "发出" : "成立");
      column->level = (int) (c % 4);
    }
  for (guint r = 0; r < 3; r++)
    {
      g_autofree char *id = g_strdup_printf ("grade-%u", r + 7);
      XqReportRow *row = xq_report_block_add_row (block, id, grades[r]);

      for (guint c = 0; c < 8; c++)
        xq_report_cell_set_number (&row->cells[c], values[r][c]);
    }
  xq_report_block_sum (block);
  xq_report_block_add_relation (block, (const char *[]){ "raised", "raised_1", "raised_2", "raised_3", NULL });
  xq_report_block_add_relation (
      block, (const char *[]){ "confirmed", "confirmed_1", "confirmed_2", "confirmed_3", NULL });
  xq_suppression_apply (block, 5);
}

static void
add_manual (XqReport *report)
{
  XqReportBlock *block = xq_report_add_block (report, "leave", "休学与复学", XQ_BLOCK_TABLE);
  XqReportColumn *yes_no;

  block->row_title = g_strdup ("年级");
  xq_report_block_add_column (block, "leave", "休学", XQ_FORMAT_COUNT)->manual = TRUE;
  yes_no = xq_report_block_add_column (block, "room", "心理辅导室", XQ_FORMAT_TEXT);
  yes_no->manual = TRUE;
  yes_no->choices = g_strdupv ((char *[]){ (char *) "有", (char *) "无", NULL });
  for (guint r = 0; r < 3; r++)
    xq_report_block_add_row (block, grades[r], grades[r]);
}

static void
add_activities (XqReport *report)
{
  XqReportBlock *block = xq_report_add_block (report, "activities", "=活动\"1\"+2", XQ_BLOCK_LEDGER);
  XqReportRow *row;

  block->row_title = g_strdup ("名称");
  xq_report_block_add_column (block, "held", "日期", XQ_FORMAT_DATE);
  xq_report_block_add_column (block, "audience", "对象", XQ_FORMAT_TEXT);
  xq_report_block_add_column (block, "hours", "学时", XQ_FORMAT_DECIMAL)->additive = TRUE;
  row = xq_report_block_add_row (block, "1", "=HYPERLINK(\"x\")");
  xq_report_cell_set_text (&row->cells[0], "2026-10-10");
  xq_report_cell_set_text (&row->cells[1], "+86 全体学生");
  xq_report_cell_set_number (&row->cells[2], 1.5);
  row = xq_report_block_add_row (block, "2", "家长讲堂");
  xq_report_cell_set_number (&row->cells[2], 2.0);
  xq_report_block_sum (block);
}

XqReport *
sample_report (void)
{
  XqReport *report = xq_report_new ("sample", "学生心理健康工作学期统计表");

  describe (report);
  add_screening (report);
  add_warnings (report);
  add_manual (report);
  add_activities (report);
  g_ptr_array_add (report->notes, g_strdup ("筛查结果不是诊断。"));
  return report;
}

XqReport *
sample_ledger (guint rows, guint columns)
{
  XqReport *report = xq_report_new ("ledger", "台账");
  XqReportBlock *block = xq_report_add_block (report, "ledger", "台账", XQ_BLOCK_LEDGER);

  describe (report);
  block->row_title = g_strdup ("序号");
  for (guint c = 0; c < columns; c++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", c);

      xq_report_block_add_column (block, id, id, c % 2 == 0 ? XQ_FORMAT_COUNT : XQ_FORMAT_TEXT)->additive
          = c % 2 == 0;
    }
  for (guint r = 0; r < rows; r++)
    {
      g_autofree char *id = g_strdup_printf ("%u", r + 1);
      XqReportRow *row = xq_report_block_add_row (block, id, id);

      for (guint c = 0; c < columns; c++)
        if (c % 2 == 0)
          xq_report_cell_set_number (&row->cells[c], (double) (r * 7 + c) / 1.0);
        else
          xq_report_cell_set_text (&row->cells[c], (r + c) % 3 == 0 ? "七年级(1)班" : "已约谈，继续随访");
    }
  xq_report_block_sum (block);
  return report;
}
