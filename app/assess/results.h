/* Results in lists, and over time. A list is the ids of all that fit, in order, from one query, and the rows of
 * a page of ids. */
#pragma once

#include <gio/gio.h>
#include "assess/assessment.h"
#include "assess/instrument-set.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_RESULTS_NEWEST,
  XQ_RESULTS_SCORE, /* highest of the main scale first; incomplete ones last */
  XQ_RESULTS_NAME,
} XqResultsOrder;

/**
 * XqResultsFilter:
 * @campaign_id: 0 for all
 * @batch_id: 0 for all
 * @person_id: 0 for all
 * @unit_id: this unit and all below it, as the person belongs now; 0 for all
 * @instrument: (nullable): %NULL for all
 * @scale: (nullable): of @band; %NULL for the verdict scale
 * @band: (nullable): a band's id
 * @positive_only: positive screens and sheets with a critical item
 * @incomplete_only: without scores
 * @from: (nullable): first day
 * @to: (nullable): last day
 *
 * All zero: every assessment.
 */
typedef struct
{
  gint64 campaign_id;
  gint64 batch_id;
  gint64 person_id;
  gint64 unit_id;
  const char *instrument;
  const char *scale;
  const char *band;
  gboolean positive_only;
  gboolean incomplete_only;
  const char *from;
  const char *to;
} XqResultsFilter;

/* @limit 0 for all; ids of assessments in order (element-type gint64). */
GArray *xq_results_ids (XqDatabase *database, XqInstrumentSet *set, const XqResultsFilter *filter,
                        XqResultsOrder order, guint limit, GCancellable *cancellable, GError **error);

/**
 * XqResultRow:
 * @scale: (nullable): the id of the instrument's main scale, when the sheet has a score of it
 * @value: that score
 * @band: (nullable): the band of its verdict scale
 * @critical: how many critical items were hit
 * @positive: a positive screen by the definition at hand
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  gint64 unit_id;
  char *code;
  char *name;
  char *instrument;
  char *taken_on;
  gboolean complete;
  gboolean valid;
  int missing;
  char *scale;
  double value;
  char *band;
  int critical;
  gboolean positive;
} XqResultRow;

void xq_result_row_free (XqResultRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqResultRow, xq_result_row_free)

/* The rows of @ids in that order (element-type XqResultRow); %NULL entries for those gone meanwhile. */
GPtrArray *xq_results_rows (XqDatabase *database, XqInstrumentSet *set, const gint64 *ids, guint n_ids,
                            GError **error);

/* A point of a person's trend. */
typedef struct
{
  gint64 assessment_id;
  gint64 taken_at;
  char *taken_on;
  double value;
  char *band; /* NULL for none */
} XqTrendPoint;

/* Complete and valid sheets, oldest first; @scale NULL for the main one (element-type XqTrendPoint). */
GPtrArray *xq_results_trend (XqDatabase *database, const XqInstrument *instrument, gint64 person_id,
                             const char *scale, GError **error);

/* The ids of instruments that a person has answered, newest first. (transfer full) */
char **xq_results_instruments (XqDatabase *database, gint64 person_id, GError **error);

/* How many sheets fall into a band. */
typedef struct
{
  const XqBand *band;
  gint64 count;
} XqBandCount;

/**
 * XqDistribution:
 * @assessed: sheets, each person's last one of the filter
 * @incomplete: without scores
 * @invalid: complete ones that a validity check turned down
 * @bands: (element-type XqBandCount): of the others, in the bands' order
 */
typedef struct
{
  gint64 assessed;
  gint64 incomplete;
  gint64 invalid;
  GArray *bands;
} XqDistribution;

void xq_distribution_clear (XqDistribution *distribution);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqDistribution, xq_distribution_clear)

/* @scale NULL for the verdict's. The filter's instrument is @instrument; it asks for no band. */
gboolean xq_results_distribution (XqDatabase *database, const XqInstrument *instrument, const char *scale,
                                  const XqResultsFilter *filter, XqDistribution *ret_distribution, GError **error);

G_END_DECLS
