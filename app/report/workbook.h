/* A report as an Excel workbook: a sheet a block, native charts, and a sheet of notes. */
#pragma once

#include "base/progress.h"
#include "report/model.h"

G_BEGIN_DECLS

/**
 * xq_workbook_write:
 * @report: any report
 * @path: the .xlsx to write
 * @progress: (nullable): how far, and cancel
 * @error: XQ_REPORT_ERROR, XQ_ERROR_IO when it cannot be written
 *
 * Totals are formulas that carry their value where the column is additive and nothing in it is covered,
 * values elsewhere. Nothing is written in plain on a disk but @path itself, which appears complete or not
 * at all. Equal reports give equal bytes.
 */
gboolean xq_workbook_write (const XqReport *report, const char *path, const XqProgress *progress, GError **error);

/* The same, for whoever puts it somewhere else than a file of its own. (transfer full) */
GBytes *xq_workbook_to_bytes (const XqReport *report, const XqProgress *progress, GError **error);

G_END_DECLS
