/* Where backups and new recovery codes meet: what becomes of the backups from before, and that one waits for the other. */
#include "config.h"

#include "backup-test.h"

#define LATER "2026-11-28T11:00:00+08:00"

static gboolean
try_renew (XqVault *vault, char **ret_code, GError **error)
{
  g_autoptr (XqSecret) code = xq_recovery_code_new ();
  g_autoptr (XqSecret) password = secret (PASSWORD);

  if (!xq_vault_renew (vault, code, password, NULL, NULL, error))
    return FALSE;
  if (ret_code != NULL)
    *ret_code = g_strdup ((const char *) xq_secret_bytes (code));
  return TRUE;
}

/* The new code. */
static char *
renew (Saved *saved)
{
  g_autoptr (GError) error = NULL;
  char *code = NULL;

  try_renew (saved->vault, &code, &error);
  g_assert_no_error (error);
  return code;
}

static char *
back_up_into_stick (Saved *saved, const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqBackupRecord) record = NULL;

  g_setenv ("XINQIAO_NOW", now, TRUE);
  record = xq_backup_create_in (saved->vault, saved->stick, XQ_BACKUP_AUTOMATIC, NULL, &error);
  g_assert_no_error (error);
  return g_build_filename (record->folder, record->file, NULL);
}

static const XqBackupEntry *
entry_of (GPtrArray *list, const char *path)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((const XqBackupEntry *) list->pdata[i])->path, path))
      return list->pdata[i];
  g_assert_not_reached ();
}

/* -- what becomes of the backups from before */

static void
test_listed (Saved *saved, gconstpointer unused)
{
  g_autofree char *before = back_up_into_stick (saved, NOW);
  g_autofree char *code = renew (saved);
  g_autofree char *after = back_up_into_stick (saved, LATER);
  g_autoptr (GPtrArray) list = xq_backup_list (saved->stick, saved->vault, NULL);
  const XqBackupEntry *old = entry_of (list, before), *fresh = entry_of (list, after);

  g_assert_cmpint (list->len, ==, 2);
  g_assert_true (!old->own && old->other_code && !old->rotates);
  g_assert_true (fresh->own && !fresh->other_code && fresh->rotates);
}

/* Another vault's backups are nobody's of this vault, with whatever code. */
static void
test_stranger (Saved *saved, gconstpointer unused)
{
  g_autofree char *folder = fixture_folder ();
  g_autoptr (XqVault) other = create (folder, NULL);
  g_autoptr (XqBackupRecord) record = xq_backup_create (other, saved->file, XQ_BACKUP_BY_HAND, NULL, NULL);
  g_autofree char *code = renew (saved);
  g_autoptr (GPtrArray) list = xq_backup_list (saved->stick, saved->vault, NULL);
  const XqBackupEntry *entry = entry_of (list, saved->file);

  g_assert_nonnull (record);
  g_assert_true (!entry->own && !entry->other_code && !entry->rotates);
  g_clear_pointer (&other, xq_vault_unref);
  fixture_remove (folder);
}

static void
assert_opens_with_code (const char *path, const char *code, gboolean opens)
{
  g_autoptr (XqBackup) backup = xq_backup_open (path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_backup_unlock_with_code (backup, code, &error) == opens);
  if (!opens)
    {
      g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "valid when the backup was made"));
      return;
    }
  xq_backup_verify (backup, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_restores (Saved *saved, const char *path, const char *code)
{
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autoptr (XqBackup) backup = xq_backup_open (path, NULL);
  g_autoptr (XqVault) restored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_backup_unlock_with_code (backup, code, NULL));
  restored = xq_backup_restore (backup, target, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_vault_unharmed (restored);
  g_clear_pointer (&restored, xq_vault_unref);
  fixture_remove (target);
}

/* Each with the code of its time, and with none but that; the password is the same on both days and opens both. */
static void
test_opened (Saved *saved, gconstpointer unused)
{
  g_autofree char *before = back_up_into_stick (saved, NOW);
  g_autofree char *code = renew (saved);
  g_autofree char *after = back_up_into_stick (saved, LATER);

  assert_opens_with_code (before, saved->place.code, TRUE);
  assert_opens_with_code (before, code, FALSE);
  assert_opens_with_code (after, code, TRUE);
  assert_opens_with_code (after, saved->place.code, FALSE);
  assert_sound (before);
  assert_sound (after);
  assert_restores (saved, before, saved->place.code);
  assert_restores (saved, after, code);
}

/* A vault that went back before the new code: what was made under the new one is told apart from strangers' as well. */
static void
test_seen_from_before (Saved *saved, gconstpointer unused)
{
  g_autofree char *before = back_up_into_stick (saved, NOW);
  g_autofree char *code = renew (saved);
  g_autofree char *after = back_up_into_stick (saved, LATER);
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autoptr (XqBackup) backup = unlocked (before, NULL);
  g_autoptr (XqVault) restored = xq_backup_restore (backup, target, FALSE, NULL, NULL, NULL);
  g_autoptr (GPtrArray) list = xq_backup_list (saved->stick, restored, NULL);

  g_assert_true (entry_of (list, before)->own);
  g_assert_true (entry_of (list, after)->other_code && !entry_of (list, after)->own);
}

/* -- the rotation */

/* On one day: of those under the new code the last one stays; the one under the old stays too, and is not what counts. */
static void
test_rotation (Saved *saved, gconstpointer unused)
{
  g_autofree char *before = back_up_into_stick (saved, NOW);
  g_autofree char *code = renew (saved);
  g_autofree char *first = back_up_into_stick (saved, LATER);
  g_autofree char *last = back_up_into_stick (saved, "2026-11-28T12:00:00+08:00");

  g_assert_true (g_file_test (before, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (last, G_FILE_TEST_EXISTS));
}

/* The backups of eight days under the old code are still eight after eight more days under the new, of which seven stay,
 * and the one of the week before. */
static void
test_rotation_takes_no_place (Saved *saved, gconstpointer unused)
{
  g_autofree char *code = NULL;

  for (int day = 1; day <= 16; day++)
    {
      g_autofree char *now = g_strdup_printf ("2026-11-%02dT08:00:00+08:00", day);

      if (day == 8)
        code = renew (saved);
      g_free (back_up_into_stick (saved, now));
    }
  {
    g_autoptr (GPtrArray) list = xq_backup_list (saved->stick, saved->vault, NULL);
    guint own = 0, other = 0;

    for (guint i = 0; i < list->len; i++)
      {
        own += ((XqBackupEntry *) list->pdata[i])->own ? 1 : 0;
        other += ((XqBackupEntry *) list->pdata[i])->other_code ? 1 : 0;
      }
    g_assert_cmpuint (other, ==, 7);
    /* The 10th to the 16th, and the 8th, the Sunday of its week. */
    g_assert_cmpuint (own, ==, 8);
  }
}

/* -- what is due */

static void
test_due (Saved *saved, gconstpointer unused)
{
  g_autofree char *before = back_up_into_stick (saved, NOW);
  g_autofree char *code = NULL;
  g_autofree char *after = NULL;
  g_autoptr (XqBackupStatus) status = NULL;

  {
    g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);

    g_assert_true (xq_backup_set_folder (database, saved->stick, NULL));
  }
  status = xq_backup_status (saved->vault, NULL);
  g_assert_false (status->due);
  code = renew (saved);
  g_clear_pointer (&status, xq_backup_status_free);
  status = xq_backup_status (saved->vault, NULL);
  /* Nothing lies there that today's code opens. */
  g_assert_true (status->due);
  g_assert_null (status->newest);
  after = back_up_into_stick (saved, LATER);
  g_clear_pointer (&status, xq_backup_status_free);
  status = xq_backup_status (saved->vault, NULL);
  g_assert_false (status->due);
  g_assert_cmpstr (status->newest, ==, after);
}

/* A vault that lost its slots gets another name with its new password, and its key is what it was. */
static void
test_other_name (Saved *saved, gconstpointer unused)
{
  g_autofree char *made = back_up_into_stick (saved, NOW);
  g_autofree char *first = file_in (&saved->place, "keyslots.json");
  g_autofree char *second = file_in (&saved->place, "keyslots.json.bak");
  g_autoptr (XqSecret) password = secret (NEW_PASSWORD);
  g_autoptr (GPtrArray) list = NULL;

  g_clear_pointer (&saved->vault, xq_vault_unref);
  g_unlink (first);
  g_unlink (second);
  saved->vault = xq_vault_recover (saved->place.folder, saved->place.code, password, NULL);
  g_assert_nonnull (saved->vault);
  list = xq_backup_list (saved->stick, saved->vault, NULL);
  g_assert_true (entry_of (list, made)->own && entry_of (list, made)->rotates);
}

/* -- the drill */

static void
test_drill (Saved *saved, gconstpointer unused)
{
  g_autofree char *before = back_up_into_stick (saved, NOW);
  g_autofree char *code = renew (saved);
  g_autofree char *after = back_up_into_stick (saved, LATER);
  g_autoptr (XqBackupDrill) drill = NULL;
  g_autoptr (GError) error = NULL;

  /* The trail went on under its own key: the copy's is a part of today's. */
  drill = xq_backup_drill (saved->vault, after, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (drill->record->outcome, ==, XQ_BACKUP_DONE);
  g_assert_null (xq_backup_drill (saved->vault, before, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "another recovery code"));
}

/* -- one waits for the other */

typedef struct
{
  Saved *saved;
  int asked;
} Meanwhile;

/* Said of each step of a backup, from wherever it works. */
static void
renew_meanwhile (double fraction, const char *what, gpointer user_data)
{
  Meanwhile *meanwhile = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_false (try_renew (meanwhile->saved->vault, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  meanwhile->asked++;
}

static void
test_renewal_waits (Saved *saved, gconstpointer unused)
{
  Meanwhile meanwhile = { saved, 0 };
  const XqProgress progress = { renew_meanwhile, &meanwhile, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqBackupRecord) record
      = xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, &progress, &error);

  g_assert_no_error (error);
  g_assert_cmpint (meanwhile.asked, >, 3);
  assert_sound (saved->file);
  g_free (renew (saved));
}

static void
assert_backup_refused (XqVault *vault, const char *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_backup_create (vault, file, XQ_BACKUP_BY_HAND, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "new key"));
}

/* Said of each step of a new recovery code: neither this program nor another may begin a backup. */
static void
back_up_meanwhile (double fraction, const char *what, gpointer user_data)
{
  Meanwhile *meanwhile = user_data;
  Saved *saved = meanwhile->saved;
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  assert_backup_refused (saved->vault, saved->file);
  g_assert_null (xq_backup_list (saved->stick, saved->vault, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (xq_vault_open_beside (saved->place.folder, password, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "new key"));
  meanwhile->asked++;
}

static void
test_backup_waits (Saved *saved, gconstpointer unused)
{
  Meanwhile meanwhile = { saved, 0 };
  const XqProgress progress = { back_up_meanwhile, &meanwhile, NULL };
  g_autoptr (XqSecret) code = xq_recovery_code_new ();
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqBackupRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  xq_vault_renew (saved->vault, code, password, NULL, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpint (meanwhile.asked, >, 3);
  g_assert_cmpint (files_in (saved->stick, ""), ==, 0);
  record = make_backup (saved);
  assert_sound (saved->file);
}

/* Another program that has the vault open beside is left to come to its end, connected or not. */
static void
test_renewal_waits_for_others (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqVault) beside = NULL;
  g_autoptr (GError) error = NULL;

  beside = xq_vault_open_beside (saved->place.folder, password, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (try_renew (saved->vault, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "making a backup"));
  assert_vault_unharmed (saved->vault);
  g_clear_pointer (&beside, xq_vault_unref);
  g_free (renew (saved));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
#define ADD(name, function) g_test_add (name, Saved, NULL, saved_set_up, function, saved_tear_down)
  ADD ("/backup-renew/listed", test_listed);
  ADD ("/backup-renew/stranger", test_stranger);
  ADD ("/backup-renew/opened", test_opened);
  ADD ("/backup-renew/seen-from-before", test_seen_from_before);
  ADD ("/backup-renew/rotation", test_rotation);
  ADD ("/backup-renew/rotation-takes-no-place", test_rotation_takes_no_place);
  ADD ("/backup-renew/due", test_due);
  ADD ("/backup-renew/other-name", test_other_name);
  ADD ("/backup-renew/drill", test_drill);
  ADD ("/backup-renew/renewal-waits", test_renewal_waits);
  ADD ("/backup-renew/backup-waits", test_backup_waits);
  ADD ("/backup-renew/renewal-waits-for-others", test_renewal_waits_for_others);
  return g_test_run ();
}
