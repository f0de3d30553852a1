/* Why the file holds still. In WAL mode commits go into the log; the main file changes only when a checkpoint brings pages
 * over, and a checkpoint brings none that is newer than what the oldest reader sees (sqlite.org/wal.html, "Concurrency").
 * So: nobody may write for a moment (an immediate transaction), a checkpoint brings all of the log over, a reader begins, and
 * the writers go on. While that reader reads, there is nothing older to bring over and nothing newer that may be.
 *
 * The bytes are read through SQLite's own handle: a second descriptor of ours would, when closed, take SQLite's locks on the
 * file with it (POSIX advisory locks belong to the process). */
#include "config.h"

#include "vault/backup-snapshot.h"

#include <glib/gi18n-lib.h>

#define WAIT_STEP_US  5000
#define HOLD_MOST_US  (2 * G_USEC_PER_SEC)
#define REST_US       50000
#define WAIT_MOST_US  (15 * G_USEC_PER_SEC)

/* Brings the log over while nobody writes; *@ret_all says whether all of it is there now. */
static gboolean
bring_over (XqDatabase *reader, gboolean *ret_all, GError **error)
{
  int in_log = 0, brought = 0;
  int code = sqlite3_wal_checkpoint_v2 (reader->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log, &brought);

  *ret_all = code == SQLITE_OK && in_log == brought;
  if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY)
    return TRUE;
  xq_database_set_error (reader, code, error);
  return FALSE;
}

/* Whoever wrote last may be bringing the log over himself at this moment, and readers come to their end: worth a short wait,
 * in which the writers stay outside. Else a writer that never rests would be met at the same moment again and again. */
static gboolean
bring_all_over (XqDatabase *reader, gboolean *ret_all, GError **error)
{
  gint64 end = g_get_monotonic_time () + HOLD_MOST_US;

  for (;;)
    {
      if (!bring_over (reader, ret_all, error))
        return FALSE;
      if (*ret_all || g_get_monotonic_time () > end)
        return TRUE;
      g_usleep (WAIT_STEP_US);
    }
}

/* A reader's view begins with its first read. */
static gboolean
begin_reading (XqDatabase *reader, GError **error)
{
  gint64 tables;

  return xq_database_run_script (reader, "BEGIN", error)
         && xq_database_get_integer (reader, error, &tables, NULL, "SELECT count(*) FROM sqlite_schema", XQ_END);
}

static gboolean
try_freeze (XqDatabase *reader, XqDatabase *writer, gboolean *ret_frozen, GError **error)
{
  g_autoptr (XqTransaction) nobody_writes = xq_transaction_begin (writer, error);

  return nobody_writes != NULL && bring_all_over (reader, ret_frozen, error)
         && (!*ret_frozen || begin_reading (reader, error));
}

static gboolean
freeze (XqDatabase *reader, XqDatabase *writer, const XqProgress *progress, GError **error)
{
  gint64 end = g_get_monotonic_time () + WAIT_MOST_US;
  gboolean frozen = FALSE;

  while (!frozen)
    {
      if (!xq_progress_step (progress, 0, _ ("Waiting for a quiet moment …"), error)
          || !try_freeze (reader, writer, &frozen, error))
        return FALSE;
      if (!frozen && g_get_monotonic_time () > end)
        {
          g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
                               _ ("The vault is being read all the time, so that no moment for a backup came. Close the other program and try again."));
          return FALSE;
        }
      if (!frozen)
        g_usleep (REST_US);
    }
  return TRUE;
}

static gboolean
find_file (XqSnapshot *snapshot, GError **error)
{
  sqlite3 *handle = snapshot->lender->handle;
  sqlite3_int64 size = 0;
  int code = sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &snapshot->file);

  if (code == SQLITE_OK)
    code = snapshot->file->pMethods->xFileSize (snapshot->file, &size);
  if (code != SQLITE_OK)
    {
      xq_database_set_error (snapshot->lender, code, error);
      return FALSE;
    }
  snapshot->bytes = (guint64) size;
  return TRUE;
}

gboolean
xq_snapshot_begin (XqSnapshot *snapshot, XqDatabase *reader, XqDatabase *writer, const XqProgress *progress, GError **error)
{
  snapshot->reader = reader;
  snapshot->lender = writer;
  return freeze (reader, writer, progress, error) && find_file (snapshot, error);
}

gboolean
xq_snapshot_read (XqSnapshot *snapshot, guint8 *ret_bytes, gsize length, guint64 offset, GError **error)
{
  int code = snapshot->file->pMethods->xRead (snapshot->file, ret_bytes, (int) length, (sqlite3_int64) offset);

  if (code != SQLITE_OK)
    xq_database_set_error (snapshot->lender, code, error);
  return code == SQLITE_OK;
}

void
xq_snapshot_end (XqSnapshot *snapshot)
{
  /* Closing ends what is being read. */
  g_clear_pointer (&snapshot->reader, xq_database_free);
  g_clear_pointer (&snapshot->lender, xq_database_free);
}
