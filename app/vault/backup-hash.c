#include "config.h"

#include "vault/backup-hash.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "vault/backup-header.h"

struct _XqBackupHash
{
  EVP_MD_CTX *context;
};

XqBackupHash *
xq_backup_hash_new (void)
{
  XqBackupHash *hash = g_new0 (XqBackupHash, 1);
  size_t length = XQ_BACKUP_HASH_BYTES;
  const OSSL_PARAM params[] = { OSSL_PARAM_construct_size_t (OSSL_DIGEST_PARAM_SIZE, &length), OSSL_PARAM_construct_end () };

  hash->context = EVP_MD_CTX_new ();
  if (hash->context == NULL || EVP_DigestInit_ex2 (hash->context, EVP_blake2b512 (), params) != 1)
    g_error ("libcrypto has no BLAKE2b");
  return hash;
}

void
xq_backup_hash_free (XqBackupHash *hash)
{
  if (hash == NULL)
    return;
  EVP_MD_CTX_free (hash->context);
  g_free (hash);
}

void
xq_backup_hash_update (XqBackupHash *hash, const guint8 *bytes, gsize length)
{
  if (EVP_DigestUpdate (hash->context, bytes, length) != 1)
    g_error ("libcrypto cannot hash");
}

void
xq_backup_hash_end (XqBackupHash *hash, guint8 *ret_hash)
{
  unsigned int length = 0;

  if (EVP_DigestFinal_ex (hash->context, ret_hash, &length) != 1 || length != XQ_BACKUP_HASH_BYTES)
    g_error ("libcrypto cannot hash");
}
