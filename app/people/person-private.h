/* What person.c and person-writer.c share. */
#pragma once

#include "base/pinyin.h"
#include "people/person.h"

G_BEGIN_DECLS

/* Empty texts become NULL, the reading follows the name. Returns what the search keeps. */
char *xq_person_prepare (XqPerson *person);
/* What cannot be: no name, a birth date in the future. */
gboolean xq_person_check (const XqPerson *person, GError **error);
/* Replaces an error about a number that is taken by one that names who has it. */
void xq_person_explain_taken (XqDatabase *database, const XqPerson *person, GError **error);
gboolean xq_membership_begin (XqDatabase *database, gint64 person_id, gint64 unit_id, const char *since,
                              GError **error);
/* What a change means for the membership: leaving ends it, coming back begins one, another unit ends one and
 * begins another. @since NULL: today. */
gboolean xq_membership_follow (XqDatabase *database, const XqPerson *before, const XqPerson *after, const char *since,
                               GError **error);

/* Until it is released, everything is read from one state of the vault, and no read locks the file anew. */
XqStatement *xq_read_together (XqDatabase *database, GError **error);

static inline gboolean
xq_person_state_is_present (int state)
{
  return state == XQ_PERSON_ACTIVE || state == XQ_PERSON_SUSPENDED;
}

G_END_DECLS
