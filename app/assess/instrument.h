/* The assess room: which questionnaires there are, what their answers are worth, who was asked, and what came
 * back. It stands on people/, sheet/, vault/ and base/. It scores and records; it judges nobody: bands carry
 * the words of their publishers, a screening result is no diagnosis, and warnings are the care room's.
 *
 * This header: an instrument 量表 as its definition describes it. Definitions are JSON files
 * (data/instruments/ID.json, or the vault's own):
 *
 *   { "id": "phq9", "short": "PHQ-9", "name": WORDS, "respondent": "self",
 *     "age": {"min": 18, "max": 65}, "period": WORDS,
 *     "items": 9,                                                  how many
 *     "main": "total", "verdict": "screen",                        the scale whose score stands for the sheet, and
 *                                                                  the one whose band does (without it: main)
 *     "item_text": {"en": ["…", …], "zh_CN": ["…", …]},            only where "licence" may ship it
 *     "recognise": ["doing things|做事", …],                       words that tell a column of a table, by item
 *     "options": [ {"value": 0, "label": WORDS, "also": ["…"]}, … ],  in the order of the printed form; other
 *                                                                  words that tables have for it
 *     "item_options": [ {"items": [9, 10], "options": [ … ]} ],    where they differ
 *     "extra_items": [ {"item": 10, "label": WORDS, "options": [ … ]} ],  asked beside, never summed, may be blank
 *     "reverse": [4, 8],                                           (lowest + highest option) − answer
 *     "scales": [ SCALE, … ],
 *     "bands": [ {"scheme": "kroenke_2001", "title": WORDS, "default": true, "scales": ["total"],
 *                 "ranges": [ {"id": "mild", "min": 5, "max": 9, "severity": 1, "positive": false, "label": WORDS}, … ]} ],
 *     "flags": [ {"id": "positive", "label": WORDS, "when": CONDITION} ],
 *     "critical": [ {"item": 9, "at_least": 1, "label": WORDS, "published": true} ],
 *     "validity": [ {"when": CONDITION, "label": WORDS} ],         what makes a sheet not to be relied on
 *     "missing": {"rule": "complete"}   or {"rule": "prorate", "at_most": 1}
 *                                       or {"rule": "skip", "cases": [ {"when": CONDITION, "items": [2, 3]} ]},
 *     "licence": {"class": "A", "may_ship": true, "status": WORDS, "text": WORDS, "trap": WORDS},
 *     "sources": ["…"], "notes": [WORDS, …] }                      terms and notes may be plain texts, which serve
 *                                                                  every language; sources are as they were printed
 *
 * A list of items is [3, 5, "10-17"]. SCALE has "id", "label" and "method", and "listed": false for one that
 * only `score` prints:
 *   {"method": "sum", "items": [3, 5]}   also "of": [SCALE-IDS] instead of items; "multiply": 2; "reverse": [ … ]
 *                                        in place of the instrument's
 *   {"method": "mean", "items": [ … ]}
 *   {"method": "count", "items": [ … ], "at_least": 2}          also "at_most", "equals"
 *   {"method": "linear", "from": "raw", "multiply": 5, "divide": 4, "add": 0, "round": "down"}   "half_up", "none"
 *   {"method": "ratio", "plus": ["total"], "minus": ["negative_count"], "over": "positive_count", "min": 2, "max": 5}
 *                                        not defined when "over" is 0
 *   {"method": "cases", "cases": [ {"value": 1, "when": CONDITION}, {"value": 0} ]}   the first that holds
 * A scale stands below those that it is made of.
 * CONDITION is one of {"item": 9, COMPARE}, {"scale": "total", COMPARE}, {"all": [ … ]}, {"any": [ … ]}, where
 * COMPARE is "at_least", "at_most", "above", "below" or "equals", or "between": [15, 19]. Items are compared as
 * answered, before reversal; one left blank fulfils nothing. Sums are whole numbers and means exact fractions
 * throughout: nothing is compared after rounding.
 *
 * Ranges of a scheme leave no gap: of whole-numbered scales they touch (9, 10), of others the next "min" is the
 * border (1.99, 2). A range that is "positive" makes the sheet a positive screen. "severity" 0–4 is for colour. */
#pragma once

#include "assess/error.h"
#include "base/words.h"

G_BEGIN_DECLS

/* An answer that was left blank. */
#define XQ_ANSWER_BLANK G_MININT
/* More items than any questionnaire has. */
#define XQ_ITEMS_MAXIMUM 600

/* @also (nullable) holds other words that tables have for it. */
typedef struct
{
  int value;
  XqWords label;
  char **also;
} XqAnswerOption;

/**
 * XqOptionList:
 *
 * In the order of the printed form: what a questionnaire site numbers from 1.
 */
typedef struct
{
  XqAnswerOption *options;
  guint n_options;
  int lowest;
  int highest;
} XqOptionList;

/**
 * XqItem:
 * @number: from 1
 * @extra: asked beside the items proper: not summed, may be blank
 * @reversed: summed as (lowest + highest option) − answer
 * @options: what may be answered
 * @text: empty when the licence keeps it from us; an extra item's is what it asks about
 */
typedef struct
{
  int number;
  gboolean extra;
  gboolean reversed;
  const XqOptionList *options;
  XqWords text;
} XqItem;

/**
 * XqBand:
 * @id: stable, "moderately_severe"
 * @min: first value
 * @max: last value; between it and the next @min lies nothing that a sheet can score
 * @severity: 0 (nothing to see) – 4, for colour alone
 * @positive: such a sheet is a positive screen
 */
typedef struct
{
  char *id;
  XqWords label;
  double min;
  double max;
  int severity;
  gboolean positive;
} XqBand;

/**
 * XqBandScheme:
 * @id: "kroenke_2001"
 * @standard: the one that bands of results are taken from; the others are for the reader
 * @bands: from the lowest
 */
typedef struct
{
  char *id;
  XqWords title;
  gboolean standard;
  char **scales;
  XqBand *bands;
  guint n_bands;
} XqBandScheme;

/**
 * XqScale:
 * @id: stable, "total"
 * @listed: kept with results and shown; otherwise only `score` prints it
 * @whole: takes whole numbers only
 * @min: lowest value that a sheet can score
 * @max: highest value
 * @bands: (nullable): its standard bands
 */
typedef struct
{
  char *id;
  XqWords label;
  gboolean listed;
  gboolean whole;
  double min;
  double max;
  const XqBandScheme *bands;
} XqScale;

/**
 * XqCriticalItem:
 * @item: its number
 * @published: a rule of the authors', or else a caution that this program proposes
 */
typedef struct
{
  int item;
  XqWords label;
  gboolean published;
} XqCriticalItem;

/* Something an algorithm finds: "major depressive syndrome is possible". */
typedef struct
{
  char *id;
  XqWords label;
} XqFlag;

/**
 * XqLicence:
 * @kind: A, A-NC, B, C, D, E, or a word ("doubtful")
 * @may_ship: the wording of the items may be part of this program
 * @status: how it stands: public, © whose
 * @text: the terms of use; may be empty
 * @trap: what a user must mind; may be empty
 */
typedef struct
{
  char *kind;
  gboolean may_ship;
  XqWords status;
  XqWords text;
  XqWords trap;
} XqLicence;

typedef struct _XqInstrumentPrivate XqInstrumentPrivate;

/**
 * XqInstrument:
 * @label: "PHQ-9", in every language
 * @items: extra ones last
 * @n_items: without extra ones
 *
 * Never changed once it is made; shared between threads.
 */
typedef struct
{
  char *id;
  char *label;
  XqWords name;
  XqWords period;
  char *respondent;
  int age_min; /* in years; -1 for none */
  int age_max;
  XqItem *items;
  guint n_items;
  guint n_all_items;
  XqScale *scales;
  guint n_scales;
  XqBandScheme *schemes;
  guint n_schemes;
  XqFlag *flags;
  guint n_flags;
  XqCriticalItem *critical;
  guint n_critical;
  XqLicence licence;
  char **sources;
  XqWords *notes;
  guint n_notes;
  XqInstrumentPrivate *own;
} XqInstrument;

/**
 * XqProblem:
 * @line: from 1
 * @what: translated, with what to do
 *
 * What is wrong with a definition.
 */
typedef struct
{
  int line;
  char *what;
} XqProblem;

void xq_problem_free (XqProblem *problem);

/**
 * xq_instrument_check:
 * @bytes: a definition
 *
 * Says everything that is wrong at once: broken JSON (then alone), members that are unknown, missing or of the
 * wrong kind, ids used twice, items out of range, overlapping or gapped bands, wording that the licence
 * does not let us ship …
 *
 * Returns: (transfer full) (element-type XqProblem): empty when it is right
 */
GPtrArray *xq_instrument_check (GBytes *bytes);

/**
 * xq_instrument_parse:
 * @bytes: a definition
 * @name: what messages call it (a file name)
 * @error: XQ_ASSESS_ERROR with the first problem: "“own.json”, line 12: …"
 *
 * Returns: (transfer full): the instrument
 */
XqInstrument *xq_instrument_parse (GBytes *bytes, const char *name, GError **error);
XqInstrument *xq_instrument_ref (XqInstrument *instrument);
void xq_instrument_unref (XqInstrument *instrument);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqInstrument, xq_instrument_unref)

/* NULL when there is none. (transfer none) */
const XqItem *xq_instrument_item (const XqInstrument *instrument, int number);
const XqScale *xq_instrument_scale (const XqInstrument *instrument, const char *id);
/* The standard band called @id of a scale; NULL when there is none. */
const XqBand *xq_scale_band (const XqScale *scale, const char *id);
/* The band that @value falls into: the last whose @min is not above it. */
const XqBand *xq_band_scheme_find (const XqBandScheme *scheme, double value);
/* NULL when no option has that value. */
const XqAnswerOption *xq_item_option (const XqItem *item, int value);
/* What the item asks, in the present language, else "Item 9"; translated. (transfer full) */
char *xq_item_title (const XqItem *item);
/* Whose score stands for the whole sheet in a list. */
const XqScale *xq_instrument_main_scale (const XqInstrument *instrument);
/* Whose band does. */
const XqScale *xq_instrument_verdict_scale (const XqInstrument *instrument);

/* {"id","label","name","items":[…],"scales":[{"id","label","min","max","bands":[…]}],"critical":[…],
 *  "licence":{…},"notes":[WORDS,…],…}. (transfer full) */
JsonNode *xq_instrument_to_json (const XqInstrument *instrument);

G_END_DECLS
