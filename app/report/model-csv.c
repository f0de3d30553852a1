#include "config.h"

#include "report/model.h"

#include <string.h>

#include "report/output.h"

/* What spreadsheets take for the start of a formula. */
static gboolean
looks_like_formula (const char *text)
{
  return text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL;
}

static void
append_text (GString *csv, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_c (csv, '"');
  if (looks_like_formula (text))
    g_string_append_c (csv, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append_c (csv, '"');
}

static void
append_cell (GString *csv, const XqReport *report, const XqReportColumn *column,
             const XqReportCell *cell)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (cell->cover != XQ_COVER_NONE || cell->kind == XQ_VALUE_TEXT)
    {
      g_autofree char *text = xq_report_cell_display (report, column, cell);

      append_text (csv, text);
    }
  else if (cell->kind == XQ_VALUE_NUMBER)
    g_string_append (csv, g_ascii_formatd (buffer, sizeof buffer, "%.15g", cell->number));
}

static void
append_row (GString *csv, const XqReport *report, const XqReportBlock *block,
            const XqReportRow *row)
{
  append_text (csv, row->title);
  for (guint c = 0; c < row->n_cells; c++)
    {
      g_string_append_c (csv, ',');
      append_cell (csv, report, g_ptr_array_index (block->columns, c), &row->cells[c]);
    }
  g_string_append (csv, "\r\n");
}

static void
append_block (GString *csv, const XqReport *report, const XqReportBlock *block)
{
  append_text (csv, block->title);
  g_string_append (csv, "\r\n");
  append_text (csv, block->row_title != NULL ? block->row_title : "");
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);
      g_autofree char *title = column->group == NULL
                                   ? g_strdup (column->title)
                                   : g_strdup_printf ("%s · %s", column->group, column->title);

      g_string_append_c (csv, ',');
      append_text (csv, title);
    }
  g_string_append (csv, "\r\n");
  for (guint r = 0; r < block->rows->len; r++)
    append_row (csv, report, block, g_ptr_array_index (block->rows, r));
  if (block->total != NULL)
    append_row (csv, report, block, block->total);
  g_string_append (csv, "\r\n");
}

GString *
xq_report_to_csv (const XqReport *report)
{
  GString *csv = g_string_new ("\xef\xbb\xbf");

  append_text (csv, report->title);
  g_string_append (csv, "\r\n");
  append_text (csv, report->organisation);
  g_string_append_c (csv, ',');
  append_text (csv, report->from);
  g_string_append_c (csv, ',');
  append_text (csv, report->to);
  g_string_append_c (csv, ',');
  append_text (csv, report->audit_head);
  g_string_append (csv, "\r\n\r\n");
  for (guint b = 0; b < report->blocks->len; b++)
    append_block (csv, report, g_ptr_array_index (report->blocks, b));
  for (guint n = 0; n < report->notes->len; n++)
    {
      append_text (csv, g_ptr_array_index (report->notes, n));
      g_string_append (csv, "\r\n");
    }
  if (report->watermark != NULL)
    {
      append_text (csv, report->watermark);
      g_string_append (csv, "\r\n");
    }
  return csv;
}

gboolean
xq_report_write_csv (const XqReport *report, const char *path, GError **error)
{
  g_autoptr (GString) csv = xq_report_to_csv (report);

  return xq_output_save (path, csv->str, csv->len, error);
}
