/* Triage 约谈: the interview that confirms a warning, changes its level or dismisses it. */
#pragma once

#include "care/warning.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_TRIAGE_CONFIRMED,
  XQ_TRIAGE_CHANGED,
  XQ_TRIAGE_DISMISSED,
} XqTriageOutcome;

extern const XqChoice xq_triage_outcomes[];

/* @level is 0 for a dismissal; @reason must be given for all but a plain confirmation. */
typedef struct
{
  gint64 id;
  gint64 warning_id;
  gint64 at;
  int outcome;
  gint64 level;
  char *reason;
  char *note;
} XqTriage;

XQ_DECLARE_RECORD (XqTriage, triage, XQ_TRIAGE)

/* A new warning, as it stands. It becomes confirmed (in care where a case is open) and its first follow-up is
 * planned by the level's cadence. @note may be NULL. */
gboolean xq_triage_confirm (XqCare *care, gint64 warning_id, const char *note, GError **error);
/* Confirms a new warning at another level, or changes the level of one that is open; follow-ups that are due
 * move to the new cadence. @reason must not be empty. */
gboolean xq_triage_change (XqCare *care, gint64 warning_id, int level, const char *reason, const char *note,
                           GError **error);
/* A new warning that was nothing: no follow-ups. @reason must not be empty. One that was confirmed before is
 * refused: its care is closed, not its evidence dismissed. */
gboolean xq_triage_dismiss (XqCare *care, gint64 warning_id, const char *reason, const char *note,
                            GError **error);
/* Takes the last triage back, as long as nothing came of it: no follow-up done, no case opened, no referral sent
 * since, no newer warning; only a first triage can be taken back. */
gboolean xq_triage_undo (XqCare *care, gint64 warning_id, GError **error);

/* Oldest first. (element-type XqTriage) */
GPtrArray *xq_triage_list (XqDatabase *database, gint64 warning_id, GError **error);

G_END_DECLS
