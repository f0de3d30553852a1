/* Workbooks. A whole one as it stands; anything else is taken for the parts of one, which reaches behind the packing
 * that a changed byte would break: the sheet, then (each after a zero byte) shared strings, styles and workbook. */
#include "config.h"

#include <string.h>
#include <zip.h>

#include "fuzz-table.h"

#define MAIN    "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

static const char top[] = "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"r\" Type=\"" OFFICE
                          "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char relations[] = "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" OFFICE
                                "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" OFFICE
                                "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" OFFICE
                                "/styles\" Target=\"styles.xml\"/></Relationships>";
static const char workbook[] = "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
                               "\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";

static void
add_part (zip_t *zip, const char *name, const void *bytes, size_t length)
{
  zip_int64_t index = zip_file_add (zip, name, zip_source_buffer (zip, bytes, length, 0), ZIP_FL_ENC_UTF_8);

  g_assert_cmpint (index, >=, 0);
  zip_set_file_compression (zip, index, ZIP_CM_STORE, 0);
}

/* The next part of @data, which is then behind it; FALSE when there is none. */
static gboolean
take_part (const uint8_t **data, size_t *size, const uint8_t **ret_part, size_t *ret_length)
{
  const uint8_t *end;

  if (*size == 0)
    return FALSE;
  end = memchr (*data, 0, *size);
  *ret_part = *data;
  *ret_length = end != NULL ? (size_t) (end - *data) : *size;
  *size -= *ret_length + (end != NULL);
  *data += *ret_length + (end != NULL);
  return TRUE;
}

/* The bytes of a package with these parts, to be freed with free(). */
static void *
pack (const uint8_t *data, size_t size, size_t *ret_length)
{
  static const char *const names[]
      = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml" };
  zip_source_t *source = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *zip = zip_open_from_source (source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  const uint8_t *part;
  size_t length;
  zip_stat_t info;
  guint i = 0;
  void *bytes;

  zip_source_keep (source);
  add_part (zip, "_rels/.rels", top, strlen (top));
  add_part (zip, "xl/_rels/workbook.xml.rels", relations, strlen (relations));
  for (; i < G_N_ELEMENTS (names) && take_part (&data, &size, &part, &length); i++)
    add_part (zip, names[i], part, length);
  if (i < G_N_ELEMENTS (names))
    add_part (zip, "xl/workbook.xml", workbook, strlen (workbook));
  g_assert_cmpint (zip_close (zip), ==, 0);
  g_assert_cmpint (zip_source_stat (source, &info), ==, 0);
  g_assert_cmpint (zip_source_open (source), ==, 0);
  bytes = malloc (info.size);
  *ret_length = zip_source_read (source, bytes, info.size);
  zip_source_close (source);
  zip_source_free (source);
  return bytes;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  XqSheetOptions options = { .limits = &fuzz_limits };
  size_t length = 0;
  void *package = NULL;

  if (size < 2 || memcmp (data, "PK", 2) != 0)
    package = pack (data, size, &length);
  fuzz_read_table (package != NULL ? fuzz_file (package, length) : fuzz_file (data, size), &options);
  free (package);
  return 0;
}
