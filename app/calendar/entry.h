/* What stands in the calendar: appointments, and what other rooms hand in (follow-ups, due dates of campaigns). */
#pragma once

#include <json-glib/json-glib.h>

#include "calendar/term.h"
#include "vault/database.h"

G_BEGIN_DECLS

/**
 * XqCalendarEntry:
 * @source: "appointment", "follow_up", "campaign"
 * @id: of the record that it shows
 * @person_id: 0 for nobody
 * @code: (nullable): the person's number
 * @name: (nullable): the person's name
 * @initials: (nullable): of the name, "zs"
 * @kind: the record's own kind: "interview", a follow-up's cause
 * @label: (nullable): what @kind is called, translated
 * @title: (nullable): free words
 * @place: (nullable): the room
 * @state: "planned", "done" …; a follow-up's "due", "late" …
 * @all_day: only the dates of @starts_at and @ends_at count
 * @starts_at: unix seconds; local midnight for all-day entries
 * @ends_at: unix seconds; the following midnight for all-day entries
 */
typedef struct
{
  const char *source;
  gint64 id;
  gint64 person_id;
  char *code;
  char *name;
  char *initials;
  char *kind;
  char *label;
  char *title;
  char *place;
  char *state;
  gboolean all_day;
  gint64 starts_at;
  gint64 ends_at;
} XqCalendarEntry;

XqCalendarEntry *xq_calendar_entry_new (const char *source, gint64 id);
/* Sets @all_day and both times from the ISO @date. */
void xq_calendar_entry_set_day (XqCalendarEntry *entry, const char *date);
void xq_calendar_entry_free (XqCalendarEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCalendarEntry, xq_calendar_entry_free)

/* The appointments from @from to @to (ISO dates, both included) in the order of time, with their persons. An
 * array that the caller may add entries of other rooms to. (element-type XqCalendarEntry) */
GPtrArray *xq_calendar_entries (XqDatabase *database, const char *from, const char *to, GError **error);
/* All-day entries of a day first, then by time. */
void xq_calendar_sort (GPtrArray *entries);

/* [{"id","source","person":{"id","code","name"}|null,"kind","title","start","end","all_day","place","state"}] */
JsonNode *xq_calendar_json (GPtrArray *entries);

/**
 * XqCalendarDay:
 * @date: ISO
 * @today: it is
 * @working: by the vault's working days
 * @name: (nullable): the name of a day off or of a make-up day
 * @school_time: term or school holiday
 * @entries: (element-type XqCalendarEntry): that touch this day; borrowed from what the caller gave
 */
typedef struct
{
  char *date;
  gboolean today;
  gboolean working;
  char *name;
  XqSchoolTime school_time;
  GPtrArray *entries;
} XqCalendarDay;

void xq_calendar_day_free (XqCalendarDay *day);

/**
 * XqCalendarWeek:
 * @days: (element-type XqCalendarDay): seven, from Monday
 * @title: (nullable): the school week, "Week 12", where a term is known
 */
typedef struct
{
  GPtrArray *days;
  char *title;
} XqCalendarWeek;

void xq_calendar_week_free (XqCalendarWeek *week);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCalendarWeek, xq_calendar_week_free)

/* The week that @date lies in, laid out; @entries are shared out to their days (appointments and what the
 * caller added). */
XqCalendarWeek *xq_calendar_week (XqDatabase *database, const char *date, GPtrArray *entries, GError **error);

G_END_DECLS
