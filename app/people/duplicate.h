/* Search before create: who may be the same person as the one about to be entered. */
#pragma once

#include "people/person.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_DUPLICATE_CODE = 1 << 0,
  XQ_DUPLICATE_NATIONAL_ID = 1 << 1,
  XQ_DUPLICATE_NAME_AND_BIRTH = 1 << 2,
  XQ_DUPLICATE_PHONE = 1 << 3, /* and the same name: sisters share a phone */
} XqDuplicateReason;

typedef struct
{
  gint64 person_id;
  XqDuplicateReason reasons;
} XqDuplicate;

/* Closed files and other organisations too; the surest first (element-type XqDuplicate). @person's own id is
 * left out. */
GArray *xq_duplicate_find (XqDatabase *database, const XqPerson *person, GError **error);
/* "Same number and same phone", translated. (transfer full) */
char *xq_duplicate_describe (XqDuplicateReason reasons);

G_END_DECLS
