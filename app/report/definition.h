/* Report definitions: which blocks of which indicators a report holds. `data/reports/ID.json` or the user's
 * own; checked before it is used, with a message that names the place. */
#pragma once

#include "report/model.h"

G_BEGIN_DECLS

/**
 * XqBlockDefinition:
 * @id: stable, English
 * @title: in the present language
 * @subtitle: (nullable): likewise
 * @kind: see #XqBlockKind
 * @look: (nullable): as in #XqReportBlock
 * @charted: (nullable): as in #XqReportBlock
 * @half: as in #XqReportBlock
 * @dimension: (nullable): what the rows are: "grade", "week", "problem", "kind", "requirement", "total"
 * @indicators: ids of the columns, in order
 */
typedef struct
{
  char *id;
  char *title;
  char *subtitle;
  XqBlockKind kind;
  char *look;
  char **charted;
  gboolean half;
  char *dimension;
  char **indicators;
} XqBlockDefinition;

/**
 * XqReportDefinition:
 * @id: of the report, the name of its file
 * @title: in the present language
 * @purpose: in the present language: who reads it
 * @profiles: ids of the profiles that it is for
 * @outputs: of "xlsx", "pdf", "csv", "json": what it is made for (every writer takes every report)
 * @threshold: counts about persons below it are hidden; 0: none
 * @blocks: of #XqBlockDefinition
 */
typedef struct
{
  char *id;
  char *title;
  char *purpose;
  char **profiles;
  char **outputs;
  int threshold;
  GPtrArray *blocks;
} XqReportDefinition;

void xq_report_definition_free (XqReportDefinition *definition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqReportDefinition, xq_report_definition_free)

/* Checks as it reads; @name is what messages call it. XQ_ERROR_REFUSED names the member that is wrong. */
XqReportDefinition *xq_report_definition_parse (GBytes *bytes, const char *name, GError **error);
/* One that the program ships; XQ_ERROR_NOT_FOUND lists those there are. */
XqReportDefinition *xq_report_definition_load (const char *id, GError **error);
/* All that the program ships, as a GPtrArray of XqReportDefinition that frees them. */
GPtrArray *xq_report_definition_list (GError **error);

G_END_DECLS
