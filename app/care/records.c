#include "config.h"

#include "care/records.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "care/rule.h"
#include "vault/store.h"

const XqChoice xq_activity_kinds[] = {
  { "lecture", N_ ("Lecture") },
  { "class", N_ ("Class session") },
  { "group", N_ ("Group activity") },
  { "theme_day", N_ ("Theme day") },
  { "parents", N_ ("For parents") },
  { "training", N_ ("Training of staff") },
  { "other", N_ ("Other activity") },
  { NULL, NULL },
};

#define FIELD(Type, member, words, type, flags, privacy, values)                                    \
  { #member, words, type, G_STRUCT_OFFSET (Type, member), flags, privacy, values }
#define REQUIRED XQ_FIELD_REQUIRED
#define INTERNAL (XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL)

static const XqField crisis_fields[] = {
  FIELD (XqCrisisEvent, organisation_id, N_ ("Organisation"), XQ_FIELD_REFERENCE, INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqCrisisEvent, person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (XqCrisisEvent, at, N_ ("When"), XQ_FIELD_TIME, REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqCrisisEvent, kind, N_ ("Kind"), XQ_FIELD_TEXT, REQUIRED, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (XqCrisisEvent, text, N_ ("What happened and what was done"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_CRISIS_EVENT = { "crisis_event", N_ ("Crisis event"), sizeof (XqCrisisEvent), crisis_fields };

static const XqField activity_fields[] = {
  FIELD (XqActivity, organisation_id, N_ ("Organisation"), XQ_FIELD_REFERENCE, INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqActivity, held_on, N_ ("Held on"), XQ_FIELD_DATE, REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqActivity, kind, N_ ("Kind"), XQ_FIELD_CHOICE, REQUIRED, XQ_PRIVACY_PLAIN, xq_activity_kinds),
  FIELD (XqActivity, title, N_ ("Title"), XQ_FIELD_TEXT, REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqActivity, audience, N_ ("Audience"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqActivity, head_count, N_ ("Head-count"), XQ_FIELD_INTEGER, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqActivity, hours, N_ ("Hours"), XQ_FIELD_REAL, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_ACTIVITY = { "activity", N_ ("Activity"), sizeof (XqActivity), activity_fields };

static const XqField team_fields[] = {
  FIELD (XqTeamMember, organisation_id, N_ ("Organisation"), XQ_FIELD_REFERENCE, INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqTeamMember, name, N_ ("Full name"), XQ_FIELD_TEXT, REQUIRED, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (XqTeamMember, role, N_ ("Role"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqTeamMember, full_time, N_ ("Full time"), XQ_FIELD_BOOLEAN, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqTeamMember, qualification, N_ ("Qualification"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqTeamMember, from_date, N_ ("Since"), XQ_FIELD_DATE, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  FIELD (XqTeamMember, to_date, N_ ("Until"), XQ_FIELD_DATE, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_TEAM_MEMBER = { "team_member", N_ ("Team member"), sizeof (XqTeamMember), team_fields };

static gboolean
save (XqDatabase *database, const XqEntity *entity, gpointer record, const char *refusal, GError **error)
{
  if (refusal != NULL)
    {
      g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, refusal);
      return FALSE;
    }
  return XQ_RECORD_ID (record) == 0 ? xq_store_insert (database, entity, record, error)
                                    : xq_store_update (database, entity, record, error);
}

gboolean
xq_crisis_event_save (XqDatabase *database, XqCrisisEvent *event, GError **error)
{
  return save (database, &XQ_CRISIS_EVENT, event,
               event->at > xq_clock_now () ? _ ("A crisis event cannot lie in the future.") : NULL, error);
}

gboolean
xq_activity_save (XqDatabase *database, XqActivity *activity, GError **error)
{
  return save (database, &XQ_ACTIVITY, activity,
               activity->head_count < 0 || activity->hours < 0
                   ? _ ("Head-count and hours cannot be below 0.")
                   : NULL,
               error);
}

gboolean
xq_team_member_save (XqDatabase *database, XqTeamMember *member, GError **error)
{
  gboolean backwards = member->to_date != NULL && *member->to_date != '\0'
                       && xq_date_compare (member->to_date, member->from_date) < 0;

  return save (database, &XQ_TEAM_MEMBER, member,
               backwards ? _ ("The last day cannot be before the first.") : NULL, error);
}

#define OF_ORGANISATION "WHERE (:organisation = 0 OR organisation_id = :organisation) ORDER BY "

GPtrArray *
xq_crisis_event_list (XqDatabase *database, gint64 organisation_id, GError **error)
{
  return xq_store_list (database, error, &XQ_CRISIS_EVENT, OF_ORGANISATION "at DESC, id DESC",
                        XQ_INTEGER (":organisation", organisation_id), XQ_END);
}

GPtrArray *
xq_activity_list (XqDatabase *database, gint64 organisation_id, GError **error)
{
  return xq_store_list (database, error, &XQ_ACTIVITY, OF_ORGANISATION "held_on DESC, id DESC",
                        XQ_INTEGER (":organisation", organisation_id), XQ_END);
}

GPtrArray *
xq_team_member_list (XqDatabase *database, gint64 organisation_id, GError **error)
{
  return xq_store_list (database, error, &XQ_TEAM_MEMBER, OF_ORGANISATION "name, id",
                        XQ_INTEGER (":organisation", organisation_id), XQ_END);
}
