#include "config.h"

#include "report/page.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/clock.h"
#include "report/output.h"
#include "report/page-private.h"

const XqColour xq_page_text = XQ_COLOUR (0x1F2933);
const XqColour xq_page_dim = XQ_COLOUR (0x5B6670);
const XqColour xq_page_accent = XQ_COLOUR (0x1A7F78);
const XqColour xq_page_grave = XQ_COLOUR (0xB5172F);
const XqColour xq_page_grid = XQ_COLOUR (0xD9DEE2);

/* Units of an element at their place on a page. */
typedef struct
{
  XqElement *element;
  int page;
  double y;
  guint from;
  guint to;
} Piece;

/* Two stacks of elements side by side. */
typedef struct
{
  XqElement parent;
  GPtrArray *sides[2];
} Columns;

struct _XqPageDocument
{
  char *title;
  char *author;
  gint64 created_at;
  char *footer;
  char *watermark;
  GPtrArray *elements;
  GPtrArray *target; /* where elements go at present: the page or a side of columns */
  Columns *columns;  /* that is being filled */
  GArray *pieces;    /* of Piece, once laid out */
  int n_pages;
  XqFontSet *fonts;  /* of a PDF, once one is drawn */
};

gpointer
xq_element_new (gsize size, const XqElementClass *class, double before, double after)
{
  XqElement *element = g_malloc0 (size);

  element->class = class;
  element->before = before;
  element->after = after;
  element->heights = g_array_new (FALSE, TRUE, sizeof (double));
  return element;
}

void
xq_element_free (XqElement *element)
{
  if (element->class->free != NULL)
    element->class->free (element);
  g_array_unref (element->heights);
  g_free (element);
}

void
xq_element_set_height (XqElement *element, double height)
{
  g_array_set_size (element->heights, 0);
  g_array_append_val (element->heights, height);
}

double
xq_element_piece_height (const XqElement *element, guint from, guint to)
{
  double height = element->head;

  for (guint i = from; i < to; i++)
    height += g_array_index (element->heights, double, i);
  return height;
}

XqPageDocument *
xq_page_document_new (const char *title, const char *author, gint64 created_at)
{
  XqPageDocument *document = g_new0 (XqPageDocument, 1);

  document->title = g_strdup (title);
  document->author = g_strdup (author);
  document->created_at = created_at;
  document->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_element_free);
  document->target = document->elements;
  document->pieces = g_array_new (FALSE, TRUE, sizeof (Piece));
  return document;
}

void
xq_page_document_free (XqPageDocument *document)
{
  if (document == NULL)
    return;
  g_ptr_array_unref (document->elements);
  g_array_unref (document->pieces);
  xq_font_set_free (document->fonts);
  g_free (document->title);
  g_free (document->author);
  g_free (document->footer);
  g_free (document->watermark);
  g_free (document);
}

void
xq_page_document_set_watermark (XqPageDocument *document, const char *text)
{
  g_set_str (&document->watermark, text);
  /* They were cut down to the glyphs that were there. */
  g_clear_pointer (&document->fonts, xq_font_set_free);
}

void
xq_page_document_set_footer (XqPageDocument *document, const char *text)
{
  g_set_str (&document->footer, text);
}

void
xq_page_document_add (XqPageDocument *document, XqElement *element)
{
  g_ptr_array_add (document->target, element);
  document->n_pages = 0;
  g_clear_pointer (&document->fonts, xq_font_set_free);
}

static void
columns_measure (XqElement *element, cairo_t *cr, double width)
{
  Columns *columns = (Columns *) element;
  const double side_width = (width - XQ_PAGE_GUTTER) / 2.0;
  double tallest = 0.0;

  for (guint s = 0; s < 2; s++)
    {
      double height = 0.0;

      for (guint i = 0; i < columns->sides[s]->len; i++)
        {
          XqElement *child = g_ptr_array_index (columns->sides[s], i);

          child->class->measure (child, cr, side_width);
          height += (i > 0 ? child->before : 0.0) + child->after
                    + xq_element_piece_height (child, 0, child->heights->len);
        }
      tallest = MAX (tallest, height);
    }
  xq_element_set_height (element, tallest);
}

static void
draw_tagged (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  if (element->class->tag != NULL)
    cairo_tag_begin (cr, element->class->tag, NULL);
  element->class->draw (element, cr, width, from, to);
  if (element->class->tag != NULL)
    cairo_tag_end (cr, element->class->tag);
}

static void
columns_draw (XqElement *element, cairo_t *cr, double width, guint from, guint to)
{
  Columns *columns = (Columns *) element;
  const double side_width = (width - XQ_PAGE_GUTTER) / 2.0;

  for (guint s = 0; s < 2; s++)
    {
      cairo_save (cr);
      cairo_translate (cr, s * (side_width + XQ_PAGE_GUTTER), 0);
      for (guint i = 0; i < columns->sides[s]->len; i++)
        {
          XqElement *child = g_ptr_array_index (columns->sides[s], i);

          cairo_translate (cr, 0, i > 0 ? child->before : 0.0);
          cairo_save (cr);
          draw_tagged (child, cr, side_width, 0, child->heights->len);
          cairo_restore (cr);
          cairo_translate (cr, 0, xq_element_piece_height (child, 0, child->heights->len) + child->after);
        }
      cairo_restore (cr);
    }
}

static void
columns_free (XqElement *element)
{
  Columns *columns = (Columns *) element;

  g_ptr_array_unref (columns->sides[0]);
  g_ptr_array_unref (columns->sides[1]);
}

static const XqElementClass columns_class = { NULL, columns_measure, columns_draw, columns_free };

void
xq_page_document_columns_begin (XqPageDocument *document)
{
  Columns *columns;

  g_return_if_fail (document->columns == NULL);

  columns = xq_element_new (sizeof *columns, &columns_class, 8.0, 0.0);
  for (guint s = 0; s < 2; s++)
    columns->sides[s] = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_element_free);
  xq_page_document_add (document, &columns->parent);
  document->columns = columns;
  document->target = columns->sides[0];
}

void
xq_page_document_columns_next (XqPageDocument *document)
{
  g_return_if_fail (document->columns != NULL);

  document->target = document->columns->sides[1];
}

void
xq_page_document_columns_end (XqPageDocument *document)
{
  document->columns = NULL;
  document->target = document->elements;
}

/* What element @index needs at least; a heading also what follows it, so that it does not
 * stand alone at the foot of a page. */
static double
least_of (XqPageDocument *document, cairo_t *cr, guint index, double width)
{
  XqElement *element;
  double least;

  if (index >= document->elements->len)
    return 0.0;
  element = g_ptr_array_index (document->elements, index);
  if (element->new_page)
    return 0.0;
  element->class->measure (element, cr, width);
  if (!element->keep_with_next)
    return element->before
           + xq_element_piece_height (element, 0, element->keep_together ? element->heights->len
                                                                         : MIN (2, element->heights->len));
  least = element->before + xq_element_piece_height (element, 0, element->heights->len) + element->after;
  return least + least_of (document, cr, index + 1, width);
}

/* How many units from @from on fit into @room. */
static guint
fitting (const XqElement *element, guint from, double room)
{
  guint to = from;

  while (to < element->heights->len && xq_element_piece_height (element, from, to + 1) <= room + 0.01)
    to++;
  return to;
}

static double
place (XqPageDocument *document, XqElement *element, double y, double needed_after)
{
  const double bottom = XQ_PAGE_HEIGHT - XQ_PAGE_BOTTOM;
  guint from = 0;

  if (element->separates
      && (y <= XQ_PAGE_TOP || y + element->before + xq_element_piece_height (element, 0, 1) + needed_after > bottom))
    return y;
  if (y > XQ_PAGE_TOP)
    y += element->before;
  if (y > XQ_PAGE_TOP && (needed_after > 0.0 || element->keep_together)
      && y + xq_element_piece_height (element, 0, element->heights->len) + needed_after > bottom)
    {
      document->n_pages++;
      y = XQ_PAGE_TOP;
    }
  if (element->at_foot)
    y = MAX (y, bottom - xq_element_piece_height (element, 0, element->heights->len));
  while (from < element->heights->len)
    {
      guint to = fitting (element, from, bottom - y);
      Piece piece;

      if (to == from && y > XQ_PAGE_TOP)
        {
          document->n_pages++;
          y = element->at_foot ? bottom - xq_element_piece_height (element, from, element->heights->len) : XQ_PAGE_TOP;
          continue;
        }
      to = MAX (to, from + 1);
      piece = (Piece){ element, document->n_pages - 1, y, from, to };
      g_array_append_val (document->pieces, piece);
      y += xq_element_piece_height (element, from, to);
      from = to;
    }
  return y + element->after;
}

static void
lay_out (XqPageDocument *document)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  const double width = XQ_PAGE_WIDTH - 2 * XQ_PAGE_MARGIN;
  double y = XQ_PAGE_TOP;

  if (document->n_pages > 0)
    return;
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cr = cairo_create (surface);
  g_array_set_size (document->pieces, 0);
  document->n_pages = 1;
  for (guint i = 0; i < document->elements->len; i++)
    {
      XqElement *element = g_ptr_array_index (document->elements, i);
      const gboolean bound = element->keep_with_next || element->separates;
      const double after = bound ? least_of (document, cr, i + 1, width) : 0.0;

      if (element->new_page && y > XQ_PAGE_TOP)
        {
          document->n_pages++;
          y = XQ_PAGE_TOP;
        }
      element->class->measure (element, cr, width);
      y = place (document, element, y, after);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
xq_page_document_n_pages (XqPageDocument *document)
{
  lay_out (document);
  return document->n_pages;
}

static void
draw_footer (XqPageDocument *document, cairo_t *cr, int page)
{
  const double y = XQ_PAGE_HEIGHT - XQ_PAGE_BOTTOM + 20.0;
  const double width = XQ_PAGE_WIDTH - 2 * XQ_PAGE_MARGIN;
  g_autofree char *number = g_strdup_printf ("%d / %d", page + 1, document->n_pages);
  g_autoptr (PangoLayout) right = xq_page_layout (cr, number, 7.5, FALSE, 0);
  double number_width;

  xq_draw_layout_size (right, &number_width, NULL);
  xq_page_show (cr, right, &xq_page_dim, XQ_PAGE_WIDTH - XQ_PAGE_MARGIN - number_width, y);
  if (document->footer != NULL)
    {
      g_autoptr (PangoLayout) left = xq_page_layout (cr, document->footer, 7.5, FALSE, width - 60.0);

      xq_page_show (cr, left, &xq_page_dim, XQ_PAGE_MARGIN, y);
    }
}

/* Above the head of the page, at most two lines. */
static void
draw_watermark (XqPageDocument *document, cairo_t *cr)
{
  g_autoptr (PangoLayout) line = NULL;

  if (document->watermark == NULL)
    return;
  line = xq_page_layout (cr, document->watermark, 7.5, FALSE, XQ_PAGE_WIDTH - 2 * XQ_PAGE_MARGIN);
  xq_page_show (cr, line, &xq_page_dim, XQ_PAGE_MARGIN, XQ_PAGE_TOP - 26.0);
}

static void
draw_page (XqPageDocument *document, int page, cairo_t *cr)
{
  draw_watermark (document, cr);
  for (guint i = 0; i < document->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (document->pieces, Piece, i);

      if (piece->page != page)
        continue;
      cairo_save (cr);
      cairo_translate (cr, XQ_PAGE_MARGIN, piece->y);
      draw_tagged (piece->element, cr, XQ_PAGE_WIDTH - 2 * XQ_PAGE_MARGIN, piece->from, piece->to);
      cairo_restore (cr);
    }
  draw_footer (document, cr, page);
}

/* Notes the glyphs of all pages. */
static void
collect_fonts (XqPageDocument *document)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);

  document->fonts = xq_font_set_new ();
  xq_font_set_collect (document->fonts, surface);
  for (int page = 0; page < document->n_pages; page++)
    draw_page (document, page, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static gboolean
embeds_fonts (cairo_t *cr)
{
  const cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));

  return type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_PS;
}

void
xq_page_document_render (XqPageDocument *document, int page, cairo_t *cr)
{
  lay_out (document);
  g_return_if_fail (page >= 0 && page < document->n_pages);

  if (embeds_fonts (cr))
    {
      if (document->fonts == NULL)
        collect_fonts (document);
      xq_font_set_use (document->fonts, cairo_get_target (cr));
    }
  draw_page (document, page, cr);
  if (embeds_fonts (cr))
    xq_font_set_use (NULL, cairo_get_target (cr));
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (XqPageDocument *document, cairo_surface_t *surface)
{
  g_autofree char *created = xq_clock_iso (document->created_at);
  g_autofree char *program = g_strdup_printf ("%s %s", _("Xinqiao"), XQ_VERSION);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, document->title);
  if (document->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, document->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, program);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

GBytes *
xq_page_document_to_pdf (XqPageDocument *document, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append_bytes, bytes, XQ_PAGE_WIDTH, XQ_PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const int n_pages = xq_page_document_n_pages (document);
  cairo_status_t status;

  set_metadata (document, surface);
  for (int page = 0; page < n_pages; page++)
    {
      xq_page_document_render (document, page, cr);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_IO, _("The pages could not be drawn: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
xq_page_document_write_pdf (XqPageDocument *document, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = xq_page_document_to_pdf (document, error);

  return bytes != NULL && xq_output_save (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}
