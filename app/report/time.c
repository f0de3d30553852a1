#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "calendar/term.h"
#include "report/indicator-private.h"

void
xq_time_clear (XqTime *time)
{
  g_clear_pointer (&time->organisation, g_free);
  g_clear_pointer (&time->profile, g_free);
  g_clear_pointer (&time->from, g_free);
  g_clear_pointer (&time->to, g_free);
  g_clear_pointer (&time->term, g_free);
  g_clear_pointer (&time->today, g_free);
  g_clear_pointer (&time->reference, g_free);
}

const char *
xq_time_counted_kind (const XqTime *time)
{
  return g_str_equal (time->profile, "enterprise") ? "employee" : "student";
}

static gboolean
read_organisation (XqDatabase *database, gint64 id, XqTime *time, GError **error)
{
  g_autoptr (XqStatement) row
      = xq_database_query (database, error,
                           "SELECT id, name, profile FROM organisation WHERE :id = 0 OR id = :id ORDER BY id LIMIT 1",
                           XQ_INTEGER (":id", id), XQ_END);
  XqStep step;

  if (row == NULL || (step = xq_statement_step (row, error)) == XQ_STEP_FAILED)
    return FALSE;
  if (step == XQ_STEP_DONE)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_NOT_FOUND, _("There is no such organisation."));
      return FALSE;
    }
  time->organisation_id = xq_statement_integer (row, 0);
  time->organisation = xq_statement_dup_text (row, 1);
  time->profile = xq_statement_dup_text (row, 2);
  return TRUE;
}

static void
take_term (XqTime *time, const XqTerm *term)
{
  g_set_str (&time->from, term->from_date);
  g_set_str (&time->to, term->to_date);
  g_set_str (&time->term, term->name);
}

/* Whether anything was written down in the term. */
static gboolean
has_data (XqDatabase *database, const XqTerm *term, gboolean *ret_any, GError **error)
{
  g_autofree char *after = xq_date_add_days (term->to_date, 1);
  gint64 any = 0;
  gboolean read
      = xq_database_get_integer (database, error, &any, NULL,
                                 "SELECT EXISTS (SELECT 1 FROM assessment WHERE taken_on BETWEEN :from AND :to)"
                                 " OR EXISTS (SELECT 1 FROM session_note WHERE at >= :start AND at < :end)"
                                 " OR EXISTS (SELECT 1 FROM warning WHERE raised_at >= :start AND raised_at < :end)"
                                 " OR EXISTS (SELECT 1 FROM follow_up WHERE first_due_on BETWEEN :from AND :to)",
                                 XQ_TEXT (":from", term->from_date), XQ_TEXT (":to", term->to_date),
                                 XQ_INTEGER (":start", xq_date_start (term->from_date)),
                                 XQ_INTEGER (":end", xq_date_start (after)), XQ_END);

  *ret_any = any != 0;
  return read;
}

/* The present term, else the last one with data, else the last one that has begun, else the first. */
static gboolean
find_term (XqDatabase *database, XqTime *time, GError **error)
{
  g_autoptr (GPtrArray) terms = xq_term_list (database, error);
  const XqTerm *begun = NULL;

  if (terms == NULL)
    return FALSE;
  if (terms->len == 0)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_NOT_FOUND,
                   _("There are no terms yet. Enter them in the settings, or say from when to when."));
      return FALSE;
    }
  for (guint i = terms->len; i-- > 0;)
    {
      const XqTerm *term = g_ptr_array_index (terms, i);
      gboolean any = FALSE;

      if (xq_date_compare (term->from_date, time->today) > 0)
        continue;
      if (begun == NULL)
        begun = term;
      if (xq_date_compare (term->to_date, time->today) >= 0)
        {
          take_term (time, term);
          return TRUE;
        }
      if (!has_data (database, term, &any, error))
        return FALSE;
      if (any)
        {
          take_term (time, term);
          return TRUE;
        }
    }
  take_term (time, begun != NULL ? begun : g_ptr_array_index (terms, 0));
  return TRUE;
}

static gboolean
load_term (XqDatabase *database, gint64 id, XqTime *time, GError **error)
{
  g_autoptr (GPtrArray) terms = xq_term_list (database, error);

  for (guint i = 0; terms != NULL && i < terms->len; i++)
    {
      const XqTerm *term = g_ptr_array_index (terms, i);

      if (term->id == id)
        {
          take_term (time, term);
          return TRUE;
        }
    }
  if (terms != NULL)
    g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_NOT_FOUND, _("There is no such term."));
  return FALSE;
}

static gboolean
take_dates (const XqReportScope *scope, XqTime *time, GError **error)
{
  if (!xq_date_is_valid (scope->from) || !xq_date_is_valid (scope->to))
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_REFUSED,
                   _("A report needs a term, or its first and last day as 2026-09-01."));
      return FALSE;
    }
  if (xq_date_compare (scope->from, scope->to) > 0)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_REFUSED, _("The first day, %s, lies after the last one, %s."),
                   scope->from, scope->to);
      return FALSE;
    }
  time->from = g_strdup (scope->from);
  time->to = g_strdup (scope->to);
  return TRUE;
}

static void
work_out (XqTime *time)
{
  g_autofree char *after = xq_date_add_days (time->to, 1);

  time->reference = g_strdup (xq_date_compare (time->to, time->today) < 0 ? time->to : time->today);
  time->start = xq_date_start (time->from);
  time->end = xq_date_start (after);
}

gboolean
xq_time_resolve (XqDatabase *database, const XqReportScope *scope, XqTime *ret_time, GError **error)
{
  static const XqReportScope anything = { 0 };
  g_auto (XqTime) time = { 0 };
  gboolean found;

  if (scope == NULL)
    scope = &anything;
  time.today = xq_clock_today ();
  if (!read_organisation (database, scope->organisation_id, &time, error))
    return FALSE;
  if (scope->from != NULL || scope->to != NULL)
    found = take_dates (scope, &time, error);
  else if (scope->term_id != 0)
    found = load_term (database, scope->term_id, &time, error);
  else
    found = find_term (database, &time, error);
  if (!found)
    return FALSE;
  work_out (&time);
  *ret_time = time;
  time = (XqTime){ 0 };
  return TRUE;
}

gboolean
xq_time_of_previous_term (XqDatabase *database, const XqTime *time, XqTime *ret_time, gboolean *ret_found,
                          GError **error)
{
  g_autoptr (GPtrArray) terms = xq_term_list (database, error);

  *ret_found = FALSE;
  if (terms == NULL)
    return FALSE;
  for (guint i = terms->len; time->term != NULL && i-- > 0 && !*ret_found;)
    {
      const XqTerm *term = g_ptr_array_index (terms, i);

      if (xq_date_compare (term->to_date, time->from) >= 0)
        continue;
      ret_time->organisation_id = time->organisation_id;
      ret_time->organisation = g_strdup (time->organisation);
      ret_time->profile = g_strdup (time->profile);
      ret_time->today = g_strdup (time->today);
      take_term (ret_time, term);
      work_out (ret_time);
      *ret_found = TRUE;
    }
  return TRUE;
}
