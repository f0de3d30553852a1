/* A new recovery code: what it changes, what it refuses, and where it is cut off. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "place.h"
#include "vault/audit.h"
#include "vault/keyslots.h"
#include "vault/recovery-code.h"

static char *
head_of (XqVault *vault)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);

  return xq_audit_head (database, NULL);
}

/* The short code of row @id, as it stood on a report of that day. */
static char *
code_of_row (XqVault *vault, gint64 id)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);

  return xq_database_get_text (database, NULL,
                               "SELECT substr (hex (hash), 1, 4) || '-' || substr (hex (hash), 5, 4) FROM audit"
                               " WHERE id = :id",
                               XQ_INTEGER (":id", id), XQ_END);
}

static gint64
audit_rows (XqVault *vault)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  gint64 rows = 0;

  g_assert_true (xq_audit_verify (database, &rows, NULL));
  return rows;
}

static void
assert_sound (XqVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultCheck) check = xq_vault_check (vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (check->sound);
}

static void
assert_code_opens (Place *place, const char *code, gboolean opens)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = xq_vault_open_with_code (place->folder, code, NULL, &error);

  if (opens)
    g_assert_no_error (error);
  else
    g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_assert_true ((vault != NULL) == opens);
}

/* Renews the vault; returns the new code. */
static char *
renew (XqVault *vault, const char *custodian_text)
{
  g_autoptr (XqSecret) code = xq_recovery_code_new ();
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqSecret) custodian = custodian_text != NULL ? secret (custodian_text) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = xq_vault_renew (vault, code, password, custodian, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  return g_strdup ((const char *) xq_secret_bytes (code));
}

static void
assert_only_usual_files (Place *place)
{
  static const char *const usual[] = { "vault.db", "keyslots.json", "keyslots.json.bak", "lock", NULL };
  g_autoptr (GDir) directory = g_dir_open (place->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_test_message ("%s", name);
      g_assert_true (g_strv_contains (usual, name));
    }
}

static void
test_renew (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autofree char *head = head_of (vault);
  gint64 rows = audit_rows (vault);
  g_autofree char *code = renew (vault, NULL);
  g_autofree char *same = NULL;

  /* The opened vault goes on. */
  g_assert_cmpint (rows_of (vault, "recovery_code_new"), ==, 1);
  g_assert_cmpint (audit_rows (vault), ==, rows + 1);
  same = code_of_row (vault, rows);
  g_assert_cmpstr (same, ==, head);
  assert_sound (vault);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_only_usual_files (place);
  assert_opens (place, PASSWORD);
  assert_code_opens (place, place->code, FALSE);
  assert_code_opens (place, code, TRUE);
}

/* A second name for the old file shows what became of its bytes. */
static void
test_old_database_is_erased (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autofree char *path = file_in (place, "vault.db");
  g_autofree char *other = file_in (place, "other name");
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_cmpint (link (path, other), ==, 0);
  g_free (renew (vault, NULL));
  g_assert_true (g_file_get_contents (other, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 4096);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpint (bytes[i], ==, 0);
}

/* Each time, the trail goes on under the key that it was begun with. */
static void
test_renew_again (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  gint64 rows = audit_rows (vault);
  g_autofree char *head = head_of (vault);
  g_autofree char *first = renew (vault, NULL);
  g_autofree char *second = renew (vault, NULL);
  g_autofree char *same = code_of_row (vault, rows);

  g_assert_cmpstr (same, ==, head);
  g_assert_cmpint (audit_rows (vault), ==, rows + 2);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_code_opens (place, first, FALSE);
  assert_code_opens (place, second, TRUE);
}

static void
test_renew_keeps_custodian (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = NULL;

  add_custodian (place);
  vault = open_with (place, PASSWORD, NULL);
  g_free (renew (vault, CUSTODIAN));
  g_clear_pointer (&vault, xq_vault_unref);
  assert_opens (place, CUSTODIAN);
  vault = open_with (place, PASSWORD, NULL);
  g_free (renew (vault, NULL));
  g_assert_false (xq_vault_has_custodian (vault));
  g_clear_pointer (&vault, xq_vault_unref);
  assert_does_not_open (place, CUSTODIAN, XQ_ERROR_PASSWORD);
}

static void
assert_renew_fails (Place *place, XqVault *vault, const char *password_text, const char *custodian_text,
                    const XqProgress *progress, GQuark domain, int code)
{
  g_autoptr (XqSecret) new_code = xq_recovery_code_new ();
  g_autoptr (XqSecret) password = secret (password_text);
  g_autoptr (XqSecret) custodian = custodian_text != NULL ? secret (custodian_text) : NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_vault_renew (vault, new_code, password, custodian, progress, &error));
  g_assert_error (error, domain, code);
}

static void
test_renew_refused (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (XqDatabase) database = NULL;
  gint64 rows;

  add_custodian (place);
  vault = open_with (place, PASSWORD, NULL);
  rows = audit_rows (vault);
  assert_renew_fails (place, vault, "wrong", NULL, NULL, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  /* Each password for its own slot. */
  assert_renew_fails (place, vault, CUSTODIAN, NULL, NULL, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_setenv ("XINQIAO_NOW", "2026-11-23T10:00:00+08:00", TRUE);
  assert_renew_fails (place, vault, PASSWORD, PASSWORD, NULL, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_setenv ("XINQIAO_NOW", "2026-11-23T12:00:00+08:00", TRUE);
  database = xq_vault_connect (vault, NULL);
  assert_renew_fails (place, vault, PASSWORD, NULL, NULL, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_clear_pointer (&database, xq_database_free);
  g_assert_cmpint (audit_rows (vault), ==, rows);
  g_assert_cmpint (rows_of (vault, "recovery_code_new"), ==, 0);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_opens (place, PASSWORD);
  assert_code_opens (place, place->code, TRUE);
}

/* Cancelled at its n-th word, for every n that there is. */
typedef struct
{
  GCancellable *cancellable;
  int left;
} Patience;

static void
lose_patience (double fraction, const char *what, gpointer user_data)
{
  Patience *patience = user_data;

  if (--patience->left == 0)
    g_cancellable_cancel (patience->cancellable);
}

static gboolean
renew_until (Place *place, int words)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (XqSecret) code = xq_recovery_code_new ();
  g_autoptr (XqSecret) password = secret (PASSWORD);
  Patience patience = { cancellable, words };
  XqProgress progress = { lose_patience, &patience, cancellable };
  g_autoptr (GError) error = NULL;
  gboolean done = xq_vault_renew (vault, code, password, NULL, &progress, &error);

  if (!done)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_only_usual_files (place);
  assert_opens (place, PASSWORD);
  assert_code_opens (place, done ? (const char *) xq_secret_bytes (code) : place->code, TRUE);
  return done;
}

static void
test_renew_cancelled (Place *place, gconstpointer unused)
{
  int words = 1;

  while (!renew_until (place, words))
    words++;
  g_test_message ("cancelled at %d moments", words - 1);
  g_assert_cmpint (words, >, 4);
}

/* -- slots of two keys: where a new recovery code was cut off */

static void
copy_file (Place *place, const char *from, const char *to)
{
  g_autofree char *source = file_in (place, from);
  g_autofree char *target = file_in (place, to);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
}

static void
write_both_slots (Place *place, const char *old_code, const char *new_code)
{
  g_autoptr (XqKeyslots) both = xq_keyslots_load (place->folder, NULL);
  g_autoptr (XqKeyslots) new_ones = xq_keyslots_new_like (both);
  g_autoptr (XqSecret) old_key = xq_recovery_code_read (old_code, NULL);
  g_autoptr (XqSecret) new_key = xq_recovery_code_read (new_code, NULL);
  g_autoptr (XqSecret) password = secret (PASSWORD);

  g_assert_true (xq_keyslots_set (both, XQ_SLOT_PASSWORD, old_key, password, NULL));
  g_assert_true (xq_keyslots_set (new_ones, XQ_SLOT_PASSWORD, new_key, password, NULL));
  xq_keyslots_add_all (both, new_ones);
  g_assert_true (xq_keyslots_have_two_keys (both));
  g_assert_true (xq_keyslots_prepare (both, place->folder, NULL));
  g_assert_true (xq_keyslots_finish (both, place->folder, NULL));
}

static void
assert_one_slot (Place *place)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (place->folder, NULL);
  g_auto (GStrv) kinds = xq_keyslots_kinds (slots);

  g_assert_cmpstrv (kinds, ((const char *const[]){ "password", NULL }));
}

static void
test_cut_off (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = NULL;
  g_autofree char *code = NULL;

  copy_file (place, "vault.db", "old");
  vault = open_with (place, PASSWORD, NULL);
  code = renew (vault, NULL);
  g_clear_pointer (&vault, xq_vault_unref);
  copy_file (place, "vault.db", "new");
  for (int i = 0; i < 2; i++)
    {
      gboolean before = i == 0;

      /* Between the keyslots and the renaming, or after it. */
      copy_file (place, before ? "old" : "new", "vault.db");
      if (before)
        copy_file (place, "new", "vault.db.next");
      write_both_slots (place, place->code, code);
      assert_does_not_open (place, "wrong", XQ_ERROR_PASSWORD);
      g_setenv ("XINQIAO_NOW", before ? "2026-11-23T13:00:00+08:00" : "2026-11-23T14:00:00+08:00", TRUE);
      assert_opens (place, PASSWORD);
      assert_one_slot (place);
      assert_opens (place, PASSWORD);
      assert_code_opens (place, place->code, before);
      assert_code_opens (place, code, !before);
      write_both_slots (place, place->code, code);
      {
        g_autoptr (XqSecret) new = secret (NEW_PASSWORD);
        g_autoptr (XqVault) recovered = xq_vault_recover (place->folder, before ? place->code : code, new, NULL);

        g_assert_nonnull (recovered);
      }
      assert_one_slot (place);
      assert_opens (place, NEW_PASSWORD);
    }
}

/* Slots of two keys, and a database that neither opens: the database is named, not the password. */
static void
test_cut_off_and_damaged (Place *place, gconstpointer unused)
{
  g_autoptr (XqSecret) other = xq_recovery_code_new ();
  g_autofree char *path = file_in (place, "vault.db");

  write_both_slots (place, place->code, (const char *) xq_secret_bytes (other));
  g_assert_true (g_file_set_contents (path, "not a database", -1, NULL));
  assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
}

/* A vault from before there were names of keys. */
static void
test_old_slots (Place *place, gconstpointer unused)
{
  g_autofree char *path = file_in (place, "keyslots.json");
  g_autofree char *second = file_in (place, "keyslots.json.bak");
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GRegex) name = g_regex_new (",\\s*\"opens\"\\s*:\\s*\"[0-9a-f]{32}\"", 0, 0, NULL);
  g_autofree char *old = NULL;
  g_autofree char *code = NULL;
  g_autoptr (XqVault) vault = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  old = g_regex_replace (name, text, -1, 0, "", 0, NULL);
  g_assert_cmpuint (strlen (old), <, strlen (text));
  g_assert_true (g_file_set_contents (path, old, -1, NULL));
  g_assert_true (g_file_set_contents (second, old, -1, NULL));
  vault = open_with (place, PASSWORD, NULL);
  g_assert_nonnull (vault);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, old);
  code = renew (vault, NULL);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_opens (place, PASSWORD);
  assert_code_opens (place, code, TRUE);
}

#define ADD(name, test) g_test_add ("/renew/" name, Place, NULL, place_set_up, test, place_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("renew", test_renew);
  ADD ("old-database-is-erased", test_old_database_is_erased);
  ADD ("renew-again", test_renew_again);
  ADD ("renew-keeps-custodian", test_renew_keeps_custodian);
  ADD ("renew-refused", test_renew_refused);
  ADD ("renew-cancelled", test_renew_cancelled);
  ADD ("cut-off", test_cut_off);
  ADD ("cut-off-and-damaged", test_cut_off_and_damaged);
  ADD ("old-slots", test_old_slots);
  return g_test_run ();
}
