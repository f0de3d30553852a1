/* Tables that others made: xlsx, and csv or tsv in any Chinese encoding, read row by row.
 *
 * The format is told by the content, never by the name. A table of any length is read in little memory;
 * everything a stranger controls (unpacked bytes, ratio, cells, strings, nesting) has a limit. What cannot
 * be read is refused at once with a message that names the file, the reason and what to do. This room stands
 * on base/ alone, writes nothing, and knows nothing of what a column means (see header.h for the words). */
#pragma once

#include <gio/gio.h>
#include "base/error.h"
#include "base/progress.h"

G_BEGIN_DECLS

#define XQ_SHEET_ERROR (xq_sheet_error_quark ())
GQuark xq_sheet_error_quark (void);

typedef struct _XqSheetFile XqSheetFile;
typedef struct _XqSheetReader XqSheetReader;

/**
 * XqCellType:
 * @XQ_CELL_EMPTY: nothing, or only blanks
 * @XQ_CELL_TEXT: text; every cell of a csv file is text
 * @XQ_CELL_NUMBER: a number; beyond 15 digits a spreadsheet has lost the last ones
 * @XQ_CELL_DATE: a number that its format shows as a date or a time
 * @XQ_CELL_BOOLEAN: true or false
 * @XQ_CELL_ERROR: what a formula could not compute, "#N/A"
 */
typedef enum
{
  XQ_CELL_EMPTY,
  XQ_CELL_TEXT,
  XQ_CELL_NUMBER,
  XQ_CELL_DATE,
  XQ_CELL_BOOLEAN,
  XQ_CELL_ERROR,
} XqCellType;

/**
 * XqCell:
 * @type: what it is
 * @text: never %NULL; without blanks at either end. A number with at most 15 digits and no exponent
 *   ("15680373992"), a date as "2014-03-23", with a time as "2014-03-23T08:05:00", a time alone as
 *   "08:05:00", a boolean as "TRUE" or "FALSE"
 * @number: the number, the date's day number, or 0 and 1 of a boolean; else 0
 */
typedef struct
{
  XqCellType type;
  const char *text;
  double number;
} XqCell;

/**
 * XqSheetRow:
 * @number: as the spreadsheet shows it, from 1
 * @cells: column A first; merged cells hold their text in the upper left one alone
 * @n_cells: up to the last that is not empty; never 0
 *
 * Borrowed until the next row is asked for. Rows that hold nothing are not delivered.
 */
typedef struct
{
  gint64 number;
  const XqCell *cells;
  guint n_cells;
} XqSheetRow;

/* A merged area; rows from 1, columns from 0, both ends included. */
typedef struct
{
  gint64 first_row;
  gint64 last_row;
  guint first_column;
  guint last_column;
} XqSheetMerge;

/**
 * XqSheetLimits:
 * @unpacked: bytes that one part of a workbook, or a csv file, may have
 * @ratio: how many times its packed size a part may unpack to, beyond the first 10 MB
 * @strings: bytes of all shared strings together
 * @cells: of one sheet
 * @text: characters of one cell; a spreadsheet allows 32767
 * @nesting: of XML elements
 */
typedef struct
{
  guint64 unpacked;
  guint ratio;
  guint64 strings;
  guint64 cells;
  guint text;
  guint nesting;
} XqSheetLimits;

/* Stands in when no others are given. Columns end at 16384 and rows at 1048576 in any case. */
extern const XqSheetLimits xq_sheet_limits;

/**
 * XqSheetOptions:
 * @encoding: (nullable): a csv file's encoding when the user has chosen it ("Big5"); %NULL finds out
 * @delimiter: a csv file's delimiter when the user has chosen it; 0 finds out
 * @limits: (nullable): other limits
 */
typedef struct
{
  const char *encoding;
  char delimiter;
  const XqSheetLimits *limits;
} XqSheetOptions;

/**
 * xq_sheet_open:
 * @path: the file
 * @options: (nullable): see #XqSheetOptions
 * @progress: (nullable): asked while a long csv file's encoding is found out
 * @error: XQ_SHEET_ERROR; XQ_ERROR_REFUSED for what is no table or has been damaged or locked,
 *   XQ_ERROR_NOT_FOUND and XQ_ERROR_IO for the disk's own reasons
 *
 * Opens a table and finds out its sheets. Use a file from one thread at a time.
 *
 * Returns: (transfer full): the file
 */
XqSheetFile *xq_sheet_open (const char *path, const XqSheetOptions *options, const XqProgress *progress,
                            GError **error);
void xq_sheet_file_free (XqSheetFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSheetFile, xq_sheet_file_free)

/* The file's name without its folder, as messages show it. */
const char *xq_sheet_file_name (XqSheetFile *file);
/* "xlsx" or "csv"; @ret_encoding and @ret_delimiter (both nullable) say how a csv file was understood. */
const char *xq_sheet_file_format (XqSheetFile *file, const char **ret_encoding, char *ret_delimiter);
/* At least 1. A csv file is one sheet, named as the file without its ending. */
guint xq_sheet_count (XqSheetFile *file);
const char *xq_sheet_name (XqSheetFile *file, guint sheet);
/* Sheets that the author hid hold lists and leftovers; importers pass them by unless asked for by name. */
gboolean xq_sheet_is_hidden (XqSheetFile *file, guint sheet);
/* The sheet called @name, or an XQ_ERROR_NOT_FOUND that lists the names that there are. */
gboolean xq_sheet_find (XqSheetFile *file, const char *name, guint *ret_sheet, GError **error);

/**
 * xq_sheet_read:
 * @file: outlives the reader
 * @sheet: below xq_sheet_count()
 * @progress: (nullable): told how far the sheet is read, and asked whether to go on; outlives the reader
 *
 * Begins to read a sheet from its first row.
 *
 * Returns: (transfer full): its reader
 */
XqSheetReader *xq_sheet_read (XqSheetFile *file, guint sheet, const XqProgress *progress, GError **error);
/* The next row that holds something; NULL at the end with @error unset, or for a failure with it set. */
const XqSheetRow *xq_sheet_reader_next (XqSheetReader *reader, GError **error);
/* The merged areas, in the file's order: known once the last row has been read, empty before. */
const XqSheetMerge *xq_sheet_reader_merges (XqSheetReader *reader, guint *ret_count);
void xq_sheet_reader_free (XqSheetReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSheetReader, xq_sheet_reader_free)

/* The cell of a column; an empty one beyond the row's end or for column -1. Never NULL. */
const XqCell *xq_sheet_row_cell (const XqSheetRow *row, int column);

/**
 * xq_sheet_preview:
 * @file: a file
 * @sheet: below xq_sheet_count()
 * @max_rows: how many rows at most
 *
 * Returns: (transfer full) (element-type GStrv): the first rows' texts for a window; the row's number
 *   stands first in each
 */
GPtrArray *xq_sheet_preview (XqSheetFile *file, guint sheet, guint max_rows, GError **error);

/* "A", "Z", "AA" … of a column counted from 0. (transfer full) */
char *xq_sheet_column_name (guint column);

G_END_DECLS
