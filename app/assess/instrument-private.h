/* How an instrument is scored: what its definition says, made ready to be computed. Numbers that are compared are
 * kept in thousandths, so that a comparison with an exact fraction is one of whole numbers. */
#pragma once

#include "assess/definition-reader.h"
#include "assess/instrument.h"

G_BEGIN_DECLS

/* Lowest and highest value that holds, in thousandths; an open side is beyond all values. "above" and "below" are
 * borders that do not hold themselves. */
typedef struct
{
  gint64 low;
  gint64 high;
  gboolean low_open;
  gboolean high_open;
} XqCompare;

typedef enum
{
  XQ_CLAUSE_ITEM,
  XQ_CLAUSE_SCALE,
  XQ_CLAUSE_ALL,
  XQ_CLAUSE_ANY,
} XqClauseKind;

/* A CONDITION of instrument.h. */
typedef struct _XqClause XqClause;
struct _XqClause
{
  XqClauseKind kind;
  guint index; /* of the item or scale, from 0 */
  XqCompare compare;
  GPtrArray *children; /* of XqClause */
};

typedef enum
{
  XQ_METHOD_SUM,
  XQ_METHOD_MEAN,
  XQ_METHOD_COUNT,
  XQ_METHOD_LINEAR,
  XQ_METHOD_RATIO,
  XQ_METHOD_CASES,
} XqMethod;

typedef enum
{
  XQ_ROUND_NONE,
  XQ_ROUND_DOWN,
  XQ_ROUND_HALF_UP,
} XqRounding;

/* @when is NULL for "otherwise". */
typedef struct
{
  gint64 value;
  XqClause *when;
} XqCase;

/* How a scale is computed. */
typedef struct
{
  XqMethod method;
  GArray *items;      /* of int, from 0 */
  gboolean *reversed; /* beside @items */
  GArray *of;         /* of guint: scales that are summed, or "plus" of a ratio */
  GArray *minus;
  guint from; /* or "over" */
  gint64 multiply;
  gint64 divide;
  gint64 add;
  XqRounding rounding;
  XqCompare compare;
  GArray *cases; /* of XqCase */
} XqFormula;

typedef struct
{
  XqClause *when;
  XqWords label;
} XqValidityRule;

typedef enum
{
  XQ_MISSING_COMPLETE,
  XQ_MISSING_PRORATE,
  XQ_MISSING_SKIP,
} XqMissingRule;

/* Items (from 0) that may be left out when @when holds; they count 0. */
typedef struct
{
  XqClause *when;
  GArray *items;
} XqSkip;

struct _XqInstrumentPrivate
{
  gatomicrefcount references;
  GPtrArray *option_lists; /* of XqOptionList */
  char **recognise;        /* by item; NULL when there is none */
  const XqScale *main;
  const XqScale *verdict;
  XqFormula *formulas;     /* beside the scales */
  XqCompare *critical;     /* beside the critical items */
  XqClause **flags;        /* beside the flags */
  XqValidityRule *validity;
  guint n_validity;
  XqMissingRule missing;
  int missing_at_most;
  GArray *skips; /* of XqSkip */
};

void xq_clause_free (XqClause *clause);
void xq_formula_clear (XqFormula *formula);

/* item-parse.c */
void xq_instrument_read_items (XqReader *reader, JsonObject *root, XqInstrument *instrument);
/* scale-parse.c: in this order */
void xq_instrument_read_scales (XqReader *reader, JsonObject *root, XqInstrument *instrument);
/* clause-parse.c */
gboolean xq_reader_compare (XqReader *reader, JsonObject *object, XqCompare *ret_compare);
/* @n_scales: how many of the scales stand above and may be named. NULL with a problem. */
XqClause *xq_reader_clause (XqReader *reader, JsonObject *object, const XqInstrument *instrument, guint n_scales);
/* "at_least", "at_most" … of an object's members table */
#define XQ_COMPARE_MEMBERS                                                                          \
  { "at_least", XQ_MEMBER_NUMBER, FALSE }, { "at_most", XQ_MEMBER_NUMBER, FALSE },                    \
      { "above", XQ_MEMBER_NUMBER, FALSE }, { "below", XQ_MEMBER_NUMBER, FALSE },                     \
      { "equals", XQ_MEMBER_NUMBER, FALSE }, { "between", XQ_MEMBER_LIST, FALSE }
/* band-parse.c */
void xq_instrument_read_bands (XqReader *reader, JsonObject *root, XqInstrument *instrument);

G_END_DECLS
