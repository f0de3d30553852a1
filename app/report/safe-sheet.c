#include "config.h"

#include "report/safe-sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/draw.h"

#define GROUPS_A_ROW 4
#define ROW_HEIGHT   42.0
#define HINT_HEIGHT  14.0
#define TITLE_WIDTH  52.0
#define CODE_SIZE    25.0

typedef struct
{
  char **groups;
  gboolean lines;
} Code;

static void
code_free (gpointer data)
{
  Code *code = data;

  for (char **group = code->groups; *group != NULL; group++)
    explicit_bzero (*group, strlen (*group));
  g_strfreev (code->groups);
  g_free (code);
}

static void
draw_group (cairo_t *cr, const XqChartTheme *mono, guint number, const char *group, double x, double y, double width)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);

  xq_draw_rounded (cr, x + 2.0, y + 3.0, width - 4.0, ROW_HEIGHT - 6.0, 4.0);
  xq_draw_set_colour (cr, &mono->grid);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
  xq_draw_text (cr, xq_chart_theme_paper (), 8.5, FALSE, &mono->dim, XQ_ALIGN_LEFT, x + 9.0, y + ROW_HEIGHT / 2.0, digits);
  xq_draw_text (cr, mono, CODE_SIZE, TRUE, &mono->text, XQ_ALIGN_CENTRE, x + width / 2.0 + 8.0, y + ROW_HEIGHT / 2.0,
                group);
}

/* The reader is told which characters there are: in what the last row leaves free, or on a line below. */
static void
draw_hint (cairo_t *cr, const Code *code, guint n, double column, double left, double width, double height)
{
  const XqChartTheme *theme = xq_chart_theme_paper ();
  const char *first = _ ("Only the letters A to Z and the digits 2 to 7 occur:");
  const char *second = _ ("O, I and B are letters, never 0, 1 or 8.");
  const double x = left + n % GROUPS_A_ROW * column + 10.0;
  const double y = height - ROW_HEIGHT / 2.0;

  if (n % GROUPS_A_ROW == 0)
    {
      g_autofree char *line = g_strdup_printf ("%s %s", first, second);

      xq_draw_text_within (cr, theme, 8.5, &theme->dim, XQ_ALIGN_LEFT, left + 2.0, height - HINT_HEIGHT / 2.0, width - left,
                           line);
      return;
    }
  xq_draw_text_within (cr, theme, 8.5, &theme->dim, XQ_ALIGN_LEFT, x, y - 7.0, width - x, first);
  xq_draw_text_within (cr, theme, 8.5, &theme->dim, XQ_ALIGN_LEFT, x, y + 7.0, width - x, second);
}

static void
draw_line_title (cairo_t *cr, guint row)
{
  const XqChartTheme *theme = xq_chart_theme_paper ();
  g_autofree char *title = g_strdup_printf (_ ("Line %u"), row + 1);

  xq_draw_text (cr, theme, 10.0, FALSE, &theme->text, XQ_ALIGN_LEFT, 2.0, (row + 0.5) * ROW_HEIGHT, title);
}

static void
draw_code (cairo_t *cr, double width, double height, gpointer user_data)
{
  const Code *code = user_data;
  const guint n = g_strv_length (code->groups);
  const double left = code->lines ? TITLE_WIDTH : 0.0;
  const double column = (width - left) / GROUPS_A_ROW;
  XqChartTheme mono = *xq_chart_theme_paper ();

  mono.font = XQ_SAFE_SHEET_FONT;
  for (guint i = 0; i < n; i++)
    {
      if (code->lines && i % GROUPS_A_ROW == 0)
        draw_line_title (cr, i / GROUPS_A_ROW);
      draw_group (cr, &mono, i + 1, code->groups[i], left + i % GROUPS_A_ROW * column, i / GROUPS_A_ROW * ROW_HEIGHT,
                  column);
    }
  draw_hint (cr, code, n, column, left, width, height);
}

void
xq_safe_sheet_add_code (XqPageDocument *document, const char *code, gboolean lines)
{
  Code *copy = g_new0 (Code, 1);
  guint n;

  copy->groups = g_strsplit (code, "-", -1);
  copy->lines = lines;
  n = g_strv_length (copy->groups);
  xq_page_document_add_drawing (document,
                                (n + GROUPS_A_ROW - 1) / GROUPS_A_ROW * ROW_HEIGHT
                                    + (n % GROUPS_A_ROW == 0 ? HINT_HEIGHT : 0.0),
                                draw_code, copy, code_free);
}

void
xq_safe_sheet_add_list (XqPageDocument *document, const char *title, const char *const *texts)
{
  xq_page_document_add_text (document, XQ_PAGE_SECTION, title);
  for (; *texts != NULL; texts++)
    xq_page_document_add_text (document, XQ_PAGE_BULLET, *texts);
}

void
xq_safe_sheet_add_receipt (XqPageDocument *document)
{
  const char *handed[] = { _ ("Handed over by:"), _ ("Received by:"), _ ("Date:"), NULL };
  const char *place[] = { _ ("Kept in:"), _ ("Seal number:"), _ ("Opened on, by:"), NULL };

  xq_page_document_add_space (document, 14.0);
  xq_page_document_add_signatures (document, handed);
  xq_page_document_add_space (document, 14.0);
  xq_page_document_add_signatures (document, place);
}
