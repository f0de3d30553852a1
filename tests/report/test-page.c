#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/i18n.h"
#include "report/page.h"
#include "sample.h"

/* The page as pixels, one to a point, white paper. */
static cairo_surface_t *
picture (XqPageDocument *document, int page)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 596, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  xq_page_document_render (document, page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How dark a region is, 0 for blank. */
static guint64
ink (cairo_surface_t *surface, int x, int y, int width, int height)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  guint64 sum = 0;

  for (int row = y; row < y + height; row++)
    for (int column = x; column < x + width; column++)
      sum += 255u - data[row * stride + column * 4 + 1];
  return sum;
}

static void
paragraphs_go_on_on_the_next_page (void)
{
  g_autoptr (XqPageDocument) document = xq_page_document_new ("t", "a", 1);
  g_autoptr (GString) text = g_string_new (NULL);
  cairo_surface_t *second;

  for (int i = 0; i < 3000; i++)
    g_string_append (text, "心理健康");
  xq_page_document_add_text (document, XQ_PAGE_BODY, text->str);
  g_assert_cmpint (xq_page_document_n_pages (document), ==, 5);
  second = picture (document, 1);
  g_assert_cmpuint (ink (second, 46, 44, 500, 30), >, 1000);
  g_assert_cmpuint (ink (second, 0, 0, 596, 40), ==, 0);
  g_assert_cmpuint (ink (second, 0, 0, 44, 842), ==, 0);
  g_assert_cmpuint (ink (second, 552, 0, 44, 842), ==, 0);
  cairo_surface_destroy (second);
}

static void
long_tables_repeat_their_head (void)
{
  g_autoptr (XqReport) report = sample_ledger (120, 4);
  g_autoptr (XqPageDocument) document = xq_page_document_new ("t", "a", 1);
  const XqReportBlock *block = g_ptr_array_index (report->blocks, 0);
  cairo_surface_t *pages[2];

  xq_page_document_add_table (document, report, block);
  g_assert_cmpint (xq_page_document_n_pages (document), >, 2);
  for (int i = 0; i < 2; i++)
    pages[i] = picture (document, i);
  /* The heads are the same pixels on both pages. */
  for (int row = 44; row < 60; row++)
    g_assert_cmpmem (cairo_image_surface_get_data (pages[0]) + row * cairo_image_surface_get_stride (pages[0]), 596 * 4,
                     cairo_image_surface_get_data (pages[1]) + row * cairo_image_surface_get_stride (pages[1]), 596 * 4);
  g_assert_cmpuint (ink (pages[1], 46, 44, 500, 16), >, 100);
  for (int i = 0; i < 2; i++)
    cairo_surface_destroy (pages[i]);
}

static void
fill (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static void
headings_do_not_stand_alone (void)
{
  g_autoptr (XqPageDocument) document = xq_page_document_new ("t", "a", 1);
  cairo_surface_t *first;

  xq_page_document_add_space (document, 650);
  xq_page_document_add_rule (document, FALSE);
  xq_page_document_add_heading (document, "标题", NULL, FALSE);
  xq_page_document_add_drawing (document, 100, fill, NULL, NULL);
  g_assert_cmpint (xq_page_document_n_pages (document), ==, 2);
  first = picture (document, 0);
  g_assert_cmpuint (ink (first, 46, 650, 500, 130), ==, 0); /* neither the heading nor the rule over it */
  cairo_surface_destroy (first);
}

static void
columns_stand_side_by_side (void)
{
  g_autoptr (XqPageDocument) document = xq_page_document_new ("t", "a", 1);
  cairo_surface_t *page;

  xq_page_document_columns_begin (document);
  xq_page_document_add_drawing (document, 50, fill, NULL, NULL);
  xq_page_document_columns_next (document);
  xq_page_document_add_drawing (document, 100, fill, NULL, NULL);
  xq_page_document_columns_end (document);
  xq_page_document_add_drawing (document, 10, fill, NULL, NULL);
  page = picture (document, 0);
  g_assert_cmpuint (ink (page, 100, 60, 10, 10), ==, 25500);
  g_assert_cmpuint (ink (page, 100, 110, 10, 10), ==, 0);
  g_assert_cmpuint (ink (page, 400, 110, 10, 10), ==, 25500);
  g_assert_cmpuint (ink (page, 290, 60, 10, 10), ==, 0); /* the gutter */
  cairo_surface_destroy (page);
}

static char *
pdf_of (XqPageDocument *document, gsize *ret_length)
{
  g_autofree char *folder = g_dir_make_tmp ("page-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_assert_true (xq_page_document_write_pdf (document, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, ret_length, NULL));
  g_unlink (path);
  g_rmdir (folder);
  return bytes;
}

static void
equal_documents_give_equal_bytes (void)
{
  gsize lengths[2];
  char *bytes[2];

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (XqReport) report = sample_report ();
      g_autoptr (XqPageDocument) document = xq_report_to_pages (report);

      bytes[i] = pdf_of (document, &lengths[i]);
      g_usleep (i == 0 ? 1100000 : 0); /* another second on the clock */
    }
  g_assert_cmpmem (bytes[0], lengths[0], bytes[1], lengths[1]);
  g_assert_cmpmem (bytes[0], 5, "%PDF-", 5);
  g_free (bytes[0]);
  g_free (bytes[1]);
}

static void
document_outlives_its_report (void)
{
  XqReport *report = sample_report ();
  g_autoptr (XqPageDocument) document = xq_report_to_pages (report);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  xq_report_free (report);
  bytes = pdf_of (document, &length);
  g_assert_cmpuint (length, >, 5000);
}

static void
unwritable_place_is_named (void)
{
  g_autoptr (XqPageDocument) document = xq_page_document_new ("t", NULL, 1);
  g_autoptr (GError) error = NULL;

  xq_page_document_add_text (document, XQ_PAGE_BODY, "x");
  g_assert_false (xq_page_document_write_pdf (document, "/nonexistent/b.pdf", &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "b.pdf"));
}

/* Drawing twice, or drawing on a screen between, changes nothing: text is laid out the same at every scale. */
static void
scale_does_not_move_a_line (void)
{
  g_autoptr (XqReport) report = sample_report ();
  g_autoptr (XqPageDocument) document = xq_report_to_pages (report);
  const int pages = xq_page_document_n_pages (document);
  cairo_surface_t *large = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 3 * 596, 3 * 842);
  cairo_t *cr = cairo_create (large);
  cairo_surface_t *small = picture (document, 0);

  cairo_scale (cr, 3, 3);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  xq_page_document_render (document, 0, cr);
  cairo_surface_flush (large);
  g_assert_cmpint (xq_page_document_n_pages (document), ==, pages);
  for (int y = 0; y + 12 < 842; y += 12)
    {
      const gboolean here = ink (small, 46, y, 500, 12) > 600;
      const gboolean there = ink (large, 138, 3 * y, 1500, 36) > 600;

      g_assert_true (!here || there);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (large);
  cairo_surface_destroy (small);
}

int
main (int argc, char **argv)
{
  xq_i18n_init ("zh_CN");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/paragraphs", paragraphs_go_on_on_the_next_page);
  g_test_add_func ("/page/tables", long_tables_repeat_their_head);
  g_test_add_func ("/page/headings", headings_do_not_stand_alone);
  g_test_add_func ("/page/columns", columns_stand_side_by_side);
  g_test_add_func ("/page/equal", equal_documents_give_equal_bytes);
  g_test_add_func ("/page/outlives", document_outlives_its_report);
  g_test_add_func ("/page/unwritable", unwritable_place_is_named);
  g_test_add_func ("/page/scale", scale_does_not_move_a_line);
  return g_test_run ();
}
