#include "config.h"

#include "vault/migrate.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/resource.h"
#include "vault/check.h"
#include "vault/database-private.h"

void
xq_migration_free (XqMigration *migration)
{
  if (migration == NULL)
    return;
  g_free (migration->name);
  g_free (migration->sql);
  g_free (migration);
}

GPtrArray *
xq_migrations_load (GError **error)
{
  g_autoptr (GPtrArray) migrations = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_migration_free);
  g_auto (GStrv) names = xq_resource_list ("schema");

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat ("schema/", *name, NULL);
      g_autoptr (GBytes) bytes = xq_resource_load (path, error);
      XqMigration *migration;

      if (bytes == NULL)
        return NULL;
      migration = g_new0 (XqMigration, 1);
      migration->number = (int) g_ascii_strtoll (*name, NULL, 10);
      migration->name = g_strdup (*name);
      migration->sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_ptr_array_add (migrations, migration);
      if (migration->number != (int) migrations->len)
        g_error ("schema/%s is not number %u", *name, migrations->len);
    }
  return g_steal_pointer (&migrations);
}

gboolean
xq_schema_version (XqDatabase *database, int *ret_version, GError **error)
{
  gint64 version = 0;

  if (!xq_database_get_integer (database, error, &version, NULL, "PRAGMA user_version", XQ_END))
    return FALSE;
  *ret_version = (int) version;
  return TRUE;
}

static gboolean
run_one (XqDatabase *database, const XqMigration *migration, GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %d", migration->number);
  gint64 dangling = 0;

  if (!xq_database_run_script (database, migration->sql, error)
      || !xq_database_get_integer (database, error, &dangling, NULL,
                                   "SELECT count(*) FROM pragma_foreign_key_check", XQ_END)
      || !xq_database_run_script (database, version, error))
    {
      g_prefix_error (error, "%s: ", migration->name);
      return FALSE;
    }
  if (dangling > 0)
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                   _ ("The vault was not brought up to date: %s would leave entries that point at nothing. It is unchanged; keep it and ask for help."),
                   migration->name);
      return FALSE;
    }
  return TRUE;
}

/* All steps or none: a vault that were left between two would open with neither version of the program. */
static gboolean
run_all (XqDatabase *database, GPtrArray *migrations, int version, const XqProgress *progress, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  for (guint i = version; transaction != NULL && i < migrations->len; i++)
    if (!xq_progress_step (progress, (double) i / migrations->len, _ ("Bringing the vault up to date …"), error)
        || !run_one (database, g_ptr_array_index (migrations, i), error))
      return FALSE;
  return transaction != NULL && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

/* What a connection that only reads leaves beside the file. */
static void
remove_beside (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);

  g_unlink (log);
  g_unlink (shared);
}

/* The copy is kept: it is the way back when a new version of the program does not please. */
static gboolean
copy_before (XqDatabase *database, XqSecret *key, int version, const XqProgress *progress, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s.before-%04d", database->path, version + 1);
  GCancellable *cancellable = progress != NULL ? progress->cancellable : NULL;
  gboolean done;

  if (!xq_progress_step (progress, -1, _ ("Copying the vault before it is brought up to date …"), error))
    return FALSE;
  g_unlink (path);
  remove_beside (path);
  done = xq_database_copy (database, path, key, cancellable, error) && xq_check_copy (database, path, key, error);
  if (!done)
    g_unlink (path);
  remove_beside (path);
  return done;
}

/* A step that rebuilds a table drops the old one; its references are looked at when the step is done. */
static gboolean
set_foreign_keys (XqDatabase *database, gboolean on, GError **error)
{
  return xq_database_run_script (database, on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF", error);
}

gboolean
xq_migrate (XqDatabase *database, XqSecret *key, GPtrArray *migrations, const XqProgress *progress,
            GError **error)
{
  int version;
  gboolean done;

  if (!xq_schema_version (database, &version, error))
    return FALSE;
  if (version > (int) migrations->len)
    {
      g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                   _ ("This vault was written by a newer version of Xinqiao (schema %d, this one knows %u). Install the newer version; nothing was changed."),
                   version, migrations->len);
      return FALSE;
    }
  if (version == (int) migrations->len)
    return TRUE;
  if (version > 0 && !copy_before (database, key, version, progress, error))
    return FALSE;
  if (!set_foreign_keys (database, FALSE, error))
    return FALSE;
  done = run_all (database, migrations, version, progress, error);
  return set_foreign_keys (database, TRUE, done ? error : NULL) && done;
}
