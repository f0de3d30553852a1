#include "config.h"

#include "base/words.h"

#include <string.h>

#include "base/i18n.h"

static char *
dup_member (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return g_strdup (json_node_get_string (node));
}

void
xq_words_read (JsonObject *object, XqWords *ret_words)
{
  ret_words->en = dup_member (object, "en");
  ret_words->zh_CN = dup_member (object, "zh_CN");
  ret_words->zh_TW = dup_member (object, "zh_TW");
}

void
xq_words_clear (XqWords *words)
{
  g_clear_pointer (&words->en, g_free);
  g_clear_pointer (&words->zh_CN, g_free);
  g_clear_pointer (&words->zh_TW, g_free);
}

static const char *
first_of (const char *a, const char *b, const char *c)
{
  if (a != NULL)
    return a;
  if (b != NULL)
    return b;
  return c != NULL ? c : "";
}

const char *
xq_words_get (const XqWords *words)
{
  const char *language = xq_i18n_language ();

  if (strcmp (language, "zh_CN") == 0)
    return first_of (words->zh_CN, words->zh_TW, words->en);
  if (strcmp (language, "zh_TW") == 0)
    return first_of (words->zh_TW, words->zh_CN, words->en);
  return first_of (words->en, words->zh_CN, words->zh_TW);
}

gboolean
xq_words_is_empty (const XqWords *words)
{
  return words->en == NULL && words->zh_CN == NULL && words->zh_TW == NULL;
}

JsonNode *
xq_words_to_json (const XqWords *words)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (words->en != NULL)
    json_object_set_string_member (object, "en", words->en);
  if (words->zh_CN != NULL)
    json_object_set_string_member (object, "zh_CN", words->zh_CN);
  if (words->zh_TW != NULL)
    json_object_set_string_member (object, "zh_TW", words->zh_TW);
  json_node_take_object (node, object);
  return node;
}
