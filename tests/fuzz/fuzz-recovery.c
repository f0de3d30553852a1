/* A recovery code as somebody types it: what is read is the same code again when it is written. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "vault/recovery-code.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *code = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSecret) key = xq_recovery_code_read (code, &error);
  g_autoptr (XqSecret) written = NULL;
  g_autoptr (XqSecret) again = NULL;

  g_assert_true ((key == NULL) == (error != NULL));
  if (key == NULL)
    return 0;
  written = xq_recovery_code_write (key);
  again = xq_recovery_code_read ((const char *) xq_secret_bytes (written), NULL);
  g_assert_nonnull (again);
  g_assert_cmpmem (xq_secret_bytes (key), xq_secret_length (key), xq_secret_bytes (again), xq_secret_length (again));
  return 0;
}
