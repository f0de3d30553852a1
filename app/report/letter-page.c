#include "config.h"

#include "report/letter-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/draw.h"

#define SLIP_ROW    17.0
#define SLIP_HEAD   62.0
#define LABEL_WIDTH 84.0
/* The national line for psychological help, open day and night since 2024-12 (National Health Commission). */
#define HOTLINE "12356"

/* The slip, with texts of its own: the letter does not outlive the document. */
typedef struct
{
  char *title;
  char *head;
  char *code;
  char *return_to;
  GPtrArray *labels;
  GPtrArray *texts;
} Slip;

static void
slip_free (gpointer data)
{
  Slip *slip = data;

  g_free (slip->title);
  g_free (slip->head);
  g_free (slip->code);
  g_free (slip->return_to);
  g_ptr_array_unref (slip->labels);
  g_ptr_array_unref (slip->texts);
  g_free (slip);
}

static Slip *
slip_new (const XqLetter *letter)
{
  Slip *slip = g_new0 (Slip, 1);

  slip->title = g_strdup (letter->slip_title);
  slip->head = g_strdup_printf (_ ("%s · letter %s · %s"), letter->slip_person, letter->number, letter->institution);
  slip->code = g_strdup (letter->slip_code);
  slip->return_to = g_strdup_printf (_ ("Please fill in, tear off and return to %s."), letter->sender);
  slip->labels = g_ptr_array_new_with_free_func (g_free);
  slip->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < letter->slip_rows->len; i++)
    {
      const XqLetterRow *row = g_ptr_array_index (letter->slip_rows, i);

      g_ptr_array_add (slip->labels, g_strdup (row->label));
      g_ptr_array_add (slip->texts, g_strdup (row->text));
    }
  return slip;
}

static void
draw_cut (cairo_t *cr, const XqChartTheme *theme, double width)
{
  const double dashes[] = { 4.0, 3.0 };

  xq_draw_set_colour (cr, &theme->dim);
  cairo_set_line_width (cr, 0.8);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, 0, 8.0);
  cairo_line_to (cr, width, 8.0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  xq_draw_text (cr, theme, 7.5, FALSE, &theme->dim, XQ_ALIGN_RIGHT, width, 16.0, _ ("cut here"));
}

static void
draw_slip_row (cairo_t *cr, const XqChartTheme *theme, double width, double y, const char *label, const char *text)
{
  xq_draw_text (cr, theme, 10.0, FALSE, &theme->dim, XQ_ALIGN_LEFT, 0, y, label);
  if (*text != '\0')
    {
      xq_draw_text (cr, theme, 10.0, FALSE, &theme->text, XQ_ALIGN_LEFT, LABEL_WIDTH, y, text);
      return;
    }
  xq_draw_set_colour (cr, &theme->dim);
  cairo_set_line_width (cr, 0.6);
  cairo_move_to (cr, LABEL_WIDTH, y + 6.0);
  cairo_line_to (cr, width, y + 6.0);
  cairo_stroke (cr);
}

static void
draw_slip (cairo_t *cr, double width, double height, gpointer user_data)
{
  const XqChartTheme *theme = xq_chart_theme_paper ();
  const Slip *slip = user_data;

  draw_cut (cr, theme, width);
  xq_draw_text (cr, theme, 14.0, TRUE, &theme->text, XQ_ALIGN_LEFT, 0, 30.0, slip->title);
  xq_draw_text (cr, theme, 15.0, TRUE, &theme->accent, XQ_ALIGN_RIGHT, width, 34.0, slip->code);
  xq_draw_text (cr, theme, 9.0, FALSE, &theme->dim, XQ_ALIGN_LEFT, 0, 47.0, slip->head);
  for (guint i = 0; i < slip->labels->len; i++)
    draw_slip_row (cr, theme, width, SLIP_HEAD + (i + 0.5) * SLIP_ROW, g_ptr_array_index (slip->labels, i),
                   g_ptr_array_index (slip->texts, i));
  xq_draw_text (cr, theme, 8.5, FALSE, &theme->dim, XQ_ALIGN_LEFT, 0, height - 8.0, slip->return_to);
}

static void
add_section (XqPageDocument *document, const XqLetterSection *section)
{
  xq_page_document_add_heading (document, section->title, NULL, FALSE);
  for (guint i = 0; i < section->rows->len; i++)
    {
      const XqLetterRow *row = g_ptr_array_index (section->rows, i);

      if (row->label != NULL)
        {
          /* Translators: a label and its value on a letter */
          g_autofree char *line = g_strdup_printf (_ ("%s: %s"), row->label, row->text);

          xq_page_document_add_text (document, XQ_PAGE_BODY, line);
        }
      else
        xq_page_document_add_text (document, XQ_PAGE_BODY, row->text);
    }
}

/* Short facts stand in two columns, so that letter and slip fit on one page. */
static gboolean
is_short (XqLetterSectionKind kind)
{
  return kind == XQ_LETTER_IDENTITY || kind == XQ_LETTER_CONTACT || kind == XQ_LETTER_GUARDIAN || kind == XQ_LETTER_RISK;
}

static void
add_sections (XqPageDocument *document, const XqLetter *letter)
{
  guint shorts = 0, seen = 0;

  for (guint i = 0; i < letter->sections->len; i++)
    shorts += is_short (((XqLetterSection *) g_ptr_array_index (letter->sections, i))->kind);
  if (shorts > 0)
    xq_page_document_columns_begin (document);
  for (guint i = 0; i < letter->sections->len; i++)
    {
      const XqLetterSection *section = g_ptr_array_index (letter->sections, i);

      if (!is_short (section->kind))
        continue;
      if (seen == (shorts + 1) / 2)
        xq_page_document_columns_next (document);
      add_section (document, section);
      seen++;
    }
  if (shorts > 0)
    xq_page_document_columns_end (document);
  for (guint i = 0; i < letter->sections->len; i++)
    if (!is_short (((XqLetterSection *) g_ptr_array_index (letter->sections, i))->kind))
      add_section (document, g_ptr_array_index (letter->sections, i));
}

static void
add_address (XqPageDocument *document, const XqLetter *letter)
{
  g_autofree char *where = letter->department != NULL && *letter->department != '\0'
                               ? g_strdup_printf ("%s · %s", letter->institution, letter->department)
                               : g_strdup (letter->institution);
  g_autofree char *to = g_strdup_printf (_ ("To: %s"), where);
  g_autofree char *lane = g_strdup_printf (_ ("Lane: %s"), letter->lane);

  xq_page_document_add_heading (document, to, lane, letter->emergency);
  if (letter->institution_hotline != NULL && *letter->institution_hotline != '\0')
    {
      g_autofree char *number = g_strdup_printf (_ ("Green channel number: %s"), letter->institution_hotline);

      xq_page_document_add_text (document, XQ_PAGE_SUBTITLE, number);
    }
}

XqPageDocument *
xq_letter_to_pages (const XqLetter *letter)
{
  const char *signers[] = { _ ("Counsellor: "), _ ("Guardian: "), _ ("Date: "), NULL };
  XqPageDocument *document = xq_page_document_new (letter->title, letter->sender, xq_clock_now ());
  g_autofree char *day = xq_date_display_day (letter->date);
  g_autofree char *number = g_strdup_printf (_ ("No. %s · %s"), letter->number, day);
  g_autofree char *help
      = g_strdup_printf (_ ("%s National psychological help line: %s, day and night."), letter->notice, HOTLINE);
  double slip_height = SLIP_HEAD + letter->slip_rows->len * SLIP_ROW + 22.0;

  xq_page_document_set_footer (document, number);
  xq_page_document_add_pair (document, XQ_PAGE_SUBTITLE, letter->sender, number);
  xq_page_document_add_text (document, XQ_PAGE_TITLE, letter->title);
  xq_page_document_add_rule (document, TRUE);
  add_address (document, letter);
  add_sections (document, letter);
  xq_page_document_add_text (document, XQ_PAGE_SMALL, help);
  xq_page_document_add_space (document, 4.0);
  xq_page_document_add_signatures (document, signers);
  xq_page_document_add_space (document, 4.0);
  xq_page_document_add_drawing (document, slip_height, draw_slip, slip_new (letter), slip_free);
  return document;
}
