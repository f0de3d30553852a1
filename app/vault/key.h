/* The vault's key and its wrapping under a password: Argon2id makes a key of the password, XChaCha20-Poly1305
 * wraps the vault's key with it. Private to this room. */
#pragma once

#include "vault/secret.h"

G_BEGIN_DECLS

#define XQ_SALT_BYTES    16
#define XQ_NONCE_BYTES   24
#define XQ_WRAPPED_BYTES 48
/* Of a key's name, in hex digits. */
#define XQ_KEY_NAME_LENGTH 32

/* No slot is weaker than this, and none that a file asks for may cost more. */
#define XQ_KDF_LEAST_PASSES 3
#define XQ_KDF_MOST_PASSES  64
#define XQ_KDF_LEAST_BYTES  (G_GUINT64_CONSTANT (64) << 20)
#define XQ_KDF_MOST_BYTES   (G_GUINT64_CONSTANT (1) << 30)

typedef struct
{
  guint64 passes;
  guint64 bytes;
} XqKdfCost;

typedef struct
{
  XqKdfCost cost;
  guint8 salt[XQ_SALT_BYTES];
  guint8 nonce[XQ_NONCE_BYTES];
  guint8 wrapped[XQ_WRAPPED_BYTES];
} XqWrappedKey;

/* 256 random bits. */
XqSecret *xq_key_new (void);
/* A name by which slots of the same key are told from those of another, and which tells nothing of the key.
 * @ret_name: XQ_KEY_NAME_LENGTH characters and an end */
void xq_key_name (XqSecret *key, char *ret_name);

/* Measured so that one try takes about a second here. With `XINQIAO_KDF=minimum` in the environment the
 * least that is allowed: for tests and the demo. */
XqKdfCost xq_kdf_cost_measure (void);
gboolean xq_kdf_cost_is_allowed (const XqKdfCost *cost);

/* @context is authenticated with the key: the slot's other words. FALSE when the memory cannot be had. */
gboolean xq_key_wrap (XqSecret *key, XqSecret *password, const XqKdfCost *cost, const char *context,
                      XqWrappedKey *ret_wrapped);
/* NULL when the password is not this one's, or a byte has changed; @ret_no_memory tells the third reason. */
XqSecret *xq_key_unwrap (const XqWrappedKey *wrapped, XqSecret *password, const char *context,
                         gboolean *ret_no_memory);

G_END_DECLS
