#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "people/tag.h"
#include "report/indicator-private.h"

/* What a column after the person does with a row that says something other than 0. */
typedef struct
{
  guint64 flag; /* set on the person */
  int sum;      /* added to, −1 for none */
} Target;

#define FLAG(flag) { XQ_FLAG_##flag, -1 }
#define ADD(sum) { 0, XQ_SUM_##sum }
#define BOTH(flag, sum) { XQ_FLAG_##flag, XQ_SUM_##sum }
#define LAST { 0, -1 }

typedef struct
{
  const char *sql;
  Target targets[16];
} Feed;

static const Feed feeds[] = {
  { "SELECT p.person_id, 1 FROM campaign c JOIN participant p ON p.campaign_id = c.id"
    " WHERE c.organisation_id = :organisation AND c.from_date BETWEEN :from AND :to AND p.state <> 'excluded'",
    { FLAG (LISTED), LAST } },
  { "SELECT person_id, 1, 1, complete AND valid FROM assessment"
    " WHERE taken_on BETWEEN :from AND :to AND campaign_id IS NOT NULL",
    { FLAG (LISTED), FLAG (TESTED), FLAG (VALID), LAST } },
  { "SELECT w.person_id, 1, w.raised_level = 1, w.raised_level = 2, w.raised_level = 3,"
    " t.outcome IS NULL, t.outcome IS NOT NULL, t.outcome = 'dismissed', t.level IS NOT NULL,"
    " t.level = 1, t.level = 2, t.level = 3"
    " FROM warning w LEFT JOIN triage t"
    " ON t.id = (SELECT max (id) FROM triage WHERE warning_id = w.id AND at < :end)"
    " WHERE w.raised_at >= :start AND w.raised_at < :end",
    { BOTH (WARNED, RAISED), ADD (RAISED_1), ADD (RAISED_2), ADD (RAISED_3), ADD (PENDING), FLAG (TRIAGED),
      ADD (DISMISSED), BOTH (CONFIRMED, CONFIRMED), ADD (CONFIRMED_1), ADD (CONFIRMED_2), ADD (CONFIRMED_3), LAST } },
  { "SELECT person_id, 1, opened_on >= :from FROM case_file WHERE closed_on IS NULL AND opened_on <= :to"
    " UNION ALL SELECT person_id, opened_on <= :to, opened_on >= :from AND opened_on <= :to FROM case_file"
    " WHERE closed_on >= :from",
    { FLAG (CARED), ADD (CASES_OPENED), LAST } },
  { "SELECT person_id, 1 FROM case_file WHERE closed_on BETWEEN :from AND :to", { ADD (CASES_CLOSED), LAST } },
  { "SELECT person_id, 1 FROM session_note WHERE at >= :start AND at < :end AND amends_id IS NULL",
    { BOTH (SEEN, SESSIONS), LAST } },
  { "SELECT ifnull (person_id, 0), 1 FROM crisis_event"
    " WHERE organisation_id = :organisation AND at >= :start AND at < :end",
    { ADD (CRISES), LAST } },
  { "SELECT r.person_id, s.state = 'sent', s.state = 'attended', s.state = 'result_in', s.state = 'refused'"
    " FROM referral_step s JOIN referral r ON r.id = s.referral_id"
    " WHERE s.state IN ('sent', 'attended', 'result_in', 'refused') AND s.at >= :start AND s.at < :end"
    " AND NOT EXISTS (SELECT 1 FROM referral_step e"
    " WHERE e.referral_id = s.referral_id AND e.state = s.state AND e.id < s.id)",
    { BOTH (REFERRED, SENT), ADD (ATTENDED), ADD (RETURNED), ADD (REFUSED), LAST } },
  { "SELECT person_id, 1, state = 'done' AND date (done_at, 'unixepoch', 'localtime') <= first_due_on"
    " FROM follow_up WHERE first_due_on BETWEEN :from AND :reference AND state <> 'skipped'"
    " AND (state = 'done' OR first_due_on < :today)",
    { ADD (FOLLOW_UPS_DUE), ADD (FOLLOW_UPS_ON_TIME), LAST } },
};

void
xq_counts_free (XqCounts *counts)
{
  if (counts == NULL)
    return;
  for (guint r = 0; counts->days != NULL && r < xq_term_roster_n_rows (counts->roster); r++)
    g_array_unref (counts->days[r]);
  g_free (counts->days);
  g_free (counts->sums);
  xq_term_roster_free (counts->roster);
  g_free (counts);
}

/* Whether @sql names the parameter: ":to" is not in ":today". */
static gboolean
names (const char *sql, const char *parameter)
{
  for (const char *at = sql; (at = strstr (at, parameter)) != NULL; at++)
    if (!g_ascii_isalnum (at[strlen (parameter)]) && at[strlen (parameter)] != '_')
      return TRUE;
  return FALSE;
}

/* Every query is given every parameter that its text names. */
static XqStatement *
prepare (XqDatabase *database, const XqTime *time, const char *sql, GError **error)
{
  XqStatement *statement = xq_database_query (database, error, sql, XQ_END);
  const struct
  {
    const char *name;
    const char *text;
    gint64 number;
  } parameters[] = {
    { ":from", time->from, 0 },           { ":to", time->to, 0 },
    { ":today", time->today, 0 },         { ":reference", time->reference, 0 },
    { ":start", NULL, time->start },      { ":end", NULL, time->end },
    { ":organisation", NULL, time->organisation_id },
  };

  for (gsize i = 0; statement != NULL && i < G_N_ELEMENTS (parameters); i++)
    {
      if (!names (sql, parameters[i].name))
        continue;
      if (parameters[i].text != NULL)
        xq_statement_bind_text (statement, parameters[i].name, parameters[i].text);
      else
        xq_statement_bind_integer (statement, parameters[i].name, parameters[i].number);
    }
  return statement;
}

/* FALSE only on an error; *@ret_row is negative for a person who does not count here. */
static gboolean
place (XqCounts *counts, gint64 person_id, int *ret_row, guint *ret_index, GError **error)
{
  *ret_index = G_MAXUINT;
  *ret_row = person_id == 0 ? (int) xq_term_roster_nowhere (counts->roster)
                            : xq_term_roster_place (counts->roster, person_id, ret_index, error);
  return *ret_row != -2;
}

static gboolean
take_row (XqCounts *counts, const Feed *feed, XqStatement *statement, GError **error)
{
  guint index;
  int row;

  if (!place (counts, xq_statement_integer (statement, 0), &row, &index, error))
    return FALSE;
  for (int t = 0; row >= 0 && (feed->targets[t].flag != 0 || feed->targets[t].sum >= 0); t++)
    {
      if (xq_statement_integer (statement, t + 1) == 0)
        continue;
      if (feed->targets[t].flag != 0 && index != G_MAXUINT)
        *xq_term_roster_flags (counts->roster, index) |= feed->targets[t].flag;
      if (feed->targets[t].sum >= 0)
        counts->sums[row * XQ_SUMS + feed->targets[t].sum] += 1.0;
    }
  return TRUE;
}

static gboolean
run_feed (XqCounts *counts, XqDatabase *database, const XqTime *time, const Feed *feed, GError **error)
{
  g_autoptr (XqStatement) statement = prepare (database, time, feed->sql, error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    if (!take_row (counts, feed, statement, error))
      return FALSE;
  return step == XQ_STEP_DONE;
}

/* Days from the first sending to the first visit. */
static gboolean
read_days (XqCounts *counts, XqDatabase *database, const XqTime *time, GError **error)
{
  g_autoptr (XqStatement) statement
      = prepare (database, time,
                 "SELECT r.person_id, (a.at - min (s.at)) / 86400.0 FROM referral_step a"
                 " JOIN referral r ON r.id = a.referral_id"
                 " JOIN referral_step s ON s.referral_id = a.referral_id AND s.state = 'sent'"
                 " WHERE a.state = 'attended' AND a.at >= :start AND a.at < :end GROUP BY a.id",
                 error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      const double days = xq_statement_real (statement, 1);
      guint index;
      int row;

      if (!place (counts, xq_statement_integer (statement, 0), &row, &index, error))
        return FALSE;
      if (row >= 0)
        g_array_append_val (counts->days[row], days);
    }
  return step == XQ_STEP_DONE;
}

static gboolean
read_tags (XqCounts *counts, XqDatabase *database, const XqTime *time, GError **error)
{
  const char *const *ids = xq_tag_ids ();
  g_autoptr (GHashTable) bits = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (XqStatement) statement
      = prepare (database, time, "SELECT person_id, tag FROM person_tag WHERE since <= :to", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; ids[i] != NULL && XQ_FIRST_TAG_BIT + i < 64; i++)
    g_hash_table_insert (bits, (gpointer) ids[i], GUINT_TO_POINTER (i + 1));
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      const guint bit = GPOINTER_TO_UINT (g_hash_table_lookup (bits, xq_statement_text (statement, 1)));
      guint index;
      int row;

      if (bit == 0)
        continue;
      if (!place (counts, xq_statement_integer (statement, 0), &row, &index, error))
        return FALSE;
      if (row >= 0)
        *xq_term_roster_flags (counts->roster, index) |= XQ_TAG_FLAG (bit - 1);
    }
  return step == XQ_STEP_DONE;
}

XqCounts *
xq_counts_load (XqDatabase *database, const XqTime *time, const XqProgress *progress, GError **error)
{
  g_autoptr (XqCounts) counts = g_new0 (XqCounts, 1);
  guint n_rows;

  if (!xq_progress_step (progress, 0.0, _("Reading the roll"), error))
    return NULL;
  counts->roster = xq_term_roster_load (database, time, error);
  if (counts->roster == NULL)
    return NULL;
  n_rows = xq_term_roster_n_rows (counts->roster);
  counts->sums = g_new0 (double, n_rows * XQ_SUMS);
  counts->days = g_new0 (GArray *, n_rows);
  for (guint r = 0; r < n_rows; r++)
    counts->days[r] = g_array_new (FALSE, TRUE, sizeof (double));
  for (gsize i = 0; i < G_N_ELEMENTS (feeds); i++)
    if (!xq_progress_step (progress, 0.3 + 0.6 * (double) i / G_N_ELEMENTS (feeds), _("Counting"), error)
        || !run_feed (counts, database, time, &feeds[i], error))
      return NULL;
  if (!read_days (counts, database, time, error) || !read_tags (counts, database, time, error))
    return NULL;
  return g_steal_pointer (&counts);
}
