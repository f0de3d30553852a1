/* SQLite's codes in a counsellor's words. */
#include "config.h"

#include "vault/database-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (xq-vault-error-quark, xq_vault_error)

/* What the schema's triggers say, and what people read. */
static const struct
{
  const char *raised;
  const char *message;
} trigger_words[] = {
  { "audit rows are never changed", N_ ("The audit trail is never changed.") },
  { "audit rows are never deleted", N_ ("Nothing is ever removed from the audit trail.") },
  { "a signed note is never changed, only amended",
    N_ ("A signed note is never changed. Write an addition to it.") },
  { "a signed note is never deleted", N_ ("A signed note is never deleted.") },
  { "a referral starts as a draft", N_ ("A referral starts as a draft.") },
  { "this step does not follow from the present one",
    N_ ("This step does not follow from the present one.") },
  { "guardian and principal are told before an emergency referral is sent",
    N_ ("Before an emergency referral is sent, the guardian and the principal must have been told.") },
};

static void
set_trigger_error (const char *raised, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (trigger_words); i++)
    if (strcmp (raised, trigger_words[i].raised) == 0)
      {
        g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED, _ (trigger_words[i].message));
        return;
      }
  g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED, _ ("The vault refused this: %s."), raised);
}

/* "UNIQUE constraint failed: person.code" → "person.code" */
static const char *
after_colon (const char *message)
{
  const char *colon = strstr (message, ": ");

  return colon != NULL ? colon + 2 : message;
}

static void
set_constraint_error (int code, const char *message, GError **error)
{
  switch (code)
    {
    case SQLITE_CONSTRAINT_TRIGGER:
      set_trigger_error (message, error);
      break;
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED, _ ("There is one like this already (%s)."),
                   after_colon (message));
      break;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                           _ ("Other entries belong to this one, or the one it belongs to is gone."));
      break;
    case SQLITE_CONSTRAINT_NOTNULL:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED, _ ("A value is missing (%s)."),
                   after_colon (message));
      break;
    case SQLITE_CONSTRAINT_COMMITHOOK:
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                           _ ("A change outside of a transaction is refused."));
      break;
    default:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED, _ ("A value is not allowed (%s)."),
                   after_colon (message));
      break;
    }
}

static void
set_disk_error (XqDatabase *database, int code, GError **error)
{
  const char *path = database->path;

  switch (code)
    {
    case SQLITE_FULL:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("The disk that holds “%s” is full. Make room and try again; what was stored before is safe."),
                   path);
      break;
    case SQLITE_READONLY:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("“%s” may only be read. Remove the write protection of the disk or of the file and try again."),
                   path);
      break;
    default:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                   _ ("“%s” cannot be read or written. Check that the disk is still connected and try again; what was stored before is safe."),
                   path);
      break;
    }
}

void
xq_database_set_error (XqDatabase *database, int code, GError **error)
{
  int extended = sqlite3_extended_errcode (database->handle);
  const char *message = sqlite3_errmsg (database->handle);

  if ((extended & 0xff) != (code & 0xff))
    extended = code;
  switch (code & 0xff)
    {
    case SQLITE_CONSTRAINT:
      set_constraint_error (extended, message, error);
      break;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      set_disk_error (database, code & 0xff, error);
      break;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                   _ ("“%s” cannot be read: the key is not this file's, or the file is damaged, or another version of SQLCipher wrote it."),
                   database->path);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY,
                   _ ("“%s” is being written by another part of the program. Wait until it is done and try again."),
                   database->path);
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled."));
      break;
    case SQLITE_SCHEMA:
    case SQLITE_ERROR:
      /* The cipher tells of a page that fails its check by this code, without a word. */
      if (strcmp (message, sqlite3_errstr (SQLITE_ERROR)) == 0)
        g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                     _ ("A page of “%s” is damaged. Write nothing more: copy the folder elsewhere and restore the newest backup."),
                     database->path);
      else
        g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED, _ ("The vault does not understand this: %s."),
                     message);
      break;
    default:
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED, _ ("The vault refused this: %s."), message);
      break;
    }
}
