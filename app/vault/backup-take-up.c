/* Backups that nobody lived to write down. Only what was verified has got its name: whole and signed, it is as good as any. */
#include "config.h"

#include "vault/backup-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <unistd.h>

#include "vault/vault-private.h"

gboolean
xq_backup_is_of_trail (XqBackup *backup, XqDatabase *database, GError **error)
{
  const XqBackupContents *contents = backup->contents;
  g_autoptr (GError) local = NULL;
  g_autofree char *head
      = xq_database_get_text (database, &local,
                              "SELECT substr (hex (hash), 1, 4) || '-' || substr (hex (hash), 5, 4) FROM audit"
                              " WHERE id = :id",
                              XQ_INTEGER (":id", contents->audit_rows), XQ_END);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_strcmp0 (head, contents->audit_head) == 0)
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("The audit trail of “%s” is no part of this vault's: one of the two was changed from outside. Keep both, and ask for help."),
               backup->path);
  return FALSE;
}

/* By the moment, not by the name: a copy of a backup is no other one. */
static gboolean
is_recorded (XqDatabase *database, gint64 made_at)
{
  gint64 records = 0;

  return !xq_database_get_integer (database, NULL, &records, NULL,
                                   "SELECT count(*) FROM backup WHERE made_at = :made_at AND outcome = 'done'"
                                   " AND kind IN ('manual', 'automatic')",
                                   XQ_INTEGER (":made_at", made_at), XQ_END)
         || records > 0;
}

/* Nothing that is changed, another vault's or from another past is written down. */
static gboolean
write_down (XqVault *vault, XqDatabase *database, const char *path, GError **error)
{
  g_autoptr (XqBackup) backup = xq_backup_open (path, NULL);
  g_autoptr (XqBackupRecord) record = NULL;

  if (backup == NULL || is_recorded (database, backup->header.made_at) || !xq_backup_unlock_as (backup, vault, NULL)
      || !xq_backup_is_of_trail (backup, database, NULL))
    return TRUE;
  record = xq_backup_record_of (backup, (XqBackupKind) backup->contents->kind);
  record->at = record->verified_at = record->made_at;
  return xq_backup_record_add (database, record, error);
}

/* Whoever makes a backup holds its lock until it is written down. */
static gboolean
take_up (XqVault *vault, const char *path, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  int descriptor = database != NULL ? open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
  gboolean done = database != NULL;

  if (descriptor < 0)
    return done;
  if (flock (descriptor, LOCK_EX | LOCK_NB) == 0)
    done = write_down (vault, database, path, error);
  close (descriptor);
  return done;
}

/* The earliest first, as they would have been. */
gboolean
xq_backup_take_up_entries (XqVault *vault, GPtrArray *entries, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect_read_only (vault, error);

  if (database == NULL)
    return FALSE;
  for (guint i = entries->len; i > 0; i--)
    {
      const XqBackupEntry *entry = g_ptr_array_index (entries, i - 1);

      if (entry->own && !is_recorded (database, entry->made_at) && !take_up (vault, entry->path, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
xq_backup_take_up (XqVault *vault, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) entries = xq_backup_list (folder, vault, error);

  return entries != NULL && xq_backup_take_up_entries (vault, entries, error);
}
