/* The monthly drill: a backup that was never restored is a hope. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "vault/file.h"
#include "vault/vault-private.h"

#define SCRATCH "drill."

void
xq_backup_drill_free (XqBackupDrill *drill)
{
  if (drill == NULL)
    return;
  xq_backup_record_free (drill->record);
  g_free (drill->name);
  g_free (drill->next_on);
  g_free (drill);
}

/* -- the scratch copy; encrypted like the vault beside which it lies */

static void
remove_left_over (XqVault *vault)
{
  g_autoptr (GDir) directory = g_dir_open (vault->folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_prefix (name, SCRATCH))
      {
        g_autofree char *path = g_build_filename (vault->folder, name, NULL);

        xq_backup_remove_extracted (path);
      }
}

static gboolean
restore_beside (XqVault *vault, XqBackup *backup, const XqProgress *progress, GError **error)
{
  const XqBackupSpan span = { progress, 0, 0.98 };
  g_autofree char *folder = g_build_filename (vault->folder, SCRATCH "XXXXXX", NULL);
  gboolean done;

  remove_left_over (vault);
  if (g_mkdtemp (folder) == NULL)
    {
      xq_file_set_error (folder, errno, error);
      return FALSE;
    }
  done = xq_backup_extract (backup, folder, &span, error);
  xq_backup_remove_extracted (folder);
  return done;
}

static gint64
rows_now (XqDatabase *database, GError **error)
{
  g_autoptr (XqBackupContents) contents = xq_backup_contents_read (database, error);

  return contents != NULL ? contents->total : -1;
}

static XqBackupDrill *
drill_backup (XqVault *vault, XqBackup *backup, XqDatabase *database, const XqProgress *progress, GError **error)
{
  g_autoptr (XqBackupDrill) drill = g_new0 (XqBackupDrill, 1);
  g_autofree char *today = xq_clock_today ();
  g_autofree char *made_on = xq_clock_date (backup->header.made_at);

  if (!xq_backup_unlock_as (backup, vault, error) || !restore_beside (vault, backup, progress, error)
      || !xq_backup_is_of_trail (backup, database, error))
    return NULL;
  drill->rows_now = rows_now (database, error);
  if (drill->rows_now < 0)
    return NULL;
  drill->record = xq_backup_record_of (backup, XQ_BACKUP_DRILL);
  drill->record->at = drill->record->verified_at = xq_clock_now ();
  drill->name = g_strdup (backup->contents->name);
  drill->age_days = MAX (xq_date_days_between (made_on, today), 0);
  drill->next_on = xq_date_add_months (today, 1);
  return g_steal_pointer (&drill);
}

static void
record_failure (XqDatabase *database, XqBackup *backup, const GError *why)
{
  g_autoptr (XqBackupRecord) record = xq_backup_record_of (backup, XQ_BACKUP_DRILL);

  record->at = xq_clock_now ();
  record->outcome = XQ_BACKUP_FAILED;
  record->why = g_strdup (why->message);
  xq_backup_record_add (database, record, NULL);
}

static char *
newest_path (XqVault *vault, GError **error)
{
  g_autoptr (XqBackupStatus) status = xq_backup_status (vault, error);

  if (status == NULL)
    return NULL;
  if (status->newest == NULL)
    g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND,
                         _ ("There is no backup to try out. Put the stick in or make a backup first."));
  return g_steal_pointer (&status->newest);
}

XqBackupDrill *
xq_backup_drill (XqVault *vault, const char *path, const XqProgress *progress, GError **error)
{
  g_autofree char *file = path != NULL ? g_canonicalize_filename (path, NULL) : newest_path (vault, error);
  g_autoptr (XqBackup) backup = file != NULL ? xq_backup_open (file, error) : NULL;
  g_autoptr (XqDatabase) database = backup != NULL ? xq_vault_connect (vault, error) : NULL;
  g_autoptr (XqBackupDrill) drill = NULL;
  g_autoptr (GError) local = NULL;

  if (database == NULL)
    return NULL;
  drill = drill_backup (vault, backup, database, progress, &local);
  if (drill == NULL)
    {
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        record_failure (database, backup, local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return xq_backup_record_add (database, drill->record, error) ? g_steal_pointer (&drill) : NULL;
}
