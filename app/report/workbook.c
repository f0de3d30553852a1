#include "config.h"

#include "report/workbook.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "report/output.h"
#include "report/workbook-private.h"

#define STREAM_FROM_ROWS 2000 /* from here on a sheet is not kept in memory */

static void
add_fact (XqWorkbook *workbook, lxw_worksheet *sheet, lxw_row_t row, const char *name,
          const char *value)
{
  xq_workbook_write_text (sheet, row, 0, name, workbook->styles[XQ_STYLE_HEADER]);
  xq_workbook_write_text (sheet, row, 1, value, workbook->styles[XQ_STYLE_WRAPPED]);
}

static lxw_row_t
write_facts (XqWorkbook *workbook, lxw_worksheet *sheet, lxw_row_t row)
{
  const XqReport *report = workbook->report;
  g_autofree char *dates = g_strdup_printf (_("%s to %s"), report->from, report->to);
  g_autofree char *made = xq_clock_iso (report->generated_at);
  g_autofree char *program = g_strdup_printf ("%s %s", _("Xinqiao"), report->version);

  add_fact (workbook, sheet, row++, _("Name of the report"), report->title);
  add_fact (workbook, sheet, row++, _("Organisation"), report->organisation);
  if (report->term != NULL)
    add_fact (workbook, sheet, row++, _("Term"), report->term);
  add_fact (workbook, sheet, row++, _("Time reported"), dates);
  add_fact (workbook, sheet, row++, _("Made at"), made);
  add_fact (workbook, sheet, row++, _("Program"), program);
  add_fact (workbook, sheet, row++, _("Audit code"), report->audit_head);
  if (report->watermark != NULL)
    add_fact (workbook, sheet, row++, _("Copy"), report->watermark);
  return row + 1;
}

static lxw_row_t
write_definitions (XqWorkbook *workbook, lxw_worksheet *sheet, lxw_row_t row)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  xq_workbook_write_text (sheet, row++, 0, _("How it is counted"),
                          workbook->styles[XQ_STYLE_NOTE_HEAD]);
  for (guint b = 0; b < workbook->report->blocks->len; b++)
    {
      const XqReportBlock *block = g_ptr_array_index (workbook->report->blocks, b);

      for (guint c = 0; c < block->columns->len; c++)
        {
          const XqReportColumn *column = g_ptr_array_index (block->columns, c);
          g_autofree char *name = NULL;

          if (column->definition == NULL || !g_hash_table_add (seen, column->id))
            continue;
          name = column->group == NULL ? g_strdup (column->title)
                                       : g_strdup_printf ("%s · %s", column->group, column->title);
          add_fact (workbook, sheet, row++, name, column->definition);
        }
    }
  return row + 1;
}

void
xq_workbook_add_notes (XqWorkbook *workbook)
{
  const char *name = xq_workbook_sheet_name (workbook, _("Notes to the report"));
  lxw_worksheet *sheet = workbook_add_worksheet (workbook->book, name);
  lxw_row_t row = 2;

  worksheet_set_column (sheet, 0, 0, 30, NULL);
  worksheet_set_column (sheet, 1, 1, 90, NULL);
  worksheet_set_row (sheet, 0, 30, NULL);
  xq_workbook_write_span (sheet, 0, 0, 1, workbook->report->title,
                          workbook->styles[XQ_STYLE_TITLE]);
  row = write_facts (workbook, sheet, row);
  row = write_definitions (workbook, sheet, row);
  if (workbook->report->notes->len > 0)
    xq_workbook_write_text (sheet, row++, 0, _("Notes to the report"), workbook->styles[XQ_STYLE_NOTE_HEAD]);
  for (guint n = 0; n < workbook->report->notes->len; n++)
    xq_workbook_write_span (sheet, row++, 0, 1, g_ptr_array_index (workbook->report->notes, n),
                            workbook->styles[XQ_STYLE_WRAPPED]);
  worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, 9);
  worksheet_fit_to_pages (sheet, 1, 0);
  worksheet_print_area (sheet, 0, 0, row - 1, 1);
}

static void
set_properties (XqWorkbook *workbook)
{
  const XqReport *report = workbook->report;
  g_autofree char *subject = g_strdup_printf (_("%s to %s"), report->from, report->to);
  g_autofree char *comments = g_strdup_printf ("%s %s · %s %s", _("Xinqiao"), report->version,
                                               _("Audit code"), report->audit_head);
  lxw_doc_properties properties = {
    .title = report->title,
    .subject = subject,
    .author = report->organisation,
    .company = report->organisation,
    .comments = comments,
    .created = (time_t) report->generated_at,
  };

  workbook_set_properties (workbook->book, &properties);
}

static gboolean
fill (XqWorkbook *workbook, GError **error)
{
  set_properties (workbook);
  xq_workbook_make_styles (workbook);
  for (guint b = 0; b < workbook->report->blocks->len; b++)
    if (!xq_workbook_add_block (workbook, g_ptr_array_index (workbook->report->blocks, b), error))
      return FALSE;
  xq_workbook_add_notes (workbook);
  return TRUE;
}

static void
count_rows (XqWorkbook *workbook)
{
  guint longest = 0;

  for (guint b = 0; b < workbook->report->blocks->len; b++)
    {
      const XqReportBlock *block = g_ptr_array_index (workbook->report->blocks, b);

      workbook->rows_all += block->rows->len;
      longest = MAX (longest, block->rows->len);
    }
  workbook->rows_all = MAX (workbook->rows_all, 1.0);
  workbook->streaming = longest >= STREAM_FROM_ROWS;
}

static GBytes *
write_in (const XqReport *report, const char *folder, const XqProgress *progress, GError **error)
{
  XqWorkbook workbook = { .report = report, .progress = progress };
  const char *bytes = NULL;
  gsize length = 0;
  lxw_workbook_options options = { .tmpdir = folder, .output_buffer = &bytes, .output_buffer_size = &length };
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lxw_error problem;

  count_rows (&workbook);
  options.constant_memory = workbook.streaming;
  workbook.book = workbook_new_opt (NULL, &options);
  workbook.sheet_names = names;
  if (!fill (&workbook, error))
    {
      lxw_workbook_free (workbook.book);
      return NULL;
    }
  problem = workbook_close (workbook.book);
  if (problem != LXW_NO_ERROR)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_IO, _("The workbook could not be made: %s"),
                   lxw_strerror (problem));
      return NULL;
    }
  return g_bytes_new_with_free_func (bytes, length, free, (char *) bytes);
}

GBytes *
xq_workbook_to_bytes (const XqReport *report, const XqProgress *progress, GError **error)
{
  g_autofree char *folder = xq_output_private_folder ();
  GBytes *bytes;

  if (folder == NULL)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_IO,
                   _("A workbook is put together in memory only, and this computer offers no such "
                     "place: neither %s nor /dev/shm is one."),
                   g_get_user_runtime_dir ());
      return NULL;
    }
  bytes = write_in (report, folder, progress, error);
  xq_output_remove_folder (folder);
  return bytes;
}

gboolean
xq_workbook_write (const XqReport *report, const char *path, const XqProgress *progress, GError **error)
{
  g_autoptr (GBytes) bytes = xq_workbook_to_bytes (report, progress, error);

  return bytes != NULL && xq_output_save (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}
