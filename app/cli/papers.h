/* Papers that leave: letters and reports as files, each written down in the audit. */
#pragma once

#include "cli/desk.h"
#include "report/model.h"

G_BEGIN_DECLS

/* Where a report goes; %NULL for nowhere. */
typedef struct
{
  char *xlsx;
  char *pdf;
  char *csv;
} XqReportFiles;

/* Writes @report into @files, then says it: the model as JSON, or as text the files (the numbers without any). */
gboolean xq_papers_write_report (XqCli *cli, XqDesk *desk, const XqReport *report, const XqReportFiles *files,
                                 GError **error);
/* The referral letter with its slip into @pdf. */
gboolean xq_papers_write_letter (XqCli *cli, XqDesk *desk, gint64 referral_id, const char *pdf, GError **error);

G_END_DECLS
