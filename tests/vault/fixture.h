/* A folder of a test's own, and a database in it: with the whole schema and one organisation (id 1), under a
 * random key, but without keyslots, so that no test waits for a password to be derived. Any room's tests may use it. */
#pragma once

#include <glib/gstdio.h>

#include "vault/database-private.h"
#include "vault/key.h"
#include "vault/migrate.h"
#include "vault/vault.h"

typedef struct
{
  char *folder;
  char *path;
  XqSecret *key;
  XqDatabase *database;
} Fixture;

static inline void
fixture_remove (const char *path)
{
  GDir *directory = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      fixture_remove (child);
    }
  g_clear_pointer (&directory, g_dir_close);
  g_remove (path);
}

/* (transfer full) */
static inline char *
fixture_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("xinqiao-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
fixture_connect (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->database = xq_database_open (fixture->path, fixture->key, XQ_OPEN_EXISTING, &error);
  g_assert_no_error (error);
}

/* The schema and the organisation, into an empty database. */
static inline void
fixture_furnish (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) migrations = xq_migrations_load (&error);
  g_autoptr (XqTransaction) transaction = NULL;

  g_assert_no_error (error);
  xq_migrate (fixture->database, fixture->key, migrations, NULL, &error);
  g_assert_no_error (error);
  transaction = xq_transaction_begin (fixture->database, &error);
  g_assert_no_error (error);
  xq_database_execute (fixture->database, &error,
                       "INSERT INTO organisation (name, profile, created_at) VALUES ('江城市第三中学', 'school', 1)",
                       XQ_END);
  g_assert_no_error (error);
  xq_transaction_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

static inline void
fixture_set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  if (fixture->folder == NULL)
    fixture->folder = fixture_folder ();
  fixture->path = g_build_filename (fixture->folder, "vault.db", NULL);
  fixture->key = xq_key_new ();
  fixture->database = xq_database_open (fixture->path, fixture->key, XQ_OPEN_CREATE, &error);
  g_assert_no_error (error);
  fixture_furnish (fixture);
}

static inline void
fixture_tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_pointer (&fixture->database, xq_database_free);
  g_clear_pointer (&fixture->key, xq_secret_free);
  fixture_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}
