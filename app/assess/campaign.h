/* A campaign 普测/筛查: who was to be asked what, from when to when, and who has answered. Its roster is frozen at
 * the start with the unit that each person was in then, so that last term's coverage stays last term's. */
#pragma once

#include "assess/error.h"
#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_CAMPAIGN_OPEN,
  XQ_CAMPAIGN_CLOSED,
} XqCampaignState;

typedef enum
{
  XQ_PARTICIPANT_PENDING,
  XQ_PARTICIPANT_DONE,
  XQ_PARTICIPANT_ABSENT,
  XQ_PARTICIPANT_REFUSED,
  XQ_PARTICIPANT_EXCLUDED,
  XQ_PARTICIPANT_STATES,
} XqParticipantState;

extern const XqChoice xq_campaign_states[];
extern const XqChoice xq_participant_states[];

/**
 * XqCampaign:
 * @instruments: ids, separated by ","
 * @due_date: (nullable): the last day
 */
typedef struct
{
  gint64 id;
  gint64 organisation_id;
  char *title;
  char *instruments;
  char *from_date;
  char *due_date;
  int state; /* XqCampaignState */
  gint64 created_at;
} XqCampaign;

XQ_DECLARE_RECORD (XqCampaign, campaign, XQ_CAMPAIGN)

/**
 * xq_campaign_create:
 * @campaign: organisation, title, instruments and dates; id, state and creation are set
 * @unit_ids: (nullable) (array length=n_units): only who is in these units or below them; %NULL for the whole
 *   organisation. Students and employees who are active; teachers are asked by a campaign of their units
 * @ret_participants: (out) (optional): how many the roster holds
 * @error: XQ_ASSESS_ERROR, XQ_VAULT_ERROR
 *
 * Makes a campaign and freezes its roster. Audited.
 */
gboolean xq_campaign_create (XqDatabase *database, XqCampaign *campaign, const gint64 *unit_ids, gsize n_units,
                             gint64 *ret_participants, GError **error);
XqCampaign *xq_campaign_load (XqDatabase *database, gint64 id, GError **error);
/* Newest first; organisation 0 for all (element-type XqCampaign). */
GPtrArray *xq_campaign_list (XqDatabase *database, gint64 organisation_id, GError **error);
/* Title and dates; the roster stays. Audited. */
gboolean xq_campaign_save (XqDatabase *database, const XqCampaign *campaign, GError **error);
/* Who is still pending then stays pending: never silently counted as absent. Refused when it is closed. */
gboolean xq_campaign_close (XqDatabase *database, gint64 id, GError **error);
gboolean xq_campaign_reopen (XqDatabase *database, gint64 id, GError **error);

/* Absent, refused or excluded with a remark, or back to pending; done comes from an assessment. Audited. */
gboolean xq_campaign_set_participant (XqDatabase *database, gint64 campaign_id, gint64 person_id,
                                      XqParticipantState state, const char *remark, GError **error);
/* %XQ_PARTICIPANT_STATES when the person is not on the roster. */
gboolean xq_campaign_get_participant (XqDatabase *database, gint64 campaign_id, gint64 person_id,
                                      XqParticipantState *ret_state, GError **error);
/* Ids in the order of names; unit 0 for all (of the unit itself, as frozen) (element-type gint64). */
GArray *xq_campaign_people (XqDatabase *database, gint64 campaign_id, XqParticipantState state, gint64 unit_id,
                            GError **error);

/**
 * XqCoverage:
 * @unit_id: a unit as it was frozen; 0 for those without one, and for the total
 * @counts: (array fixed-size=5): by #XqParticipantState
 * @invited: all but the excluded
 */
typedef struct
{
  gint64 unit_id;
  gint64 counts[XQ_PARTICIPANT_STATES];
  gint64 invited;
} XqCoverage;

/* A row a unit in the tree's order (element-type XqCoverage), and the sum in @ret_total (optional). */
GArray *xq_campaign_coverage (XqDatabase *database, gint64 campaign_id, XqCoverage *ret_total, GError **error);

/* {"id","organisation_id","title","instruments":[…],"from_date","due_date","state","participants":{STATE:n},
 *  "coverage":0.97,"units":[{"unit":[…],"participants":{…}}]}; units only @with_units. (transfer full) */
JsonNode *xq_campaign_to_json (XqDatabase *database, gint64 id, gboolean with_units, GError **error);

/* How many of the latest closed campaigns in a row the person was on the roster of and has missed: pending or
 * absent at the end. */
gboolean xq_campaign_missed_in_a_row (XqDatabase *database, gint64 person_id, int *ret_count, GError **error);

G_END_DECLS
