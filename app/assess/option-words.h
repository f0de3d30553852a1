/* Which option a cell of a table means: by its words in any language, with the marks that questionnaire sites put
 * before and after them ("A.好几天", "好几天(1分)"). Not for other rooms. */
#pragma once

#include "assess/instrument.h"
#include "sheet/sheet.h"

G_BEGIN_DECLS

/* What a cell holds: a blank, an option's place in the form, a plain number, or nothing that is known. */
typedef enum
{
  XQ_READING_BLANK,
  XQ_READING_PLACE,
  XQ_READING_NUMBER,
  XQ_READING_UNKNOWN,
} XqReadingKind;

typedef struct
{
  XqReadingKind kind;
  int number; /* the place from 0, or the number */
} XqReading;

typedef struct _XqOptionWords XqOptionWords;

/* For one list of options, which outlives it. Remembers what it has seen: most cells are the same few. */
XqOptionWords *xq_option_words_new (const XqOptionList *list);
void xq_option_words_free (XqOptionWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqOptionWords, xq_option_words_free)

XqReading xq_option_words_read (XqOptionWords *words, const XqCell *cell);

G_END_DECLS
