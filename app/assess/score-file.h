/* Scoring a table of answers without a vault: one row a respondent, item columns in order. */
#pragma once

#include "assess/instrument.h"
#include "base/progress.h"

G_BEGIN_DECLS

/**
 * xq_score_file:
 * @instrument: by which
 * @path: csv or xlsx; values of options, as the definition has them; an empty cell is a blank. A first row that
 *   holds words instead of answers is a header. Columns in front of the items whose header is no item (a number,
 *   a name) are passed by when the header says so. "-" reads standard input
 * @progress: (nullable): progress and cancel
 * @error: XQ_ASSESS_ERROR naming row, column and the answers allowed; XQ_SHEET_ERROR
 *
 * Returns: (transfer full): an array of what xq_score_result_to_json() makes, one a row
 */
JsonNode *xq_score_file (const XqInstrument *instrument, const char *path, const XqProgress *progress,
                         GError **error);

G_END_DECLS
