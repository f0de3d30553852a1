/* Finding out which columns are whose items; not for other rooms. */
#pragma once

#include "assess/answers-private.h"

G_BEGIN_DECLS

/* Columns of the table that may be items, in order. */
typedef struct
{
  GArray *columns;   /* of int */
  GPtrArray *words;  /* normalised titles, beside @columns */
  GArray *taken;     /* of gboolean, beside @columns */
} XqCandidates;

/* Whether @count candidates from @from on are there and nobody's. */
gboolean xq_candidates_free_at (const XqCandidates *candidates, guint from, guint count);
/* Gives a candidate to an item. */
void xq_candidates_take (XqCandidates *candidates, guint place, XqAnswersColumns *columns, guint item);
/* New columns of an instrument, none given yet; kept by @answers. */
XqAnswersColumns *xq_answers_add_columns (XqAnswers *answers, const XqInstrument *instrument, gboolean by_text);

/* answers-recognise.c: by the wording */
gboolean xq_answers_recognise_in_order (XqAnswers *answers, const XqInstrument *instrument,
                                        XqCandidates *candidates);
gboolean xq_answers_recognise_shuffled (XqAnswers *answers, const XqInstrument *instrument,
                                        XqCandidates *candidates);
void xq_answers_recognise_others (XqAnswers *answers, XqCandidates *candidates);
/* answers-choice.c: by the user's word, "I:Q", "3-11" or "I,K,L" */
gboolean xq_answers_map_choice (XqAnswers *answers, const XqHeader *header, const XqInstrument *instrument,
                                const char *choice, XqCandidates *candidates, GError **error);

G_END_DECLS
