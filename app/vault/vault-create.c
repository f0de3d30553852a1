/* A new vault: everything is written under vault.db.new, and its renaming is the moment it exists. */
#include "config.h"

#include "vault/vault-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "vault/audit.h"
#include "vault/database-private.h"
#include "vault/file.h"
#include "vault/keyslots.h"
#include "vault/lock.h"
#include "vault/migrate.h"
#include "vault/recovery-code.h"

#define UNFINISHED "vault.db.new"

static const char *const our_files[] = {
  UNFINISHED "-wal", UNFINISHED "-shm",   UNFINISHED "-journal", UNFINISHED, "keyslots.json",
  "keyslots.json.new", "keyslots.json.bak", "keyslots.json.bak.new", "lock",
};

typedef struct
{
  const char *folder;
  gboolean made_folder;
  int lock;
  XqSecret *key;
} Making;

static void
remove_begun (Making *making)
{
  for (gsize i = 0; i < G_N_ELEMENTS (our_files); i++)
    {
      g_autofree char *path = g_build_filename (making->folder, our_files[i], NULL);

      g_unlink (path);
    }
  if (making->made_folder)
    g_rmdir (making->folder);
}

/* What a creation left that was cut off may be written over; a vault, or anything else, may not. The lock is there before
 * the database; key slots alone may be all that is left of a vault. */
static gboolean
is_left_over (const char *name, gboolean was_begun)
{
  for (gsize i = 0; i < G_N_ELEMENTS (our_files); i++)
    if (g_str_equal (name, our_files[i]))
      return was_begun || g_str_has_prefix (name, UNFINISHED) || g_str_equal (name, "lock");
  return FALSE;
}

static gboolean
is_free (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  g_autofree char *unfinished = g_build_filename (folder, UNFINISHED, NULL);
  gboolean was_begun = g_file_test (unfinished, G_FILE_TEST_EXISTS);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (!is_left_over (name, was_begun))
      return FALSE;
  return TRUE;
}

static gboolean
prepare_folder (Making *making, GError **error)
{
  if (!g_file_test (making->folder, G_FILE_TEST_EXISTS))
    {
      if (g_mkdir_with_parents (making->folder, 0700) != 0)
        {
          xq_file_set_error (making->folder, errno, error);
          return FALSE;
        }
      making->made_folder = TRUE;
    }
  else if (!g_file_test (making->folder, G_FILE_TEST_IS_DIR) || !is_free (making->folder))
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” is not empty. Choose a new or an empty folder for the vault."), making->folder);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_first_rows (XqDatabase *database, XqProfile profile, const char *name, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  const char *profile_id = xq_profiles[profile].id;

  return transaction != NULL
         && xq_database_run_script (database,
                                    "PRAGMA application_id = " G_STRINGIFY (XQ_DATABASE_APPLICATION_ID), error)
         && xq_audit_append (database, "vault_create", NULL, 0, NULL, error)
         && xq_database_execute (database, error,
                                 "INSERT INTO organisation (name, profile, created_at)"
                                 " VALUES (:name, :profile, :now)",
                                 XQ_TEXT (":name", name), XQ_TEXT (":profile", profile_id),
                                 XQ_INTEGER (":now", xq_clock_now ()), XQ_END)
         && xq_audit_append (database, "insert", "organisation", xq_database_last_id (database), NULL, error)
         && xq_setting_set (database, "profile", profile_id, error)
         && xq_setting_set (database, "name", name, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static gboolean
write_database (Making *making, XqProfile profile, const char *name, const XqProgress *progress, GError **error)
{
  g_autofree char *path = g_build_filename (making->folder, UNFINISHED, NULL);
  g_autoptr (GPtrArray) migrations = xq_migrations_load (error);
  g_autoptr (XqDatabase) database = NULL;

  g_unlink (path);
  if (migrations == NULL)
    return FALSE;
  database = xq_database_open (path, making->key, XQ_OPEN_CREATE, error);
  return database != NULL
         && xq_migrate (database, making->key, migrations, progress, error)
         && write_first_rows (database, profile, name, error)
         && xq_database_checkpoint (database, error);
}

static gboolean
write_keyslots (Making *making, XqSecret *password, const XqProgress *progress, GError **error)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_new ();

  return xq_progress_step (progress, -1, _ ("Deriving the key of the password …"), error)
         && xq_keyslots_set (slots, XQ_SLOT_PASSWORD, making->key, password, error)
         && xq_keyslots_prepare (slots, making->folder, error)
         && xq_keyslots_finish (slots, making->folder, error);
}

static gboolean
finish (Making *making, GError **error)
{
  g_autofree char *unfinished = g_build_filename (making->folder, UNFINISHED, NULL);
  g_autofree char *path = xq_vault_database_path (making->folder);

  if (xq_file_rename (unfinished, path, error))
    return TRUE;
  /* Where only the sync of the renaming failed, the file has its new name by now; it is removed with the rest. */
  g_rename (path, unfinished);
  return FALSE;
}

static gboolean
make (Making *making, XqProfile profile, const char *name, XqSecret *password, const XqProgress *progress,
      GError **error)
{
  if (!prepare_folder (making, error))
    return FALSE;
  making->lock = xq_lock_take (making->folder, error);
  if (making->lock < 0)
    return FALSE;
  if (write_database (making, profile, name, progress, error)
      && write_keyslots (making, password, progress, error) && finish (making, error))
    return TRUE;
  remove_begun (making);
  close (making->lock);
  return FALSE;
}

XqVault *
xq_vault_create (const char *folder, XqProfile profile, const char *name, XqSecret *password,
                 gboolean allow_weak, XqSecret **ret_recovery_code, const XqProgress *progress,
                 GError **error)
{
  Making making = { .folder = folder, .lock = -1 };

  g_return_val_if_fail (folder != NULL && password != NULL, NULL);

  if (name == NULL || *name == '\0')
    {
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                           _ ("Say what your school or organisation is called."));
      return NULL;
    }
  if (!allow_weak && !xq_password_is_accepted (password, error))
    return NULL;
  making.key = xq_key_new ();
  if (!make (&making, profile, name, password, progress, error))
    {
      xq_secret_free (making.key);
      return NULL;
    }
  if (ret_recovery_code != NULL)
    *ret_recovery_code = xq_recovery_code_write (making.key);
  return xq_vault_take (folder, making.key, making.lock);
}
