#include "config.h"

#include "report/workbook-private.h"

static const lxw_color_t level_colours[] = { 0xB5172F, 0xCC5F0B, 0xC99B0A };

#define ACCENT       0x1A7F78
#define CHART_WIDTH  480.0 /* pixels of a chart at scale 1 */

static gboolean
can_be_drawn (const XqReportBlock *block, guint column)
{
  const XqReportColumn *known = g_ptr_array_index (block->columns, column);

  return xq_report_block_is_charted (block, column) && known->format != XQ_FORMAT_TEXT
         && known->format != XQ_FORMAT_DATE && !known->manual;
}

/* The number at each bar, and the sign where there is none to draw. */
static void
label_points (XqWorkbook *workbook, lxw_chart_series *series, const XqReportBlock *block, guint column)
{
  const XqReportColumn *known = g_ptr_array_index (block->columns, column);
  g_autofree lxw_chart_data_label *labels = g_new0 (lxw_chart_data_label, block->rows->len);
  g_autofree lxw_chart_data_label **list = g_new0 (lxw_chart_data_label *, block->rows->len + 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint r = 0; r < block->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (block->rows, r);
      char *text = xq_report_cell_display (workbook->report, known, &row->cells[column]);

      g_ptr_array_add (texts, text);
      labels[r].value = text;
      list[r] = &labels[r];
    }
  chart_series_set_labels (series);
  chart_series_set_labels_custom (series, list);
}

static void
add_series (XqWorkbook *workbook, lxw_chart *chart, const XqReportBlock *block, const XqSheetPlace *place,
            guint column)
{
  const XqReportColumn *known = g_ptr_array_index (block->columns, column);
  const lxw_col_t at = (lxw_col_t) (column + 1);
  lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
  lxw_chart_fill fill = { .color = known->level > 0 ? level_colours[known->level - 1] : ACCENT };

  chart_series_set_categories (series, place->sheet_name, place->first_row, 0, place->last_row, 0);
  chart_series_set_values (series, place->sheet_name, place->first_row, at, place->last_row, at);
  chart_series_set_name_range (series, place->sheet_name, place->first_row - 1, at);
  chart_series_set_fill (series, &fill);
  label_points (workbook, series, block, column);
}

static void
style_chart (lxw_chart *chart, const XqReportBlock *block, XqColumnFormat format, guint series)
{
  lxw_chart_font title = { .size = 12, .bold = LXW_TRUE };
  lxw_chart_line grid = { .color = 0xE5E7EB };
  lxw_chart_line none = { .none = LXW_TRUE };

  chart_title_set_name (chart, block->title);
  chart_title_set_name_font (chart, &title);
  chart_axis_major_gridlines_set_line (chart->y_axis, &grid);
  chart_chartarea_set_line (chart, &none);
  chart_axis_set_min (chart->y_axis, 0);
  chart_set_series_gap (chart, 70);
  if (format == XQ_FORMAT_PERCENT)
    {
      chart_axis_set_max (chart->y_axis, 1);
      chart_axis_set_num_format (chart->y_axis, "0%");
    }
  chart_legend_set_position (chart, series < 2 ? LXW_CHART_LEGEND_NONE : LXW_CHART_LEGEND_BOTTOM);
}

/* Native, so that it follows when somebody changes a cell. A covered cell is text: it draws no bar, and its
 * label says <5. */
void
xq_workbook_add_chart (XqWorkbook *workbook, const XqReportBlock *block, const XqSheetPlace *place)
{
  lxw_chart_options options = { .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                .x_offset = 2,
                                .x_scale = place->width / CHART_WIDTH,
                                .y_scale = 1.15,
                                .description = block->title };
  XqColumnFormat format = XQ_FORMAT_COUNT;
  lxw_chart *chart = NULL;
  guint series = 0;

  for (guint c = 0; c < block->columns->len; c++)
    {
      if (!can_be_drawn (block, c))
        continue;
      if (chart == NULL)
        chart = workbook_add_chart (workbook->book, LXW_CHART_COLUMN);
      add_series (workbook, chart, block, place, c);
      format = ((XqReportColumn *) g_ptr_array_index (block->columns, c))->format;
      series++;
    }
  if (chart == NULL)
    return;
  style_chart (chart, block, format, series);
  worksheet_insert_chart_opt (place->sheet, place->end_row + 1, 0, chart, &options);
}
