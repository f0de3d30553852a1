/* Whether the daily run and the monthly drill are due. */
#include "config.h"

#include "vault/backup-private.h"

#include "base/clock.h"
#include "base/date.h"
#include "vault/vault-private.h"

#define FOLDER    "backup_folder"
#define AUTOMATIC "backup_automatic"

void
xq_backup_status_free (XqBackupStatus *status)
{
  if (status == NULL)
    return;
  g_free (status->folder);
  g_free (status->newest);
  g_free (status->why);
  g_free (status->drill_on);
  g_free (status);
}

/* When tomorrow begins. What bears a later time was made while the clock was wrong: it says nothing of today. */
static gint64
tomorrow (void)
{
  g_autofree char *today = xq_clock_today ();
  g_autofree char *day = xq_date_add_days (today, 1);

  return xq_date_start (day);
}

/* By the records: they know of files that are on a stick elsewhere. */
static gboolean
read_records (XqDatabase *database, XqBackupStatus *status, gint64 *ret_first, GError **error)
{
  const gint64 end = tomorrow ();

  /* Whatever hinders this one hinders those below, and is told there. */
  status->why = xq_database_get_text (database, NULL,
                                      "SELECT why FROM backup WHERE kind IN ('manual', 'automatic') AND outcome = 'failed'"
                                      " AND id = (SELECT max (id) FROM backup WHERE kind IN ('manual', 'automatic'))",
                                      XQ_END);
  return xq_database_get_integer (database, error, &status->newest_at, NULL,
                                  "SELECT ifnull (max (made_at), 0) FROM backup WHERE kind IN ('manual', 'automatic')"
                                  " AND outcome = 'done' AND made_at < :end",
                                  XQ_INTEGER (":end", end), XQ_END)
         && xq_database_get_integer (database, error, ret_first, NULL,
                                     "SELECT ifnull (min (made_at), 0) FROM backup WHERE kind IN ('manual', 'automatic')"
                                     " AND outcome = 'done' AND made_at < :end",
                                     XQ_INTEGER (":end", end), XQ_END)
         && xq_database_get_integer (database, error, &status->drilled_at, NULL,
                                     "SELECT ifnull (max (at), 0) FROM backup WHERE kind = 'drill'"
                                     " AND outcome = 'done' AND at < :end",
                                     XQ_INTEGER (":end", end), XQ_END);
}

/* What lies in the folder counts, whether a record tells of it or not. After a new recovery code the records count for
 * nothing, until there is a backup that the new code opens. One from the future is the newest only where there is no other. */
static void
look_at_entries (GPtrArray *entries, XqBackupStatus *status)
{
  const gint64 end = tomorrow ();
  gboolean other_code = FALSE;
  gint64 own_at = 0;

  status->present = entries != NULL;
  for (guint i = 0; entries != NULL && i < entries->len && own_at == 0; i++)
    {
      const XqBackupEntry *entry = g_ptr_array_index (entries, i);

      other_code = other_code || entry->other_code;
      if (!entry->own)
        continue;
      if (status->newest == NULL || entry->made_at < end)
        g_set_str (&status->newest, entry->path);
      if (entry->made_at < end)
        own_at = entry->made_at;
    }
  status->newest_at = MAX (status->newest_at, own_at);
  status->due = xq_backup_is_due (other_code ? own_at : status->newest_at, xq_clock_now ());
}

/* A month after the last one; the first, a month after the first backup. */
static void
set_drill_day (XqBackupStatus *status, gint64 first)
{
  gint64 from = status->drilled_at != 0 ? status->drilled_at : first;
  g_autofree char *day = NULL;
  g_autofree char *today = xq_clock_today ();

  if (from == 0)
    return;
  day = xq_clock_date (from);
  status->drill_on = xq_date_add_months (day, 1);
  status->drill_due = xq_date_compare (status->drill_on, today) <= 0;
}

XqBackupStatus *
xq_backup_status (XqVault *vault, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect_read_only (vault, error);
  g_autoptr (XqBackupStatus) status = g_new0 (XqBackupStatus, 1);
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *automatic = NULL;
  gint64 first = 0;

  if (database == NULL)
    return NULL;
  status->folder = xq_setting_get (database, FOLDER, NULL);
  if (status->folder != NULL && *status->folder == '\0')
    g_clear_pointer (&status->folder, g_free);
  automatic = xq_setting_get (database, AUTOMATIC, "1");
  status->automatic = status->folder != NULL && g_str_equal (automatic, "1");
  entries = status->folder != NULL ? xq_backup_list (status->folder, vault, NULL) : NULL;
  /* What cannot be taken up now can be the next time. */
  if (entries != NULL)
    xq_backup_take_up_entries (vault, entries, NULL);
  if (!read_records (database, status, &first, error))
    return NULL;
  look_at_entries (entries, status);
  set_drill_day (status, first);
  return g_steal_pointer (&status);
}

gboolean
xq_backup_set_folder (XqDatabase *database, const char *folder, GError **error)
{
  return xq_setting_set (database, FOLDER, folder != NULL ? folder : "", error);
}

gboolean
xq_backup_set_automatic (XqDatabase *database, gboolean automatic, GError **error)
{
  return xq_setting_set (database, AUTOMATIC, automatic ? "1" : "0", error);
}
