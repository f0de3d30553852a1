/* Sticks that are pulled, gone, too old for long files or for Chinese names. Each is said in words, leaves no half file and no harm
 * in the vault. Real disks that are full or read-only: test-backup-full-disk.c.
 *
 * This program has an open(), a pread(), a pwrite(), a rename() and an fsync() of its own before the system's: they fail on command for
 * the file that a backup is being written into, as the kernel does when a stick is pulled or takes no such name. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backup-test.h"
#include "vault/backup-private.h"

static int writes_left = -1; /* of the part, until pwrite() fails; -1 for never */
static int fault;
static gboolean sync_fails;
static gboolean forgets;   /* the medium gives back other bytes than were written */
static gboolean no_direct; /* the file system has no way past the computer's memory */
static gint direct_reads;
static int name_fault; /* what a file with a Chinese name is refused with; 0 for never */

/* FAT keeps where a file begins and how long it is beside its name. The kernel writes a new name with neither, and brings them
 * when the file itself is synced after its renaming; a sync of the folder does not. Until then it is empty once the stick is
 * pulled. And until a folder is synced, what was removed from it may be there again, with its bytes given away to others. */
static GHashTable *hollow; /* of paths; NULL while nobody asks */
static int removed_meanwhile;
static int written_meanwhile;

static void
path_of (int descriptor, char *ret_path, gsize size)
{
  char link[64];
  gssize length;

  g_snprintf (link, sizeof link, "/proc/self/fd/%d", descriptor);
  length = readlink (link, ret_path, size - 1);
  ret_path[MAX (length, 0)] = '\0';
}

static gboolean
is_part (int descriptor)
{
  char path[4096];

  path_of (descriptor, path, sizeof path);
  return g_str_has_suffix (path, ".part") || g_str_has_suffix (path, "vault.db.new");
}

int open64 (const char *path, int flags, ...);

int
open64 (const char *path, int flags, ...)
{
  const char *name = strrchr (path, '/');
  va_list more;
  mode_t mode;

  va_start (more, flags);
  mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (more, mode_t) : 0;
  va_end (more);
  if (name_fault != 0 && (flags & O_CREAT) != 0 && name != NULL && !g_str_is_ascii (name))
    {
      errno = name_fault;
      return -1;
    }
  if (no_direct && (flags & O_DIRECT) != 0)
    {
      errno = EINVAL;
      return -1;
    }
  return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t pread64 (int descriptor, void *bytes, size_t length, off64_t offset);
ssize_t pwrite64 (int descriptor, const void *bytes, size_t length, off64_t offset);
int fsync (int descriptor);

/* Pages are read one by one; what is as long as a block is the reading back. */
ssize_t
pread64 (int descriptor, void *bytes, size_t length, off64_t offset)
{
  ssize_t got = syscall (SYS_pread64, descriptor, bytes, length, offset);

  if (length < XQ_BACKUP_BLOCK || got <= 0 || !is_part (descriptor))
    return got;
  if ((fcntl (descriptor, F_GETFL) & O_DIRECT) != 0)
    g_atomic_int_inc (&direct_reads);
  if (forgets)
    ((guint8 *) bytes)[got / 2] ^= 1;
  return got;
}

ssize_t
pwrite64 (int descriptor, const void *bytes, size_t length, off64_t offset)
{
  if (hollow != NULL && is_part (descriptor))
    written_meanwhile += (int) g_hash_table_size (hollow);
  if (writes_left >= 0 && is_part (descriptor) && writes_left-- == 0)
    {
      writes_left = 0;
      errno = fault;
      return -1;
    }
  return syscall (SYS_pwrite64, descriptor, bytes, length, offset);
}

static void
make_hollow (const char *from, const char *to)
{
  if (hollow == NULL)
    return;
  g_hash_table_remove (hollow, from);
  g_hash_table_add (hollow, g_strdup (to));
}

int
rename (const char *from, const char *to)
{
  make_hollow (from, to);
  return (int) syscall (SYS_rename, from, to);
}

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned int flags)
{
  make_hollow (from, to);
  if (hollow != NULL && (flags & RENAME_EXCHANGE) != 0)
    g_hash_table_add (hollow, g_strdup (from));
  return (int) syscall (SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int
unlink (const char *path)
{
  int done = (int) syscall (SYS_unlink, path);

  if (hollow == NULL || done != 0)
    return done;
  if (g_str_has_suffix (path, ".xqbackup") && g_hash_table_size (hollow) > 0)
    removed_meanwhile++;
  if (g_str_has_suffix (path, ".xqbackup") || g_str_has_suffix (path, ".part"))
    g_hash_table_add (hollow, g_path_get_dirname (path));
  return done;
}

int
fsync (int descriptor)
{
  char path[4096];

  path_of (descriptor, path, sizeof path);
  if (hollow != NULL)
    g_hash_table_remove (hollow, path);
  if (sync_fails && is_part (descriptor))
    {
      errno = EIO;
      return -1;
    }
  return (int) syscall (SYS_fsync, descriptor);
}

/* The stick is pulled at each write in turn; the older backup on it is what it was. */
static void
test_pulled (Saved *saved, gconstpointer unused)
{
  g_autofree char *older = g_build_filename (saved->stick, "older.xqbackup", NULL);
  g_autoptr (XqBackupRecord) record = xq_backup_create (saved->vault, older, XQ_BACKUP_BY_HAND, NULL, NULL);
  int points = 0;

  g_assert_nonnull (record);
  for (gboolean done = FALSE; !done; points++)
    {
      g_autoptr (XqBackupRecord) made = NULL;

      writes_left = points;
      fault = EIO;
      made = xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, NULL, NULL);
      done = made != NULL;
      g_assert_cmpint (files_in (saved->stick, ".part"), ==, 0);
      g_assert_cmpint (files_in (saved->stick, ".xqbackup"), ==, done ? 2 : 1);
    }
  writes_left = -1;
  g_test_message ("%d points", points);
  g_assert_cmpint (points, >, 4);
  assert_sound (older);
  assert_sound (saved->file);
  assert_vault_unharmed (saved->vault);
}

static void
assert_nothing_hollow (void)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, hollow);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_error ("%s is not whole when the stick is pulled now", (const char *) path);
}

static void
leave_part (Saved *saved)
{
  g_autofree char *path = g_build_filename (saved->stick, "xinqiao-backup-2026-11-27-0930.xqbackup.part", NULL);
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];
  char vault[XQ_BACKUP_VAULT_LENGTH + 1];

  g_free (xq_backup_load_slots (saved->place.folder, vault));
  xq_backup_header_write_unfinished (vault, bytes);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, sizeof bytes, NULL));
}

/* What is said to be done is on the stick, whole, before anything older goes; what is removed is gone before its room is written
 * into. */
static void
test_pulled_afterwards (Saved *saved, gconstpointer unused)
{
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;

  leave_part (saved);
  hollow = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (XqBackupRecord) record = xq_backup_create_in (saved->vault, saved->stick, XQ_BACKUP_BY_HAND, NULL, &error);

      g_assert_no_error (error);
      assert_nothing_hollow ();
      g_free (file);
      file = g_build_filename (saved->stick, record->file, NULL);
      g_setenv ("XINQIAO_NOW", "2026-11-28T10:30:00+08:00", TRUE);
    }
  g_assert_cmpint (files_in (saved->stick, ".xqbackup"), ==, 1);
  g_assert_cmpint (files_in (saved->stick, ".part"), ==, 0);
  g_assert_cmpint (removed_meanwhile, ==, 0);
  g_assert_cmpint (written_meanwhile, ==, 0);
  /* One that fails. */
  writes_left = 2;
  fault = ENOSPC;
  g_assert_null (xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, NULL, NULL));
  writes_left = -1;
  assert_nothing_hollow ();
  /* Into a new folder, and in the place of another vault. */
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (XqBackup) backup = unlocked (file, &error);
      g_autoptr (XqVault) restored = xq_backup_restore (backup, target, TRUE, NULL, NULL, &error);

      g_assert_no_error (error);
      assert_nothing_hollow ();
    }
  g_clear_pointer (&hollow, g_hash_table_unref);
}

static void
test_words (Saved *saved, gconstpointer unused)
{
  static const struct
  {
    int fault;
    const char *saying;
  } cases[] = {
    { EIO, "Put the stick in again" },  { ENODEV, "Put the stick in again" }, { ENOSPC, "The disk is full" },
    { EFBIG, "exFAT" }, { EROFS, "write protection" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      writes_left = 2;
      fault = cases[i].fault;
      assert_refused (saved, saved->file, cases[i].saying);
      writes_left = -1;
    }
  sync_fails = TRUE;
  assert_refused (saved, saved->file, "stopped answering");
  sync_fails = FALSE;
}

/* A stick that says yes to everything and keeps something else. The kernel's memory of what was written would be as it should. */
static void
test_forgetful (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = NULL;

  for (int direct = 0; direct <= 1; direct++)
    {
      g_autoptr (GError) error = NULL;

      forgets = TRUE;
      no_direct = !direct;
      direct_reads = 0;
      g_assert_null (xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, NULL, &error));
      forgets = FALSE;
      g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "not what was written"));
      /* Nobody knows the name that it has meanwhile. */
      g_assert_null (strstr (error->message, ".part"));
      g_assert_cmpint (files_in (saved->stick, ""), ==, 0);
      g_assert_true (direct || direct_reads == 0);
      g_test_message ("%d blocks read past the computer's memory", direct_reads);
    }
  no_direct = TRUE;
  record = make_backup (saved);
  no_direct = FALSE;
  assert_sound (saved->file);
  assert_vault_unharmed (saved->vault);
}

/* What failed is written down in the vault, with the reason. */
static void
test_failure_is_recorded (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
  g_autoptr (GPtrArray) records = NULL;
  const XqBackupRecord *record;

  writes_left = 0;
  fault = EIO;
  assert_refused (saved, saved->file, "stick");
  writes_left = -1;
  records = xq_backup_records (database, 1, NULL);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpint (record->outcome, ==, XQ_BACKUP_FAILED);
  g_assert_cmpint (record->verified_at, ==, 0);
  g_assert_nonnull (strstr (record->why, "stick"));
}

static void
test_not_there (Saved *saved, gconstpointer unused)
{
  g_autofree char *file = g_build_filename (saved->stick, "no", "such", "one.xqbackup", NULL);

  assert_refused (saved, file, "Put the stick in");
}

/* FAT's limit as the kernel tells it, for everybody: a file may grow no further. */
static void
test_file_too_long (Saved *saved, gconstpointer unused)
{
  struct rlimit before, limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = (struct rlimit) { 200 * 1024, before.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
    g_assert_null (xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, NULL, &error));
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
    g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
    g_assert_nonnull (strstr (error->message, "exFAT"));
  }
  g_assert_cmpint (files_in (saved->stick, ""), ==, 0);
  assert_vault_unharmed (saved->vault);
}

/* A restore that runs out of disk leaves no vault and no rest. */
static void
test_restore_fails_whole (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autoptr (XqBackup) backup = unlocked (saved->file, NULL);
  g_autoptr (GError) error = NULL;

  writes_left = 0;
  fault = ENOSPC;
  g_assert_null (xq_backup_restore (backup, target, FALSE, NULL, NULL, &error));
  writes_left = -1;
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_assert_cmpint (files_in (saved->stick, ""), ==, 1);
}

/* Old sticks take no Chinese names, and their file systems refuse them in different words. */
static void
test_plain_name (Saved *saved, gconstpointer unused)
{
  static const int faults[] = { EINVAL, EILSEQ, EPERM };

  xq_i18n_init ("zh_CN");
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XqBackupRecord) record = NULL;

      name_fault = faults[i];
      record = xq_backup_create_in (saved->vault, saved->stick, XQ_BACKUP_BY_HAND, NULL, &error);
      name_fault = 0;
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (record->file, "xinqiao-backup-"));
    }
  xq_i18n_init ("en");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
#define ADD(name, function) g_test_add (name, Saved, NULL, saved_set_up, function, saved_tear_down)
  ADD ("/backup-disk/pulled", test_pulled);
  ADD ("/backup-disk/pulled-afterwards", test_pulled_afterwards);
  ADD ("/backup-disk/words", test_words);
  ADD ("/backup-disk/forgetful", test_forgetful);
  ADD ("/backup-disk/failure-is-recorded", test_failure_is_recorded);
  ADD ("/backup-disk/not-there", test_not_there);
  ADD ("/backup-disk/file-too-long", test_file_too_long);
  ADD ("/backup-disk/restore-fails-whole", test_restore_fails_whole);
  ADD ("/backup-disk/plain-name", test_plain_name);
  return g_test_run ();
}
