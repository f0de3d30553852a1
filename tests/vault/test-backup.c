/* A backup is made, read, refused, restored. */
#include "config.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup-test.h"
#include "vault/audit.h"
#include "vault/backup-private.h"

static void
test_made (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
  g_autoptr (GPtrArray) records = xq_backup_records (database, 10, NULL);
  const XqBackupRecord *kept = g_ptr_array_index (records, 0);
  struct stat info;

  g_assert_cmpint (records->len, ==, 1);
  g_assert_cmpstr (kept->file, ==, "one.xqbackup");
  g_assert_cmpstr (kept->folder, ==, saved->stick);
  g_assert_cmpint (kept->outcome, ==, XQ_BACKUP_DONE);
  g_assert_cmpint (kept->verified_at, >, 0);
  g_assert_cmpint (rows_of (saved->vault, "backup"), ==, 1);
  g_assert_cmpint (stat (saved->file, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, record->bytes);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (files_in (saved->stick, ""), ==, 1);
  assert_sound (saved->file);
}

static void
test_contents (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqVaultInfo) info = xq_vault_info (saved->vault, NULL);
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqBackup) backup = unlocked (saved->file, &error);
  const XqBackupContents *contents;

  g_assert_no_error (error);
  contents = xq_backup_contents (backup);
  g_assert_cmpstr (contents->name, ==, "江城市第三中学");
  g_assert_cmpstr (contents->audit_head, ==, info->audit_head);
  g_assert_cmpstr (record->audit_head, ==, info->audit_head);
  g_assert_cmpint (contents->tables->len, ==, info->tables->len);
  for (guint i = 0; i < info->tables->len; i++)
    {
      guint at;

      g_assert_true (g_ptr_array_find_with_equal_func (contents->tables, g_ptr_array_index (info->tables, i), g_str_equal, &at));
      g_assert_cmpint (g_array_index (contents->rows, gint64, at), ==, g_array_index (info->rows, gint64, i));
    }
}

/* Neither a name nor a number of anything stands in it: who finds the stick learns when it was written, and how much. */
static void
test_names_nobody (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (saved->file, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "江城市", strlen ("江城市")));
  g_assert_null (memmem (bytes, length, "audit", strlen ("audit")));
  g_assert_null (memmem (bytes, length, "person", strlen ("person")));
  g_assert_null (memmem (bytes, length, record->audit_head, strlen (record->audit_head)));
  g_assert_null (memmem (bytes, length, "SQLite format", strlen ("SQLite format")));
}

static void
test_never_over_a_file (Saved *saved, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  g_assert_true (g_file_set_contents (saved->file, "mine", -1, NULL));
  g_assert_null (xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_true (g_file_get_contents (saved->file, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, "mine");
  g_assert_cmpint (files_in (saved->stick, ".part"), ==, 0);
}

static void
test_cancelled (Saved *saved, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XqProgress progress = { cancel_at_once, cancellable, cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (files_in (saved->stick, ""), ==, 0);
  g_assert_cmpint (rows_of (saved->vault, "backup"), ==, 0);
}

/* Who cancels at each step in turn finds nothing left, until one comes too late. */
typedef struct
{
  int left;
  GCancellable *cancellable;
} Patience;

static void
count_down (double fraction, const char *what, gpointer user_data)
{
  Patience *patience = user_data;

  if (patience->left-- == 0)
    g_cancellable_cancel (patience->cancellable);
}

static void
test_cancelled_at_every_step (Saved *saved, gconstpointer unused)
{
  gboolean done = FALSE;
  int steps;

  for (steps = 0; !done; steps++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Patience patience = { steps, cancellable };
      XqProgress progress = { count_down, &patience, cancellable };
      g_autoptr (GError) error = NULL;
      g_autoptr (XqBackupRecord) record
          = xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, &progress, &error);

      done = record != NULL;
      if (!done)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_assert_cmpint (files_in (saved->stick, ""), ==, 0);
        }
    }
  g_test_message ("%d steps", steps);
  g_assert_cmpint (steps, >, 4);
  assert_sound (saved->file);
}

/* -- secrets */

static void
test_keys (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autoptr (XqBackup) backup = xq_backup_open (saved->file, NULL);
  g_autoptr (XqSecret) wrong = secret (NEW_PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  g_assert_null (xq_backup_contents (backup));
  g_assert_false (xq_backup_unlock (backup, wrong, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_assert_null (xq_backup_contents (backup));
  g_clear_error (&error);
  g_assert_true (xq_backup_unlock_with_code (backup, saved->place.code, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (xq_backup_contents (backup)->name, ==, "江城市第三中学");
  g_assert_true (xq_backup_unlock_as (backup, saved->vault, &error));
}

/* The code of another vault is a good code, and opens nothing here. */
static void
test_another_code (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autoptr (XqBackup) backup = xq_backup_open (saved->file, NULL);
  g_autofree char *folder = fixture_folder ();
  g_autofree char *code = NULL;
  g_autoptr (XqVault) other = create (folder, &code);
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_backup_unlock_with_code (backup, code, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_false (xq_backup_unlock_as (backup, other, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  fixture_remove (folder);
}

/* A vault that has lost its slots is saved all the same; the code restores it. */
static void
test_without_slots (Saved *saved, gconstpointer unused)
{
  g_autofree char *first = file_in (&saved->place, "keyslots.json");
  g_autofree char *second = file_in (&saved->place, "keyslots.json.bak");
  g_autofree char *target = g_build_filename (saved->stick, "again", NULL);
  g_autoptr (XqBackupRecord) record = NULL;
  g_autoptr (XqBackup) backup = NULL;
  g_autoptr (XqVault) restored = NULL;
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  g_unlink (first);
  g_unlink (second);
  record = make_backup (saved);
  backup = xq_backup_open (saved->file, NULL);
  g_assert_false (xq_backup_unlock (backup, password, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_true (xq_backup_unlock_with_code (backup, saved->place.code, &error));
  restored = xq_backup_restore (backup, target, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (restored);
}

/* -- damage */

static void
flip (const char *path, off_t at)
{
  int descriptor = open (path, O_RDWR);
  guint8 byte;

  g_assert_cmpint (pread (descriptor, &byte, 1, at), ==, 1);
  byte ^= 0x40;
  g_assert_cmpint (pwrite (descriptor, &byte, 1, at), ==, 1);
  close (descriptor);
}

static gboolean
passes (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqBackup) backup = unlocked (path, &error);
  gboolean sound = backup != NULL && xq_backup_verify (backup, NULL, &error);

  if (!sound)
    {
      g_assert_nonnull (error);
      g_assert_true (error->code == XQ_ERROR_DAMAGED || error->code == XQ_ERROR_REFUSED || error->code == XQ_ERROR_PASSWORD);
    }
  return sound;
}

/* One bit anywhere that means something: told. */
static void
test_every_part_is_guarded (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  const off_t places[] = { 3, 20, 60, 80, 120, 300, 500, 700, 900, 1500, 4096, 4200, 69632, 69700, 131072, 131072 + 5000,
                           record->bytes - 1 };
  g_autofree char *copy = g_strconcat (saved->file, ".copy", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_test_message ("byte %ld", (long) places[i]);
      flip (saved->file, places[i]);
      g_assert_false (passes (saved->file));
      flip (saved->file, places[i]);
    }
  assert_sound (saved->file);
  for (gint64 length = 0; length < record->bytes; length += record->bytes / 7)
    {
      g_autofree char *bytes = NULL;

      g_assert_true (g_file_get_contents (saved->file, &bytes, NULL, NULL));
      g_assert_true (g_file_set_contents (copy, bytes, length, NULL));
      g_assert_false (passes (copy));
    }
}

/* The hash in the header is the one that libsodium and `b2sum -l 256` know. */
static void
test_hash (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autoptr (XqBackup) backup = xq_backup_open (saved->file, NULL);
  const XqBackupHeader *header = xq_backup_header (backup);
  g_autofree char *bytes = NULL;
  guint8 hash[XQ_BACKUP_HASH_BYTES];

  g_assert_true (g_file_get_contents (saved->file, &bytes, NULL, NULL));
  crypto_generichash (hash, sizeof hash, (const guint8 *) bytes + XQ_BACKUP_DATABASE_OFFSET, header->database_bytes, NULL, 0);
  g_assert_cmpmem (hash, sizeof hash, header->database_hash, sizeof header->database_hash);
}

/* -- a vault whose disk is failing */

/* Leaves pages at the end of the file that nothing uses any more. */
static void
make_free_pages (XqVault *vault)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, NULL);
  g_autofree char *filler = g_strnfill (3000, 'x');
  gint64 pages = 0;

  for (int i = 0; i < 50; i++)
    g_assert_true (xq_database_execute (database, NULL,
                                        "INSERT INTO import_batch (kind, file_name, at, counts)"
                                        " VALUES ('roster', 'x', 1, :text)",
                                        XQ_TEXT (":text", filler), XQ_END));
  g_assert_true (xq_database_execute (database, NULL, "DELETE FROM import_batch", XQ_END));
  g_assert_true (xq_transaction_commit (g_steal_pointer (&transaction), NULL));
  g_assert_true (xq_database_checkpoint (database, NULL));
  g_assert_true (xq_database_get_integer (database, NULL, &pages, NULL, "PRAGMA freelist_count", XQ_END));
  g_assert_cmpint (pages, >, 10);
}

static void
assert_refused_as_damaged (Saved *saved)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_assert_cmpint (files_in (saved->stick, ""), ==, 0);
}

/* A page that nothing uses is read by no table: its seal is looked at all the same. */
static void
test_damaged_free_page (Saved *saved, gconstpointer unused)
{
  g_autofree char *path = file_in (&saved->place, "vault.db");
  g_autoptr (XqBackupRecord) record = NULL;
  struct stat info;

  make_free_pages (saved->vault);
  g_assert_cmpint (stat (path, &info), ==, 0);
  flip (path, info.st_size - 2000);
  {
    g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
    g_autofree char *used = xq_database_get_text (database, NULL, "PRAGMA quick_check", XQ_END);

    g_assert_cmpstr (used, ==, "ok");
  }
  assert_refused_as_damaged (saved);
  flip (path, info.st_size - 2000);
  record = make_backup (saved);
  assert_sound (saved->file);
}

/* Without the hash, and without the cipher's own check where no page is free: no damaged page passes the other checks. */
static void
test_damaged_pages (Saved *saved, gconstpointer unused)
{
  const XqBackupSpan span = { NULL, 0, 1 };
  g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
  g_autoptr (XqBackupRecord) record = NULL;
  g_autoptr (XqBackup) backup = NULL;
  gint64 pages = 0;

  g_assert_true (xq_database_get_integer (database, NULL, &pages, NULL, "PRAGMA freelist_count", XQ_END));
  g_assert_cmpint (pages, ==, 0);
  record = make_backup (saved);
  backup = unlocked (saved->file, NULL);
  for (off_t at = XQ_BACKUP_DATABASE_OFFSET + 1000; at < record->bytes; at += 4096)
    {
      g_autoptr (GError) error = NULL;

      flip (saved->file, at);
      g_assert_false (xq_backup_check_database (backup, saved->file, XQ_OPEN_BACKUP, FALSE, &span, &error));
      g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
      flip (saved->file, at);
    }
  g_assert_true (xq_backup_check_database (backup, saved->file, XQ_OPEN_BACKUP, FALSE, &span, NULL));
}

/* One that the memory cannot hold is counted by another connection than looks at its pages. */
static void
test_larger_than_memory (Saved *saved, gconstpointer unused)
{
  const XqBackupSpan span = { NULL, 0, 1 };
  g_autoptr (XqBackupRecord) record = make_backup (saved);
  g_autoptr (XqBackup) backup = unlocked (saved->file, NULL);
  g_autoptr (GError) error = NULL;

  backup->header.database_bytes = G_GUINT64_CONSTANT (1) << 50;
  g_assert_true (xq_backup_check_database (backup, saved->file, XQ_OPEN_BACKUP, TRUE, &span, NULL));
  g_array_index (backup->contents->rows, gint64, 0)++;
  g_assert_false (xq_backup_check_database (backup, saved->file, XQ_OPEN_BACKUP, TRUE, &span, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
}

static void
test_no_backup_at_all (Saved *saved, gconstpointer unused)
{
  g_autofree char *database = file_in (&saved->place, "vault.db");
  const char *others[] = { database, "/dev/null", saved->stick };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xq_backup_open (others[i], &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, others[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
#define ADD(name, function) g_test_add (name, Saved, NULL, saved_set_up, function, saved_tear_down)
  ADD ("/backup/made", test_made);
  ADD ("/backup/contents", test_contents);
  ADD ("/backup/names-nobody", test_names_nobody);
  ADD ("/backup/hash", test_hash);
  ADD ("/backup/damaged-free-page", test_damaged_free_page);
  ADD ("/backup/damaged-pages", test_damaged_pages);
  ADD ("/backup/larger-than-memory", test_larger_than_memory);
  ADD ("/backup/never-over-a-file", test_never_over_a_file);
  ADD ("/backup/cancelled", test_cancelled);
  ADD ("/backup/cancelled-at-every-step", test_cancelled_at_every_step);
  ADD ("/backup/keys", test_keys);
  ADD ("/backup/another-code", test_another_code);
  ADD ("/backup/without-slots", test_without_slots);
  ADD ("/backup/every-part-is-guarded", test_every_part_is_guarded);
  ADD ("/backup/no-backup-at-all", test_no_backup_at_all);
  return g_test_run ();
}
