#include "config.h"

#include "trial.h"

#include <string.h>

#include "base/i18n.h"
#include "place.h"
#include "vault/keyslots.h"

Snapshot *
snapshot_take (const char *folder)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *bytes;
      gsize length;

      /* The shared index lives in memory; who opens the copy makes a new one. */
      if (g_str_has_suffix (name, "-shm"))
        continue;
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_hash_table_replace (files, g_strdup (name), g_bytes_new_take (bytes, length));
    }
  return files;
}

void
snapshot_put (Snapshot *snapshot, const char *folder)
{
  GHashTableIter iter;
  gpointer name, bytes;

  fixture_remove (folder);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_hash_table_iter_init (&iter, snapshot);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;

      g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
    }
}

static void
digest_value (GChecksum *sum, XqStatement *statement, int column)
{
  g_autoptr (GBytes) bytes = NULL;

  if (xq_statement_is_null (statement, column))
    {
      g_checksum_update (sum, (const guchar *) "null", 5);
      return;
    }
  bytes = xq_statement_blob (statement, column);
  g_checksum_update (sum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_checksum_update (sum, (const guchar *) "", 1);
}

static void
digest_table (GChecksum *sum, XqDatabase *database, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStatement) statement = xq_database_query (database, &error, sql, XQ_END);

  g_assert_no_error (error);
  g_checksum_update (sum, (const guchar *) name, strlen (name) + 1);
  while (xq_statement_step (statement, &error) == XQ_STEP_ROW)
    for (int i = 0; i < xq_statement_columns (statement); i++)
      digest_value (sum, statement, i);
  g_assert_no_error (error);
}

static const char *
password_that_opens (const char *folder)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (folder, NULL);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqSecret) new_password = secret (NEW_PASSWORD);
  g_autoptr (XqSecret) old = slots != NULL ? xq_keyslots_unwrap (slots, password, NULL) : NULL;
  g_autoptr (XqSecret) new = slots != NULL ? xq_keyslots_unwrap (slots, new_password, NULL) : NULL;

  return old != NULL ? "old" : new != NULL ? "new" : "none";
}

char *
session_digest (Session *session)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStatement) tables
      = xq_database_query (session->database, &error,
                           "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'virtual' ORDER BY name",
                           XQ_END);

  g_assert_no_error (error);
  while (xq_statement_step (tables, &error) == XQ_STEP_ROW)
    g_ptr_array_add (names, xq_statement_dup_text (tables, 0));
  g_assert_no_error (error);
  g_clear_pointer (&tables, xq_statement_release);
  for (guint i = 0; i < names->len; i++)
    digest_table (sum, session->database, names->pdata[i]);
  return g_strdup_printf ("%.16s:%s", g_checksum_get_string (sum), password_that_opens (session->folder));
}

gboolean
digest_fits (const Operation *operation, const char *found, const char *expected)
{
  if (operation->run == operation_password)
    return g_str_equal (strchr (found, ':'), strchr (expected, ':'));
  return g_str_equal (found, expected);
}

static gboolean
is_sound (XqVault *vault, char **ret_why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultCheck) check = xq_vault_check (vault, NULL, &error);

  if (check != NULL && check->sound)
    return TRUE;
  *ret_why = check == NULL ? g_strdup (error->message)
                           : g_strdup_printf ("cipher %s, integrity %s, foreign keys %s, audit %s, dangling %d", check->cipher,
                                              check->integrity, check->foreign_keys, check->audit, (int) check->dangling);
  return FALSE;
}

char *
folder_digest (const char *folder, const char *code, gboolean check, char **ret_why)
{
  Session session = { .folder = (char *) folder, .code = (char *) code };
  g_autoptr (GError) error = NULL;
  char *digest = NULL;

  if (!session_open (&session, &error))
    {
      *ret_why = g_strdup (error->message);
      return NULL;
    }
  if (!check || is_sound (session.vault, ret_why))
    digest = session_digest (&session);
  session_close (&session);
  return digest;
}

gboolean
folder_opens (const char *folder, const char *password)
{
  g_autoptr (XqSecret) word = secret (password);
  g_autoptr (XqVault) vault = xq_vault_open (folder, word, NULL, NULL);

  return vault != NULL;
}

void
session_set_up (Session *session)
{
  g_autofree char *top = fixture_folder ();

  g_setenv ("XINQIAO_NOW", "2026-11-23T09:00:00+08:00", TRUE);
  session->folder = g_build_filename (top, "vault", NULL);
  session->outside = g_build_filename (top, "outside", NULL);
  g_assert_cmpint (g_mkdir (session->outside, 0700), ==, 0);
  xq_vault_unref (create (session->folder, &session->code));
}

void
session_tear_down (Session *session)
{
  g_autofree char *top = g_path_get_dirname (session->folder);

  fixture_remove (top);
  g_free (session->folder);
  g_free (session->outside);
  g_free (session->code);
}

void
points_begin (Points *points, guint64 all, guint64 most)
{
  const char *wanted = g_getenv ("XINQIAO_FAULTS");

  if (g_strcmp0 (wanted, "few") == 0)
    most = MAX (1, most / 5);
  points->stride = g_strcmp0 (wanted, "all") == 0 ? 1 : MAX (1, (all + most - 1) / most);
  points->seen = g_test_rand_int_range (0, (gint32) points->stride);
  points->tried = 0;
}

gboolean
points_next (Points *points)
{
  gboolean next = points->seen++ % points->stride == 0;

  points->tried += next;
  return next;
}

void
points_tell (const Points *points, const char *what)
{
  g_test_message ("%s: %" G_GUINT64_FORMAT " points tried, one in %" G_GUINT64_FORMAT, what, points->tried,
                  points->stride);
}
