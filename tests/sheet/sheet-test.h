/* What the tests of the room share. */
#pragma once

#include "sheet/sheet.h"

static inline char *
fixture (const char *name)
{
  return g_build_filename (g_getenv ("XQ_TEST_FIXTURES"), name, NULL);
}

static inline XqSheetFile *
open_fixture (const char *name)
{
  g_autofree char *path = fixture (name);
  g_autoptr (GError) error = NULL;
  XqSheetFile *file = xq_sheet_open (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return file;
}

/* The sheet as lines "row: A=type text, C=…"; types are one letter: t n d b e. */
static inline char *
dump (XqSheetFile *file, guint sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSheetReader) reader = xq_sheet_read (file, sheet, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  const XqSheetRow *row;

  g_assert_no_error (error);
  while ((row = xq_sheet_reader_next (reader, &error)) != NULL)
    {
      g_string_append_printf (text, "%d:", (int) row->number);
      for (guint i = 0; i < row->n_cells; i++)
        if (row->cells[i].type != XQ_CELL_EMPTY)
          {
            g_autofree char *column = xq_sheet_column_name (i);

            g_string_append_printf (text, " %s=%c %s;", column, " tndbe"[row->cells[i].type], row->cells[i].text);
          }
      g_string_append_c (text, '\n');
    }
  g_assert_no_error (error);
  return g_strdup (text->str);
}

/* That a file is refused, in words that name it and hold @words. */
static inline void
assert_refused (const char *path, const XqSheetOptions *options, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSheetFile) file = xq_sheet_open (path, options, NULL, &error);
  g_autofree char *name = g_path_get_basename (path);

  for (guint i = 0; file != NULL && error == NULL && i < xq_sheet_count (file); i++)
    {
      g_autoptr (XqSheetReader) reader = xq_sheet_read (file, i, NULL, &error);

      while (reader != NULL && xq_sheet_reader_next (reader, &error) != NULL)
        continue;
    }
  g_assert_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, name));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in: %s", words, error->message);
}
