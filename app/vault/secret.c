#include "config.h"

#include "vault/secret.h"

#include <sodium.h>
#include <string.h>

struct _XqSecret
{
  gsize length;
  guint8 *bytes;
};

XqSecret *
xq_secret_new (gsize length)
{
  XqSecret *secret = g_new0 (XqSecret, 1);

  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  secret->length = length;
  /* One more: the bytes may be read as a string. */
  secret->bytes = sodium_malloc (length + 1);
  if (secret->bytes == NULL)
    g_error ("no guarded memory for %" G_GSIZE_FORMAT " bytes", length);
  memset (secret->bytes, 0, length + 1);
  return secret;
}

XqSecret *
xq_secret_new_text (const char *text)
{
  XqSecret *secret;

  g_return_val_if_fail (text != NULL, NULL);

  secret = xq_secret_new (strlen (text));
  memcpy (secret->bytes, text, secret->length);
  return secret;
}

void
xq_secret_free (XqSecret *secret)
{
  if (secret == NULL)
    return;
  sodium_free (secret->bytes);
  g_free (secret);
}

guint8 *
xq_secret_bytes (XqSecret *secret)
{
  return secret->bytes;
}

gsize
xq_secret_length (const XqSecret *secret)
{
  return secret->length;
}
