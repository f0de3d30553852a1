/* The number of a resident identity card 居民身份证 (GB 11643-1999): region, birth date, sequence, check digit. */
#pragma once

#include <glib.h>
#include "people/error.h"
#include "people/person.h"

G_BEGIN_DECLS

/**
 * XqNationalId:
 * @number: 18 characters, a final X in upper case; an old number of 15 digits stays as it is
 * @birth_date: ISO date
 * @sex: male or female
 */
typedef struct
{
  char *number;
  char *birth_date;
  XqSex sex;
} XqNationalId;

void xq_national_id_clear (XqNationalId *id);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqNationalId, xq_national_id_clear)

/**
 * xq_national_id_parse:
 * @text: as written; blanks and full-width characters are forgiven, and an apostrophe before it
 * @ret_id: (out caller-allocates): what the number says; untouched on failure
 * @error: which part is wrong
 *
 * The check digit is ISO 7064 MOD 11-2 (weights 2^(18−i) mod 11). Numbers of 15 digits have none and mean 19yy.
 *
 * Returns: whether it is a number
 */
gboolean xq_national_id_parse (const char *text, XqNationalId *ret_id, GError **error);

/* The character that completes 17 digits, for demo data and tests. */
char xq_national_id_check_digit (const char *first_17);

G_END_DECLS
