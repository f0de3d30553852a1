/* keyslots.json, by anybody. */
#include "config.h"

#include <stdint.h>

#include "vault/keyslots.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_parse ((const char *) data, size);

  return 0;
}
