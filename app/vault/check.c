#include "config.h"

#include "vault/check.h"

#include <glib/gi18n-lib.h>

#include "vault/audit.h"
#include "vault/database-private.h"
#include "vault/migrate.h"

/* Enough to see what is wrong; a damaged file can have thousands. */
#define MOST_LINES 20

/* The lines of @sql that are not "ok", joined; "ok" when there are none. */
static char *
lines_of (XqDatabase *database, const char *sql, GError **error)
{
  g_autoptr (XqStatement) statement = xq_database_query (database, error, sql, XQ_END);
  g_autoptr (GString) lines = g_string_new (NULL);
  XqStep step;
  int count = 0;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW && count < MOST_LINES)
    {
      const char *line = xq_statement_text (statement, 0);

      if (line == NULL || g_str_equal (line, "ok"))
        continue;
      g_string_append_printf (lines, "%s%s", count++ > 0 ? "; " : "", line);
    }
  if (step == XQ_STEP_FAILED)
    return NULL;
  return g_strdup (lines->len > 0 ? lines->str : "ok");
}

/* Damage that stops a check is its result; the disk or the user stopping it is an error. */
char *
xq_check_lines (XqDatabase *database, const char *sql, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *lines = lines_of (database, sql, &local);

  if (lines != NULL)
    return lines;
  if (g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED))
    return g_strdup (local->message);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
is_ok (const char *result)
{
  return g_strcmp0 (result, "ok") == 0;
}

gboolean
xq_count_rows (XqDatabase *database, GPtrArray **ret_tables, GArray **ret_rows, GError **error)
{
  g_autoptr (XqStatement) names
      = xq_database_query (database, error,
                           "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                           " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
                           XQ_END);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  if (names == NULL)
    return FALSE;
  while ((step = xq_statement_step (names, error)) == XQ_STEP_ROW)
    g_ptr_array_add (tables, xq_statement_dup_text (names, 0));
  if (step == XQ_STEP_FAILED)
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"",
                                              (const char *) g_ptr_array_index (tables, i));
      gint64 count = 0;

      if (!xq_database_get_integer (database, error, &count, NULL, sql, XQ_END))
        return FALSE;
      g_array_append_val (rows, count);
    }
  *ret_tables = g_steal_pointer (&tables);
  *ret_rows = g_steal_pointer (&rows);
  return TRUE;
}

static gboolean
same_rows (XqDatabase *one, XqDatabase *other, gboolean *ret_same, GError **error)
{
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GPtrArray) other_tables = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) other_rows = NULL;

  if (!xq_count_rows (one, &tables, &rows, error) || !xq_count_rows (other, &other_tables, &other_rows, error))
    return FALSE;
  *ret_same = tables->len == other_tables->len;
  for (guint i = 0; *ret_same && i < tables->len; i++)
    *ret_same = g_str_equal (g_ptr_array_index (tables, i), g_ptr_array_index (other_tables, i))
                && g_array_index (rows, gint64, i) == g_array_index (other_rows, gint64, i);
  return TRUE;
}

static gboolean
same_head (XqDatabase *one, XqDatabase *other, gboolean *ret_same, GError **error)
{
  g_autofree char *head = xq_audit_head (one, error);
  g_autofree char *other_head = head != NULL ? xq_audit_head (other, error) : NULL;
  int version, other_version;

  if (other_head == NULL || !xq_schema_version (one, &version, error)
      || !xq_schema_version (other, &other_version, error))
    return FALSE;
  *ret_same = g_str_equal (head, other_head) && version == other_version;
  return TRUE;
}

static gboolean
is_sound_copy (XqDatabase *database, XqDatabase *copy, gboolean *ret_sound, GError **error)
{
  g_autofree char *cipher = xq_check_lines (copy, "PRAGMA cipher_integrity_check", error);
  g_autofree char *integrity = cipher != NULL ? xq_check_lines (copy, "PRAGMA quick_check", error) : NULL;
  gboolean rows = FALSE, head = FALSE;

  if (integrity == NULL || !same_rows (database, copy, &rows, error) || !same_head (database, copy, &head, error))
    return FALSE;
  *ret_sound = rows && head && is_ok (cipher) && is_ok (integrity);
  return TRUE;
}

gboolean
xq_check_copy (XqDatabase *database, const char *path, XqSecret *key, GError **error)
{
  g_autoptr (XqDatabase) copy = xq_database_open (path, key, XQ_OPEN_READ_ONLY, error);
  gboolean sound = FALSE;

  if (copy == NULL || !is_sound_copy (database, copy, &sound, error))
    return FALSE;
  if (!sound)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                 _ ("The copy “%s” is not the same as the vault. The vault is unchanged; check the disk and try again."),
                 path);
  return sound;
}

void
xq_vault_check_free (XqVaultCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->cipher);
  g_free (check->integrity);
  g_free (check->foreign_keys);
  g_free (check->audit);
  g_free (check);
}

static char *
check_audit (XqDatabase *database, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (xq_audit_verify (database, NULL, &local))
    return g_strdup ("ok");
  if (g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED))
    return g_strdup (local->message);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
check_cipher (XqDatabase *database, XqVaultCheck *check, GError **error)
{
  /* The check reads the main file only: the log goes there first. */
  if (!xq_database_checkpoint (database, error))
    return FALSE;
  check->cipher = xq_check_lines (database, "PRAGMA cipher_integrity_check", error);
  return check->cipher != NULL;
}

/* A page that cannot be read was told of before; the rows on it cannot be counted. */
static gboolean
count_dangling (XqDatabase *database, gint64 *ret_rows, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (xq_database_get_integer (database, &local, ret_rows, NULL, "SELECT count(*) FROM pragma_foreign_key_check",
                               XQ_END)
      || g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
check_references (XqDatabase *database, XqVaultCheck *check, GError **error)
{
  check->foreign_keys = xq_check_lines (database,
                                   "SELECT DISTINCT \"table\" || ' → ' || parent FROM pragma_foreign_key_check",
                                   error);
  return check->foreign_keys != NULL && count_dangling (database, &check->dangling, error);
}

static void
on_cancelled (GCancellable *cancellable, gpointer database)
{
  sqlite3_interrupt (((XqDatabase *) database)->handle);
}

static gboolean
run_checks (XqDatabase *database, XqVaultCheck *check, const XqProgress *progress, GError **error)
{
  if (!xq_progress_step (progress, 0.0, _ ("Checking the encrypted pages …"), error)
      || !check_cipher (database, check, error)
      || !xq_progress_step (progress, 0.4, _ ("Checking the tables …"), error))
    return FALSE;
  check->integrity = xq_check_lines (database, "PRAGMA integrity_check", error);
  if (check->integrity == NULL
      || !xq_progress_step (progress, 0.8, _ ("Checking what belongs together …"), error)
      || !check_references (database, check, error)
      || !xq_progress_step (progress, 0.9, _ ("Checking the audit trail …"), error))
    return FALSE;
  check->audit = check_audit (database, error);
  return check->audit != NULL;
}

XqVaultCheck *
xq_vault_check (XqVault *vault, const XqProgress *progress, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  g_autoptr (XqVaultCheck) check = g_new0 (XqVaultCheck, 1);
  GCancellable *cancellable = progress != NULL ? progress->cancellable : NULL;
  gulong handler = 0;
  gboolean done;

  if (database == NULL)
    return NULL;
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), database, NULL);
  done = run_checks (database, check, progress, error);
  g_cancellable_disconnect (cancellable, handler);
  if (!done)
    return NULL;
  check->sound = is_ok (check->cipher) && is_ok (check->integrity) && is_ok (check->foreign_keys)
                 && is_ok (check->audit) && check->dangling == 0;
  return g_steal_pointer (&check);
}
