/* Argon2id in no time: what these tests look at is which slot stands on the disk, not how dear a guess is. Stands in by the
 * linker's --wrap for the one call that key.c makes. */
#include "config.h"

#include <glib.h>
#include <sodium.h>

int __wrap_crypto_pwhash_argon2id (unsigned char *key, unsigned long long key_length, const char *password,
                                   unsigned long long length, const unsigned char *salt, unsigned long long passes, size_t bytes,
                          int kind);

int
__wrap_crypto_pwhash_argon2id (unsigned char *key, unsigned long long key_length, const char *password,
                      unsigned long long length, const unsigned char *salt, unsigned long long passes, size_t bytes,
                      int kind)
{
  return crypto_generichash (key, key_length, (const unsigned char *) password, length, salt, crypto_pwhash_argon2id_SALTBYTES);
}
