/* The code on the tear-off slip: six signs that hide the running number, and two that catch a slip of the
 * finger. Crockford's base 32: no I, L, O, U. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "referral/referral.h"
#include "vault/store.h"

#define SIGNS       "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#define BODY_BITS   30
#define BODY_MASK   ((1u << BODY_BITS) - 1)
/* Odd, so that numbers map to bodies one to one modulo 2^30. */
#define SCRAMBLE    0x2545F491u
/* The largest prime below 2^10: no power of 32 is 0 modulo it, so any one wrong sign and any two that changed
 * places change the remainder. */
#define CHECK_PRIME 1021u

#define CODE_SIGNS 8

char *
xq_referral_slip_code (gint64 id)
{
  guint32 body = ((guint32) id * SCRAMBLE) & BODY_MASK;
  guint64 whole = (guint64) body << 10 | body % CHECK_PRIME;
  char code[CODE_SIGNS + 2];

  for (int i = 0, at = 0; i < CODE_SIGNS; i++)
    {
      if (i == CODE_SIGNS / 2)
        code[at++] = '-';
      code[at++] = SIGNS[whole >> (5 * (CODE_SIGNS - 1 - i)) & 31];
      code[at] = '\0';
    }
  return g_strdup (code);
}

static int
sign_value (char sign)
{
  const char *found;

  sign = g_ascii_toupper (sign);
  if (sign == 'O')
    sign = '0';
  else if (sign == 'I' || sign == 'L')
    sign = '1';
  found = sign != '\0' ? strchr (SIGNS, sign) : NULL;
  return found != NULL ? (int) (found - SIGNS) : -1;
}

/* The code as it is stored, or NULL when it was mistyped. */
static char *
read_code (const char *typed)
{
  guint64 whole = 0;
  int signs = 0;
  g_autofree char *narrow = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL_COMPOSE);
  guint32 body;

  if (narrow == NULL)
    return NULL;
  for (const char *at = narrow; *at != '\0'; at++)
    {
      int value;

      if (g_ascii_isspace (*at) || *at == '-')
        continue;
      value = sign_value (*at);
      if (value < 0 || ++signs > CODE_SIGNS)
        return NULL;
      whole = whole << 5 | value;
    }
  body = whole >> 10;
  if (signs != CODE_SIGNS || body % CHECK_PRIME != (whole & 1023))
    return NULL;
  for (int i = 0; i < CODE_SIGNS; i++)
    narrow[i] = SIGNS[whole >> (5 * (CODE_SIGNS - 1 - i)) & 31];
  return g_strdup_printf ("%.4s-%.4s", narrow, narrow + 4);
}

XqReferral *
xq_referral_find_slip (XqDatabase *database, const char *code, GError **error)
{
  g_autofree char *stored = read_code (code);
  gint64 id = 0;

  if (stored == NULL)
    {
      g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” is not a slip's code: it has eight signs like 7KQ4-M2XR. Compare it with the slip."),
                   code);
      return NULL;
    }
  if (!xq_database_get_integer (database, error, &id, NULL,
                                "SELECT id FROM referral WHERE slip_code = :code",
                                XQ_TEXT (":code", stored), XQ_END))
    return NULL;
  if (id == 0)
    {
      g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_NOT_FOUND,
                   _ ("No referral in this vault has the slip code %s."), stored);
      return NULL;
    }
  return xq_referral_load (database, id, error);
}
