#include "config.h"

#include "sheet/sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "sheet-test.h"

#define MEGA        (1024 * 1024)
#define MAIN        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE      "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE     "http://schemas.openxmlformats.org/package/2006/relationships"
#define SHEET_OPEN  "<worksheet " MAIN "><sheetData>"
#define SHEET_CLOSE "</sheetData></worksheet>"

static void
add_part (zip_t *zip, const char *name, const char *body, gsize length)
{
  zip_source_t *source = zip_source_buffer (zip, body, length, 0);

  g_assert_cmpint (zip_file_add (zip, name, source, ZIP_FL_ENC_UTF_8), >=, 0);
}

/* A workbook with one sheet of these bytes; @strings may be NULL. (transfer full) */
static char *
make_workbook (const char *sheet, gsize length, const char *strings, gsize strings_length)
{
  static const char top[] = "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"r\" Type=\"" OFFICE
                            "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
  static const char workbook[]
      = "<workbook " MAIN " xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"S\" sheetId=\"1\" "
        "r:id=\"rId1\"/></sheets></workbook>";
  static const char relations[]
      = "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" OFFICE
        "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" OFFICE
        "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
  char *path = g_build_filename (g_get_tmp_dir (), "xinqiao-hostile.xlsx", NULL);
  zip_t *zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

  g_assert_nonnull (zip);
  add_part (zip, "_rels/.rels", top, strlen (top));
  add_part (zip, "xl/workbook.xml", workbook, strlen (workbook));
  add_part (zip, "xl/_rels/workbook.xml.rels", relations, strlen (relations));
  add_part (zip, "xl/worksheets/sheet1.xml", sheet, length);
  if (strings != NULL)
    add_part (zip, "xl/sharedStrings.xml", strings, strings_length);
  g_assert_cmpint (zip_close (zip), ==, 0);
  return path;
}

static void
assert_sheet_refused (const char *sheet, const XqSheetOptions *options, const char *words)
{
  g_autofree char *path = make_workbook (sheet, strlen (sheet), NULL, 0);

  assert_refused (path, options, words);
  g_remove (path);
}

static char *
repeat (const char *head, const char *piece, guint times, const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < times; i++)
    g_string_append (text, piece);
  g_string_append (text, tail);
  return g_string_free (text, FALSE);
}

static void
test_fixtures (void)
{
  static const struct
  {
    const char *name;
    const char *words;
  } files[] = {
    { "truncated.xlsx", "cut off" },  { "password.xlsx", "password" },
    { "old.xls", ".xlsx" },           { "archive.xlsx", "archive" },
    { "word.xlsx", "Word" },          { "open-document.xlsx", "Save As" },
    { "web-page.xls", "web page" },   { "picture.xlsx", "not a table" },
    { "empty.xlsx", "empty" },        { "external-entity.xlsx", "outside" },
    { "missing-sheet.xlsx", "丢失" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_build_filename ("sheet", files[i].name, NULL);
      g_autofree char *path = fixture (name);

      assert_refused (path, NULL, files[i].words);
    }
}

static void
test_disk (void)
{
  g_autofree char *pipe = g_build_filename (g_get_tmp_dir (), "xinqiao-pipe.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_sheet_open ("/nowhere/名单.xlsx", NULL, NULL, &error));
  g_assert_error (error, XQ_SHEET_ERROR, XQ_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "名单.xlsx"));
  assert_refused (g_get_tmp_dir (), NULL, "folder");
  g_remove (pipe);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (pipe, NULL, "not a table");
  g_remove (pipe);
}

/* Every place where a copy may have broken off ends in words, not in a crash or in half a table. */
static void
test_truncated_anywhere (void)
{
  g_autofree char *whole = fixture ("sheet/types-libreoffice.xlsx");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "xinqiao-cut.xlsx", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  for (gsize cut = 4; cut < length; cut += 97)
    {
      g_assert_true (g_file_set_contents (path, bytes, (gssize) cut, NULL));
      assert_refused (path, NULL, "cut off");
    }
  g_remove (path);
}

/* Bytes that a bad disk has turned: read or refused, never a crash. */
static void
test_damaged_anywhere (void)
{
  g_autofree char *whole = fixture ("sheet/types-libreoffice.xlsx");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "xinqiao-flip.xlsx", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  guint refused = 0;

  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  for (gsize at = 4; at < length; at += 13)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XqSheetFile) file = NULL;

      bytes[at] ^= 0x5a;
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      bytes[at] ^= 0x5a;
      file = xq_sheet_open (path, NULL, NULL, &error);
      for (guint i = 0; file != NULL && error == NULL && i < xq_sheet_count (file); i++)
        {
          g_autoptr (XqSheetReader) reader = xq_sheet_read (file, i, NULL, &error);

          while (reader != NULL && xq_sheet_reader_next (reader, &error) != NULL)
            continue;
        }
      refused += error != NULL;
      if (error != NULL)
        g_assert_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED);
    }
  g_assert_cmpuint (refused, >, 100);
  g_remove (path);
}

static void
test_bomb (void)
{
  g_autofree char *blanks = g_malloc (100 * MEGA);
  g_autofree char *path = NULL;

  memset (blanks, ' ', 100 * MEGA);
  memcpy (blanks, SHEET_OPEN, strlen (SHEET_OPEN));
  path = make_workbook (blanks, 100 * MEGA, NULL, 0);
  assert_refused (path, NULL, "unpacks");
  g_remove (path);
  path[0] = '\0';
  g_clear_pointer (&path, g_free);
  path = make_workbook (SHEET_OPEN SHEET_CLOSE, strlen (SHEET_OPEN SHEET_CLOSE), blanks, 100 * MEGA);
  assert_refused (path, NULL, "unpacks");
  g_remove (path);
}

/* A package that understates how large a part is: the bytes are counted, not believed. */
static void
test_bomb_that_lies (void)
{
  g_autofree char *sheet = repeat (SHEET_OPEN, "<row><c t=\"str\"><v>x</v></c></row>", 2000, SHEET_CLOSE);
  g_autofree char *path = make_workbook (sheet, strlen (sheet), NULL, 0);
  guint32 size = GUINT32_TO_LE ((guint32) strlen (sheet)), lie = GUINT32_TO_LE (500);
  g_autofree char *bytes = NULL;
  gsize length;
  guint changed = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = 0; i + 4 <= length; i++)
    if (memcmp (bytes + i, &size, 4) == 0)
      {
        memcpy (bytes + i, &lie, 4);
        changed++;
      }
  g_assert_cmpuint (changed, >=, 1);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  assert_refused (path, NULL, "xinqiao-hostile.xlsx");
  g_remove (path);
}

static void
test_entities (void)
{
  assert_sheet_refused ("<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
                        "\"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" SHEET_OPEN
                        "<row><c t=\"str\"><v>&b;</v></c></row>" SHEET_CLOSE,
                        NULL, "outside");
  assert_sheet_refused ("<!DOCTYPE w SYSTEM \"http://127.0.0.1/x.dtd\">" SHEET_OPEN SHEET_CLOSE, NULL,
                        "outside");
  assert_sheet_refused (SHEET_OPEN "<row><c t=\"str\"><v>&undeclared;</v></c></row>" SHEET_CLOSE, NULL,
                        "damaged");
}

static void
test_limits (void)
{
  XqSheetLimits limits = xq_sheet_limits;
  XqSheetOptions options = { NULL, 0, &limits };
  g_autofree char *deep = repeat (SHEET_OPEN, "<row>", 100, SHEET_CLOSE);
  g_autofree char *text = repeat (SHEET_OPEN "<row r=\"3\"><c r=\"B3\" t=\"str\"><v>", "0123456789", 20000,
                                  "</v></c></row>" SHEET_CLOSE);
  g_autofree char *cells = repeat (SHEET_OPEN "<row>", "<c/>", 1000, "</row>" SHEET_CLOSE);
  g_autofree char *rows = repeat (SHEET_OPEN, "<row/>", 1000, SHEET_CLOSE);
  g_autofree char *token = repeat (SHEET_OPEN "<!--", "0123456789", 150000, "-->" SHEET_CLOSE);
  g_autofree char *strings = repeat ("<sst " MAIN ">", "<si/>", 1000, "</sst>");
  g_autofree char *path = NULL;

  assert_sheet_refused (deep, NULL, "damaged");
  assert_sheet_refused (text, NULL, "B3");
  assert_sheet_refused (token, NULL, "damaged");
  limits.cells = 500;
  assert_sheet_refused (cells, &options, "more rows and columns");
  assert_sheet_refused (rows, &options, "more rows and columns");
  limits = xq_sheet_limits;
  limits.strings = 4000;
  path = make_workbook (SHEET_OPEN SHEET_CLOSE, strlen (SHEET_OPEN SHEET_CLOSE), strings, strlen (strings));
  assert_refused (path, &options, "more text");
  limits = xq_sheet_limits;
  limits.unpacked = 1000;
  assert_refused (path, &options, "unpacks");
  g_remove (path);
}

static void
test_references (void)
{
  assert_sheet_refused (SHEET_OPEN "<row r=\"1048577\"><c/></row>" SHEET_CLOSE, NULL, "more rows");
  assert_sheet_refused (SHEET_OPEN "<row r=\"-1\"><c/></row>" SHEET_CLOSE, NULL, "xinqiao-hostile");
  assert_sheet_refused (SHEET_OPEN "<row r=\"0\"><c/></row>" SHEET_CLOSE, NULL, "damaged");
  assert_sheet_refused (SHEET_OPEN "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>" SHEET_CLOSE, NULL,
                        "xinqiao-hostile");
  assert_sheet_refused (SHEET_OPEN "<row r=\"1\"><c r=\"XFD1\"/><c><v>1</v></c></row>" SHEET_CLOSE, NULL,
                        "more rows");
  assert_sheet_refused (SHEET_OPEN "<row r=\"1\"><c r=\"AAAAAAAAAAAAAAAAAAAA1\"/></row>" SHEET_CLOSE, NULL,
                        "row 1");
  assert_sheet_refused (SHEET_OPEN "<row r=\"1\"><c t=\"s\"><v>5</v></c></row>" SHEET_CLOSE, NULL, "row 1");
}

static void
test_wide_csv (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "xinqiao-wide.csv", NULL);
  g_autofree char *wide = repeat ("a", ",b", 20000, "\n");
  g_autofree char *quoted = repeat ("a,b\n1,\"", "0123456789", 20000, "\n");
  XqSheetLimits limits = xq_sheet_limits;
  XqSheetOptions options = { NULL, 0, &limits };

  g_assert_true (g_file_set_contents (path, wide, -1, NULL));
  assert_refused (path, NULL, "16384");
  limits.unpacked = 1000;
  assert_refused (path, &options, "larger");
  g_assert_true (g_file_set_contents (path, quoted, -1, NULL));
  assert_refused (path, NULL, "2");
  g_remove (path);
}

/* The bombs of this program included, it has never needed much; sanitizers keep freed memory by design. */
static void
test_memory (void)
{
#if !defined(__SANITIZE_ADDRESS__)
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  g_assert_cmpint (usage.ru_maxrss, <=, 200 * 1024);
#else
  g_test_skip ("a sanitizer is at work");
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/hostile/fixtures", test_fixtures);
  g_test_add_func ("/sheet/hostile/disk", test_disk);
  g_test_add_func ("/sheet/hostile/truncated-anywhere", test_truncated_anywhere);
  g_test_add_func ("/sheet/hostile/damaged-anywhere", test_damaged_anywhere);
  g_test_add_func ("/sheet/hostile/bomb", test_bomb);
  g_test_add_func ("/sheet/hostile/bomb-that-lies", test_bomb_that_lies);
  g_test_add_func ("/sheet/hostile/entities", test_entities);
  g_test_add_func ("/sheet/hostile/limits", test_limits);
  g_test_add_func ("/sheet/hostile/references", test_references);
  g_test_add_func ("/sheet/hostile/wide-csv", test_wide_csv);
  g_test_add_func ("/sheet/hostile/memory", test_memory);
  return g_test_run ();
}
