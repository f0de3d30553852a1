/* Whether a backup is what it says: the database in it, and all of it together. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "vault/audit.h"
#include "vault/backup-disk.h"
#include "vault/check.h"
#include "vault/migrate.h"

/* What one page costs beside itself: one part in so many. */
#define PAGE_COST 10
/* What a connection may take anyway. */
#define LEAST_KIB G_GUINT64_CONSTANT (131072)

/* What each check proves that no other does:
 *   the hash            the file holds, on the medium, the bytes that the vault had
 *   quick_check         every page that is in use passes its seal as it is read (a page is decrypted only after its HMAC),
 *                       the trees are whole, no page is used twice or by nobody, no row breaks its table's conditions
 *   the cipher's check  the seals of the pages that are not in use, which quick_check does not read: where there are none,
 *                       there is nothing left for it to check
 *   rows and head       what SQLite finds in the bytes is what it saw in the vault: the file did hold still
 * quick_check is made by a connection and a thread of its own, beside the others. */
typedef struct
{
  XqBackup *backup;
  const char *path; /* where the database lies; what is wrong is said of the backup's */
  GCancellable *cancellable;
  XqDatabase *first;  /* of this thread */
  XqDatabase *second; /* of the other, until it is joined */
  gulong first_id;
  gulong second_id;
  gboolean is_held; /* the second keeps every page that it has opened */
  GThread *thread;
  gboolean pages_done;
  GError *pages_error;
  XqBackupContents *found;
  int schema;
} Check;

/* -- memory */

/* Kibibytes that programs can have without anything being pushed out; 0 when the system does not say. */
static guint64
available_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL))
    return 0;
  line = strstr (text, "MemAvailable:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("MemAvailable:"), NULL, 10) : 0;
}

/* quick_check goes through every tree and then through every row: with room for all of the database no page is opened twice,
 * and its rows are then counted in no time. A quarter of the memory that nobody needs is taken at most, and given back. */
static gboolean
hold_pages (XqDatabase *database, guint64 bytes)
{
  const guint64 kib = bytes / 1024 + bytes / 1024 / PAGE_COST + 1024;
  g_autofree char *set = NULL;

  if (kib > MAX (available_kib () / 4, LEAST_KIB))
    return FALSE;
  set = g_strdup_printf ("PRAGMA cache_size = -%" G_GUINT64_FORMAT, MAX (kib, LEAST_KIB));
  return xq_database_run_script (database, set, NULL);
}

/* -- pages */

static gboolean
accept_lines (const Check *check, const char *cipher, const char *integrity, GError **error)
{
  if (g_str_equal (cipher, "ok") && g_str_equal (integrity, "ok"))
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("The database in “%s” fails its check (%s; %s). Keep older backups, and let the vault itself be checked: Settings › This Vault."),
               check->backup->path, cipher, integrity);
  return FALSE;
}

static gpointer
check_pages_in_thread (gpointer user_data)
{
  Check *check = user_data;
  g_autofree char *integrity = xq_check_lines (check->second, "PRAGMA quick_check", &check->pages_error);

  check->pages_done = integrity != NULL && accept_lines (check, "ok", integrity, &check->pages_error);
  return NULL;
}

static gboolean
check_free_pages (Check *check, GError **error)
{
  g_autofree char *cipher = NULL;
  gint64 free_pages;

  if (!xq_database_get_integer (check->first, error, &free_pages, NULL, "PRAGMA freelist_count", XQ_END))
    return FALSE;
  if (free_pages == 0)
    return TRUE;
  cipher = xq_check_lines (check->first, "PRAGMA cipher_integrity_check", error);
  return cipher != NULL && accept_lines (check, cipher, "ok", error);
}

/* -- rows */

/* In any order: the names come from SQL here and from JSON there. */
static gboolean
has_rows (const XqBackupContents *contents, const char *table, gint64 rows)
{
  for (guint i = 0; i < contents->tables->len; i++)
    if (g_str_equal (g_ptr_array_index (contents->tables, i), table))
      return g_array_index (contents->rows, gint64, i) == rows;
  return FALSE;
}

static gboolean
is_same (const XqBackupContents *expected, const XqBackupContents *found)
{
  if (expected->tables->len != found->tables->len || expected->audit_rows != found->audit_rows
      || !g_str_equal (expected->audit_head, found->audit_head))
    return FALSE;
  for (guint i = 0; i < found->tables->len; i++)
    if (!has_rows (expected, g_ptr_array_index (found->tables, i), g_array_index (found->rows, gint64, i)))
      return FALSE;
  return TRUE;
}

gboolean
xq_backup_compare (XqBackup *backup, const XqBackupContents *found, int schema, GError **error)
{
  if ((guint64) schema == backup->header.schema && is_same (backup->contents, found))
    return TRUE;
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("The rows in “%s” are not those that the backup says it has. Take an older one, and make a new backup."),
               backup->path);
  return FALSE;
}

static gboolean
count_rows (Check *check, XqDatabase *database, GError **error)
{
  check->found = xq_backup_contents_read (database, error);
  return check->found != NULL && xq_schema_version (database, &check->schema, error);
}

/* -- side by side */

static void
on_cancelled (GCancellable *cancellable, gpointer database)
{
  sqlite3_interrupt (((XqDatabase *) database)->handle);
}

static void
end_check (Check *check)
{
  g_cancellable_disconnect (check->cancellable, check->first_id);
  g_cancellable_disconnect (check->cancellable, check->second_id);
  g_clear_pointer (&check->first, xq_database_free);
  g_clear_pointer (&check->second, xq_database_free);
  g_clear_pointer (&check->found, xq_backup_contents_free);
  g_clear_error (&check->pages_error);
}

/* What is not set in @check yet. */
static gboolean
begin_check (Check *check, XqOpenMode mode, const XqBackupSpan *span, GError **error)
{
  check->first = xq_database_open (check->path, check->backup->key, mode, error);
  check->second = check->first != NULL ? xq_database_open (check->path, check->backup->key, mode, error) : NULL;
  if (check->second == NULL)
    return FALSE;
  check->is_held = hold_pages (check->second, check->backup->header.database_bytes);
  check->cancellable = span->progress != NULL ? span->progress->cancellable : NULL;
  if (check->cancellable != NULL)
    {
      check->first_id = g_cancellable_connect (check->cancellable, G_CALLBACK (on_cancelled), check->first, NULL);
      check->second_id = g_cancellable_connect (check->cancellable, G_CALLBACK (on_cancelled), check->second, NULL);
    }
  check->thread = g_thread_new ("page-check", check_pages_in_thread, check);
  return TRUE;
}

/* Where all pages are held, the thread that holds them has counted its rows faster than this one could. */
static gboolean
check_rest (Check *check, gboolean trail, const XqBackupSpan *span, GError **error)
{
  return (check->is_held || count_rows (check, check->first, error)) && xq_backup_step (span, 0.3, NULL, error)
         && check_free_pages (check, error) && xq_backup_step (span, 0.6, NULL, error)
         && (!trail || xq_audit_verify (check->first, NULL, error));
}

static void
join_pages (Check *check)
{
  if (check->thread != NULL)
    g_thread_join (g_steal_pointer (&check->thread));
}

/* What is wrong with the pages explains what is wrong with the rows, and is told first. */
static gboolean
check_to_the_end (Check *check, gboolean trail, const XqBackupSpan *span, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean rest = check_rest (check, trail, span, &local);

  join_pages (check);
  if (!check->pages_done)
    g_propagate_error (error, g_steal_pointer (&check->pages_error));
  else if (!rest)
    g_propagate_error (error, g_steal_pointer (&local));
  return check->pages_done && rest && (!check->is_held || count_rows (check, check->second, error))
         && xq_backup_step (span, 1, NULL, error);
}

gboolean
xq_backup_check_database (XqBackup *backup, const char *path, XqOpenMode mode, gboolean trail, const XqBackupSpan *span,
                          GError **error)
{
  Check check = { .backup = backup, .path = path };
  gboolean done = xq_backup_step (span, 0, _ ("Checking every page …"), error) && begin_check (&check, mode, span, error)
                  && check_to_the_end (&check, trail, span, error)
                  && xq_backup_compare (backup, check.found, check.schema, error);

  end_check (&check);
  return done;
}

/* Where reading cannot go past what the computer remembers, that is given up before, and quick_check would read page after page
 * from a slow stick: it is waited for. */
static gboolean
read_back (Check *check, int descriptor, const XqBackupSpan *span, GError **error)
{
  int direct = xq_backup_disk_open_direct (check->path, XQ_BACKUP_DATABASE_OFFSET);
  gboolean done;

  if (direct >= 0)
    {
      done = xq_backup_check_bytes_of (check->backup, direct, span, error);
      close (direct);
      return done;
    }
  join_pages (check);
  if (xq_backup_disk_settle (descriptor))
    return xq_backup_check_bytes_of (check->backup, descriptor, span, error);
  xq_backup_disk_error (check->backup->path, errno, error);
  return FALSE;
}

/* A disk that gives back other bytes explains everything else. */
gboolean
xq_backup_check_written (XqBackup *image, const char *part, int descriptor, const XqBackupSpan *span,
                         XqBackupContents **ret_found, int *ret_schema, GError **error)
{
  const XqBackupSpan reading = { span->progress, span->from, (span->from + span->to) / 2 };
  const XqBackupSpan checking = { span->progress, reading.to, span->to };
  Check check = { .backup = image, .path = part };
  gboolean done = begin_check (&check, XQ_OPEN_BACKUP, span, error);

  if (done && !read_back (&check, descriptor, &reading, error))
    {
      sqlite3_interrupt (check.second->handle);
      join_pages (&check);
      done = FALSE;
    }
  done = done && check_to_the_end (&check, FALSE, &checking, error);
  *ret_found = done ? g_steal_pointer (&check.found) : NULL;
  *ret_schema = check.schema;
  end_check (&check);
  return done;
}

gboolean
xq_backup_verify (XqBackup *backup, const XqProgress *progress, GError **error)
{
  const XqBackupSpan reading = { progress, 0, 0.3 };
  const XqBackupSpan checking = { progress, 0.3, 1 };

  g_return_val_if_fail (backup->key != NULL, FALSE);

  return xq_backup_check_bytes (backup, -1, NULL, &reading, error)
         && xq_backup_check_database (backup, backup->path, XQ_OPEN_BACKUP, TRUE, &checking, error);
}
