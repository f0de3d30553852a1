/* Backups while the vault is written to, and programs that are killed in the middle of one. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backup-test.h"
#include "vault/audit.h"

#define BACKUPS 10
#define KILLS   24

static const char *self;

/* Before the system's: the program that is to be killed there dies when its backup has got its name, and no record yet. */
static gboolean dies_when_named;

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned int flags)
{
  int done = (int) syscall (SYS_renameat2, from_folder, from, to_folder, to, flags);

  if (dies_when_named && g_str_has_suffix (to, ".xqbackup"))
    raise (SIGKILL);
  return done;
}

/* -- a writer that never rests */

typedef struct
{
  XqVault *vault;
  gint stop;
  gint64 batches;
} Writer;

/* Seven rows and their audit row at a time: a backup has all eight or none. */
static gpointer
write_all_the_time (gpointer user_data)
{
  Writer *writer = user_data;
  g_autoptr (XqDatabase) database = xq_vault_connect (writer->vault, NULL);

  g_assert_nonnull (database);
  for (; !g_atomic_int_get (&writer->stop); writer->batches++)
    {
      g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, NULL);
      g_autofree char *filler = g_strnfill (100, 'x');

      g_assert_nonnull (transaction);
      for (int i = 0; i < 7; i++)
        g_assert_true (xq_database_execute (database, NULL,
                                            "INSERT INTO import_batch (kind, file_name, at, counts)"
                                            " VALUES ('roster', :name, 1, '')",
                                            XQ_TEXT (":name", filler), XQ_END));
      g_assert_true (xq_audit_append (database, "batch", NULL, 0, NULL, NULL));
      g_assert_true (xq_transaction_commit (g_steal_pointer (&transaction), NULL));
      /* So that the vault does not outgrow the machine meanwhile. */
      g_usleep (1000);
    }
  return NULL;
}

static gint64
number (XqDatabase *database, const char *sql)
{
  gint64 value = -1;

  g_assert_true (xq_database_get_integer (database, NULL, &value, NULL, sql, XQ_END));
  return value;
}

/* All or nothing of each batch; more than in the backup before. */
static gint64
assert_consistent (XqVault *vault, gint64 before)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  gint64 batches = number (database, "SELECT count(*) FROM audit WHERE action = 'batch'");

  g_assert_cmpint (number (database, "SELECT count(*) FROM import_batch"), ==, 7 * batches);
  g_assert_cmpint (batches, >=, before);
  assert_vault_unharmed (vault);
  return batches;
}

static void
test_while_written (Saved *saved, gconstpointer unused)
{
  Writer writer = { saved->vault, 0, 0 };
  g_autoptr (GThread) thread = g_thread_new ("writer", write_all_the_time, &writer);
  gint64 batches = 0;

  for (int i = 0; i < BACKUPS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d.xqbackup", i);
      g_autofree char *file = g_build_filename (saved->stick, name, NULL);
      g_autofree char *folder = g_build_filename (saved->stick, "restored", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (XqBackupRecord) record = xq_backup_create (saved->vault, file, XQ_BACKUP_BY_HAND, NULL, &error);
      g_autoptr (XqBackup) backup = NULL;
      g_autoptr (XqVault) restored = NULL;

      g_assert_no_error (error);
      backup = unlocked (file, &error);
      restored = xq_backup_restore (backup, folder, FALSE, NULL, NULL, &error);
      g_assert_no_error (error);
      batches = assert_consistent (restored, batches);
      g_clear_pointer (&restored, xq_vault_unref);
      fixture_remove (folder);
      g_unlink (file);
    }
  g_atomic_int_set (&writer.stop, 1);
  g_thread_join (g_steal_pointer (&thread));
  g_test_message ("%d backups while %" G_GINT64_FORMAT " batches were written", BACKUPS, writer.batches);
  g_assert_cmpint (batches, >, 0);
  g_assert_cmpint (assert_consistent (saved->vault, batches), ==, writer.batches);
}

/* Another program has it open: a backup may be made beside, nothing else. */
static void
test_beside (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqSecret) wrong = secret (NEW_PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) beside = NULL;
  g_autoptr (XqBackupRecord) record = NULL;

  g_assert_null (xq_vault_open (saved->place.folder, password, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (xq_vault_open_beside (saved->place.folder, wrong, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_clear_error (&error);
  beside = xq_vault_open_beside (saved->place.folder, password, NULL, &error);
  g_assert_no_error (error);
  record = xq_backup_create (beside, saved->file, XQ_BACKUP_BY_HAND, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&beside, xq_vault_unref);
  assert_sound (saved->file);
  /* The lock is still its holder's. */
  g_assert_null (xq_vault_open (saved->place.folder, password, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_cmpint (rows_of (saved->vault, "backup"), ==, 1);
}

/* -- killed */

static int
back_up_until_killed (const char *folder, const char *code, const char *stick)
{
  g_autoptr (XqVault) vault = xq_vault_open_with_code (folder, code, NULL, NULL);

  for (int i = 0;; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d-%d.xqbackup", getpid (), i);
      g_autofree char *file = g_build_filename (stick, name, NULL);
      g_autoptr (XqBackupRecord) record = xq_backup_create (vault, file, XQ_BACKUP_BY_HAND, NULL, NULL);

      if (record == NULL || write (STDOUT_FILENO, ".", 1) != 1)
        return 1;
    }
}

static int
restore_until_killed (const char *folder, const char *code, const char *file)
{
  for (;;)
    {
      g_autoptr (XqBackup) backup = xq_backup_open (file, NULL);
      g_autoptr (XqVault) vault = NULL;

      if (!xq_backup_unlock_with_code (backup, code, NULL))
        return 1;
      vault = xq_backup_restore (backup, folder, TRUE, NULL, NULL, NULL);
      if (vault == NULL || write (STDOUT_FILENO, ".", 1) != 1)
        return 1;
    }
}

/* After 0 microseconds: it dies by itself. */
static gsize
run_and_kill (const char *work, const char *folder, const char *code, const char *third, guint microseconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, work, folder, code, third, NULL);
  g_autofree char *points = NULL;

  g_assert_no_error (error);
  if (microseconds > 0)
    {
      g_usleep (microseconds);
      g_subprocess_force_exit (child);
    }
  g_subprocess_communicate_utf8 (child, NULL, NULL, &points, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (child));
  return strlen (points);
}

/* Everything in @folder that is called a backup is one. */
static int
assert_all_sound (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  int sound = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_suffix (name, ".xqbackup"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        assert_sound (path);
        g_unlink (path);
        sound++;
      }
  return sound;
}

static void
test_killed_in_backup (Saved *saved, gconstpointer unused)
{
  int sound = 0, parts = 0;

  g_clear_pointer (&saved->vault, xq_vault_unref);
  for (int i = 0; i < KILLS; i++)
    {
      run_and_kill ("backup", saved->place.folder, saved->place.code, saved->stick, g_test_rand_int_range (20000, 400000));
      sound += assert_all_sound (saved->stick);
      parts += files_in (saved->stick, ".part");
      assert_opens (&saved->place, PASSWORD);
    }
  g_test_message ("%d kills: %d whole backups, %d times a part was left", KILLS, sound, parts);
  g_assert_cmpint (parts, >, 0);
  /* The next one that comes to its end clears up. */
  saved->vault = open_with (&saved->place, PASSWORD, NULL);
  xq_backup_record_free (make_backup (saved));
  g_assert_cmpint (files_in (saved->stick, ".part"), ==, 0);
  assert_vault_unharmed (saved->vault);
}

static int
back_up_and_die (const char *folder, const char *code, const char *stick)
{
  g_autoptr (XqVault) vault = xq_vault_open_with_code (folder, code, NULL, NULL);

  dies_when_named = TRUE;
  xq_backup_record_free (xq_backup_create_in (vault, stick, XQ_BACKUP_AUTOMATIC, NULL, NULL));
  return 1;
}

static guint
count_records (Saved *saved)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
  g_autoptr (GPtrArray) records = xq_backup_records (database, 10, NULL);

  return records->len;
}

static gint64
newest_at (Saved *saved)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqBackupStatus) status = xq_backup_status (saved->vault, &error);

  g_assert_no_error (error);
  return status->newest_at;
}

/* A backup that was verified and named is one, although nobody lived to write it down. */
static void
test_killed_before_record (Saved *saved, gconstpointer unused)
{
  g_autofree char *away = g_strconcat (saved->stick, ".away", NULL);
  g_autoptr (XqDatabase) database = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) records = NULL;
  const XqBackupRecord *record;
  const XqBackupEntry *entry;

  g_clear_pointer (&saved->vault, xq_vault_unref);
  g_assert_cmpint (run_and_kill ("die", saved->place.folder, saved->place.code, saved->stick, 0), ==, 0);
  saved->vault = open_with (&saved->place, PASSWORD, NULL);
  g_assert_cmpint (count_records (saved), ==, 0);
  list = xq_backup_list (saved->stick, saved->vault, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  entry = g_ptr_array_index (list, 0);
  assert_sound (entry->path);

  database = xq_vault_connect (saved->vault, NULL);
  g_assert_true (xq_backup_set_folder (database, saved->stick, NULL));
  for (int times = 0; times < 2; times++)
    g_assert_cmpint (newest_at (saved), ==, entry->made_at);
  records = xq_backup_records (database, 10, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpint (record->kind, ==, XQ_BACKUP_AUTOMATIC);
  g_assert_cmpint (record->outcome, ==, XQ_BACKUP_DONE);
  g_assert_cmpint (record->made_at, ==, entry->made_at);
  g_assert_cmpint (record->bytes, ==, entry->bytes);
  g_assert_cmpint (record->total, >, 0);
  g_assert_cmpint (rows_of (saved->vault, "backup"), ==, 1);

  g_assert_cmpint (g_rename (saved->stick, away), ==, 0);
  g_assert_cmpint (newest_at (saved), ==, entry->made_at);
  g_assert_cmpint (g_rename (away, saved->stick), ==, 0);
  assert_vault_unharmed (saved->vault);
}

/* A copy, a file that was changed, and what a vault that was restored to an earlier day did on the days after are not taken
 * up. */
static void
test_not_taken_up (Saved *saved, gconstpointer unused)
{
  g_autofree char *copy = g_build_filename (saved->stick, "xinqiao-backup-2026-11-28-0930-7.xqbackup", NULL);
  g_autofree char *later = g_build_filename (saved->stick, "later.xqbackup", NULL);
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (XqBackup) backup = NULL;
  g_autoptr (XqVault) restored = NULL;
  g_autoptr (XqDatabase) database = NULL;
  gsize length;

  xq_backup_record_free (make_backup (saved));
  g_assert_true (g_file_get_contents (saved->file, &bytes, &length, NULL) && g_file_set_contents (copy, bytes, (gssize) length, NULL));
  backup = unlocked (saved->file, NULL);
  restored = xq_backup_restore (backup, target, FALSE, NULL, NULL, NULL);
  g_assert_true (xq_backup_take_up (saved->vault, saved->stick, NULL));
  g_assert_cmpint (count_records (saved), ==, 1);

  g_setenv ("XINQIAO_NOW", "2026-11-29T09:30:00+08:00", TRUE);
  xq_backup_record_free (xq_backup_create (saved->vault, later, XQ_BACKUP_BY_HAND, NULL, NULL));
  g_assert_true (xq_backup_take_up (restored, saved->stick, NULL));
  database = xq_vault_connect (restored, NULL);
  {
    g_autoptr (GPtrArray) records = xq_backup_records (database, 10, NULL);

    /* The restore, and the backup that it came from: its record came after it, and is none of a later day. */
    for (guint i = 0; i < records->len; i++)
      g_assert_cmpint (((const XqBackupRecord *) g_ptr_array_index (records, i))->made_at, ==, xq_backup_header (backup)->made_at);
  }
}

/* What moved away lies beside: none is lost, none is half. */
static int
assert_all_open (const char *parent)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GDir) directory = g_dir_open (parent, 0, NULL);
  const char *name;
  int vaults = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *folder = g_build_filename (parent, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (XqVault) vault = NULL;

      /* What is left of a restore that was cut off may be whole or not; it is not called a vault. */
      if (!g_file_test (folder, G_FILE_TEST_IS_DIR) || g_str_has_suffix (name, ".restoring"))
        continue;
      vault = xq_vault_open (folder, password, NULL, &error);
      g_assert_no_error (error);
      assert_vault_unharmed (vault);
      vaults++;
      if (!g_str_equal (name, "vault"))
        fixture_remove (folder);
    }
  return vaults;
}

static void
test_killed_in_restore (Saved *saved, gconstpointer unused)
{
  g_autofree char *target = g_build_filename (saved->stick, "vault", NULL);
  int moved = 0;

  xq_backup_record_free (make_backup (saved));
  {
    g_autoptr (XqBackup) backup = unlocked (saved->file, NULL);
    g_autoptr (XqVault) vault = xq_backup_restore (backup, target, FALSE, NULL, NULL, NULL);

    g_assert_nonnull (vault);
  }
  for (int i = 0; i < KILLS; i++)
    {
      run_and_kill ("restore", target, saved->place.code, saved->file, g_test_rand_int_range (20000, 400000));
      g_assert_true (xq_vault_exists (target));
      moved += assert_all_open (saved->stick) - 1;
      assert_sound (saved->file);
    }
  g_test_message ("%d kills, %d vaults had been moved aside", KILLS, moved);
}

int
main (int argc, char **argv)
{
  self = argv[0];
  if (argc == 5 && g_str_equal (argv[1], "backup"))
    return back_up_until_killed (argv[2], argv[3], argv[4]);
  if (argc == 5 && g_str_equal (argv[1], "die"))
    return back_up_and_die (argv[2], argv[3], argv[4]);
  if (argc == 5 && g_str_equal (argv[1], "restore"))
    return restore_until_killed (argv[2], argv[3], argv[4]);
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
#define ADD(name, function) g_test_add (name, Saved, NULL, saved_set_up, function, saved_tear_down)
  ADD ("/backup-live/while-written", test_while_written);
  ADD ("/backup-live/beside", test_beside);
  ADD ("/backup-live/killed-in-backup", test_killed_in_backup);
  ADD ("/backup-live/killed-before-record", test_killed_before_record);
  ADD ("/backup-live/not-taken-up", test_not_taken_up);
  ADD ("/backup-live/killed-in-restore", test_killed_in_restore);
  return g_test_run ();
}
