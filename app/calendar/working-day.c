#include "config.h"

#include "calendar/working-day.h"

#include <glib/gi18n-lib.h>

#include "base/date.h"
#include "base/error.h"
#include "calendar/term.h"
#include "vault/audit.h"

void
xq_day_exception_free (XqDayException *day)
{
  g_free (day->date);
  g_free (day->name);
  g_free (day);
}

GPtrArray *
xq_day_exception_list (XqDatabase *database, const char *from, const char *to, GError **error)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_day_exception_free);
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error,
                           "SELECT date, working, name FROM day_exception"
                           " WHERE date >= :from AND date <= :to ORDER BY date",
                           XQ_TEXT (":from", from != NULL ? from : ""),
                           XQ_TEXT (":to", to != NULL ? to : "9999-12-31"), XQ_END);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqDayException *day = g_new0 (XqDayException, 1);

      day->date = xq_statement_dup_text (statement, 0);
      day->working = xq_statement_integer (statement, 1) != 0;
      day->name = xq_statement_dup_text (statement, 2);
      g_ptr_array_add (days, day);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&days) : NULL;
}

/* The table has no number of its own, so the audit row says which day it was. */
static gboolean
append_audit (XqDatabase *database, const char *action, const char *date, const char *name, GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();

  json_object_set_string_member (detail, "date", date);
  if (name != NULL)
    json_object_set_string_member (detail, "name", name);
  return xq_audit_append (database, action, "day_exception", 0, detail, error);
}

gboolean
xq_day_exception_set (XqDatabase *database, const char *date, gboolean working, const char *name,
                      GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;

  if (!xq_date_is_valid (date))
    {
      g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” is not a day. Write it as 2026-10-01."), date != NULL ? date : "");
      return FALSE;
    }
  if (name == NULL || *name == '\0')
    {
      g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_REFUSED, _ ("Say what %s is called."), date);
      return FALSE;
    }
  transaction = xq_transaction_begin (database, error);
  return transaction != NULL
         && xq_database_execute (database, error,
                                 "INSERT INTO day_exception (date, working, name)"
                                 " VALUES (:date, :working, :name) ON CONFLICT (date)"
                                 " DO UPDATE SET working = excluded.working, name = excluded.name",
                                 XQ_TEXT (":date", date), XQ_INTEGER (":working", working ? 1 : 0),
                                 XQ_TEXT (":name", name), XQ_END)
         && append_audit (database, working ? "working_day_set" : "day_off_set", date, name, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_day_exception_remove (XqDatabase *database, const char *date, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  if (transaction == NULL
      || !xq_database_execute (database, error, "DELETE FROM day_exception WHERE date = :date",
                               XQ_TEXT (":date", date), XQ_END))
    return FALSE;
  if (xq_database_changes (database) == 0)
    {
      g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_NOT_FOUND,
                   _ ("Nothing special is entered for %s."), date);
      return FALSE;
    }
  return append_audit (database, "day_exception_removed", date, NULL, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

XqWorkingDays *
xq_working_days_load (XqDatabase *database, GError **error)
{
  g_autoptr (XqWorkingDays) days = xq_working_days_new ();
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, "SELECT date, working FROM day_exception", XQ_END);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    if (xq_date_is_valid (xq_statement_text (statement, 0)))
      xq_working_days_set (days, xq_statement_text (statement, 0), xq_statement_integer (statement, 1) != 0);
  return step == XQ_STEP_DONE ? g_steal_pointer (&days) : NULL;
}

char *
xq_day_exception_name (XqDatabase *database, const char *date, GError **error)
{
  return xq_database_get_text (database, error, "SELECT name FROM day_exception WHERE date = :date",
                               XQ_TEXT (":date", date), XQ_END);
}
