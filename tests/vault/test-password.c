/* What opens a vault and what does not: passwords, the recovery code, good and hostile keyslots. */
#include "config.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "place.h"
#include "vault/audit.h"

static void
test_wrong_password (Place *place, gconstpointer unused)
{
  assert_does_not_open (place, "kx7!q2mZ", XQ_ERROR_PASSWORD);
  assert_does_not_open (place, "", XQ_ERROR_PASSWORD);
  assert_does_not_open (place, PASSWORD " ", XQ_ERROR_PASSWORD);
  g_setenv ("XINQIAO_NOW", "2026-11-23T10:00:00+08:00", TRUE);
  assert_opens (place, PASSWORD);
}

static void
test_wrong_passwords_are_told (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "attempts.json");
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (XqDatabase) database = NULL;
  g_autofree char *detail = NULL;

  assert_does_not_open (place, "one", XQ_ERROR_PASSWORD);
  g_setenv ("XINQIAO_NOW", "2026-11-23T10:00:00+08:00", TRUE);
  assert_does_not_open (place, "two", XQ_ERROR_PASSWORD);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  vault = open_with (place, PASSWORD, NULL);
  g_assert_nonnull (vault);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  database = xq_vault_connect (vault, NULL);
  detail = xq_database_get_text (database, NULL, "SELECT detail FROM audit WHERE action = 'wrong_password'", XQ_END);
  g_assert_cmpstr (detail, ==,
                   "{\"count\":2,\"first\":\"2026-11-23T09:00:00+08:00\",\"last\":\"2026-11-23T10:00:00+08:00\"}");
  g_assert_true (xq_audit_verify (database, NULL, NULL));
}

/* After the third wrong one the right one waits as well; it is cancelled here at once. */
static void
test_delay (Place *place, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XqProgress progress = { cancel_at_once, cancellable, cancellable };
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = file_in (place, "attempts.json");
  g_autofree char *text = g_strdup_printf ("{\"count\":9,\"first\":1,\"last\":%" G_GINT64_FORMAT "}", xq_clock_now ());

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (xq_vault_open (place->folder, password, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_setenv ("XINQIAO_NOW", "2026-11-23T09:01:00+08:00", TRUE);
  assert_opens (place, PASSWORD);
}

static void
test_password_change (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqSecret) old = secret (PASSWORD);
  g_autoptr (XqSecret) new = secret (NEW_PASSWORD);
  g_autoptr (XqSecret) weak = secret ("12345678");
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_vault_change_password (vault, new, new, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_false (xq_vault_change_password (vault, old, weak, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (xq_vault_change_password (vault, old, new, &error));
  g_assert_no_error (error);
  g_assert_true (xq_vault_check_password (vault, new, &error));
  g_assert_cmpint (rows_of (vault, "password_change"), ==, 1);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_PASSWORD);
  assert_opens (place, NEW_PASSWORD);
}

/* The old password is gone from the second file as well. */
static void
test_password_change_reaches_backup (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqSecret) old = secret (PASSWORD);
  g_autoptr (XqSecret) new = secret (NEW_PASSWORD);
  g_autofree char *path = file_in (place, "keyslots.json");

  g_assert_true (xq_vault_change_password (vault, old, new, NULL));
  g_clear_pointer (&vault, xq_vault_unref);
  g_assert_cmpint (g_remove (path), ==, 0);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_PASSWORD);
  assert_opens (place, NEW_PASSWORD);
}

static void
test_check_password (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqSecret) right = secret (PASSWORD);
  g_autoptr (XqSecret) wrong = secret ("wrong");
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_vault_check_password (vault, right, &error));
  g_assert_cmpint (rows_of (vault, "wrong_password"), ==, 0);
  g_assert_false (xq_vault_check_password (vault, wrong, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_true (xq_vault_check_password (vault, right, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rows_of (vault, "wrong_password"), ==, 1);
}

static void
test_foreign_keyslots (Place *place, gconstpointer unused)
{
  g_autofree char *other = file_in (place, "other");
  g_autofree char *from = g_build_filename (other, "keyslots.json", NULL);
  g_autofree char *to = file_in (place, "keyslots.json");
  g_autofree char *text = NULL;
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  xq_vault_unref (create (other, NULL));
  g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (to, text, -1, NULL));
  g_assert_false (xq_vault_check_password (vault, password, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
}

static void
test_code_opens (Place *place, gconstpointer unused)
{
  g_autofree char *lower = g_ascii_strdown (place->code, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = xq_vault_open_with_code (place->folder, lower, NULL, &error);

  g_assert_no_error (error);
  g_clear_pointer (&vault, xq_vault_unref);
  lower[3] = lower[3] == 'a' ? 'b' : 'a';
  g_assert_null (xq_vault_open_with_code (place->folder, lower, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
}

static void
test_code_of_another_vault (Place *place, gconstpointer unused)
{
  g_autofree char *other = file_in (place, "other");
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSecret) password = secret (NEW_PASSWORD);

  xq_vault_unref (create (other, &code));
  g_assert_null (xq_vault_open_with_code (place->folder, code, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_null (xq_vault_recover (place->folder, code, password, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  assert_opens (place, PASSWORD);
}

static void
recover (Place *place)
{
  g_autoptr (XqSecret) password = secret (NEW_PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = xq_vault_recover (place->folder, place->code, password, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rows_of (vault, "password_recovered"), ==, 1);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_opens (place, NEW_PASSWORD);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_PASSWORD);
}

static void
test_recover (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) weak = secret ("12345678");
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_vault_recover (place->folder, place->code, weak, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  recover (place);
}

static void
test_recover_without_keyslots (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "keyslots.json");
  g_autofree char *second = file_in (place, "keyslots.json.bak");

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_remove (second), ==, 0);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
  recover (place);
}

static const char *const nonsense[] = {
  "",
  "null",
  "[]",
  "11{\"format\":[]}",
  "{}",
  "\xff\xfe\x00",
  "{\"format\":\"xinqiao-keyslots\"}",
  "{\"format\":5,\"version\":\"x\",\"vault\":[],\"slots\":{}}",
  "{\"format\":\"xinqiao-keyslots\",\"version\":1,\"vault\":\"x\",\"slots\":[]}",
  "{\"format\":\"xinqiao-keyslots\",\"version\":1,\"vault\":\"x\",\"slots\":[1,null,\"x\"]}",
  "{\"format\":\"xinqiao-keyslots\",\"version\":1,\"vault\":\"x\",\"slots\":[{}]}",
  "{\"format\":\"xinqiao-keyslots\",\"version\":2,\"vault\":\"x\",\"slots\":[{}]}",
  "{\"format\":\"xinqiao-keyslots\",\"version\":1,\"vault\":null,\"slots\":[{}]}",
};

static void
test_damaged_keyslots (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "keyslots.json");
  g_autofree char *second = file_in (place, "keyslots.json.bak");
  g_autofree char *good = NULL;
  g_autofree char *mended = NULL;

  g_assert_true (g_file_get_contents (path, &good, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_test_message ("%s", nonsense[i]);
      g_assert_true (g_file_set_contents (path, nonsense[i], -1, NULL));
      g_assert_true (g_file_set_contents (second, nonsense[i], -1, NULL));
      assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
    }
  g_assert_true (g_file_set_contents (second, good, -1, NULL));
  assert_opens (place, PASSWORD);
  g_assert_true (g_file_get_contents (path, &mended, NULL, NULL));
  g_assert_cmpstr (mended, ==, good);
}

/* Each value of a slot replaced by one that is dear, cheap, short or of another kind. */
static void
test_hostile_slots (Place *place, gconstpointer unused)
{
  static const char *const replacements[][2] = {
    { "\"passes\" : 3", "\"passes\" : 1" },
    { "\"passes\" : 3", "\"passes\" : 4000000000" },
    { "\"passes\" : 3", "\"passes\" : -3" },
    { "\"passes\" : 3", "\"passes\" : 3.5" },
    { "\"bytes\" : 67108864", "\"bytes\" : 8192" },
    { "\"bytes\" : 67108864", "\"bytes\" : 67108864000" },
    { "\"kdf\" : \"argon2id13\"", "\"kdf\" : \"md5\"" },
    { "\"cipher\" : \"xchacha20poly1305-ietf\"", "\"cipher\" : \"none\"" },
    { "\"salt\" : \"", "\"salt\" : \"AAAA" },
    { "\"nonce\" : \"", "\"nonce\" : \"*" },
    { "\"kind\" : \"password\"", "\"kind\" : 5" },
    { "\"key\" : \"", "\"key\" : \"AAAAAAAA" },
  };
  g_autofree char *path = file_in (place, "keyslots.json");
  g_autofree char *second = file_in (place, "keyslots.json.bak");
  g_autofree char *good = NULL;

  g_assert_true (g_file_get_contents (path, &good, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (replacements); i++)
    {
      g_auto (GStrv) parts = g_strsplit (good, replacements[i][0], 2);
      g_autofree char *bad = g_strjoinv (replacements[i][1], parts);

      g_test_message ("%s", replacements[i][1]);
      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_assert_true (g_file_set_contents (path, bad, -1, NULL));
      g_assert_true (g_file_set_contents (second, bad, -1, NULL));
      assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
    }
}

/* What is authenticated beside the key cannot be exchanged. */
static void
test_moved_slot (Place *place, gconstpointer unused)
{
  static const char *const replacements[][2] = {
    { "\"passes\" : 3", "\"passes\" : 4" },
    { "\"kind\" : \"password\"", "\"kind\" : \"custodian\"" },
    { "\"vault\" : \"", "\"vault\" : \"0" },
  };
  g_autofree char *path = file_in (place, "keyslots.json");
  g_autofree char *good = NULL;

  g_assert_true (g_file_get_contents (path, &good, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (replacements); i++)
    {
      g_auto (GStrv) parts = g_strsplit (good, replacements[i][0], 2);
      g_autofree char *bad = g_strjoinv (replacements[i][1], parts);

      g_setenv ("XINQIAO_NOW", i == 0 ? "2026-11-23T10:00:00+08:00" : "2026-11-24T10:00:00+08:00", TRUE);
      g_assert_true (g_file_set_contents (path, bad, -1, NULL));
      assert_does_not_open (place, PASSWORD, XQ_ERROR_PASSWORD);
    }
}

static void
test_huge_keyslots (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "keyslots.json");
  g_autofree char *second = file_in (place, "keyslots.json.bak");
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *large = g_strnfill (10 << 20, ' ');

  g_assert_cmpint (g_remove (second), ==, 0);
  g_assert_true (g_file_set_contents (path, deep, -1, NULL));
  assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
  g_assert_true (g_file_set_contents (path, large, -1, NULL));
  assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
}

#define ADD(name, test) g_test_add ("/password/" name, Place, NULL, place_set_up, test, place_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("wrong-password", test_wrong_password);
  ADD ("wrong-passwords-are-told", test_wrong_passwords_are_told);
  ADD ("delay", test_delay);
  ADD ("password-change", test_password_change);
  ADD ("password-change-reaches-backup", test_password_change_reaches_backup);
  ADD ("check-password", test_check_password);
  ADD ("foreign-keyslots", test_foreign_keyslots);
  ADD ("code-opens", test_code_opens);
  ADD ("code-of-another-vault", test_code_of_another_vault);
  ADD ("recover", test_recover);
  ADD ("recover-without-keyslots", test_recover_without_keyslots);
  ADD ("damaged-keyslots", test_damaged_keyslots);
  ADD ("hostile-slots", test_hostile_slots);
  ADD ("moved-slot", test_moved_slot);
  ADD ("huge-keyslots", test_huge_keyslots);
  return g_test_run ();
}
