/* What a share gives away: nothing on paper, nothing in memory. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "vault/recovery-code.h"
#include "vault/share-split.h"

/* One share fits every secret: with the other one chosen for it, it gives whatever is wanted. */
static void
test_one_says_nothing (void)
{
  g_autoptr (XqSecret) real = xq_secret_new_text ("the code of the vault");
  g_autoptr (XqSecret) wanted = xq_secret_new_text ("something else at all");
  g_autoptr (XqSecret) nothing = xq_secret_new (21);
  g_autoptr (XqSecret) part = NULL;
  g_autoptr (XqSecret) joined = NULL;
  XqSecret *shares[XQ_SHARES];

  g_assert_true (xq_share_split (real, shares));
  /* Joining is linear: what share 2 must change by for the difference of the two secrets is found by trying each value. */
  for (gsize i = 0; i < 21; i++)
    for (guint value = 0; value < 256; value++)
      {
        g_autoptr (XqSecret) change = xq_secret_new (1);
        g_autoptr (XqSecret) zero = xq_secret_new (1);
        g_autoptr (XqSecret) effect = NULL;

        xq_secret_bytes (change)[0] = (guint8) value;
        effect = xq_share_join (zero, 1, change, 2);
        if (xq_secret_bytes (effect)[0] == (xq_secret_bytes (real)[i] ^ xq_secret_bytes (wanted)[i]))
          {
            xq_secret_bytes (nothing)[i] = (guint8) value;
            break;
          }
      }
  for (gsize i = 0; i < 21; i++)
    xq_secret_bytes (shares[1])[i] ^= xq_secret_bytes (nothing)[i];
  joined = xq_share_join (shares[0], 1, shares[1], 2);
  g_assert_cmpstr ((const char *) xq_secret_bytes (joined), ==, "something else at all");
  part = xq_share_join (shares[0], 1, shares[2], 3);
  g_assert_cmpstr ((const char *) xq_secret_bytes (part), ==, "the code of the vault");
  for (int i = 0; i < XQ_SHARES; i++)
    xq_secret_free (shares[i]);
}

static void
test_no_two_splits_alike (void)
{
  g_autoptr (XqSecret) code = xq_secret_new_text ("the code of the vault");
  XqSecret *first[XQ_SHARES], *second[XQ_SHARES];

  g_assert_true (xq_share_split (code, first) && xq_share_split (code, second));
  for (int i = 0; i < XQ_SHARES; i++)
    {
      g_assert_cmpint (memcmp (xq_secret_bytes (first[i]), xq_secret_bytes (second[i]), 21), !=, 0);
      g_assert_cmpint (memcmp (xq_secret_bytes (first[i]), xq_secret_bytes (code), 21), !=, 0);
      xq_secret_free (first[i]);
      xq_secret_free (second[i]);
    }
}

/* -- what is left in memory; the scan itself holds what it looks for only under a veil */

#define VEIL 0x5a

static guint8 *
veiled (XqSecret *secret)
{
  guint8 *copy = g_memdup2 (xq_secret_bytes (secret), xq_secret_length (secret));

  for (gsize i = 0; i < xq_secret_length (secret); i++)
    copy[i] = xq_secret_bytes (secret)[i] ^ VEIL;
  return copy;
}

static guint
occurrences (const guint8 *bytes, gsize length, const guint8 *needle, gsize needle_length)
{
  guint found = 0;

  for (gsize at = 0; at + needle_length <= length; at++)
    {
      gsize same = 0;

      while (same < needle_length && bytes[at + same] == (needle[same] ^ VEIL))
        same++;
      found += same == needle_length;
    }
  return found;
}

/* In all that this process may write. */
static guint
find_in_memory (const guint8 *needle, gsize length)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  guint found = 0;

  g_assert_cmpint (memory, >=, 0);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      guint64 first, end;
      g_autofree guint8 *bytes = NULL;
      gssize got;

      if (sscanf (*line, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x", &first, &end) != 2
          || strstr (*line, " rw") == NULL || end - first > (64u << 20))
        continue;
      bytes = g_malloc (end - first);
      got = pread (memory, bytes, end - first, (off_t) first);
      if (got > 0)
        found += occurrences (bytes, (gsize) got, needle, length);
      explicit_bzero (bytes, end - first);
    }
  close (memory);
  return found;
}

static void
test_nothing_left_in_memory (void)
{
  enum { SECRET, JOINED, FIRST, N_KEPT = FIRST + XQ_SHARES };
  XqSecret *kept[N_KEPT];
  guint8 *needles[N_KEPT];

  kept[SECRET] = xq_secret_new (XQ_RECOVERY_CODE_BYTES);
  for (int i = 0; i < XQ_RECOVERY_CODE_BYTES; i++)
    xq_secret_bytes (kept[SECRET])[i] = (guint8) g_random_int_range (0, 256);
  g_assert_true (xq_share_split (kept[SECRET], kept + FIRST));
  kept[JOINED] = xq_share_join (kept[FIRST], 1, kept[FIRST + 2], 3);
  for (int i = 0; i < N_KEPT; i++)
    {
      needles[i] = veiled (kept[i]);
      g_assert_cmpuint (find_in_memory (needles[i], XQ_RECOVERY_CODE_BYTES), ==, i < FIRST ? 2 : 1);
    }
  for (int i = 0; i < N_KEPT; i++)
    xq_secret_free (kept[i]);
  for (int i = 0; i < N_KEPT; i++)
    {
      g_assert_cmpuint (find_in_memory (needles[i], XQ_RECOVERY_CODE_BYTES), ==, 0);
      g_free (needles[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share-secrecy/one-says-nothing", test_one_says_nothing);
  g_test_add_func ("/share-secrecy/no-two-splits-alike", test_no_two_splits_alike);
  g_test_add_func ("/share-secrecy/nothing-left-in-memory", test_nothing_left_in_memory);
  return g_test_run ();
}
