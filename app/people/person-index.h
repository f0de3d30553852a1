/* Everybody of an organisation in memory, to match the rows of a table against: 40,000 rows want no
 * 40,000 queries. */
#pragma once

#include "people/person.h"

G_BEGIN_DECLS

typedef struct _XqPersonIndex XqPersonIndex;

typedef enum
{
  XQ_MATCH_NONE,
  XQ_MATCH_CODE,
  XQ_MATCH_NATIONAL_ID,
  XQ_MATCH_NAME_AND_BIRTH,
  XQ_MATCH_NAME_AND_UNIT,
  XQ_MATCH_NAME,      /* the only one of that name */
  XQ_MATCH_AMBIGUOUS, /* several of that name, and nothing tells which */
} XqMatch;

/* @organisation_id 0 for all. */
XqPersonIndex *xq_person_index_load (XqDatabase *database, gint64 organisation_id, GError **error);
void xq_person_index_free (XqPersonIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPersonIndex, xq_person_index_free)

/**
 * xq_person_index_match:
 * @code: (nullable): number as written in the table
 * @national_id: (nullable): plain identity number
 * @name: (nullable): plain name (see xq_person_name_plain())
 * @birth_date: (nullable): ISO date
 * @unit_id: 0 when it is not known
 * @ret_match: (out) (optional): by what
 *
 * By number, then identity number, then name with birth date, with unit, alone. A name that contradicts the
 * number is the caller's to notice. Codes differ neither by case nor by full width.
 *
 * Returns: (transfer none) (nullable): whose row it is; %NULL for nobody or several
 */
const XqPerson *xq_person_index_match (XqPersonIndex *index, const char *code, const char *national_id,
                                       const char *name, const char *birth_date, gint64 unit_id,
                                       XqMatch *ret_match);

/* All of them, in no order (element-type XqPerson) (transfer none). */
const GPtrArray *xq_person_index_all (XqPersonIndex *index);

G_END_DECLS
