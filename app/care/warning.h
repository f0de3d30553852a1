/* Warnings 预警: one open one a person, the heaviest level, all reasons.
 *
 *   new → confirmed | dismissed        by triage (care/triage.h)
 *   confirmed → in_care | referred → closed
 *
 * New evidence joins the open warning; it may raise the level, never lower it. A warning whose level is raised
 * after its triage goes back to new with a new deadline: heavier evidence is never taken as seen. */
#pragma once

#include "care/care.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_WARNING_NEW,
  XQ_WARNING_CONFIRMED,
  XQ_WARNING_DISMISSED,
  XQ_WARNING_IN_CARE,
  XQ_WARNING_REFERRED,
  XQ_WARNING_CLOSED,
} XqWarningState;

typedef enum
{
  XQ_SOURCE_RULE,
  XQ_SOURCE_TEACHER,
  XQ_SOURCE_PEER,
  XQ_SOURCE_SELF,
  XQ_SOURCE_GUARDIAN,
  XQ_SOURCE_HOSPITAL,
} XqWarningSource;

extern const XqChoice xq_warning_states[];
extern const XqChoice xq_warning_sources[];

/**
 * XqWarning:
 * @level: the present level, 1 the heaviest
 * @state: see #XqWarningState
 * @source: who saw it first
 * @raised_level: the heaviest level that evidence has asked for, before anybody looked
 * @raised_at: when it was raised first
 * @due_at: until when it is to be triaged
 * @triaged_at: 0 while it waits for triage
 * @closed_at: 0 while open
 * @remark: (nullable): why it was closed
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  gint64 level;
  int state;
  int source;
  gint64 raised_level;
  gint64 raised_at;
  gint64 due_at;
  gint64 triaged_at;
  gint64 closed_at;
  char *remark;
} XqWarning;

XQ_DECLARE_RECORD (XqWarning, warning, XQ_WARNING)

/**
 * XqWarningReason:
 * @at: when it came in
 * @rule: the rule's id, or the source's ("teacher") for what a person reported
 * @level: that it asked for
 * @text: (nullable): what a person reported, in their words
 */
typedef struct
{
  gint64 id;
  gint64 warning_id;
  gint64 assessment_id;
  gint64 at;
  char *rule;
  gint64 level;
  char *instrument;
  gint64 item;
  char *scale;
  double value;
  char *text;
} XqWarningReason;

XQ_DECLARE_RECORD (XqWarningReason, warning_reason, XQ_WARNING_REASON)

/* Evaluates the rules and raises or joins a warning. *@ret_warning_id (nullable) is 0 when nothing fired. */
gboolean xq_warning_raise (XqCare *care, const XqEvidence *evidence, gint64 *ret_warning_id, GError **error);
/* What a teacher, a peer, the person, a guardian or a hospital reported; @text must not be empty. Raises or
 * joins. */
gboolean xq_warning_report (XqCare *care, gint64 person_id, XqWarningSource source, int level, const char *text,
                            gint64 *ret_warning_id, GError **error);

/* A warning for each of many, as an import makes them: statements prepared once, one audit row for all. */
typedef struct _XqWarningBatch XqWarningBatch;

/* Begins a transaction (a savepoint within the caller's). */
XqWarningBatch *xq_warning_batch_begin (XqCare *care, GError **error);
gboolean xq_warning_batch_add (XqWarningBatch *batch, const XqEvidence *evidence, GError **error);

/**
 * xq_warning_batch_commit:
 * @batch: (transfer full): the batch
 * @import_batch_id: the import it belongs to, 0 for none; noted in the audit
 * @ret_counts: (nullable) (array fixed-size=4): persons by the heaviest level that fired for them in this batch;
 *   [1]…[3], and [0] all
 * @error: XQ_VAULT_ERROR
 *
 * Writes the audit row `warnings_raised` and commits.
 */
gboolean xq_warning_batch_commit (XqWarningBatch *batch, gint64 import_batch_id, gint64 ret_counts[4],
                                  GError **error);
/* Takes everything back that was added. */
void xq_warning_batch_abandon (XqWarningBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqWarningBatch, xq_warning_batch_abandon)

/* Withdraws what assessments of an undone import gave as reasons: a warning left without any is deleted. Where somebody has
 * looked at a warning, what was decided needs its ground: there the reasons stay and say that their answers are gone.
 * The caller has a transaction open. */
gboolean xq_warning_forget_import (XqCare *care, gint64 import_batch_id, GError **error);

/* The case is opened: confirmed → in_care. No change when it is in care. */
gboolean xq_warning_take_into_care (XqCare *care, gint64 warning_id, GError **error);
/* A referral was sent: new, confirmed, in_care → referred. */
gboolean xq_warning_mark_referred (XqCare *care, gint64 warning_id, GError **error);
/* The end of care: confirmed, in_care, referred → closed. @reason must not be empty. Follow-ups that are still
 * due are skipped with it. */
gboolean xq_warning_close (XqCare *care, gint64 warning_id, const char *reason, GError **error);

/* The person's open warning; NULL with @error unset when there is none. */
XqWarning *xq_warning_open_of (XqDatabase *database, gint64 person_id, GError **error);
XqWarning *xq_warning_load (XqDatabase *database, gint64 id, GError **error);
/* In the order they came in. (element-type XqWarningReason) */
GPtrArray *xq_warning_reasons (XqDatabase *database, gint64 warning_id, GError **error);
/* One reason in words, present language. (transfer full) */
char *xq_warning_reason_text (XqCare *care, const XqWarningReason *reason);

/**
 * XqWarningRow:
 * @warning: the warning
 * @code: (nullable): the person's number
 * @name: the person's name
 * @unit_id: the person's unit, 0 for none
 *
 * A line of the list.
 */
typedef struct
{
  XqWarning *warning;
  char *code;
  char *name;
  gint64 unit_id;
} XqWarningRow;

void xq_warning_row_free (XqWarningRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqWarningRow, xq_warning_row_free)

/**
 * XqWarningFilter:
 * @states: bits `1 << XqWarningState`; 0 for all
 * @level: 1–3, or 0 for all
 * @person_id: 0 for all
 * @limit: 0 for all
 */
typedef struct
{
  guint states;
  int level;
  gint64 person_id;
  int limit;
} XqWarningFilter;

#define XQ_WARNING_OPEN_STATES                                                                      \
  (1u << XQ_WARNING_NEW | 1u << XQ_WARNING_CONFIRMED | 1u << XQ_WARNING_IN_CARE                     \
   | 1u << XQ_WARNING_REFERRED)

/* Open ones first, then by level, then by deadline. @filter NULL: all. (element-type XqWarningRow) */
GPtrArray *xq_warning_list (XqDatabase *database, const XqWarningFilter *filter, GError **error);
/* The list, as the command line prints it: [{"id","person","level","state","due","reasons":[{"rule","text"}],"source"}]. */
JsonNode *xq_warning_list_json (XqCare *care, const XqWarningFilter *filter, GError **error);
/* One of them, with its triage beside it: "raised", "triage":[{"at","outcome","level","reason","note"}]. */
JsonNode *xq_warning_json (XqCare *care, gint64 id, GError **error);

G_END_DECLS
