/* The content of the referral letter 转介单 and of its tear-off slip 回执: only what consent released. Drawn by
 * report/; nothing here knows of pages. */
#pragma once

#include "referral/referral.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_LETTER_IDENTITY,
  XQ_LETTER_CONTACT,
  XQ_LETTER_GUARDIAN,
  XQ_LETTER_REASON,
  XQ_LETTER_OBSERVATIONS,
  XQ_LETTER_SCREENING_RESULTS,
  XQ_LETTER_MEASURES_TAKEN,
  XQ_LETTER_RISK,
  XQ_LETTER_SECTIONS,
} XqLetterSectionKind;

/* Their ids (in referral.released) and what people call them: the tick list. */
extern const XqChoice xq_letter_sections[];

/* "identity,reason" → bits `1 << XqLetterSectionKind`; unknown ids are refused by name. */
gboolean xq_letter_parse_released (const char *released, guint *ret_mask, GError **error);
/* The other way round. (transfer full) */
char *xq_letter_format_released (guint mask);
/* The least that a referral needs: who it is, the guardian, why, how great the risk is. */
#define XQ_LETTER_LEAST                                                                             \
  (1u << XQ_LETTER_IDENTITY | 1u << XQ_LETTER_GUARDIAN | 1u << XQ_LETTER_REASON                     \
   | 1u << XQ_LETTER_RISK)

/**
 * XqLetterFacts:
 * @observations: (nullable): what was seen and reported, a sentence each
 * @screening_results: (nullable): "PHQ-9 2026-11-02: 17 (moderately severe)", a line each
 * @measures_taken: (nullable): what the school has done so far, a line each
 *
 * What other rooms know and lend to a letter; %NULL-ended arrays. What consent did not release is dropped.
 */
typedef struct
{
  const char *const *observations;
  const char *const *screening_results;
  const char *const *measures_taken;
} XqLetterFacts;

/* @label NULL: a paragraph. */
typedef struct
{
  char *label;
  char *text;
} XqLetterRow;

typedef struct
{
  XqLetterSectionKind kind;
  char *title;
  GPtrArray *rows;
} XqLetterSection;

/**
 * XqLetter:
 * @title: "Referral letter"
 * @number: the letter's number, "2026-0012"
 * @date: the day it is written on, ISO
 * @sender: the school or company
 * @institution: where to
 * @department: (nullable): where to there
 * @institution_hotline: (nullable): the green channel's number
 * @lane: the lane in words
 * @emergency: it is in the emergency lane
 * @sections: (element-type XqLetterSection): what was released and is known
 * @left_out: titles of the sections that consent did not release, %NULL-ended, for the preview
 * @cautions: words that read like a diagnosis of the counsellor's own, with where they stand, %NULL-ended; for the
 *   preview: counsellors do not diagnose
 * @notice: what stands below: a screening result is not a diagnosis
 * @slip_title: "Reply slip"
 * @slip_code: its code
 * @slip_person: how the slip names the person
 * @slip_rows: (element-type XqLetterRow): what the hospital fills in: label, and choices or an empty line
 *
 * All words are translated.
 */
typedef struct _XqLetter
{
  char *title;
  char *number;
  char *date;
  char *sender;
  char *institution;
  char *department;
  char *institution_hotline;
  char *lane;
  gboolean emergency;
  GPtrArray *sections;
  char **left_out;
  char **cautions;
  char *notice;
  char *slip_title;
  char *slip_code;
  char *slip_person;
  GPtrArray *slip_rows;
} XqLetter;

void xq_letter_free (XqLetter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqLetter, xq_letter_free)

/**
 * xq_letter_new:
 * @database: an open connection
 * @referral_id: the referral
 * @facts: (nullable): what other rooms know
 * @error: XQ_REFERRAL_ERROR, XQ_VAULT_ERROR
 *
 * Puts the letter together. What @referral.released does not list is not in it, whoever asks.
 *
 * Returns: (transfer full): the letter
 */
XqLetter *xq_letter_new (XqDatabase *database, gint64 referral_id, const XqLetterFacts *facts, GError **error);

/* Words in @text that state a diagnosis without saying which hospital made it and when; NULL-ended, empty when
 * there are none. (transfer full) */
char **xq_letter_diagnosis_words (const char *text);

G_END_DECLS
