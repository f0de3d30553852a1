#include "config.h"

#include "referral/referral.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "referral/green-channel.h"
#include "referral/letter.h"
#include "vault/store.h"

const XqChoice xq_referral_lanes[] = {
  { "emergency", N_ ("Emergency") },
  { "urgent", N_ ("Urgent") },
  { "routine", N_ ("Routine") },
  { NULL, NULL },
};

const XqChoice xq_referral_states[] = {
  { "draft", N_ ("Draft") },
  { "consent_asked", N_ ("Consent asked") },
  { "consented", N_ ("Consented") },
  { "refused", N_ ("Consent refused") },
  { "sent", N_ ("Sent") },
  { "accepted", N_ ("Accepted") },
  { "declined", N_ ("Declined by the institution") },
  { "attended", N_ ("Attended") },
  { "missed", N_ ("Visit missed") },
  { "result_in", N_ ("Result in") },
  { "closed", N_ ("Referral closed") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqReferral, member), flags, privacy, values }

static const XqField referral_fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (warning_id, N_ ("Warning"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (institution_id, N_ ("Institution"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (previous_id, N_ ("Earlier referral"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (lane, N_ ("Lane"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, xq_referral_lanes),
  FIELD (state, N_ ("State"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, xq_referral_states),
  FIELD (reason, N_ ("Reason for the referral"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED | XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (released, N_ ("Released to the institution"), XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (guardian_told_at, N_ ("Guardian told"), XQ_FIELD_TIME, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (principal_told_at, N_ ("Principal told"), XQ_FIELD_TIME, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (slip_code, N_ ("Slip code"), XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (opened_at, N_ ("Opened"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (state_at, N_ ("In this state since"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (due_at, N_ ("Next step due"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (result, N_ ("Result"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_REFERRAL = { "referral", N_ ("Referral"), sizeof (XqReferral), referral_fields };

#undef FIELD
#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqReferralStep, member), flags, privacy, values }

static const XqField step_fields[] = {
  FIELD (referral_id, N_ ("Referral"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (state, N_ ("State"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, xq_referral_states),
  FIELD (at, N_ ("When"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (note, N_ ("Note"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_REFERRAL_STEP = {
  "referral_step", N_ ("Step of a referral"), sizeof (XqReferralStep), step_fields,
};

static gboolean
append_step (XqDatabase *database, const XqReferral *referral, const char *note, GError **error)
{
  XqReferralStep step = {
    .referral_id = referral->id,
    .state = referral->state,
    .at = referral->state_at,
    .note = note != NULL && *note != '\0' ? (char *) note : NULL,
  };

  return xq_store_insert (database, &XQ_REFERRAL_STEP, &step, error);
}

static gboolean
person_has_open_referral (XqDatabase *database, gint64 person_id, gint64 institution_id, GError **error)
{
  gint64 open = 0;

  if (!xq_database_get_integer (database, error, &open, NULL,
                                "SELECT id FROM referral WHERE person_id = :person AND state <> 'closed'"
                                " AND institution_id = :institution",
                                XQ_INTEGER (":person", person_id),
                                XQ_INTEGER (":institution", institution_id), XQ_END))
    return FALSE;
  if (open == 0)
    return TRUE;
  g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
               _ ("Referral %d of this person to this institution is still open."
                  " Go on with that one, or close it first."),
               (int) open);
  return FALSE;
}

gboolean
xq_referral_create (XqGreenChannel *channel, XqReferral *referral, GError **error)
{
  XqDatabase *database = xq_green_channel_database (channel);
  g_autoptr (XqTransaction) transaction = NULL;
  guint mask;

  g_return_val_if_fail (referral->id == 0, FALSE);

  if (!xq_letter_parse_released (referral->released, &mask, error))
    return FALSE;
  g_set_str (&referral->released, referral->released != NULL ? referral->released : "");
  referral->state = XQ_REFERRAL_DRAFT;
  referral->opened_at = referral->state_at = xq_clock_now ();
  referral->due_at = xq_green_channel_due (channel, referral->lane, XQ_CLOCK_SENT, referral->opened_at);

  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL
      || !person_has_open_referral (database, referral->person_id, referral->institution_id, error)
      || !xq_store_insert (database, &XQ_REFERRAL, referral, error))
    return FALSE;
  g_free (referral->slip_code);
  referral->slip_code = xq_referral_slip_code (referral->id);
  return xq_store_update (database, &XQ_REFERRAL, referral, error)
         && append_step (database, referral, NULL, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

GArray *
xq_referral_next_states (XqGreenChannel *channel, const XqReferral *referral, GError **error)
{
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (XqStatement) statement = xq_database_query (
      xq_green_channel_database (channel), error,
      "SELECT to_state FROM referral_transition WHERE from_state = :state AND only_lane IN ('', :lane)",
      XQ_TEXT (":state", xq_referral_states[referral->state].id),
      XQ_TEXT (":lane", xq_referral_lanes[referral->lane].id), XQ_END);
  gboolean open[XQ_REFERRAL_CLOSED + 1] = { FALSE };
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      int state = xq_choice_index (xq_referral_states, xq_statement_text (statement, 0));

      if (state >= 0)
        open[state] = TRUE;
    }
  if (step == XQ_STEP_FAILED)
    return NULL;
  for (int state = 0; state <= XQ_REFERRAL_CLOSED; state++)
    if (open[state])
      g_array_append_val (states, state);
  return g_steal_pointer (&states);
}

/* Refuses a step that does not follow, naming those that do. */
static gboolean
check_step (XqGreenChannel *channel, const XqReferral *referral, XqReferralState state, GError **error)
{
  g_autoptr (GArray) states = xq_referral_next_states (channel, referral, error);
  g_autoptr (GString) names = g_string_new (NULL);

  if (states == NULL)
    return FALSE;
  for (guint i = 0; i < states->len; i++)
    {
      int each = g_array_index (states, int, i);

      if (each == (int) state)
        return TRUE;
      g_string_append_printf (names, "%s%s (%s)", i > 0 ? _ (", ") : "", _ (xq_referral_states[each].label),
                              xq_referral_states[each].id);
    }
  if (names->len == 0)
    g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
                 _ ("This referral is closed: no step follows. Open a new referral instead."));
  else
    g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
                 _ ("“%s” does not follow from “%s”. What may follow now: %s."),
                 _ (xq_referral_states[state].label), _ (xq_referral_states[referral->state].label), names->str);
  return FALSE;
}

/* When the next step is due, once the referral has come from @before into its state. */
static gint64
next_due (XqGreenChannel *channel, const XqReferral *referral, XqReferralState before, const char *reask_on)
{
  gint64 now = referral->state_at;
  XqReferralLane lane = referral->lane;

  switch ((XqReferralState) referral->state)
    {
    case XQ_REFERRAL_CONSENT_ASKED:
      return before == XQ_REFERRAL_REFUSED ? xq_green_channel_due (channel, lane, XQ_CLOCK_SENT, now)
                                           : referral->due_at;
    case XQ_REFERRAL_REFUSED:
      return reask_on != NULL ? xq_green_channel_end_of_day (reask_on)
                              : xq_green_channel_due (channel, lane, XQ_CLOCK_REASK, now);
    case XQ_REFERRAL_SENT:
      return xq_green_channel_due (channel, lane, XQ_CLOCK_ATTENDED,
                                   before == XQ_REFERRAL_DECLINED ? now : referral->opened_at);
    case XQ_REFERRAL_ACCEPTED:
      return before == XQ_REFERRAL_MISSED ? xq_green_channel_due (channel, lane, XQ_CLOCK_ATTENDED, now)
                                          : referral->due_at;
    case XQ_REFERRAL_DECLINED:
    case XQ_REFERRAL_MISSED:
      return xq_green_channel_due (channel, lane, XQ_CLOCK_SENT, now);
    case XQ_REFERRAL_ATTENDED:
      return xq_green_channel_due (channel, lane, XQ_CLOCK_RESULT, now);
    case XQ_REFERRAL_DRAFT:
    case XQ_REFERRAL_CONSENTED:
      return referral->due_at;
    case XQ_REFERRAL_RESULT_IN:
    case XQ_REFERRAL_CLOSED:
    default:
      return 0;
    }
}

static gboolean
needs_words (const XqReferral *referral, const XqReferralAdvance *advance, GError **error)
{
  gboolean ends_early = advance->state == XQ_REFERRAL_CLOSED && referral->state != XQ_REFERRAL_RESULT_IN;

  if (!ends_early || (advance->note != NULL && *advance->note != '\0'))
    return TRUE;
  g_set_error_literal (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
                       _ ("A referral that ends without a result wants a note: why is it closed?"));
  return FALSE;
}

static gboolean
check_told (const XqReferral *referral, XqReferralState before, GError **error)
{
  if (referral->state != XQ_REFERRAL_SENT || before == XQ_REFERRAL_CONSENTED || before == XQ_REFERRAL_DECLINED)
    return TRUE;
  if (referral->guardian_told_at != 0 && referral->principal_told_at != 0)
    return TRUE;
  g_set_error_literal (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
                       _ ("An emergency goes on without waiting for consent, but guardian and principal are told"
                          " first: write down when each was told."));
  return FALSE;
}

/* The letter's sections that go out: what was said now, else what was released before, else the least. */
static gboolean
set_released (XqReferral *referral, const char *released, GError **error)
{
  guint mask;

  if (referral->state != XQ_REFERRAL_CONSENTED && referral->state != XQ_REFERRAL_SENT)
    return TRUE;
  if (!xq_letter_parse_released (released != NULL ? released : referral->released, &mask, error))
    return FALSE;
  g_free (referral->released);
  referral->released = xq_letter_format_released (mask != 0 ? mask : XQ_LETTER_LEAST);
  return TRUE;
}

static gboolean
apply_step (XqReferral *referral, const XqReferralAdvance *advance, GError **error)
{
  XqReferralState before = referral->state;

  referral->state = advance->state;
  referral->state_at = xq_clock_now ();
  if (advance->guardian_told_at != 0)
    referral->guardian_told_at = advance->guardian_told_at;
  if (advance->principal_told_at != 0)
    referral->principal_told_at = advance->principal_told_at;
  if (advance->institution_id != 0 && before == XQ_REFERRAL_DECLINED)
    referral->institution_id = advance->institution_id;
  if (advance->state == XQ_REFERRAL_RESULT_IN)
    g_set_str (&referral->result, advance->result != NULL ? advance->result : advance->note);
  return check_told (referral, before, error) && set_released (referral, advance->released, error);
}

gboolean
xq_referral_advance (XqGreenChannel *channel, gint64 id, const XqReferralAdvance *advance,
                     XqReferral **ret_referral, GError **error)
{
  XqDatabase *database = xq_green_channel_database (channel);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqReferral) referral = NULL;
  XqReferralState before;

  if (transaction == NULL)
    return FALSE;
  referral = xq_referral_load (database, id, error);
  if (referral == NULL || !check_step (channel, referral, advance->state, error)
      || !needs_words (referral, advance, error))
    return FALSE;
  before = referral->state;
  if (!apply_step (referral, advance, error))
    return FALSE;
  referral->due_at = next_due (channel, referral, before, advance->reask_on);

  if (!xq_store_update (database, &XQ_REFERRAL, referral, error)
      || !append_step (database, referral, advance->note, error)
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (ret_referral != NULL)
    *ret_referral = g_steal_pointer (&referral);
  return TRUE;
}

gboolean
xq_referral_set_told (XqGreenChannel *channel, gint64 id, gint64 guardian_at, gint64 principal_at, GError **error)
{
  XqDatabase *database = xq_green_channel_database (channel);
  g_autoptr (XqReferral) referral = xq_referral_load (database, id, error);

  if (referral == NULL)
    return FALSE;
  if (guardian_at != 0)
    referral->guardian_told_at = guardian_at;
  if (principal_at != 0)
    referral->principal_told_at = principal_at;
  return xq_store_update (database, &XQ_REFERRAL, referral, error);
}

static gboolean
is_unsent (XqReferralState state)
{
  return state == XQ_REFERRAL_DRAFT || state == XQ_REFERRAL_CONSENT_ASKED || state == XQ_REFERRAL_CONSENTED
         || state == XQ_REFERRAL_REFUSED;
}

gboolean
xq_referral_update (XqGreenChannel *channel, const XqReferral *referral, GError **error)
{
  XqDatabase *database = xq_green_channel_database (channel);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqReferral) stored = NULL;
  guint mask;

  if (transaction == NULL || !xq_letter_parse_released (referral->released, &mask, error))
    return FALSE;
  stored = xq_referral_load (database, referral->id, error);
  if (stored == NULL)
    return FALSE;
  if (!is_unsent (stored->state))
    {
      g_set_error_literal (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
                           _ ("This referral has been sent: what the letter said stays as it was."));
      return FALSE;
    }
  stored->institution_id = referral->institution_id;
  g_set_str (&stored->reason, referral->reason);
  g_set_str (&stored->released, referral->released);
  if (stored->lane != referral->lane)
    {
      stored->lane = referral->lane;
      stored->due_at = xq_green_channel_due (channel, stored->lane, XQ_CLOCK_SENT, stored->opened_at);
    }
  return xq_store_update (database, &XQ_REFERRAL, stored, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

XqReferral *
xq_referral_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_REFERRAL, id, error);
}

GPtrArray *
xq_referral_steps (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_list (database, error, &XQ_REFERRAL_STEP, "WHERE referral_id = :referral ORDER BY at, id",
                        XQ_INTEGER (":referral", id), XQ_END);
}

void
xq_referral_clock (const XqReferral *referral, gint64 now, XqReferralClock *ret_clock)
{
  static const XqReferralState waits_for[] = {
    [XQ_REFERRAL_DRAFT] = XQ_REFERRAL_SENT,          [XQ_REFERRAL_CONSENT_ASKED] = XQ_REFERRAL_SENT,
    [XQ_REFERRAL_CONSENTED] = XQ_REFERRAL_SENT,      [XQ_REFERRAL_REFUSED] = XQ_REFERRAL_CONSENT_ASKED,
    [XQ_REFERRAL_SENT] = XQ_REFERRAL_ATTENDED,       [XQ_REFERRAL_ACCEPTED] = XQ_REFERRAL_ATTENDED,
    [XQ_REFERRAL_DECLINED] = XQ_REFERRAL_SENT,       [XQ_REFERRAL_ATTENDED] = XQ_REFERRAL_RESULT_IN,
    [XQ_REFERRAL_MISSED] = XQ_REFERRAL_ACCEPTED,     [XQ_REFERRAL_RESULT_IN] = XQ_REFERRAL_CLOSED,
    [XQ_REFERRAL_CLOSED] = XQ_REFERRAL_CLOSED,
  };
  gboolean from_opening = referral->state == XQ_REFERRAL_DRAFT || referral->state == XQ_REFERRAL_CONSENT_ASKED
                          || referral->state == XQ_REFERRAL_CONSENTED || referral->state == XQ_REFERRAL_SENT;

  ret_clock->running = referral->due_at != 0;
  ret_clock->step = waits_for[referral->state];
  ret_clock->due = referral->due_at;
  ret_clock->began = from_opening ? referral->opened_at : referral->state_at;
  ret_clock->late = referral->due_at != 0 && referral->due_at < now;
}
