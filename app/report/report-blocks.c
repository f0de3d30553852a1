#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "care/records.h"
#include "report/indicator-private.h"
#include "report/suppression.h"

#define MOST_PROBLEMS 6
#define DAYS_OFF      3 /* from so many on a week is called after its holiday */

static const XqReportCell *
total_of (const XqBuilder *builder, const char *id)
{
  return &builder->table->total->cells[xq_report_block_column_index (builder->table, id)];
}

static void
protect (const XqBuilder *builder, XqReportBlock *block)
{
  if (builder->report->threshold > 0)
    xq_suppression_apply (block, builder->report->threshold);
}

static XqReportColumn *
add_count (XqReportBlock *block, const char *id, const char *title, const char *definition)
{
  XqReportColumn *column = xq_report_block_add_column (block, id, title, XQ_FORMAT_COUNT);

  column->additive = TRUE;
  column->about_persons = TRUE;
  column->definition = g_strdup (definition);
  return column;
}

/* -- weeks */

static int
week_of (const XqTime *time, const char *date)
{
  g_autofree char *monday = xq_date_monday (time->from);

  return xq_date_days_between (monday, date) / 7;
}

/* Adds what the query counts (time, nothing more) to @column of its week. */
static gboolean
add_by_week (const XqBuilder *builder, XqReportBlock *block, guint column, const char *sql, GError **error)
{
  g_autoptr (XqStatement) row
      = xq_database_query (builder->database, error, sql, XQ_INTEGER (":start", builder->time->start),
                           XQ_INTEGER (":end", builder->time->end),
                           XQ_INTEGER (":organisation", builder->time->organisation_id), XQ_END);
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      g_autofree char *date = xq_clock_date (xq_statement_integer (row, 0));
      const int week = week_of (builder->time, date);

      if (week >= 0 && (guint) week < block->rows->len)
        ((XqReportRow *) g_ptr_array_index (block->rows, week))->cells[column].number += 1.0;
    }
  return step == XQ_STEP_DONE;
}

/* The name of the holiday that a week is mostly made of. */
static gboolean
add_holidays (const XqBuilder *builder, XqReportBlock *block, guint column, GError **error)
{
  g_autofree int *off = g_new0 (int, MAX (block->rows->len, 1));
  g_autoptr (XqStatement) row
      = xq_database_query (builder->database, error,
                           "SELECT date, name FROM day_exception WHERE working = 0 AND date BETWEEN :from AND :to ORDER BY date",
                           XQ_TEXT (":from", builder->time->from), XQ_TEXT (":to", builder->time->to), XQ_END);
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      const char *date = xq_statement_text (row, 0);
      const int week = week_of (builder->time, date);

      if (week < 0 || (guint) week >= block->rows->len || xq_date_weekday (date) > 5)
        continue;
      if (++off[week] == DAYS_OFF)
        xq_report_cell_set_text (&((XqReportRow *) g_ptr_array_index (block->rows, week))->cells[column],
                                 xq_statement_text (row, 1));
    }
  return step == XQ_STEP_DONE;
}

gboolean
xq_build_weeks (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  const XqTime *time = builder->time;
  g_autofree char *sessions
      = g_strdup_printf ("SELECT s.at FROM session_note s JOIN person p ON p.id = s.person_id"
                         " WHERE s.at >= :start AND s.at < :end AND s.amends_id IS NULL"
                         " AND p.organisation_id = :organisation AND p.kind = '%s'",
                         xq_time_counted_kind (time));

  block->row_title = g_strdup (_("School week"));
  add_count (block, "sessions", _("Counselling contacts"), NULL);
  add_count (block, "mark", _("Crisis events"), _("Crisis events in the week; each one."));
  xq_report_block_add_column (block, "note", _("Holiday"), XQ_FORMAT_TEXT);
  block->charted = g_strdupv ((char *[]){ (char *) "sessions", NULL });
  if (total_of (builder, "sessions")->cover != XQ_COVER_NONE || xq_date_compare (time->reference, time->from) < 0)
    return TRUE;
  for (int week = 0; week <= week_of (time, time->reference); week++)
    {
      g_autofree char *id = g_strdup_printf ("week-%d", week + 1);
      g_autofree char *title = g_strdup_printf (_("Week %d"), week + 1);
      XqReportRow *row = xq_report_block_add_row (block, id, title);

      xq_report_cell_set_number (&row->cells[0], 0);
      xq_report_cell_set_number (&row->cells[1], 0);
    }
  if (!add_by_week (builder, block, 0, sessions, error)
      || !add_by_week (builder, block, 1,
                       "SELECT at FROM crisis_event WHERE organisation_id = :organisation AND at >= :start AND at < :end",
                       error)
      || !add_holidays (builder, block, 2, error))
    return FALSE;
  xq_report_block_sum (block);
  block->total_known = TRUE;
  protect (builder, block);
  return TRUE;
}

/* -- presenting problems */

/* The counsellor's own words may say too much about one person: only those that k persons share are printed. */
gboolean
xq_build_problems (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  const XqTime *time = builder->time;
  g_autoptr (XqStatement) row = NULL;
  double other = 0.0;
  XqStep step;

  block->row_title = g_strdup (_("Presenting problem"));
  add_count (block, "cases", _("Cases open"), _("Cases open on any day of the time, by the problem written down; each one."));
  if (total_of (builder, "cared")->cover != XQ_COVER_NONE)
    return TRUE;
  row = xq_database_query (builder->database, error,
                           "SELECT ifnull (trim (problem), ''), count (*) FROM"
                           " (SELECT person_id, problem FROM case_file WHERE closed_on IS NULL AND opened_on <= :to"
                           " UNION ALL SELECT person_id, problem FROM case_file WHERE closed_on >= :from AND opened_on <= :to) c"
                           " JOIN person p ON p.id = c.person_id WHERE p.organisation_id = :organisation AND p.kind = :kind"
                           " GROUP BY 1 ORDER BY 2 DESC, 1",
                           XQ_TEXT (":from", time->from), XQ_TEXT (":to", time->to),
                           XQ_INTEGER (":organisation", time->organisation_id), XQ_TEXT (":kind", xq_time_counted_kind (time)), XQ_END);
  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      const char *problem = xq_statement_text (row, 0);
      const double n = (double) xq_statement_integer (row, 1);

      if (problem[0] != '\0' && n >= builder->report->threshold && block->rows->len < MOST_PROBLEMS)
        xq_report_cell_set_number (&xq_report_block_add_row (block, problem, problem)->cells[0], n);
      else
        other += n;
    }
  if (other > 0.0)
    xq_report_cell_set_number (&xq_report_block_add_row (block, "other", _("Other or not given"))->cells[0], other);
  xq_report_block_sum (block);
  block->total_known = TRUE;
  protect (builder, block);
  return step == XQ_STEP_DONE;
}

/* -- activities */

gboolean
xq_build_activities (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  g_autoptr (XqStatement) row = xq_database_query (
      builder->database, error,
      "SELECT kind, count (*), sum (head_count), sum (hours) FROM activity"
      " WHERE organisation_id = :organisation AND held_on BETWEEN :from AND :to GROUP BY kind ORDER BY 2 DESC, 1",
      XQ_INTEGER (":organisation", builder->time->organisation_id), XQ_TEXT (":from", builder->time->from),
      XQ_TEXT (":to", builder->time->to), XQ_END);
  XqReportColumn *hours;
  XqStep step;

  block->row_title = g_strdup (_("Kind of activity"));
  add_count (block, "held", _("Times held"), _("Activities held in the time; each one."))->about_persons = FALSE;
  add_count (block, "audience", _("Heads counted"), _("Heads counted at them; somebody who came twice counts twice."))->about_persons
      = FALSE;
  hours = xq_report_block_add_column (block, "hours", _("Hours held"), XQ_FORMAT_DECIMAL);
  hours->additive = TRUE;
  hours->definition = g_strdup (_("Hours that they took."));
  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      const char *kind = xq_statement_text (row, 0);
      const int choice = xq_choice_index (xq_activity_kinds, kind);
      XqReportRow *line = xq_report_block_add_row (block, kind, choice >= 0 ? _(xq_activity_kinds[choice].label) : kind);

      for (int c = 0; c < 3; c++)
        xq_report_cell_set_number (&line->cells[c], xq_statement_real (row, c + 1));
    }
  xq_report_block_sum (block);
  return step == XQ_STEP_DONE;
}

/* -- staff */

static gboolean
is_primary (const XqBuilder *builder, const char *row_id)
{
  const gint64 grade = g_str_has_prefix (row_id, "grade:") ? g_ascii_strtoll (row_id + 6, NULL, 10) : 0;

  if (grade >= 1 && grade <= 12)
    return grade <= 6;
  return strstr (builder->time->organisation, "小学") != NULL || strstr (builder->time->organisation, "小學") != NULL;
}

/* 国卫疾控发〔2016〕77号 (12) asks a college for 1 to 4,000 students; 粤卫〔2019〕78号 (二)6 asks a secondary school of
 * 1,000 students and more, and a primary school of 1,200 and more, for a full-time teacher. */
static void
set_required (const XqBuilder *builder, XqStaffing *staffing)
{
  const int pupils = xq_report_block_column_index (builder->table, "pupils");
  double primary = 0.0;
  double secondary = 0.0;

  for (guint r = 0; r < builder->table->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (builder->table->rows, r);

      if (is_primary (builder, row->id))
        primary += row->cells[pupils].number;
      else
        secondary += row->cells[pupils].number;
    }
  staffing->pupils = (gint64) total_of (builder, "pupils")->number;
  if (g_str_equal (builder->time->profile, "college"))
    {
      staffing->required = (staffing->pupils + 3999) / 4000;
      staffing->rule = _("a college needs at least one counsellor to 4,000 students");
    }
  else if (g_str_equal (builder->time->profile, "school"))
    {
      staffing->required = (secondary >= 1000 ? 1 : 0) + (primary >= 1200 ? 1 : 0);
      staffing->rule = _("a secondary school of 1,000 students and more, and a primary school of 1,200 and more, needs a "
                         "full-time counselling teacher");
    }
}

gboolean
xq_staffing_load (const XqBuilder *builder, XqStaffing *ret_staffing, GError **error)
{
  g_autoptr (XqStatement) row = xq_database_query (
      builder->database, error,
      "SELECT ifnull (sum (full_time), 0), ifnull (sum (1 - full_time), 0), count (*) FROM team_member"
      " WHERE organisation_id = :organisation AND (from_date IS NULL OR from_date <= :day)"
      " AND (to_date IS NULL OR to_date >= :day)",
      XQ_INTEGER (":organisation", builder->time->organisation_id), XQ_TEXT (":day", builder->time->reference), XQ_END);

  *ret_staffing = (XqStaffing){ 0 };
  if (row == NULL || xq_statement_step (row, error) != XQ_STEP_ROW)
    return FALSE;
  ret_staffing->full_time = xq_statement_integer (row, 0);
  ret_staffing->part_time = xq_statement_integer (row, 1);
  ret_staffing->known = xq_statement_integer (row, 2) > 0;
  set_required (builder, ret_staffing);
  return TRUE;
}

gboolean
xq_build_staff (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  const XqReportCell *pupils = total_of (builder, "pupils");
  g_autofree char *rule = NULL;
  XqStaffing staffing;
  XqReportColumn *share;
  XqReportRow *row;

  if (!xq_staffing_load (builder, &staffing, error))
    return FALSE;
  add_count (block, "pupils", _("Students on the roll"), NULL)->additive = FALSE;
  add_count (block, "full_time", _("Full-time counsellors"), _("On the team on the last day of the time, or today before it."))
      ->about_persons = FALSE;
  add_count (block, "part_time", _("Part-time counsellors"), NULL)->about_persons = FALSE;
  if (staffing.rule != NULL)
    rule = g_strdup_printf (_("What the policies ask for: %s."), staffing.rule);
  add_count (block, "required", _("Full-time required"), rule)->about_persons = FALSE;
  add_count (block, "missing", _("Posts missing"), _("Required less full-time, never below 0."))->about_persons = FALSE;
  share = xq_report_block_add_column (block, "pupils_each", _("Students to each"), XQ_FORMAT_COUNT);
  share->definition = g_strdup (_("Students ÷ full-time counsellors."));
  share->sources = g_strdupv ((char *[]){ (char *) "pupils", NULL });
  block->row_title = g_strdup (_("Organisation"));
  row = xq_report_block_add_row (block, "all", builder->time->organisation);
  row->cells[0].cover = pupils->cover;
  if (pupils->cover == XQ_COVER_NONE)
    xq_report_cell_set_number (&row->cells[0], pupils->number);
  xq_report_cell_set_number (&row->cells[1], (double) staffing.full_time);
  xq_report_cell_set_number (&row->cells[2], (double) staffing.part_time);
  xq_report_cell_set_number (&row->cells[3], (double) staffing.required);
  xq_report_cell_set_number (&row->cells[4], (double) MAX (staffing.required - staffing.full_time, 0));
  if (staffing.full_time > 0 && pupils->cover == XQ_COVER_NONE)
    xq_report_cell_set_number (&row->cells[5], (double) (staffing.pupils / staffing.full_time));
  return TRUE;
}
