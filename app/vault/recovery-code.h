/* The vault's key as it stands on paper. Private to this room. */
#pragma once

#include "vault/secret.h"

G_BEGIN_DECLS

/* The 32 bytes of the key and a checksum of 3 (BLAKE2b of the key), 280 bits, as 56 characters of RFC 4648
 * base32 in groups of four: "ABCD-EFGH-…". `base32 -d` reads it back. */
XqSecret *xq_recovery_code_write (XqSecret *key);
/* Lower case, full-width letters, spaces and any dashes are read as well; 0 is O, 1 is I, 8 is B: base32 has no
 * such digits. XQ_ERROR_PASSWORD says whether the length or the checksum is wrong. */
XqSecret *xq_recovery_code_read (const char *code, GError **error);

G_END_DECLS
