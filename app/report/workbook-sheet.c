#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/workbook-private.h"

#define HEAD_COLUMNS 7 /* what the fill-in head needs at least */
#define TITLE_ROW 0
#define SCOPE_ROW 1
#define FILL_ROW 2
#define TABLE_ROW 4
#define FITS_ON_A_PAGE 45 /* rows, of a landscape page that is still legible */

static guint
sheet_columns (const XqReportBlock *block)
{
  return MAX (block->columns->len + 1, HEAD_COLUMNS);
}

static char *
scope_line (const XqReport *report, const XqReportBlock *block)
{
  g_autofree char *dates = g_strdup_printf (_("%s to %s"), report->from, report->to);

  if (report->term == NULL)
    return g_strdup_printf ("%s · %s", block->title, dates);
  return g_strdup_printf ("%s · %s · %s", block->title, report->term, dates);
}

/* Words for whom it comes from and two fields to fill in by hand. */
static void
write_fill_in_head (XqWorkbook *workbook, lxw_worksheet *sheet, lxw_col_t last)
{
  lxw_data_validation date = { 0 };
  lxw_data_validation name = { 0 };
  g_autofree char *unit = g_strdup_printf (_("Reported by: %s"), workbook->report->organisation);

  xq_workbook_write_span (sheet, FILL_ROW, 0, (lxw_col_t) (last - 4), unit,
                          workbook->styles[XQ_STYLE_HEAD_VALUE]);
  xq_workbook_write_text (sheet, FILL_ROW, (lxw_col_t) (last - 3), _("Filled in by"),
                          workbook->styles[XQ_STYLE_HEAD_LABEL]);
  worksheet_write_blank (sheet, FILL_ROW, (lxw_col_t) (last - 2), workbook->styles[XQ_STYLE_FILL]);
  xq_workbook_write_text (sheet, FILL_ROW, (lxw_col_t) (last - 1), _("Filled in on"),
                          workbook->styles[XQ_STYLE_HEAD_LABEL]);
  worksheet_write_blank (sheet, FILL_ROW, last, workbook->styles[XQ_STYLE_FILL_DATE]);

  name.validate = LXW_VALIDATION_TYPE_LENGTH;
  name.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  name.minimum_number = 1;
  name.maximum_number = 40;
  name.input_message = _("Name of who filled this in");
  worksheet_data_validation_cell (sheet, FILL_ROW, (lxw_col_t) (last - 2), &name);

  date.validate = LXW_VALIDATION_TYPE_DATE;
  date.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
  date.value_datetime = (lxw_datetime){ .year = 2020, .month = 1, .day = 1 };
  date.input_message = _("A date, such as 2027-01-15");
  date.error_title = _("Not a date");
  date.error_message = _("Enter a date, such as 2027-01-15.");
  worksheet_data_validation_cell (sheet, FILL_ROW, last, &date);
}

static gboolean
has_groups (const XqReportBlock *block)
{
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      if (column->group != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
write_upright (XqWorkbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
               const char *text)
{
  lxw_format *format = workbook->styles[XQ_STYLE_HEADER];

  if (workbook->streaming)
    worksheet_write_blank (sheet, row, column, format);
  else
    worksheet_merge_range (sheet, row, column, row + 1, column, text, format);
}

/* The upper of two header rows: groups over their columns; columns without one reach over both rows. */
static void
write_groups (XqWorkbook *workbook, lxw_worksheet *sheet, const XqReportBlock *block, lxw_row_t row)
{
  write_upright (workbook, sheet, row, 0, block->row_title);
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);
      guint last = c;

      if (column->group == NULL)
        {
          write_upright (workbook, sheet, row, (lxw_col_t) (c + 1), column->title);
          continue;
        }
      while (last + 1 < block->columns->len
             && g_strcmp0 (((XqReportColumn *) g_ptr_array_index (block->columns, last + 1))->group,
                           column->group)
                    == 0)
        last++;
      xq_workbook_write_span (sheet, row, (lxw_col_t) (c + 1), (lxw_col_t) (last + 1),
                              column->group, workbook->styles[XQ_STYLE_HEADER]);
      c = last;
    }
}

/* Returns the first row below the header. */
static lxw_row_t
write_header (XqWorkbook *workbook, lxw_worksheet *sheet, const XqReportBlock *block)
{
  const gboolean groups = has_groups (block);
  const lxw_row_t row = TABLE_ROW + (groups ? 1 : 0);

  if (groups)
    write_groups (workbook, sheet, block, TABLE_ROW);
  if (!groups || workbook->streaming)
    xq_workbook_write_text (sheet, row, 0, block->row_title, workbook->styles[XQ_STYLE_HEADER]);
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      if (!groups || workbook->streaming || column->group != NULL)
        xq_workbook_write_text (sheet, row, (lxw_col_t) (c + 1), column->title,
                                workbook->styles[XQ_STYLE_HEADER]);
    }
  worksheet_set_row (sheet, row, 32, NULL);
  return row + 1;
}

static XqWorkbookStyle
number_style (XqColumnFormat format, gboolean total)
{
  if (format == XQ_FORMAT_PERCENT)
    return total ? XQ_STYLE_TOTAL_PERCENT : XQ_STYLE_PERCENT;
  if (format == XQ_FORMAT_DECIMAL)
    return total ? XQ_STYLE_TOTAL_DECIMAL : XQ_STYLE_DECIMAL;
  return total ? XQ_STYLE_TOTAL_COUNT : XQ_STYLE_COUNT;
}

static void
write_words (XqWorkbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at,
             const XqReportColumn *column, const XqReportCell *cell)
{
  int year = 0;
  int month = 0;
  int day = 0;

  if (column->format == XQ_FORMAT_DATE
      && sscanf (cell->text, "%4d-%2d-%2d", &year, &month, &day) == 3)
    {
      lxw_datetime date = { .year = year, .month = month, .day = day };

      worksheet_write_datetime (sheet, row, at, &date, workbook->styles[XQ_STYLE_DATE]);
      return;
    }
  xq_workbook_write_text (sheet, row, at, cell->text, workbook->styles[XQ_STYLE_TEXT]);
}

static void
write_cell (XqWorkbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at,
            const XqReportColumn *column, const XqReportCell *cell, gboolean total)
{
  if (cell->cover != XQ_COVER_NONE || (cell->kind == XQ_VALUE_NONE && !column->manual))
    {
      g_autofree char *text = xq_report_cell_display (workbook->report, column, cell);
      const gboolean covered = cell->cover != XQ_COVER_NONE;
      const XqWorkbookStyle style = covered ? XQ_STYLE_COVERED : XQ_STYLE_NONE;
      const XqWorkbookStyle total_style = covered ? XQ_STYLE_TOTAL_COVERED : XQ_STYLE_TOTAL_NONE;

      xq_workbook_write_text (sheet, row, at, text, workbook->styles[total ? total_style : style]);
    }
  else if (cell->kind == XQ_VALUE_NUMBER)
    worksheet_write_number (sheet, row, at, cell->number,
                            workbook->styles[number_style (column->format, total)]);
  else if (cell->kind == XQ_VALUE_TEXT)
    write_words (workbook, sheet, row, at, column, cell);
  else
    worksheet_write_blank (sheet, row, at, workbook->styles[XQ_STYLE_FILL]);
}

static gboolean
write_rows (XqWorkbook *workbook, const XqReportBlock *block, XqSheetPlace *place, GError **error)
{
  place->last_row = place->first_row;
  for (guint r = 0; r < block->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (block->rows, r);
      const lxw_row_t at = place->first_row + r;

      if (r % 256 == 0
          && !xq_progress_step (workbook->progress, workbook->rows_done / workbook->rows_all,
                                _("Writing the workbook"), error))
        return FALSE;
      xq_workbook_write_text (place->sheet, at, 0, row->title, workbook->styles[XQ_STYLE_ROW_TITLE]);
      for (guint c = 0; c < row->n_cells; c++)
        write_cell (workbook, place->sheet, at, (lxw_col_t) (c + 1),
                    g_ptr_array_index (block->columns, c), &row->cells[c], FALSE);
      place->last_row = at;
      workbook->rows_done += 1.0;
    }
  place->end_row = place->first_row + block->rows->len;
  return TRUE;
}

/* A formula with its value where the rows really add up to it in what the reader sees; else the value. */
static void
write_total (XqWorkbook *workbook, const XqReportBlock *block, XqSheetPlace *place)
{
  const lxw_row_t at = place->end_row;

  if (block->total == NULL)
    return;
  xq_workbook_write_text (place->sheet, at, 0, block->total->title,
                          workbook->styles[XQ_STYLE_TOTAL_TITLE]);
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);
      const XqReportCell *cell = &block->total->cells[c];
      const lxw_col_t column_at = (lxw_col_t) (c + 1);
      char range[LXW_MAX_CELL_RANGE_LENGTH];
      g_autofree char *formula = NULL;

      if (!column->additive || cell->kind != XQ_VALUE_NUMBER || block->rows->len == 0
          || xq_report_block_column_covered (block, c))
        {
          write_cell (workbook, place->sheet, at, column_at, column, cell, TRUE);
          continue;
        }
      lxw_rowcol_to_range (range, place->first_row, column_at, place->last_row, column_at);
      formula = g_strdup_printf ("=SUM(%s)", range);
      worksheet_write_formula_num (place->sheet, at, column_at, formula,
                                   workbook->styles[number_style (column->format, TRUE)],
                                   cell->number);
    }
  place->end_row = at + 1;
}

static void
validate_column (const XqReportColumn *column, lxw_worksheet *sheet, lxw_row_t first, lxw_row_t last,
                 lxw_col_t at)
{
  lxw_data_validation rule = { 0 };

  if (column->choices != NULL)
    {
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = (const char **) column->choices;
      rule.error_message = _("Choose one of the list.");
    }
  else if (column->format == XQ_FORMAT_COUNT)
    {
      rule.validate = LXW_VALIDATION_TYPE_INTEGER;
      rule.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
      rule.value_number = 0;
      rule.error_message = _("Enter a whole number, 0 or more.");
    }
  else
    return;
  rule.error_title = _("Not accepted");
  worksheet_data_validation_range (sheet, first, at, last, at, &rule);
}

static gboolean
any_covered (const XqReportBlock *block, XqCellCover cover)
{
  for (guint r = 0; r <= block->rows->len; r++)
    {
      const XqReportRow *row
          = r < block->rows->len ? g_ptr_array_index (block->rows, r) : block->total;

      for (guint c = 0; row != NULL && c < row->n_cells; c++)
        if (row->cells[c].cover == cover)
          return TRUE;
    }
  return FALSE;
}

/* What the signs mean, under the table that shows them. */
static void
write_legend (XqWorkbook *workbook, const XqReportBlock *block, XqSheetPlace *place)
{
  lxw_format *format = workbook->styles[XQ_STYLE_NOTE];

  if (any_covered (block, XQ_COVER_SMALL))
    {
      g_autofree char *small
          = g_strdup_printf (_("<%d: from 1 to %d; not given, to protect persons."),
                             workbook->report->threshold, workbook->report->threshold - 1);

      xq_workbook_write_text (place->sheet, place->end_row++, 0, small, format);
    }
  if (any_covered (block, XQ_COVER_GUARD))
    xq_workbook_write_text (
        place->sheet, place->end_row++, 0,
        _("*: not given, so that a protected number cannot be worked out from the others."), format);
}

static double
column_width (const XqReportColumn *column)
{
  const glong letters = g_utf8_strlen (column->title, -1);
  const gboolean wide = strlen (column->title) > (gsize) letters; /* Han characters are two wide */

  if (column->format == XQ_FORMAT_TEXT && !column->manual)
    return 48;
  return CLAMP ((double) letters * (wide ? 2.0 : 1.0) + 3.0, 11.0, 18.0);
}

/* Returns the width of all in pixels: a letter of the default font is 7 wide, a cell has 5 around it. */
static double
set_columns (lxw_worksheet *sheet, const XqReportBlock *block)
{
  double pixels = 18 * 7 + 5;

  worksheet_set_column (sheet, 0, 0, 18, NULL);
  for (guint c = 0; c + 1 < sheet_columns (block); c++)
    {
      const double width
          = c < block->columns->len ? column_width (g_ptr_array_index (block->columns, c)) : 12;

      worksheet_set_column (sheet, (lxw_col_t) (c + 1), (lxw_col_t) (c + 1), width, NULL);
      pixels += width * 7 + 5;
    }
  return pixels;
}

/* As it may stand in a head or foot line: & begins a code there, && is the sign itself; the line is at most 255 long. */
static char *
margin_text (const char *text, glong most)
{
  g_auto (GStrv) parts = g_strsplit (text, "&", -1);
  g_autofree char *doubled = g_strjoinv ("&&", parts);

  return g_utf8_substring (doubled, 0, MIN (g_utf8_strlen (doubled, -1), most));
}

static void
set_page (XqWorkbook *workbook, const XqReportBlock *block, const XqSheetPlace *place)
{
  g_autofree char *shortened = margin_text (workbook->report->organisation, 60);
  g_autofree char *watermark
      = workbook->report->watermark != NULL ? margin_text (workbook->report->watermark, 200) : NULL;
  g_autofree char *header = watermark != NULL ? g_strdup_printf ("&L&8%s", watermark) : NULL;
  g_autofree char *footer
      = g_strdup_printf ("&L%s · %s %s&R&P / &N", shortened, _("Audit code"),
                         workbook->report->audit_head);

  worksheet_set_landscape (place->sheet);
  worksheet_set_paper (place->sheet, 9);
  worksheet_fit_to_pages (place->sheet, 1, place->end_row <= FITS_ON_A_PAGE ? 1 : 0);
  worksheet_center_horizontally (place->sheet);
  worksheet_set_margins (place->sheet, 0.5, 0.5, 0.6, 0.7);
  worksheet_set_footer (place->sheet, footer);
  if (header != NULL)
    worksheet_set_header (place->sheet, header);
  worksheet_repeat_rows (place->sheet, place->head_row, place->first_row - 1);
  worksheet_freeze_panes (place->sheet, place->first_row, 1);
  worksheet_print_area (place->sheet, 0, 0, MAX (place->end_row, 1) - 1,
                        (lxw_col_t) (sheet_columns (block) - 1));
}

gboolean
xq_workbook_add_block (XqWorkbook *workbook, const XqReportBlock *block, GError **error)
{
  const lxw_col_t last = (lxw_col_t) (sheet_columns (block) - 1);
  g_autofree char *scope = scope_line (workbook->report, block);
  XqSheetPlace place = { .head_row = TABLE_ROW };

  place.sheet_name = xq_workbook_sheet_name (workbook, block->title);
  place.sheet = workbook_add_worksheet (workbook->book, place.sheet_name);
  place.width = set_columns (place.sheet, block) - 8;
  worksheet_set_default_row (place.sheet, 18, LXW_FALSE);
  worksheet_set_row (place.sheet, TITLE_ROW, 32, NULL);
  xq_workbook_write_span (place.sheet, TITLE_ROW, 0, last, workbook->report->title,
                          workbook->styles[XQ_STYLE_TITLE]);
  xq_workbook_write_span (place.sheet, SCOPE_ROW, 0, last, scope,
                          workbook->styles[XQ_STYLE_SUBTITLE]);
  worksheet_set_row (place.sheet, FILL_ROW, 22, NULL);
  write_fill_in_head (workbook, place.sheet, last);

  place.first_row = write_header (workbook, place.sheet, block);
  if (!write_rows (workbook, block, &place, error))
    return FALSE;
  for (guint c = 0; c < block->columns->len && block->rows->len > 0; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      if (column->manual)
        validate_column (column, place.sheet, place.first_row, place.last_row, (lxw_col_t) (c + 1));
    }
  write_total (workbook, block, &place);
  write_legend (workbook, block, &place);
  if (block->look != NULL && block->rows->len > 0)
    {
      xq_workbook_add_chart (workbook, block, &place);
      place.end_row += 16;
    }
  set_page (workbook, block, &place);
  return TRUE;
}
