#include "config.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sheet/sheet-private.h"

#define READ_BYTES        65536
#define BYTES_A_CHARACTER 4

typedef struct
{
  XqSheetFile file;
  const char *encoding; /* interned */
  char delimiter;
  gboolean has_delimiter_line; /* "sep=;" stands first, which spreadsheets write and read */
} CsvFile;

typedef struct
{
  XqSheetReader reader;
  XqTextDecoder *decoder;
  struct csv_parser parser;
  XqRowBuffer row;
  guint column;
  gint64 number;
  gboolean row_ended;
  gboolean after_return; /* the next line feed belongs to a carriage return */
  gboolean at_end;
  char *refusal;
  char buffer[READ_BYTES];
  gsize next;
  gsize length;
} CsvReader;

static CsvReader *
csv_reader (XqSheetReader *reader)
{
  return (CsvReader *) reader;
}

/* ="00123" keeps a spreadsheet from taking a code for a number. */
static void
strip_formula_quotes (const char **text, gsize *length)
{
  if (*length >= 3 && memcmp (*text, "=\"", 2) == 0 && (*text)[*length - 1] == '"')
    {
      *text += 2;
      *length -= 3;
    }
}

static void
on_field_read_cb (void *text, size_t length, void *user_data)
{
  CsvReader *csv = user_data;
  const char *field = text;
  gsize field_length = length;

  if (csv->refusal != NULL)
    return;
  if (csv->column >= XQ_SHEET_MAX_COLUMNS)
    {
      csv->refusal = g_strdup_printf (_ ("Row %d of “%s” has more than %d columns. Check that the "
                                         "delimiter is right."),
                                      (int) csv->number + 1, csv->reader.file->name, XQ_SHEET_MAX_COLUMNS);
      return;
    }
  strip_formula_quotes (&field, &field_length);
  xq_row_buffer_set (&csv->row, csv->column++, XQ_CELL_TEXT, field, field_length, 0);
}

static void
on_row_read_cb (int terminator, void *user_data)
{
  CsvReader *csv = user_data;
  gboolean blank = csv->column == 0;

  if (blank && terminator == '\n' && csv->after_return)
    {
      csv->after_return = FALSE;
      return;
    }
  csv->after_return = terminator == '\r';
  csv->number++;
  csv->column = 0;
  csv->row_ended = TRUE;
}

static gboolean
refuse (CsvReader *csv, char *message, GError **error)
{
  g_autofree char *owned = message;

  g_set_error_literal (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED, owned);
  return FALSE;
}

static char *
unclosed_quote (CsvReader *csv)
{
  return g_strdup_printf (_ ("Row %d of “%s” opens a quotation mark (\") and does not close it. Remove it, "
                             "or save the "
                             "table as .xlsx."),
                          (int) csv->number + 1, csv->reader.file->name);
}

/* Hands the parser the bytes up to the next line end, so that at most one row comes of them. */
static gboolean
feed_line (CsvReader *csv, GError **error)
{
  const char *start = csv->buffer + csv->next;
  gsize left = csv->length - csv->next, piece = 0;

  while (piece < left && start[piece] != '\n' && start[piece] != '\r')
    piece++;
  piece = MIN (piece + 1, left);
  if (csv_parse (&csv->parser, start, piece, on_field_read_cb, on_row_read_cb, csv) != piece)
    return refuse (csv,
                   g_strdup_printf (_ ("Row %d of “%s” cannot be read."), (int) csv->number + 1,
                                    csv->reader.file->name),
                   error);
  csv->next += piece;
  if (csv->refusal != NULL)
    return refuse (csv, g_steal_pointer (&csv->refusal), error);
  if (csv->parser.entry_pos > (gsize) csv->reader.file->limits.text * BYTES_A_CHARACTER)
    return refuse (csv, unclosed_quote (csv), error);
  if (csv->number > XQ_SHEET_MAX_ROWS)
    return refuse (csv,
                   g_strdup_printf (_ ("“%s” has more than %d rows. Split it into several files."),
                                    csv->reader.file->name, XQ_SHEET_MAX_ROWS),
                   error);
  return TRUE;
}

static gboolean
fill (CsvReader *csv, GError **error)
{
  gssize got = xq_text_decoder_read (csv->decoder, csv->buffer, sizeof csv->buffer, error);

  if (got < 0
      || !xq_sheet_step (csv->reader.progress, &csv->reader.reported_at,
                         xq_text_decoder_fraction (csv->decoder), csv->reader.file->name, error))
    return FALSE;
  csv->next = 0;
  csv->length = got;
  if (got > 0)
    return TRUE;
  csv->at_end = TRUE;
  csv_set_opts (&csv->parser, CSV_STRICT | CSV_STRICT_FINI);
  if (csv_fini (&csv->parser, on_field_read_cb, on_row_read_cb, csv) != 0)
    return refuse (csv, unclosed_quote (csv), error);
  return csv->refusal == NULL || refuse (csv, g_steal_pointer (&csv->refusal), error);
}

static const XqSheetRow *
csv_next (XqSheetReader *reader, GError **error)
{
  CsvReader *csv = csv_reader (reader);
  const XqSheetRow *row = NULL;

  while (row == NULL && !csv->at_end)
    {
      xq_row_buffer_clear (&csv->row);
      csv->row_ended = FALSE;
      while (!csv->row_ended && !csv->at_end)
        if (!(csv->next < csv->length ? feed_line (csv, error) : fill (csv, error)))
          return NULL;
      if (csv->row_ended && !(csv->number == 1 && ((CsvFile *) reader->file)->has_delimiter_line))
        row = xq_row_buffer_row (&csv->row, csv->number);
    }
  if (csv->at_end && reader->merges == NULL)
    reader->merges = g_array_new (FALSE, FALSE, sizeof (XqSheetMerge));
  return row;
}

static void
csv_end (XqSheetReader *reader)
{
  CsvReader *csv = csv_reader (reader);

  g_clear_pointer (&csv->decoder, xq_text_decoder_free);
  csv_free (&csv->parser);
  xq_row_buffer_finish (&csv->row);
  g_free (csv->refusal);
  g_free (csv);
}

static XqSheetReader *
csv_read (XqSheetFile *file, guint sheet, GError **error)
{
  CsvFile *csv_file = (CsvFile *) file;
  g_autoptr (XqTextDecoder) decoder
      = xq_text_decoder_open (file->path, file->name, csv_file->encoding, error);
  CsvReader *csv;

  if (decoder == NULL)
    return NULL;
  csv = g_new0 (CsvReader, 1);
  csv->decoder = g_steal_pointer (&decoder);
  csv_init (&csv->parser, CSV_REPALL_NL);
  csv_set_delim (&csv->parser, (unsigned char) csv_file->delimiter);
  csv_set_blk_size (&csv->parser, 4096);
  xq_row_buffer_init (&csv->row);
  return &csv->reader;
}

static void
csv_close (XqSheetFile *file)
{
  g_free (file);
}

static const XqSheetFormat csv_format = { "csv", csv_close, csv_read, csv_next, csv_end };

/* -- which delimiter -- */

#define SNIFFED_ROWS 20

static const char delimiters[] = { ',', '\t', ';', '|' };

typedef struct
{
  guint rows; /* that have at least one */
  guint total;
} Tally;

/* Counts each candidate outside quotes over the first rows. */
static void
tally_delimiters (const char *text, gsize length, Tally tallies[G_N_ELEMENTS (delimiters)])
{
  guint counts[G_N_ELEMENTS (delimiters)] = { 0 };
  gboolean quoted = FALSE;
  guint rows = 0;

  for (gsize i = 0; i < length && rows < SNIFFED_ROWS; i++)
    {
      const char *hit;

      if (text[i] == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n')))
        {
          for (guint d = 0; d < G_N_ELEMENTS (delimiters); d++)
            {
              tallies[d].rows += counts[d] > 0;
              tallies[d].total += counts[d];
              counts[d] = 0;
            }
          rows++;
        }
      else if ((hit = memchr (delimiters, text[i], sizeof delimiters)) != NULL)
        counts[hit - delimiters]++;
    }
  for (guint d = 0; d < G_N_ELEMENTS (delimiters); d++)
    {
      tallies[d].rows += counts[d] > 0;
      tallies[d].total += counts[d];
    }
}

/* The one that most rows have; of equals the one that stands more often. */
static char
best_delimiter (const char *text, gsize length)
{
  Tally tallies[G_N_ELEMENTS (delimiters)] = { 0 };
  guint best = 0;

  tally_delimiters (text, length, tallies);
  for (guint d = 1; d < G_N_ELEMENTS (delimiters); d++)
    if (tallies[d].rows > tallies[best].rows
        || (tallies[d].rows == tallies[best].rows && tallies[d].total > tallies[best].total))
      best = d;
  return delimiters[best];
}

static gboolean
check_size (CsvFile *csv, GError **error)
{
  GStatBuf facts;

  if (g_stat (csv->file.path, &facts) != 0 || (guint64) facts.st_size <= csv->file.limits.unpacked)
    return TRUE;
  g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” is far larger than a table can be, so it was not read. Copy the rows that are "
                  "needed into a new "
                  "file."),
               csv->file.name);
  return FALSE;
}

static gboolean
find_delimiter (CsvFile *csv, char wanted, GError **error)
{
  g_autoptr (XqTextDecoder) decoder
      = xq_text_decoder_open (csv->file.path, csv->file.name, csv->encoding, error);
  g_autofree char *head = g_malloc (READ_BYTES);
  gssize length;

  if (decoder == NULL || (length = xq_text_decoder_read (decoder, head, READ_BYTES, error)) < 0)
    return FALSE;
  if (length >= 6 && g_ascii_strncasecmp (head, "sep=", 4) == 0 && (head[5] == '\r' || head[5] == '\n'))
    {
      csv->has_delimiter_line = TRUE;
      csv->delimiter = head[4];
    }
  else
    csv->delimiter = best_delimiter (head, length);
  if (wanted != '\0')
    csv->delimiter = wanted;
  return TRUE;
}

static char *
name_without_ending (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot > name ? g_strndup (name, dot - name) : g_strdup (name);
}

XqSheetFile *
xq_csv_open (const char *path, const XqSheetLimits *limits, const XqSheetOptions *options,
             const XqProgress *progress, GError **error)
{
  CsvFile *csv = g_new0 (CsvFile, 1);
  g_autoptr (XqSheetFile) file = &csv->file;
  g_autofree char *sheet = NULL;

  xq_sheet_file_init (file, &csv_format, path, limits);
  if (!check_size (csv, error))
    return NULL;
  csv->encoding = xq_text_detect (path, file->name, options->encoding, progress, error);
  if (csv->encoding == NULL || !find_delimiter (csv, options->delimiter, error))
    return NULL;
  sheet = name_without_ending (file->name);
  xq_sheet_file_add (file, sheet, FALSE, NULL);
  return g_steal_pointer (&file);
}

const char *
xq_csv_encoding (XqSheetFile *file)
{
  return ((CsvFile *) file)->encoding;
}

char
xq_csv_delimiter (XqSheetFile *file)
{
  return ((CsvFile *) file)->delimiter;
}
