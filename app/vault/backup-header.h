/* The first 4096 bytes of a backup. Private to this room and to whoever throws hostile bytes at it; the format stands in
 * backup.h. */
#pragma once

#include "vault/secret.h"

G_BEGIN_DECLS

#define XQ_BACKUP_HEADER_BYTES    4096
#define XQ_BACKUP_SLOTS_OFFSET    4096
#define XQ_BACKUP_SLOTS_MOST      65536
#define XQ_BACKUP_SEALED_OFFSET   69632
#define XQ_BACKUP_SEALED_MOST     61440
#define XQ_BACKUP_DATABASE_OFFSET 131072
#define XQ_BACKUP_HASH_BYTES      32
#define XQ_BACKUP_VAULT_LENGTH    32
#define XQ_BACKUP_PROGRAM_MOST    32

/**
 * XqBackupHeader:
 * @vault: 32 hex digits that name the vault, those of its keyslots.json; all "0" when it had none
 * @made_at: unix seconds
 * @program: the version that wrote it
 * @schema: of the database inside
 * @slots_bytes: length of the keyslots inside, 0 for none
 * @sealed_bytes: length of the sealed contents
 * @database_bytes: length of the database image
 * @slots_hash: BLAKE2b-256, as the two that follow
 * @mac: BLAKE2b-256 of the lines before, keyed from the vault's key
 */
typedef struct
{
  char vault[XQ_BACKUP_VAULT_LENGTH + 1];
  gint64 made_at;
  char program[XQ_BACKUP_PROGRAM_MOST + 1];
  guint64 schema;
  guint64 slots_bytes;
  guint64 sealed_bytes;
  guint64 database_bytes;
  guint8 slots_hash[XQ_BACKUP_HASH_BYTES];
  guint8 sealed_hash[XQ_BACKUP_HASH_BYTES];
  guint8 database_hash[XQ_BACKUP_HASH_BYTES];
  guint8 mac[XQ_BACKUP_HASH_BYTES];
} XqBackupHeader;

/* What bytes from anywhere turn out to be. */
typedef enum
{
  XQ_BACKUP_IS_SOUND,
  XQ_BACKUP_IS_FOREIGN,    /* no backup of this program */
  XQ_BACKUP_IS_UNFINISHED, /* begun and never brought to its end */
  XQ_BACKUP_IS_NEWER,      /* of a format that a later program writes */
  XQ_BACKUP_IS_DAMAGED,
} XqBackupVerdict;

/**
 * xq_backup_header_parse:
 * @bytes: the beginning of a file; nothing about it is trusted
 * @length: how much there is of it
 * @ret_header: (out): untouched unless the header is sound
 *
 * Takes what xq_backup_header_write() writes, byte for byte, and nothing else. Whether the vault's own key wrote it is
 * asked by xq_backup_header_is_signed().
 */
XqBackupVerdict xq_backup_header_parse (const guint8 *bytes, gsize length, XqBackupHeader *ret_header);
/* Signs @header with @key and writes its XQ_BACKUP_HEADER_BYTES into @ret_bytes. */
void xq_backup_header_write (XqBackupHeader *header, XqSecret *key, guint8 *ret_bytes);
gboolean xq_backup_header_is_signed (const XqBackupHeader *header, XqSecret *key);
/* What stands at the beginning of a file that is being written. */
void xq_backup_header_write_unfinished (const char *vault, guint8 *ret_bytes);
/* Whether @bytes begin a file of the vault @vault that was never brought to its end. */
gboolean xq_backup_header_is_unfinished (const guint8 *bytes, gsize length, const char *vault);

/* @plain under a key of the vault's; @vault and @made_at are authenticated beside it. (transfer full) */
GBytes *xq_backup_seal (const char *plain, const char *vault, gint64 made_at, XqSecret *key);
/* NULL when a byte has changed or the key is another's. (transfer full) */
char *xq_backup_unseal (const guint8 *sealed, gsize length, const char *vault, gint64 made_at, XqSecret *key);

G_END_DECLS
