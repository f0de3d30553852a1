/* A new recovery code: the whole database written anew under another key, as vault.h describes it. */
#include "config.h"

#include "vault/vault-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "vault/audit.h"
#include "vault/check.h"
#include "vault/database-private.h"
#include "vault/file.h"
#include "vault/lock.h"
#include "vault/recovery-code.h"

#define NEXT "vault.db.next"
/* What the keyslots and the log of the copy's last rows may take besides. */
#define SPARE_BYTES (G_GUINT64_CONSTANT (1) << 20)

typedef struct
{
  XqVault *vault;
  char *path;
  char *next;
  XqSecret *key;
  XqKeyslots *old_slots;
  XqKeyslots *new_slots;
  const char *custodian; /* what becomes of that slot, as the audit row says it */
  const XqProgress *progress;
} Renewal;

static void
renewal_clear (Renewal *renewal)
{
  g_free (renewal->path);
  g_free (renewal->next);
  xq_secret_free (renewal->key);
  xq_keyslots_free (renewal->old_slots);
  xq_keyslots_free (renewal->new_slots);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Renewal, renewal_clear)

/* What SQLite lays beside @path, and @path itself with "". */
static void
remove_with_suffix (const char *path, const char *suffix)
{
  g_autofree char *file = g_strconcat (path, suffix, NULL);

  g_unlink (file);
}

void
xq_renew_clear (const char *folder)
{
  g_autofree char *next = g_build_filename (folder, NEXT, NULL);
  static const char *const suffixes[] = { "-wal", "-shm", "-journal", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    remove_with_suffix (next, suffixes[i]);
}

/* -- before anything is written */

static guint64
size_of (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (guint64) info.st_size : 0;
}

static gboolean
has_room (const Renewal *renewal, GError **error)
{
  g_autofree char *log = g_strconcat (renewal->path, "-wal", NULL);
  guint64 needed = size_of (renewal->path) + size_of (log) + SPARE_BYTES;
  g_autofree char *needed_text = g_format_size (needed);
  g_autofree char *free_text = NULL;
  struct statvfs disk;
  guint64 available;

  if (statvfs (renewal->vault->folder, &disk) != 0)
    {
      xq_file_set_error (renewal->vault->folder, errno, error);
      return FALSE;
    }
  available = (guint64) disk.f_bavail * disk.f_frsize;
  if (available >= needed)
    return TRUE;
  free_text = g_format_size (available);
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
               _ ("A new recovery code needs %s of free room in “%s” for a while, because the vault is written anew there; %s are free. Make room and try again. Nothing was changed."),
               needed_text, renewal->vault->folder, free_text);
  return FALSE;
}

static gboolean
check_passwords (const Renewal *renewal, XqSecret *password, XqSecret *custodian, GError **error)
{
  return xq_progress_step (renewal->progress, -1, _ ("Checking the password …"), error)
         && xq_vault_check_slot (renewal->vault, renewal->old_slots, XQ_SLOT_PASSWORD, password, error)
         && (custodian == NULL
             || xq_vault_check_slot (renewal->vault, renewal->old_slots, XQ_SLOT_CUSTODIAN, custodian, error));
}

static gboolean
wrap_slots (Renewal *renewal, XqSecret *password, XqSecret *custodian, GError **error)
{
  gboolean had = xq_keyslots_has (renewal->old_slots, XQ_SLOT_CUSTODIAN);

  if (!check_passwords (renewal, password, custodian, error))
    return FALSE;
  renewal->custodian = custodian != NULL ? "kept" : had ? "dropped" : "none";
  renewal->new_slots = xq_keyslots_new_like (renewal->old_slots);
  return xq_keyslots_set (renewal->new_slots, XQ_SLOT_PASSWORD, renewal->key, password, error)
         && (custodian == NULL
             || xq_keyslots_set (renewal->new_slots, XQ_SLOT_CUSTODIAN, renewal->key, custodian, error));
}

/* -- the copy */

static void
report_copying (double fraction, const char *what, gpointer user_data)
{
  const XqProgress *progress = user_data;

  xq_progress_step (progress, fraction * 0.6, what, NULL);
}

static gboolean
copy_and_compare (const Renewal *renewal, XqDatabase *database, GError **error)
{
  const XqProgress copying = { renewal->progress != NULL ? report_copying : NULL, (gpointer) renewal->progress,
                               renewal->progress != NULL ? renewal->progress->cancellable : NULL };

  return xq_database_copy_with_progress (database, renewal->next, renewal->key, &copying, error)
         && xq_progress_step (renewal->progress, 0.6, _ ("Checking the copy page by page …"), error)
         && xq_check_copy (database, renewal->next, renewal->key, error);
}

/* The trail goes on in the copy under the key that it was begun with, and says what happened. */
static gboolean
write_last_rows (const Renewal *renewal, XqDatabase *copy, XqSecret *audit_key, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (copy, error);
  g_autoptr (JsonObject) detail = json_object_new ();
  g_autoptr (GBytes) key = g_bytes_new_static (xq_secret_bytes (audit_key), xq_secret_length (audit_key));

  json_object_set_string_member (detail, "custodian", renewal->custodian);
  return transaction != NULL
         && xq_database_execute (copy, error, "INSERT INTO audit_key (id, key) VALUES (1, :key) ON CONFLICT DO NOTHING",
                                 XQ_BLOB (":key", key), XQ_END)
         && xq_audit_append (copy, "recovery_code_new", NULL, 0, detail, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static gboolean
finish_copy (const Renewal *renewal, XqSecret *audit_key, GError **error)
{
  g_autoptr (XqDatabase) copy = NULL;

  if (!xq_progress_step (renewal->progress, 0.9, _ ("Checking the audit trail …"), error))
    return FALSE;
  copy = xq_database_open (renewal->next, renewal->key, XQ_OPEN_EXISTING, error);
  return copy != NULL && write_last_rows (renewal, copy, audit_key, error) && xq_audit_verify (copy, NULL, error)
         && xq_database_checkpoint (copy, error);
}

static gboolean
make_copy (const Renewal *renewal, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect_alone (renewal->vault, error);
  XqSecret *audit_key = database != NULL ? xq_database_audit_key (database, error) : NULL;

  return audit_key != NULL && xq_database_checkpoint (database, error)
         && copy_and_compare (renewal, database, error) && finish_copy (renewal, audit_key, error);
}

/* A log that stays behind would be played into the other database: it must be empty, and then gone. */
static gboolean
remove_log (const char *path, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  if (size_of (log) > 0)
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _ ("Another program is still working in “%s”. Close it and try again. Nothing was changed."), path);
      return FALSE;
    }
  remove_with_suffix (path, "-wal");
  remove_with_suffix (path, "-shm");
  return TRUE;
}

static gboolean
bring_to_disk (const char *path, GError **error)
{
  int descriptor = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  gboolean done = descriptor >= 0 && fsync (descriptor) == 0;

  if (!done)
    xq_file_set_error (path, errno, error);
  if (descriptor >= 0)
    close (descriptor);
  return done;
}

static gboolean
prepare_switch (const Renewal *renewal, GError **error)
{
  if (!remove_log (renewal->path, error) || !remove_log (renewal->next, error)
      || !bring_to_disk (renewal->next, error))
    return FALSE;
  if (xq_file_sync_folder_of (renewal->path))
    return TRUE;
  xq_file_set_error (renewal->vault->folder, errno, error);
  return FALSE;
}

/* -- the switch */

static gboolean
save (XqKeyslots *slots, const char *folder, GError **error)
{
  return xq_keyslots_prepare (slots, folder, error) && xq_keyslots_finish (slots, folder, error);
}

static gboolean
save_both (const Renewal *renewal, GError **error)
{
  g_autoptr (XqKeyslots) both = xq_keyslots_new_like (renewal->old_slots);

  xq_keyslots_name_key (renewal->old_slots, renewal->vault->key);
  xq_keyslots_add_all (both, renewal->old_slots);
  xq_keyslots_add_all (both, renewal->new_slots);
  return save (both, renewal->vault->folder, error);
}

/* Zeros over what @descriptor, a file that has no name any more, holds. Where the file system writes in another place
 * than it read (journalled data, copy on write, flash), the old blocks stay until they are used again. */
static void
erase (int descriptor)
{
  g_autofree guint8 *zeros = g_malloc0 (1 << 20);
  off_t end = lseek (descriptor, 0, SEEK_END);

  for (off_t at = 0; at < end;)
    {
      gssize written = pwrite (descriptor, zeros, (gsize) MIN (end - at, 1 << 20), at);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        break;
      at += written;
    }
  fsync (descriptor);
  close (descriptor);
}

static void
take_new_key (Renewal *renewal)
{
  XqVault *vault = renewal->vault;

  g_mutex_lock (&vault->mutex);
  xq_secret_free (vault->key);
  vault->key = g_steal_pointer (&renewal->key);
  g_mutex_unlock (&vault->mutex);
}

/* The renaming is the moment. A renaming that was done but could not be brought to the disk for certain leaves both
 * kinds of slots: either database opens. */
static gboolean
replace_database (Renewal *renewal, GError **error)
{
  g_autoptr (GError) local = NULL;
  int old = open (renewal->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  gboolean certain = xq_file_rename (renewal->next, renewal->path, &local);

  if (!certain && g_file_test (renewal->next, G_FILE_TEST_EXISTS))
    {
      if (old >= 0)
        close (old);
      save (renewal->old_slots, renewal->vault->folder, NULL);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  take_new_key (renewal);
  /* Should this fail, the next opening drops the slots of the old key. */
  if (certain)
    save (renewal->new_slots, renewal->vault->folder, NULL);
  if (old >= 0 && certain)
    erase (old);
  else if (old >= 0)
    close (old);
  return TRUE;
}

static gboolean
renew_alone (Renewal *renewal, XqSecret *password, XqSecret *custodian, GError **error)
{
  const XqProgress telling = { renewal->progress != NULL ? renewal->progress->report : NULL,
                               renewal->progress != NULL ? renewal->progress->user_data : NULL, NULL };

  xq_renew_clear (renewal->vault->folder);
  if (wrap_slots (renewal, password, custodian, error) && has_room (renewal, error) && make_copy (renewal, error)
      && prepare_switch (renewal, error)
      && xq_progress_step (renewal->progress, 0.95, _ ("Putting the new vault in its place …"), error)
      && save_both (renewal, error) && replace_database (renewal, error))
    return xq_progress_step (&telling, 1.0, _ ("Done."), error);
  xq_renew_clear (renewal->vault->folder);
  return FALSE;
}

XqSecret *
xq_recovery_code_new (void)
{
  g_autoptr (XqSecret) key = xq_key_new ();

  return xq_recovery_code_write (key);
}

static gboolean
begin (Renewal *renewal, GError **error)
{
  renewal->path = xq_vault_database_path (renewal->vault->folder);
  renewal->next = g_build_filename (renewal->vault->folder, NEXT, NULL);
  renewal->old_slots = xq_keyslots_load (renewal->vault->folder, error);
  return renewal->old_slots != NULL;
}

gboolean
xq_vault_check_renewal (XqVault *vault, XqSecret *password, XqSecret *custodian, const XqProgress *progress,
                        GError **error)
{
  g_auto (Renewal) renewal = { .vault = vault, .progress = progress };

  g_return_val_if_fail (vault != NULL && password != NULL, FALSE);

  return begin (&renewal, error) && check_passwords (&renewal, password, custodian, error)
         && has_room (&renewal, error);
}

gboolean
xq_vault_renew (XqVault *vault, XqSecret *code, XqSecret *password, XqSecret *custodian, const XqProgress *progress,
                GError **error)
{
  g_auto (Renewal) renewal = { .vault = vault, .progress = progress };
  gboolean done = FALSE;
  int beside;

  g_return_val_if_fail (vault != NULL && code != NULL && password != NULL, FALSE);

  renewal.key = xq_recovery_code_read ((const char *) xq_secret_bytes (code), error);
  if (renewal.key == NULL || !begin (&renewal, error) || !xq_vault_take_alone (vault, error))
    return FALSE;
  beside = xq_lock_take_from_beside (vault->folder, error);
  if (beside >= 0)
    {
      done = renew_alone (&renewal, password, custodian, error);
      close (beside);
    }
  xq_vault_give_up_alone (vault);
  return done;
}
