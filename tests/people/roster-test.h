/* What the tests of the roster import share: a vault of a test's own, tables written on the spot, all that a vault
 * holds as text. */
#pragma once

#include <string.h>

#include "../vault/fixture.h"
#include "people/roster-import.h"
#include "vault/audit.h"

static inline char *
sample (const char *name)
{
  return g_build_filename (g_getenv ("XQ_TEST_FIXTURES"), name, NULL);
}

static inline gint64
count (XqDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  xq_database_get_integer (database, &error, &value, NULL, sql, XQ_END);
  g_assert_no_error (error);
  return value;
}

static inline void
assert_text (XqDatabase *database, const char *sql, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = xq_database_get_text (database, &error, sql, XQ_END);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* A csv file of the test's own in the fixture's folder. (transfer full) */
static inline char *
write_table (Fixture *fixture, const char *text)
{
  char *path = g_build_filename (fixture->folder, "名册.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static inline XqRoster *
read_path (Fixture *fixture, const char *path, const XqRosterOptions *options)
{
  g_autoptr (GError) error = NULL;
  XqRoster *roster = xq_roster_read (fixture->database, path, options, NULL, &error);

  g_assert_no_error (error);
  return roster;
}

static inline XqRoster *
read_table (Fixture *fixture, const char *text)
{
  g_autofree char *path = write_table (fixture, text);

  return read_path (fixture, path, NULL);
}

static inline gint64
apply (Fixture *fixture, XqRoster *roster, const XqRosterApply *options)
{
  g_autoptr (GError) error = NULL;
  gint64 batch = -1;

  xq_roster_apply (fixture->database, roster, options, NULL, &batch, &error);
  g_assert_no_error (error);
  return batch;
}

static inline gint64
import_path (Fixture *fixture, const char *path)
{
  g_autoptr (XqRoster) roster = read_path (fixture, path, NULL);

  return apply (fixture, roster, NULL);
}

static inline gint64
import_table (Fixture *fixture, const char *text)
{
  g_autofree char *path = write_table (fixture, text);

  return import_path (fixture, path);
}

static inline void
assert_counts (XqRoster *roster, guint added, guint changed, guint unchanged, guint rejected)
{
  g_assert_cmpuint (xq_roster_count (roster, XQ_ROSTER_ADDED), ==, added);
  g_assert_cmpuint (xq_roster_count (roster, XQ_ROSTER_CHANGED), ==, changed);
  g_assert_cmpuint (xq_roster_count (roster, XQ_ROSTER_UNCHANGED), ==, unchanged);
  g_assert_cmpuint (xq_roster_count (roster, XQ_ROSTER_REJECTED), ==, rejected);
  g_assert_cmpuint (xq_roster_row_count (roster), ==, added + changed + unchanged + rejected);
}

/* All rows of the tables that an import writes, so that "as it was before" can be compared. */
static inline char *
dump_people (XqDatabase *database)
{
  static const char *const rows[] = {
    "SELECT * FROM person ORDER BY id",     "SELECT * FROM membership ORDER BY id", "SELECT * FROM contact ORDER BY id",
    "SELECT * FROM person_tag ORDER BY id", "SELECT * FROM unit ORDER BY id",       "SELECT doc, term FROM person_term ORDER BY doc, term",
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XqStatement) statement = xq_database_query (database, &error, rows[i], XQ_END);

      g_assert_no_error (error);
      while (xq_statement_step (statement, &error) == XQ_STEP_ROW)
        {
          g_string_append_printf (text, "%u", (guint) i);
          for (int column = 0; column < xq_statement_columns (statement); column++)
            {
              const char *value = xq_statement_text (statement, column);

              g_string_append_printf (text, "|%s", value != NULL ? value : "-");
            }
          g_string_append_c (text, '\n');
        }
      g_assert_no_error (error);
    }
  return g_string_free (text, FALSE);
}
