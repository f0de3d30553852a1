/* A roster of 40,000 people × 15 columns: our import beside the same work done bare. Bare is a reader that knows no more
 * of a workbook than this one needs, and plain inserts of the very rows that the import has written, into an empty
 * database of the same schema and cipher. Prints one JSON line each: {"what", "ours", "comparison", "ratio", "goal"},
 * times in seconds, medians of turns that are taken alternately. */
#include "config.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "../vault/fixture.h"
#include "base/date.h"
#include "people/national-id.h"
#include "people/person-private.h"
#include "people/roster-import.h"

#define PEOPLE  40000
#define COLUMNS 15
#define TURNS   3

static double
seconds (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / G_USEC_PER_SEC;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *times, gsize count)
{
  qsort (times, count, sizeof *times, compare);
  return times[count / 2];
}

static void
print_line (const char *what, double ours, double comparison, double goal)
{
  printf ("{\"what\": \"%s\", \"ours\": %.6f, \"comparison\": %.6f, \"ratio\": %.3f, \"goal\": %.2f}\n", what, ours,
          comparison, ours / comparison, goal);
  fflush (stdout);
}

static void
must (gboolean done, GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "the bench cannot go on");
}

/* -- the workbook -- */

static char *
pick_name (GRand *random, guint given)
{
  static const char *const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗曾单覃解";
  static const char *const characters = "伟芳娜敏静强磊洋艳勇军杰娟涛明超秀霞平刚欣诺翰宇梓萱雨晨思";
  GString *name = g_string_new (NULL);

  g_string_append_unichar (name, g_utf8_get_char (surnames + 3 * g_rand_int_range (random, 0, 24)));
  for (guint i = 0; i < given; i++)
    g_string_append_unichar (name, g_utf8_get_char (characters + 3 * g_rand_int_range (random, 0, 30)));
  return g_string_free_and_steal (name);
}

static void
write_row (lxw_worksheet *sheet, GRand *random, guint i)
{
  static const char *const grades[] = { "七年级", "八年级", "九年级" };
  static const char *const relations[] = { "父亲", "母亲", "祖父", "祖母" };
  static const char *const remarks[] = { "", "", "", "", "", "留守儿童", "单亲", "随迁子女" };
  int male = (int) (i % 2), year = g_rand_int_range (random, 2011, 2015);
  g_autofree char *date = xq_date_new (year, g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 29));
  g_autofree char *first_17 = g_strdup_printf ("%06u%.4s%.2s%.2s%03u", 440103 + i / 1000, date, date + 5, date + 8,
                                               i % 1000 / 2 * 2 + (male ? 1 : 0));
  g_autofree char *number = g_strdup_printf ("%s%c", first_17, xq_national_id_check_digit (first_17));
  g_autofree char *code = g_strdup_printf ("G%08u", 20260000 + i);
  g_autofree char *class_name = g_strdup_printf ("%u班", i / 3 % 24 + 1);
  g_autofree char *phone = g_strdup_printf ("138%08d", g_rand_int_range (random, 0, 99999999));
  g_autofree char *name = pick_name (random, 2), *teacher = pick_name (random, 2), *guardian = pick_name (random, 1);
  const char *cells[COLUMNS] = { NULL,     code,    name,     male ? "男" : "女", "汉族", date, number, grades[i % 3], class_name,
                                 teacher,  guardian, relations[i % 4], phone, i % 2 ? "是" : "否", remarks[i % 8] };

  worksheet_write_number (sheet, i + 1, 0, i + 1, NULL);
  for (guint column = 1; column < COLUMNS; column++)
    if (*cells[column] != '\0')
      worksheet_write_string (sheet, i + 1, (lxw_col_t) column, cells[column], NULL);
}

static void
write_workbook (const char *path)
{
  static const char *const titles[COLUMNS] = { "序号", "学籍号", "姓名",   "性别", "民族",     "出生日期", "身份证号", "年级",
                                               "班级", "班主任", "监护人", "关系", "联系电话", "是否住校", "备注" };
  lxw_workbook *book = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "名单");
  GRand *random = g_rand_new_with_seed (1);

  for (guint i = 0; i < COLUMNS; i++)
    worksheet_write_string (sheet, 0, (lxw_col_t) i, titles[i], NULL);
  for (guint i = 0; i < PEOPLE; i++)
    write_row (sheet, random, i);
  g_rand_free (random);
  if (workbook_close (book) != LXW_NO_ERROR)
    g_error ("the workbook cannot be written");
}

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
  gint64 begun = g_get_monotonic_time ();
  Bare bare = { g_ptr_array_new_with_free_func (g_free), g_string_new (NULL), FALSE, FALSE, 0, 0 };
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);

  read_part (zip, "xl/sharedStrings.xml", &bare);
  read_part (zip, "xl/worksheets/sheet1.xml", &bare);
  g_assert (bare.cells > (guint64) PEOPLE * (COLUMNS - 4));
  zip_discard (zip);
  g_ptr_array_unref (bare.strings);
  g_string_free (bare.text, TRUE);
  return seconds (begun);
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
      must (sqlite3_prepare_v2 (database->handle, sql, -1, &statement, NULL) == SQLITE_OK, NULL);
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
  for (gint64 id = 1; id <= PEOPLE; id++)
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
  must (sqlite3_prepare_v2 (handle, sql->str, -1, &statement, NULL) == SQLITE_OK, NULL);
  for (guint i = 0; i < rows->rows[t]->len; i++)
    {
      sqlite3_value **row = g_ptr_array_index (rows->rows[t], i);

      for (int c = 0; c < rows->columns[t]; c++)
        sqlite3_bind_value (statement, c + 1, row[c]);
      must (sqlite3_step (statement) == SQLITE_DONE, NULL);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

static void
insert_terms (sqlite3 *handle, const Rows *rows)
{
  sqlite3_stmt *statement = NULL;

  must (sqlite3_prepare_v2 (handle, "INSERT INTO person_search (rowid, terms) VALUES (?, ?)", -1, &statement, NULL)
            == SQLITE_OK,
        NULL);
  for (guint i = 0; i < rows->terms->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, i + 1);
      sqlite3_bind_text (statement, 2, g_ptr_array_index (rows->terms, i), -1, SQLITE_STATIC);
      must (sqlite3_step (statement) == SQLITE_DONE, NULL);
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
  begun = g_get_monotonic_time ();
  transaction = xq_transaction_begin (fixture.database, NULL);
  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    insert_table (fixture.database->handle, rows, t);
  insert_terms (fixture.database->handle, rows);
  must (xq_transaction_commit (transaction, NULL), NULL);
  took = seconds (begun);
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
  begun = g_get_monotonic_time ();
  roster = xq_roster_read (fixture.database, path, NULL, NULL, &error);
  must (roster != NULL, error);
  must (xq_roster_count (roster, XQ_ROSTER_ADDED) == PEOPLE, NULL);
  must (xq_roster_apply (fixture.database, roster, NULL, NULL, NULL, &error), error);
  took = seconds (begun);
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

  must (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL), NULL);
  return g_ascii_strtod (output, NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("xinqiao-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "roster.xlsx", NULL);
  double ours[TURNS], bare[TURNS], openpyxl[TURNS];
  Rows rows;

  write_workbook (path);
  import (path, &rows);
  for (guint turn = 0; turn < TURNS; turn++)
    {
      ours[turn] = import (path, NULL);
      bare[turn] = read_bare (path) + insert_bare (&rows);
      openpyxl[turn] = run_openpyxl (path);
    }
  print_line ("roster import 40,000 x 15: bare read and bare inserts", median (ours, TURNS), median (bare, TURNS), 1.4);
  print_line ("roster import 40,000 x 15: openpyxl and sqlite3", median (ours, TURNS), median (openpyxl, TURNS), 0.25);
  fixture_remove (folder);
  return 0;
}
