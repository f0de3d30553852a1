/* The same rooms on a file without a cipher, for benches alone. The plain SQLite is the one inside of SQLCipher (3.46.1), left
 * without a key: the cipher is then the only difference. A connection is opened as always, and its handle exchanged for
 * one to a plain file that is set to the same pragmas. */
#pragma once

#include "../vault/fixture.h"
#include "bench.h"

static inline void
bench_plain_settle (sqlite3 *from, sqlite3 *to)
{
  static const char *const pragmas[] = { "cache_size", "foreign_keys", "secure_delete", "synchronous", "temp_store",
                                         "journal_mode", "journal_size_limit" };

  for (gsize i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autofree char *ask = g_strconcat ("PRAGMA ", pragmas[i], NULL);
      g_autofree char *set = NULL;
      sqlite3_stmt *statement = NULL;

      bench_must (sqlite3_prepare_v2 (from, ask, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW, NULL);
      set = g_strdup_printf ("%s = %s", ask, (const char *) sqlite3_column_text (statement, 0));
      sqlite3_finalize (statement);
      bench_must (sqlite3_exec (to, set, NULL, NULL, NULL) == SQLITE_OK, NULL);
    }
}

/* A connection to the plain file beside the fixture's own, which stays empty. */
static inline void
bench_plain_connect (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "plain.db", NULL);
  XqDatabase *database = xq_database_open (fixture->path, fixture->key, XQ_OPEN_CREATE, NULL);
  sqlite3 *plain = NULL;

  bench_must (database != NULL && sqlite3_open (path, &plain) == SQLITE_OK, NULL);
  bench_plain_settle (database->handle, plain);
  g_hash_table_remove_all (database->statements);
  sqlite3_close (database->handle);
  database->handle = plain;
  fixture->database = database;
}

static inline void
bench_plain_set_up (Fixture *fixture)
{
  fixture->folder = fixture_folder ();
  fixture->path = g_build_filename (fixture->folder, "vault.db", NULL);
  fixture->key = xq_key_new ();
  bench_plain_connect (fixture);
  fixture_furnish (fixture);
}

/* What the file begins with says that it is plain. */
static inline void
bench_plain_check (const Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "plain.db", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  bench_must (g_file_get_contents (path, &bytes, &length, NULL) && length > 16 && g_str_has_prefix (bytes, "SQLite format 3"), NULL);
}
