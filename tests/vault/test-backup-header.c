/* The header of a backup: what is written is read, and nothing else is. */
#include "config.h"

#include <string.h>

#include "fixture.h"
#include "vault/backup-header.h"

static XqBackupHeader
sample (void)
{
  XqBackupHeader header = {
    .vault = "0123456789abcdef0123456789abcdef",
    .made_at = 1795829400,
    .program = "0.1.0",
    .schema = 8,
    .slots_bytes = 451,
    .sealed_bytes = 664,
    .database_bytes = 1859584,
  };

  memset (header.slots_hash, 1, sizeof header.slots_hash);
  memset (header.sealed_hash, 2, sizeof header.sealed_hash);
  memset (header.database_hash, 3, sizeof header.database_hash);
  return header;
}

static void
test_round_trip (void)
{
  g_autoptr (XqSecret) key = xq_key_new ();
  g_autoptr (XqSecret) other = xq_key_new ();
  XqBackupHeader written = sample (), read;
  guint8 bytes[XQ_BACKUP_HEADER_BYTES], again[XQ_BACKUP_HEADER_BYTES];

  xq_backup_header_write (&written, key, bytes);
  g_assert_cmpint (xq_backup_header_parse (bytes, sizeof bytes, &read), ==, XQ_BACKUP_IS_SOUND);
  g_assert_cmpstr (read.vault, ==, written.vault);
  g_assert_cmpint (read.made_at, ==, written.made_at);
  g_assert_cmpint (read.database_bytes, ==, written.database_bytes);
  g_assert_true (xq_backup_header_is_signed (&read, key));
  g_assert_false (xq_backup_header_is_signed (&read, other));
  xq_backup_header_write (&read, key, again);
  g_assert_cmpmem (bytes, sizeof bytes, again, sizeof again);
}

/* Whatever is changed is refused, or breaks the signature. */
static void
test_every_byte (void)
{
  g_autoptr (XqSecret) key = xq_key_new ();
  XqBackupHeader header = sample (), read;
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];

  xq_backup_header_write (&header, key, bytes);
  for (gsize i = 0; i < sizeof bytes; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        bytes[i] ^= 1u << bit;
        g_assert_false (xq_backup_header_parse (bytes, sizeof bytes, &read) == XQ_BACKUP_IS_SOUND
                        && xq_backup_header_is_signed (&read, key));
        bytes[i] ^= 1u << bit;
      }
  for (gsize length = 0; length < sizeof bytes; length++)
    {
      g_autofree guint8 *exact = g_memdup2 (bytes, length);

      g_assert_cmpint (xq_backup_header_parse (exact, length, &read), !=, XQ_BACKUP_IS_SOUND);
    }
}

static XqBackupVerdict
verdict_of (const char *text)
{
  guint8 bytes[XQ_BACKUP_HEADER_BYTES] = { 0 };
  XqBackupHeader header;

  memcpy (bytes, text, strlen (text));
  return xq_backup_header_parse (bytes, sizeof bytes, &header);
}

static void
test_verdicts (void)
{
  g_assert_cmpint (verdict_of (""), ==, XQ_BACKUP_IS_FOREIGN);
  g_assert_cmpint (verdict_of ("PK\003\004"), ==, XQ_BACKUP_IS_FOREIGN);
  g_assert_cmpint (verdict_of ("xinqiao-backup 2\n"), ==, XQ_BACKUP_IS_NEWER);
  g_assert_cmpint (verdict_of ("xinqiao-backup 10\n"), ==, XQ_BACKUP_IS_NEWER);
  g_assert_cmpint (verdict_of ("xinqiao-backup x\n"), ==, XQ_BACKUP_IS_DAMAGED);
  g_assert_cmpint (verdict_of ("xinqiao-backup 1\nvault x\n"), ==, XQ_BACKUP_IS_DAMAGED);
  g_assert_cmpint (verdict_of ("xinqiao-unfinished 1\nvault x\n"), ==, XQ_BACKUP_IS_UNFINISHED);
}

/* Replaces @from by @to in a sound header. */
static XqBackupVerdict
verdict_with (const char *from, const char *to)
{
  g_autoptr (XqSecret) key = xq_key_new ();
  XqBackupHeader header = sample (), read;
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];
  g_autoptr (GString) text = NULL;

  xq_backup_header_write (&header, key, bytes);
  text = g_string_new ((const char *) bytes);
  g_assert_cmpint (g_string_replace (text, from, to, 1), ==, 1);
  memset (bytes, 0, sizeof bytes);
  memcpy (bytes, text->str, MIN (text->len, sizeof bytes));
  return xq_backup_header_parse (bytes, sizeof bytes, &read);
}

/* Numbers that would make somebody allocate, wrap round, or read a number two ways. */
static void
test_hostile_numbers (void)
{
  static const char *const numbers[] = { "-1", "+1", " 1", "01", "1 ", "0x10", "", "65537", "99999999999999999999999999",
                                         "18446744073709551615" };

  g_assert_cmpint (verdict_with ("slots-bytes 451", "slots-bytes 451"), ==, XQ_BACKUP_IS_SOUND);
  g_assert_cmpint (verdict_with ("slots-bytes 451", "slots-bytes 0"), ==, XQ_BACKUP_IS_SOUND);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *slots = g_strconcat ("slots-bytes ", numbers[i], NULL);
      g_autofree char *sealed = g_strconcat ("sealed-bytes ", numbers[i], NULL);

      g_assert_cmpint (verdict_with ("slots-bytes 451", slots), ==, XQ_BACKUP_IS_DAMAGED);
      g_assert_cmpint (verdict_with ("sealed-bytes 664", sealed), ==, XQ_BACKUP_IS_DAMAGED);
    }
  g_assert_cmpint (verdict_with ("database-bytes 1859584", "database-bytes 0"), ==, XQ_BACKUP_IS_DAMAGED);
  g_assert_cmpint (verdict_with ("program 0.1.0", "program ../../etc"), ==, XQ_BACKUP_IS_DAMAGED);
  g_assert_cmpint (verdict_with ("program 0.1.0", "program "), ==, XQ_BACKUP_IS_DAMAGED);
}

/* What comes from anywhere, and half-true things made from a true one. */
static void
test_noise (void)
{
  g_autoptr (XqSecret) key = xq_key_new ();
  XqBackupHeader header = sample (), read;
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];

  for (int turn = 0; turn < 20000; turn++)
    {
      xq_backup_header_write (&header, key, bytes);
      for (int change = g_test_rand_int_range (1, 12); change > 0; change--)
        bytes[g_test_rand_int_range (0, 1024)] = (guint8) g_test_rand_int ();
      g_assert_false (xq_backup_header_parse (bytes, (gsize) g_test_rand_int_range (0, sizeof bytes + 1), &read)
                          == XQ_BACKUP_IS_SOUND
                      && xq_backup_header_is_signed (&read, key)
                      && memcmp (&read, &header, sizeof header) != 0);
    }
}

static void
test_seal (void)
{
  g_autoptr (XqSecret) key = xq_key_new ();
  g_autoptr (XqSecret) other = xq_key_new ();
  g_autoptr (GBytes) sealed = xq_backup_seal ("江城", "0", 7, key);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (sealed, &length);
  g_autofree char *plain = xq_backup_unseal (bytes, length, "0", 7, key);

  g_assert_cmpstr (plain, ==, "江城");
  g_assert_null (xq_backup_unseal (bytes, length, "0", 7, other));
  g_assert_null (xq_backup_unseal (bytes, length, "0", 8, key));
  g_assert_null (xq_backup_unseal (bytes, length, "1", 7, key));
  g_assert_null (xq_backup_unseal (bytes, length - 1, "0", 7, key));
  g_assert_null (xq_backup_unseal (bytes, 10, "0", 7, key));
}

static void
test_unfinished (void)
{
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];

  xq_backup_header_write_unfinished ("0123456789abcdef0123456789abcdef", bytes);
  g_assert_true (xq_backup_header_is_unfinished (bytes, sizeof bytes, "0123456789abcdef0123456789abcdef"));
  g_assert_false (xq_backup_header_is_unfinished (bytes, sizeof bytes, "1123456789abcdef0123456789abcdef"));
  g_assert_false (xq_backup_header_is_unfinished (bytes, 30, "0123456789abcdef0123456789abcdef"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backup-header/round-trip", test_round_trip);
  g_test_add_func ("/backup-header/every-byte", test_every_byte);
  g_test_add_func ("/backup-header/verdicts", test_verdicts);
  g_test_add_func ("/backup-header/hostile-numbers", test_hostile_numbers);
  g_test_add_func ("/backup-header/noise", test_noise);
  g_test_add_func ("/backup-header/seal", test_seal);
  g_test_add_func ("/backup-header/unfinished", test_unfinished);
  return g_test_run ();
}
