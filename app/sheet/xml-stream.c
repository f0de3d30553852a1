#include "config.h"

#include "sheet/xml-stream.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define READ_BYTES 65536
/* One tag, comment or text reference that is longer than this is no spreadsheet's. */
#define TOKEN_BYTES (1 << 20)
/* Up to here a part may be packed as densely as it likes. */
#define FREE_BYTES (10 * 1000 * 1000)

struct _XqXmlStream
{
  XqPackage package;
  const XqXmlHandlers *handlers;
  gpointer user_data;
  zip_file_t *file;
  XML_Parser parser;
  guint64 size;
  guint64 read;
  guint64 event_at; /* what had been read at the last event */
  guint depth;
  gboolean paused;
  gboolean at_end;
  char *refusal;
};

static char *
damaged_message (const char *name)
{
  return g_strdup_printf (_ ("“%s” is cut off or damaged. Copy or download it again, or open it in Excel "
                             "or WPS "
                             "and save it anew."),
                          name);
}

static char *
too_large_message (const char *name)
{
  return g_strdup_printf (_ ("“%s” unpacks to far more than a table holds, so it was not read. Copy the "
                             "rows that "
                             "are needed into a new workbook."),
                          name);
}

static gboolean
refuse (GError **error, char *message)
{
  g_autofree char *owned = message;

  g_set_error_literal (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED, owned);
  return FALSE;
}

gint64
xq_package_locate (const XqPackage *package, const char *part)
{
  gint64 index = zip_name_locate (package->zip, part, ZIP_FL_ENC_GUESS);

  return index >= 0 ? index : zip_name_locate (package->zip, part, ZIP_FL_ENC_GUESS | ZIP_FL_NOCASE);
}

static gboolean
stat_part (const XqPackage *package, const char *part, zip_stat_t *ret_facts, GError **error)
{
  gint64 index = xq_package_locate (package, part);

  if (index < 0 || zip_stat_index (package->zip, index, 0, ret_facts) != 0)
    return refuse (error, damaged_message (package->name));
  if ((ret_facts->valid & ZIP_STAT_ENCRYPTION_METHOD) && ret_facts->encryption_method != ZIP_EM_NONE)
    return refuse (error,
                   g_strdup_printf (_ ("“%s” is protected with a password. Open it in Excel or WPS, remove "
                                       "the password, save it and choose it again."),
                                    package->name));
  if (ret_facts->size > package->limits->unpacked
      || (ret_facts->size > FREE_BYTES
          && ret_facts->size / package->limits->ratio > MAX (ret_facts->comp_size, 1)))
    return refuse (error, too_large_message (package->name));
  return TRUE;
}

gboolean
xq_package_check (const XqPackage *package, const char *part, GError **error)
{
  zip_stat_t facts;

  return stat_part (package, part, &facts, error);
}

const char *
xq_xml_attribute (const char **attributes, const char *name)
{
  for (; attributes[0] != NULL; attributes += 2)
    {
      const char *colon = strchr (attributes[0], ':');

      if (strcmp (colon != NULL ? colon + 1 : attributes[0], name) == 0)
        return attributes[1];
    }
  return NULL;
}

static const char *
local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void XMLCALL
on_start_cb (void *user_data, const char *name, const char **attributes)
{
  XqXmlStream *stream = user_data;

  stream->event_at = stream->read;
  if (stream->refusal != NULL)
    return;
  if (++stream->depth > stream->package.limits->nesting)
    xq_xml_stream_refuse (stream, damaged_message (stream->package.name));
  else
    stream->handlers->start (stream, local_name (name), attributes, stream->user_data);
}

static void XMLCALL
on_end_cb (void *user_data, const char *name)
{
  XqXmlStream *stream = user_data;

  stream->event_at = stream->read;
  if (stream->refusal != NULL)
    return;
  stream->depth--;
  stream->handlers->end (stream, local_name (name), stream->user_data);
}

static void XMLCALL
on_text_cb (void *user_data, const char *text, int length)
{
  XqXmlStream *stream = user_data;

  stream->event_at = stream->read;
  if (stream->refusal == NULL)
    stream->handlers->text (stream, text, length, stream->user_data);
}

/* No spreadsheet writes a document type; entities, outside files and their growth all begin with one. */
static void XMLCALL
on_doctype_cb (void *user_data, const char *name, const char *system, const char *public, int internal)
{
  XqXmlStream *stream = user_data;

  xq_xml_stream_refuse (
      stream, g_strdup_printf (_ ("“%s” holds references to things outside of it, which no table "
                                  "needs, so it was not read. Ask whoever sent it for a file saved "
                                  "by Excel or WPS."),
                               stream->package.name));
}

XqXmlStream *
xq_xml_stream_open (const XqPackage *package, const char *part, const XqXmlHandlers *handlers,
                    gpointer user_data, GError **error)
{
  g_autoptr (XqXmlStream) stream = NULL;
  zip_stat_t facts;

  if (!stat_part (package, part, &facts, error))
    return NULL;
  stream = g_new0 (XqXmlStream, 1);
  stream->package = *package;
  stream->handlers = handlers;
  stream->user_data = user_data;
  stream->size = facts.size;
  stream->file = zip_fopen_index (package->zip, facts.index, 0);
  if (stream->file == NULL)
    {
      refuse (error, damaged_message (package->name));
      return NULL;
    }
  stream->parser = XML_ParserCreate (NULL);
  XML_SetUserData (stream->parser, stream);
  XML_SetElementHandler (stream->parser, on_start_cb, on_end_cb);
  if (handlers->text != NULL)
    XML_SetCharacterDataHandler (stream->parser, on_text_cb);
  XML_SetStartDoctypeDeclHandler (stream->parser, on_doctype_cb);
  return g_steal_pointer (&stream);
}

void
xq_xml_stream_free (XqXmlStream *stream)
{
  g_clear_pointer (&stream->parser, XML_ParserFree);
  g_clear_pointer (&stream->file, zip_fclose);
  g_free (stream->refusal);
  g_free (stream);
}

void
xq_xml_stream_pause (XqXmlStream *stream)
{
  if (!stream->paused && stream->refusal == NULL)
    {
      stream->paused = TRUE;
      XML_StopParser (stream->parser, XML_TRUE);
    }
}

void
xq_xml_stream_refuse (XqXmlStream *stream, char *message)
{
  g_autofree char *owned = message;

  if (stream->refusal != NULL)
    return;
  stream->refusal = g_steal_pointer (&owned);
  XML_StopParser (stream->parser, XML_FALSE);
}

gboolean
xq_xml_stream_at_end (const XqXmlStream *stream)
{
  return stream->at_end;
}

/* The next bytes of the part to the parser. The sizes that a package states are not believed. */
static enum XML_Status
feed (XqXmlStream *stream)
{
  void *buffer = XML_GetBuffer (stream->parser, READ_BYTES);
  gint64 got = buffer != NULL ? zip_fread (stream->file, buffer, READ_BYTES) : -1;

  if (got < 0)
    {
      stream->refusal = damaged_message (stream->package.name);
      return XML_STATUS_ERROR;
    }
  stream->read += got;
  if (stream->read > stream->size || stream->read - stream->event_at > TOKEN_BYTES)
    {
      stream->refusal = stream->read > stream->size ? too_large_message (stream->package.name)
                                                    : damaged_message (stream->package.name);
      return XML_STATUS_ERROR;
    }
  stream->at_end = got == 0;
  return XML_ParseBuffer (stream->parser, (int) got, got == 0);
}

gboolean
xq_xml_stream_run (XqXmlStream *stream, const XqProgress *progress, gint64 *reported_at, GError **error)
{
  enum XML_Status status = XML_STATUS_OK;

  if (stream->paused)
    {
      stream->paused = FALSE;
      status = XML_ResumeParser (stream->parser);
    }
  while (status == XML_STATUS_OK && !stream->at_end)
    {
      double fraction = stream->size > 0 ? (double) stream->read / (double) stream->size : 1;

      if (!xq_sheet_step (progress, reported_at, fraction, stream->package.name, error))
        return FALSE;
      status = feed (stream);
    }
  if (status != XML_STATUS_ERROR)
    return TRUE;
  return refuse (error, stream->refusal != NULL ? g_steal_pointer (&stream->refusal)
                                                : damaged_message (stream->package.name));
}

gboolean
xq_xml_parse (const XqPackage *package, const char *part, const XqXmlHandlers *handlers, gpointer user_data,
              const XqProgress *progress, gint64 *reported_at, GError **error)
{
  g_autoptr (XqXmlStream) stream = xq_xml_stream_open (package, part, handlers, user_data, error);

  return stream != NULL && xq_xml_stream_run (stream, progress, reported_at, error);
}
