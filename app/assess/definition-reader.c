#include "config.h"

#include "assess/definition-reader.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_names[] = {
  [XQ_MEMBER_TEXT] = N_ ("a text"),         [XQ_MEMBER_WHOLE] = N_ ("a whole number"),
  [XQ_MEMBER_NUMBER] = N_ ("a number"),     [XQ_MEMBER_BOOLEAN] = N_ ("true or false"),
  [XQ_MEMBER_OBJECT] = N_ ("an object {…}"), [XQ_MEMBER_LIST] = N_ ("a list […]"),
  [XQ_MEMBER_WORDS] = N_ ("a text or an object {…} of words by language"),
};

void
xq_problem_free (XqProblem *problem)
{
  g_free (problem->what);
  g_free (problem);
}

void
xq_reader_problem (XqReader *reader, JsonObject *where, const char *member, const char *format, ...)
{
  XqProblem *problem = g_new0 (XqProblem, 1);
  va_list arguments;

  va_start (arguments, format);
  problem->what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  problem->line = member != NULL ? xq_json_lines_of_member (reader->lines, where, member)
                                 : xq_json_lines_of (reader->lines, where);
  g_ptr_array_add (reader->problems, problem);
}

static gboolean
node_is_number (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  return json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE;
}

static gboolean
node_is_whole (JsonNode *node)
{
  return node_is_number (node) && json_node_get_double (node) == floor (json_node_get_double (node))
         && ABS (json_node_get_double (node)) <= G_MAXINT32;
}

static gboolean
node_is (JsonNode *node, XqMemberKind kind)
{
  switch (kind)
    {
    case XQ_MEMBER_TEXT:
      return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             && *json_node_get_string (node) != '\0';
    case XQ_MEMBER_WHOLE:
      return node_is_whole (node);
    case XQ_MEMBER_NUMBER:
      return node_is_number (node);
    case XQ_MEMBER_BOOLEAN:
      return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
    case XQ_MEMBER_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node);
    case XQ_MEMBER_WORDS:
      return node_is (node, XQ_MEMBER_TEXT) || node_is (node, XQ_MEMBER_OBJECT);
    case XQ_MEMBER_LIST:
    default:
      return JSON_NODE_HOLDS_ARRAY (node);
    }
}

static const XqMember *
find_member (const XqMember *members, const char *name)
{
  for (; members->name != NULL; members++)
    if (strcmp (members->name, name) == 0)
      return members;
  return NULL;
}

static void
report_unknown (XqReader *reader, JsonObject *object, const char *name, const XqMember *members)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (; members->name != NULL; members++)
    g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", members->name);
  xq_reader_problem (reader, object, name, _ ("“%s” is not known here; known are: %s."), name, known->str);
}

void
xq_reader_check_members (XqReader *reader, JsonObject *object, const XqMember *members)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const XqMember *member = find_member (members, name);

      if (member == NULL)
        report_unknown (reader, object, name, members);
      else if (!node_is (node, member->kind))
        xq_reader_problem (reader, object, name, _ ("“%s” must be %s."), name, _ (kind_names[member->kind]));
    }
  for (; members->name != NULL; members++)
    if (members->required && !json_object_has_member (object, members->name))
      xq_reader_problem (reader, object, NULL, _ ("“%s” is missing; it must be %s."), members->name,
                         _ (kind_names[members->kind]));
}

static JsonNode *
member_of_kind (JsonObject *object, const char *member, XqMemberKind kind)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && node_is (node, kind) ? node : NULL;
}

const char *
xq_reader_text (JsonObject *object, const char *member)
{
  JsonNode *node = member_of_kind (object, member, XQ_MEMBER_TEXT);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gboolean
xq_reader_number (JsonObject *object, const char *member, double *ret_value)
{
  JsonNode *node = member_of_kind (object, member, XQ_MEMBER_NUMBER);

  if (node != NULL)
    *ret_value = json_node_get_double (node);
  return node != NULL;
}

gboolean
xq_reader_whole (JsonObject *object, const char *member, gint64 *ret_value)
{
  JsonNode *node = member_of_kind (object, member, XQ_MEMBER_WHOLE);

  if (node != NULL)
    *ret_value = (gint64) json_node_get_double (node);
  return node != NULL;
}

gboolean
xq_reader_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = member_of_kind (object, member, XQ_MEMBER_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

JsonObject *
xq_reader_object (JsonObject *object, const char *member)
{
  JsonNode *node = member_of_kind (object, member, XQ_MEMBER_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

JsonArray *
xq_reader_list (JsonObject *object, const char *member)
{
  JsonNode *node = member_of_kind (object, member, XQ_MEMBER_LIST);

  return node != NULL ? json_node_get_array (node) : NULL;
}

/* @node is @member of @object, or one of the elements of it. */
static void
read_words (XqReader *reader, JsonObject *object, const char *member, JsonNode *node, XqWords *ret_words)
{
  static const XqMember members[] = {
    { "en", XQ_MEMBER_TEXT, FALSE },
    { "zh_CN", XQ_MEMBER_TEXT, FALSE },
    { "zh_TW", XQ_MEMBER_TEXT, FALSE },
    { NULL },
  };

  xq_words_clear (ret_words);
  if (node_is (node, XQ_MEMBER_TEXT))
    {
      ret_words->en = json_node_dup_string (node);
      return;
    }
  xq_reader_check_members (reader, json_node_get_object (node), members);
  xq_words_read (json_node_get_object (node), ret_words);
  if (xq_words_is_empty (ret_words))
    xq_reader_problem (reader, object, member, _ ("“%s” needs words in one language at least."), member);
}

void
xq_reader_words (XqReader *reader, JsonObject *object, const char *member, XqWords *ret_words)
{
  JsonNode *node = member_of_kind (object, member, XQ_MEMBER_WORDS);

  if (node != NULL)
    read_words (reader, object, member, node, ret_words);
}

XqWords *
xq_reader_words_list (XqReader *reader, JsonObject *object, const char *member, guint *ret_length)
{
  JsonArray *list = xq_reader_list (object, member);
  guint length = list != NULL ? json_array_get_length (list) : 0;
  XqWords *words = g_new0 (XqWords, length);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (node_is (node, XQ_MEMBER_WORDS))
        read_words (reader, object, member, node, &words[i]);
      else
        xq_reader_problem (reader, object, member,
                           _ ("“%s” must be a list of texts or of words by language {…}; number %u is neither."), member,
                           i + 1);
    }
  *ret_length = length;
  return words;
}

GPtrArray *
xq_reader_objects (XqReader *reader, JsonObject *object, const char *member)
{
  GPtrArray *objects = g_ptr_array_new ();
  JsonArray *list = xq_reader_list (object, member);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (objects, json_node_get_object (node));
      else
        xq_reader_problem (reader, object, member, _ ("“%s” must be a list of objects {…}; number %u is none."),
                           member, i + 1);
    }
  return objects;
}

char **
xq_reader_texts (XqReader *reader, JsonObject *object, const char *member)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonArray *list = xq_reader_list (object, member);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (node_is (node, XQ_MEMBER_TEXT))
        g_strv_builder_add (texts, json_node_get_string (node));
      else
        xq_reader_problem (reader, object, member, _ ("“%s” must be a list of texts; number %u is none."), member,
                           i + 1);
    }
  return g_strv_builder_end (texts);
}

/* "10-17", or one number. */
static gboolean
read_range (JsonNode *node, int *ret_first, int *ret_last)
{
  char rest;

  if (node_is (node, XQ_MEMBER_WHOLE))
    {
      *ret_first = *ret_last = (int) json_node_get_double (node);
      return TRUE;
    }
  return node_is (node, XQ_MEMBER_TEXT)
         && sscanf (json_node_get_string (node), "%d-%d%c", ret_first, ret_last, &rest) == 2
         && *ret_first <= *ret_last;
}

GArray *
xq_reader_items (XqReader *reader, JsonObject *object, const char *member, guint n_items)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (int));
  JsonArray *list = xq_reader_list (object, member);
  g_autofree gboolean *seen = g_new0 (gboolean, n_items + 1);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      int first, last;

      if (!read_range (json_array_get_element (list, i), &first, &last))
        {
          xq_reader_problem (reader, object, member,
                             _ ("“%s” must be a list of item numbers like [1, 3, \"5-9\"]."), member);
          continue;
        }
      if (first < 1 || last > (int) n_items)
        {
          xq_reader_problem (reader, object, member, _ ("“%s” names item %d, but there are items 1 to %u."), member,
                             first < 1 ? first : last, n_items);
          continue;
        }
      for (int item = first; item <= last; item++)
        {
          if (seen[item])
            xq_reader_problem (reader, object, member, _ ("“%s” names item %d twice."), member, item);
          seen[item] = TRUE;
          g_array_append_val (items, item);
        }
    }
  return items;
}

static gboolean
is_id (const char *text)
{
  if (!g_ascii_isalnum (*text))
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && *text != '_')
      return FALSE;
  return TRUE;
}

const char *
xq_reader_id (XqReader *reader, JsonObject *object, const char *member, GHashTable *seen)
{
  const char *id = xq_reader_text (object, member);

  if (id == NULL)
    return NULL;
  if (!is_id (id))
    {
      xq_reader_problem (reader, object, member, _ ("“%s” is no id: letters a–z, digits and “_” only."), id);
      return NULL;
    }
  if (seen != NULL && !g_hash_table_add (seen, (gpointer) id))
    xq_reader_problem (reader, object, member, _ ("The id “%s” is used twice."), id);
  return id;
}

int
xq_reader_choice (XqReader *reader, JsonObject *object, const char *member, const char *const *choices)
{
  const char *text = xq_reader_text (object, member);
  g_autofree char *list = NULL;

  if (text == NULL)
    return -1;
  for (int i = 0; choices[i] != NULL; i++)
    if (strcmp (choices[i], text) == 0)
      return i;
  list = g_strjoinv (", ", (char **) choices);
  xq_reader_problem (reader, object, member, _ ("“%s” is not known as “%s”; known are: %s."), text, member, list);
  return -1;
}
