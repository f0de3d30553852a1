#include "config.h"

#include "vault/backup-header.h"

#include <sodium.h>
#include <string.h>

#define MAGIC      "xinqiao-backup "
#define VERSION    "1\n"
#define UNFINISHED "xinqiao-unfinished 1\nvault "
#define CONTEXT    "xqbackup"
#define SIGNS      2
#define SEALS      3
/* As far as SQLite's largest file. */
#define MOST_BYTES (G_GUINT64_CONSTANT (1) << 48)
#define NONCE      crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG        crypto_aead_xchacha20poly1305_ietf_ABYTES

/* For whoever opens the file in an editor, without this program. */
#define ADVICE "open tail -c +131073 FILE > vault.db; sqlcipher vault.db; PRAGMA key = \"x'64 hex digits'\";\n"

/* What is left to read. */
typedef struct
{
  const char *at;
  const char *end;
} Cursor;

static gboolean
take_word (Cursor *cursor, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (cursor->end - cursor->at) < length || memcmp (cursor->at, word, length) != 0)
    return FALSE;
  cursor->at += length;
  return TRUE;
}

/* The characters of @allowed up to the end of the line, @least to @most of them, with a terminator. */
static gboolean
take_text (Cursor *cursor, const char *name, const char *allowed, gsize least, gsize most, char *ret_text)
{
  gsize length = 0;

  if (!take_word (cursor, name))
    return FALSE;
  while (cursor->at < cursor->end && length < most && *cursor->at != '\0' && strchr (allowed, *cursor->at) != NULL)
    ret_text[length++] = *cursor->at++;
  ret_text[length] = '\0';
  return length >= least && take_word (cursor, "\n");
}

static gboolean
take_number (Cursor *cursor, const char *name, guint64 most, guint64 *ret_number)
{
  char digits[20];

  return take_text (cursor, name, "0123456789", 1, sizeof digits - 1, digits)
         && (digits[0] != '0' || digits[1] == '\0')
         && g_ascii_string_to_unsigned (digits, 10, 0, most, ret_number, NULL);
}

static gboolean
take_hash (Cursor *cursor, const char *name, guint8 *ret_hash)
{
  char digits[2 * XQ_BACKUP_HASH_BYTES + 1];

  return take_text (cursor, name, "0123456789abcdef", sizeof digits - 1, sizeof digits - 1, digits)
         && sodium_hex2bin (ret_hash, XQ_BACKUP_HASH_BYTES, digits, sizeof digits - 1, NULL, NULL, NULL) == 0;
}

static gboolean
take_fields (Cursor *cursor, XqBackupHeader *header)
{
  guint64 made_at;

  if (!take_text (cursor, "vault ", "0123456789abcdef", XQ_BACKUP_VAULT_LENGTH, XQ_BACKUP_VAULT_LENGTH, header->vault)
      || !take_number (cursor, "made ", MOST_BYTES, &made_at)
      || !take_text (cursor, "program ", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+~-", 1,
                     XQ_BACKUP_PROGRAM_MOST, header->program)
      || !take_number (cursor, "schema ", G_MAXINT32, &header->schema)
      || !take_number (cursor, "slots-bytes ", XQ_BACKUP_SLOTS_MOST, &header->slots_bytes)
      || !take_number (cursor, "sealed-bytes ", XQ_BACKUP_SEALED_MOST, &header->sealed_bytes)
      || !take_number (cursor, "database-bytes ", MOST_BYTES, &header->database_bytes)
      || !take_hash (cursor, "slots-blake2b ", header->slots_hash)
      || !take_hash (cursor, "sealed-blake2b ", header->sealed_hash)
      || !take_hash (cursor, "database-blake2b ", header->database_hash) || !take_word (cursor, ADVICE)
      || !take_hash (cursor, "mac ", header->mac))
    return FALSE;
  header->made_at = (gint64) made_at;
  return header->database_bytes > 0;
}

XqBackupVerdict
xq_backup_header_parse (const guint8 *bytes, gsize length, XqBackupHeader *ret_header)
{
  Cursor cursor = { (const char *) bytes, (const char *) bytes + MIN (length, XQ_BACKUP_HEADER_BYTES) };
  XqBackupHeader header = { 0 };

  if (take_word (&cursor, UNFINISHED))
    return XQ_BACKUP_IS_UNFINISHED;
  if (!take_word (&cursor, MAGIC))
    return XQ_BACKUP_IS_FOREIGN;
  if (!take_word (&cursor, VERSION))
    return cursor.at < cursor.end && *cursor.at >= '1' && *cursor.at <= '9' ? XQ_BACKUP_IS_NEWER : XQ_BACKUP_IS_DAMAGED;
  if (length < XQ_BACKUP_HEADER_BYTES || !take_fields (&cursor, &header))
    return XQ_BACKUP_IS_DAMAGED;
  while (cursor.at < cursor.end)
    if (*cursor.at++ != '\0')
      return XQ_BACKUP_IS_DAMAGED;
  *ret_header = header;
  return XQ_BACKUP_IS_SOUND;
}

/* The lines that are signed. */
static char *
signed_lines (const XqBackupHeader *header)
{
  char slots[2 * XQ_BACKUP_HASH_BYTES + 1], sealed[sizeof slots], database[sizeof slots];

  sodium_bin2hex (slots, sizeof slots, header->slots_hash, XQ_BACKUP_HASH_BYTES);
  sodium_bin2hex (sealed, sizeof sealed, header->sealed_hash, XQ_BACKUP_HASH_BYTES);
  sodium_bin2hex (database, sizeof database, header->database_hash, XQ_BACKUP_HASH_BYTES);
  return g_strdup_printf (MAGIC VERSION "vault %s\nmade %" G_GINT64_FORMAT "\nprogram %s\nschema %" G_GUINT64_FORMAT
                          "\nslots-bytes %" G_GUINT64_FORMAT "\nsealed-bytes %" G_GUINT64_FORMAT
                          "\ndatabase-bytes %" G_GUINT64_FORMAT
                          "\nslots-blake2b %s\nsealed-blake2b %s\ndatabase-blake2b %s\n" ADVICE,
                          header->vault, header->made_at, header->program, header->schema, header->slots_bytes,
                          header->sealed_bytes, header->database_bytes, slots, sealed, database);
}

static XqSecret *
subkey (XqSecret *key, guint64 number)
{
  XqSecret *derived = xq_secret_new (crypto_kdf_KEYBYTES);

  g_assert (xq_secret_length (key) == crypto_kdf_KEYBYTES);
  crypto_kdf_derive_from_key (xq_secret_bytes (derived), crypto_kdf_KEYBYTES, number, CONTEXT, xq_secret_bytes (key));
  return derived;
}

static void
make_mac (const char *lines, XqSecret *key, guint8 *ret_mac)
{
  g_autoptr (XqSecret) signing = subkey (key, SIGNS);

  crypto_generichash (ret_mac, XQ_BACKUP_HASH_BYTES, (const guint8 *) lines, strlen (lines), xq_secret_bytes (signing),
                      xq_secret_length (signing));
}

void
xq_backup_header_write (XqBackupHeader *header, XqSecret *key, guint8 *ret_bytes)
{
  g_autofree char *lines = signed_lines (header);
  char mac[2 * XQ_BACKUP_HASH_BYTES + 1];
  g_autofree char *all = NULL;

  make_mac (lines, key, header->mac);
  sodium_bin2hex (mac, sizeof mac, header->mac, XQ_BACKUP_HASH_BYTES);
  all = g_strdup_printf ("%smac %s\n", lines, mac);
  g_assert (strlen (all) < XQ_BACKUP_HEADER_BYTES);
  memset (ret_bytes, 0, XQ_BACKUP_HEADER_BYTES);
  memcpy (ret_bytes, all, strlen (all));
}

gboolean
xq_backup_header_is_signed (const XqBackupHeader *header, XqSecret *key)
{
  g_autofree char *lines = signed_lines (header);
  guint8 mac[XQ_BACKUP_HASH_BYTES];

  make_mac (lines, key, mac);
  return sodium_memcmp (mac, header->mac, sizeof mac) == 0;
}

void
xq_backup_header_write_unfinished (const char *vault, guint8 *ret_bytes)
{
  memset (ret_bytes, 0, XQ_BACKUP_HEADER_BYTES);
  g_snprintf ((char *) ret_bytes, XQ_BACKUP_HEADER_BYTES, UNFINISHED "%s\n", vault);
}

gboolean
xq_backup_header_is_unfinished (const guint8 *bytes, gsize length, const char *vault)
{
  Cursor cursor = { (const char *) bytes, (const char *) bytes + length };

  return take_word (&cursor, UNFINISHED) && take_word (&cursor, vault) && take_word (&cursor, "\n");
}

/* -- the sealed contents */

static char *
seal_context (const char *vault, gint64 made_at)
{
  return g_strdup_printf (MAGIC "1/%s/%" G_GINT64_FORMAT, vault, made_at);
}

GBytes *
xq_backup_seal (const char *plain, const char *vault, gint64 made_at, XqSecret *key)
{
  g_autoptr (XqSecret) sealing = subkey (key, SEALS);
  g_autofree char *context = seal_context (vault, made_at);
  gsize length = strlen (plain);
  guint8 *sealed = g_malloc (NONCE + length + TAG);

  randombytes_buf (sealed, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE, NULL, (const guint8 *) plain, length,
                                              (const guint8 *) context, strlen (context), NULL, sealed,
                                              xq_secret_bytes (sealing));
  return g_bytes_new_take (sealed, NONCE + length + TAG);
}

char *
xq_backup_unseal (const guint8 *sealed, gsize length, const char *vault, gint64 made_at, XqSecret *key)
{
  g_autoptr (XqSecret) sealing = subkey (key, SEALS);
  g_autofree char *context = seal_context (vault, made_at);
  g_autofree char *plain = NULL;

  if (length < NONCE + TAG)
    return NULL;
  plain = g_malloc0 (length - NONCE - TAG + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *) plain, NULL, NULL, sealed + NONCE, length - NONCE,
                                                  (const guint8 *) context, strlen (context), sealed,
                                                  xq_secret_bytes (sealing))
      != 0)
    return NULL;
  return g_steal_pointer (&plain);
}
