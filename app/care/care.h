/* What every piece of care work needs at hand: the vault's rules and its working days. Made once for a
 * connection and handed down. */
#pragma once

#include "base/working-days.h"
#include "care/rule.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef struct _XqCare XqCare;

/**
 * xq_care_new:
 * @database: an open connection, borrowed for as long as the care lives
 * @days: the working days (xq_working_days_load()), shared
 * @error: XQ_CARE_ERROR when the vault's own rules are wrong, XQ_VAULT_ERROR
 *
 * Takes the vault's own rules (setting "care_rules", JSON as care/rule.h) or else those of its profile.
 *
 * Returns: (transfer full): what the calls of care/ take
 */
XqCare *xq_care_new (XqDatabase *database, XqWorkingDays *days, GError **error);
void xq_care_free (XqCare *care);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCare, xq_care_free)

/* Lends the words of instruments and tags to all texts that this care makes; @words is copied. */
void xq_care_set_words (XqCare *care, const XqReasonWords *words);

XqDatabase *xq_care_database (const XqCare *care);
XqRules *xq_care_rules (const XqCare *care);
XqWorkingDays *xq_care_days (const XqCare *care);
const XqReasonWords *xq_care_words (const XqCare *care);
/* When a warning of @level raised at @at is to be triaged, unix seconds. */
gint64 xq_care_due (const XqCare *care, int level, gint64 at);

/* Checks and keeps the vault's own rules; NULL goes back to the profile's. Used by the next xq_care_new(). */
gboolean xq_care_save_rules (XqDatabase *database, const char *json, GError **error);

/**
 * xq_care_referral_moved:
 * @care: the care
 * @person_id: whose referral
 * @warning_id: the warning it answers, 0 for none
 * @referral_id: the referral
 * @state: the state that it has just reached: "sent", "attended", "result_in" …
 * @due_at: when the next step of the referral is due (its clock), 0 for none
 * @error: XQ_CARE_ERROR, XQ_VAULT_ERROR
 *
 * Care's part of a referral's step; called in the same transaction, right after xq_referral_advance().
 * Sent: the warning becomes referred, and a follow-up asks on the due day whether the person was seen.
 * Attended: that follow-up is done. Result in: aftercare follow-ups after 1, 2, 4, 8 and 12 weeks, and the
 * warning is in care again where a case is open. Declined or closed: that question is skipped.
 */
gboolean xq_care_referral_moved (XqCare *care, gint64 person_id, gint64 warning_id, gint64 referral_id,
                                 const char *state, gint64 due_at, GError **error);

G_END_DECLS
