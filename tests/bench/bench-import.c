/* A roster of 40,000 people × 15 columns: our import beside the same work done bare. Bare is a reader that knows no more
 * of a workbook than this one needs, and plain inserts of the very rows that the import has written, into an empty
 * database of the same schema and cipher. */
#include "config.h"

#include <expat.h>
#include <string.h>
#include <zip.h>

#include "../vault/fixture.h"
#include "bench.h"
#include "people/person-private.h"
#include "people/roster-import.h"
#include "roster-sample.h"

#define PEOPLE 40000

static guint people;

/* -- a bare reader -- */

typedef struct
{
  GPtrArray *strings;
  GString *text;
  gboolean in_text;
  gboolean shared;
  guint64 cells;
  guint64 bytes;
} Bare;

static void XMLCALL
on_start (void *user_data, const char *name, const char **attributes)
{
  Bare *bare = user_data;

  if (strcmp (name, "c") == 0)
    {
      bare->shared = FALSE;
      for (; attributes[0] != NULL; attributes += 2)
        bare->shared |= strcmp (attributes[0], "t") == 0 && strcmp (attributes[1], "s") == 0;
    }
  else if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    {
      g_string_truncate (bare->text, 0);
      bare->in_text = TRUE;
    }
}

static void XMLCALL
on_end (void *user_data, const char *name)
{
  Bare *bare = user_data;

  if (!bare->in_text)
    return;
  if (strcmp (name, "t") == 0)
    g_ptr_array_add (bare->strings, g_strdup (bare->text->str));
  else if (strcmp (name, "v") == 0)
    {
      const char *text = bare->text->str;

      if (bare->shared)
        text = g_ptr_array_index (bare->strings, (guint) strtoul (text, NULL, 10));
      bare->cells++;
      bare->bytes += strlen (text);
    }
  bare->in_text = FALSE;
}

static void XMLCALL
on_text (void *user_data, const char *text, int length)
{
  Bare *bare = user_data;

  if (bare->in_text)
    g_string_append_len (bare->text, text, length);
}

static void
read_part (zip_t *zip, const char *part, Bare *bare)
{
  XML_Parser parser = XML_ParserCreate (NULL);
  zip_file_t *file = zip_fopen (zip, part, 0);
  zip_int64_t got;

  XML_SetUserData (parser, bare);
  XML_SetElementHandler (parser, on_start, on_end);
  XML_SetCharacterDataHandler (parser, on_text);
  do
    {
      void *buffer = XML_GetBuffer (parser, 65536);

      got = zip_fread (file, buffer, 65536);
      if (got < 0 || XML_ParseBuffer (parser, (int) got, got == 0) != XML_STATUS_OK)
        g_error ("%s cannot be read", part);
    }
  while (got > 0);
  zip_fclose (file);
  XML_ParserFree (parser);
}

static double
read_bare (const char *path)
{
  gint64 begun = bench_now ();
  Bare bare = { g_ptr_array_new_with_free_func (g_free), g_string_new (NULL), FALSE, FALSE, 0, 0 };
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);

  read_part (zip, "xl/sharedStrings.xml", &bare);
  read_part (zip, "xl/worksheets/sheet1.xml", &bare);
  g_assert (bare.cells > (guint64) people * (BENCH_ROSTER_COLUMNS - 4));
  zip_discard (zip);
  g_ptr_array_unref (bare.strings);
  g_string_free (bare.text, TRUE);
  return bench_seconds (begun);
}

/* -- bare inserts -- */

static const char *const tables[] = { "import_batch", "import_change", "unit", "person", "membership", "contact",
                                      "person_tag", "audit" };

typedef struct
{
  GPtrArray *rows[G_N_ELEMENTS (tables)]; /* of sqlite3_value ** */
  int columns[G_N_ELEMENTS (tables)];
  GPtrArray *terms; /* of person_search, by the order of persons */
} Rows;

static void
take_rows (XqDatabase *database, Rows *rows)
{
  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY id", tables[t]);
      sqlite3_stmt *statement = NULL;

      rows->rows[t] = g_ptr_array_new ();
      bench_must (sqlite3_prepare_v2 (database->handle, sql, -1, &statement, NULL) == SQLITE_OK, NULL);
      rows->columns[t] = sqlite3_column_count (statement);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          sqlite3_value **row = g_new (sqlite3_value *, rows->columns[t]);

          for (int c = 0; c < rows->columns[t]; c++)
            row[c] = sqlite3_value_dup (sqlite3_column_value (statement, c));
          g_ptr_array_add (rows->rows[t], row);
        }
      sqlite3_finalize (statement);
    }
}

static void
take_terms (XqDatabase *database, Rows *rows)
{
  rows->terms = g_ptr_array_new_with_free_func (g_free);
  for (gint64 id = 1; id <= people; id++)
    {
      g_autoptr (XqPerson) person = xq_person_load (database, id, NULL);

      g_ptr_array_add (rows->terms, xq_person_prepare (person));
    }
}

static void
insert_table (sqlite3 *handle, const Rows *rows, gsize t)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  g_string_append_printf (sql, "INSERT INTO %s VALUES (?", tables[t]);
  for (int c = 1; c < rows->columns[t]; c++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  bench_must (sqlite3_prepare_v2 (handle, sql->str, -1, &statement, NULL) == SQLITE_OK, NULL);
  for (guint i = 0; i < rows->rows[t]->len; i++)
    {
      sqlite3_value **row = g_ptr_array_index (rows->rows[t], i);

      for (int c = 0; c < rows->columns[t]; c++)
        sqlite3_bind_value (statement, c + 1, row[c]);
      bench_must (sqlite3_step (statement) == SQLITE_DONE, NULL);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

static void
insert_terms (sqlite3 *handle, const Rows *rows)
{
  sqlite3_stmt *statement = NULL;

  bench_must (sqlite3_prepare_v2 (handle, "INSERT INTO person_search (rowid, terms) VALUES (?, ?)", -1, &statement, NULL)
            == SQLITE_OK,
        NULL);
  for (guint i = 0; i < rows->terms->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, i + 1);
      sqlite3_bind_text (statement, 2, g_ptr_array_index (rows->terms, i), -1, SQLITE_STATIC);
      bench_must (sqlite3_step (statement) == SQLITE_DONE, NULL);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

static double
insert_bare (const Rows *rows)
{
  Fixture fixture = { 0 };
  XqTransaction *transaction;
  gint64 begun;
  double took;

  fixture_set_up (&fixture, NULL);
  begun = bench_now ();
  transaction = xq_transaction_begin (fixture.database, NULL);
  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    insert_table (fixture.database->handle, rows, t);
  insert_terms (fixture.database->handle, rows);
  bench_must (xq_transaction_commit (transaction, NULL), NULL);
  took = bench_seconds (begun);
  fixture_tear_down (&fixture, NULL);
  return took;
}

/* -- ours -- */

static double
import (const char *path, Rows *ret_rows)
{
  Fixture fixture = { 0 };
  GError *error = NULL;
  XqRoster *roster;
  gint64 begun;
  double took;

  fixture_set_up (&fixture, NULL);
  begun = bench_now ();
  roster = xq_roster_read (fixture.database, path, NULL, NULL, &error);
  bench_must (roster != NULL, error);
  bench_must (xq_roster_count (roster, XQ_ROSTER_ADDED) == people, NULL);
  bench_must (xq_roster_apply (fixture.database, roster, NULL, NULL, NULL, &error), error);
  took = bench_seconds (begun);
  xq_roster_free (roster);
  if (ret_rows != NULL)
    {
      take_rows (fixture.database, ret_rows);
      take_terms (fixture.database, ret_rows);
    }
  fixture_tear_down (&fixture, NULL);
  return took;
}

static double
run_openpyxl (const char *path)
{
  g_autofree char *script = g_build_filename (XQ_BENCH_FOLDER, "roster_openpyxl.py", NULL);
  const char *const command[] = { "python3", script, path, NULL };
  g_autofree char *output = NULL;

  bench_must (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL), NULL);
  return g_ascii_strtod (output, NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("xinqiao-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "roster.xlsx", NULL);
  g_autofree char *what = NULL;
  double ours[BENCH_TURNS], bare[BENCH_TURNS], openpyxl[BENCH_TURNS];
  Rows rows;

  people = bench_size (PEOPLE, 100);
  what = g_strdup_printf ("roster import %u x %d", people, BENCH_ROSTER_COLUMNS);
  bench_write_roster (path, people);
  import (path, &rows);
  for (guint turn = 0; turn < BENCH_TURNS; turn++)
    {
      ours[turn] = import (path, NULL);
      bare[turn] = read_bare (path) + insert_bare (&rows);
      openpyxl[turn] = run_openpyxl (path);
    }
  bench_line (what, bench_least (ours, BENCH_TURNS), "bare read and bare inserts", bench_least (bare, BENCH_TURNS), 1.4);
  bench_line_faster (what, bench_least (ours, BENCH_TURNS), "openpyxl and sqlite3", bench_least (openpyxl, BENCH_TURNS), 4);
  fixture_remove (folder);
  return 0;
}
