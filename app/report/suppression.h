/* Small counts do not leave the office.
 *
 * A count about persons from 1 to k−1 is covered. Then cells are covered beside it until nobody can work it
 * out from sums over rows, over columns that are parts of others, or from totals. That a cell is safe is
 * not assumed but shown: for every covered cell there is another table of whole numbers that agrees with
 * everything published and differs there. What is worked out from a covered cell (a percentage, a
 * median) is covered too. */
#pragma once

#include "report/model.h"

G_BEGIN_DECLS

/**
 * xq_suppression_apply:
 * @block: a table whose cells hold their values
 * @threshold: k ≥ 3; with 2, a small cell could only be 1
 *
 * Covers cells of @block and takes their values out of it.
 *
 * Returns: how many cells are covered
 */
guint xq_suppression_apply (XqReportBlock *block, int threshold);

G_END_DECLS
