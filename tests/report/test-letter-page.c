#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/i18n.h"
#include "report/letter-page.h"

static void
row_free (gpointer data)
{
  XqLetterRow *row = data;

  g_free (row->label);
  g_free (row->text);
  g_free (row);
}

static void
add_row (GPtrArray *rows, const char *label, const char *text)
{
  XqLetterRow *row = g_new0 (XqLetterRow, 1);

  row->label = g_strdup (label);
  row->text = g_strdup (text);
  g_ptr_array_add (rows, row);
}

static void
section_free (gpointer data)
{
  XqLetterSection *section = data;

  g_free (section->title);
  g_ptr_array_unref (section->rows);
  g_free (section);
}

static GPtrArray *
add_section (XqLetter *letter, XqLetterSectionKind kind, const char *title)
{
  XqLetterSection *section = g_new0 (XqLetterSection, 1);

  section->kind = kind;
  section->title = g_strdup (title);
  section->rows = g_ptr_array_new_with_free_func (row_free);
  g_ptr_array_add (letter->sections, section);
  return section->rows;
}

/* @sentences: how much was seen. */
static XqLetter *
make_letter (guint sentences)
{
  XqLetter *letter = g_new0 (XqLetter, 1);
  GPtrArray *rows;

  letter->title = g_strdup ("转介单");
  letter->number = g_strdup ("2026-0030");
  letter->date = g_strdup ("2026-11-19");
  letter->sender = g_strdup ("江城市第三中学");
  letter->institution = g_strdup ("江城市第一人民医院");
  letter->lane = g_strdup ("紧急");
  letter->emergency = TRUE;
  letter->notice = g_strdup ("筛查结果不是诊断。");
  letter->slip_title = g_strdup ("回执");
  letter->slip_code = g_strdup ("F35A-7Y06");
  letter->slip_person = g_strdup ("吴*");
  letter->sections = g_ptr_array_new_with_free_func (section_free);
  letter->slip_rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < 6; i++)
    add_row (letter->slip_rows, "就诊情况", i == 0 ? "□ 已就诊   □ 未就诊" : "");
  rows = add_section (letter, XQ_LETTER_IDENTITY, "基本信息");
  add_row (rows, "姓名", "吴莉");
  add_row (rows, "地址", "一个很长的地址，一个很长的地址，一个很长的地址，一个很长的地址，一个很长的地址，一个很长的地址");
  rows = add_section (letter, XQ_LETTER_OBSERVATIONS, "观察");
  for (guint i = 0; i < sentences; i++)
    add_row (rows, NULL, "上课伏桌，手臂有划痕；已与班主任核实，家长尚未到校。");
  return letter;
}

static gboolean
is_blank (cairo_surface_t *surface, int y, int height)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);

  for (int row = y; row < y + height; row++)
    for (int column = 46; column < 550; column++)
      if (data[row * stride + column * 4 + 1] != 255)
        return FALSE;
  return TRUE;
}

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

static void
slip_stands_at_the_foot (void)
{
  g_autoptr (XqLetter) letter = make_letter (1);
  g_autoptr (XqPageDocument) document = xq_letter_to_pages (letter);
  cairo_surface_t *page;

  g_assert_cmpint (xq_page_document_n_pages (document), ==, 1);
  page = picture (document, 0);
  g_assert_true (is_blank (page, 400, 100));
  g_assert_false (is_blank (page, 770, 14));
  cairo_surface_destroy (page);
}

/* The slip gives way before the letter needs a second page, and stands at that one's foot when it does. */
static void
long_letters_keep_their_slip (void)
{
  const struct
  {
    guint sentences;
    int pages;
  } cases[] = { { 12, 1 }, { 15, 1 }, { 30, 2 }, { 60, 3 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XqLetter) letter = make_letter (cases[i].sentences);
      g_autoptr (XqPageDocument) document = xq_letter_to_pages (letter);
      cairo_surface_t *last;

      g_assert_cmpint (xq_page_document_n_pages (document), ==, cases[i].pages);
      last = picture (document, cases[i].pages - 1);
      g_assert_false (is_blank (last, 770, 14));
      cairo_surface_destroy (last);
    }
}

static void
letter_may_go_before_its_pages_are_drawn (void)
{
  XqLetter *letter = make_letter (3);
  g_autoptr (XqPageDocument) document = xq_letter_to_pages (letter);
  g_autofree char *folder = g_dir_make_tmp ("letter-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.pdf", NULL);
  g_autoptr (GError) error = NULL;

  xq_letter_free (letter);
  g_assert_true (xq_page_document_write_pdf (document, path, &error));
  g_assert_no_error (error);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  xq_i18n_init ("zh_CN");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-page/foot", slip_stands_at_the_foot);
  g_test_add_func ("/letter-page/long", long_letters_keep_their_slip);
  g_test_add_func ("/letter-page/outlives", letter_may_go_before_its_pages_are_drawn);
  return g_test_run ();
}
