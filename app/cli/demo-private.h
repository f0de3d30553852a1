/* What the parts of the demo share. */
#pragma once

#include "calendar/term.h"
#include "cli/demo-random.h"
#include "cli/demo-words.h"
#include "cli/demo.h"
#include "people/organisation.h"
#include "report/desk.h"

G_BEGIN_DECLS

/* Purposes of chance. */
enum
{
  XQ_DEMO_PEOPLE = 1,
  XQ_DEMO_ANSWERS,
  XQ_DEMO_CARE,
  XQ_DEMO_RECORDS,
};

/* One person, as chance made it; @group says where. */
typedef struct
{
  gint64 id;
  guint group;
  float depression;
  float anxiety;
} XqDemoPerson;

/**
 * XqDemoGroup:
 * @entry: the school year that the class entered in, 2026
 * @grade: its grade this year, 0 where there are none
 * @base: the grade that it entered at
 * @path: (nullable): its departments, for what has no grades
 * @number: of the class in its grade, or of the team
 * @unit_id: where it is now; 0 before it has entered
 *
 * A class, or a team.
 */
typedef struct
{
  int entry;
  int grade;
  int base;
  char **path;
  int number;
  gint64 unit_id;
  guint first_person;
  guint n_persons;
} XqDemoGroup;

typedef struct
{
  XqDemoOptions options;
  XqDatabase *database;
  const XqProgress *progress;
  XqDemoWords *words;
  XqDesk *desk; /* once terms and holidays are there */
  XqOrganisation *organisation;
  GPtrArray *terms; /* of XqTerm, oldest first: those that are told */
  GArray *groups;
  GArray *persons;
  int school_year; /* the present one, 2026 */
  char *today;     /* ISO: what happens from then on has not happened yet */
  char *day;       /* ISO: the day that is being told */
  gint64 now;      /* unix: and how late it is */
  double done;     /* 0–1 of the whole work */
} XqDemo;

/* Tells progress; FALSE when the work is to stop. */
gboolean xq_demo_tell (XqDemo *demo, double fraction, const char *what, GError **error);
/* Moves time to @minutes after midnight of @demo's day, or leaves it where it is when that is past. */
void xq_demo_at (XqDemo *demo, int minutes);
/* Some minutes later, but not after the day's end. */
void xq_demo_later (XqDemo *demo, int minutes);
/* Whether @day lies in one of the terms that are told. */
gboolean xq_demo_in_term (const XqDemo *demo, const char *day);
/* The instruments that the profile screens with: ids ended by NULL. */
const char *const *xq_demo_instruments (const XqDemo *demo);

/* demo-people.c */
gboolean xq_demo_plan_groups (XqDemo *demo, GError **error);
/* Who enters or moves up in the school year that @term begins. */
gboolean xq_demo_school_year (XqDemo *demo, const XqTerm *term, GError **error);

/* demo-screening.c */
typedef struct _XqDemoCampaign XqDemoCampaign;
/* The screening of a term; begins on its first day. NULL with @error unset where the term leaves no time. */
XqDemoCampaign *xq_demo_campaign_plan (XqDemo *demo, const XqTerm *term);
/* A second look at the oldest at the end of what is told, still open. */
XqDemoCampaign *xq_demo_campaign_plan_open (XqDemo *demo);
/* What of it falls on @demo's day. */
gboolean xq_demo_campaign_day (XqDemo *demo, XqDemoCampaign *campaign, GError **error);
void xq_demo_campaign_free (XqDemoCampaign *campaign);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDemoCampaign, xq_demo_campaign_free)

/* demo-care.c: the counsellor's working day. */
typedef struct _XqDemoCare XqDemoCare;
XqDemoCare *xq_demo_care_new (XqDemo *demo, GError **error);
void xq_demo_care_free (XqDemoCare *care);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDemoCare, xq_demo_care_free)
/* Sessions are in term time only. */
gboolean xq_demo_care_day (XqDemoCare *care, gboolean in_term, GError **error);
/* What stands in the calendar from today on. */
gboolean xq_demo_care_ahead (XqDemoCare *care, GError **error);

/* demo-referral.c */
typedef struct _XqDemoReferrals XqDemoReferrals;
XqDemoReferrals *xq_demo_referrals_new (XqDemo *demo, GError **error);
void xq_demo_referrals_free (XqDemoReferrals *referrals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDemoReferrals, xq_demo_referrals_free)
/* Thinks about referring somebody whose warning was confirmed today. */
gboolean xq_demo_referrals_consider (XqDemoReferrals *referrals, gint64 person_id, gint64 warning_id, int level, GError **error);
/* Steps that are taken today. */
gboolean xq_demo_referrals_day (XqDemoReferrals *referrals, GError **error);

/* demo-records.c */
gboolean xq_demo_team (XqDemo *demo, GError **error);
gboolean xq_demo_activities_day (XqDemo *demo, const XqTerm *term, GError **error);

G_END_DECLS
