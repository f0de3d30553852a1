/* Secrets, the recovery code, the strength of passwords, small files, and the price of wrong passwords. */
#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "base/i18n.h"
#include "fixture.h"
#include "vault/attempts.h"
#include "vault/file.h"
#include "vault/keyslots.h"
#include "vault/recovery-code.h"

/* base32 of 00 01 … 1F and the checksum, by Python's base64 and hashlib: a fixed point of the format. */
#define KNOWN_CODE "AAAQ-EAYE-AUDA-OCAJ-BIFQ-YDIO-B4IB-CEQT-CQKR-MFYY-DENB-WHA5-DYP7-HGRM"

static XqSecret *
known_key (void)
{
  XqSecret *key = xq_secret_new (XQ_KEY_BYTES);

  for (int i = 0; i < XQ_KEY_BYTES; i++)
    xq_secret_bytes (key)[i] = i;
  return key;
}

static void
test_secret (void)
{
  g_autoptr (XqSecret) secret = xq_secret_new_text ("心桥");
  g_autoptr (XqSecret) empty = xq_secret_new (0);

  g_assert_cmpuint (xq_secret_length (secret), ==, 6);
  g_assert_cmpstr ((const char *) xq_secret_bytes (secret), ==, "心桥");
  g_assert_cmpuint (xq_secret_length (empty), ==, 0);
  g_assert_cmpstr ((const char *) xq_secret_bytes (empty), ==, "");
  xq_secret_free (NULL);
}

static void
test_code_is_known (void)
{
  g_autoptr (XqSecret) key = known_key ();
  g_autoptr (XqSecret) code = xq_recovery_code_write (key);

  g_assert_cmpstr ((const char *) xq_secret_bytes (code), ==, KNOWN_CODE);
}

static void
assert_read (const char *code)
{
  g_autoptr (XqSecret) key = known_key ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSecret) read = xq_recovery_code_read (code, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (xq_secret_bytes (read), xq_secret_length (read), xq_secret_bytes (key), XQ_KEY_BYTES);
}

static void
test_code_is_read_kindly (void)
{
  g_autofree char *lower = g_ascii_strdown (KNOWN_CODE, -1);
  g_auto (GStrv) groups = g_strsplit (KNOWN_CODE, "-", -1);
  g_autofree char *lines = g_strjoinv ("\n", groups);
  g_autofree char *joined = g_strjoinv ("", groups);
  g_autofree char *spaced = g_strjoinv ("\xe3\x80\x80—", groups);
  g_autofree char *zero = g_strdelimit (g_strdup (KNOWN_CODE), "O", '0');
  g_autofree char *one = g_strdelimit (g_strdup (KNOWN_CODE), "I", '1');
  g_autofree char *eight = g_strdelimit (g_strdup (KNOWN_CODE), "B", '8');
  g_autoptr (GString) wide = g_string_new (NULL);

  for (const char *at = KNOWN_CODE; *at != '\0'; at++)
    g_string_append_unichar (wide, *at - '!' + 0xff01);
  assert_read (KNOWN_CODE);
  assert_read (lower);
  assert_read (lines);
  assert_read (joined);
  assert_read (spaced);
  assert_read (zero);
  assert_read (one);
  assert_read (eight);
  assert_read (wide->str);
}

static void
assert_not_read (const char *code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_recovery_code_read (code, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
}

static void
test_code_with_a_slip (void)
{
  assert_not_read ("");
  assert_not_read ("AAAQ");
  assert_not_read (KNOWN_CODE "A");
  assert_not_read (KNOWN_CODE KNOWN_CODE);
  assert_not_read ("心桥");
  assert_not_read ("\xff\xfe");
  assert_not_read (KNOWN_CODE "\xff");
}

/* Each single wrong letter and each swap of neighbours is found. */
static void
test_code_checksum (void)
{
  for (gsize i = 0; i < strlen (KNOWN_CODE); i++)
    {
      g_autofree char *wrong = g_strdup (KNOWN_CODE);
      g_autofree char *swapped = g_strdup (KNOWN_CODE);

      if (wrong[i] == '-')
        continue;
      wrong[i] = wrong[i] == 'Z' ? 'A' : 'Z';
      assert_not_read (wrong);
      if (swapped[i + 1] == '-' || swapped[i + 1] == '\0' || swapped[i + 1] == swapped[i])
        continue;
      swapped[i] = KNOWN_CODE[i + 1];
      swapped[i + 1] = KNOWN_CODE[i];
      assert_not_read (swapped);
    }
}

static void
test_code_of_any_key (void)
{
  for (int i = 0; i < 200; i++)
    {
      g_autoptr (XqSecret) key = xq_key_new ();
      g_autoptr (XqSecret) code = xq_recovery_code_write (key);
      g_autoptr (XqSecret) read = xq_recovery_code_read ((const char *) xq_secret_bytes (code), NULL);

      g_assert_nonnull (read);
      g_assert_cmpmem (xq_secret_bytes (read), XQ_KEY_BYTES, xq_secret_bytes (key), XQ_KEY_BYTES);
    }
}

static void
test_strength (void)
{
  static const struct
  {
    const char *password;
    int strength;
  } cases[] = {
    { "", 0 },           { "abc", 0 },         { "demo", 0 },
    { "12345678", 0 },   { "woaini1314", 0 },  { "WOAINI1314", 0 },
    { "Password1", 0 },  { "aaaaaaaaaaaa", 0 }, { "abcdefghijklmnop", 0 },
    { "876543210", 0 },  { "kx7!q", 0 },       { "kx7!q2", 1 },
    { "kx7!q2mz", 2 },   { "春风过江城", 2 },   { "correct horse", 2 },
    { "kx7!q2mz9wpa", 3 }, { "三只青蛙唱夜歌喝茶", 4 }, { "four words nobody puts together", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XqSecret) password = xq_secret_new_text (cases[i].password);
      const char *advice = NULL;

      g_test_message ("%s", cases[i].password);
      g_assert_cmpint (xq_password_strength (password, &advice), ==, cases[i].strength);
      g_assert_nonnull (advice);
      g_assert_cmpint (xq_password_strength (password, NULL), ==, cases[i].strength);
    }
}

static void
test_delay_grows (void)
{
  static const int expected[] = { 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60 };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (xq_attempts_delay (i), ==, expected[i]);
  g_assert_cmpint (xq_attempts_delay (G_MAXINT64), ==, 60);
}

static void
test_attempts_file (void)
{
  static const char *const nonsense[] = { "", "[]", "{\"count\":\"many\"}", "{\"count\":-5}", "{", "{\"count\":null}" };
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "attempts.json", NULL);

  g_assert_cmpint (xq_attempts_load (folder).count, ==, 0);
  xq_attempts_add (folder);
  xq_attempts_add (folder);
  g_assert_cmpint (xq_attempts_load (folder).count, ==, 2);
  g_assert_cmpint (xq_attempts_load (folder).first, >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_assert_true (g_file_set_contents (path, nonsense[i], -1, NULL));
      g_assert_cmpint (xq_attempts_load (folder).count, ==, 0);
    }
  fixture_remove (folder);
}

/* A clock that was set back, or a file that says so, does not lock anybody out for years. */
static void
test_attempts_from_the_future (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "attempts.json", NULL);

  g_assert_true (g_file_set_contents (path, "{\"count\":3,\"first\":1,\"last\":99999999999}", -1, NULL));
  g_assert_true (xq_attempts_wait (folder, NULL, NULL));
  fixture_remove (folder);
}

static void
on_progress (double fraction, const char *what, gpointer cancellable)
{
  g_assert_nonnull (what);
  g_cancellable_cancel (cancellable);
}

static void
test_waiting_is_cancelled (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "attempts.json", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  XqProgress progress = { on_progress, cancellable, cancellable };
  g_autofree char *text = g_strdup_printf ("{\"count\":30,\"first\":1,\"last\":%" G_GINT64_FORMAT "}",
                                           g_get_real_time () / G_USEC_PER_SEC);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_false (xq_attempts_wait (folder, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_remove (folder);
}

static void
test_file (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *beside = g_build_filename (folder, "file.new", NULL);
  g_autofree char *missing = g_build_filename (folder, "no", "file", NULL);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (xq_file_write (path, "one", &error));
  g_assert_true (xq_file_write (path, "two", &error));
  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, "two");
  g_assert_false (g_file_test (beside, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_false (xq_file_write (missing, "three", &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_assert_nonnull (strstr (error->message, missing));
  fixture_remove (folder);
}

static void
test_no_core_dumps (void)
{
  struct rlimit limit;

  xq_sqlite_initialise ();
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
}

static void
test_wrapping (void)
{
  g_autoptr (XqSecret) key = known_key ();
  g_autoptr (XqSecret) password = xq_secret_new_text ("kx7!q2mz");
  g_autoptr (XqSecret) other = xq_secret_new_text ("kx7!q2mZ");
  g_autoptr (XqSecret) back = NULL;
  XqKdfCost cost = xq_kdf_cost_measure ();
  XqWrappedKey wrapped;
  gboolean no_memory;

  g_assert_true (xq_kdf_cost_is_allowed (&cost));
  g_assert_true (xq_key_wrap (key, password, &cost, "context", &wrapped));
  back = xq_key_unwrap (&wrapped, password, "context", &no_memory);
  g_assert_nonnull (back);
  g_assert_cmpmem (xq_secret_bytes (back), XQ_KEY_BYTES, xq_secret_bytes (key), XQ_KEY_BYTES);
  g_assert_null (xq_key_unwrap (&wrapped, other, "context", &no_memory));
  g_assert_null (xq_key_unwrap (&wrapped, password, "another context", &no_memory));
  wrapped.wrapped[5] ^= 1;
  g_assert_null (xq_key_unwrap (&wrapped, password, "context", &no_memory));
  g_assert_false (no_memory);
}

static void
test_cost_limits (void)
{
  XqKdfCost cost = { 3, XQ_KDF_LEAST_BYTES };

  g_assert_true (xq_kdf_cost_is_allowed (&cost));
  cost.passes = 2;
  g_assert_false (xq_kdf_cost_is_allowed (&cost));
  cost.passes = 65;
  g_assert_false (xq_kdf_cost_is_allowed (&cost));
  cost.passes = 3;
  cost.bytes = XQ_KDF_LEAST_BYTES - 1;
  g_assert_false (xq_kdf_cost_is_allowed (&cost));
  cost.bytes = XQ_KDF_MOST_BYTES + 1;
  g_assert_false (xq_kdf_cost_is_allowed (&cost));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/secret/secret", test_secret);
  g_test_add_func ("/secret/code-is-known", test_code_is_known);
  g_test_add_func ("/secret/code-is-read-kindly", test_code_is_read_kindly);
  g_test_add_func ("/secret/code-with-a-slip", test_code_with_a_slip);
  g_test_add_func ("/secret/code-checksum", test_code_checksum);
  g_test_add_func ("/secret/code-of-any-key", test_code_of_any_key);
  g_test_add_func ("/secret/strength", test_strength);
  g_test_add_func ("/secret/delay-grows", test_delay_grows);
  g_test_add_func ("/secret/attempts-file", test_attempts_file);
  g_test_add_func ("/secret/attempts-from-the-future", test_attempts_from_the_future);
  g_test_add_func ("/secret/waiting-is-cancelled", test_waiting_is_cancelled);
  g_test_add_func ("/secret/file", test_file);
  g_test_add_func ("/secret/no-core-dumps", test_no_core_dumps);
  g_test_add_func ("/secret/wrapping", test_wrapping);
  g_test_add_func ("/secret/cost-limits", test_cost_limits);
  return g_test_run ();
}
