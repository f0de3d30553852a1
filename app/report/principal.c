#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/indicator-private.h"

/* The words of the principal's summary: tiles, what is late, what is to be decided. Numbers come from the table of all
 * indicators, already covered; a sentence never says a number that the table hides. */

#define COVERAGE_GOAL     0.95
#define ON_TIME_GOAL      0.90
#define AGREEMENT_DAYS    90  /* an agreement that ends within is to be renewed */
#define STANDS_OUT        1.3 /* so much above the whole school's share */
#define STANDS_OUT_LEAST  10  /* confirmed warnings, below which a share says little */

static const XqReportCell *
cell_of (const XqBuilder *builder, const XqReportRow *row, const char *id)
{
  return &row->cells[xq_report_block_column_index (builder->table, id)];
}

static const XqReportCell *
total_of (const XqBuilder *builder, const char *id)
{
  return cell_of (builder, builder->table->total, id);
}

static char *
shown (const XqBuilder *builder, const char *id)
{
  const int column = xq_report_block_column_index (builder->table, id);

  return xq_report_cell_display (builder->report, g_ptr_array_index (builder->table->columns, column),
                                 &builder->table->total->cells[column]);
}

static gboolean
is_number (const XqReportCell *cell)
{
  return cell->kind == XQ_VALUE_NUMBER;
}

/* -- tiles */

static void
add_tile (XqReportBlock *block, const char *id, const char *label, const char *figure, const char *detail, gboolean grave)
{
  XqReportRow *row = xq_report_block_add_row (block, id, label);

  xq_report_cell_set_text (&row->cells[0], figure);
  xq_report_cell_set_text (&row->cells[1], detail);
  xq_report_cell_set_text (&row->cells[2], grave ? _("yes") : NULL);
}

/* "+18% on the term before", NULL when there is nothing to compare. */
static gboolean
compare_sessions (const XqBuilder *builder, char **ret_text, GError **error)
{
  const XqReportCell *now = total_of (builder, "sessions");
  g_auto (XqTime) before = { 0 };
  gint64 then = 0;
  gboolean found;

  *ret_text = NULL;
  if (!xq_time_of_previous_term (builder->database, builder->time, &before, &found, error))
    return FALSE;
  if (!found || !is_number (now))
    return TRUE;
  if (!xq_database_get_integer (builder->database, error, &then, NULL,
                                "SELECT count (*) FROM session_note s JOIN person p ON p.id = s.person_id"
                                " WHERE s.at >= :start AND s.at < :end AND s.amends_id IS NULL"
                                " AND p.organisation_id = :organisation AND p.kind = :kind",
                                XQ_INTEGER (":start", before.start), XQ_INTEGER (":end", before.end),
                                XQ_INTEGER (":organisation", before.organisation_id),
                                XQ_TEXT (":kind", xq_time_counted_kind (&before)), XQ_END))
    return FALSE;
  if (then >= MAX (builder->report->threshold, 1) && now->number > 0.0)
    *ret_text = g_strdup_printf (_("%+.0f%% on the term before"), (now->number / (double) then - 1.0) * 100.0);
  return TRUE;
}

gboolean
xq_build_tiles (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  g_autofree char *coverage = shown (builder, "coverage");
  g_autofree char *tested = shown (builder, "tested");
  g_autofree char *due = shown (builder, "due");
  g_autofree char *valid = shown (builder, "valid");
  g_autofree char *confirmed = shown (builder, "confirmed");
  g_autofree char *first = shown (builder, "confirmed_1");
  g_autofree char *second = shown (builder, "confirmed_2");
  g_autofree char *third = shown (builder, "confirmed_3");
  g_autofree char *seen = shown (builder, "persons_seen");
  g_autofree char *sessions = shown (builder, "sessions");
  g_autofree char *sent = shown (builder, "sent");
  g_autofree char *attended = shown (builder, "attended");
  g_autofree char *refused = shown (builder, "refused");
  g_autofree char *rate = shown (builder, "follow_ups_rate");
  g_autofree char *follow_ups = shown (builder, "follow_ups_due");
  g_autofree char *on_time = shown (builder, "follow_ups_on_time");
  g_autofree char *screened = g_strdup_printf (_("%s of %s, valid %s"), tested, due, valid);
  g_autofree char *levels = g_strdup_printf (_("level 1: %s · level 2: %s · level 3: %s"), first, second, third);
  g_autofree char *contacts = g_strdup_printf ("%s / %s", seen, sessions);
  g_autofree char *answers = g_strdup_printf (_("attended %s · refused %s"), attended, refused);
  g_autofree char *punctual = g_strdup_printf (_("due %s, on time %s"), follow_ups, on_time);
  g_autofree char *growth = NULL;

  if (!compare_sessions (builder, &growth, error))
    return FALSE;
  xq_report_block_add_column (block, "figure", _("Figure"), XQ_FORMAT_TEXT);
  xq_report_block_add_column (block, "detail", _("In detail"), XQ_FORMAT_TEXT);
  xq_report_block_add_column (block, "grave", _("In red"), XQ_FORMAT_TEXT);
  add_tile (block, "coverage", _("Screening coverage"), coverage, screened, FALSE);
  add_tile (block, "confirmed", _("Warnings confirmed"), confirmed, levels, TRUE);
  add_tile (block, "contacts", _("Students / contacts"), contacts, growth, FALSE);
  add_tile (block, "sent", _("Referrals"), sent, answers, FALSE);
  add_tile (block, "follow_ups", _("Follow-ups on time"), rate, punctual, FALSE);
  return TRUE;
}

/* -- sentences */

static void G_GNUC_PRINTF (3, 4)
say (XqReportBlock *block, const char *id, const char *format, ...)
{
  XqReportRow *row = xq_report_block_add_row (block, id, "");
  g_autofree char *number = g_strdup_printf ("%u", block->rows->len);
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_str (&row->title, number);
  xq_report_cell_set_text (&row->cells[0], text);
}

/* "12", or "fewer than 5". */
static char *
how_many (const XqBuilder *builder, gint64 n)
{
  if (n < builder->report->threshold)
    return g_strdup_printf (_("fewer than %d"), builder->report->threshold);
  return g_strdup_printf ("%" G_GINT64_FORMAT, n);
}

/* A count, and the earliest day of what is counted. */
static gboolean
ask_late (const XqBuilder *builder, const char *sql, gint64 *ret_n, int *ret_days, GError **error)
{
  const XqTime *time = builder->time;
  g_autoptr (XqStatement) row
      = xq_database_query (builder->database, error, sql, XQ_TEXT (":today", time->today), XQ_TEXT (":from", time->from),
                           XQ_TEXT (":to", time->to), XQ_INTEGER (":organisation", time->organisation_id),
                           XQ_TEXT (":kind", xq_time_counted_kind (time)), XQ_END);
  const char *earliest;

  *ret_n = 0;
  *ret_days = 0;
  if (row == NULL || xq_statement_step (row, error) != XQ_STEP_ROW)
    return FALSE;
  *ret_n = xq_statement_integer (row, 0);
  earliest = xq_statement_text (row, 1);
  if (earliest != NULL)
    *ret_days = xq_date_days_between (earliest, time->today);
  return TRUE;
}

#define OURS " JOIN person p ON p.id = person_id AND p.organisation_id = :organisation AND p.kind = :kind"
#define DAY(column) "date (" column ", 'unixepoch', 'localtime')"

/* Each is a sentence with how many and how long. */
static const struct
{
  const char *id;
  const char *sql;
  const char *text;
} late[] = {
  { "warnings",
    "SELECT count (*), min (" DAY ("due_at") ") FROM warning" OURS
    " WHERE warning.state = 'new' AND " DAY ("due_at") " < :today AND " DAY ("raised_at") " BETWEEN :from AND :to",
    N_ ("Warnings past the time for their triage: %s; the oldest by %d days.") },
  { "follow-ups",
    "SELECT count (*), min (due_on) FROM follow_up" OURS
    " WHERE follow_up.state = 'due' AND due_on < :today AND due_on BETWEEN :from AND :to",
    N_ ("Follow-ups past their day: %s; the oldest by %d days.") },
  { "referrals",
    "SELECT count (*), min (" DAY ("due_at") ") FROM referral" OURS
    " WHERE referral.state IN ('consented', 'sent', 'accepted', 'missed') AND " DAY ("due_at") " < :today"
    " AND " DAY ("opened_at") " BETWEEN :from AND :to",
    N_ ("Referrals whose clock has run out: %s; the oldest by %d days.") },
  { "slips",
    "SELECT count (*), min (" DAY ("due_at") ") FROM referral" OURS
    " WHERE referral.state = 'attended' AND " DAY ("due_at") " < :today AND " DAY ("opened_at") " BETWEEN :from AND :to",
    N_ ("Reply slips that have not come back from the hospital: %s; the oldest by %d days.") },
};

/* The grade in which most of those to be screened are missing. */
static void
say_unscreened (const XqBuilder *builder, XqReportBlock *block)
{
  const XqReportRow *worst = NULL;
  gint64 most = 0;

  for (guint r = 0; r < builder->table->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (builder->table->rows, r);
      const XqReportCell *due = cell_of (builder, row, "due");
      const XqReportCell *tested = cell_of (builder, row, "tested");
      const gint64 n = is_number (due) && is_number (tested) ? (gint64) (due->number - tested->number) : 0;

      if (n > most)
        {
          most = n;
          worst = row;
        }
    }
  if (worst != NULL)
    {
      g_autofree char *n = how_many (builder, most);

      say (block, "unscreened", _("Not yet screened, most of them in %s: %s students there."), worst->title, n);
    }
}

gboolean
xq_build_late (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  block->row_title = g_strdup (_("No."));
  xq_report_block_add_column (block, "text", _("What is late"), XQ_FORMAT_TEXT);
  for (gsize i = 0; i < G_N_ELEMENTS (late); i++)
    {
      gint64 n;
      int days;
      g_autofree char *words = NULL;

      if (!ask_late (builder, late[i].sql, &n, &days, error))
        return FALSE;
      if (n == 0)
        continue;
      words = how_many (builder, n);
      /* The msgid is one of the table above: a count in words and days. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      say (block, late[i].id, _(late[i].text), words, days);
#pragma GCC diagnostic pop
    }
  say_unscreened (builder, block);
  if (block->rows->len == 0)
    say (block, "nothing", "%s", _("Nothing is late."));
  return TRUE;
}

/* -- decisions */

static gboolean
decide_staff (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  XqStaffing staffing;

  if (!xq_staffing_load (builder, &staffing, error))
    return FALSE;
  if (staffing.required > staffing.full_time)
    say (block, "staff",
         _("The school has %d students and %d full-time counsellors; %s, so at least %d. Please fill the post."),
         (int) staffing.pupils, (int) staffing.full_time, staffing.rule, (int) staffing.required);
  else if (!staffing.known)
    say (block, "team", "%s", _("No counsellor is written down in the team. Please have the team registered."));
  return TRUE;
}

static void
decide_coverage (const XqBuilder *builder, XqReportBlock *block)
{
  const XqReportCell *coverage = total_of (builder, "coverage");

  if (is_number (coverage) && coverage->number < COVERAGE_GOAL)
    say (block, "coverage",
         _("Screening coverage is %.1f%%, below %.0f%%. Please set a day for those who missed it and have the grades see to it."),
         coverage->number * 100.0, COVERAGE_GOAL * 100.0);
}

static void
decide_grade (const XqBuilder *builder, XqReportBlock *block)
{
  const XqReportCell *whole = total_of (builder, "confirmed_rate");
  const XqReportRow *highest = NULL;
  double rate = is_number (whole) ? whole->number * STANDS_OUT : 2.0;

  for (guint r = 0; r < builder->table->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (builder->table->rows, r);
      const XqReportCell *share = cell_of (builder, row, "confirmed_rate");
      const XqReportCell *confirmed = cell_of (builder, row, "confirmed");

      if (is_number (share) && is_number (confirmed) && confirmed->number >= STANDS_OUT_LEAST && share->number > rate)
        {
          highest = row;
          rate = share->number;
        }
    }
  if (highest != NULL)
    say (block, "grade",
         _("Confirmed warnings gather in %s (%.1f%% of its valid screenings). Please arrange a talk for its parents and look at "
           "its workload."),
         highest->title, rate * 100.0);
}

static void
decide_follow_ups (const XqBuilder *builder, XqReportBlock *block)
{
  const XqReportCell *rate = total_of (builder, "follow_ups_rate");

  if (is_number (rate) && rate->number < ON_TIME_GOAL)
    say (block, "follow-ups",
         _("%.1f%% of the follow-ups were on time, below %.0f%%. Please secure the counsellor's hours for them."),
         rate->number * 100.0, ON_TIME_GOAL * 100.0);
}

static gboolean
decide_agreements (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  const char *day = builder->time->reference;
  g_autofree char *soon = xq_date_add_days (day, AGREEMENT_DAYS);
  g_autoptr (XqStatement) row
      = xq_database_query (builder->database, error,
                           "SELECT name, max (agreement_until) FROM institution WHERE agreement_until IS NOT NULL"
                           " GROUP BY name ORDER BY 2, 1",
                           XQ_END);
  guint valid = 0;
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      const char *until = xq_statement_text (row, 1);
      g_autofree char *date = xq_date_display_day (until);

      valid += xq_date_compare (until, day) >= 0;
      if (xq_date_compare (until, day) < 0)
        say (block, "agreement", _("The green-channel agreement with “%s” ended on %s. Please decide on its renewal."),
             xq_statement_text (row, 0), date);
      else if (xq_date_compare (until, soon) <= 0)
        say (block, "agreement", _("The green-channel agreement with “%s” ends on %s. Please authorise its renewal."),
             xq_statement_text (row, 0), date);
    }
  if (step == XQ_STEP_DONE && valid == 0)
    say (block, "no-agreement", "%s",
         _("There is no valid agreement with a hospital for the green channel. Please arrange one."));
  return step == XQ_STEP_DONE;
}

gboolean
xq_build_decisions (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  block->row_title = g_strdup (_("No."));
  xq_report_block_add_column (block, "text", _("To be decided"), XQ_FORMAT_TEXT);
  if (!decide_staff (builder, block, error))
    return FALSE;
  decide_coverage (builder, block);
  decide_grade (builder, block);
  decide_follow_ups (builder, block);
  if (!decide_agreements (builder, block, error))
    return FALSE;
  if (block->rows->len == 0)
    say (block, "nothing", "%s", _("Nothing stands out this time. Please take note of the report."));
  return TRUE;
}

gboolean
xq_build_signature (const XqBuilder *builder, XqReportBlock *block, GError **error)
{
  static const struct
  {
    const char *id;
    const char *title;
  } signers[] = {
    { "counsellor", N_ ("Counsellor:") },
    { "vice-principal", N_ ("Vice principal:") },
    { "principal", N_ ("Principal:") },
    { "date", N_ ("Date:") },
  };

  block->row_title = g_strdup (_("Signed by"));
  for (gsize i = 0; i < G_N_ELEMENTS (signers); i++)
    xq_report_block_add_row (block, signers[i].id, _(signers[i].title));
  return TRUE;
}
