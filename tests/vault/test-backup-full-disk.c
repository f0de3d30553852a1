/* Disks that are too small, filled meanwhile, or read-only: real ones, where root can make them. Each is said in words, leaves no
 * half file and no harm in the vault. */
#include "config.h"

#include "backup-test.h"
#include "real-disk.h"

/* Known before anything is written. */
static void
test_too_small (Saved *saved, gconstpointer unused)
{
  g_autofree char *disk = real_disk ("256k");
  g_autofree char *file = disk != NULL ? g_build_filename (disk, "one.xqbackup", NULL) : NULL;

  if (disk == NULL)
    return;
  assert_refused (saved, file, "Nothing was written");
  real_disk_remove (disk);
}

/* Others fill the disk meanwhile. */
typedef struct
{
  const char *disk;
  gboolean filled;
} Filler;

static void
fill_meanwhile (double fraction, const char *what, gpointer user_data)
{
  Filler *filler = user_data;
  g_autofree char *path = g_build_filename (filler->disk, "filler", NULL);
  g_autofree char *bytes = NULL;

  if (filler->filled || files_in (filler->disk, ".part") == 0)
    return;
  filler->filled = TRUE;
  bytes = g_malloc0 (4 << 20);
  for (gssize length = 4 << 20; length >= 4096; length /= 2)
    {
      g_autofree char *more = g_strdup_printf ("%s%ld", path, (long) length);

      g_file_set_contents_full (more, bytes, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    }
}

static void
test_filled_meanwhile (Saved *saved, gconstpointer unused)
{
  g_autofree char *disk = real_disk ("2m");
  g_autofree char *file = disk != NULL ? g_build_filename (disk, "one.xqbackup", NULL) : NULL;
  Filler filler = { disk, FALSE };
  XqProgress progress = { fill_meanwhile, &filler, NULL };
  g_autoptr (GError) error = NULL;

  if (disk == NULL)
    return;
  g_assert_null (xq_backup_create (saved->vault, file, XQ_BACKUP_BY_HAND, &progress, &error));
  g_assert_true (filler.filled);
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "full"));
  g_assert_cmpint (files_in (disk, ".part"), ==, 0);
  g_assert_cmpint (files_in (disk, ".xqbackup"), ==, 0);
  assert_vault_unharmed (saved->vault);
  real_disk_remove (disk);
}

static void
test_read_only (Saved *saved, gconstpointer unused)
{
  g_autofree char *disk = real_disk ("4m");
  g_autofree char *file = disk != NULL ? g_build_filename (disk, "one.xqbackup", NULL) : NULL;

  if (disk == NULL)
    return;
  g_assert_cmpint (mount ("none", disk, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  assert_refused (saved, file, "write protection");
  real_disk_remove (disk);
}

/* A write-protected stick is good enough to verify and to restore from. */
static void
test_restored_from_read_only (Saved *saved, gconstpointer unused)
{
  g_autofree char *disk = real_disk ("4m");
  g_autofree char *file = disk != NULL ? g_build_filename (disk, "one.xqbackup", NULL) : NULL;
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autoptr (XqBackupRecord) record = NULL;
  g_autoptr (XqBackup) backup = NULL;
  g_autoptr (XqVault) restored = NULL;
  g_autoptr (GError) error = NULL;

  if (disk == NULL)
    return;
  record = xq_backup_create (saved->vault, file, XQ_BACKUP_BY_HAND, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mount ("none", disk, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  assert_sound (file);
  backup = unlocked (file, &error);
  restored = xq_backup_restore (backup, target, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_vault_unharmed (restored);
  real_disk_remove (disk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
#define ADD(name, function) g_test_add (name, Saved, NULL, saved_set_up, function, saved_tear_down)
  ADD ("/backup-full-disk/too-small", test_too_small);
  ADD ("/backup-full-disk/filled-meanwhile", test_filled_meanwhile);
  ADD ("/backup-full-disk/read-only", test_read_only);
  ADD ("/backup-full-disk/restored-from-read-only", test_restored_from_read_only);
  return g_test_run ();
}
