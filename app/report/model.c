#include "config.h"

#include "report/model.h"

#include <glib/gi18n-lib.h>
#include <math.h>

G_DEFINE_QUARK (xq-report-error-quark, xq_report_error)

static void
column_free (gpointer data)
{
  XqReportColumn *column = data;

  g_free (column->id);
  g_free (column->title);
  g_free (column->group);
  g_free (column->definition);
  g_strfreev (column->choices);
  g_strfreev (column->sources);
  g_free (column);
}

static void
row_free (gpointer data)
{
  XqReportRow *row = data;

  if (row == NULL)
    return;
  for (guint i = 0; i < row->n_cells; i++)
    g_free (row->cells[i].text);
  g_free (row->cells);
  g_free (row->id);
  g_free (row->title);
  g_free (row);
}

static void
block_free (gpointer data)
{
  XqReportBlock *block = data;

  g_free (block->id);
  g_free (block->title);
  g_free (block->subtitle);
  g_free (block->look);
  g_strfreev (block->charted);
  g_free (block->row_title);
  g_ptr_array_unref (block->columns);
  g_ptr_array_unref (block->relations);
  g_ptr_array_unref (block->rows);
  row_free (block->total);
  g_free (block);
}

XqReport *
xq_report_new (const char *id, const char *title)
{
  XqReport *report = g_new0 (XqReport, 1);

  report->id = g_strdup (id);
  report->title = g_strdup (title);
  report->version = g_strdup (XQ_VERSION);
  report->people = g_array_new (FALSE, FALSE, sizeof (gint64));
  report->notes = g_ptr_array_new_with_free_func (g_free);
  report->blocks = g_ptr_array_new_with_free_func (block_free);
  return report;
}

void
xq_report_free (XqReport *report)
{
  if (report == NULL)
    return;
  g_free (report->id);
  g_free (report->title);
  g_free (report->organisation);
  g_free (report->from);
  g_free (report->to);
  g_free (report->term);
  g_free (report->audit_head);
  g_free (report->version);
  g_free (report->watermark);
  g_array_unref (report->people);
  g_ptr_array_unref (report->notes);
  g_ptr_array_unref (report->blocks);
  g_free (report);
}

void
xq_report_add_person (XqReport *report, gint64 person_id)
{
  const gint64 *ids = (const gint64 *) (gpointer) report->people->data;

  for (guint i = 0; i < report->people->len; i++)
    if (ids[i] == person_id)
      return;
  g_array_append_val (report->people, person_id);
}

XqReportBlock *
xq_report_add_block (XqReport *report, const char *id, const char *title, XqBlockKind kind)
{
  XqReportBlock *block = g_new0 (XqReportBlock, 1);

  block->id = g_strdup (id);
  block->title = g_strdup (title);
  block->kind = kind;
  block->columns = g_ptr_array_new_with_free_func (column_free);
  block->relations = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  block->rows = g_ptr_array_new_with_free_func (row_free);
  g_ptr_array_add (report->blocks, block);
  return block;
}

XqReportBlock *
xq_report_block (XqReport *report, const char *id)
{
  for (guint i = 0; i < report->blocks->len; i++)
    {
      XqReportBlock *block = g_ptr_array_index (report->blocks, i);

      if (g_str_equal (block->id, id))
        return block;
    }
  return NULL;
}

XqReportColumn *
xq_report_block_add_column (XqReportBlock *block, const char *id, const char *title,
                            XqColumnFormat format)
{
  XqReportColumn *column = g_new0 (XqReportColumn, 1);

  g_return_val_if_fail (block->rows->len == 0 && block->total == NULL, NULL);

  column->id = g_strdup (id);
  column->title = g_strdup (title);
  column->format = format;
  g_ptr_array_add (block->columns, column);
  return column;
}

void
xq_report_block_add_relation (XqReportBlock *block, const char *const *ids)
{
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();
  g_auto (GStrv) relation = NULL;

  if (xq_report_block_column_index (block, ids[0]) < 0)
    return;
  for (guint i = 0; ids[i] != NULL; i++)
    if (xq_report_block_column_index (block, ids[i]) >= 0)
      g_strv_builder_add (known, ids[i]);
  relation = g_strv_builder_end (known);
  if (g_strv_length (relation) > 1)
    g_ptr_array_add (block->relations, g_steal_pointer (&relation));
}

static XqReportRow *
row_new (const XqReportBlock *block, const char *id, const char *title)
{
  XqReportRow *row = g_new0 (XqReportRow, 1);

  row->id = g_strdup (id);
  row->title = g_strdup (title);
  row->n_cells = block->columns->len;
  row->cells = g_new0 (XqReportCell, MAX (row->n_cells, 1));
  return row;
}

XqReportRow *
xq_report_block_add_row (XqReportBlock *block, const char *id, const char *title)
{
  XqReportRow *row = row_new (block, id, title);

  g_ptr_array_add (block->rows, row);
  return row;
}

XqReportRow *
xq_report_block_ensure_total (XqReportBlock *block)
{
  if (block->total == NULL)
    block->total = row_new (block, "total", _("Total"));
  return block->total;
}

void
xq_report_block_sum (XqReportBlock *block)
{
  XqReportRow *total = xq_report_block_ensure_total (block);

  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);
      double sum = 0.0;

      if (!column->additive)
        continue;
      for (guint r = 0; r < block->rows->len; r++)
        {
          const XqReportRow *row = g_ptr_array_index (block->rows, r);

          if (row->cells[c].kind == XQ_VALUE_NUMBER)
            sum += row->cells[c].number;
        }
      xq_report_cell_set_number (&total->cells[c], sum);
    }
}

int
xq_report_block_column_index (const XqReportBlock *block, const char *id)
{
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      if (g_str_equal (column->id, id))
        return (int) c;
    }
  return -1;
}

gboolean
xq_report_block_is_charted (const XqReportBlock *block, guint column)
{
  const XqReportColumn *known = g_ptr_array_index (block->columns, column);

  return block->charted == NULL
         || g_strv_contains ((const char *const *) block->charted, known->id);
}

XqReportRow *
xq_report_block_row (const XqReportBlock *block, const char *id)
{
  for (guint r = 0; r < block->rows->len; r++)
    {
      XqReportRow *row = g_ptr_array_index (block->rows, r);

      if (g_str_equal (row->id, id))
        return row;
    }
  if (block->total != NULL && g_str_equal (id, block->total->id))
    return block->total;
  return NULL;
}

gboolean
xq_report_block_column_covered (const XqReportBlock *block, guint column)
{
  for (guint r = 0; r < block->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (block->rows, r);

      if (row->cells[column].cover != XQ_COVER_NONE)
        return TRUE;
    }
  return block->total != NULL && block->total->cells[column].cover != XQ_COVER_NONE;
}

XqReportCell *
xq_report_row_cell (XqReportRow *row, guint column)
{
  g_return_val_if_fail (column < row->n_cells, NULL);

  return &row->cells[column];
}

void
xq_report_cell_set_number (XqReportCell *cell, double number)
{
  g_clear_pointer (&cell->text, g_free);
  cell->kind = isfinite (number) ? XQ_VALUE_NUMBER : XQ_VALUE_NONE;
  cell->number = isfinite (number) ? number : 0.0;
}

void
xq_report_cell_set_text (XqReportCell *cell, const char *text)
{
  g_set_str (&cell->text, text);
  cell->kind = text != NULL ? XQ_VALUE_TEXT : XQ_VALUE_NONE;
  cell->number = 0.0;
}

void
xq_report_cell_cover (XqReportCell *cell, XqCellCover cover)
{
  g_clear_pointer (&cell->text, g_free);
  cell->kind = XQ_VALUE_NONE;
  cell->number = 0.0;
  cell->cover = cover;
}

double
xq_report_round_share (double share)
{
  return round (share * 1000.0) / 1000.0;
}

/* 1024 → "1,024"; the C locale has no grouping of its own. */
static char *
grouped (double number)
{
  g_autofree char *digits = g_strdup_printf ("%.0f", fabs (round (number)));
  gsize length = strlen (digits);
  g_autoptr (GString) text = g_string_new (round (number) < 0 ? "−" : NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
xq_report_cell_display (const XqReport *report, const XqReportColumn *column,
                        const XqReportCell *cell)
{
  if (cell->cover == XQ_COVER_SMALL)
    return g_strdup_printf ("<%d", report->threshold);
  if (cell->cover == XQ_COVER_GUARD)
    return g_strdup ("*");
  if (cell->kind == XQ_VALUE_TEXT)
    return g_strdup (cell->text);
  if (cell->kind == XQ_VALUE_NONE)
    return g_strdup (column->manual ? "" : "—");
  if (column->format == XQ_FORMAT_PERCENT)
    return g_strdup_printf ("%.1f%%", cell->number * 100.0);
  if (column->format == XQ_FORMAT_DECIMAL)
    return g_strdup_printf ("%.1f", cell->number);
  return grouped (cell->number);
}
