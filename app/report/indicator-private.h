/* How indicators are worked out. Only inside report/.
 *
 * Every query gives rows of a person and numbers. The roster says which row of the table a person belongs to.
 * "Persons" are counted by flags: a query sets flags on persons, an indicator counts those who have all flags it
 * needs and none that it excludes, so everybody counts once. "Sums" add what each query row says. */
#pragma once

#include "report/indicator.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_FLAG_ROSTER = 1 << 0,    /* a pupil on the reference day */
  XQ_FLAG_CREATED = 1 << 1,   /* the file was made in the time */
  XQ_FLAG_LISTED = 1 << 2,    /* on a campaign's list */
  XQ_FLAG_TESTED = 1 << 3,    /* answered one */
  XQ_FLAG_VALID = 1 << 4,     /* with a sheet that counts */
  XQ_FLAG_WARNED = 1 << 5,
  XQ_FLAG_TRIAGED = 1 << 6,
  XQ_FLAG_CONFIRMED = 1 << 7,
  XQ_FLAG_SEEN = 1 << 8,
  XQ_FLAG_CARED = 1 << 9,     /* had an open case */
  XQ_FLAG_REFERRED = 1 << 10,
} XqPersonFlag;

#define XQ_FIRST_TAG_BIT 16 /* tags from here on, in the order of xq_tag_ids() */
#define XQ_TAG_FLAG(index) (G_GUINT64_CONSTANT (1) << (XQ_FIRST_TAG_BIT + (index)))

typedef enum
{
  XQ_SUM_RAISED,
  XQ_SUM_RAISED_1,
  XQ_SUM_RAISED_2,
  XQ_SUM_RAISED_3,
  XQ_SUM_CONFIRMED,
  XQ_SUM_CONFIRMED_1,
  XQ_SUM_CONFIRMED_2,
  XQ_SUM_CONFIRMED_3,
  XQ_SUM_DISMISSED,
  XQ_SUM_PENDING,
  XQ_SUM_CASES_OPENED,
  XQ_SUM_CASES_CLOSED,
  XQ_SUM_SESSIONS,
  XQ_SUM_CRISES,
  XQ_SUM_SENT,
  XQ_SUM_ATTENDED,
  XQ_SUM_RETURNED,
  XQ_SUM_REFUSED,
  XQ_SUM_FOLLOW_UPS_DUE,
  XQ_SUM_FOLLOW_UPS_ON_TIME,
  XQ_SUMS,
} XqSum;

typedef enum
{
  XQ_MEASURE_PERSONS,
  XQ_MEASURE_SUM,
  XQ_MEASURE_MEDIAN, /* of what the query lists: days to the hospital */
  XQ_MEASURE_RATIO,
  XQ_MEASURE_MANUAL,
} XqMeasureKind;

typedef struct
{
  XqIndicator known; /* its texts are msgids */
  XqMeasureKind kind;
  guint64 need;
  guint64 lack;
  XqSum sum;
  const char *sources[2]; /* of a ratio: over, of; of a median: what it rests on */
} XqMeasure;

/* NULL when there is none, or it is about a tag. */
const XqMeasure *xq_measure_find (const char *id);
/* The index in xq_tag_ids() of "tag_left_behind", -1 for other indicators. */
int xq_measure_tag (const char *id);

/* The time that a report is about, worked out. */
typedef struct
{
  gint64 organisation_id;
  char *organisation;
  char *profile;  /* id */
  char *from;     /* ISO */
  char *to;       /* ISO */
  char *term;     /* nullable */
  char *today;    /* ISO */
  char *reference; /* the last day, or today before it */
  gint64 start;   /* unix seconds of the first moment */
  gint64 end;     /* and of the first moment after */
} XqTime;

void xq_time_clear (XqTime *time);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqTime, xq_time_clear)
gboolean xq_time_resolve (XqDatabase *database, const XqReportScope *scope, XqTime *ret_time, GError **error);
/* Whom the organisation's reports count: "student", or "employee". */
const char *xq_time_counted_kind (const XqTime *time);
/* The term before @time, for the same organisation; *@ret_found is FALSE when there is none. */
gboolean xq_time_of_previous_term (XqDatabase *database, const XqTime *time, XqTime *ret_time, gboolean *ret_found,
                                   GError **error);

typedef struct _XqRoster XqTermRoster;

/* Who belongs to which row, and what is known of everybody. */
XqTermRoster *xq_term_roster_load (XqDatabase *database, const XqTime *time, GError **error);
void xq_term_roster_free (XqTermRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqTermRoster, xq_term_roster_free)

guint xq_term_roster_n_rows (const XqTermRoster *roster);
const char *xq_term_roster_row_id (const XqTermRoster *roster, guint row);
const char *xq_term_roster_row_title (const XqTermRoster *roster, guint row);
/* 1–12, or 0 where the row is not a grade of a school. */
int xq_term_roster_row_grade (const XqTermRoster *roster, guint row);
/* The row of those that no grade is known of; the last one. */
guint xq_term_roster_nowhere (const XqTermRoster *roster);
/* Where @person_id counts; -1 for whoever is not counted here (another organisation, a teacher). 0 stands for "about
 * nobody in particular" and counts nowhere in the table but in the total. */
int xq_term_roster_place (XqTermRoster *roster, gint64 person_id, guint *ret_index, GError **error);
guint64 *xq_term_roster_flags (XqTermRoster *roster, guint index);
guint xq_term_roster_n_persons (const XqTermRoster *roster);
guint xq_term_roster_person_row (const XqTermRoster *roster, guint index);

/* Sums and values by row. */
typedef struct
{
  XqTermRoster *roster;
  double *sums;    /* row × XQ_SUMS */
  GArray **days;   /* per row, of double: to the hospital */
} XqCounts;

void xq_counts_free (XqCounts *counts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCounts, xq_counts_free)
/* Runs every query once. */
XqCounts *xq_counts_load (XqDatabase *database, const XqTime *time, const XqProgress *progress, GError **error);

/* All indicators by grade, covered as @threshold says (0: not): every report takes its numbers from this one
 * table, so that two of them never show together what one alone hides. (transfer full): a report with one block */
XqReport *xq_indicator_table (XqDatabase *database, const XqTime *time, int threshold, const XqProgress *progress,
                              GError **error);

/* What the builders of blocks are given. */
typedef struct
{
  XqDatabase *database;
  const XqTime *time;
  const XqReportDefinition *definition;
  XqReportBlock *table; /* of xq_indicator_table() */
  XqReport *report;
} XqBuilder;

/* Fills @block, whose id, title and look are set, as its dimension says. */
gboolean xq_build_weeks (const XqBuilder *builder, XqReportBlock *block, GError **error);
gboolean xq_build_problems (const XqBuilder *builder, XqReportBlock *block, GError **error);
gboolean xq_build_activities (const XqBuilder *builder, XqReportBlock *block, GError **error);
gboolean xq_build_staff (const XqBuilder *builder, XqReportBlock *block, GError **error);
gboolean xq_build_tiles (const XqBuilder *builder, XqReportBlock *block, GError **error);
gboolean xq_build_late (const XqBuilder *builder, XqReportBlock *block, GError **error);
gboolean xq_build_decisions (const XqBuilder *builder, XqReportBlock *block, GError **error);
gboolean xq_build_signature (const XqBuilder *builder, XqReportBlock *block, GError **error);

/* Who looks after whom. */
typedef struct
{
  gint64 full_time;
  gint64 part_time;
  gint64 required; /* full-time */
  gint64 pupils;
  gboolean known;  /* anybody is written down at all */
  const char *rule; /* translated; nullable */
} XqStaffing;

gboolean xq_staffing_load (const XqBuilder *builder, XqStaffing *ret_staffing, GError **error);

G_END_DECLS
