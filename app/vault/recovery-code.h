/* The vault's key as it stands on paper. Private to this room. */
#pragma once

#include "vault/secret.h"

G_BEGIN_DECLS

/* The key and the checksum. */
#define XQ_RECOVERY_CODE_BYTES 35

/* The 32 bytes of the key and a checksum of 3 (BLAKE2b of the key), 280 bits, as 56 characters of RFC 4648
 * base32 in groups of four: "ABCD-EFGH-…". `base32 -d` reads it back. */
XqSecret *xq_recovery_code_write (XqSecret *key);
/* Lower case, full-width letters, spaces and any dashes are read as well; 0 is O, 1 is I, 8 is B: base32 has no
 * such digits. XQ_ERROR_PASSWORD says whether the length or the checksum is wrong. */
XqSecret *xq_recovery_code_read (const char *code, GError **error);

/* The XQ_RECOVERY_CODE_BYTES of @key's code, not yet as characters. */
XqSecret *xq_recovery_code_pack (XqSecret *key);
/* The key of them; NULL when the checksum is not theirs. */
XqSecret *xq_recovery_code_unpack (XqSecret *bytes);

/* The character for five bits. */
char xq_recovery_code_letter (guint value);
/* Its five bits, with the forgiveness said above; -1 for what only separates, -2 for what cannot stand in a code. */
int xq_recovery_code_value (gunichar letter);

G_END_DECLS
