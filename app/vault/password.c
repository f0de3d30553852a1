/* How hard a password is to guess: its length, less what a guesser gets for nothing. No rule of "one digit, one
 * capital": those make `Password1`. */
#include "config.h"

#include "vault/vault-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/resource.h"

/* 24 characters of 31: 118 bits. */
#define PROPOSED_GROUPS 6

static gboolean
is_on_line (const char *line, gsize length, XqSecret *password)
{
  return length == xq_secret_length (password)
         && g_ascii_strncasecmp (line, (const char *) xq_secret_bytes (password), length) == 0;
}

/* The file has one a line. */
static gboolean
is_common (XqSecret *password)
{
  g_autoptr (GBytes) bytes = xq_resource_load ("common-passwords.txt", NULL);
  const char *line, *end;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  line = g_bytes_get_data (bytes, &length);
  end = line + length;
  while (line < end)
    {
      const char *stop = memchr (line, '\n', end - line);

      if (stop == NULL)
        stop = end;
      if (is_on_line (line, stop - line, password))
        return TRUE;
      line = stop + 1;
    }
  return FALSE;
}

/* A Chinese character is one of thousands, so it counts for two; the next one of a run ("aaaa", "4567") for
 * nothing. */
static int
worth (XqSecret *password)
{
  const char *text = (const char *) xq_secret_bytes (password);
  gunichar before = 0;
  int sum = 0;

  if (!g_utf8_validate (text, -1, NULL))
    return (int) xq_secret_length (password);
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar letter = g_utf8_get_char (text);

      if (letter != before && letter != before + 1 && letter + 1 != before)
        sum += letter >= 0x2e80 ? 2 : 1;
      before = letter;
    }
  return sum;
}

int
xq_password_strength (XqSecret *password, const char **ret_advice)
{
  static const struct
  {
    int least;
    int strength;
    const char *advice;
  } steps[] = {
    { 16, 4, N_ ("Very strong.") },
    { 12, 3, N_ ("Strong.") },
    { 8, 2, N_ ("Good enough. Three or four words that do not belong together are stronger and easier to remember.") },
    { 6, 1, N_ ("Too weak: make it longer. Three or four words that do not belong together are easy to remember.") },
    { 0, 0, N_ ("Far too short: take at least 8 characters that do not follow each other like 1234.") },
  };
  int sum = worth (password);
  gsize step = 0;

  if (is_common (password))
    {
      if (ret_advice != NULL)
        *ret_advice = _ ("This is one of the passwords that are tried first. Take another.");
      return 0;
    }
  while (sum < steps[step].least)
    step++;
  if (ret_advice != NULL)
    *ret_advice = _ (steps[step].advice);
  return steps[step].strength;
}

static gboolean
is_at_least (XqSecret *password, int least, const char *advice_for_more, GError **error)
{
  const char *advice;
  int strength = xq_password_strength (password, &advice);

  if (strength >= least)
    return TRUE;
  g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                       strength >= XQ_PASSWORD_ACCEPTED ? advice_for_more : advice);
  return FALSE;
}

gboolean
xq_password_is_accepted (XqSecret *password, GError **error)
{
  return is_at_least (password, XQ_PASSWORD_ACCEPTED, NULL, error);
}

gboolean
xq_custodian_password_is_accepted (XqSecret *password, GError **error)
{
  return is_at_least (password, XQ_CUSTODIAN_ACCEPTED,
                      _ ("A custodian's password lies in a sealed envelope for years and nobody need remember it: take at least 16 characters, best the ones that are proposed."),
                      error);
}

XqSecret *
xq_custodian_password_propose (void)
{
  static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
  XqSecret *password = xq_secret_new (PROPOSED_GROUPS * 5 - 1);
  char *text = (char *) xq_secret_bytes (password);

  for (int i = 0; i < PROPOSED_GROUPS * 5 - 1; i++)
    text[i] = i % 5 == 4 ? '-' : alphabet[randombytes_uniform (sizeof alphabet - 1)];
  return password;
}
