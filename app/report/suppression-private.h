/* Parts of the suppression. Only inside report/suppression*.c. */
#pragma once

#include "report/model.h"

G_BEGIN_DECLS

/* A cell's part in a sum: +1 for what is summed up, −1 for what it is summed to. */
typedef struct
{
  guint cell;
  int sign;
} XqTerm;

/* One sum that a reader knows: its terms come to 0. */
typedef struct
{
  GArray *terms;   /* of XqTerm, only cells about persons */
  gint64 imbalance; /* while searching */
  double constant;  /* what cells that are not about persons add to it */
} XqEquation;

typedef struct
{
  XqReportBlock *block;
  int threshold;
  guint n_columns;
  guint n_cells;
  gint64 *values;
  gboolean *eligible;  /* a number about persons: may be covered */
  XqCellCover *covers;
  gboolean *safe;      /* another table has been shown that differs here */
  double *prices;      /* what it costs a reader to lose a cell */
  GPtrArray *equations;
  GPtrArray **of_cell; /* equations that a cell is in */

  /* Of one search: */
  gint64 *moves;       /* how far the other table is from ours */
  GPtrArray *open;     /* equations that do not come out at present */
  gint64 *best_moves;
  double best_cost;
  guint budget;
} XqSuppression;

/* Row @r of the block; the one after the last is the total. */
XqReportRow *xq_suppression_row (const XqReportBlock *block, guint r);
guint xq_suppression_n_rows (const XqReportBlock *block);
gboolean xq_suppression_is_total (const XqSuppression *search, guint cell);
/* The total stands elsewhere too. */
gboolean xq_suppression_is_known_total (const XqSuppression *search, guint cell);

/* Covers cells until every covered one is safe. */
void xq_suppression_guard (XqSuppression *search);
/* Covers what is worked out from covered cells, where it says anything about them. Returns how many. */
guint xq_suppression_cover_ratios (XqSuppression *search);

G_END_DECLS
