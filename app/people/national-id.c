#include "config.h"

#include "people/national-id.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"

#define LENGTH     18
#define OLD_LENGTH 15
/* Nobody born earlier has a number. */
#define FIRST_DAY  "1900-01-01"

/* GB/T 2260: the first two digits of a region. */
static const char provinces[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
                                "61 62 63 64 65 71 81 82 83 91";

void
xq_national_id_clear (XqNationalId *id)
{
  g_clear_pointer (&id->number, g_free);
  g_clear_pointer (&id->birth_date, g_free);
}

char
xq_national_id_check_digit (const char *first_17)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (int i = 0; i < LENGTH - 1; i++)
    sum += weights[i] * (first_17[i] - '0');
  return "10X98765432"[sum % 11];
}

/* Digits and a final X; what people put between them goes. */
static char *
normalise (const char *text)
{
  g_autofree char *plain = xq_text_plain (text);
  GString *number = g_string_new (NULL);

  for (const char *p = plain; *p != '\0'; p++)
    if (*p != ' ' && *p != '\'' && *p != '-' && *p != '`')
      g_string_append_c (number, g_ascii_toupper (*p));
  if (g_str_has_suffix (number->str, "×") || g_str_has_suffix (number->str, "Х"))
    {
      g_string_truncate (number, number->len - 2);
      g_string_append_c (number, 'X');
    }
  return g_string_free_and_steal (number);
}

static gboolean
is_shaped (const char *number, gsize length)
{
  gsize digits = strspn (number, "0123456789");

  if (length == OLD_LENGTH)
    return digits == OLD_LENGTH;
  return digits == LENGTH || (digits == LENGTH - 1 && number[LENGTH - 1] == 'X');
}

static gboolean
check_region (const char *number)
{
  char province[3] = { number[0], number[1], '\0' };

  return strstr (provinces, province) != NULL;
}

static char *
birth_date_of (const char *number, gsize length)
{
  int at = length == OLD_LENGTH ? 8 : 10;
  int year = 0;

  for (int i = 6; i < at; i++)
    year = year * 10 + (number[i] - '0');
  return xq_date_new (length == OLD_LENGTH ? 1900 + year : year, (number[at] - '0') * 10 + (number[at + 1] - '0'),
                      (number[at + 2] - '0') * 10 + (number[at + 3] - '0'));
}

/* What is wrong with the parts of a number of the right shape; NULL for nothing. */
static const char *
find_fault (const char *number, gsize length, const char *birth_date)
{
  g_autofree char *today = xq_clock_today ();

  if (!check_region (number))
    return N_ ("no region begins with these digits; check them");
  if (birth_date == NULL || xq_date_compare (birth_date, FIRST_DAY) < 0 || xq_date_compare (birth_date, today) > 0)
    return N_ ("its birth date does not exist; check digits 7 to 14");
  if (length == LENGTH && xq_national_id_check_digit (number) != number[LENGTH - 1])
    return N_ ("its last digit does not fit the others; one of them is mistyped");
  return NULL;
}

gboolean
xq_national_id_parse (const char *text, XqNationalId *ret_id, GError **error)
{
  g_autofree char *number = normalise (text);
  g_autofree char *birth_date = NULL;
  gsize length = strlen (number);
  const char *fault;

  if ((length == LENGTH || length == OLD_LENGTH) && is_shaped (number, length))
    {
      birth_date = birth_date_of (number, length);
      fault = find_fault (number, length, birth_date);
    }
  else if (length != LENGTH && length > 0 && strspn (number, "0123456789X") == length)
    fault = N_ ("it should have 18 characters; some are missing or too many");
  else
    fault = N_ ("it should have 17 digits, and then a digit or X");
  if (fault != NULL)
    {
      g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED, _ ("“%s” is not an identity number: %s."), number,
                   _ (fault));
      return FALSE;
    }
  ret_id->sex = (number[length == LENGTH ? 16 : 14] - '0') % 2 == 1 ? XQ_SEX_MALE : XQ_SEX_FEMALE;
  ret_id->number = g_steal_pointer (&number);
  ret_id->birth_date = g_steal_pointer (&birth_date);
  return TRUE;
}
