/* The audit for people: by person, action and day, in words; and both ledgers, of what was done and of what left, as
 * reports, so that every writer can hand them out. */
#pragma once

#include "people/disclosure.h"
#include "report/model.h"
#include "vault/audit.h"

G_BEGIN_DECLS

/**
 * XqAuditFilter:
 * @person_id: what was done to this person's records, the file's opening first of all; 0 for everybody
 * @action: (nullable): only this action, "letter_print"
 * @from: (nullable): first day, ISO
 * @to: (nullable): last day, ISO
 * @before: rows with a smaller id: the next page; 0 from the newest
 * @limit: at most so many; 0 for all
 */
typedef struct
{
  gint64 person_id;
  const char *action;
  const char *from;
  const char *to;
  gint64 before;
  guint limit;
} XqAuditFilter;

#define XQ_AUDIT_FILTER_INIT { 0, NULL, NULL, NULL, 0, 0 }

/* Newest first (element-type XqAuditEntry). (transfer full) */
GPtrArray *xq_audit_trail_list (XqDatabase *database, const XqAuditFilter *filter, GError **error);
/* The ids of all that fit, newest first; limit 0 for all (element-type gint64). (transfer full) */
GArray *xq_audit_trail_ids (XqDatabase *database, const XqAuditFilter *filter, GError **error);

/**
 * XqAuditTrailRow:
 * @entry: what was done
 * @person_id: whose record it is about, 0 for nobody's
 * @name: (nullable): that person's
 */
typedef struct
{
  XqAuditEntry *entry;
  gint64 person_id;
  char *name;
} XqAuditTrailRow;

void xq_audit_trail_row_free (XqAuditTrailRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqAuditTrailRow, xq_audit_trail_row_free)

/* The rows of @ids, in that order (element-type XqAuditTrailRow). (transfer full) */
GPtrArray *xq_audit_trail_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error);

/* Every action that was ever done (element-type utf8). (transfer full) */
GPtrArray *xq_audit_trail_actions (XqDatabase *database, GError **error);
/* "letter_print" as people say it, translated; @action itself where it has no words. (transfer none) */
const char *xq_audit_action_words (const char *action);
/* "session_note" as people say it, translated; "" for %NULL. (transfer none) */
const char *xq_audit_entity_words (const char *entity);

/* Every row that @filter lets through, "audit". Its details say what was changed, names too: it identifies people.
 * (transfer full) */
XqReport *xq_audit_trail_report (XqDatabase *database, const XqAuditFilter *filter, GError **error);
/* The disclosure ledger, "disclosures"; with @names it says who each is about. (transfer full) */
XqReport *xq_disclosure_report (XqDatabase *database, const XqDisclosureFilter *filter, gboolean names, GError **error);

G_END_DECLS
