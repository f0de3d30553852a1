/* The green channel 转介: one trip of one person to one institution and back.
 *
 *   draft → consent_asked → consented → sent → accepted → attended → result_in → closed
 *             │ refused (re-asked by a date)  │ declined   │ missed
 *   emergency: draft or consent_asked → sent, guardian and principal told, both times written
 *
 * The table referral_transition says which step may follow which; triggers hold the database to it, and
 * xq_referral_advance() reads the same table, so code and data cannot drift apart. */
#pragma once

#include "base/field.h"
#include "base/working-days.h"
#include "referral/institution.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_LANE_EMERGENCY,
  XQ_LANE_URGENT,
  XQ_LANE_ROUTINE,
} XqReferralLane;

typedef enum
{
  XQ_REFERRAL_DRAFT,
  XQ_REFERRAL_CONSENT_ASKED,
  XQ_REFERRAL_CONSENTED,
  XQ_REFERRAL_REFUSED,
  XQ_REFERRAL_SENT,
  XQ_REFERRAL_ACCEPTED,
  XQ_REFERRAL_DECLINED,
  XQ_REFERRAL_ATTENDED,
  XQ_REFERRAL_MISSED,
  XQ_REFERRAL_RESULT_IN,
  XQ_REFERRAL_CLOSED,
} XqReferralState;

extern const XqChoice xq_referral_lanes[];
extern const XqChoice xq_referral_states[];

/**
 * XqReferral:
 * @warning_id: the warning it answers, 0 for none
 * @institution_id: where to
 * @previous_id: the referral that this one takes up again, 0 for none
 * @lane: see #XqReferralLane
 * @state: see #XqReferralState
 * @reason: why, in words that are no diagnosis
 * @released: ids of the letter's sections that consent released, comma-separated (referral/letter.h)
 * @guardian_told_at: 0 while not told
 * @principal_told_at: 0 while not told
 * @slip_code: on the letter's tear-off slip
 * @opened_at: when it was drafted
 * @state_at: when it came into its state
 * @due_at: when the next step is due, 0 for none
 * @result: (nullable): what the hospital wrote back, with its source
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  gint64 warning_id;
  gint64 institution_id;
  gint64 previous_id;
  int lane;
  int state;
  char *reason;
  char *released;
  gint64 guardian_told_at;
  gint64 principal_told_at;
  char *slip_code;
  gint64 opened_at;
  gint64 state_at;
  gint64 due_at;
  char *result;
} XqReferral;

XQ_DECLARE_RECORD (XqReferral, referral, XQ_REFERRAL)

/* A step that was taken. */
typedef struct
{
  gint64 id;
  gint64 referral_id;
  int state;
  gint64 at;
  char *note;
} XqReferralStep;

XQ_DECLARE_RECORD (XqReferralStep, referral_step, XQ_REFERRAL_STEP)

typedef struct _XqGreenChannel XqGreenChannel;

/* What every call below takes: the connection (borrowed), the working days (shared), and each lane's clocks
 * (data/referral/lanes.json, or the vault's own in the setting "referral_lanes"). */
XqGreenChannel *xq_green_channel_new (XqDatabase *database, XqWorkingDays *days, GError **error);
void xq_green_channel_free (XqGreenChannel *channel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqGreenChannel, xq_green_channel_free)
/* Checks and keeps the vault's own clocks; NULL goes back to the shipped ones. */
gboolean xq_green_channel_save_lanes (XqDatabase *database, const char *json, GError **error);

/**
 * xq_referral_create:
 * @channel: the green channel
 * @referral: person_id, institution_id, lane, reason; warning_id, previous_id and released where known
 * @error: XQ_REFERRAL_ERROR, XQ_VAULT_ERROR
 *
 * Stores a draft with its first step, its slip code and its clock; fills those members in.
 */
gboolean xq_referral_create (XqGreenChannel *channel, XqReferral *referral, GError **error);

/**
 * XqReferralAdvance:
 * @state: the step to take
 * @note: (nullable): what was said
 * @guardian_told_at: unix seconds, 0 for unchanged; needed to send an emergency without consent
 * @principal_told_at: the same
 * @reask_on: (nullable): ISO date, for a refusal: when to ask again; by default by the lane
 * @institution_id: for sending on after a refusal by the institution: where to; 0 for the same
 * @released: (nullable): for consented or sent: the sections that consent releases; by default the least
 *   that a referral needs
 * @result: (nullable): for result_in: what the hospital wrote; @note serves when it is %NULL
 */
typedef struct
{
  XqReferralState state;
  const char *note;
  gint64 guardian_told_at;
  gint64 principal_told_at;
  const char *reask_on;
  gint64 institution_id;
  const char *released;
  const char *result;
} XqReferralAdvance;

/* Takes a step. An illegal one is refused by a message that names the steps that are open now. On success
 * *@ret_referral (nullable) is the referral as it now is. The caller then moves care along. */
gboolean xq_referral_advance (XqGreenChannel *channel, gint64 id, const XqReferralAdvance *advance,
                              XqReferral **ret_referral, GError **error);
/* The states that may follow now, by the referral's lane, in the order of #XqReferralState. (element-type int) */
GArray *xq_referral_next_states (XqGreenChannel *channel, const XqReferral *referral, GError **error);
/* Writes that guardian or principal were told, at unix seconds; 0 for unchanged. Any state. */
gboolean xq_referral_set_told (XqGreenChannel *channel, gint64 id, gint64 guardian_at, gint64 principal_at,
                               GError **error);
/* Institution, reason, lane or released sections of one that has not been sent. */
gboolean xq_referral_update (XqGreenChannel *channel, const XqReferral *referral, GError **error);

XqReferral *xq_referral_load (XqDatabase *database, gint64 id, GError **error);
/* In the order they were taken. (element-type XqReferralStep) */
GPtrArray *xq_referral_steps (XqDatabase *database, gint64 id, GError **error);

/**
 * XqReferralClock:
 * @running: whether anything is waited for by a date
 * @step: the state that is waited for
 * @due: unix seconds, 0 when it has no date
 * @began: since when it is waited for
 * @late: @due is past
 */
typedef struct
{
  gboolean running;
  XqReferralState step;
  gint64 due;
  gint64 began;
  gboolean late;
} XqReferralClock;

/* How the clock of @referral stands at @now. */
void xq_referral_clock (const XqReferral *referral, gint64 now, XqReferralClock *ret_clock);

/* The referral of a slip's code, typed in any usual way (small letters, spaces, O for 0). A mistyped code is told
 * from one that nobody has. */
XqReferral *xq_referral_find_slip (XqDatabase *database, const char *code, GError **error);
/* The slip code of a referral's id, "7KQ4-M2XR". (transfer full) */
char *xq_referral_slip_code (gint64 id);

/**
 * XqReferralRow:
 * @referral: the referral
 * @code: (nullable): the person's number
 * @name: the person's name
 * @unit_id: 0 for none
 * @level: the person's present level, 0 for none
 * @institution: the institution's name
 */
typedef struct
{
  XqReferral *referral;
  char *code;
  char *name;
  gint64 unit_id;
  gint64 level;
  char *institution;
} XqReferralRow;

void xq_referral_row_free (XqReferralRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqReferralRow, xq_referral_row_free)

/**
 * XqReferralFilter:
 * @states: bits `1 << XqReferralState`; 0 for all
 * @person_id: 0 for all
 * @limit: 0 for all
 */
typedef struct
{
  guint states;
  gint64 person_id;
  int limit;
} XqReferralFilter;

/* Open ones first, the next deadline on top; closed ones after them, newest first. @filter NULL: all.
 * (element-type XqReferralRow) */
GPtrArray *xq_referral_list (XqDatabase *database, const XqReferralFilter *filter, GError **error);
/* [{"id","person","institution":{"id","name"},"lane","state","opened","clock":{"step","due","late"},
 * "steps":[{"state","at","note"}]}] */
JsonNode *xq_referral_list_json (XqGreenChannel *channel, const XqReferralFilter *filter, GError **error);
JsonNode *xq_referral_json (XqGreenChannel *channel, gint64 id, GError **error);

G_END_DECLS
