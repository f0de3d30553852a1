/* Follow-ups 随访: whom to see again and when. They come from a confirmed level (every 7, 14 or 30 days), from a
 * referral, from a return, or by hand. One that falls on a day off moves to the next working day, but not onto or
 * past the one after it; school holidays do not stop them. Nothing ends in silence: done, postponed and skipped
 * want words, and as long as the warning is open the next one is planned. */
#pragma once

#include "care/care.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_CAUSE_LEVEL,
  XQ_CAUSE_REFERRAL,
  XQ_CAUSE_RETURN,
  XQ_CAUSE_MANUAL,
} XqFollowUpCause;

typedef enum
{
  XQ_FOLLOW_UP_DUE,
  XQ_FOLLOW_UP_DONE,
  XQ_FOLLOW_UP_SKIPPED,
} XqFollowUpState;

extern const XqChoice xq_follow_up_causes[];
extern const XqChoice xq_follow_up_states[];

/**
 * XqFollowUp:
 * @warning_id: 0 for none
 * @referral_id: 0 for none
 * @sequence: the how-manieth of its cause, from 1
 * @due_on: ISO date; moved by postponing
 * @first_due_on: ISO date it was first due on; punctuality is measured by it
 * @done_at: 0 while due
 * @note: (nullable): what was found, or why it was skipped
 * @postponed_reason: (nullable): why it was moved last
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  gint64 warning_id;
  gint64 referral_id;
  int cause;
  gint64 sequence;
  char *due_on;
  char *first_due_on;
  int state;
  gint64 done_at;
  char *note;
  char *postponed_reason;
} XqFollowUp;

XQ_DECLARE_RECORD (XqFollowUp, follow_up, XQ_FOLLOW_UP)

/**
 * xq_follow_up_day:
 * @days: the working days
 * @from: ISO date that the cadence counts from
 * @cadence: days between follow-ups
 *
 * The day of the next follow-up: @from + @cadence, moved to the next working day where that comes before the
 * follow-up after it (@from + 2 × @cadence), else left where it is.
 *
 * Returns: (transfer full): ISO date
 */
char *xq_follow_up_day (const XqWorkingDays *days, const char *from, int cadence);

/* One by hand; sets the id. Needs person_id and due_on. */
gboolean xq_follow_up_add (XqCare *care, XqFollowUp *follow_up, GError **error);
/* @note must not be empty. Plans the next one where the warning is open. */
gboolean xq_follow_up_done (XqCare *care, gint64 id, const char *note, GError **error);
/* To another day, not before today; @reason must not be empty. */
gboolean xq_follow_up_postpone (XqCare *care, gint64 id, const char *due_on, const char *reason, GError **error);
/* @reason must not be empty. Plans the next one where the warning is open. */
gboolean xq_follow_up_skip (XqCare *care, gint64 id, const char *reason, GError **error);
/* Takes done or skipped back, with the next one that it planned, as long as that one is untouched. */
gboolean xq_follow_up_undo (XqCare *care, gint64 id, GError **error);

XqFollowUp *xq_follow_up_load (XqDatabase *database, gint64 id, GError **error);
/* Whether it is due and its day is past @today. */
gboolean xq_follow_up_is_late (const XqFollowUp *follow_up, const char *today);

typedef struct
{
  XqFollowUp *follow_up;
  char *code; /* nullable */
  char *name;
  char *initials;
  gint64 unit_id;
  gint64 level; /* the person's, 0 for none */
} XqFollowUpRow;

void xq_follow_up_row_free (XqFollowUpRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFollowUpRow, xq_follow_up_row_free)

/**
 * XqFollowUpFilter:
 * @only_open: due and late ones only
 * @person_id: 0 for all
 * @from: (nullable): due on this ISO date or later
 * @to: (nullable): due on this ISO date or earlier
 * @limit: 0 for all
 */
typedef struct
{
  gboolean only_open;
  gint64 person_id;
  const char *from;
  const char *to;
  int limit;
} XqFollowUpFilter;

/* Open ones first, the latest of all on top, heavier levels first on one day; then what is over, newest first.
 * @filter NULL: all. (element-type XqFollowUpRow) */
GPtrArray *xq_follow_up_list (XqDatabase *database, const XqFollowUpFilter *filter, GError **error);
/* [{"id","person":{"id","code","name"},"due","state":"due|late|done|skipped","cause"}] */
JsonNode *xq_follow_up_list_json (XqCare *care, const XqFollowUpFilter *filter, GError **error);
/* One of them, the same members. */
JsonNode *xq_follow_up_json (XqCare *care, gint64 id, GError **error);

/* Plans the level's next follow-up of a warning, counted from the ISO date @from; for triage. */
gboolean xq_follow_up_plan (XqCare *care, gint64 person_id, gint64 warning_id, int level, const char *from,
                            GError **error);
/* Skips whatever is due for a warning (@cause_mask: bits `1 << XqFollowUpCause`). */
gboolean xq_follow_up_skip_all (XqCare *care, gint64 warning_id, guint cause_mask, const char *reason,
                                GError **error);

G_END_DECLS
