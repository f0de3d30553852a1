#include "config.h"

#include "report/model.h"

#include <math.h>

static void
add_cell (JsonBuilder *builder, const XqReportCell *cell)
{
  if (cell->kind == XQ_VALUE_TEXT)
    json_builder_add_string_value (builder, cell->text);
  else if (cell->kind == XQ_VALUE_NONE)
    json_builder_add_null_value (builder);
  else if (cell->number == round (cell->number) && fabs (cell->number) < 9e15)
    json_builder_add_int_value (builder, (gint64) cell->number);
  else
    json_builder_add_double_value (builder, cell->number);
}

static void
add_row (JsonBuilder *builder, const XqReportBlock *block, const XqReportRow *row)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, row->id);
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, row->title);
  json_builder_set_member_name (builder, "cells");
  json_builder_begin_object (builder);
  for (guint c = 0; c < row->n_cells; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      json_builder_set_member_name (builder, column->id);
      add_cell (builder, &row->cells[c]);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "suppressed");
  json_builder_begin_array (builder);
  for (guint c = 0; c < row->n_cells; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      if (row->cells[c].cover != XQ_COVER_NONE)
        json_builder_add_string_value (builder, column->id);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_columns (JsonBuilder *builder, const XqReportBlock *block)
{
  json_builder_begin_array (builder);
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, column->id);
      json_builder_set_member_name (builder, "title");
      json_builder_add_string_value (builder, column->title);
      json_builder_set_member_name (builder, "additive");
      json_builder_add_boolean_value (builder, column->additive);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_block (JsonBuilder *builder, const XqReportBlock *block)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, block->id);
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, block->title);
  json_builder_set_member_name (builder, "columns");
  add_columns (builder, block);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint r = 0; r < block->rows->len; r++)
    add_row (builder, block, g_ptr_array_index (block->rows, r));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "total");
  if (block->total != NULL)
    add_row (builder, block, block->total);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

JsonNode *
xq_report_to_json (const XqReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const struct
  {
    const char *name;
    const char *value;
  } members[] = {
    { "report", report->id }, { "organisation", report->organisation },
    { "from", report->from }, { "to", report->to },
    { "audit_head", report->audit_head },
  };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i].name);
      json_builder_add_string_value (builder, members[i].value);
    }
  json_builder_set_member_name (builder, "blocks");
  json_builder_begin_array (builder);
  for (guint b = 0; b < report->blocks->len; b++)
    add_block (builder, g_ptr_array_index (report->blocks, b));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
