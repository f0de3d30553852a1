/* What today's page lists: whom to see, what is due and what is late. */
#pragma once

#include "report/desk.h"

G_BEGIN_DECLS

/**
 * XqTodayItem:
 * @id: of the appointment, warning, follow-up or referral
 * @person_id: 0 for none
 * @name: (nullable): the person's
 * @unit: "八年级 3班"
 * @level: the person's present level, 1–3 or 0
 * @title: (nullable): what it is: the appointment's kind or title, the first reason of the warning, the
 *   follow-up's cause, the referral's institution; translated
 * @detail: (nullable): place, lane, state; translated
 * @written: somebody wrote the title: it may name anybody
 * @state: the record's own state id
 * @at: when it begins or is due, unix seconds; 0 for none
 * @ends_at: end of an appointment, else 0
 * @late: the time is past
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  char *name;
  char *unit;
  int level;
  char *title;
  char *detail;
  gboolean written;
  char *state;
  gint64 at;
  gint64 ends_at;
  gboolean late;
} XqTodayItem;

typedef struct
{
  gint64 id;
  char *title;
  char *due; /* ISO, nullable */
  gint64 listed;
  gint64 done;
} XqTodayCampaign;

/* One day of the fortnight. */
typedef struct
{
  char date[11];
  gint64 contacts;   /* session notes */
  gint64 persons;    /* distinct, of those */
  gint64 due;        /* follow-ups first due that day */
} XqTodayDay;

/**
 * XqToday:
 * @date: ISO
 * @appointments: of #XqTodayItem, today's in order of time
 * @warnings: new ones, the next deadline first
 * @follow_ups: due today or late, the latest first
 * @referrals: whose clock runs, the next deadline first
 * @campaigns: of #XqTodayCampaign, open ones
 * @days: of #XqTodayDay, the last 14 days up to today
 * @n_warnings, @n_follow_ups, @n_referrals: how many there are beyond those listed
 * @n_late: of all three, those past their time
 */
typedef struct
{
  char *date;
  GPtrArray *appointments;
  GPtrArray *warnings;
  GPtrArray *follow_ups;
  GPtrArray *referrals;
  GPtrArray *campaigns;
  GArray *days;
  gint64 n_warnings;
  gint64 n_follow_ups;
  gint64 n_referrals;
  gint64 n_late;
} XqToday;

void xq_today_free (XqToday *today);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqToday, xq_today_free)

/* @limit is for each list. XQ_VAULT_ERROR. */
XqToday *xq_today_load (XqDesk *desk, int limit, GError **error);

G_END_DECLS
