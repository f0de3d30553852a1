#include "config.h"

#include <string.h>

#include "sheet/sheet-private.h"

#define CHUNK_BYTES 16384

static const XqCell no_cell = { XQ_CELL_EMPTY, "", 0 };

void
xq_row_buffer_init (XqRowBuffer *buffer)
{
  memset (buffer, 0, sizeof *buffer);
  buffer->text = g_string_chunk_new (CHUNK_BYTES);
}

void
xq_row_buffer_finish (XqRowBuffer *buffer)
{
  g_clear_pointer (&buffer->cells, g_free);
  g_clear_pointer (&buffer->text, g_string_chunk_free);
}

void
xq_row_buffer_clear (XqRowBuffer *buffer)
{
  for (guint i = 0; i < buffer->used; i++)
    buffer->cells[i] = no_cell;
  buffer->used = 0;
  /* Clearing frees the chunk: done once it is full, not for each row. */
  if (buffer->text_bytes > CHUNK_BYTES / 2)
    {
      g_string_chunk_clear (buffer->text);
      buffer->text_bytes = 0;
    }
}

static XqCell *
cell_at (XqRowBuffer *buffer, guint column)
{
  if (column >= buffer->allocated)
    {
      guint wanted = MAX (column + 1, MAX (32, buffer->allocated * 2));

      buffer->cells = g_renew (XqCell, buffer->cells, wanted);
      for (guint i = buffer->allocated; i < wanted; i++)
        buffer->cells[i] = no_cell;
      buffer->allocated = wanted;
    }
  buffer->used = MAX (buffer->used, column + 1);
  return &buffer->cells[column];
}

void
xq_row_buffer_set_static (XqRowBuffer *buffer, guint column, XqCellType type, const char *text)
{
  if (*text != '\0')
    *cell_at (buffer, column) = (XqCell){ type, text, 0 };
}

void
xq_row_buffer_set (XqRowBuffer *buffer, guint column, XqCellType type, const char *text, gsize length,
                   double number)
{
  xq_sheet_trim (&text, &length);
  if (length == 0)
    return;
  *cell_at (buffer, column)
      = (XqCell){ type, g_string_chunk_insert_len (buffer->text, text, length), number };
  buffer->text_bytes += length + 1;
}

const XqSheetRow *
xq_row_buffer_row (XqRowBuffer *buffer, gint64 number)
{
  if (buffer->used == 0)
    return NULL;
  buffer->row = (XqSheetRow){ number, buffer->cells, buffer->used };
  return &buffer->row;
}

/* Bytes of the blank that @text begins with, 0 for none. */
static gsize
blank_at (const guchar *text, gsize length)
{
  if (text[0] <= ' ')
    return 1;
  if (length >= 2 && text[0] == 0xc2 && text[1] == 0xa0)
    return 2;
  if (length < 3)
    return 0;
  if (text[0] == 0xe3 && text[1] == 0x80 && text[2] == 0x80)
    return 3; /* U+3000 */
  if (text[0] == 0xe2 && text[1] == 0x80 && (text[2] <= 0x8f || text[2] == 0xaf))
    return 3; /* U+2000–200F, U+202F */
  if (text[0] == 0xef && text[1] == 0xbb && text[2] == 0xbf)
    return 3; /* U+FEFF */
  return 0;
}

void
xq_sheet_trim (const char **text, gsize *length)
{
  const guchar *start = (const guchar *) *text, *end = start + *length;
  gsize blank;

  while (start < end && (blank = blank_at (start, end - start)) > 0)
    start += blank;
  while (start < end)
    {
      const guchar *last = end - 1;

      while (last > start && (*last & 0xc0) == 0x80)
        last--;
      if (blank_at (last, end - last) == 0)
        break;
      end = last;
    }
  *text = (const char *) start;
  *length = end - start;
}
