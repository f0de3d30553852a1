#include "config.h"

#include "sheet/sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sheet/sheet-private.h"

G_DEFINE_QUARK (xq - sheet - error - quark, xq_sheet_error)

#define MEGA         G_GUINT64_CONSTANT (1000000)
#define REPORT_EVERY (G_USEC_PER_SEC / 30)

/* 40,000 people × 110 columns are 4.4 million cells in 250 MB; the largest honest tables are far below. */
const XqSheetLimits xq_sheet_limits = {
  .unpacked = 1000 * MEGA,
  .ratio = 100,
  .strings = 80 * MEGA,
  .cells = 50 * MEGA,
  .text = 32767,
  .nesting = 64,
};

static void
clear_entry (gpointer data)
{
  XqSheetEntry *entry = data;

  g_free (entry->name);
  g_free (entry->part);
}

void
xq_sheet_file_init (XqSheetFile *file, const XqSheetFormat *format, const char *path,
                    const XqSheetLimits *limits)
{
  file->format = format;
  file->path = g_strdup (path);
  file->name = g_filename_display_basename (path);
  file->limits = *limits;
  file->sheets = g_array_new (FALSE, FALSE, sizeof (XqSheetEntry));
  g_array_set_clear_func (file->sheets, clear_entry);
}

void
xq_sheet_file_add (XqSheetFile *file, const char *name, gboolean hidden, const char *part)
{
  XqSheetEntry entry = { g_strdup (name), hidden, g_strdup (part) };

  g_array_append_val (file->sheets, entry);
}

XqSheetFile *
xq_sheet_open (const char *path, const XqSheetOptions *options, const XqProgress *progress, GError **error)
{
  static const XqSheetOptions none = { 0 };
  const XqSheetLimits *limits;
  g_autofree char *name = NULL;
  XqSheetKind kind;

  g_return_val_if_fail (path != NULL, NULL);

  options = options != NULL ? options : &none;
  limits = options->limits != NULL ? options->limits : &xq_sheet_limits;
  name = g_filename_display_basename (path);
  if (!xq_sheet_sniff (path, name, &kind, error))
    return NULL;
  if (kind == XQ_SHEET_KIND_PACKAGE)
    return xq_xlsx_open (path, limits, error);
  return xq_csv_open (path, limits, options, progress, error);
}

void
xq_sheet_file_free (XqSheetFile *file)
{
  g_array_unref (file->sheets);
  g_free (file->path);
  g_free (file->name);
  file->format->close (file);
}

const char *
xq_sheet_file_name (XqSheetFile *file)
{
  return file->name;
}

const char *
xq_sheet_file_format (XqSheetFile *file, const char **ret_encoding, char *ret_delimiter)
{
  gboolean csv = strcmp (file->format->name, "csv") == 0;

  if (ret_encoding != NULL)
    *ret_encoding = csv ? xq_csv_encoding (file) : NULL;
  if (ret_delimiter != NULL)
    *ret_delimiter = csv ? xq_csv_delimiter (file) : '\0';
  return file->format->name;
}

guint
xq_sheet_count (XqSheetFile *file)
{
  return file->sheets->len;
}

const char *
xq_sheet_name (XqSheetFile *file, guint sheet)
{
  g_return_val_if_fail (sheet < file->sheets->len, NULL);

  return g_array_index (file->sheets, XqSheetEntry, sheet).name;
}

gboolean
xq_sheet_is_hidden (XqSheetFile *file, guint sheet)
{
  g_return_val_if_fail (sheet < file->sheets->len, FALSE);

  return g_array_index (file->sheets, XqSheetEntry, sheet).hidden;
}

gboolean
xq_sheet_find (XqSheetFile *file, const char *name, guint *ret_sheet, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = 0; i < file->sheets->len; i++)
    {
      if (strcmp (xq_sheet_name (file, i), name) == 0)
        {
          *ret_sheet = i;
          return TRUE;
        }
      g_ptr_array_add (names, (gpointer) xq_sheet_name (file, i));
    }
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (_ (", "), (char **) names->pdata);
  g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_NOT_FOUND, _ ("“%s” has no sheet “%s”. Its sheets are: %s."),
               file->name, name, list);
  return FALSE;
}

gboolean
xq_sheet_step (const XqProgress *progress, gint64 *reported_at, double fraction, const char *name,
               GError **error)
{
  gint64 now;
  g_autofree char *what = NULL;

  if (progress == NULL)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (progress->cancellable, error))
    return FALSE;
  now = g_get_monotonic_time ();
  if (progress->report == NULL || now - *reported_at < REPORT_EVERY)
    return TRUE;
  *reported_at = now;
  what = g_strdup_printf (_ ("Reading “%s”…"), name);
  return xq_progress_step (progress, fraction, what, error);
}

XqSheetReader *
xq_sheet_read (XqSheetFile *file, guint sheet, const XqProgress *progress, GError **error)
{
  XqSheetReader *reader;

  g_return_val_if_fail (sheet < file->sheets->len, NULL);

  reader = file->format->read (file, sheet, error);
  if (reader != NULL)
    {
      reader->file = file;
      reader->progress = progress;
    }
  return reader;
}

const XqSheetRow *
xq_sheet_reader_next (XqSheetReader *reader, GError **error)
{
  return reader->file->format->next (reader, error);
}

const XqSheetMerge *
xq_sheet_reader_merges (XqSheetReader *reader, guint *ret_count)
{
  *ret_count = reader->merges != NULL ? reader->merges->len : 0;
  return reader->merges != NULL ? (const XqSheetMerge *) (void *) reader->merges->data : NULL;
}

void
xq_sheet_reader_free (XqSheetReader *reader)
{
  g_clear_pointer (&reader->merges, g_array_unref);
  reader->file->format->end (reader);
}

const XqCell *
xq_sheet_row_cell (const XqSheetRow *row, int column)
{
  static const XqCell empty = { XQ_CELL_EMPTY, "", 0 };

  return column >= 0 && (guint) column < row->n_cells ? &row->cells[column] : &empty;
}

GPtrArray *
xq_sheet_preview (XqSheetFile *file, guint sheet, guint max_rows, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (XqSheetReader) reader = xq_sheet_read (file, sheet, NULL, error);
  g_autoptr (GError) failure = NULL;
  const XqSheetRow *row;

  if (reader == NULL)
    return NULL;
  while (rows->len < max_rows && (row = xq_sheet_reader_next (reader, &failure)) != NULL)
    {
      char **texts = g_new0 (char *, row->n_cells + 2);

      texts[0] = g_strdup_printf ("%" G_GINT64_FORMAT, row->number);
      for (guint i = 0; i < row->n_cells; i++)
        texts[i + 1] = g_strdup (row->cells[i].text);
      g_ptr_array_add (rows, texts);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

char *
xq_sheet_column_name (guint column)
{
  char name[8];
  char *start = name + sizeof name - 1;

  *start = '\0';
  for (gint64 rest = column; rest >= 0; rest = rest / 26 - 1)
    *--start = (char) ('A' + rest % 26);
  return g_strdup (start);
}
