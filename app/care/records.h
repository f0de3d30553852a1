/* The small records beside the care of one person: crisis events, activities for many, and the team. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

/* @kind is a word of the counsellor's choice ("self_harm", "bereavement"); @person_id 0 when it is about many. */
typedef struct
{
  gint64 id;
  gint64 organisation_id;
  gint64 person_id;
  gint64 at;
  char *kind;
  char *text;
} XqCrisisEvent;

XQ_DECLARE_RECORD (XqCrisisEvent, crisis_event, XQ_CRISIS_EVENT)

extern const XqChoice xq_activity_kinds[];

typedef struct
{
  gint64 id;
  gint64 organisation_id;
  char *held_on;
  int kind;
  char *title;
  char *audience;
  gint64 head_count;
  double hours;
} XqActivity;

XQ_DECLARE_RECORD (XqActivity, activity, XQ_ACTIVITY)

/* @from_date and @to_date: when they worked here, ISO, nullable. */
typedef struct
{
  gint64 id;
  gint64 organisation_id;
  char *name;
  char *role;
  gboolean full_time;
  char *qualification;
  char *from_date;
  char *to_date;
} XqTeamMember;

XQ_DECLARE_RECORD (XqTeamMember, team_member, XQ_TEAM_MEMBER)

/* New (id 0) or changed. They refuse what cannot be: a time to come, a negative head-count, an end before the
 * beginning. */
gboolean xq_crisis_event_save (XqDatabase *database, XqCrisisEvent *event, GError **error);
gboolean xq_activity_save (XqDatabase *database, XqActivity *activity, GError **error);
gboolean xq_team_member_save (XqDatabase *database, XqTeamMember *member, GError **error);

/* Newest first; @organisation_id 0 for all. */
GPtrArray *xq_crisis_event_list (XqDatabase *database, gint64 organisation_id, GError **error);
GPtrArray *xq_activity_list (XqDatabase *database, gint64 organisation_id, GError **error);
/* By name. */
GPtrArray *xq_team_member_list (XqDatabase *database, gint64 organisation_id, GError **error);

G_END_DECLS
