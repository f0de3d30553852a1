/* The parts of the workbook writer. Only inside report/workbook*.c. */
#pragma once

#include <xlsxwriter.h>

#include "base/progress.h"
#include "report/model.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_STYLE_TITLE,
  XQ_STYLE_SUBTITLE,
  XQ_STYLE_HEAD_LABEL, /* 填报人 */
  XQ_STYLE_HEAD_VALUE, /* what stands beside it */
  XQ_STYLE_FILL,       /* to be filled in by hand */
  XQ_STYLE_FILL_DATE,
  XQ_STYLE_HEADER,
  XQ_STYLE_ROW_TITLE,
  XQ_STYLE_COUNT,
  XQ_STYLE_DECIMAL,
  XQ_STYLE_PERCENT,
  XQ_STYLE_TEXT,
  XQ_STYLE_DATE,
  XQ_STYLE_COVERED,
  XQ_STYLE_NONE,
  XQ_STYLE_TOTAL_TITLE,
  XQ_STYLE_TOTAL_COUNT,
  XQ_STYLE_TOTAL_DECIMAL,
  XQ_STYLE_TOTAL_PERCENT,
  XQ_STYLE_TOTAL_COVERED,
  XQ_STYLE_TOTAL_NONE,
  XQ_STYLE_NOTE,
  XQ_STYLE_NOTE_HEAD,
  XQ_STYLE_WRAPPED,
  XQ_STYLES,
} XqWorkbookStyle;

typedef struct
{
  lxw_workbook *book;
  const XqReport *report;
  const XqProgress *progress;
  gboolean streaming; /* rows go out in order: no cell may be written above the last one */
  lxw_format *styles[XQ_STYLES];
  GHashTable *sheet_names;
  double rows_done;
  double rows_all;
} XqWorkbook;

/* Where a block's table lies on its sheet. */
typedef struct
{
  lxw_worksheet *sheet;
  const char *sheet_name;
  lxw_row_t head_row;  /* first of the header rows */
  lxw_row_t first_row; /* first with values */
  lxw_row_t last_row;  /* last with values, the total not counted in */
  lxw_row_t end_row;   /* first free one below */
  double width;        /* of the table in pixels */
} XqSheetPlace;

void xq_workbook_make_styles (XqWorkbook *workbook);
/* A name that no other sheet has, without what Excel refuses in one. Owned by @workbook. */
const char *xq_workbook_sheet_name (XqWorkbook *workbook, const char *title);
/* Text of any length; what Excel cannot hold is cut. */
void xq_workbook_write_text (lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                             lxw_format *format);
/* The same over several cells of a row. */
void xq_workbook_write_span (lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first, lxw_col_t last,
                             const char *text, lxw_format *format);

gboolean xq_workbook_add_block (XqWorkbook *workbook, const XqReportBlock *block, GError **error);
void xq_workbook_add_chart (XqWorkbook *workbook, const XqReportBlock *block, const XqSheetPlace *place);
void xq_workbook_add_notes (XqWorkbook *workbook);

G_END_DECLS
