/* Reading, trying out, writing and taking back answers, each in a thread. */
#pragma once

#include "report/desk.h"
#include "ui/session.h"

G_BEGIN_DECLS

/**
 * XqAnswersOrder:
 * @path: the table
 * @instruments: (nullable): in the order of its columns; %NULL finds out
 * @coding: what plain numbers mean
 * @map: which column is which, as in #XqAnswersOptions
 * @campaign_id: 0 for a new screening
 *
 * What the user chose; copied for each worker.
 */
typedef struct
{
  char *path;
  char **instruments;
  XqAnswerCoding coding;
  GHashTable *map;
  gint64 campaign_id;
} XqAnswersOrder;

/* A copy of a table of texts. (transfer full) */
GHashTable *xq_answers_map_copy (GHashTable *map);
/* For the table at @path, nothing chosen yet. (transfer full) */
XqAnswersOrder *xq_answers_order_new (const char *path);
XqAnswersOrder *xq_answers_order_copy (const XqAnswersOrder *order);
void xq_answers_order_free (gpointer order);

/**
 * XqAnswersTrial:
 * @header: the table's columns
 * @answers: (nullable): what was read
 * @result: (nullable): what would be written
 * @raised: whom the rules would find
 * @problem: (nullable): why the columns cannot be told; what follows from them is then empty
 */
typedef struct
{
  XqHeader *header;
  XqAnswers *answers;
  XqAnswersResult *result;
  XqRaised raised;
  char *problem;
} XqAnswersTrial;

void xq_answers_trial_free (gpointer trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqAnswersTrial, xq_answers_trial_free)

/* XqWork of an XqAnswersOrder: an XqAnswersTrial. */
gpointer xq_answers_work_try (XqDatabase *database, gpointer order, const XqProgress *progress, GError **error);
/* XqWork of an XqAnswersTrial: an XqAnswersTrial with what was written. */
gpointer xq_answers_work_apply (XqDatabase *database, gpointer trial, const XqProgress *progress, GError **error);
/* XqWork of a gint64, the batch: an empty text. */
gpointer xq_answers_work_undo (XqDatabase *database, gpointer batch_id, const XqProgress *progress, GError **error);

G_END_DECLS
