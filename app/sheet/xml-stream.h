/* One part of a workbook package as a stream of XML events, within limits; not for other rooms. */
#pragma once

#include <expat.h>
#include <zip.h>

#include "sheet/sheet-private.h"

G_BEGIN_DECLS

/* The package: an opened zip, and what its errors are to say. */
typedef struct
{
  zip_t *zip;
  const char *name;
  const XqSheetLimits *limits;
} XqPackage;

typedef struct _XqXmlStream XqXmlStream;

/* Element names come without their prefix. @attributes: name, value, … NULL. */
typedef struct
{
  void (*start) (XqXmlStream *stream, const char *element, const char **attributes, gpointer user_data);
  void (*end) (XqXmlStream *stream, const char *element, gpointer user_data);
  void (*text) (XqXmlStream *stream, const char *text, int length, gpointer user_data); /* nullable */
} XqXmlHandlers;

/* The number of a part; -1 when the package has none of that name, in any case of letters. */
gint64 xq_package_locate (const XqPackage *package, const char *part);
/* Refuses a part that is larger, or packed more densely, than a table can be. */
gboolean xq_package_check (const XqPackage *package, const char *part, GError **error);

XqXmlStream *xq_xml_stream_open (const XqPackage *package, const char *part, const XqXmlHandlers *handlers,
                                 gpointer user_data, GError **error);
void xq_xml_stream_free (XqXmlStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqXmlStream, xq_xml_stream_free)

/* Goes on until a handler pauses it or the part ends. */
gboolean xq_xml_stream_run (XqXmlStream *stream, const XqProgress *progress, gint64 *reported_at,
                            GError **error);
gboolean xq_xml_stream_at_end (const XqXmlStream *stream);
/* For handlers: stop after this event; xq_xml_stream_run() goes on from there. */
void xq_xml_stream_pause (XqXmlStream *stream);
/* For handlers: stop for good with this message. Takes @message. */
void xq_xml_stream_refuse (XqXmlStream *stream, char *message);

/* Reads a part from beginning to end. */
gboolean xq_xml_parse (const XqPackage *package, const char *part, const XqXmlHandlers *handlers,
                       gpointer user_data, const XqProgress *progress, gint64 *reported_at, GError **error);

/* The value of an attribute by its name without prefix, NULL when it is not there. */
const char *xq_xml_attribute (const char **attributes, const char *name);

G_END_DECLS
