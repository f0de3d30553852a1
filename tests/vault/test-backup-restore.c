/* A vault comes back out of its backup, and the one that was there is kept. The monthly drill. */
#include "config.h"

#include "backup-test.h"
#include "vault/audit.h"

static void
add_rows (XqVault *vault, int rows)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);

  for (int i = 0; i < rows; i++)
    {
      g_autofree char *key = g_strdup_printf ("test.%d", i);

      g_assert_true (xq_setting_set (database, key, "1", NULL));
    }
}

static XqVault *
restore (const char *file, const char *folder, gboolean keep_old, char **ret_old, GError **error)
{
  g_autoptr (XqBackup) backup = unlocked (file, error);

  return backup != NULL ? xq_backup_restore (backup, folder, keep_old, ret_old, NULL, error) : NULL;
}

static void
test_into_new_folder (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = NULL;
  g_autofree char *target = g_build_filename (saved->stick, "deep", "er", "vault", NULL);
  g_autofree char *old = NULL;
  g_autoptr (XqVault) restored = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultInfo) before = NULL;
  g_autoptr (XqSecret) password = secret (PASSWORD);

  add_rows (saved->vault, 12);
  before = xq_vault_info (saved->vault, NULL);
  record = make_backup (saved);
  add_rows (saved->vault, 30);
  restored = restore (saved->file, target, FALSE, &old, &error);
  g_assert_no_error (error);
  g_assert_null (old);
  assert_vault_unharmed (restored);
  g_assert_cmpint (rows_of (restored, "setting"), ==, 12 + 2);
  /* Its trail goes on where the backup ended. */
  g_assert_cmpint (rows_of (restored, "backup_restore"), ==, 1);
  g_assert_cmpint (rows_of (restored, "backup"), ==, 0);
  g_clear_pointer (&restored, xq_vault_unref);
  g_assert_cmpint (files_in (saved->stick, ".restoring"), ==, 0);
  restored = xq_vault_open (target, password, NULL, &error);
  g_assert_no_error (error);
}

static void
test_never_over_anything (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autofree char *inside = g_build_filename (saved->stick, "full", NULL);
  g_autofree char *something = g_build_filename (inside, "letter.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (inside, 0700), ==, 0);
  g_assert_true (g_file_set_contents (something, "mine", -1, NULL));
  g_assert_null (restore (saved->file, inside, TRUE, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_true (g_file_test (something, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  /* Over a vault only when it is kept, and never over one that somebody has open. */
  g_assert_null (restore (saved->file, saved->place.folder, FALSE, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (restore (saved->file, saved->place.folder, TRUE, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  assert_vault_unharmed (saved->vault);
}

static void
test_old_is_kept (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autofree char *old = NULL;
  g_autoptr (XqVault) restored = NULL;
  g_autoptr (XqVault) before = NULL;
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  add_rows (saved->vault, 5);
  g_clear_pointer (&saved->vault, xq_vault_unref);
  restored = restore (saved->file, saved->place.folder, TRUE, &old, &error);
  g_assert_no_error (error);
  g_assert_nonnull (old);
  g_assert_true (g_str_has_prefix (old, saved->place.folder));
  before = xq_vault_open (old, password, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rows_of (before, "setting"), ==, 5 + 2);
  g_assert_cmpint (rows_of (restored, "setting"), ==, 2);
  g_clear_pointer (&before, xq_vault_unref);
  fixture_remove (old);
}

/* The password of the day when it was made opens it, whatever the vault has now. */
static void
test_password_of_its_time (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autoptr (XqSecret) old = secret (PASSWORD);
  g_autoptr (XqSecret) fresh = secret (NEW_PASSWORD);
  g_autoptr (XqBackup) backup = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_vault_change_password (saved->vault, old, fresh, &error));
  g_assert_no_error (error);
  backup = xq_backup_open (saved->file, NULL);
  g_assert_false (xq_backup_unlock (backup, fresh, &error));
  g_clear_error (&error);
  g_assert_true (xq_backup_unlock (backup, old, &error));
}

static void
test_cancelled (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autoptr (XqBackup) backup = unlocked (saved->file, NULL);
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XqProgress progress = { cancel_at_once, cancellable, cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_backup_restore (backup, target, FALSE, NULL, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (files_in (saved->stick, ""), ==, 1);
}

/* -- the drill */

static void
test_drill (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
  g_autoptr (XqBackupRecord) record = NULL;
  g_autoptr (XqBackupDrill) drill = NULL;
  g_autoptr (XqBackupStatus) status = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_backup_set_folder (database, saved->stick, NULL));
  g_assert_null (xq_backup_drill (saved->vault, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  record = make_backup (saved);
  g_setenv ("XINQIAO_NOW", "2026-12-03T10:00:00+08:00", TRUE);
  add_rows (saved->vault, 3);
  drill = xq_backup_drill (saved->vault, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (drill->age_days, ==, 5);
  g_assert_cmpint (drill->rows_now, >, drill->record->total);
  g_assert_cmpstr (drill->record->audit_head, ==, record->audit_head);
  g_assert_cmpstr (drill->next_on, ==, "2027-01-03");
  g_assert_cmpint (rows_of (saved->vault, "backup_drill"), ==, 1);
  status = xq_backup_status (saved->vault, NULL);
  g_assert_cmpstr (status->drill_on, ==, "2027-01-03");
  g_assert_false (status->drill_due);
  /* The copy is gone. */
  {
    g_autoptr (GDir) folder = g_dir_open (saved->place.folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (folder)) != NULL)
      g_assert_false (g_str_has_prefix (name, "drill."));
  }
}

static void
test_drill_of_damaged (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (saved->file, &bytes, &length, NULL));
  bytes[length - 100] ^= 1;
  g_assert_true (g_file_set_contents (saved->file, bytes, (gssize) length, NULL));
  g_assert_null (xq_backup_drill (saved->vault, saved->file, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  records = xq_backup_records (database, 1, NULL);
  g_assert_cmpint (((XqBackupRecord *) records->pdata[0])->kind, ==, XQ_BACKUP_DRILL);
  g_assert_cmpint (((XqBackupRecord *) records->pdata[0])->outcome, ==, XQ_BACKUP_FAILED);
}

/* A vault that was rewound and went another way: the backup is no part of its trail, and the drill says so. */
static void
test_drill_of_another_past (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autofree char *later = g_build_filename (saved->stick, "later.xqbackup", NULL);
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autoptr (XqVault) other = restore (saved->file, target, FALSE, NULL, NULL);
  g_autoptr (XqBackupRecord) second = NULL;
  g_autoptr (GError) error = NULL;

  add_rows (other, 3);
  second = xq_backup_create (other, later, XQ_BACKUP_BY_HAND, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("XINQIAO_NOW", "2026-11-28T10:30:00+08:00", TRUE);
  add_rows (saved->vault, 9);
  g_assert_null (xq_backup_drill (saved->vault, later, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "trail"));
}

/* What lies in a vault's folder goes when the folder goes: neither a backup nor another vault belongs there, by whatever way
 * it is named. */
static void
test_not_into_a_vault (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  const char *folder = xq_vault_folder (saved->vault);
  g_autofree char *link = g_build_filename (saved->stick, "link", NULL);
  char *targets[] = {
    g_build_filename (folder, "inner", NULL),
    g_build_filename (folder, "deep", "er", NULL),
    g_build_filename (link, "inner", NULL),
  };

  g_assert_cmpint (symlink (folder, link), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) no_backup = NULL;

      g_assert_null (restore (saved->file, targets[i], FALSE, NULL, &error));
      g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, folder));
      g_assert_null (xq_backup_create (saved->vault, targets[i], XQ_BACKUP_BY_HAND, NULL, &no_backup));
      g_assert_error (no_backup, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
      g_assert_false (g_file_test (targets[i], G_FILE_TEST_EXISTS));
      g_free (targets[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
#define ADD(name, function) g_test_add (name, Saved, NULL, saved_set_up, function, saved_tear_down)
  ADD ("/backup-restore/into-new-folder", test_into_new_folder);
  ADD ("/backup-restore/never-over-anything", test_never_over_anything);
  ADD ("/backup-restore/old-is-kept", test_old_is_kept);
  ADD ("/backup-restore/password-of-its-time", test_password_of_its_time);
  ADD ("/backup-restore/cancelled", test_cancelled);
  ADD ("/backup-restore/not-into-a-vault", test_not_into_a_vault);
  ADD ("/backup-drill/sound", test_drill);
  ADD ("/backup-drill/damaged", test_drill_of_damaged);
  ADD ("/backup-drill/another-past", test_drill_of_another_past);
  return g_test_run ();
}
