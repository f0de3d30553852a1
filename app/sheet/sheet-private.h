/* What the readers of the formats share; not for other rooms. */
#pragma once

#include "sheet/sheet.h"

G_BEGIN_DECLS

#define XQ_SHEET_MAX_COLUMNS 16384
#define XQ_SHEET_MAX_ROWS    1048576

/* What a format can do; one of these for xlsx, one for csv. */
typedef struct
{
  const char *name;
  void (*close) (XqSheetFile *file);
  XqSheetReader *(*read) (XqSheetFile *file, guint sheet, GError **error);
  const XqSheetRow *(*next) (XqSheetReader *reader, GError **error);
  void (*end) (XqSheetReader *reader);
} XqSheetFormat;

typedef struct
{
  char *name;
  gboolean hidden;
  char *part; /* inside the package; NULL for csv */
} XqSheetEntry;

/* The formats' own structs begin with these two. */
struct _XqSheetFile
{
  const XqSheetFormat *format;
  char *path;
  char *name;
  XqSheetLimits limits;
  GArray *sheets; /* of XqSheetEntry */
};

struct _XqSheetReader
{
  XqSheetFile *file;
  const XqProgress *progress;
  gint64 reported_at; /* monotonic microseconds of the last report */
  GArray *merges;     /* of XqSheetMerge; NULL while unknown */
};

/* Makes the file's common part. */
void xq_sheet_file_init (XqSheetFile *file, const XqSheetFormat *format, const char *path,
                         const XqSheetLimits *limits);
void xq_sheet_file_add (XqSheetFile *file, const char *name, gboolean hidden, const char *part);

/* As xq_progress_step(), but reports at most 30 times a second; @reported_at keeps when. */
gboolean xq_sheet_step (const XqProgress *progress, gint64 *reported_at, double fraction, const char *name,
                        GError **error);

/* -- what a file is, by its first bytes -- */
typedef enum
{
  XQ_SHEET_KIND_PACKAGE,
  XQ_SHEET_KIND_TEXT,
} XqSheetKind;

/* Refuses what is no table, each kind with its own advice. */
gboolean xq_sheet_sniff (const char *path, const char *name, XqSheetKind *ret_kind, GError **error);

XqSheetFile *xq_xlsx_open (const char *path, const XqSheetLimits *limits, GError **error);
XqSheetFile *xq_csv_open (const char *path, const XqSheetLimits *limits, const XqSheetOptions *options,
                          const XqProgress *progress, GError **error);
const char *xq_csv_encoding (XqSheetFile *file);
char xq_csv_delimiter (XqSheetFile *file);

/* -- the row that is being read -- */
typedef struct
{
  XqCell *cells;
  guint allocated;
  guint used;
  GStringChunk *text;
  gsize text_bytes;
  XqSheetRow row;
} XqRowBuffer;

void xq_row_buffer_init (XqRowBuffer *buffer);
void xq_row_buffer_finish (XqRowBuffer *buffer);
/* Empties it for the next row. */
void xq_row_buffer_clear (XqRowBuffer *buffer);
/* Sets a cell; text is trimmed and copied, and nothing but blanks leaves the cell empty. */
void xq_row_buffer_set (XqRowBuffer *buffer, guint column, XqCellType type, const char *text, gsize length,
                        double number);
/* The same for trimmed text that outlives the row. */
void xq_row_buffer_set_static (XqRowBuffer *buffer, guint column, XqCellType type, const char *text);
/* The row as it is now; NULL when it holds nothing. */
const XqSheetRow *xq_row_buffer_row (XqRowBuffer *buffer, gint64 number);
/* Leaves out blanks at both ends, U+3000 and U+00A0 and invisible ones too. */
void xq_sheet_trim (const char **text, gsize *length);

/* -- numbers that are dates -- */
typedef enum
{
  XQ_NUMBER_PLAIN,
  XQ_NUMBER_DATE,     /* a date, with or without a time */
  XQ_NUMBER_TIME,     /* a time of day alone */
  XQ_NUMBER_DURATION, /* hours beyond 24 */
  XQ_NUMBER_PADDED,   /* and above: with zeros in front, at least (kind − XQ_NUMBER_PADDED) digits */
} XqNumberKind;

/* The kind of a built-in format (ECMA-376 part 1, 18.8.30, with the Chinese ones 27–36 and 50–58). */
XqNumberKind xq_number_kind_builtin (guint id);
/* The kind of a custom format code. */
XqNumberKind xq_number_kind_custom (const char *code);
/* Writes @serial as ISO into @buffer; FALSE when it is no date of the years 1900–9999. */
gboolean xq_number_format_date (double serial, XqNumberKind kind, gboolean from_1904, char buffer[32]);
/* Writes a number with at most 15 digits and no exponent where it can be. */
void xq_number_format (double value, char buffer[48]);

/* -- text in any encoding -- */
typedef struct _XqTextDecoder XqTextDecoder;

/* The encoding of a whole text file: "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030" or @wanted; NULL with an
 * error that names the first line that is none of them. */
const char *xq_text_detect (const char *path, const char *name, const char *wanted, const XqProgress *progress,
                            GError **error);
XqTextDecoder *xq_text_decoder_open (const char *path, const char *name, const char *encoding, GError **error);
/* Up to @size bytes of UTF-8 without a byte order mark; 0 at the end, -1 for a failure. */
gssize xq_text_decoder_read (XqTextDecoder *decoder, char *buffer, gsize size, GError **error);
/* 0.0–1.0 of the file that has been read. */
double xq_text_decoder_fraction (const XqTextDecoder *decoder);
void xq_text_decoder_free (XqTextDecoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqTextDecoder, xq_text_decoder_free)

G_END_DECLS
