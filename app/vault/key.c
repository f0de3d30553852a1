#include "config.h"

#include "vault/key.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "vault/database-private.h"

G_STATIC_ASSERT (XQ_SALT_BYTES == crypto_pwhash_argon2id_SALTBYTES);
G_STATIC_ASSERT (XQ_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (XQ_WRAPPED_BYTES == XQ_KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES);
G_STATIC_ASSERT (XQ_KEY_NAME_LENGTH / 2 >= crypto_kdf_BYTES_MIN);
G_STATIC_ASSERT (XQ_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

#define WANTED_SECONDS 1.0

XqSecret *
xq_key_new (void)
{
  XqSecret *key = xq_secret_new (XQ_KEY_BYTES);

  randombytes_buf (xq_secret_bytes (key), XQ_KEY_BYTES);
  return key;
}

void
xq_key_name (XqSecret *key, char *ret_name)
{
  guint8 name[XQ_KEY_NAME_LENGTH / 2];

  crypto_kdf_derive_from_key (name, sizeof name, 2, "xqkeynam", xq_secret_bytes (key));
  sodium_bin2hex (ret_name, XQ_KEY_NAME_LENGTH + 1, name, sizeof name);
}

static XqSecret *
derive (XqSecret *password, const guint8 *salt, const XqKdfCost *cost)
{
  g_autoptr (XqSecret) derived = xq_secret_new (XQ_KEY_BYTES);

  if (crypto_pwhash_argon2id (xq_secret_bytes (derived), XQ_KEY_BYTES,
                              (const char *) xq_secret_bytes (password), xq_secret_length (password), salt,
                              cost->passes, cost->bytes, crypto_pwhash_argon2id_ALG_ARGON2ID13)
      != 0)
    return NULL;
  return g_steal_pointer (&derived);
}

/* A quarter of the machine's memory at most: the desk goes on working meanwhile. */
static guint64
affordable_bytes (void)
{
  guint64 memory = (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGESIZE);
  guint64 bytes = XQ_KDF_LEAST_BYTES;

  while (bytes < (XQ_KDF_LEAST_BYTES << 2) && bytes * 2 <= memory / 4)
    bytes *= 2;
  return bytes;
}

static double
seconds_of (const XqKdfCost *cost)
{
  g_autoptr (XqSecret) password = xq_secret_new_text ("measure");
  g_autoptr (XqSecret) derived = NULL;
  const guint8 salt[XQ_SALT_BYTES] = { 0 };
  gint64 start = g_get_monotonic_time ();

  derived = derive (password, salt, cost);
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

XqKdfCost
xq_kdf_cost_measure (void)
{
  const XqKdfCost least = { XQ_KDF_LEAST_PASSES, XQ_KDF_LEAST_BYTES };
  XqKdfCost cost = least;
  double a_pass;

  if (g_strcmp0 (g_getenv ("XINQIAO_KDF"), "minimum") == 0)
    return least;
  cost.bytes = affordable_bytes ();
  a_pass = seconds_of (&cost) / (double) cost.passes;
  if (a_pass > 0)
    cost.passes = (guint64) CLAMP (WANTED_SECONDS / a_pass, XQ_KDF_LEAST_PASSES, XQ_KDF_MOST_PASSES);
  return cost;
}

gboolean
xq_kdf_cost_is_allowed (const XqKdfCost *cost)
{
  return cost->passes >= XQ_KDF_LEAST_PASSES && cost->passes <= XQ_KDF_MOST_PASSES
         && cost->bytes >= XQ_KDF_LEAST_BYTES && cost->bytes <= XQ_KDF_MOST_BYTES;
}

gboolean
xq_key_wrap (XqSecret *key, XqSecret *password, const XqKdfCost *cost, const char *context,
             XqWrappedKey *ret_wrapped)
{
  g_autoptr (XqSecret) derived = NULL;
  XqWrappedKey wrapped = { .cost = *cost };

  g_assert (xq_secret_length (key) == XQ_KEY_BYTES);
  randombytes_buf (wrapped.salt, XQ_SALT_BYTES);
  randombytes_buf (wrapped.nonce, XQ_NONCE_BYTES);
  derived = derive (password, wrapped.salt, cost);
  if (derived == NULL)
    return FALSE;
  crypto_aead_xchacha20poly1305_ietf_encrypt (wrapped.wrapped, NULL, xq_secret_bytes (key), XQ_KEY_BYTES,
                                              (const guint8 *) context, strlen (context), NULL,
                                              wrapped.nonce, xq_secret_bytes (derived));
  *ret_wrapped = wrapped;
  return TRUE;
}

XqSecret *
xq_key_unwrap (const XqWrappedKey *wrapped, XqSecret *password, const char *context, gboolean *ret_no_memory)
{
  g_autoptr (XqSecret) key = xq_secret_new (XQ_KEY_BYTES);
  g_autoptr (XqSecret) derived = derive (password, wrapped->salt, &wrapped->cost);

  *ret_no_memory = derived == NULL;
  if (derived == NULL
      || crypto_aead_xchacha20poly1305_ietf_decrypt (xq_secret_bytes (key), NULL, NULL, wrapped->wrapped,
                                                     XQ_WRAPPED_BYTES, (const guint8 *) context,
                                                     strlen (context), wrapped->nonce,
                                                     xq_secret_bytes (derived))
             != 0)
    return NULL;
  return g_steal_pointer (&key);
}
