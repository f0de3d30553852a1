/* What a command answers: one JSON document with `--json`, a table or lines otherwise.
 *
 * A command builds JSON objects only; the columns beside it say which of their members a person reads, and
 * under which title. Rows of a list are written as they come: a million of them take no memory. */
#pragma once

#include "base/field.h"

G_BEGIN_DECLS

/**
 * XqColumn:
 * @member: "code", or "person.name" for a member of a member
 * @title: msgid of its heading
 * @values: (nullable): the choice whose labels are shown for its ids
 */
typedef struct
{
  const char *member;
  const char *title;
  const XqChoice *values;
} XqColumn;

typedef struct
{
  gboolean json;
  /*< private >*/
  const XqColumn *columns;
  GPtrArray *waiting; /* of GStrv: rows held back until the columns' widths are known; NULL afterwards */
  GArray *widths;
  gint64 rows;
} XqOutput;

/* A list: begin, any number of rows (each taken), end. @columns ends with one without a member. */
void xq_output_begin (XqOutput *output, const XqColumn *columns);
void xq_output_row (XqOutput *output, JsonObject *row);
void xq_output_end (XqOutput *output);

/* A list in one go; @rows (transfer full) holds objects only. */
void xq_output_rows (XqOutput *output, JsonArray *rows, const XqColumn *columns);
/* One object (transfer full); as text, a line for each of @columns, or for every member without @columns. */
void xq_output_object (XqOutput *output, JsonObject *object, const XqColumn *columns);
/* The same of what a room answered: %NULL (it failed, its error stands) is FALSE. */
gboolean xq_output_list_node (XqOutput *output, JsonNode *rows, const XqColumn *columns);
gboolean xq_output_object_node (XqOutput *output, JsonNode *object, const XqColumn *columns);
gboolean xq_output_record (XqOutput *output, JsonObject *object, const XqColumn *columns);
/* Any document (transfer full), told as text by @text where the output is not JSON. */
void xq_output_node (XqOutput *output, JsonNode *node, const char *text);

/* FALSE with XQ_ERROR_IO when standard output did not take everything. */
gboolean xq_output_flush (GError **error);

G_END_DECLS
