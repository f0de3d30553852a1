#include "config.h"

#include "vault/share-code.h"

#include <glib/gi18n-lib.h>

#include "vault/database-private.h"
#include "vault/recovery-code.h"
#include "vault/share-split.h"

#define LINE_LETTERS  16
#define LETTERS       (XQ_SHARE_LINES * LINE_LETTERS)
#define LENGTH        (LETTERS + LETTERS / 4 - 1)
#define NUMBER_BITS   2
#define SET_BITS      6
#define MARK_BITS     12
#define BODY_BITS     (XQ_RECOVERY_CODE_BYTES * 8)
/* x^5 + x^2 + 1 */
#define FIELD_POLYNOMIAL 0x25

G_STATIC_ASSERT (NUMBER_BITS + SET_BITS + MARK_BITS + BODY_BITS == XQ_SHARE_LINES * (LINE_LETTERS - 1) * 5);
G_STATIC_ASSERT (XQ_SHARES < 1 << NUMBER_BITS);
G_STATIC_ASSERT (XQ_SHARE_MOST_SETS < 1 << SET_BITS);

void
xq_share_free (XqShare *share)
{
  if (share == NULL)
    return;
  xq_secret_free (share->body);
  g_free (share);
}

/* @sum moves on by one place, and @value joins it. */
static guint
add_to_check (guint sum, guint value)
{
  sum <<= 1;
  if (sum & 32)
    sum ^= FIELD_POLYNOMIAL;
  return sum ^ value;
}

/* What the characters of line @line, from 0, add up to. */
static guint
line_sum (guint line)
{
  return line + 1;
}

/* Bits in and out of a share, the first one first: five to a character, a check at the end of each line. */
typedef struct
{
  guint8 *values; /* LETTERS of them, 0 to 31 */
  guint at;       /* of the next bit, checks not counted */
} Bits;

static guint8 *
value_at (Bits *bits)
{
  guint letter = bits->at / 5;

  return &bits->values[letter / (LINE_LETTERS - 1) * LINE_LETTERS + letter % (LINE_LETTERS - 1)];
}

static void
put (Bits *bits, guint value, guint n_bits)
{
  for (; n_bits > 0; n_bits--, bits->at++)
    *value_at (bits) |= (value >> (n_bits - 1) & 1) << (4 - bits->at % 5);
}

static guint
take (Bits *bits, guint n_bits)
{
  guint value = 0;

  for (; n_bits > 0; n_bits--, bits->at++)
    value = value << 1 | (*value_at (bits) >> (4 - bits->at % 5) & 1);
  return value;
}

static guint
sum_of (const guint8 *line, guint n_letters)
{
  guint sum = 0;

  for (guint i = 0; i < n_letters; i++)
    sum = add_to_check (sum, line[i]);
  return sum;
}

XqSecret *
xq_share_write (const XqShare *share)
{
  g_autoptr (XqSecret) values = xq_secret_new (LETTERS);
  XqSecret *text = xq_secret_new (LENGTH);
  Bits bits = { xq_secret_bytes (values), 0 };
  guint8 *to = xq_secret_bytes (text);

  g_assert (xq_secret_length (share->body) == XQ_RECOVERY_CODE_BYTES);
  put (&bits, share->number, NUMBER_BITS);
  put (&bits, share->set, SET_BITS);
  put (&bits, share->mark, MARK_BITS);
  for (guint i = 0; i < XQ_RECOVERY_CODE_BYTES; i++)
    put (&bits, xq_secret_bytes (share->body)[i], 8);
  for (guint line = 0; line < XQ_SHARE_LINES; line++)
    {
      guint8 *first = bits.values + line * LINE_LETTERS;

      first[LINE_LETTERS - 1] = add_to_check (sum_of (first, LINE_LETTERS - 1), line_sum (line));
    }
  for (guint i = 0; i < LETTERS; i++)
    {
      if (i > 0 && i % 4 == 0)
        *to++ = '-';
      *to++ = (guint8) xq_recovery_code_letter (bits.values[i]);
    }
  return text;
}

static gboolean
refuse (guint *ret_line, guint line, GError **error, const char *message)
{
  *ret_line = line;
  g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD, message);
  return FALSE;
}

static gboolean
refuse_line (guint *ret_line, guint line, GError **error, const char *format)
{
  g_autofree char *number = g_strdup_printf ("%u", line);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *message = g_strjoinv (number, parts);

  return refuse (ret_line, line, error, message);
}

static const char *
not_a_letter (void)
{
  return _ ("A share has only letters and the digits 2 to 7. Compare it with the paper.");
}

static const char *
differing_line (void)
{
  return _ ("Line %s differs from the paper: a character in it is wrong, missing or too many. Compare its four groups.");
}

/* As many characters as there are, at most one more than there may be; -1 when one of them cannot be. */
static int
read_values (const char *text, guint8 *ret_values)
{
  int letters = 0;

  for (; *text != '\0' && letters <= LETTERS; text = g_utf8_next_char (text))
    {
      int value = xq_recovery_code_value (g_utf8_get_char (text));

      if (value == -1)
        continue;
      if (value < 0)
        return -1;
      if (letters < LETTERS)
        ret_values[letters] = (guint8) value;
      letters++;
    }
  return letters;
}

/* A character too few or too many makes its line wrong as well, so the lines are looked at first. */
static gboolean
check_values (const guint8 *values, int letters, guint *ret_line, GError **error)
{
  if (letters < 0)
    return refuse (ret_line, 0, error, not_a_letter ());
  for (guint line = 0; line < MIN ((guint) letters, LETTERS) / LINE_LETTERS; line++)
    if (sum_of (values + line * LINE_LETTERS, LINE_LETTERS) != line_sum (line))
      return refuse_line (ret_line, line + 1, error, differing_line ());
  if (letters < LETTERS)
    return refuse_line (ret_line, (guint) letters / LINE_LETTERS + 1, error,
                        _ ("Line %s is not complete. A share has 4 lines of 4 groups, each of 4 characters."));
  if (letters > LETTERS)
    return refuse (ret_line, XQ_SHARE_LINES, error,
                   _ ("There is more than a share has: 4 lines of 4 groups, each of 4 characters."));
  return TRUE;
}

XqShare *
xq_share_read (const char *text, guint *ret_line, GError **error)
{
  g_autoptr (XqSecret) values = xq_secret_new (LETTERS);
  g_autoptr (XqShare) share = g_new0 (XqShare, 1);
  Bits bits = { xq_secret_bytes (values), 0 };
  guint line;

  g_return_val_if_fail (text != NULL, NULL);

  if (ret_line == NULL)
    ret_line = &line;
  *ret_line = 0;
  if (!g_utf8_validate (text, -1, NULL))
    text = "?";
  if (!check_values (bits.values, read_values (text, bits.values), ret_line, error))
    return NULL;
  share->number = take (&bits, NUMBER_BITS);
  share->set = take (&bits, SET_BITS);
  share->mark = take (&bits, MARK_BITS);
  share->body = xq_secret_new (XQ_RECOVERY_CODE_BYTES);
  for (guint i = 0; i < XQ_RECOVERY_CODE_BYTES; i++)
    xq_secret_bytes (share->body)[i] = (guint8) take (&bits, 8);
  if (share->number == 0 || share->set == 0)
    {
      refuse (ret_line, 1, error, _ ("Line 1 is well written but begins no share that this program knows. Compare it with the paper, or bring the program up to date."));
      return NULL;
    }
  return g_steal_pointer (&share);
}

gboolean
xq_share_check_line (const char *text, guint line, GError **error)
{
  g_autoptr (XqSecret) values = xq_secret_new (LETTERS);
  guint wrong;
  int letters;

  g_return_val_if_fail (text != NULL && line >= 1 && line <= XQ_SHARE_LINES, FALSE);

  letters = g_utf8_validate (text, -1, NULL) ? read_values (text, xq_secret_bytes (values)) : -1;
  if (letters < 0)
    return refuse (&wrong, line, error, not_a_letter ());
  if (letters < LINE_LETTERS)
    return FALSE;
  if (letters > LINE_LETTERS || sum_of (xq_secret_bytes (values), LINE_LETTERS) != line_sum (line - 1))
    return refuse_line (&wrong, line, error, differing_line ());
  return TRUE;
}
