/* A table of answers between reading and writing; not for other rooms. */
#pragma once

#include "assess/answers-import.h"
#include "assess/option-words.h"
#include "people/person-index.h"
#include "people/unit.h"

G_BEGIN_DECLS

/* How a cell is kept while it is not known what plain numbers mean: a blank, PLACE + the option's place, or the
 * number itself. */
#define XQ_CELL_BLANK   G_MININT16
#define XQ_CELL_PLACE   10000
#define XQ_CELL_NUMBERS 9999 /* the greatest number that may stand for itself */

/* One cell of every row: which column, whose item, and the words of its options. */
typedef struct
{
  int column;
  guint instrument; /* index into the columns */
  guint item;       /* from 0 */
  XqOptionWords *words;
} XqAnswersCell;

/* @first_cell counts from the start of the cells; @why says why the row is not taken, or not wholly, @unread that a cell was
 * the reason (both owned); @before is the row above it that is the same person's; @replaced: a later one counts in its place. */
typedef struct _XqAnswersRow XqAnswersRow;
struct _XqAnswersRow
{
  gint64 number;
  gint64 taken_at; /* 0 when the table has no time */
  gint64 person_id;
  gint64 organisation_id;
  gsize first_cell;
  char *code;
  char *name;
  char *unit;
  char *national_id;
  char *why;
  XqAnswersRow *before;
  gboolean unread;
  gboolean replaced;
};

struct _XqAnswers
{
  XqInstrumentSet *set;
  char *file_name;
  char *sheet_name;
  GPtrArray *titles;
  GPtrArray *columns; /* of XqAnswersColumns */
  GArray *plan;       /* of XqAnswersCell */
  GHashTable *words;  /* XqOptionList → XqOptionWords */
  GArray *rows;       /* of XqAnswersRow */
  GArray *cells;      /* of gint16 */
  gboolean from_site; /* the header has a site's columns */
  gint64 organisation_id;
  gint64 campaign_id;
  gint64 read;
  gint64 matched;
  GPtrArray *unmatched;
  GPtrArray *replaced;
};

/* The fields of a table of answers, for header.h. */
extern const XqHeaderField xq_answers_fields[];

/* Finds out which columns are whose items; sets @answers->columns. @samples: rows below the header as texts. */
gboolean xq_answers_find_columns (XqAnswers *answers, const XqHeader *header, const XqAnswersOptions *options,
                                  GPtrArray *samples, GError **error);
/* Reads all rows below the header. */
gboolean xq_answers_read_rows (XqAnswers *answers, XqSheetFile *file, guint sheet, const XqHeader *header,
                               const XqProgress *progress, GError **error);
/* Turns cells into values, now that all have been seen. */
void xq_answers_decode (XqAnswers *answers, XqAnswerCoding coding);
/* Whose each row is; later rows of a person take the place of earlier ones of that day. */
gboolean xq_answers_match (XqAnswers *answers, XqDatabase *database, GError **error);

/* The values of one instrument in a row, in item order. FALSE when all are blank: it was not asked. */
gboolean xq_answers_get (const XqAnswers *answers, const XqAnswersRow *row, guint instrument, int *ret_values);

G_END_DECLS
