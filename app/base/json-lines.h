/* JSON that remembers on which line each value began, so that a checker of definitions can say which line is
 * wrong. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _XqJsonLines XqJsonLines;

/**
 * xq_json_lines_parse:
 * @text: the JSON
 * @name: what messages call it
 * @error: XQ_BASE_ERROR: names @name, the line and what is wrong
 *
 * Reads @text, whose outermost value must be an object.
 *
 * Returns: (transfer full): the document with its lines
 */
XqJsonLines *xq_json_lines_parse (const char *text, const char *name, GError **error);
void xq_json_lines_free (XqJsonLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqJsonLines, xq_json_lines_free)

/* The outermost object. (transfer none) */
JsonObject *xq_json_lines_root (XqJsonLines *lines);
/* The line on which @object began, from 1; 0 for one that is not of this document. */
int xq_json_lines_of (XqJsonLines *lines, JsonObject *object);
/* The line of a member's value; that of @object when it has no such member. */
int xq_json_lines_of_member (XqJsonLines *lines, JsonObject *object, const char *member);

G_END_DECLS
