/* The care room turns what was seen into warnings, and warnings into care: triage, cases, notes, follow-ups.
 * It stands on people/ and never reads an instrument's definition or an answer sheet: whoever scores hands the
 * evidence in as plain data (#XqEvidence), and lends the words of an instrument by callbacks (#XqReasonWords).
 *
 * This header: warning rules. They are data (data/rules/, or the vault's own):
 *
 *   { "id": "school", "title": {"en": …, "zh_CN": …, "zh_TW": …},
 *     "deadlines": { "1": {"hours": 24}, "2": {"working_days": 3}, "3": {"working_days": 10} },
 *     "cadence": { "1": 7, "2": 14, "3": 30 },
 *     "rules": [ { "id": "phq9-item9-often", "level": 1, "when": CONDITION, "reason": {"en": …} } ] }
 *
 * CONDITION is one of
 *   { "instrument": "phq9", "item": 9, "at_least": 2 }            also "equals": 1, "between": [1, 2]
 *   { "instrument": "phq9", "scale": "total", "at_least": 20 }    also "between": [15, 19], "equals", "at_most"
 *   { "instrument": "phq9", "scale": "total", "band": "severe" }
 *   { "instrument": "phq9", "scale": "total", "rise": 5 }         also "fall": against the last one before
 *   { "instrument": "phq9", "critical": true }                    any critical item of its definition was hit
 *   { "tag": "bullied" }
 *   { "missed_campaigns": 2 }
 *   { "all": [CONDITION, …] }   { "any": [CONDITION, …] }
 * "instrument" may be a list of ids. "reason" is optional: without it the condition is put into words; in it
 * {instrument} {scale} {item} {value} {option} {tag} stand for what was seen. */
#pragma once

#include "base/field.h"

G_BEGIN_DECLS

#define XQ_CARE_ERROR (xq_care_error_quark ())
GQuark xq_care_error_quark (void);

/* An answer that was left blank. */
#define XQ_NO_ANSWER G_MININT

/**
 * XqSeenScore:
 * @scale: the scale's id
 * @value: the score
 * @band: (nullable): its band's id
 * @has_previous: whether there is an earlier score of the same scale
 * @previous: that one
 */
typedef struct
{
  const char *scale;
  double value;
  const char *band;
  gboolean has_previous;
  double previous;
} XqSeenScore;

/**
 * XqSeen:
 * @assessment_id: 0 for one that is not stored
 * @instrument: the instrument's id
 * @complete: enough was answered for a score
 * @valid: no validity check failed; conditions on scores look at complete and valid ones only
 * @scores: (nullable) (array length=n_scores): scores
 * @answers: (nullable) (array length=n_answers): the value of each answer in item order, before reversal,
 *   %XQ_NO_ANSWER for a blank one; conditions on items look at them even when the sheet is incomplete
 * @critical: (nullable) (array length=n_critical): numbers, from 1, of the critical items that were hit
 */
typedef struct
{
  gint64 assessment_id;
  const char *instrument;
  gboolean complete;
  gboolean valid;
  const XqSeenScore *scores;
  gsize n_scores;
  const int *answers;
  gsize n_answers;
  const int *critical;
  gsize n_critical;
} XqSeen;

/**
 * XqEvidence:
 * @person_id: about whom
 * @seen: (array length=n_seen): what came in together: one sheet may hold several instruments
 * @tags: (nullable): the person's tags, %NULL-ended
 * @missed_campaigns: how many of the latest campaigns in a row the person has missed
 *
 * All borrowed for the length of a call.
 */
typedef struct
{
  gint64 person_id;
  const XqSeen *seen;
  gsize n_seen;
  const char *const *tags;
  int missed_campaigns;
} XqEvidence;

/* One reason: a rule that fired, and what it saw. Text lives as long as the rules and the evidence. */
typedef struct
{
  const char *rule;
  int level;
  gint64 assessment_id;
  const char *instrument; /* NULL for a tag or missed campaigns */
  int item;               /* 0 for none */
  const char *scale;      /* NULL for none; a tag's id for a tag */
  double value;
} XqFinding;

typedef struct _XqRules XqRules;

/**
 * xq_rules_parse:
 * @json: the definition
 * @name: what messages call it (a file name)
 * @error: XQ_CARE_ERROR: names @name, the line and what is wrong with it
 *
 * Reads and checks a definition.
 *
 * Returns: (transfer full): the rules
 */
XqRules *xq_rules_parse (const char *json, const char *name, GError **error);
/* Those that the program ships for "school", "college" or "enterprise". */
XqRules *xq_rules_load_default (const char *profile, GError **error);
XqRules *xq_rules_ref (XqRules *rules);
void xq_rules_unref (XqRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRules, xq_rules_unref)

const char *xq_rules_id (const XqRules *rules);
gsize xq_rules_count (const XqRules *rules);
/* Days between follow-ups of @level. */
int xq_rules_cadence (const XqRules *rules, int level);
/* The time that @level leaves: hours, or (when *@ret_working_days > 0) working days. Either may be NULL. */
void xq_rules_deadline (const XqRules *rules, int level, int *ret_hours, int *ret_working_days);
/* The rule's own words for its reason in the present language, with {placeholders}; NULL when it has none, or
 * no rule is called @id. (transfer none) */
const char *xq_rules_reason (const XqRules *rules, const char *id);

/**
 * xq_rules_evaluate:
 * @rules: the rules
 * @evidence: what was seen
 * @findings: (element-type XqFinding): what fired is appended here
 *
 * Pure: reads nothing and writes nothing. Every rule is looked at; the heaviest level is the warning's.
 *
 * Returns: the heaviest level that fired, 0 for none
 */
int xq_rules_evaluate (const XqRules *rules, const XqEvidence *evidence, GArray *findings);

/**
 * XqReasonWords:
 * @instrument: (nullable): what people call an instrument, "PHQ-9"
 * @scale: (nullable): what they call one of its scales
 * @option: (nullable): the words of an answer, "more than half the days"
 * @tag: (nullable): what they call a tag
 * @user_data: the lender's
 *
 * Each gives a new string or %NULL when it does not know; ids stand in then.
 */
typedef struct
{
  char *(*instrument) (const char *instrument, gpointer user_data);
  char *(*scale) (const char *instrument, const char *scale, gpointer user_data);
  char *(*option) (const char *instrument, int item, int value, gpointer user_data);
  char *(*tag) (const char *tag, gpointer user_data);
  gpointer user_data;
} XqReasonWords;

/* What a finding says, in the present language: "PHQ-9 item 9 = 2 (more than half the days)". @rules and @words
 * may be NULL. (transfer full) */
char *xq_finding_text (const XqFinding *finding, const XqRules *rules, const XqReasonWords *words);

G_END_DECLS
