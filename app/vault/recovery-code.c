#include "config.h"

#include "vault/recovery-code.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "vault/database-private.h"

#define CHECKSUM_BYTES 3
#define CODE_BYTES     XQ_RECOVERY_CODE_BYTES
#define CODE_LETTERS   (CODE_BYTES * 8 / 5)
#define CODE_LENGTH    (CODE_LETTERS + CODE_LETTERS / 4 - 1)

G_STATIC_ASSERT (CODE_BYTES == XQ_KEY_BYTES + CHECKSUM_BYTES);
G_STATIC_ASSERT (CODE_BYTES * 8 % 5 == 0);

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static void
checksum (const guint8 *key, guint8 *ret_checksum)
{
  guint8 hash[crypto_generichash_BYTES_MIN];

  crypto_generichash (hash, sizeof hash, key, XQ_KEY_BYTES, NULL, 0);
  memcpy (ret_checksum, hash, CHECKSUM_BYTES);
  sodium_memzero (hash, sizeof hash);
}

XqSecret *
xq_recovery_code_pack (XqSecret *key)
{
  XqSecret *bytes = xq_secret_new (CODE_BYTES);

  g_assert (xq_secret_length (key) == XQ_KEY_BYTES);
  memcpy (xq_secret_bytes (bytes), xq_secret_bytes (key), XQ_KEY_BYTES);
  checksum (xq_secret_bytes (bytes), xq_secret_bytes (bytes) + XQ_KEY_BYTES);
  return bytes;
}

XqSecret *
xq_recovery_code_unpack (XqSecret *bytes)
{
  guint8 expected[CHECKSUM_BYTES];
  XqSecret *key;

  g_assert (xq_secret_length (bytes) == CODE_BYTES);
  checksum (xq_secret_bytes (bytes), expected);
  if (sodium_memcmp (expected, xq_secret_bytes (bytes) + XQ_KEY_BYTES, CHECKSUM_BYTES) != 0)
    return NULL;
  key = xq_secret_new (XQ_KEY_BYTES);
  memcpy (xq_secret_bytes (key), xq_secret_bytes (bytes), XQ_KEY_BYTES);
  return key;
}

char
xq_recovery_code_letter (guint value)
{
  g_assert (value < sizeof alphabet - 1);
  return alphabet[value];
}

XqSecret *
xq_recovery_code_write (XqSecret *key)
{
  g_autoptr (XqSecret) bytes = xq_recovery_code_pack (key);
  XqSecret *code = xq_secret_new (CODE_LENGTH);
  const guint8 *from = xq_secret_bytes (bytes);
  guint8 *to = xq_secret_bytes (code);

  for (int i = 0; i < CODE_LETTERS; i++)
    {
      int bit = i * 5;
      guint pair = from[bit / 8] << 8 | (bit / 8 + 1 < CODE_BYTES ? from[bit / 8 + 1] : 0);

      if (i > 0 && i % 4 == 0)
        *to++ = '-';
      *to++ = alphabet[pair >> (11 - bit % 8) & 31];
    }
  return code;
}

int
xq_recovery_code_value (gunichar letter)
{
  if (letter >= 0xff01 && letter <= 0xff5e)
    letter -= 0xff01 - '!';
  if (g_unichar_isspace (letter) || letter == 0x3000 || g_unichar_type (letter) == G_UNICODE_DASH_PUNCTUATION
      || letter == 0x2212 || letter == 0x30fc)
    return -1;
  if (letter >= 'a' && letter <= 'z')
    return letter - 'a';
  if (letter >= 'A' && letter <= 'Z')
    return letter - 'A';
  if (letter >= '2' && letter <= '7')
    return letter - '2' + 26;
  if (letter == '0')
    return 'O' - 'A';
  if (letter == '1')
    return 'I' - 'A';
  if (letter == '8')
    return 'B' - 'A';
  return -2;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD, message);
  return FALSE;
}

static gboolean
read_letters (const char *code, guint8 *ret_bytes, GError **error)
{
  guint bits = 0, held = 0;
  int letters = 0;

  for (const char *at = code; *at != '\0'; at = g_utf8_next_char (at))
    {
      int value = xq_recovery_code_value (g_utf8_get_char (at));

      if (value == -1)
        continue;
      if (value < 0)
        return refuse (error, _ ("The recovery code has only letters and the digits 2 to 7. Compare it with the paper."));
      if (++letters > CODE_LETTERS)
        break;
      bits = (bits << 5 | (guint) value) & 0xfff;
      held += 5;
      if (held >= 8)
        {
          held -= 8;
          *ret_bytes++ = bits >> held & 0xff;
        }
    }
  if (letters == CODE_LETTERS)
    return TRUE;
  if (letters > CODE_LETTERS)
    return refuse (error, _ ("The recovery code is too long: it has 14 groups of four. Compare it with the paper."));
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
               ngettext ("The recovery code is not complete: it has 14 groups of four, %d character was typed.",
                         "The recovery code is not complete: it has 14 groups of four, %d characters were typed.",
                         letters),
               letters);
  return FALSE;
}

XqSecret *
xq_recovery_code_read (const char *code, GError **error)
{
  g_autoptr (XqSecret) bytes = xq_secret_new (CODE_BYTES);
  XqSecret *key;

  g_return_val_if_fail (code != NULL, NULL);

  if (!g_utf8_validate (code, -1, NULL))
    code = "?";
  if (!read_letters (code, xq_secret_bytes (bytes), error))
    return NULL;
  key = xq_recovery_code_unpack (bytes);
  if (key == NULL)
    refuse (error, _ ("A character of the recovery code is wrong. Compare each group with the paper."));
  return key;
}
