#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "report/workbook-private.h"

#define ACCENT       0x1A7F78
#define HEADER_FILL  0xE3F1F0
#define TOTAL_FILL   0xF2F2F2
#define FILL_IN      0xFFF8DC
#define GREY         0x6B7280
#define BORDER       0xB8C4C4
#define LONGEST_TEXT 32767 /* UTF-16 units that a cell may hold */

/* One row a style: what differs from plain 10 point text. */
typedef struct
{
  double size;
  gboolean bold;
  gboolean boxed;
  gboolean wrapped;
  uint8_t align;
  lxw_color_t colour;
  lxw_color_t fill;
  const char *number;
} Look;

#define COUNT_FORMAT   "#,##0"
#define DECIMAL_FORMAT "#,##0.0"
#define PERCENT_FORMAT "0.0%"
#define DATE_FORMAT    "yyyy-mm-dd"

static const Look looks[XQ_STYLES] = {
  [XQ_STYLE_TITLE] = { 16, TRUE, FALSE, FALSE, LXW_ALIGN_CENTER, 0, 0, NULL },
  [XQ_STYLE_SUBTITLE] = { 10, FALSE, FALSE, FALSE, LXW_ALIGN_CENTER, GREY, 0, NULL },
  [XQ_STYLE_HEAD_LABEL] = { 10, FALSE, FALSE, FALSE, LXW_ALIGN_RIGHT, GREY, 0, NULL },
  [XQ_STYLE_HEAD_VALUE] = { 10, FALSE, FALSE, FALSE, LXW_ALIGN_LEFT, 0, 0, NULL },
  [XQ_STYLE_FILL] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_CENTER, 0, FILL_IN, NULL },
  [XQ_STYLE_FILL_DATE] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_CENTER, 0, FILL_IN, DATE_FORMAT },
  [XQ_STYLE_HEADER] = { 10, TRUE, TRUE, TRUE, LXW_ALIGN_CENTER, 0, HEADER_FILL, NULL },
  [XQ_STYLE_ROW_TITLE] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_LEFT, 0, 0, NULL },
  [XQ_STYLE_COUNT] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_RIGHT, 0, 0, COUNT_FORMAT },
  [XQ_STYLE_DECIMAL] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_RIGHT, 0, 0, DECIMAL_FORMAT },
  [XQ_STYLE_PERCENT] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_RIGHT, 0, 0, PERCENT_FORMAT },
  [XQ_STYLE_TEXT] = { 10, FALSE, TRUE, TRUE, LXW_ALIGN_LEFT, 0, 0, NULL },
  [XQ_STYLE_DATE] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_CENTER, 0, 0, DATE_FORMAT },
  [XQ_STYLE_COVERED] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_RIGHT, GREY, 0, NULL },
  [XQ_STYLE_NONE] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_RIGHT, GREY, 0, NULL },
  [XQ_STYLE_TOTAL_TITLE] = { 10, TRUE, TRUE, FALSE, LXW_ALIGN_LEFT, 0, TOTAL_FILL, NULL },
  [XQ_STYLE_TOTAL_COUNT] = { 10, TRUE, TRUE, FALSE, LXW_ALIGN_RIGHT, 0, TOTAL_FILL, COUNT_FORMAT },
  [XQ_STYLE_TOTAL_DECIMAL] = { 10, TRUE, TRUE, FALSE, LXW_ALIGN_RIGHT, 0, TOTAL_FILL, DECIMAL_FORMAT },
  [XQ_STYLE_TOTAL_PERCENT] = { 10, TRUE, TRUE, FALSE, LXW_ALIGN_RIGHT, 0, TOTAL_FILL, PERCENT_FORMAT },
  [XQ_STYLE_TOTAL_COVERED] = { 10, TRUE, TRUE, FALSE, LXW_ALIGN_RIGHT, GREY, TOTAL_FILL, NULL },
  [XQ_STYLE_TOTAL_NONE] = { 10, FALSE, TRUE, FALSE, LXW_ALIGN_RIGHT, GREY, TOTAL_FILL, NULL },
  [XQ_STYLE_NOTE] = { 9, FALSE, FALSE, FALSE, LXW_ALIGN_LEFT, GREY, 0, NULL },
  [XQ_STYLE_NOTE_HEAD] = { 12, TRUE, FALSE, FALSE, LXW_ALIGN_LEFT, ACCENT, 0, NULL },
  [XQ_STYLE_WRAPPED] = { 10, FALSE, TRUE, TRUE, LXW_ALIGN_LEFT, 0, 0, NULL },
};

/* What the offices' own machines have. */
static const char *
font_name (void)
{
  const char *language = xq_i18n_language ();

  if (g_str_equal (language, "zh_CN"))
    return "微软雅黑";
  return g_str_equal (language, "zh_TW") ? "微軟正黑體" : "Calibri";
}

static lxw_format *
make_style (lxw_workbook *book, const Look *look)
{
  lxw_format *format = workbook_add_format (book);

  format_set_font_name (format, font_name ());
  format_set_font_size (format, look->size);
  format_set_align (format, look->align);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  if (look->align == LXW_ALIGN_RIGHT || (look->align == LXW_ALIGN_LEFT && look->boxed))
    format_set_indent (format, 1);
  if (look->bold)
    format_set_bold (format);
  if (look->wrapped)
    format_set_text_wrap (format);
  if (look->boxed)
    {
      format_set_border (format, LXW_BORDER_THIN);
      format_set_border_color (format, BORDER);
    }
  if (look->colour != 0)
    format_set_font_color (format, look->colour);
  if (look->fill != 0)
    format_set_bg_color (format, look->fill);
  if (look->number != NULL)
    format_set_num_format (format, look->number);
  return format;
}

void
xq_workbook_make_styles (XqWorkbook *workbook)
{
  for (guint i = 0; i < XQ_STYLES; i++)
    workbook->styles[i] = make_style (workbook->book, &looks[i]);
}

const char *
xq_workbook_sheet_name (XqWorkbook *workbook, const char *title)
{
  g_autofree char *clean = g_strdelimit (g_strdup (title), "[]:*?/\\'", ' ');
  g_autofree char *base = NULL;
  char *name;

  g_strstrip (clean);
  base = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), 26));
  name = g_strdup (base[0] != '\0' ? base : "Sheet");
  for (guint n = 2;; n++)
    {
      g_autofree char *key = g_utf8_casefold (name, -1);

      if (!g_hash_table_contains (workbook->sheet_names, key))
        {
          g_hash_table_insert (workbook->sheet_names, g_steal_pointer (&key), name);
          return name;
        }
      g_free (name);
      name = g_strdup_printf ("%s %u", base, n);
    }
}

void
xq_workbook_write_text (lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                        lxw_format *format)
{
  if (text == NULL || text[0] == '\0')
    worksheet_write_blank (sheet, row, column, format);
  else if (strlen (text) <= LONGEST_TEXT)
    worksheet_write_string (sheet, row, column, text, format);
  else
    {
      /* Half of the limit in characters stays below it in UTF-16 units whatever they are. */
      const glong fits = MIN (g_utf8_strlen (text, -1), LONGEST_TEXT / 2 - 1);
      g_autofree char *cut = g_utf8_substring (text, 0, fits);

      worksheet_write_string (sheet, row, column, cut, format);
    }
}

void
xq_workbook_write_span (lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first, lxw_col_t last,
                        const char *text, lxw_format *format)
{
  if (last > first)
    worksheet_merge_range (sheet, row, first, row, last, text, format);
  else
    xq_workbook_write_text (sheet, row, first, text, format);
}
