#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sheet/xlsx-private.h"

#define MAX_MERGES 100000

typedef enum
{
  VALUE_NUMBER,
  VALUE_SHARED,
  VALUE_INLINE, /* text in <is><t>, or <v> of a formula's text */
  VALUE_BOOLEAN,
  VALUE_ERROR,
  VALUE_DATE,
} ValueKind;

typedef struct
{
  XqSheetReader reader;
  XqXlsxFile *xlsx;
  XqXmlStream *stream;
  XqRowBuffer row;
  GArray *merges;
  GString *value;   /* what the present cell's <v> or <t> holds */
  GString *formula; /* and its <f> */
  ValueKind kind;
  guint style;
  guint column; /* of the present cell, once one is open */
  guint next_column;
  gint64 number;
  guint64 cells;
  guint phonetic;
  gboolean row_ended;
  gboolean in_row;
  gboolean in_cell;
  gboolean in_value;
  gboolean in_formula;
  gboolean has_value;
} XlsxReader;

static void
refuse_damaged (XlsxReader *xlsx)
{
  xq_xml_stream_refuse (xlsx->stream, g_strdup_printf (_ ("“%s” is damaged at row %d. Open it in Excel or "
                                                          "WPS and save it anew."),
                                                       xlsx->reader.file->name, (int) xlsx->number));
}

static void
refuse_too_large (XlsxReader *xlsx)
{
  xq_xml_stream_refuse (xlsx->stream, g_strdup_printf (_ ("“%s” holds more rows and columns than a table "
                                                          "can. Copy the rows that "
                                                          "are needed into a new workbook."),
                                                       xlsx->reader.file->name));
}

/* "AB12" → 27, 12; either part may be missing from what is no cell reference. */
static gboolean
parse_reference (const char *text, guint *ret_column, gint64 *ret_row, const char **ret_end)
{
  guint64 column = 0, row = 0;
  const char *start;

  for (start = text; g_ascii_isalpha (*text) && column <= XQ_SHEET_MAX_COLUMNS; text++)
    column = column * 26 + (g_ascii_toupper (*text) - 'A' + 1);
  if (text == start || column > XQ_SHEET_MAX_COLUMNS)
    return FALSE;
  for (start = text; g_ascii_isdigit (*text) && row <= XQ_SHEET_MAX_ROWS; text++)
    row = row * 10 + (*text - '0');
  if (text == start || row == 0 || row > XQ_SHEET_MAX_ROWS)
    return FALSE;
  *ret_column = (guint) column - 1;
  *ret_row = (gint64) row;
  *ret_end = text;
  return TRUE;
}

/* The number of a row, a style or a string, as far as @text is one; beyond all that there can be it stops growing. */
static gint64
parse_index (const char *text)
{
  gint64 index = 0;

  while (g_ascii_isspace (*text))
    text++;
  for (; g_ascii_isdigit (*text) && index <= G_MAXINT32; text++)
    index = index * 10 + (*text - '0');
  return index;
}

static void
begin_row (XlsxReader *xlsx, const char **attributes)
{
  const char *number = xq_xml_attribute (attributes, "r");

  xlsx->number = number != NULL ? parse_index (number) : xlsx->number + 1;
  xlsx->next_column = 0;
  xlsx->in_row = TRUE;
  if (++xlsx->cells > xlsx->reader.file->limits.cells || xlsx->number > XQ_SHEET_MAX_ROWS)
    refuse_too_large (xlsx);
  else if (xlsx->number < 1)
    refuse_damaged (xlsx);
}

static ValueKind
kind_of (const char *type)
{
  if (type == NULL || strcmp (type, "n") == 0)
    return VALUE_NUMBER;
  if (strcmp (type, "s") == 0)
    return VALUE_SHARED;
  if (strcmp (type, "b") == 0)
    return VALUE_BOOLEAN;
  if (strcmp (type, "e") == 0)
    return VALUE_ERROR;
  return strcmp (type, "d") == 0 ? VALUE_DATE : VALUE_INLINE;
}

/* The attributes of a cell are looked at once, by their one letter: this is the inner loop. */
static void
begin_cell (XlsxReader *xlsx, const char **attributes)
{
  const char *type = NULL, *end;
  gint64 row;

  xlsx->column = xlsx->next_column;
  xlsx->style = 0;
  for (const char **pair = attributes; pair[0] != NULL; pair += 2)
    if (strcmp (pair[0], "r") == 0)
      {
        if (!parse_reference (pair[1], &xlsx->column, &row, &end))
          refuse_damaged (xlsx);
      }
    else if (strcmp (pair[0], "s") == 0)
      xlsx->style = (guint) parse_index (pair[1]);
    else if (strcmp (pair[0], "t") == 0)
      type = pair[1];
  xlsx->kind = kind_of (type);
  xlsx->next_column = xlsx->column + 1;
  xlsx->in_cell = TRUE;
  xlsx->has_value = FALSE;
  g_string_truncate (xlsx->value, 0);
  g_string_truncate (xlsx->formula, 0);
  if (++xlsx->cells > xlsx->reader.file->limits.cells || xlsx->column >= XQ_SHEET_MAX_COLUMNS)
    refuse_too_large (xlsx);
}

static void
add_merge (XlsxReader *xlsx, const char **attributes)
{
  const char *reference = xq_xml_attribute (attributes, "ref"), *end;
  XqSheetMerge merge;

  if (reference == NULL || xlsx->merges->len >= MAX_MERGES
      || !parse_reference (reference, &merge.first_column, &merge.first_row, &end) || *end != ':'
      || !parse_reference (end + 1, &merge.last_column, &merge.last_row, &end))
    return;
  g_array_append_val (xlsx->merges, merge);
}

static void
on_start_cb (XqXmlStream *stream, const char *element, const char **attributes, gpointer user_data)
{
  XlsxReader *xlsx = user_data;

  if (xlsx->in_cell)
    {
      if (strcmp (element, "v") == 0 || (strcmp (element, "t") == 0 && xlsx->phonetic == 0))
        xlsx->in_value = xlsx->has_value = TRUE;
      else if (strcmp (element, "f") == 0)
        xlsx->in_formula = TRUE;
      else if (strcmp (element, "rPh") == 0)
        xlsx->phonetic++;
    }
  else if (xlsx->in_row && strcmp (element, "c") == 0)
    begin_cell (xlsx, attributes);
  else if (strcmp (element, "row") == 0)
    begin_row (xlsx, attributes);
  else if (strcmp (element, "mergeCell") == 0)
    add_merge (xlsx, attributes);
}

static void
on_text_cb (XqXmlStream *stream, const char *text, int length, gpointer user_data)
{
  XlsxReader *xlsx = user_data;
  GString *target = xlsx->in_value ? xlsx->value : xlsx->in_formula ? xlsx->formula : NULL;
  g_autofree char *column = NULL;

  if (target == NULL)
    return;
  if (target->len + length <= (gsize) xlsx->reader.file->limits.text * 4)
    {
      g_string_append_len (target, text, length);
      return;
    }
  column = xq_sheet_column_name (xlsx->column);
  xq_xml_stream_refuse (stream,
                        g_strdup_printf (_ ("Cell %s%d of “%s” holds more text than a spreadsheet allows. "
                                            "Shorten it and save the file anew."),
                                         column, (int) xlsx->number, xlsx->reader.file->name));
}

static gboolean
is_plain_integer (const char *text, gsize length)
{
  if (length == 0 || length > 15 || (text[0] == '0' && length > 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static void
set_number (XlsxReader *xlsx)
{
  XqNumberKind kind = xlsx->style < xlsx->xlsx->styles->len
                          ? (XqNumberKind) g_array_index (xlsx->xlsx->styles, guint8, xlsx->style)
                          : XQ_NUMBER_PLAIN;
  char *end, buffer[48];
  double number = g_ascii_strtod (xlsx->value->str, &end);

  if (kind > XQ_NUMBER_PADDED && is_plain_integer (xlsx->value->str, xlsx->value->len))
    {
      g_snprintf (buffer, sizeof buffer, "%0*" G_GINT64_FORMAT, (int) kind - XQ_NUMBER_PADDED,
                  (gint64) number);
      xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_NUMBER, buffer, strlen (buffer), number);
      return;
    }
  if (end == xlsx->value->str)
    xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_TEXT, xlsx->value->str, xlsx->value->len, 0);
  else if (kind != XQ_NUMBER_PLAIN && kind < XQ_NUMBER_PADDED
           && xq_number_format_date (number, kind, xlsx->xlsx->from_1904, buffer))
    xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_DATE, buffer, strlen (buffer), number);
  else if (is_plain_integer (xlsx->value->str, xlsx->value->len))
    xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_NUMBER, xlsx->value->str, xlsx->value->len,
                       number);
  else
    {
      xq_number_format (number, buffer);
      xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_NUMBER, buffer, strlen (buffer), number);
    }
}

static void
set_shared (XlsxReader *xlsx)
{
  GPtrArray *strings = xlsx->xlsx->strings;
  gint64 index = parse_index (xlsx->value->str);

  if (index >= (gint64) strings->len)
    refuse_damaged (xlsx);
  else
    xq_row_buffer_set_static (&xlsx->row, xlsx->column, XQ_CELL_TEXT, g_ptr_array_index (strings, index));
}

static void
end_cell (XlsxReader *xlsx)
{
  GString *value = xlsx->value;

  xlsx->in_cell = FALSE;
  if (!xlsx->has_value || (xlsx->kind == VALUE_NUMBER && value->len == 0))
    {
      /* A formula that was never computed must not pass for an empty cell. */
      if (xlsx->formula->len > 0)
        {
          g_string_prepend_c (xlsx->formula, '=');
          xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_ERROR, xlsx->formula->str,
                             xlsx->formula->len, 0);
        }
      return;
    }
  switch (xlsx->kind)
    {
    case VALUE_NUMBER:
      set_number (xlsx);
      break;
    case VALUE_SHARED:
      set_shared (xlsx);
      break;
    case VALUE_BOOLEAN:
      {
        gboolean yes = strcmp (value->str, "1") == 0 || strcmp (value->str, "true") == 0;

        xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_BOOLEAN, yes ? "TRUE" : "FALSE", yes ? 4 : 5,
                           yes);
        break;
      }
    case VALUE_ERROR:
      xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_ERROR, value->str, value->len, 0);
      break;
    case VALUE_DATE:
      xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_DATE, value->str, value->len, 0);
      break;
    case VALUE_INLINE:
      xq_xlsx_unescape (value);
      xq_row_buffer_set (&xlsx->row, xlsx->column, XQ_CELL_TEXT, value->str, value->len, 0);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_end_cb (XqXmlStream *stream, const char *element, gpointer user_data)
{
  XlsxReader *xlsx = user_data;

  if (xlsx->in_value && (strcmp (element, "v") == 0 || strcmp (element, "t") == 0))
    xlsx->in_value = FALSE;
  else if (xlsx->in_formula && strcmp (element, "f") == 0)
    xlsx->in_formula = FALSE;
  else if (xlsx->in_cell && strcmp (element, "c") == 0)
    end_cell (xlsx);
  else if (xlsx->phonetic > 0 && strcmp (element, "rPh") == 0)
    xlsx->phonetic--;
  else if (xlsx->in_row && !xlsx->in_cell && strcmp (element, "row") == 0)
    {
      xlsx->in_row = FALSE;
      if (xlsx->row.used > 0)
        {
          xlsx->row_ended = TRUE;
          xq_xml_stream_pause (stream);
        }
    }
}

const XqSheetRow *
xq_xlsx_next (XqSheetReader *reader, GError **error)
{
  XlsxReader *xlsx = (XlsxReader *) reader;

  xq_row_buffer_clear (&xlsx->row);
  xlsx->row_ended = FALSE;
  if (xlsx->xlsx->strings == NULL && !xq_xlsx_load_strings (xlsx->xlsx, reader->progress, error))
    return NULL;
  while (!xlsx->row_ended && reader->merges == NULL)
    {
      if (!xq_xml_stream_run (xlsx->stream, reader->progress, &reader->reported_at, error))
        return NULL;
      if (!xlsx->row_ended && xq_xml_stream_at_end (xlsx->stream))
        reader->merges = g_array_ref (xlsx->merges);
    }
  return xlsx->row_ended ? xq_row_buffer_row (&xlsx->row, xlsx->number) : NULL;
}

void
xq_xlsx_end (XqSheetReader *reader)
{
  XlsxReader *xlsx = (XlsxReader *) reader;

  g_clear_pointer (&xlsx->stream, xq_xml_stream_free);
  xq_row_buffer_finish (&xlsx->row);
  g_array_unref (xlsx->merges);
  g_string_free (xlsx->value, TRUE);
  g_string_free (xlsx->formula, TRUE);
  g_free (xlsx);
}

XqSheetReader *
xq_xlsx_read (XqSheetFile *file, guint sheet, GError **error)
{
  static const XqXmlHandlers handlers = { on_start_cb, on_end_cb, on_text_cb };
  const char *part = g_array_index (file->sheets, XqSheetEntry, sheet).part;
  XlsxReader *xlsx = g_new0 (XlsxReader, 1);
  g_autoptr (XqXmlStream) stream
      = xq_xml_stream_open (&((XqXlsxFile *) file)->package, part, &handlers, xlsx, error);

  if (stream == NULL)
    {
      g_free (xlsx);
      return NULL;
    }
  xlsx->xlsx = (XqXlsxFile *) file;
  xlsx->stream = g_steal_pointer (&stream);
  xlsx->merges = g_array_new (FALSE, FALSE, sizeof (XqSheetMerge));
  xlsx->value = g_string_new (NULL);
  xlsx->formula = g_string_new (NULL);
  xq_row_buffer_init (&xlsx->row);
  return &xlsx->reader;
}
