/* The calendar room keeps the school year's terms, the working days, the appointments, and writes them as
 * iCalendar. It stands on people/ and knows nothing of warnings, referrals or campaigns: whoever wants those in
 * the same week hands them in as entries (calendar/entry.h).
 *
 * This header: terms, school weeks and school holidays. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

#define XQ_CALENDAR_ERROR (xq_calendar_error_quark ())
GQuark xq_calendar_error_quark (void);

/**
 * XqTerm:
 * @school_year: "2026-2027"
 * @number: 1 autumn, 2 spring, 3 a short summer term
 * @name: what people call it
 * @from_date: its first day, ISO
 * @to_date: its last day, ISO
 */
typedef struct
{
  gint64 id;
  char *school_year;
  gint64 number;
  char *name;
  char *from_date;
  char *to_date;
} XqTerm;

XQ_DECLARE_RECORD (XqTerm, term, XQ_TERM)

/* Puts the shipped terms, holidays and make-up days (data/calendar) into a new vault, names in the present
 * language. Rows that are there already are left as they are. Whoever creates a vault calls it once. */
gboolean xq_calendar_install_defaults (XqDatabase *database, GError **error);

/* All terms in the order of time. (element-type XqTerm) */
GPtrArray *xq_term_list (XqDatabase *database, GError **error);
/* Refuses a term that begins after its end or overlaps another; the message names that one. Saves a new
 * one (id 0) or the changes to an old one. */
gboolean xq_term_save (XqDatabase *database, XqTerm *term, GError **error);
gboolean xq_term_delete (XqDatabase *database, gint64 id, GError **error);

/* The term that @date (ISO) lies in; NULL with @error unset when it lies in none. */
XqTerm *xq_term_for_date (XqDatabase *database, const char *date, GError **error);
/* Today's term, else the last one that has begun, else the first there is; NULL with @error unset when there
 * are no terms. */
XqTerm *xq_term_current (XqDatabase *database, GError **error);
/* The term called "2026-2027-1", or by its name or id; XQ_ERROR_NOT_FOUND lists what there is. */
XqTerm *xq_term_find (XqDatabase *database, const char *text, GError **error);
/* "2026-2027-1": what xq_term_find() reads. (transfer full) */
char *xq_term_code (const XqTerm *term);

/* The school week that @date lies in: the week (from Monday) in which the term begins is 1; 0 outside the term. */
int xq_term_week (const XqTerm *term, const char *date);
/* "Week 12" in the present language; NULL outside the term. (transfer full) */
char *xq_term_week_display (const XqTerm *term, const char *date);

typedef enum
{
  XQ_SCHOOL_TIME_UNKNOWN, /* before the first or after the last term */
  XQ_SCHOOL_TIME_TERM,
  XQ_SCHOOL_TIME_WINTER_HOLIDAY, /* between two terms of one school year */
  XQ_SCHOOL_TIME_SUMMER_HOLIDAY, /* between two school years */
} XqSchoolTime;

/* What @date is, by @terms in the order of time: the holidays are what lies between two terms. */
XqSchoolTime xq_term_school_time (GPtrArray *terms, const char *date);
/* The holiday's name, translated; NULL for the others. */
const char *xq_school_time_label (XqSchoolTime school_time);

G_END_DECLS
