/* The beginning of a backup, by anybody. */
#include "config.h"

#include <stdint.h>

#include "vault/backup-header.h"

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length);

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  XqBackupHeader header;

  if (xq_backup_header_parse (bytes, length, &header) == XQ_BACKUP_IS_SOUND)
    g_assert (header.slots_bytes <= XQ_BACKUP_SLOTS_MOST && header.sealed_bytes <= XQ_BACKUP_SEALED_MOST);
  xq_backup_header_is_unfinished (bytes, length, "0123456789abcdef0123456789abcdef");
  return 0;
}
