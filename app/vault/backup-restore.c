/* A vault out of a backup: beside its place first, verified there, and then one renaming. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "vault/backup-disk.h"
#include "vault/file.h"
#include "vault/lock.h"
#include "vault/migrate.h"
#include "vault/vault-private.h"

#define UNFINISHED "vault.db.new"

/* What xq_backup_extract() and the opening that follows may leave in a folder. */
static const char *const our_files[] = {
  UNFINISHED, "vault.db", "vault.db-wal", "vault.db-shm", "keyslots.json", "keyslots.json.new", "keyslots.json.bak",
  "keyslots.json.bak.new", "lock",
};

void
xq_backup_remove_extracted (const char *folder)
{
  for (gsize i = 0; i < G_N_ELEMENTS (our_files); i++)
    {
      g_autofree char *path = g_build_filename (folder, our_files[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* -- the files */

static gboolean
write_image (XqBackup *backup, const char *path, const XqBackupSpan *span, GError **error)
{
  int descriptor = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  gboolean done;

  if (descriptor < 0)
    {
      xq_file_set_error (path, errno, error);
      return FALSE;
    }
  done = xq_backup_check_bytes (backup, descriptor, path, span, error);
  if (done && fsync (descriptor) != 0)
    {
      xq_file_set_error (path, errno, error);
      done = FALSE;
    }
  close (descriptor);
  return done;
}

/* Both files say the same, as they do in a vault that is in use. */
static gboolean
write_slots (XqBackup *backup, const char *folder, GError **error)
{
  g_autofree char *first = g_build_filename (folder, "keyslots.json", NULL);
  g_autofree char *second = g_build_filename (folder, "keyslots.json.bak", NULL);

  return backup->slots == NULL
         || (xq_file_write (first, backup->slots, error) && xq_file_write (second, backup->slots, error));
}

gboolean
xq_backup_extract (XqBackup *backup, const char *folder, const XqBackupSpan *span, GError **error)
{
  const XqBackupSpan copying = { span->progress, span->from, (span->from + span->to) / 2 };
  const XqBackupSpan checking = { span->progress, copying.to, span->to };
  g_autofree char *unfinished = g_build_filename (folder, UNFINISHED, NULL);
  g_autofree char *path = xq_vault_database_path (folder);

  /* It is called vault.db when its bytes are there: an interrupted one is no vault. */
  return xq_backup_disk_check (unfinished, backup->header.database_bytes, error)
         && write_image (backup, unfinished, &copying, error) && write_slots (backup, folder, error)
         && xq_file_rename (unfinished, path, error)
         && xq_backup_check_database (backup, path, XQ_OPEN_READ_ONLY, TRUE, &checking, error);
}

/* -- its place */

typedef struct
{
  XqBackup *backup;
  char *folder;
  char *scratch;
  char *old; /* where the vault before goes; NULL when there is none */
  int old_lock;
  const XqProgress *progress;
} Restoring;

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);

  return directory != NULL && g_dir_read_name (directory) == NULL;
}

static gboolean
accept_schema (XqBackup *backup, GError **error)
{
  g_autoptr (GPtrArray) migrations = xq_migrations_load (error);

  if (migrations == NULL)
    return FALSE;
  if (backup->header.schema <= migrations->len)
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” was written by a newer version of Xinqiao. Install the newer version to read it."), backup->path);
  return FALSE;
}

/* "vault-before-restore-2026-11-28-0930", with "-2" and so on when there is one. */
static char *
name_for_old (const char *folder)
{
  g_autoptr (GDateTime) now = xq_clock_local (xq_clock_now ());
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d-%H%M");
  char *name = g_strdup_printf ("%s-before-restore-%s", folder, stamp);

  for (int number = 2; g_file_test (name, G_FILE_TEST_EXISTS); number++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-before-restore-%s-%d", folder, stamp, number);
    }
  return name;
}

/* The old vault is locked until it has moved: nobody has it open, and nobody opens it meanwhile. */
static gboolean
accept_place (Restoring *restoring, gboolean keep_old, GError **error)
{
  if (!xq_backup_place_is_apart (restoring->folder, error))
    return FALSE;
  if (!g_file_test (restoring->folder, G_FILE_TEST_EXISTS) || is_empty (restoring->folder))
    return TRUE;
  if (!xq_vault_exists (restoring->folder))
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” is not empty. Choose a new or an empty folder for the vault."), restoring->folder);
      return FALSE;
    }
  if (!keep_old)
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _ ("There is a vault in “%s”. Choose another folder, or let that vault be kept beside it under another name."),
                   restoring->folder);
      return FALSE;
    }
  restoring->old_lock = xq_lock_take (restoring->folder, error);
  restoring->old = restoring->old_lock >= 0 ? name_for_old (restoring->folder) : NULL;
  return restoring->old != NULL;
}

static gboolean
make_scratch (Restoring *restoring, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (restoring->folder);

  /* What a restore that was cut off left there. */
  xq_backup_remove_extracted (restoring->scratch);
  if (g_mkdir_with_parents (parent, 0700) == 0 && g_mkdir (restoring->scratch, 0700) == 0)
    return TRUE;
  xq_file_set_error (restoring->scratch, errno, error);
  return FALSE;
}

/* In one step where the file system can exchange two names, so that there is a vault in its place at every moment. */
static gboolean
move_old_away (Restoring *restoring, GError **error)
{
  if (renameat2 (AT_FDCWD, restoring->scratch, AT_FDCWD, restoring->folder, RENAME_EXCHANGE) == 0)
    {
      if (rename (restoring->scratch, restoring->old) == 0)
        return TRUE;
      renameat2 (AT_FDCWD, restoring->scratch, AT_FDCWD, restoring->folder, RENAME_EXCHANGE);
    }
  else if (rename (restoring->folder, restoring->old) == 0)
    {
      if (rename (restoring->scratch, restoring->folder) == 0)
        return TRUE;
      rename (restoring->old, restoring->folder);
    }
  xq_file_set_error (restoring->folder, errno, error);
  return FALSE;
}

static gboolean
set_not_certain (Restoring *restoring, GError **error)
{
  xq_file_set_error (restoring->folder, errno, error);
  return FALSE;
}

static gboolean
put_in_place (Restoring *restoring, GError **error)
{
  if (restoring->old != NULL)
    return move_old_away (restoring, error)
           && ((xq_file_sync_renamed (restoring->folder) && xq_file_sync_renamed (restoring->old))
               || set_not_certain (restoring, error));
  /* An empty folder is replaced by a renaming. */
  return xq_file_rename (restoring->scratch, restoring->folder, error);
}

static gboolean
extract_beside (Restoring *restoring, GError **error)
{
  const XqBackupSpan span = { restoring->progress, 0, 0.95 };

  if (!make_scratch (restoring, error))
    return FALSE;
  if (xq_backup_extract (restoring->backup, restoring->scratch, &span, error) && put_in_place (restoring, error))
    return TRUE;
  xq_backup_remove_extracted (restoring->scratch);
  return FALSE;
}

/* -- opened, and told to its own trail */

static gboolean
record_restore (XqBackup *backup, XqVault *vault, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  g_autoptr (XqBackupRecord) record = xq_backup_record_of (backup, XQ_BACKUP_RESTORE);

  record->at = record->verified_at = xq_clock_now ();
  return database != NULL && xq_backup_record_add (database, record, error);
}

static XqVault *
open_restored (Restoring *restoring, GError **error)
{
  XqBackup *backup = restoring->backup;
  XqSecret *key = xq_secret_new (xq_secret_length (backup->key));
  g_autoptr (XqVault) vault = NULL;

  memcpy (xq_secret_bytes (key), xq_secret_bytes (backup->key), xq_secret_length (key));
  vault = xq_vault_open_with_key (restoring->folder, key, restoring->progress, error);
  return vault != NULL && record_restore (backup, vault, error) ? g_steal_pointer (&vault) : NULL;
}

static XqVault *
restore (Restoring *restoring, gboolean keep_old, GError **error)
{
  XqVault *vault = NULL;

  if (accept_schema (restoring->backup, error) && accept_place (restoring, keep_old, error)
      && extract_beside (restoring, error))
    vault = open_restored (restoring, error);
  if (restoring->old_lock >= 0)
    close (restoring->old_lock);
  return vault;
}

XqVault *
xq_backup_restore (XqBackup *backup, const char *folder, gboolean keep_old, char **ret_old, const XqProgress *progress,
                   GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autofree char *scratch = g_strconcat (absolute, ".restoring", NULL);
  Restoring restoring = { backup, absolute, scratch, NULL, -1, progress };
  XqVault *vault;

  g_return_val_if_fail (backup->key != NULL, NULL);

  vault = restore (&restoring, keep_old, error);
  if (ret_old != NULL)
    *ret_old = vault != NULL ? g_steal_pointer (&restoring.old) : NULL;
  g_free (restoring.old);
  return vault;
}
