#include "config.h"

#include "report/letter-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/draw.h"

#define SLIP_HEAD   66.0
#define SLIP_FOOT   22.0
#define LABEL_WIDTH 92.0
#define LANE_HEIGHT 24.0
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
  double row_height;
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
slip_new (const XqLetter *letter, double row_height)
{
  Slip *slip = g_new0 (Slip, 1);

  slip->row_height = row_height;
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
  const double word = xq_draw_text_width (cr, theme, 7.5, FALSE, _ ("cut here"));

  xq_draw_set_colour (cr, &theme->dim);
  cairo_set_line_width (cr, 0.8);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, 0, 8.0);
  cairo_line_to (cr, (width - word) / 2.0 - 8.0, 8.0);
  cairo_move_to (cr, (width + word) / 2.0 + 8.0, 8.0);
  cairo_line_to (cr, width, 8.0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  xq_draw_text (cr, theme, 7.5, FALSE, &theme->dim, XQ_ALIGN_CENTRE, width / 2.0, 8.0, _ ("cut here"));
}

/* In a box of its own, wide enough to be read over the telephone. */
static void
draw_code (cairo_t *cr, const XqChartTheme *theme, double width, const char *code)
{
  const double box = xq_draw_text_width (cr, theme, 15.0, TRUE, code) + 20.0;

  xq_draw_rounded (cr, width - box, 22.0, box, 28.0, 4.0);
  xq_draw_set_colour (cr, &theme->accent);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
  xq_draw_text (cr, theme, 15.0, TRUE, &theme->accent, XQ_ALIGN_CENTRE, width - box / 2.0, 36.0, code);
}

static void
draw_slip_row (cairo_t *cr, const XqChartTheme *theme, double width, double y, const char *label, const char *text)
{
  xq_draw_text (cr, theme, 9.5, FALSE, &theme->dim, XQ_ALIGN_LEFT, 0, y, label);
  if (*text != '\0')
    {
      xq_draw_text (cr, theme, 10.0, FALSE, &theme->text, XQ_ALIGN_LEFT, LABEL_WIDTH, y, text);
      return;
    }
  xq_draw_set_colour (cr, &theme->dim);
  cairo_set_line_width (cr, 0.6);
  cairo_move_to (cr, LABEL_WIDTH, y + 7.0);
  cairo_line_to (cr, width, y + 7.0);
  cairo_stroke (cr);
}

static void
draw_slip (cairo_t *cr, double width, double height, gpointer user_data)
{
  const XqChartTheme *theme = xq_chart_theme_paper ();
  const Slip *slip = user_data;

  draw_cut (cr, theme, width);
  xq_draw_text (cr, theme, 15.0, TRUE, &theme->text, XQ_ALIGN_LEFT, 0, 30.0, slip->title);
  draw_code (cr, theme, width, slip->code);
  xq_draw_text_within (cr, theme, 9.0, &theme->dim, XQ_ALIGN_LEFT, 0, 49.0, width - 140.0, slip->head);
  for (guint i = 0; i < slip->labels->len; i++)
    draw_slip_row (cr, theme, width, SLIP_HEAD + (i + 0.5) * slip->row_height, g_ptr_array_index (slip->labels, i),
                   g_ptr_array_index (slip->texts, i));
  xq_draw_text_within (cr, theme, 8.5, &theme->dim, XQ_ALIGN_LEFT, 0, height - 6.0, width, slip->return_to);
}

/* The lane, at the right of where the letter goes; an emergency is filled red and says so in its word. */
typedef struct
{
  char *where;
  char *lane;
  gboolean emergency;
} Address;

static void
address_free (gpointer data)
{
  Address *address = data;

  g_free (address->where);
  g_free (address->lane);
  g_free (address);
}

static void
draw_address (cairo_t *cr, double width, double height, gpointer user_data)
{
  const XqChartTheme *theme = xq_chart_theme_paper ();
  const Address *address = user_data;
  const XqColour *colour = address->emergency ? &theme->levels[0] : &theme->accent;
  const XqColour *ink = address->emergency ? &theme->surface : &theme->accent;
  const double box = xq_draw_text_width (cr, theme, 10.0, TRUE, address->lane) + 18.0;

  xq_draw_rounded (cr, width - box, 2.0, box, height - 4.0, 10.0);
  xq_draw_set_colour (cr, colour);
  cairo_set_line_width (cr, 1.0);
  if (address->emergency)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
  xq_draw_text (cr, theme, 10.0, TRUE, ink, XQ_ALIGN_CENTRE, width - box / 2.0, height / 2.0, address->lane);
  xq_draw_text_within (cr, theme, 13.0, &theme->text, XQ_ALIGN_LEFT, 0, height / 2.0, width - box - 12.0, address->where);
}

static void
add_address (XqPageDocument *document, const XqLetter *letter)
{
  g_autofree char *where = letter->department != NULL && *letter->department != '\0'
                               ? g_strdup_printf ("%s · %s", letter->institution, letter->department)
                               : g_strdup (letter->institution);
  Address *address = g_new0 (Address, 1);

  address->where = g_strdup_printf (_ ("To: %s"), where);
  address->lane = g_strdup_printf (_ ("Lane: %s"), letter->lane);
  address->emergency = letter->emergency;
  xq_page_document_add_drawing (document, LANE_HEIGHT, draw_address, address, address_free);
  if (letter->institution_hotline != NULL && *letter->institution_hotline != '\0')
    {
      g_autofree char *number = g_strdup_printf (_ ("Green channel number: %s"), letter->institution_hotline);

      xq_page_document_add_text (document, XQ_PAGE_SUBTITLE, number);
    }
}

/* Rows with a label are facts, the others sentences: one alone is a paragraph, several are points. */
static void
add_section (XqPageDocument *document, const XqLetterSection *section)
{
  g_autoptr (GArray) facts = g_array_new (FALSE, TRUE, sizeof (XqPageFact));
  guint sentences = 0;

  xq_page_document_add_text (document, XQ_PAGE_SECTION, section->title);
  for (guint i = 0; i < section->rows->len; i++)
    {
      const XqLetterRow *row = g_ptr_array_index (section->rows, i);
      const XqPageFact fact = { row->label, row->text };

      if (row->label != NULL)
        g_array_append_val (facts, fact);
      else
        sentences++;
    }
  xq_page_document_add_facts (document, (const XqPageFact *) facts->data, facts->len);
  for (guint i = 0; i < section->rows->len; i++)
    {
      const XqLetterRow *row = g_ptr_array_index (section->rows, i);

      if (row->label == NULL)
        xq_page_document_add_text (document, sentences > 1 ? XQ_PAGE_BULLET : XQ_PAGE_BODY, row->text);
    }
}

static XqPageDocument *
make_pages (const XqLetter *letter, double slip_row)
{
  const char *signers[] = { _ ("Counsellor:"), _ ("Guardian:"), _ ("Date:"), NULL };
  XqPageDocument *document = xq_page_document_new (letter->title, letter->sender, xq_clock_now ());
  g_autofree char *day = xq_date_display_day (letter->date);
  g_autofree char *number = g_strdup_printf (_ ("No. %s · %s"), letter->number, day);
  g_autofree char *help
      = g_strdup_printf (_ ("%s National psychological help line: %s, day and night."), letter->notice, HOTLINE);

  xq_page_document_set_footer (document, number);
  xq_page_document_add_pair (document, XQ_PAGE_SUBTITLE, letter->sender, number);
  xq_page_document_add_text (document, XQ_PAGE_TITLE, letter->title);
  xq_page_document_add_rule (document, TRUE);
  add_address (document, letter);
  for (guint i = 0; i < letter->sections->len; i++)
    add_section (document, g_ptr_array_index (letter->sections, i));
  xq_page_document_add_space (document, 4.0);
  xq_page_document_add_text (document, XQ_PAGE_SMALL, help);
  xq_page_document_add_signatures (document, signers);
  xq_page_document_add_foot (document, SLIP_HEAD + letter->slip_rows->len * slip_row + SLIP_FOOT, draw_slip,
                             slip_new (letter, slip_row), slip_free);
  return document;
}

/* The slip's lines are as far apart as one page allows. */
XqPageDocument *
xq_letter_to_pages (const XqLetter *letter)
{
  static const double rows[] = { 24.0, 21.0, 18.5, 16.5 };
  XqPageDocument *document = make_pages (letter, rows[0]);

  for (gsize i = 1; i < G_N_ELEMENTS (rows) && xq_page_document_n_pages (document) > 1; i++)
    {
      xq_page_document_free (document);
      document = make_pages (letter, rows[i]);
    }
  return document;
}
