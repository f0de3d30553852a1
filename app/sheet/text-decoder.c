#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ucnv.h>

#include "sheet/sheet-private.h"

#define SOURCE_BYTES 65536
#define PIVOT_UNITS  8192

struct _XqTextDecoder
{
  FILE *file;
  char *name;
  UConverter *from;
  UConverter *to;
  gint64 size;
  gint64 read;
  char source[SOURCE_BYTES];
  const char *source_next;
  const char *source_end;
  UChar pivot[PIVOT_UNITS];
  UChar *pivot_source;
  UChar *pivot_target;
  gboolean at_end;
  gboolean begun;
  gboolean failed;
};

/* Every way in which bytes are not of the encoding stops the conversion: nothing is guessed or replaced. */
static UConverter *
strict_converter (const char *encoding)
{
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open (encoding, &status);

  if (U_SUCCESS (status))
    ucnv_setToUCallBack (converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  if (U_SUCCESS (status))
    return converter;
  ucnv_close (converter);
  return NULL;
}

XqTextDecoder *
xq_text_decoder_open (const char *path, const char *name, const char *encoding, GError **error)
{
  g_autoptr (XqTextDecoder) decoder = g_new0 (XqTextDecoder, 1);

  decoder->name = g_strdup (name);
  decoder->from = strict_converter (encoding);
  decoder->to = strict_converter ("UTF-8");
  if (decoder->from == NULL || decoder->to == NULL)
    {
      g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED, _ ("There is no text encoding called “%s”."),
                   encoding);
      return NULL;
    }
  decoder->file = g_fopen (path, "rbe");
  if (decoder->file == NULL)
    {
      g_set_error (error, XQ_SHEET_ERROR, errno == ENOENT ? XQ_ERROR_NOT_FOUND : XQ_ERROR_IO,
                   _ ("“%s” cannot be read: %s."), name, g_strerror (errno));
      return NULL;
    }
  if (fseeko (decoder->file, 0, SEEK_END) == 0)
    decoder->size = ftello (decoder->file);
  rewind (decoder->file);
  decoder->pivot_source = decoder->pivot_target = decoder->pivot;
  return g_steal_pointer (&decoder);
}

void
xq_text_decoder_free (XqTextDecoder *decoder)
{
  g_clear_pointer (&decoder->from, ucnv_close);
  g_clear_pointer (&decoder->to, ucnv_close);
  g_clear_pointer (&decoder->file, fclose);
  g_free (decoder->name);
  g_free (decoder);
}

static gboolean
fill_source (XqTextDecoder *decoder, GError **error)
{
  gsize got;

  if (decoder->source_next != decoder->source_end || decoder->at_end)
    return TRUE;
  got = fread (decoder->source, 1, sizeof decoder->source, decoder->file);
  if (got == 0 && ferror (decoder->file))
    {
      g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_IO, _ ("“%s” cannot be read: %s."), decoder->name,
                   g_strerror (errno));
      return FALSE;
    }
  decoder->at_end = got == 0;
  decoder->read += got;
  decoder->source_next = decoder->source;
  decoder->source_end = decoder->source + got;
  return TRUE;
}

static gsize
without_mark (char *buffer, gsize length)
{
  if (length < 3 || memcmp (buffer, "\xef\xbb\xbf", 3) != 0)
    return length;
  memmove (buffer, buffer + 3, length - 3);
  return length - 3;
}

/* Converts until something comes out or the file ends. Bytes that are no text set @failed; what was converted
 * before them is delivered first, and the next call fails. */
static gboolean
convert (XqTextDecoder *decoder, char **target, const char *limit, GError **error)
{
  char *start = *target;

  while (*target == start && !decoder->failed)
    {
      UErrorCode status = U_ZERO_ERROR;

      if (!fill_source (decoder, error))
        return FALSE;
      ucnv_convertEx (decoder->to, decoder->from, target, limit, &decoder->source_next, decoder->source_end,
                      decoder->pivot, &decoder->pivot_source, &decoder->pivot_target,
                      decoder->pivot + PIVOT_UNITS, FALSE, decoder->at_end, &status);
      decoder->failed = U_FAILURE (status) && status != U_BUFFER_OVERFLOW_ERROR;
      if (decoder->at_end && status != U_BUFFER_OVERFLOW_ERROR)
        break;
    }
  if (*target > start || !decoder->failed)
    return TRUE;
  g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” holds bytes that are no text in its encoding."), decoder->name);
  return FALSE;
}

gssize
xq_text_decoder_read (XqTextDecoder *decoder, char *buffer, gsize size, GError **error)
{
  char *target = buffer;

  if (!convert (decoder, &target, buffer + size, error))
    return -1;
  if (!decoder->begun && target > buffer)
    {
      decoder->begun = TRUE;
      target = buffer + without_mark (buffer, target - buffer);
      /* The mark may have been all that the first call gave. */
      if (target == buffer && !convert (decoder, &target, buffer + size, error))
        return -1;
    }
  return target - buffer;
}

double
xq_text_decoder_fraction (const XqTextDecoder *decoder)
{
  return decoder->size > 0 ? MIN (1.0, (double) decoder->read / (double) decoder->size) : 1.0;
}

/* The first control character that no table holds; NULL when there is none. */
static const char *
find_control (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] < ' ' && (text[i] == '\0' || strchr ("\t\n\r\v\f\x1a", text[i]) == NULL))
      return text + i;
  return NULL;
}

static guint
count_lines (const char *text, gsize length)
{
  guint lines = 0;

  for (const char *end = text + length; (text = memchr (text, '\n', end - text)) != NULL; text++)
    lines++;
  return lines;
}

/* Whether the whole file is @encoding. @ret_line is the line of the first bytes that are not; @ret_control
 * says that they are control characters. A failure of the disk or a cancel sets @error. */
static gboolean
is_encoding (const char *path, const char *name, const char *encoding, const XqProgress *progress,
             guint *ret_line, gboolean *ret_control, GError **error)
{
  g_autoptr (XqTextDecoder) decoder = xq_text_decoder_open (path, name, encoding, error);
  g_autofree char *buffer = g_malloc (SOURCE_BYTES);
  g_autoptr (GError) failure = NULL;
  gint64 reported_at = 0;
  guint line = 1;
  gssize got;

  if (decoder == NULL)
    return FALSE;
  while ((got = xq_text_decoder_read (decoder, buffer, SOURCE_BYTES, &failure)) > 0)
    {
      const char *control = find_control (buffer, got);

      line += count_lines (buffer, control != NULL ? (gsize) (control - buffer) : (gsize) got);
      if (control != NULL)
        {
          *ret_line = line;
          *ret_control = TRUE;
          return FALSE;
        }
      if (!xq_sheet_step (progress, &reported_at, xq_text_decoder_fraction (decoder), name, error))
        return FALSE;
    }
  if (got == 0)
    return TRUE;
  *ret_line = line;
  *ret_control = FALSE;
  if (!g_error_matches (failure, XQ_SHEET_ERROR, XQ_ERROR_REFUSED))
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* By the byte order mark, or by the zero bytes that UTF-16 puts beside each delimiter; else NULL. */
static const char *
sniff_utf16 (const char *path)
{
  guchar head[1024];
  gsize got, odd = 0, even = 0;
  FILE *file = g_fopen (path, "rbe");

  if (file == NULL)
    return NULL;
  got = fread (head, 1, sizeof head, file);
  fclose (file);
  if (got >= 2 && head[0] == 0xff && head[1] == 0xfe)
    return "UTF-16LE";
  if (got >= 2 && head[0] == 0xfe && head[1] == 0xff)
    return "UTF-16BE";
  for (gsize i = 0; i < got; i++)
    if (head[i] == 0)
      *(i % 2 == 1 ? &odd : &even) += 1;
  if (odd > 0 && even == 0)
    return "UTF-16LE";
  return even > 0 && odd == 0 ? "UTF-16BE" : NULL;
}

static void
set_undecodable (GError **error, const char *name, guint line, gboolean control, const char *wanted)
{
  if (control)
    g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED,
                 _ ("“%s” is not a table: line %u holds characters that no text has. "
                    "Choose an .xlsx or .csv file."),
                 name, line);
  else if (wanted != NULL)
    g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED,
                 _ ("“%s” is not in the encoding %s: line %u cannot be read. Choose "
                    "another one, or save the table as .xlsx."),
                 name, wanted, line);
  else
    g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED,
                 _ ("The text of “%s” cannot be read: line %u is neither UTF-8 nor "
                    "GB18030. Open it in Excel or WPS and save it as .xlsx, or choose its encoding."),
                 name, line);
}

const char *
xq_text_detect (const char *path, const char *name, const char *wanted, const XqProgress *progress,
                GError **error)
{
  const char *candidates[] = { "UTF-8", "GB18030", NULL };
  const char *utf16 = wanted == NULL ? sniff_utf16 (path) : NULL;
  guint furthest = 0;
  gboolean any_control = FALSE;

  if (wanted != NULL || utf16 != NULL)
    {
      candidates[0] = wanted != NULL ? wanted : utf16;
      candidates[1] = NULL;
    }
  for (guint i = 0; candidates[i] != NULL; i++)
    {
      g_autoptr (GError) failure = NULL;
      guint line = 0;
      gboolean control = FALSE;

      if (is_encoding (path, name, candidates[i], progress, &line, &control, &failure))
        return g_intern_string (candidates[i]);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      furthest = MAX (furthest, line);
      any_control |= control;
    }
  set_undecodable (error, name, furthest, any_control, wanted);
  return NULL;
}
