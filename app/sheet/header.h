/* Which row is the header, and which column is which field.
 *
 * Above the header of a table from a school stand a title, notes and stamps; below it may stand a second
 * header row under merged cells. The row that most known words hit is the header. */
#pragma once

#include "sheet/sheet.h"

G_BEGIN_DECLS

/**
 * XqHeaderField:
 * @field: its stable id ("birth_date")
 * @label: msgid of what people call it
 * @words: what headers call it, separated by "|", in the order of preference
 *
 * A table of these, ended by one without @field, says what an import wants.
 */
typedef struct
{
  const char *field;
  const char *label;
  const char *words;
} XqHeaderField;

/**
 * XqHeader:
 * @row: number of the (last) header row; data stands below. 0 when the sheet has no header
 * @titles: (element-type utf8): each column's header as written, "" for none; of two header rows the upper
 *   word comes first ("监护人电话")
 * @fields: (element-type int): beside @titles, the index into the table of fields, or -1
 * @unmapped: (element-type utf8): the titles that no field takes
 * @duplicates: (element-type utf8): titles of columns whose field an earlier column has taken
 * @above: (element-type utf8): texts of the rows above the header, top down
 */
typedef struct
{
  gint64 row;
  GPtrArray *titles;
  GArray *fields;
  GPtrArray *unmapped;
  GPtrArray *duplicates;
  GPtrArray *above;
  const XqHeaderField *table;
} XqHeader;

/**
 * xq_header_find:
 * @file: a file
 * @sheet: below xq_sheet_count()
 * @table: the fields that are wanted
 * @overrides: (nullable) (element-type utf8 utf8): field → header's text or column letter, as the user chose;
 *   "" for "no column". A field or header that is not there is an error
 * @error: XQ_SHEET_ERROR
 *
 * Reads the first rows. A sheet without a header is no error: @row is 0.
 *
 * Returns: (transfer full): what was found
 */
XqHeader *xq_header_find (XqSheetFile *file, guint sheet, const XqHeaderField *table, GHashTable *overrides,
                          GError **error);
void xq_header_free (XqHeader *header);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqHeader, xq_header_free)

/* The column of a field, -1 when there is none. */
int xq_header_column (const XqHeader *header, const char *field);
/* How many of the table's fields have a column. */
guint xq_header_hits (const XqHeader *header);

/**
 * xq_header_normalise:
 * @title: a header as written
 *
 * Full-width forms become half-width, blanks, line breaks, asterisks and colons go, and so do a leading
 * question number and polite words as a questionnaire site puts them ("2、您的学籍号" → "学籍号").
 *
 * Returns: (transfer full): the word to compare
 */
char *xq_header_normalise (const char *title);

G_END_DECLS
