#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "sheet/xlsx-private.h"

#define MAX_SHEETS 1000
#define MAX_STYLES 100000

/* -- relationships: which part is which -- */

typedef struct
{
  const char *folder;     /* what relative targets start from */
  GHashTable *worksheets; /* id → part, "" for what is no worksheet */
  char *office_document;
  char *strings;
  char *styles;
} Relations;

static char *
resolve_target (const char *folder, const char *target)
{
  g_autofree char *joined = NULL;
  g_autofree char *full = NULL;

  if (*target == '/')
    return g_strdup (target + 1);
  joined = g_build_filename ("/", folder, target, NULL);
  full = g_canonicalize_filename (joined, "/");
  return g_strdup (full + 1);
}

static void
on_relation_cb (XqXmlStream *stream, const char *element, const char **attributes, gpointer user_data)
{
  Relations *relations = user_data;
  const char *type = xq_xml_attribute (attributes, "Type"), *id = xq_xml_attribute (attributes, "Id");
  const char *target = xq_xml_attribute (attributes, "Target");
  g_autofree char *part = NULL;

  if (strcmp (element, "Relationship") != 0 || type == NULL || id == NULL || target == NULL
      || g_strcmp0 (xq_xml_attribute (attributes, "TargetMode"), "External") == 0)
    return;
  part = resolve_target (relations->folder, target);
  if (g_str_has_suffix (type, "/worksheet"))
    g_hash_table_replace (relations->worksheets, g_strdup (id), g_strdup (part));
  else
    g_hash_table_replace (relations->worksheets, g_strdup (id), g_strdup (""));
  if (g_str_has_suffix (type, "/sharedStrings"))
    g_set_str (&relations->strings, part);
  else if (g_str_has_suffix (type, "/styles"))
    g_set_str (&relations->styles, part);
  else if (g_str_has_suffix (type, "/officeDocument"))
    g_set_str (&relations->office_document, part);
}

static void
on_end_ignored_cb (XqXmlStream *stream, const char *element, gpointer user_data)
{
}

static void
clear_relations (Relations *relations)
{
  g_clear_pointer (&relations->worksheets, g_hash_table_unref);
  g_free (relations->office_document);
  g_free (relations->strings);
  g_free (relations->styles);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Relations, clear_relations)

static gboolean
read_relations (XqXlsxFile *xlsx, const char *folder, const char *part, Relations *relations,
                GError **error)
{
  static const XqXmlHandlers handlers = { on_relation_cb, on_end_ignored_cb, NULL };

  relations->folder = folder;
  relations->worksheets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (xq_package_locate (&xlsx->package, part) < 0)
    return TRUE;
  return xq_xml_parse (&xlsx->package, part, &handlers, relations, NULL, NULL, error);
}

/* -- the workbook part: sheets and the epoch of dates -- */

typedef struct
{
  XqXlsxFile *xlsx;
  Relations *relations;
} WorkbookReading;

static void
on_workbook_start_cb (XqXmlStream *stream, const char *element, const char **attributes, gpointer user_data)
{
  WorkbookReading *reading = user_data;
  const char *name = xq_xml_attribute (attributes, "name"), *state = xq_xml_attribute (attributes, "state");
  const char *part = NULL;

  if (strcmp (element, "workbookPr") == 0)
    {
      const char *epoch = xq_xml_attribute (attributes, "date1904");

      reading->xlsx->from_1904 = g_strcmp0 (epoch, "1") == 0 || g_strcmp0 (epoch, "true") == 0;
    }
  if (strcmp (element, "sheet") != 0 || name == NULL || reading->xlsx->file.sheets->len >= MAX_SHEETS)
    return;
  /* The relation's id and the sheet's own number are both called "id" once the prefix is gone. */
  for (const char **pair = attributes; pair[0] != NULL && part == NULL; pair += 2)
    if (g_str_has_suffix (pair[0], ":id") || strcmp (pair[0], "id") == 0)
      part = g_hash_table_lookup (reading->relations->worksheets, pair[1]);
  if (part == NULL)
    xq_xml_stream_refuse (stream, g_strdup_printf (_ ("“%s” names a sheet “%s” that it does not contain. "
                                                      "Open it in Excel "
                                                      "or WPS and save it anew."),
                                                   reading->xlsx->file.name, name));
  /* Charts and macros on sheets of their own are no tables. */
  else if (*part != '\0')
    xq_sheet_file_add (&reading->xlsx->file, name, state != NULL && strcmp (state, "visible") != 0, part);
}

/* -- styles: which cell formats show dates -- */

typedef struct
{
  XqXlsxFile *xlsx;
  GHashTable *custom; /* number format id → XqNumberKind */
  gboolean in_cell_formats;
} StyleReading;

static void
on_style_start_cb (XqXmlStream *stream, const char *element, const char **attributes, gpointer user_data)
{
  StyleReading *reading = user_data;
  const char *id = xq_xml_attribute (attributes, "numFmtId"),
             *code = xq_xml_attribute (attributes, "formatCode");
  guint number = id != NULL ? (guint) g_ascii_strtoull (id, NULL, 10) : 0;
  gpointer found;

  if (strcmp (element, "numFmt") == 0 && code != NULL)
    g_hash_table_replace (reading->custom, GUINT_TO_POINTER (number),
                          GUINT_TO_POINTER (xq_number_kind_custom (code)));
  else if (strcmp (element, "cellXfs") == 0)
    reading->in_cell_formats = TRUE;
  else if (reading->in_cell_formats && strcmp (element, "xf") == 0
           && reading->xlsx->styles->len < MAX_STYLES)
    {
      guint8 kind = g_hash_table_lookup_extended (reading->custom, GUINT_TO_POINTER (number), NULL, &found)
                        ? GPOINTER_TO_UINT (found)
                        : xq_number_kind_builtin (number);

      g_array_append_val (reading->xlsx->styles, kind);
    }
}

static void
on_style_end_cb (XqXmlStream *stream, const char *element, gpointer user_data)
{
  if (strcmp (element, "cellXfs") == 0)
    ((StyleReading *) user_data)->in_cell_formats = FALSE;
}

static gboolean
read_styles (XqXlsxFile *xlsx, const char *part, GError **error)
{
  static const XqXmlHandlers handlers = { on_style_start_cb, on_style_end_cb, NULL };
  g_autoptr (GHashTable) custom = g_hash_table_new (NULL, NULL);
  StyleReading reading = { xlsx, custom, FALSE };

  if (part == NULL || xq_package_locate (&xlsx->package, part) < 0)
    return TRUE;
  return xq_xml_parse (&xlsx->package, part, &handlers, &reading, NULL, NULL, error);
}

/* -- shared strings -- */

typedef struct
{
  XqXlsxFile *xlsx;
  GString *text;
  gboolean in_text;
  guint phonetic; /* depth of elements that only tell how the text is read aloud */
  guint64 bytes;
} StringReading;

static void
on_string_start_cb (XqXmlStream *stream, const char *element, const char **attributes, gpointer user_data)
{
  StringReading *reading = user_data;

  if (strcmp (element, "si") == 0)
    g_string_truncate (reading->text, 0);
  else if (strcmp (element, "rPh") == 0)
    reading->phonetic++;
  else if (strcmp (element, "t") == 0)
    reading->in_text = reading->phonetic == 0;
}

/* Counts bytes that are going to be kept; too many end the reading. */
static gboolean
count_bytes (XqXmlStream *stream, StringReading *reading, gsize bytes)
{
  const XqSheetLimits *limits = &reading->xlsx->file.limits;

  reading->bytes += bytes;
  if (reading->text->len <= (gsize) limits->text * 4 && reading->bytes <= limits->strings)
    return TRUE;
  xq_xml_stream_refuse (stream,
                        g_strdup_printf (_ ("“%s” holds more text than a table can. Copy the rows that are "
                                            "needed into a new workbook."),
                                         reading->xlsx->file.name));
  return FALSE;
}

static void
on_string_text_cb (XqXmlStream *stream, const char *text, int length, gpointer user_data)
{
  StringReading *reading = user_data;

  if (reading->in_text && count_bytes (stream, reading, length))
    g_string_append_len (reading->text, text, length);
}

static void
on_string_end_cb (XqXmlStream *stream, const char *element, gpointer user_data)
{
  StringReading *reading = user_data;

  if (strcmp (element, "t") == 0)
    reading->in_text = FALSE;
  else if (strcmp (element, "rPh") == 0 && reading->phonetic > 0)
    reading->phonetic--;
  else if (strcmp (element, "si") == 0)
    {
      const char *text;
      gsize length;

      xq_xlsx_unescape (reading->text);
      text = reading->text->str;
      length = reading->text->len;
      xq_sheet_trim (&text, &length);
      /* A string costs its pointer too, so that millions of empty ones end as well. */
      if (count_bytes (stream, reading, sizeof (gpointer)))
        g_ptr_array_add (reading->xlsx->strings,
                         length > 0 ? g_string_chunk_insert_len (reading->xlsx->string_text, text, length)
                                    : (gpointer) "");
    }
}

gboolean
xq_xlsx_load_strings (XqXlsxFile *xlsx, const XqProgress *progress, GError **error)
{
  static const XqXmlHandlers handlers = { on_string_start_cb, on_string_end_cb, on_string_text_cb };
  g_autoptr (GString) text = g_string_new (NULL);
  StringReading reading = { xlsx, text, FALSE, 0, 0 };
  gint64 reported_at = 0;

  if (xlsx->strings != NULL)
    return TRUE;
  xlsx->strings = g_ptr_array_new ();
  xlsx->string_text = g_string_chunk_new (65536);
  if (xlsx->strings_part == NULL || xq_package_locate (&xlsx->package, xlsx->strings_part) < 0)
    return TRUE;
  if (xq_xml_parse (&xlsx->package, xlsx->strings_part, &handlers, &reading, progress, &reported_at, error))
    return TRUE;
  g_clear_pointer (&xlsx->strings, g_ptr_array_unref);
  g_clear_pointer (&xlsx->string_text, g_string_chunk_free);
  return FALSE;
}

void
xq_xlsx_unescape (GString *text)
{
  char *from = strstr (text->str, "_x"), *to = from;

  if (from == NULL)
    return;
  while (*from != '\0')
    {
      gboolean escaped = from[0] == '_' && from[1] == 'x'
                         && strspn (from + 2, "0123456789abcdefABCDEF") >= 4 && from[6] == '_';
      gunichar character
          = escaped
                ? (gunichar) g_ascii_strtoull ((char[5]){ from[2], from[3], from[4], from[5] }, NULL, 16)
                : 0;

      if (escaped && character > 0 && g_unichar_validate (character))
        {
          to += g_unichar_to_utf8 (character, to);
          from += 7;
        }
      else
        *to++ = *from++;
    }
  g_string_truncate (text, to - text->str);
}

/* -- opening -- */

static void
xlsx_close (XqSheetFile *file)
{
  XqXlsxFile *xlsx = (XqXlsxFile *) file;

  if (xlsx->package.zip != NULL)
    zip_discard (xlsx->package.zip);
  g_clear_pointer (&xlsx->styles, g_array_unref);
  g_clear_pointer (&xlsx->strings, g_ptr_array_unref);
  g_clear_pointer (&xlsx->string_text, g_string_chunk_free);
  g_free (xlsx->strings_part);
  g_free (xlsx);
}

static const XqSheetFormat xlsx_format = { "xlsx", xlsx_close, xq_xlsx_read, xq_xlsx_next, xq_xlsx_end };

static gboolean
refuse (GError **error, char *message)
{
  g_autofree char *owned = message;

  g_set_error_literal (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED, owned);
  return FALSE;
}

/* A zip, but of what? */
static gboolean
refuse_foreign_package (XqXlsxFile *xlsx, GError **error)
{
  const char *name = xlsx->file.name;

  if (xq_package_locate (&xlsx->package, "xl/workbook.bin") >= 0
      || xq_package_locate (&xlsx->package, "content.xml") >= 0)
    return refuse (error,
                   g_strdup_printf (_ ("“%s” is a workbook, but not .xlsx. Open it in Excel, WPS or "
                                       "LibreOffice, "
                                       "choose “Save As”, the type .xlsx, and then choose the new file."),
                                    name));
  if (xq_package_locate (&xlsx->package, "word/document.xml") >= 0)
    return refuse (error, g_strdup_printf (_ ("“%s” is a Word document. Copy its table into Excel or WPS, "
                                              "save it as .xlsx "
                                              "and choose that file."),
                                           name));
  return refuse (error, g_strdup_printf (_ ("“%s” is an archive, not a workbook. Unpack it and choose the "
                                            "table that is "
                                            "in it."),
                                         name));
}

static gboolean
open_zip (XqXlsxFile *xlsx, GError **error)
{
  int code = 0;

  xlsx->package.zip = zip_open (xlsx->file.path, ZIP_RDONLY, &code);
  if (xlsx->package.zip != NULL)
    return TRUE;
  if (code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_NOENT)
    {
      g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_IO, _ ("“%s” cannot be read: %s."), xlsx->file.name,
                   g_strerror (errno));
      return FALSE;
    }
  return refuse (error, g_strdup_printf (_ ("“%s” is cut off or damaged. Copy or download it again, or "
                                            "open it in Excel "
                                            "or WPS and save it anew."),
                                         xlsx->file.name));
}

static gboolean
read_workbook (XqXlsxFile *xlsx, GError **error)
{
  static const XqXmlHandlers handlers = { on_workbook_start_cb, on_end_ignored_cb, NULL };
  g_auto (Relations) top = { 0 };
  g_auto (Relations) relations = { 0 };
  g_autofree char *folder = NULL, *base = NULL, *part = NULL;
  const char *workbook;

  if (!read_relations (xlsx, "", "_rels/.rels", &top, error))
    return FALSE;
  workbook = top.office_document != NULL ? top.office_document : "xl/workbook.xml";
  if (!g_str_has_suffix (workbook, ".xml") || xq_package_locate (&xlsx->package, workbook) < 0
      || g_str_has_suffix (workbook, "document.xml"))
    return refuse_foreign_package (xlsx, error);
  folder = g_path_get_dirname (workbook);
  base = g_path_get_basename (workbook);
  part = g_strdup_printf ("%s/_rels/%s.rels", folder, base);
  if (!read_relations (xlsx, folder, part, &relations, error))
    return FALSE;
  if (!xq_xml_parse (&xlsx->package, workbook, &handlers, &(WorkbookReading){ xlsx, &relations }, NULL,
                     NULL, error))
    return FALSE;
  xlsx->strings_part = g_steal_pointer (&relations.strings);
  return read_styles (xlsx, relations.styles, error);
}

static gboolean
check_parts (XqXlsxFile *xlsx, GError **error)
{
  const XqSheetFile *file = &xlsx->file;

  if (file->sheets->len == 0)
    return refuse (error, g_strdup_printf (_ ("“%s” has no sheet with a table. Open it in Excel or WPS and "
                                              "save it as "
                                              ".xlsx."),
                                           file->name));
  for (guint i = 0; i < file->sheets->len; i++)
    if (!xq_package_check (&xlsx->package, g_array_index (file->sheets, XqSheetEntry, i).part, error))
      return FALSE;
  return xlsx->strings_part == NULL || xq_package_locate (&xlsx->package, xlsx->strings_part) < 0
         || xq_package_check (&xlsx->package, xlsx->strings_part, error);
}

XqSheetFile *
xq_xlsx_open (const char *path, const XqSheetLimits *limits, GError **error)
{
  XqXlsxFile *xlsx = g_new0 (XqXlsxFile, 1);
  g_autoptr (XqSheetFile) file = &xlsx->file;

  xq_sheet_file_init (file, &xlsx_format, path, limits);
  xlsx->styles = g_array_new (FALSE, FALSE, sizeof (guint8));
  xlsx->package.name = file->name;
  xlsx->package.limits = &file->limits;
  if (!open_zip (xlsx, error) || !read_workbook (xlsx, error) || !check_parts (xlsx, error))
    return NULL;
  return g_steal_pointer (&file);
}
