#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "report/indicator-private.h"
#include "vault/audit.h"
#include "vault/vault.h"

static void
copy_cell (XqReportCell *to, const XqReportCell *from)
{
  to->kind = from->kind;
  to->cover = from->cover;
  to->number = from->number;
  to->text = g_strdup (from->text);
}

static XqReportColumn *
copy_column (XqReportBlock *block, const XqReportColumn *from)
{
  XqReportColumn *column = xq_report_block_add_column (block, from->id, from->title, from->format);

  column->group = g_strdup (from->group);
  column->definition = g_strdup (from->definition);
  column->additive = from->additive;
  column->manual = from->manual;
  column->about_persons = from->about_persons;
  column->sources = g_strdupv (from->sources);
  column->level = from->level;
  return column;
}

/* A mark that nobody carries needs no column beside those that somebody does. */
static gboolean
is_idle_tag (const XqReportBlock *table, const char *id)
{
  const XqReportCell *total = &table->total->cells[xq_report_block_column_index (table, id)];

  return xq_measure_tag (id) >= 0 && total->cover == XQ_COVER_NONE && total->number == 0.0;
}

static gboolean
all_idle_tags (const XqReportBlock *table, char **ids)
{
  for (char **id = ids; *id != NULL; id++)
    if (!is_idle_tag (table, *id))
      return FALSE;
  return TRUE;
}

/* Some columns of the table of all indicators, with all its rows. Where nobody carries any mark, their zeros are the answer. */
static void
build_grades (const XqBuilder *builder, const XqBlockDefinition *definition, XqReportBlock *block)
{
  const XqReportBlock *table = builder->table;
  const gboolean all_idle = all_idle_tags (table, definition->indicators);
  gboolean only_manual = TRUE;

  block->row_title = g_strdup (g_str_equal (builder->time->profile, "enterprise") ? _("Department") : _("Grade"));
  for (char **id = definition->indicators; *id != NULL; id++)
    if (all_idle || !is_idle_tag (table, *id))
      only_manual
          &= copy_column (block, g_ptr_array_index (table->columns, xq_report_block_column_index (table, *id)))->manual;
  for (guint r = 0; r <= table->rows->len; r++)
    {
      const gboolean total = r == table->rows->len;
      const XqReportRow *from = total ? table->total : g_ptr_array_index (table->rows, r);
      XqReportRow *row;

      if (total && only_manual)
        continue;
      row = total ? xq_report_block_ensure_total (block) : xq_report_block_add_row (block, from->id, from->title);
      for (guint c = 0; c < block->columns->len; c++)
        {
          const XqReportColumn *column = g_ptr_array_index (block->columns, c);

          copy_cell (&row->cells[c], &from->cells[xq_report_block_column_index (table, column->id)]);
        }
    }
}

/* A row an indicator, with its number for the whole organisation. Of marks and the like ("rows"), only those that
 * somebody has. */
static void
build_measures (const XqBuilder *builder, const XqBlockDefinition *definition, XqReportBlock *block)
{
  const gboolean skip_none = g_strcmp0 (block->look, "rows") == 0;
  XqReportColumn *value = xq_report_block_add_column (block, "value", _("How many"), XQ_FORMAT_COUNT);

  block->row_title = g_strdup (_("Indicator"));
  value->about_persons = TRUE;
  for (char **id = definition->indicators; *id != NULL; id++)
    {
      const int column = xq_report_block_column_index (builder->table, *id);
      const XqReportColumn *known = g_ptr_array_index (builder->table->columns, column);
      const XqReportCell *from = &builder->table->total->cells[column];
      XqReportRow *row;

      if (skip_none && from->cover == XQ_COVER_NONE && from->number == 0.0)
        continue;
      row = xq_report_block_add_row (block, known->id, known->title);
      copy_cell (&row->cells[0], from);
    }
}

static gboolean
build_block (const XqBuilder *builder, const XqBlockDefinition *definition, GError **error)
{
  static const struct
  {
    const char *dimension;
    gboolean (*build) (const XqBuilder *builder, XqReportBlock *block, GError **error);
  } builds[] = {
    { "week", xq_build_weeks },   { "problem", xq_build_problems },     { "activity", xq_build_activities },
    { "staff", xq_build_staff },  { "tiles", xq_build_tiles },          { "late", xq_build_late },
    { "decisions", xq_build_decisions }, { "signature", xq_build_signature },
  };
  XqReportBlock *block = xq_report_add_block (builder->report, definition->id, definition->title, definition->kind);

  block->subtitle = g_strdup (definition->subtitle);
  block->look = g_strdup (definition->look);
  block->charted = g_strdupv (definition->charted);
  block->half = definition->half;
  if (g_str_equal (definition->dimension, "grade"))
    build_grades (builder, definition, block);
  else if (g_str_equal (definition->dimension, "measure"))
    build_measures (builder, definition, block);
  for (gsize i = 0; i < G_N_ELEMENTS (builds); i++)
    if (g_str_equal (definition->dimension, builds[i].dimension))
      return builds[i].build (builder, block, error);
  return TRUE;
}

/* The vault's own k, where one is set that can protect anybody. */
static int
threshold_of (XqDatabase *database, const XqReportDefinition *definition)
{
  g_autofree char *set = xq_setting_get (database, "report_threshold", "0");
  const gint64 own = g_ascii_strtoll (set, NULL, 10);

  return definition->threshold > 0 && own >= 3 && own <= 100 ? (int) own : definition->threshold;
}

static gboolean
has_manual (const XqReport *report)
{
  for (guint b = 0; b < report->blocks->len; b++)
    {
      const XqReportBlock *block = g_ptr_array_index (report->blocks, b);

      for (guint c = 0; c < block->columns->len; c++)
        if (((const XqReportColumn *) g_ptr_array_index (block->columns, c))->manual)
          return TRUE;
    }
  return FALSE;
}

static void
add_notes (XqReport *report, const XqTime *time)
{
  if (report->threshold > 0)
    {
      g_ptr_array_add (report->notes,
                       g_strdup_printf (_("Counts about persons from 1 to %d are given as <%d. Where such a number could be "
                                          "worked out from others, those are given as *; so are shares of either."),
                                        report->threshold - 1, report->threshold));
    }
  g_ptr_array_add (report->notes, g_strdup (_("Students count once (“students”), contacts each time they take place "
                                              "(“contacts”). A student counts in the grade of the last day of the time.")));
  g_ptr_array_add (report->notes, g_strdup (_("The result of a screening is not a diagnosis.")));
  if (g_strcmp0 (time->reference, time->to) != 0)
    g_ptr_array_add (report->notes, g_strdup_printf (_("The time is not over: as of %s."), time->reference));
  if (has_manual (report))
    g_ptr_array_add (report->notes,
                     g_strdup (_("Suspension, return, change and leaving of school are filled in by hand: the files do not "
                                 "keep their days.")));
}

static XqReport *
report_new (XqDatabase *database, const XqReportDefinition *definition, const XqTime *time, GError **error)
{
  XqReport *report = xq_report_new (definition->id, definition->title);

  report->organisation = g_strdup (time->organisation);
  report->from = g_strdup (time->from);
  report->to = g_strdup (time->to);
  report->term = g_strdup (time->term);
  report->generated_at = xq_clock_now ();
  report->threshold = threshold_of (database, definition);
  report->audit_head = xq_audit_head (database, error);
  if (report->audit_head == NULL)
    g_clear_pointer (&report, xq_report_free);
  return report;
}

XqReport *
xq_report_run (XqDatabase *database, const char *definition_id, const XqReportScope *scope, const XqProgress *progress,
               GError **error)
{
  g_autoptr (XqReportDefinition) definition = xq_report_definition_load (definition_id, error);
  g_auto (XqTime) time = { 0 };
  g_autoptr (XqReport) report = NULL;
  g_autoptr (XqReport) indicators = NULL;
  XqBuilder builder = { .database = database, .time = &time, .definition = definition };

  if (definition == NULL || !xq_time_resolve (database, scope, &time, error))
    return NULL;
  report = report_new (database, definition, &time, error);
  if (report == NULL)
    return NULL;
  indicators = xq_indicator_table (database, &time, report->threshold, progress, error);
  if (indicators == NULL)
    return NULL;
  builder.table = g_ptr_array_index (indicators->blocks, 0);
  builder.report = report;
  for (guint b = 0; b < definition->blocks->len; b++)
    if (!build_block (&builder, g_ptr_array_index (definition->blocks, b), error))
      return NULL;
  add_notes (report, &time);
  return xq_progress_step (progress, 1.0, NULL, error) ? g_steal_pointer (&report) : NULL;
}
