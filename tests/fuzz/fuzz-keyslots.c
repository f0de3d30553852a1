/* keyslots.json and a recovery code, by anybody. */
#include "config.h"

#include <stdint.h>

#include "vault/keyslots.h"
#include "vault/recovery-code.h"

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length);

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *code = g_strndup ((const char *) bytes, length);
  g_autoptr (XqKeyslots) slots = xq_keyslots_parse ((const char *) bytes, length);
  g_autoptr (XqSecret) key = xq_recovery_code_read (code, NULL);

  return 0;
}
