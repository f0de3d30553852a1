#include "config.h"

#include "report/today.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "base/clock.h"
#include "base/date.h"
#include "calendar/appointment.h"
#include "care/follow-up.h"
#include "people/unit.h"

#define FORTNIGHT 14

static void
item_free (gpointer data)
{
  XqTodayItem *item = data;

  g_free (item->name);
  g_free (item->unit);
  g_free (item->title);
  g_free (item->detail);
  g_free (item->state);
  g_free (item);
}

static void
campaign_free (gpointer data)
{
  XqTodayCampaign *campaign = data;

  g_free (campaign->title);
  g_free (campaign->due);
  g_free (campaign);
}

void
xq_today_free (XqToday *today)
{
  if (today == NULL)
    return;
  g_free (today->date);
  g_clear_pointer (&today->appointments, g_ptr_array_unref);
  g_clear_pointer (&today->warnings, g_ptr_array_unref);
  g_clear_pointer (&today->follow_ups, g_ptr_array_unref);
  g_clear_pointer (&today->referrals, g_ptr_array_unref);
  g_clear_pointer (&today->campaigns, g_ptr_array_unref);
  g_clear_pointer (&today->days, g_array_unref);
  g_free (today);
}

/* What every list of the page is made with. */
typedef struct
{
  XqDesk *desk;
  XqDatabase *database;
  XqUnitTree *tree;
  XqToday *today;
  gint64 now;
  int limit;
} Reader;

static XqTodayItem *
item_new (Reader *reader, gint64 id, gint64 person_id, const char *name, gint64 unit_id, int level)
{
  XqTodayItem *item = g_new0 (XqTodayItem, 1);

  item->id = id;
  item->person_id = person_id;
  item->name = g_strdup (name);
  item->unit = g_strdup (unit_id != 0 ? xq_unit_tree_display (reader->tree, unit_id) : "");
  item->level = level;
  return item;
}

static gboolean
read_appointments (Reader *reader, GError **error)
{
  gint64 start = xq_date_start (reader->today->date);
  g_autofree char *next = xq_date_add_days (reader->today->date, 1);
  g_autoptr (XqStatement) row = xq_database_query (
      reader->database, error,
      "SELECT a.id, a.person_id, p.name, p.unit_id, p.level, a.kind, a.title, a.place, a.state, a.starts_at,"
      " a.ends_at FROM appointment a LEFT JOIN person p ON p.id = a.person_id"
      " WHERE a.starts_at >= :from AND a.starts_at < :to AND a.state <> 'cancelled'"
      " ORDER BY a.starts_at, a.id LIMIT :limit",
      XQ_INTEGER (":from", start), XQ_INTEGER (":to", xq_date_start (next)), XQ_INTEGER (":limit", reader->limit),
      XQ_END);
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      XqTodayItem *item
          = item_new (reader, xq_statement_integer (row, 0), xq_statement_integer (row, 1),
                      xq_statement_text (row, 2), xq_statement_integer (row, 3), xq_statement_integer (row, 4));
      int kind = xq_choice_index (xq_appointment_kinds, xq_statement_text (row, 5));
      const char *title = xq_statement_text (row, 6);

      item->written = title != NULL && *title != '\0';
      item->title = item->written ? g_strdup (title) : g_strdup (kind >= 0 ? _ (xq_appointment_kinds[kind].label) : "");
      item->detail = xq_statement_dup_text (row, 7);
      item->state = xq_statement_dup_text (row, 8);
      item->at = xq_statement_integer (row, 9);
      item->ends_at = xq_statement_integer (row, 10);
      g_ptr_array_add (reader->today->appointments, item);
    }
  return step == XQ_STEP_DONE;
}

static gboolean
tell_warning (Reader *reader, XqTodayItem *item, GError **error)
{
  g_autoptr (GPtrArray) reasons = xq_warning_reasons (reader->database, item->id, error);
  const XqWarningReason *heaviest = NULL;

  if (reasons == NULL)
    return FALSE;
  for (guint i = 0; i < reasons->len; i++)
    {
      const XqWarningReason *reason = g_ptr_array_index (reasons, i);

      if (heaviest == NULL || reason->level < heaviest->level)
        heaviest = reason;
    }
  item->title = heaviest != NULL ? xq_warning_reason_text (xq_desk_care (reader->desk), heaviest) : g_strdup ("");
  item->written = heaviest != NULL && heaviest->text != NULL;
  if (reasons->len > 1)
    item->detail = g_strdup_printf (ngettext ("and %d more reason", "and %d more reasons", reasons->len - 1),
                                    (int) reasons->len - 1);
  return TRUE;
}

static gboolean
read_warnings (Reader *reader, GError **error)
{
  g_autoptr (XqStatement) row = xq_database_query (
      reader->database, error,
      "SELECT w.id, w.person_id, p.name, p.unit_id, w.level, w.state, w.due_at FROM warning w"
      " JOIN person p ON p.id = w.person_id WHERE w.state = 'new'"
      " ORDER BY w.due_at, w.level, w.id LIMIT :limit",
      XQ_INTEGER (":limit", reader->limit), XQ_END);
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      XqTodayItem *item
          = item_new (reader, xq_statement_integer (row, 0), xq_statement_integer (row, 1),
                      xq_statement_text (row, 2), xq_statement_integer (row, 3), xq_statement_integer (row, 4));

      item->state = xq_statement_dup_text (row, 5);
      item->at = xq_statement_integer (row, 6);
      item->late = item->at < reader->now;
      g_ptr_array_add (reader->today->warnings, item);
      if (!tell_warning (reader, item, error))
        return FALSE;
    }
  return step == XQ_STEP_DONE;
}

static gboolean
read_follow_ups (Reader *reader, GError **error)
{
  const char *today = reader->today->date;
  g_autoptr (XqStatement) row = xq_database_query (
      reader->database, error,
      "SELECT f.id, f.person_id, p.name, p.unit_id, p.level, f.cause, f.sequence, f.due_on FROM follow_up f"
      " JOIN person p ON p.id = f.person_id WHERE f.state = 'due' AND f.due_on <= :today"
      " ORDER BY f.due_on, ifnull (p.level, 9), f.id LIMIT :limit",
      XQ_TEXT (":today", today), XQ_INTEGER (":limit", reader->limit), XQ_END);
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      XqTodayItem *item
          = item_new (reader, xq_statement_integer (row, 0), xq_statement_integer (row, 1),
                      xq_statement_text (row, 2), xq_statement_integer (row, 3), xq_statement_integer (row, 4));
      int cause = xq_choice_index (xq_follow_up_causes, xq_statement_text (row, 5));
      const char *due = xq_statement_text (row, 7);
      g_autofree char *next = xq_date_add_days (due, 1);

      item->title = g_strdup_printf (_ ("Follow-up %d"), (int) xq_statement_integer (row, 6));
      item->detail = g_strdup (cause >= 0 ? _ (xq_follow_up_causes[cause].label) : "");
      item->late = g_strcmp0 (due, today) < 0;
      item->state = g_strdup (item->late ? "late" : "due");
      item->at = xq_date_start (next) - 1;
      g_ptr_array_add (reader->today->follow_ups, item);
    }
  return step == XQ_STEP_DONE;
}

static gboolean
read_referrals (Reader *reader, GError **error)
{
  XqReferralFilter filter = { .limit = reader->limit };
  g_autoptr (GPtrArray) rows = NULL;

  for (int state = 0; state < XQ_REFERRAL_RESULT_IN; state++)
    filter.states |= 1u << state;
  rows = xq_referral_list (reader->database, &filter, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqReferralRow *row = g_ptr_array_index (rows, i);
      XqTodayItem *item = item_new (reader, row->referral->id, row->referral->person_id, row->name, row->unit_id,
                                    row->level);
      XqReferralClock clock;

      xq_referral_clock (row->referral, reader->now, &clock);
      item->title = g_strdup (row->institution);
      item->detail = g_strdup_printf ("%s · %s", _ (xq_referral_lanes[row->referral->lane].label),
                                      _ (xq_referral_states[row->referral->state].label));
      item->state = g_strdup (xq_referral_states[row->referral->state].id);
      item->at = clock.due;
      item->late = clock.late;
      g_ptr_array_add (reader->today->referrals, item);
    }
  return TRUE;
}

static gboolean
read_campaigns (Reader *reader, GError **error)
{
  g_autoptr (XqStatement) row = xq_database_query (
      reader->database, error,
      "SELECT c.id, c.title, c.due_date, sum (p.state <> 'excluded'), sum (p.state = 'done') FROM campaign c"
      " JOIN participant p ON p.campaign_id = c.id WHERE c.state = 'open'"
      " GROUP BY c.id ORDER BY c.from_date DESC, c.id DESC",
      XQ_END);
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      XqTodayCampaign *campaign = g_new0 (XqTodayCampaign, 1);

      campaign->id = xq_statement_integer (row, 0);
      campaign->title = xq_statement_dup_text (row, 1);
      campaign->due = xq_statement_dup_text (row, 2);
      campaign->listed = xq_statement_integer (row, 3);
      campaign->done = xq_statement_integer (row, 4);
      g_ptr_array_add (reader->today->campaigns, campaign);
    }
  return step == XQ_STEP_DONE;
}

static gboolean
read_day (Reader *reader, const char *date, GError **error)
{
  g_autofree char *next = xq_date_add_days (date, 1);
  XqTodayDay day = { 0 };
  g_autoptr (XqStatement) row = xq_database_query (
      reader->database, error,
      "SELECT (SELECT count (*) FROM session_note WHERE at >= :from AND at < :to AND amends_id IS NULL),"
      " (SELECT count (DISTINCT person_id) FROM session_note WHERE at >= :from AND at < :to"
      "  AND amends_id IS NULL), (SELECT count (*) FROM follow_up WHERE first_due_on = :date)",
      XQ_INTEGER (":from", xq_date_start (date)), XQ_INTEGER (":to", xq_date_start (next)), XQ_TEXT (":date", date),
      XQ_END);

  if (row == NULL || xq_statement_step (row, error) != XQ_STEP_ROW)
    return FALSE;
  g_strlcpy (day.date, date, sizeof day.date);
  day.contacts = xq_statement_integer (row, 0);
  day.persons = xq_statement_integer (row, 1);
  day.due = xq_statement_integer (row, 2);
  g_array_append_val (reader->today->days, day);
  return TRUE;
}

static gboolean
read_fortnight (Reader *reader, GError **error)
{
  for (int i = FORTNIGHT - 1; i >= 0; i--)
    {
      g_autofree char *date = xq_date_add_days (reader->today->date, -i);

      if (!read_day (reader, date, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_counts (Reader *reader, GError **error)
{
  XqToday *today = reader->today;
  g_autoptr (XqStatement) row = xq_database_query (
      reader->database, error,
      "SELECT (SELECT count (*) FROM warning WHERE state = 'new'),"
      " (SELECT count (*) FROM follow_up WHERE state = 'due' AND due_on <= :today),"
      " (SELECT count (*) FROM referral WHERE state NOT IN ('closed', 'result_in')),"
      " (SELECT count (*) FROM warning WHERE state = 'new' AND due_at < :now)"
      " + (SELECT count (*) FROM follow_up WHERE state = 'due' AND due_on < :today)"
      " + (SELECT count (*) FROM referral WHERE due_at < :now AND state NOT IN ('closed', 'result_in'))",
      XQ_TEXT (":today", today->date), XQ_INTEGER (":now", reader->now), XQ_END);

  if (row == NULL || xq_statement_step (row, error) != XQ_STEP_ROW)
    return FALSE;
  today->n_warnings = xq_statement_integer (row, 0);
  today->n_follow_ups = xq_statement_integer (row, 1);
  today->n_referrals = xq_statement_integer (row, 2);
  today->n_late = xq_statement_integer (row, 3);
  return TRUE;
}

XqToday *
xq_today_load (XqDesk *desk, int limit, GError **error)
{
  g_autoptr (XqToday) today = g_new0 (XqToday, 1);
  XqDatabase *database = xq_desk_database (desk);
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, error);
  Reader reader = { desk, database, tree, today, xq_clock_now (), limit };

  if (tree == NULL)
    return NULL;
  today->date = xq_clock_today ();
  today->appointments = g_ptr_array_new_with_free_func (item_free);
  today->warnings = g_ptr_array_new_with_free_func (item_free);
  today->follow_ups = g_ptr_array_new_with_free_func (item_free);
  today->referrals = g_ptr_array_new_with_free_func (item_free);
  today->campaigns = g_ptr_array_new_with_free_func (campaign_free);
  today->days = g_array_sized_new (FALSE, TRUE, sizeof (XqTodayDay), FORTNIGHT);
  return read_appointments (&reader, error) && read_warnings (&reader, error) && read_follow_ups (&reader, error)
                 && read_referrals (&reader, error) && read_campaigns (&reader, error)
                 && read_fortnight (&reader, error) && read_counts (&reader, error)
             ? g_steal_pointer (&today)
             : NULL;
}
