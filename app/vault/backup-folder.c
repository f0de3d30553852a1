/* The folder that backups go to: their names, which are ours, and what the rotation removes. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "vault/backup-disk.h"
#include "vault/file.h"
#include "vault/vault-private.h"

#define PART       XQ_BACKUP_SUFFIX ".part"
#define MOST_NAMES 100

/* A name outlives the language that the program had when it was given: all of them are known. */
static const struct
{
  const char *language;
  const char *prefix;
} prefixes[] = {
  { "zh_CN", "心桥备份-" },
  { "zh_TW", "心橋備份-" },
  { "en", "xinqiao-backup-" },
};

/* -- names */

static const char *
prefix_of (const char *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_equal (prefixes[i].language, language))
      return prefixes[i].prefix;
  return prefixes[G_N_ELEMENTS (prefixes) - 1].prefix;
}

/* @number from 1: the second of one minute has "-2". */
static char *
numbered_name (gint64 at, gboolean plain, guint number)
{
  g_autoptr (GDateTime) time = xq_clock_local (at);
  g_autofree char *stamp = g_date_time_format (time, "%Y-%m-%d-%H%M");
  const char *prefix = prefix_of (plain ? "en" : xq_i18n_language ());

  return number > 1 ? g_strdup_printf ("%s%s-%u%s", prefix, stamp, number, XQ_BACKUP_SUFFIX)
                    : g_strconcat (prefix, stamp, XQ_BACKUP_SUFFIX, NULL);
}

char *
xq_backup_file_name (gint64 at, gboolean plain)
{
  return numbered_name (at, plain, 1);
}

/* "2026-11-28-0930", "2026-11-28-0930-2" */
static gboolean
is_stamp (const char *text, gsize length)
{
  static const char shape[] = "dddd-dd-dd-dddd";
  gsize at;

  if (length < strlen (shape))
    return FALSE;
  for (at = 0; shape[at] != '\0'; at++)
    if (shape[at] == 'd' ? !g_ascii_isdigit (text[at]) : text[at] != shape[at])
      return FALSE;
  if (at == length)
    return TRUE;
  if (text[at++] != '-' || at == length)
    return FALSE;
  while (at < length && g_ascii_isdigit (text[at]))
    at++;
  return at == length;
}

gboolean
xq_backup_is_own_name (const char *name)
{
  if (!g_str_has_suffix (name, XQ_BACKUP_SUFFIX))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i].prefix))
      {
        const char *stamp = name + strlen (prefixes[i].prefix);

        return is_stamp (stamp, strlen (stamp) - strlen (XQ_BACKUP_SUFFIX));
      }
  return FALSE;
}

/* -- what lies there */

void
xq_backup_entry_free (XqBackupEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->path);
  g_free (entry);
}

/* Whether @header names the vault @vault_name. All vaults that lost their keyslots.json have the same name. */
static gboolean
has_name (const XqBackupHeader *header, const char *vault_name)
{
  return g_str_equal (header->vault, vault_name) && strspn (vault_name, "0") != XQ_BACKUP_VAULT_LENGTH;
}

/* The signature is what counts: a vault that lost its keyslots.json has another name than before, and the same key. */
static XqBackupEntry *
read_entry (const char *folder, const char *name, XqVault *vault, const char *vault_name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (XqBackup) backup = xq_backup_open (path, NULL);
  XqBackupEntry *entry;

  if (backup == NULL)
    return NULL;
  entry = g_new0 (XqBackupEntry, 1);
  entry->made_at = backup->header.made_at;
  entry->bytes = (gint64) xq_backup_size (backup);
  entry->own = xq_backup_header_is_signed (&backup->header, vault->key);
  entry->other_code = !entry->own && has_name (&backup->header, vault_name);
  entry->rotates = entry->own && xq_backup_is_own_name (name);
  entry->path = g_steal_pointer (&path);
  return entry;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const XqBackupEntry *first = *(XqBackupEntry *const *) a, *second = *(XqBackupEntry *const *) b;

  if (first->made_at != second->made_at)
    return first->made_at > second->made_at ? -1 : 1;
  return strcmp (second->path, first->path);
}

GPtrArray *
xq_backup_list (const char *folder, XqVault *vault, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_backup_entry_free);
  /* While somebody is connected the key stays what it is. */
  g_autoptr (XqDatabase) held = xq_vault_connect_read_only (vault, error);
  g_autofree char *slots = NULL;
  g_autoptr (GDir) directory = NULL;
  char vault_name[XQ_BACKUP_VAULT_LENGTH + 1];
  const char *name;

  if (held == NULL)
    return NULL;
  errno = 0;
  directory = g_dir_open (folder, 0, NULL);
  if (directory == NULL)
    {
      xq_backup_disk_error (folder, errno != 0 ? errno : ENOENT, error);
      return NULL;
    }
  slots = xq_backup_load_slots (vault->folder, vault_name);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      XqBackupEntry *entry
          = g_str_has_suffix (name, XQ_BACKUP_SUFFIX) ? read_entry (folder, name, vault, vault_name) : NULL;

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, newest_first);
  return g_steal_pointer (&entries);
}

/* What the stick knows of its own room decides what is written where; a failure is met again by whoever writes. */
void
xq_backup_settle_removals (const char *path)
{
  xq_file_sync_folder_of (path);
}

static int
remove_others (GPtrArray *entries, const gboolean *keep, const char *fresh, GError **error)
{
  int removed = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const XqBackupEntry *entry = g_ptr_array_index (entries, i);

      if (keep[i] || g_strcmp0 (entry->path, fresh) == 0)
        continue;
      if (g_unlink (entry->path) != 0)
        {
          xq_backup_disk_error (entry->path, errno, error);
          return -1;
        }
      removed++;
    }
  if (removed > 0)
    xq_backup_settle_removals (((const XqBackupEntry *) g_ptr_array_index (entries, 0))->path);
  return removed;
}

int
xq_backup_rotate (XqVault *vault, const char *folder, const char *fresh, GError **error)
{
  g_autoptr (GPtrArray) entries = xq_backup_list (folder, vault, error);
  g_autofree gint64 *made_at = NULL;
  g_autofree gboolean *keep = NULL;

  if (entries == NULL)
    return -1;
  for (guint i = entries->len; i > 0; i--)
    if (!((const XqBackupEntry *) g_ptr_array_index (entries, i - 1))->rotates)
      g_ptr_array_remove_index (entries, i - 1);
  made_at = g_new0 (gint64, entries->len + 1);
  keep = g_new0 (gboolean, entries->len + 1);
  for (guint i = 0; i < entries->len; i++)
    made_at[i] = ((const XqBackupEntry *) g_ptr_array_index (entries, i))->made_at;
  xq_backup_rotation (made_at, entries->len, xq_clock_now (), keep);
  return remove_others (entries, keep, fresh, error);
}

/* -- what was cut off */

/* Ours, and nobody is writing it: a writer holds its lock. */
static gboolean
is_left_over (const char *path, const char *vault)
{
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  gssize length;
  gboolean ours;

  if (descriptor < 0)
    return FALSE;
  length = xq_backup_disk_read (descriptor, bytes, sizeof bytes, 0);
  ours = length == 0 || (length > 0 && xq_backup_header_is_unfinished (bytes, (gsize) length, vault));
  if (!ours && length == XQ_BACKUP_HEADER_BYTES)
    {
      XqBackupHeader header;

      /* Cut off while it was being verified: whole, perhaps, but never said to be. */
      ours = xq_backup_header_parse (bytes, (gsize) length, &header) == XQ_BACKUP_IS_SOUND
             && g_str_equal (header.vault, vault);
    }
  ours = ours && flock (descriptor, LOCK_EX | LOCK_NB) == 0;
  close (descriptor);
  return ours;
}

void
xq_backup_remove_unfinished (const char *folder, const char *vault)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, PART) && is_left_over (path, vault) && g_unlink (path) == 0)
        xq_backup_settle_removals (path);
    }
}

/* -- a backup under a name of its own */

/* A disk that was mounted without UTF-8 takes no Chinese name; file systems say so in different words (some: not permitted).
 * What is wrong with the disk itself is said of the plain name, which is tried next. */
static gboolean
takes_name (const char *folder, const char *name)
{
  g_autofree char *path = g_strconcat (folder, "/", name, ".try", NULL);
  int descriptor = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

  if (descriptor < 0)
    return FALSE;
  close (descriptor);
  g_unlink (path);
  return TRUE;
}

static char *
free_path (const char *folder)
{
  gint64 now = xq_clock_now ();
  g_autofree char *first = numbered_name (now, FALSE, 1);
  gboolean plain = !takes_name (folder, first);
  char *path = NULL;

  for (guint number = 1; number <= MOST_NAMES; number++)
    {
      g_autofree char *name = numbered_name (now, plain, number);

      g_free (path);
      path = g_build_filename (folder, name, NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        break;
    }
  return path;
}

XqBackupRecord *
xq_backup_create_in (XqVault *vault, const char *folder, XqBackupKind kind, const XqProgress *progress, GError **error)
{
  g_autofree char *path = free_path (folder);
  g_autoptr (XqBackupRecord) record = xq_backup_create (vault, path, kind, progress, error);

  if (record == NULL)
    return NULL;
  /* An old file that cannot be removed takes nothing from the new one. */
  xq_backup_rotate (vault, folder, path, NULL);
  return g_steal_pointer (&record);
}
