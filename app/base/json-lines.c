#include "config.h"

#include "base/json-lines.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

struct _XqJsonLines
{
  JsonNode *root;
  GHashTable *lines; /* JsonObject, JsonArray or a plain value's JsonNode → line */
  GArray *open;      /* lines of the objects and arrays that have begun and not ended */
};

static void
on_started_cb (XqJsonLines *lines, JsonParser *parser)
{
  int line = json_parser_get_current_line (parser);

  g_array_append_val (lines->open, line);
}

static void
on_member_cb (XqJsonLines *lines, JsonObject *object, const char *member, JsonParser *parser)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && (JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node)))
    g_hash_table_insert (lines->lines, node, GINT_TO_POINTER (json_parser_get_current_line (parser)));
}

static void
on_ended_cb (XqJsonLines *lines, gpointer object, JsonParser *parser)
{
  int line = g_array_index (lines->open, int, lines->open->len - 1);

  g_array_set_size (lines->open, lines->open->len - 1);
  g_hash_table_insert (lines->lines, object, GINT_TO_POINTER (line));
}

void
xq_json_lines_free (XqJsonLines *lines)
{
  g_clear_pointer (&lines->root, json_node_unref);
  g_hash_table_unref (lines->lines);
  g_array_unref (lines->open);
  g_free (lines);
}

XqJsonLines *
xq_json_lines_parse (const char *text, const char *name, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (XqJsonLines) lines = g_new0 (XqJsonLines, 1);
  g_autoptr (GError) reason = NULL;

  lines->lines = g_hash_table_new (NULL, NULL);
  lines->open = g_array_new (FALSE, FALSE, sizeof (int));
  g_signal_connect_swapped (parser, "object-start", G_CALLBACK (on_started_cb), lines);
  g_signal_connect_swapped (parser, "object-end", G_CALLBACK (on_ended_cb), lines);
  g_signal_connect_swapped (parser, "array-start", G_CALLBACK (on_started_cb), lines);
  g_signal_connect_swapped (parser, "array-end", G_CALLBACK (on_ended_cb), lines);
  g_signal_connect_swapped (parser, "object-member", G_CALLBACK (on_member_cb), lines);
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED, _ ("“%s” is not UTF-8 text."), name);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, -1, &reason))
    {
      int line = 0;
      const char *what = strstr (reason->message, "error: ");

      /* The parser says "<data>:12:3: Parse error: what is wrong". */
      sscanf (reason->message, "<data>:%d:", &line);
      g_set_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED, _ ("“%s”, line %d: not valid JSON (%s)."), name, line,
                   what != NULL ? what + strlen ("error: ") : reason->message);
      return NULL;
    }
  lines->root = json_parser_steal_root (parser);
  if (lines->root == NULL || !JSON_NODE_HOLDS_OBJECT (lines->root))
    {
      g_set_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED, _ ("“%s” must be one JSON object."), name);
      return NULL;
    }
  return g_steal_pointer (&lines);
}

JsonObject *
xq_json_lines_root (XqJsonLines *lines)
{
  return json_node_get_object (lines->root);
}

int
xq_json_lines_of (XqJsonLines *lines, JsonObject *object)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (lines->lines, object));
}

int
xq_json_lines_of_member (XqJsonLines *lines, JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  gpointer key = node;

  if (node == NULL)
    return xq_json_lines_of (lines, object);
  if (JSON_NODE_HOLDS_OBJECT (node))
    key = json_node_get_object (node);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    key = json_node_get_array (node);
  return GPOINTER_TO_INT (g_hash_table_lookup (lines->lines, key));
}
