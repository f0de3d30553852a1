/* keyslots.json as text. What is read here may come from anybody. */
#include "config.h"

#include "vault/keyslots-private.h"

#include <sodium.h>
#include <string.h>

#include "vault/file.h"

#define MOST_SLOTS 8

static void
set_base64 (JsonObject *object, const char *name, const guint8 *bytes, gsize length)
{
  g_autofree char *text = g_base64_encode (bytes, length);

  json_object_set_string_member (object, name, text);
}

static gboolean
get_base64 (JsonObject *object, const char *name, guint8 *ret_bytes, gsize length)
{
  const char *text = json_object_get_string_member_with_default (object, name, "");
  gsize found;

  return sodium_base642bin (ret_bytes, length, text, strlen (text), NULL, &found, NULL,
                            sodium_base64_VARIANT_ORIGINAL)
             == 0
         && found == length;
}

static JsonObject *
slot_to_json (const XqSlot *slot)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", slot->kind);
  json_object_set_string_member (object, "kdf", "argon2id13");
  json_object_set_int_member (object, "passes", slot->key.cost.passes);
  json_object_set_int_member (object, "bytes", slot->key.cost.bytes);
  set_base64 (object, "salt", slot->key.salt, XQ_SALT_BYTES);
  json_object_set_string_member (object, "cipher", "xchacha20poly1305-ietf");
  set_base64 (object, "nonce", slot->key.nonce, XQ_NONCE_BYTES);
  set_base64 (object, "key", slot->key.wrapped, XQ_WRAPPED_BYTES);
  if (*slot->opens != '\0')
    json_object_set_string_member (object, "opens", slot->opens);
  return object;
}

char *
xq_keyslots_to_text (XqKeyslots *slots)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_string_member (object, "format", XQ_KEYSLOTS_FORMAT);
  json_object_set_int_member (object, "version", XQ_KEYSLOTS_VERSION);
  json_object_set_string_member (object, "vault", slots->vault);
  for (guint i = 0; i < slots->slots->len; i++)
    json_array_add_object_element (array, slot_to_json (g_ptr_array_index (slots->slots, i)));
  json_object_set_array_member (object, "slots", array);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return json_to_string (node, TRUE);
}

/* json-glib's getters complain on standard error about a member of another type; this one asks first. */
static gboolean
holds (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
is_word (JsonObject *object, const char *name, const char *word)
{
  return holds (object, name, G_TYPE_STRING)
         && strcmp (json_object_get_string_member (object, name), word) == 0;
}

/* The name of the key that the slot holds; slots of older vaults do not say. */
static gboolean
read_opens (JsonObject *object, char *ret_opens)
{
  const char *text;

  if (!json_object_has_member (object, "opens"))
    return TRUE;
  if (!holds (object, "opens", G_TYPE_STRING))
    return FALSE;
  text = json_object_get_string_member (object, "opens");
  if (strlen (text) != XQ_KEY_NAME_LENGTH || strspn (text, "0123456789abcdef") != XQ_KEY_NAME_LENGTH)
    return FALSE;
  g_strlcpy (ret_opens, text, XQ_KEY_NAME_LENGTH + 1);
  return TRUE;
}

static XqSlot *
slot_from_json (JsonObject *object)
{
  g_autoptr (XqSlot) slot = g_new0 (XqSlot, 1);

  if (!holds (object, "kind", G_TYPE_STRING) || !is_word (object, "kdf", "argon2id13")
      || !is_word (object, "cipher", "xchacha20poly1305-ietf") || !holds (object, "passes", G_TYPE_INT64)
      || !holds (object, "bytes", G_TYPE_INT64) || !holds (object, "salt", G_TYPE_STRING)
      || !holds (object, "nonce", G_TYPE_STRING) || !holds (object, "key", G_TYPE_STRING))
    return NULL;
  slot->key.cost.passes = json_object_get_int_member (object, "passes");
  slot->key.cost.bytes = json_object_get_int_member (object, "bytes");
  if (!xq_kdf_cost_is_allowed (&slot->key.cost)
      || !get_base64 (object, "salt", slot->key.salt, XQ_SALT_BYTES)
      || !get_base64 (object, "nonce", slot->key.nonce, XQ_NONCE_BYTES)
      || !get_base64 (object, "key", slot->key.wrapped, XQ_WRAPPED_BYTES) || !read_opens (object, slot->opens))
    return NULL;
  slot->kind = g_strdup (json_object_get_string_member (object, "kind"));
  return g_steal_pointer (&slot);
}

static XqKeyslots *
keyslots_from_json (JsonObject *object)
{
  g_autoptr (XqKeyslots) slots = NULL;
  JsonNode *member = json_object_get_member (object, "slots");
  JsonArray *array;

  if (!is_word (object, "format", XQ_KEYSLOTS_FORMAT) || !holds (object, "version", G_TYPE_INT64)
      || json_object_get_int_member (object, "version") != XQ_KEYSLOTS_VERSION || !holds (object, "vault", G_TYPE_STRING)
      || member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    return NULL;
  array = json_node_get_array (member);
  if (json_array_get_length (array) == 0 || json_array_get_length (array) > MOST_SLOTS)
    return NULL;
  slots = xq_keyslots_named (json_object_get_string_member (object, "vault"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      XqSlot *slot = JSON_NODE_HOLDS_OBJECT (element) ? slot_from_json (json_node_get_object (element)) : NULL;

      if (slot == NULL)
        return NULL;
      g_ptr_array_add (slots->slots, slot);
    }
  return g_steal_pointer (&slots);
}

XqKeyslots *
xq_keyslots_parse (const char *text, gsize length)
{
  g_autoptr (JsonNode) node = xq_json_parse (text, length);

  return node != NULL ? keyslots_from_json (json_node_get_object (node)) : NULL;
}
