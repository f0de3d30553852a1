/* A table that a stranger made, as a file without a place on the disk, read to its end as an import reads it. */
#pragma once

#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sheet/header.h"
#include "sheet/sheet.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Small, so that their borders are met and a run stays quick. */
static const XqSheetLimits fuzz_limits = {
  .unpacked = 4 << 20, .ratio = 50, .strings = 1 << 20, .cells = 20000, .text = 2000, .nesting = 32,
};

/* The path of the one file of this process, which now holds these bytes. */
static inline const char *
fuzz_file (const uint8_t *data, size_t size)
{
  static char path[64];
  static int descriptor = -1;

  if (descriptor < 0)
    {
      descriptor = memfd_create ("table", MFD_CLOEXEC);
      g_snprintf (path, sizeof path, "/proc/self/fd/%d", descriptor);
    }
  g_assert_cmpint (ftruncate (descriptor, 0), ==, 0);
  g_assert_cmpint (pwrite (descriptor, data, size, 0), ==, (gssize) size);
  return path;
}

static inline void
fuzz_read_rows (XqSheetReader *reader)
{
  g_autoptr (GError) error = NULL;
  const XqSheetRow *row;
  guint merges;

  while ((row = xq_sheet_reader_next (reader, &error)) != NULL)
    {
      g_assert_cmpint (row->number, >, 0);
      g_assert_cmpint (row->number, <=, 1048576);
      g_assert_cmpuint (row->n_cells, >, 0);
      g_assert_cmpuint (row->n_cells, <=, 16384);
      for (guint i = 0; i < row->n_cells; i++)
        g_assert_true (g_utf8_validate (row->cells[i].text, -1, NULL));
    }
  xq_sheet_reader_merges (reader, &merges);
}

static inline void
fuzz_read_sheet (XqSheetFile *file, guint sheet)
{
  static const XqHeaderField table[] = {
    { "name", "Name", "姓名|学生姓名|name" },
    { "code", "Number", "学号|学籍号|number" },
    { "class", "Class", "班级|class" },
    { NULL, NULL, NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqHeader) header = xq_header_find (file, sheet, table, NULL, NULL);
  g_autoptr (XqSheetReader) reader = xq_sheet_read (file, sheet, NULL, &error);

  g_assert_true (header == NULL || xq_header_hits (header) <= 3);
  g_assert_true ((reader == NULL) == (error != NULL));
  if (reader != NULL)
    fuzz_read_rows (reader);
}

static inline void
fuzz_read_table (const char *path, const XqSheetOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSheetFile) file = xq_sheet_open (path, options, NULL, &error);

  g_assert_true ((file == NULL) == (error != NULL));
  for (guint i = 0; file != NULL && i < MIN (xq_sheet_count (file), 4); i++)
    {
      g_assert_true (g_utf8_validate (xq_sheet_name (file, i), -1, NULL));
      fuzz_read_sheet (file, i);
    }
}
