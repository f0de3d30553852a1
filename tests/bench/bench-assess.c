/* Answers of 40,000 people to 99 questions (PHQ-9 and SCL-90), scored, with the warnings that the rules raise: our import
 * beside the same work done bare. Bare is a reader that knows no more of a workbook than this one needs, and plain
 * inserts of the very rows that the import has written, into a database with the same people, schema and cipher. */
#include "config.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "../vault/fixture.h"
#include "bench.h"
#include "report/desk.h"

#define PEOPLE 40000
#define ITEMS  99

static guint people;

/* -- the workbook, as a questionnaire site exports it by number -- */

static void
write_workbook (const char *path)
{
  static const char *const titles[] = { "序号", "提交答卷时间", "所用时间", "1、您的姓名", "2、您的学号" };
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  lxw_workbook *book = workbook_new_opt (path, &options);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "Sheet1");
  GRand *random = g_rand_new_with_seed (1);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    worksheet_write_string (sheet, 0, (lxw_col_t) i, titles[i], NULL);
  for (guint i = 0; i < ITEMS; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u、第%u问", i + 3, i + 1);

      worksheet_write_string (sheet, 0, (lxw_col_t) (i + G_N_ELEMENTS (titles)), title, NULL);
    }
  for (guint row = 1; row <= people; row++)
    {
      g_autofree char *time = g_strdup_printf ("2026/10/%u %u:%02u:%02u", 12 + row % 12, 8 + row % 9, row % 60, row / 60 % 60);
      g_autofree char *name = g_strdup_printf ("学生%u", row), *code = g_strdup_printf ("S%08u", row);
      double trait = g_rand_double (random);

      worksheet_write_number (sheet, row, 0, row, NULL);
      worksheet_write_string (sheet, row, 1, time, NULL);
      worksheet_write_string (sheet, row, 2, "232秒", NULL);
      worksheet_write_string (sheet, row, 3, name, NULL);
      worksheet_write_string (sheet, row, 4, code, NULL);
      for (guint i = 0; i < ITEMS; i++)
        worksheet_write_number (sheet, row, (lxw_col_t) (i + G_N_ELEMENTS (titles)),
                                1 + (int) (g_rand_double (random) * trait * (i < 9 ? 3 : 4.4)), NULL);
    }
  g_rand_free (random);
  bench_must (workbook_close (book) == LXW_NO_ERROR, NULL);
}

/* -- the people they belong to -- */

static void
set_up (Fixture *fixture)
{
  XqTransaction *transaction;
  sqlite3_stmt *statement = NULL;

  fixture_set_up (fixture, NULL);
  transaction = xq_transaction_begin (fixture->database, NULL);
  bench_must (sqlite3_prepare_v2 (fixture->database->handle,
                            "INSERT INTO person (organisation_id, kind, code, name, sex, state, created_at, updated_at)"
                            " VALUES (1, 'student', ?, ?, 'unknown', 'active', 1, 1)",
                            -1, &statement, NULL) == SQLITE_OK,
        NULL);
  for (guint i = 1; i <= people; i++)
    {
      g_autofree char *name = g_strdup_printf ("学生%u", i), *code = g_strdup_printf ("S%08u", i);

      sqlite3_bind_text (statement, 1, code, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (statement, 2, name, -1, SQLITE_TRANSIENT);
      bench_must (sqlite3_step (statement) == SQLITE_DONE, NULL);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
  bench_must (xq_transaction_commit (transaction, NULL), NULL);
}

/* -- a bare reader: every cell's text, told apart by row -- */

typedef struct
{
  GString *text;
  gboolean in_text;
  guint64 cells;
  guint64 bytes;
} Bare;

static void XMLCALL
on_start (void *user_data, const char *name, const char **attributes)
{
  Bare *bare = user_data;

  if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
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
  bare->cells++;
  bare->bytes += bare->text->len;
  bare->in_text = FALSE;
}

static void XMLCALL
on_text (void *user_data, const char *text, int length)
{
  Bare *bare = user_data;

  if (bare->in_text)
    g_string_append_len (bare->text, text, length);
}

static double
read_bare (const char *path)
{
  gint64 begun = bench_now ();
  Bare bare = { g_string_new (NULL), FALSE, 0, 0 };
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);
  zip_file_t *file = zip_fopen (zip, "xl/worksheets/sheet1.xml", 0);
  XML_Parser parser = XML_ParserCreate (NULL);
  zip_int64_t got;

  XML_SetUserData (parser, &bare);
  XML_SetElementHandler (parser, on_start, on_end);
  XML_SetCharacterDataHandler (parser, on_text);
  do
    {
      void *buffer = XML_GetBuffer (parser, 65536);

      got = zip_fread (file, buffer, 65536);
      bench_must (got >= 0 && XML_ParseBuffer (parser, (int) got, got == 0) == XML_STATUS_OK, NULL);
    }
  while (got > 0);
  g_assert (bare.cells >= (guint64) people * ITEMS);
  XML_ParserFree (parser);
  zip_fclose (file);
  zip_discard (zip);
  g_string_free (bare.text, TRUE);
  return bench_seconds (begun);
}

/* -- bare inserts of the same rows -- */

static const char *const tables[] = { "import_batch", "import_change", "campaign", "participant", "assessment", "score",
                                      "critical_hit", "warning", "warning_reason" };

typedef struct
{
  GPtrArray *rows[G_N_ELEMENTS (tables)]; /* of sqlite3_value ** */
  int columns[G_N_ELEMENTS (tables)];
} Rows;

static void
take_rows (XqDatabase *database, Rows *rows)
{
  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", tables[t]);
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

static double
insert_bare (const Rows *rows)
{
  Fixture fixture = { 0 };
  XqTransaction *transaction;
  gint64 begun;
  double took;

  set_up (&fixture);
  begun = bench_now ();
  transaction = xq_transaction_begin (fixture.database, NULL);
  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    insert_table (fixture.database->handle, rows, t);
  bench_must (xq_transaction_commit (transaction, NULL), NULL);
  took = bench_seconds (begun);
  fixture_tear_down (&fixture, NULL);
  return took;
}

/* -- ours -- */

static double
import (const char *path, Rows *ret_rows)
{
  static const char *const named[] = { "phq9", "scl90", NULL };
  XqAnswersOptions options = { .instruments = named };
  Fixture fixture = { 0 };
  GError *error = NULL;
  XqRaised raised = { 0 };
  XqAnswersResult *result;
  XqAnswers *answers;
  XqDesk *desk;
  gint64 begun;
  double took;

  set_up (&fixture);
  begun = bench_now ();
  desk = xq_desk_new (fixture.database, &error);
  bench_must (desk != NULL, error);
  answers = xq_answers_read (fixture.database, xq_desk_instruments (desk), path, &options, NULL, &error);
  bench_must (answers != NULL, error);
  bench_must (xq_answers_matched_count (answers) == people, NULL);
  result = xq_desk_import_answers (desk, answers, FALSE, &raised, NULL, &error);
  bench_must (result != NULL && raised.persons[0] > 0, error);
  took = bench_seconds (begun);
  xq_answers_result_free (result);
  xq_answers_free (answers);
  xq_desk_free (desk);
  if (ret_rows != NULL)
    take_rows (fixture.database, ret_rows);
  fixture_tear_down (&fixture, NULL);
  return took;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("xinqiao-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "answers.xlsx", NULL);
  g_autofree char *what = NULL;
  double ours[BENCH_TURNS], bare[BENCH_TURNS];
  Rows rows;

  people = bench_size (PEOPLE, 100);
  what = g_strdup_printf ("answers import %u x %d, scored, warnings raised", people, ITEMS);
  write_workbook (path);
  import (path, &rows);
  for (guint turn = 0; turn < BENCH_TURNS; turn++)
    {
      ours[turn] = import (path, NULL);
      bare[turn] = read_bare (path) + insert_bare (&rows);
    }
  bench_line (what, bench_least (ours, BENCH_TURNS), "bare read and bare inserts", bench_least (bare, BENCH_TURNS), 1.6);
  fixture_remove (folder);
  return 0;
}
