/* A vault from its making to its loss: passwords, the recovery code, keyslots, the lock. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "fixture.h"
#include "vault/audit.h"

#define PASSWORD     "kx7!q2mz"
#define NEW_PASSWORD "vier Frösche singen"

typedef struct
{
  char *folder;
  char *code;
} Place;

static XqSecret *
secret (const char *text)
{
  return xq_secret_new_text (text);
}

static XqVault *
create (const char *folder, char **ret_code)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  XqVault *vault = xq_vault_create (folder, XQ_PROFILE_SCHOOL, "江城市第三中学", password, FALSE, &code, NULL, &error);

  g_assert_no_error (error);
  if (ret_code != NULL)
    *ret_code = g_strdup ((const char *) xq_secret_bytes (code));
  return vault;
}

/* A vault on disk that nobody has open. */
static void
set_up (Place *place, gconstpointer unused)
{
  XqVault *vault;

  g_setenv ("XINQIAO_NOW", "2026-11-23T09:00:00+08:00", TRUE);
  place->folder = fixture_folder ();
  vault = create (place->folder, &place->code);
  xq_vault_unref (vault);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  fixture_remove (place->folder);
  g_free (place->folder);
  g_free (place->code);
}

static char *
file_in (Place *place, const char *name)
{
  return g_build_filename (place->folder, name, NULL);
}

static XqVault *
open_with (Place *place, const char *password, GError **error)
{
  g_autoptr (XqSecret) word = secret (password);

  return xq_vault_open (place->folder, word, NULL, error);
}

static void
assert_opens (Place *place, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = open_with (place, password, &error);

  g_assert_no_error (error);
  g_assert_nonnull (vault);
}

static void
assert_does_not_open (Place *place, const char *password, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_with (place, password, &error));
  g_assert_error (error, XQ_VAULT_ERROR, code);
}

/* How many audit rows of @action there are. */
static gint64
rows_of (XqVault *vault, const char *action)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  gint64 rows = -1;

  g_assert_true (xq_database_get_integer (database, NULL, &rows, NULL,
                                          "SELECT count(*) FROM audit WHERE action = :action",
                                          XQ_TEXT (":action", action), XQ_END));
  return rows;
}

static void
test_create (Place *place, gconstpointer unused)
{
  static const char *const expected[] = { "vault.db", "keyslots.json", "keyslots.json.bak", "lock", NULL };
  g_autoptr (GDir) directory = g_dir_open (place->folder, 0, NULL);
  const char *name;
  int files = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = file_in (place, name);
      GStatBuf info;

      g_assert_true (g_strv_contains (expected, name));
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0077, ==, 0);
      files++;
    }
  g_assert_cmpint (files, ==, 4);
  g_assert_true (xq_vault_exists (place->folder));
  g_assert_cmpuint (strlen (place->code), ==, 14 * 5 - 1);
}

static void
test_first_rows (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *name = xq_setting_get (database, "name", NULL);
  g_autofree char *profile = xq_setting_get (database, "profile", NULL);
  g_autofree char *organisation
      = xq_database_get_text (database, NULL, "SELECT name || '/' || profile FROM organisation", XQ_END);
  gint64 application = 0;

  g_assert_cmpstr (xq_vault_folder (vault), ==, place->folder);
  g_assert_cmpstr (name, ==, "江城市第三中学");
  g_assert_cmpstr (profile, ==, "school");
  g_assert_cmpstr (organisation, ==, "江城市第三中学/school");
  g_assert_true (xq_audit_verify (database, NULL, NULL));
  g_assert_true (xq_database_get_integer (database, NULL, &application, NULL, "PRAGMA application_id", XQ_END));
  g_assert_cmpint (application, ==, 0x58515654);
  g_assert_cmpint (rows_of (vault, "vault_create"), ==, 1);
}

static void
test_create_refused (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) good = secret (PASSWORD);
  g_autoptr (XqSecret) weak = secret ("demo");
  g_autofree char *fresh = file_in (place, "fresh");
  g_autofree char *file = file_in (place, "vault.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length, length_after;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (file, &before, &length, NULL));
  g_assert_null (xq_vault_create (place->folder, XQ_PROFILE_SCHOOL, "x", good, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (xq_vault_create (file, XQ_PROFILE_SCHOOL, "x", good, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (xq_vault_create (fresh, XQ_PROFILE_SCHOOL, "x", weak, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (xq_vault_create (fresh, XQ_PROFILE_SCHOOL, "", good, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (file, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

static void
test_create_weak_on_purpose (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) weak = secret ("demo");
  g_autofree char *fresh = g_build_filename (place->folder, "deep", "demo", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault
      = xq_vault_create (fresh, XQ_PROFILE_ENTERPRISE, "江城纺织", weak, TRUE, NULL, NULL, &error);
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fresh, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
}

static void
on_progress (double fraction, const char *what, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_create_cancelled (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autofree char *fresh = file_in (place, "fresh");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XqProgress progress = { on_progress, cancellable, cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_vault_create (fresh, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

/* Cut off in its middle, a creation is begun again over what it left. */
static void
test_create_after_crash (Place *place, gconstpointer unused)
{
  g_autofree char *fresh = file_in (place, "fresh");
  static const char *const left[] = { "vault.db.new", "vault.db.new-wal", "keyslots.json", "lock" };
  g_autofree char *other = g_build_filename (fresh, "notes.txt", NULL);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fresh, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *path = g_build_filename (fresh, left[i], NULL);

      g_assert_true (g_file_set_contents (path, "half", 4, NULL));
    }
  g_assert_false (xq_vault_exists (fresh));
  g_assert_true (g_file_set_contents (other, "mine", 4, NULL));
  g_assert_null (xq_vault_create (fresh, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_cmpint (g_remove (other), ==, 0);
  xq_vault_unref (create (fresh, NULL));
  g_assert_true (xq_vault_exists (fresh));
}

/* Keyslots without a vault may be all that is left of one: they are not written over. */
static void
test_create_spares_keyslots (Place *place, gconstpointer unused)
{
  g_autofree char *database = file_in (place, "vault.db");
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_remove (database), ==, 0);
  g_assert_null (xq_vault_create (place->folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
}

static void
test_open (Place *place, gconstpointer unused)
{
  g_autofree char *elsewhere = file_in (place, "elsewhere");
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  assert_opens (place, PASSWORD);
  assert_opens (place, PASSWORD);
  g_assert_null (xq_vault_open (elsewhere, password, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
}

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
  XqProgress progress = { on_progress, cancellable, cancellable };
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

static void
test_damaged_database (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "vault.db");

  g_assert_true (g_file_set_contents (path, "not a database", -1, NULL));
  assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
}

static void
test_second_instance (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *process = g_strdup_printf ("%d", getpid ());
  g_autoptr (GError) error = NULL;

  g_assert_null (open_with (place, PASSWORD, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, process));
  g_assert_nonnull (strstr (error->message, place->folder));
  g_clear_error (&error);
  g_assert_null (xq_vault_open_with_code (place->folder, place->code, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  /* As long as a connection lives, so does the lock. */
  g_clear_pointer (&vault, xq_vault_unref);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_BUSY);
  g_clear_pointer (&database, xq_database_free);
  assert_opens (place, PASSWORD);
}

/* A lock file that a dead program left says nothing. */
static void
test_stale_lock (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "lock");

  g_assert_true (g_file_set_contents (path, "1\n", -1, NULL));
  assert_opens (place, PASSWORD);
}

static void
test_connections (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqVault) again = xq_vault_ref (vault);
  g_autoptr (XqDatabase) writer = xq_vault_connect (vault, NULL);
  g_autoptr (XqDatabase) reader = xq_vault_connect_read_only (vault, NULL);

  g_assert_nonnull (writer);
  g_assert_true (xq_database_is_read_only (reader));
  g_assert_true (again == vault);
}

static void
test_info (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultInfo) info = xq_vault_info (vault, &error);
  gboolean seen = FALSE;

  g_assert_no_error (error);
  g_assert_cmpint (info->schema, >=, 6);
  g_assert_true (g_str_has_prefix (info->cipher, "4."));
  g_assert_cmpuint (info->tables->len, ==, info->rows->len);
  for (guint i = 0; i < info->tables->len; i++)
    {
      const char *table = g_ptr_array_index (info->tables, i);

      g_assert_false (g_str_has_prefix (table, "sqlite_") || g_str_has_prefix (table, "person_search"));
      seen = seen || (g_str_equal (table, "organisation") && g_array_index (info->rows, gint64, i) == 1);
    }
  g_assert_true (seen);
  g_assert_cmpuint (strlen (info->audit_head), ==, 9);
  xq_vault_info_free (NULL);
}

static void
test_check (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultCheck) check = xq_vault_check (vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (check->cipher, ==, "ok");
  g_assert_cmpstr (check->integrity, ==, "ok");
  g_assert_cmpstr (check->foreign_keys, ==, "ok");
  g_assert_cmpstr (check->audit, ==, "ok");
  g_assert_cmpint (check->dangling, ==, 0);
  g_assert_true (check->sound);
  xq_vault_check_free (NULL);
}

static void
test_check_cancelled (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XqProgress progress = { on_progress, cancellable, cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_vault_check (vault, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Runs SQL behind the program's back. */
static void
meddle (XqVault *vault, const char *sql)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autoptr (GError) error = NULL;

  sqlite3_commit_hook (database->handle, NULL, NULL);
  g_assert_true (xq_database_run_script (database, sql, &error));
  g_assert_no_error (error);
}

static void
test_check_finds (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqVaultCheck) check = NULL;

  meddle (vault, "PRAGMA foreign_keys = OFF;"
                 "INSERT INTO contact (person_id, name, relation, may_tell) VALUES (9, 'x', 'mother', 'nothing'),"
                 " (9, 'y', 'father', 'nothing');"
                 "DROP TRIGGER audit_is_append_only_update; UPDATE audit SET at = 1 WHERE id = 2;");
  check = xq_vault_check (vault, NULL, NULL);
  g_assert_false (check->sound);
  g_assert_cmpstr (check->cipher, ==, "ok");
  g_assert_cmpstr (check->foreign_keys, ==, "contact → person");
  g_assert_cmpint (check->dangling, ==, 2);
  g_assert_nonnull (strstr (check->audit, "row 2"));
}

static void
test_check_finds_rot (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autofree char *path = file_in (place, "vault.db");
  g_autoptr (XqVaultCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *bytes = NULL;
  gint64 page = 0;
  gsize length;

  g_assert_true (xq_database_get_integer (database, NULL, &page, NULL,
                                          "SELECT rootpage FROM sqlite_schema WHERE name = 'organisation'", XQ_END));
  g_clear_pointer (&database, xq_database_free);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[page * 4096 - 1000] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  check = xq_vault_check (vault, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (check->sound);
  g_test_message ("%s / %s / %s / %s", check->cipher, check->integrity, check->foreign_keys, check->audit);
  g_assert_cmpstr (check->cipher, !=, "ok");
  g_assert_nonnull (strstr (check->integrity, path));
}

static void
test_default_folder (void)
{
  g_autofree char *folder = xq_vault_default_folder ();

  g_assert_true (g_str_has_suffix (folder, "/xinqiao/vault"));
  g_assert_false (xq_vault_exists ("/nonexistent"));
  xq_vault_unref (NULL);
}

#define ADD(name, test) g_test_add ("/vault/" name, Place, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("create", test_create);
  ADD ("first-rows", test_first_rows);
  ADD ("create-refused", test_create_refused);
  ADD ("create-weak-on-purpose", test_create_weak_on_purpose);
  ADD ("create-cancelled", test_create_cancelled);
  ADD ("create-after-crash", test_create_after_crash);
  ADD ("create-spares-keyslots", test_create_spares_keyslots);
  ADD ("open", test_open);
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
  ADD ("damaged-database", test_damaged_database);
  ADD ("second-instance", test_second_instance);
  ADD ("stale-lock", test_stale_lock);
  ADD ("connections", test_connections);
  ADD ("info", test_info);
  ADD ("check", test_check);
  ADD ("check-cancelled", test_check_cancelled);
  ADD ("check-finds", test_check_finds);
  ADD ("check-finds-rot", test_check_finds_rot);
  g_test_add_func ("/vault/default-folder", test_default_folder);
  return g_test_run ();
}
