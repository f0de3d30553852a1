/* A backup that somebody holds out: what its header says, and the key that opens it. */
#include "config.h"

#include "vault/backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/backup-disk.h"
#include "vault/keyslots.h"
#include "vault/recovery-code.h"
#include "vault/vault-private.h"

void
xq_backup_free (XqBackup *backup)
{
  if (backup == NULL)
    return;
  g_free (backup->path);
  g_free (backup->slots);
  g_clear_pointer (&backup->sealed, g_bytes_unref);
  xq_secret_free (backup->key);
  xq_backup_contents_free (backup->contents);
  g_free (backup);
}

static gboolean
set_damaged (XqBackup *backup, GError **error)
{
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("The backup “%s” is damaged. Take an older one, and make a new backup onto another disk."), backup->path);
  return FALSE;
}

static gboolean
accept_verdict (XqBackup *backup, XqBackupVerdict verdict, GError **error)
{
  switch (verdict)
    {
    case XQ_BACKUP_IS_SOUND:
      return TRUE;
    case XQ_BACKUP_IS_UNFINISHED:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” was begun and never finished: it is no backup. Take another file."), backup->path);
      return FALSE;
    case XQ_BACKUP_IS_NEWER:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” was written by a newer version of Xinqiao. Install the newer version to read it."), backup->path);
      return FALSE;
    case XQ_BACKUP_IS_DAMAGED:
      return set_damaged (backup, error);
    case XQ_BACKUP_IS_FOREIGN:
    default:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” is no backup of Xinqiao. Backups end in .xqbackup."), backup->path);
      return FALSE;
    }
}

static guint8 *
read_part (int descriptor, guint64 offset, gsize length)
{
  g_autofree guint8 *bytes = g_malloc0 (length + 1);

  return xq_backup_disk_read (descriptor, bytes, length, offset) == (gssize) length ? g_steal_pointer (&bytes) : NULL;
}

/* Whether @bytes are what the header was written over. */
static gboolean
is_hashed (const guint8 *bytes, gsize length, const guint8 *hash)
{
  guint8 found[XQ_BACKUP_HASH_BYTES];

  crypto_generichash (found, sizeof found, bytes, length, NULL, 0);
  return memcmp (found, hash, sizeof found) == 0;
}

static gboolean
read_small_parts (XqBackup *backup, int descriptor)
{
  const XqBackupHeader *header = &backup->header;
  g_autofree guint8 *slots = read_part (descriptor, XQ_BACKUP_SLOTS_OFFSET, header->slots_bytes);
  g_autofree guint8 *sealed = read_part (descriptor, XQ_BACKUP_SEALED_OFFSET, header->sealed_bytes);

  if (slots == NULL || sealed == NULL || !is_hashed (slots, header->slots_bytes, header->slots_hash)
      || !is_hashed (sealed, header->sealed_bytes, header->sealed_hash))
    return FALSE;
  backup->sealed = g_bytes_new_take (g_steal_pointer (&sealed), header->sealed_bytes);
  if (header->slots_bytes > 0)
    backup->slots = (char *) g_steal_pointer (&slots);
  return TRUE;
}

static gboolean
read_head (XqBackup *backup, int descriptor, GError **error)
{
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];
  gssize length = xq_backup_disk_read (descriptor, bytes, sizeof bytes, 0);
  struct stat info;

  if (length < 0 || fstat (descriptor, &info) != 0)
    {
      xq_backup_disk_error (backup->path, errno, error);
      return FALSE;
    }
  if (!accept_verdict (backup, xq_backup_header_parse (bytes, (gsize) length, &backup->header), error))
    return FALSE;
  if ((guint64) info.st_size != XQ_BACKUP_DATABASE_OFFSET + backup->header.database_bytes
      || !read_small_parts (backup, descriptor))
    return set_damaged (backup, error);
  return TRUE;
}

XqBackup *
xq_backup_open (const char *path, GError **error)
{
  g_autoptr (XqBackup) backup = g_new0 (XqBackup, 1);
  /* A pipe or a device would keep the window waiting. */
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean done;

  backup->path = g_strdup (path);
  if (descriptor < 0)
    {
      xq_backup_disk_error (path, errno, error);
      return NULL;
    }
  done = read_head (backup, descriptor, error);
  close (descriptor);
  return done ? g_steal_pointer (&backup) : NULL;
}

const char *
xq_backup_path (XqBackup *backup)
{
  return backup->path;
}

const XqBackupHeader *
xq_backup_header (XqBackup *backup)
{
  return &backup->header;
}

guint64
xq_backup_size (XqBackup *backup)
{
  return XQ_BACKUP_DATABASE_OFFSET + backup->header.database_bytes;
}

const XqBackupContents *
xq_backup_contents (XqBackup *backup)
{
  return backup->contents;
}

static gboolean
set_changed (XqBackup *backup, GError **error)
{
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("“%s” does not fit this key: it is another vault's backup, or somebody has changed it. Take an older one."),
               backup->path);
  return FALSE;
}

/* @key, taken, is some vault's. *@ret_fits: it is this one's; FALSE is returned all the same when somebody has changed the
 * header since. */
static gboolean
take_key (XqBackup *backup, XqSecret *key, gboolean *ret_fits)
{
  const XqBackupHeader *header = &backup->header;
  g_autofree char *plain = xq_backup_unseal (g_bytes_get_data (backup->sealed, NULL), header->sealed_bytes, header->vault,
                                             header->made_at, key);

  g_clear_pointer (&backup->contents, xq_backup_contents_free);
  g_clear_pointer (&backup->key, xq_secret_free);
  *ret_fits = plain != NULL;
  if (plain != NULL && xq_backup_header_is_signed (header, key))
    backup->contents = xq_backup_contents_parse (plain);
  if (backup->contents == NULL)
    {
      xq_secret_free (key);
      return FALSE;
    }
  backup->key = key;
  return TRUE;
}

gboolean
xq_backup_unlock (XqBackup *backup, XqSecret *password, GError **error)
{
  g_autoptr (XqKeyslots) slots = backup->slots != NULL ? xq_keyslots_parse (backup->slots, strlen (backup->slots)) : NULL;
  gboolean fits;
  XqSecret *key;

  if (slots == NULL)
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                   _ ("No password opens “%s”, because its vault had lost its keyslots.json. The recovery code does."),
                   backup->path);
      return FALSE;
    }
  key = xq_keyslots_unwrap (slots, password, error);
  return key != NULL && (take_key (backup, key, &fits) || set_changed (backup, error));
}

gboolean
xq_backup_unlock_with_code (XqBackup *backup, const char *code, GError **error)
{
  XqSecret *key = xq_recovery_code_read (code, error);
  gboolean fits;

  if (key == NULL)
    return FALSE;
  if (take_key (backup, key, &fits))
    return TRUE;
  if (fits)
    return set_changed (backup, error);
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("The recovery code is well written but does not open “%s”. Take the code that was valid when the backup was made, or the password of that time; else it is another vault's, or somebody has changed it."),
               backup->path);
  return FALSE;
}

gboolean
xq_backup_unlock_as (XqBackup *backup, XqVault *vault, GError **error)
{
  XqSecret *key = xq_secret_new (xq_secret_length (vault->key));
  gboolean fits;

  memcpy (xq_secret_bytes (key), xq_secret_bytes (vault->key), xq_secret_length (key));
  if (take_key (backup, key, &fits))
    return TRUE;
  if (fits)
    return set_changed (backup, error);
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
               _ ("“%s” does not open with the key that the vault has now: it was made under another recovery code, or is another vault's, or somebody has changed it. Restoring it takes the recovery code or the password of the time when it was made."),
               backup->path);
  return FALSE;
}

XqBackupRecord *
xq_backup_record_of (XqBackup *backup, XqBackupKind kind)
{
  XqBackupRecord *record = xq_backup_record_new ();

  record->kind = (int) kind;
  record->folder = g_path_get_dirname (backup->path);
  record->file = g_path_get_basename (backup->path);
  record->made_at = backup->header.made_at;
  record->bytes = (gint64) xq_backup_size (backup);
  record->total = backup->contents != NULL ? backup->contents->total : 0;
  record->audit_head = g_strdup (backup->contents != NULL ? backup->contents->audit_head : "");
  return record;
}
