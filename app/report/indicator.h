/* Named indicators: each has one sentence that says who is counted, when, once or each time, and one query
 * that counts. The query returns a row per person; the person's grade at the end of the time decides the
 * row, by the history of memberships. */
#pragma once

#include "base/progress.h"
#include "report/definition.h"
#include "vault/database.h"

G_BEGIN_DECLS

/**
 * XqReportScope:
 * @organisation_id: 0 for the vault's first
 * @term_id: 0 for none
 * @from: (nullable): first day, ISO; with @to instead of a term
 * @to: (nullable): last day, ISO
 */
typedef struct
{
  gint64 organisation_id;
  gint64 term_id;
  const char *from;
  const char *to;
} XqReportScope;

/**
 * XqIndicator:
 * @id: stable, English
 * @title: translated
 * @group: (nullable): translated; a heading over neighbouring columns
 * @definition: translated; who is counted, when, once or each time
 * @format: how it is written
 * @additive: the rows add up to the total
 * @about_persons: small counts of it are covered
 * @manual: the vault does not hold it; filled in by hand
 * @level: 1–3 for one about a level, else 0
 *
 * What is known of an indicator without asking the database.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *group;
  const char *definition;
  XqColumnFormat format;
  gboolean additive;
  gboolean about_persons;
  gboolean manual;
  int level;
} XqIndicator;

/* FALSE when there is none of that id, *@ret_indicator is then as it was. Its texts live as long as the program. */
gboolean xq_indicator_find (const char *id, XqIndicator *ret_indicator);
/* Ids of all of them, in their order. (transfer full) */
char **xq_indicator_ids (void);

/**
 * xq_report_run:
 * @database: an open connection; it is only read
 * @definition_id: "bureau-term", "principal-term"
 * @scope: (nullable): %NULL for the first organisation and the present term; without term and dates the
 *   present term, else the last one with data
 * @progress: (nullable): how far, and cancel
 * @error: XQ_REPORT_ERROR; XQ_ERROR_NOT_FOUND for a report, organisation or term that is not there,
 *   XQ_ERROR_REFUSED for dates that make no sense
 *
 * Returns: (transfer full): the result, suppressed as the definition says
 */
XqReport *xq_report_run (XqDatabase *database, const char *definition_id, const XqReportScope *scope,
                         const XqProgress *progress, GError **error);

G_END_DECLS
