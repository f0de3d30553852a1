#include "config.h"

#include "calendar/term.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "vault/store.h"

G_DEFINE_QUARK (xq-calendar-error-quark, xq_calendar_error)

#define FIELD(member, words, type, flags)                                                           \
  { #member, words, type, G_STRUCT_OFFSET (XqTerm, member), flags, XQ_PRIVACY_PLAIN, NULL }

static const XqField fields[] = {
  FIELD (school_year, N_ ("School year"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED),
  FIELD (number, N_ ("Term number"), XQ_FIELD_INTEGER, XQ_FIELD_REQUIRED),
  FIELD (name, N_ ("Name of the term"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED),
  FIELD (from_date, N_ ("First day"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED),
  FIELD (to_date, N_ ("Last day"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED),
  XQ_FIELDS_END,
};

const XqEntity XQ_TERM = { "term", N_ ("Term"), sizeof (XqTerm), fields };

GPtrArray *
xq_term_list (XqDatabase *database, GError **error)
{
  return xq_store_list (database, error, &XQ_TERM, "ORDER BY from_date, id", XQ_END);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, XQ_CALENDAR_ERROR, XQ_ERROR_REFUSED, message);
  return FALSE;
}

/* "2026-2027": two years that follow each other. */
static gboolean
is_school_year (const char *text)
{
  int first, second, read = 0;

  return text != NULL && sscanf (text, "%4d-%4d%n", &first, &second, &read) == 2 && read == 9
         && strlen (text) == 9 && second == first + 1;
}

static gboolean
check (XqDatabase *database, const XqTerm *term, GError **error)
{
  g_autoptr (GPtrArray) terms = xq_term_list (database, error);

  if (terms == NULL)
    return FALSE;
  if (!is_school_year (term->school_year))
    return refuse (error, _ ("Write the school year as two years that follow each other: 2026-2027."));
  if (term->number < 1 || term->number > 3)
    return refuse (error, _ ("The number of a term is 1, 2 or 3."));
  if (xq_date_compare (term->from_date, term->to_date) >= 0)
    return refuse (error, _ ("The term must end after it begins."));
  for (guint i = 0; i < terms->len; i++)
    {
      const XqTerm *other = g_ptr_array_index (terms, i);

      if (other->id == term->id)
        continue;
      if (strcmp (other->school_year, term->school_year) == 0 && other->number == term->number)
        g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_REFUSED,
                     _ ("“%s” already has this school year and number."), other->name);
      else if (xq_date_compare (term->from_date, other->to_date) <= 0
               && xq_date_compare (other->from_date, term->to_date) <= 0)
        g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_REFUSED,
                     _ ("The term overlaps “%s” (%s to %s). Change one of the two."), other->name,
                     other->from_date, other->to_date);
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

gboolean
xq_term_save (XqDatabase *database, XqTerm *term, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  if (transaction == NULL || !xq_record_validate (&XQ_TERM, term, error) || !check (database, term, error))
    return FALSE;
  if (!(term->id == 0 ? xq_store_insert (database, &XQ_TERM, term, error)
                      : xq_store_update (database, &XQ_TERM, term, error)))
    return FALSE;
  return xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_term_delete (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_delete (database, &XQ_TERM, id, error);
}

/* The first of @terms, which is consumed; NULL for none. */
static XqTerm *
first_of (GPtrArray *terms)
{
  XqTerm *term = NULL;

  if (terms != NULL && terms->len > 0)
    term = xq_term_copy (g_ptr_array_index (terms, 0));
  g_clear_pointer (&terms, g_ptr_array_unref);
  return term;
}

XqTerm *
xq_term_for_date (XqDatabase *database, const char *date, GError **error)
{
  return first_of (xq_store_list (database, error, &XQ_TERM,
                                  "WHERE from_date <= :date AND to_date >= :date ORDER BY from_date LIMIT 1",
                                  XQ_TEXT (":date", date), XQ_END));
}

XqTerm *
xq_term_current (XqDatabase *database, GError **error)
{
  g_autofree char *today = xq_clock_today ();

  return first_of (xq_store_list (database, error, &XQ_TERM,
                                  "ORDER BY from_date > :today, CASE WHEN from_date <= :today THEN from_date"
                                  " END DESC, from_date LIMIT 1",
                                  XQ_TEXT (":today", today), XQ_END));
}

char *
xq_term_code (const XqTerm *term)
{
  return g_strdup_printf ("%s-%d", term->school_year, (int) term->number);
}

static gboolean
is_called (const XqTerm *term, const char *text)
{
  g_autofree char *code = xq_term_code (term);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, term->id);

  return strcmp (text, code) == 0 || strcmp (text, id) == 0 || strcmp (text, term->name) == 0;
}

XqTerm *
xq_term_find (XqDatabase *database, const char *text, GError **error)
{
  g_autoptr (GPtrArray) terms = xq_term_list (database, error);
  g_autoptr (GString) known = g_string_new (NULL);

  if (terms == NULL)
    return NULL;
  for (guint i = 0; i < terms->len; i++)
    {
      const XqTerm *term = g_ptr_array_index (terms, i);
      g_autofree char *code = xq_term_code (term);

      if (is_called (term, text))
        return xq_term_copy (term);
      g_string_append_printf (known, "%s%s", known->len > 0 ? _ (", ") : "", code);
    }
  if (known->len == 0)
    g_set_error_literal (error, XQ_CALENDAR_ERROR, XQ_ERROR_NOT_FOUND,
                         _ ("There are no terms yet. Enter them in the settings."));
  else
    g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_NOT_FOUND,
                 _ ("There is no term “%s”. There are: %s."), text, known->str);
  return NULL;
}

int
xq_term_week (const XqTerm *term, const char *date)
{
  g_autofree char *monday = NULL;

  if (xq_date_compare (date, term->from_date) < 0 || xq_date_compare (date, term->to_date) > 0)
    return 0;
  monday = xq_date_monday (term->from_date);
  return xq_date_days_between (monday, date) / 7 + 1;
}

char *
xq_term_week_display (const XqTerm *term, const char *date)
{
  int week = xq_term_week (term, date);

  return week > 0 ? g_strdup_printf (_ ("Week %d"), week) : NULL;
}

XqSchoolTime
xq_term_school_time (GPtrArray *terms, const char *date)
{
  const XqTerm *before = NULL;

  for (guint i = 0; i < terms->len; i++)
    {
      const XqTerm *term = g_ptr_array_index (terms, i);

      if (xq_date_compare (date, term->from_date) < 0)
        {
          if (before == NULL)
            return XQ_SCHOOL_TIME_UNKNOWN;
          return strcmp (before->school_year, term->school_year) == 0 ? XQ_SCHOOL_TIME_WINTER_HOLIDAY
                                                                      : XQ_SCHOOL_TIME_SUMMER_HOLIDAY;
        }
      if (xq_date_compare (date, term->to_date) <= 0)
        return XQ_SCHOOL_TIME_TERM;
      before = term;
    }
  return XQ_SCHOOL_TIME_UNKNOWN;
}

const char *
xq_school_time_label (XqSchoolTime school_time)
{
  switch (school_time)
    {
    case XQ_SCHOOL_TIME_WINTER_HOLIDAY:
      return _ ("Winter holiday");
    case XQ_SCHOOL_TIME_SUMMER_HOLIDAY:
      return _ ("Summer holiday");
    case XQ_SCHOOL_TIME_UNKNOWN:
    case XQ_SCHOOL_TIME_TERM:
    default:
      return NULL;
    }
}
