/* sample-glyphs TEXT-FILE PDF: the characters of the file's first line, each in a square of 20 points, 25 in a row, 36 rows on
 * a page, normal and bold by turns. tests/report/test_pages.py looks for squares that are empty. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "report/draw.h"
#include "report/page.h"

#define ACROSS 25
#define SQUARE 20.0

static void
draw_row (cairo_t *cr, double width, double height, gpointer text)
{
  const char *p = text;
  const XqColour black = XQ_COLOUR (0);

  for (int i = 0; *p != '\0'; i++, p = g_utf8_next_char (p))
    {
      g_autofree char *one = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));

      xq_draw_text (cr, xq_chart_theme_paper (), 14.0, i % 2 == 1, &black, XQ_ALIGN_CENTRE, (i + 0.5) * SQUARE, height / 2.0, one);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (XqPageDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 length;

  xq_i18n_init ("zh_CN");
  g_return_val_if_fail (argc == 3, 2);
  if (!g_file_get_contents (argv[1], &text, NULL, &error))
    g_error ("%s", error->message);
  text[strcspn (text, "\n")] = '\0';
  length = g_utf8_strlen (text, -1);
  document = xq_page_document_new ("glyphs", NULL, 0);
  for (gint64 from = 0; from < length; from += ACROSS)
    xq_page_document_add_drawing (document, SQUARE - 6.0, draw_row,
                                  g_utf8_substring (text, from, MIN (from + ACROSS, length)), g_free);
  if (!xq_page_document_write_pdf (document, argv[2], &error))
    g_error ("%s", error->message);
  return 0;
}
