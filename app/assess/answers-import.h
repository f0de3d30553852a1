/* Answers from a table: the export of a questionnaire site (问卷星 and its like), by number, by words or by score,
 * or a sheet that somebody typed. One file may hold several instruments.
 *
 * Reading fixes nothing: xq_answers_read() says which columns were taken for what, what was matched to whom and
 * what was not; xq_answers_apply() then writes it in one transaction. Nothing in the file that is not mapped
 * (addresses, sources) is kept. */
#pragma once

#include "assess/instrument-set.h"
#include "assess/scoring.h"
#include "base/progress.h"
#include "sheet/header.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef struct _XqAnswers XqAnswers;

typedef enum
{
  XQ_CODING_FIND_OUT,
  XQ_CODING_NUMBER, /* the option's place in the form, from 1 */
  XQ_CODING_VALUE,  /* the option's value in the definition */
} XqAnswerCoding;

/**
 * XqAnswersOptions:
 * @instruments: (nullable): ids that the file holds, in the order of its columns; each may be several,
 *   "phq9,gad7". %NULL finds out by the wording of the questions. Instruments that are not named but whose
 *   questions are all recognised are read as well
 * @only_named: not those
 * @sheet: (nullable): the sheet's name; %NULL for the first that holds answers
 * @overrides: (nullable) (element-type utf8 utf8): what the user chose: "name", "code", "unit", "taken_at" →
 *   header's text or column letter, "" for none; an instrument's id → its item columns: "I:Q", "3-11" (numbers of
 *   questions) or "I,,L", where nothing between two commas is an item that was not asked
 * @coding: what plain numbers mean; found out by those that occur, and where either is possible, a site's export
 *   numbers its options and a sheet that somebody typed holds values
 * @organisation_id: whose people; 0 for all
 * @campaign_id: 0 makes a campaign when the answers are applied
 *
 * All zero will do.
 */
typedef struct
{
  const char *const *instruments;
  gboolean only_named;
  const char *sheet;
  GHashTable *overrides;
  XqAnswerCoding coding;
  gint64 organisation_id;
  gint64 campaign_id;
} XqAnswersOptions;

/**
 * xq_answers_read:
 * @database: an open connection
 * @set: the instruments at hand; shared by the answers
 * @path: the table
 * @options: (nullable): see #XqAnswersOptions
 * @progress: (nullable): progress and cancel
 * @error: XQ_ASSESS_ERROR when the columns cannot be told, naming what is there; XQ_SHEET_ERROR
 *
 * Reads the table, scores nothing and writes nothing.
 *
 * Returns: (transfer full): what it holds
 */
XqAnswers *xq_answers_read (XqDatabase *database, XqInstrumentSet *set, const char *path,
                            const XqAnswersOptions *options, const XqProgress *progress, GError **error);
void xq_answers_free (XqAnswers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqAnswers, xq_answers_free)

/**
 * xq_answers_read_header:
 * @path: the table
 * @options: (nullable): its @sheet and @overrides are heeded
 * @progress: (nullable): progress and cancel
 * @error: XQ_SHEET_ERROR
 *
 * The header alone, for whoever lets the user say which column is which: also where xq_answers_read() refuses
 * because the columns cannot be told.
 *
 * Returns: (transfer full): the header of the sheet that xq_answers_read() would read; its @row is 0 when no sheet
 *   has one
 */
XqHeader *xq_answers_read_header (const char *path, const XqAnswersOptions *options, const XqProgress *progress,
                                  GError **error);

/**
 * XqAnswersColumns:
 * @item_columns: (array): for each item of the instrument the column (from 0), -1 for none
 * @by_text: told by the wording of the questions, else by their order or the user's choice
 * @coding: what its plain numbers were taken for
 */
typedef struct
{
  const XqInstrument *instrument;
  int *item_columns;
  gboolean by_text;
  XqAnswerCoding coding;
} XqAnswersColumns;

/**
 * XqUnmatched:
 * @row: the spreadsheet's row
 * @code: (nullable): as written
 * @name: (nullable): as written
 * @why: translated
 */
typedef struct
{
  gint64 row;
  char *code;
  char *name;
  char *why;
} XqUnmatched;

const char *xq_answers_sheet_name (const XqAnswers *answers);
/* What the columns were taken for (element-type XqAnswersColumns) (transfer none). */
const GPtrArray *xq_answers_columns (const XqAnswers *answers);
/* The header's text of each column (element-type utf8) (transfer none). */
const GPtrArray *xq_answers_titles (const XqAnswers *answers);
/* Rows that hold answers. */
gint64 xq_answers_row_count (const XqAnswers *answers);
/* Rows that belong to somebody, a person's earlier rows among them. */
gint64 xq_answers_matched_count (const XqAnswers *answers);
/* Rows that belong to nobody, or cannot be read; one of the latter that hit a critical item is taken as incomplete all the
 * same, and says so (element-type XqUnmatched) (transfer none). */
const GPtrArray *xq_answers_unmatched (const XqAnswers *answers);
/* Rows that a later row of the same person and day takes the place of; one that hit a critical item is kept beside it, and
 * says so (element-type XqUnmatched) (transfer none). */
const GPtrArray *xq_answers_replaced (const XqAnswers *answers);

/**
 * XqAssessed:
 * @person_id: whose
 * @assessment_id: its id
 * @result: complete or not, valid, scores, critical items; of its instrument
 * @answers: (array length=n_answers): in item order, %XQ_ANSWER_BLANK for a blank
 * @previous: (nullable): beside @result's scores, the same scale's last score before, when it was asked for
 * @has_previous: (nullable): beside @previous, whether there is one
 *
 * One new assessment; borrowed during the call.
 */
typedef struct
{
  gint64 person_id;
  gint64 assessment_id;
  const XqScoreResult *result;
  const int *answers;
  gsize n_answers;
  const double *previous;
  const gboolean *has_previous;
} XqAssessed;

/**
 * XqAssessedFunc:
 * @assessed: (array length=n_assessed): one person's new assessments of this file
 * @user_data: the caller's
 * @error: what makes the whole import fail
 *
 * Called in the import's transaction, so that what is made of the answers (warnings) is there with them or not at
 * all.
 */
typedef gboolean (*XqAssessedFunc) (const XqAssessed *assessed, guint n_assessed, gpointer user_data,
                                    GError **error);

/**
 * XqAnswersApply:
 * @assessed: (nullable): told of each person
 * @user_data: for @assessed
 * @with_previous: look up earlier scores for @assessed
 */
typedef struct
{
  XqAssessedFunc assessed;
  gpointer user_data;
  gboolean with_previous;
} XqAnswersApply;

/* Of one instrument in one import. */
typedef struct
{
  const XqInstrument *instrument;
  gint64 assessed;   /* sheets kept */
  gint64 incomplete; /* of these, without scores */
  gint64 invalid;    /* of these, complete but not to be relied on */
  gint64 known;      /* sheets that were there already, from an earlier import of the same file */
} XqAnswersCount;

/**
 * XqAnswersResult:
 * @batch_id: the import; 0 when there was nothing new and nothing was written
 * @campaigns: (element-type gint64): the campaigns that the answers belong to, one an organisation
 * @counts: (element-type XqAnswersCount): in the order of the file
 * @people: persons with something new
 */
typedef struct
{
  gint64 batch_id;
  GArray *campaigns;
  GArray *counts;
  gint64 people;
} XqAnswersResult;

void xq_answers_result_free (XqAnswersResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqAnswersResult, xq_answers_result_free)

/**
 * xq_answers_apply:
 * @database: an open connection
 * @answers: what was read
 * @apply: (nullable): who is told
 * @progress: (nullable): progress and cancel; a cancel leaves nothing behind
 * @error: XQ_ASSESS_ERROR, XQ_VAULT_ERROR, or what @apply said
 *
 * Scores and keeps the answers in one transaction with one audit row. Participants of the campaign are done;
 * without a campaign one is made for each organisation, its roster frozen as it is now.
 *
 * Returns: (transfer full): what was written
 */
XqAnswersResult *xq_answers_apply (XqDatabase *database, XqAnswers *answers, const XqAnswersApply *apply,
                                   const XqProgress *progress, GError **error);
/* Takes an import back: its assessments go, participants are pending again, a campaign that it made goes when
 * nothing else is in it. Reasons of warnings must have been withdrawn first (care), in the same transaction.
 * Refused when it has been undone. */
gboolean xq_answers_undo (XqDatabase *database, gint64 batch_id, GError **error);

/* {"file","sheet","read","matched","unmatched":[{"row","code","name","why"}],"replaced":[{…}],
 *  "instruments":{ID:{"assessed","incomplete","invalid","known"}},"campaigns":[id],"batch"}: the caller adds
 * "warnings". (transfer full) */
JsonObject *xq_answers_result_to_json (const XqAnswers *answers, const XqAnswersResult *result);

G_END_DECLS
