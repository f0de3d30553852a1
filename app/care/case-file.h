/* Cases 个案: opened, worked on, closed with an outcome. One open one a person. */
#pragma once

#include "care/care.h"

G_BEGIN_DECLS

/**
 * XqCaseFile:
 * @opened_on: ISO date
 * @closed_on: (nullable): ISO date
 * @problem: (nullable): the presenting problem
 * @goals: (nullable): the plan
 * @outcome: (nullable): how it ended; never empty once closed
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  char *opened_on;
  char *closed_on;
  char *problem;
  char *goals;
  char *outcome;
} XqCaseFile;

XQ_DECLARE_RECORD (XqCaseFile, case_file, XQ_CASE_FILE)

/* Opens a case today; the person's confirmed warning comes into care. Refused when one is open. @ret_id may be
 * NULL. */
gboolean xq_case_open (XqCare *care, gint64 person_id, const char *problem, const char *goals, gint64 *ret_id,
                       GError **error);
/* Problem and goals of an open case. */
gboolean xq_case_update (XqCare *care, const XqCaseFile *case_file, GError **error);
/* Closes it today. @outcome must not be empty; it is also the reason with which the person's open warning is
 * closed. Refused while that warning waits for triage, or a draft note is unsigned. */
gboolean xq_case_close (XqCare *care, gint64 case_id, const char *outcome, GError **error);

XqCaseFile *xq_case_load (XqDatabase *database, gint64 id, GError **error);
/* The person's open case; NULL with @error unset when there is none. */
XqCaseFile *xq_case_open_of (XqDatabase *database, gint64 person_id, GError **error);

/**
 * XqCaseRow:
 * @case_file: the case
 * @code: (nullable): the person's number
 * @name: the person's name
 * @unit_id: 0 for none
 * @level: the person's present level, 0 for none
 * @sessions: signed and draft notes, amendments not counted
 * @last_session_at: 0 for none
 */
typedef struct
{
  XqCaseFile *case_file;
  char *code;
  char *name;
  gint64 unit_id;
  gint64 level;
  gint64 sessions;
  gint64 last_session_at;
} XqCaseRow;

void xq_case_row_free (XqCaseRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCaseRow, xq_case_row_free)

/* Open ones by level, then closed ones, newest first. @person_id 0: everybody's. (element-type XqCaseRow) */
GPtrArray *xq_case_list (XqDatabase *database, gint64 person_id, gboolean only_open, GError **error);
/* [{"id","person":{"id","code","name"},"level","opened","closed","problem","goals","outcome","sessions"}] */
JsonNode *xq_case_list_json (XqDatabase *database, gint64 person_id, gboolean only_open, GError **error);

G_END_DECLS
