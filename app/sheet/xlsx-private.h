/* An opened workbook; shared by the two files that read one. */
#pragma once

#include "sheet/xml-stream.h"

G_BEGIN_DECLS

typedef struct
{
  XqSheetFile file;
  XqPackage package;
  gboolean from_1904;
  GArray *styles;  /* of guint8, an XqNumberKind for each cell format */
  char *strings_part;
  GStringChunk *string_text;
  GPtrArray *strings; /* of const char *; NULL until a sheet needs them */
} XqXlsxFile;

/* Reads the shared strings unless they have been read. */
gboolean xq_xlsx_load_strings (XqXlsxFile *xlsx, const XqProgress *progress, GError **error);
/* Turns "_x000D_" into what it stands for. */
void xq_xlsx_unescape (GString *text);

XqSheetReader *xq_xlsx_read (XqSheetFile *file, guint sheet, GError **error);
const XqSheetRow *xq_xlsx_next (XqSheetReader *reader, GError **error);
void xq_xlsx_end (XqSheetReader *reader);

G_END_DECLS
