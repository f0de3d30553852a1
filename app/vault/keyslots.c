#include "config.h"

#include "vault/keyslots.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "vault/database-private.h"
#include "vault/file.h"

#define FORMAT      "xinqiao-keyslots"
#define VERSION     1
#define MOST_SLOTS  8
#define MOST_BYTES  65536
#define KIND_PASSWORD "password"

struct _XqKeyslots
{
  char *vault;
  GPtrArray *slots;
};

typedef struct
{
  char *kind;
  XqWrappedKey key;
} Slot;

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  g_free (slot->kind);
  g_free (slot);
}

static XqKeyslots *
keyslots_named (const char *vault)
{
  XqKeyslots *slots = g_new0 (XqKeyslots, 1);

  slots->vault = g_strdup (vault);
  slots->slots = g_ptr_array_new_with_free_func (slot_free);
  return slots;
}

XqKeyslots *
xq_keyslots_new (void)
{
  guint8 bytes[16];
  char name[2 * sizeof bytes + 1];

  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2hex (name, sizeof name, bytes, sizeof bytes);
  return keyslots_named (name);
}

void
xq_keyslots_free (XqKeyslots *slots)
{
  if (slots == NULL)
    return;
  g_ptr_array_unref (slots->slots);
  g_free (slots->vault);
  g_free (slots);
}

/* What is authenticated beside the key, so that no slot can be moved, weakened or renamed. */
static char *
context_of (const char *vault, const char *kind, const XqKdfCost *cost)
{
  return g_strdup_printf ("%s/%d/%s/%s/argon2id13/%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, FORMAT, VERSION,
                          vault, kind, cost->passes, cost->bytes);
}

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
slot_to_json (const Slot *slot)
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
  return object;
}

static char *
keyslots_to_text (XqKeyslots *slots)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", VERSION);
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

static Slot *
slot_from_json (JsonObject *object)
{
  g_autofree Slot *slot = g_new0 (Slot, 1);

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
      || !get_base64 (object, "key", slot->key.wrapped, XQ_WRAPPED_BYTES))
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

  if (!is_word (object, "format", FORMAT) || !holds (object, "version", G_TYPE_INT64)
      || json_object_get_int_member (object, "version") != VERSION || !holds (object, "vault", G_TYPE_STRING)
      || member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    return NULL;
  array = json_node_get_array (member);
  if (json_array_get_length (array) == 0 || json_array_get_length (array) > MOST_SLOTS)
    return NULL;
  slots = keyslots_named (json_object_get_string_member (object, "vault"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      Slot *slot = JSON_NODE_HOLDS_OBJECT (element) ? slot_from_json (json_node_get_object (element)) : NULL;

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

static XqKeyslots *
load_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (JsonNode) node = xq_file_read_json (path, MOST_BYTES);

  return node != NULL ? keyslots_from_json (json_node_get_object (node)) : NULL;
}

XqKeyslots *
xq_keyslots_load (const char *folder, GError **error)
{
  XqKeyslots *slots = load_file (folder, "keyslots.json");

  if (slots == NULL)
    slots = load_file (folder, "keyslots.json.bak");
  if (slots == NULL)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED,
                 _ ("“%s/keyslots.json” is missing or damaged, so no password can open the vault. The recovery code still does: choose “Forgot password”."),
                 folder);
  return slots;
}

static gboolean
save_file (XqKeyslots *slots, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = keyslots_to_text (slots);

  return xq_file_write (path, text, error);
}

gboolean
xq_keyslots_prepare (XqKeyslots *slots, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "keyslots.json", NULL);
  g_autofree char *text = keyslots_to_text (slots);

  return xq_file_prepare (path, text, error);
}

gboolean
xq_keyslots_finish (XqKeyslots *slots, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "keyslots.json", NULL);
  g_autofree char *second = g_build_filename (folder, "keyslots.json.bak", NULL);

  if (!xq_file_finish (path, error))
    return FALSE;
  if (!save_file (slots, folder, "keyslots.json.bak", NULL))
    g_unlink (second);
  return TRUE;
}

void
xq_keyslots_forget (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "keyslots.json", NULL);

  xq_file_forget (path);
}

static void
mend_file (XqKeyslots *slots, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *wanted = keyslots_to_text (slots);
  g_autofree char *found = NULL;

  /* A folder that may only be read stays as it is: the vault opens without. */
  if (!g_file_get_contents (path, &found, NULL, NULL) || strcmp (found, wanted) != 0)
    save_file (slots, folder, name, NULL);
}

void
xq_keyslots_mend (XqKeyslots *slots, const char *folder)
{
  mend_file (slots, folder, "keyslots.json");
  mend_file (slots, folder, "keyslots.json.bak");
}

static void
remove_slots_of_kind (XqKeyslots *slots, const char *kind)
{
  for (guint i = slots->slots->len; i > 0; i--)
    {
      const Slot *slot = g_ptr_array_index (slots->slots, i - 1);

      if (strcmp (slot->kind, kind) == 0)
        g_ptr_array_remove_index (slots->slots, i - 1);
    }
}

static void
set_no_memory (GError **error)
{
  g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                       _ ("There is not enough free memory to check the password. Close other programs and try again."));
}

gboolean
xq_keyslots_set_password (XqKeyslots *slots, XqSecret *key, XqSecret *password, GError **error)
{
  XqKdfCost cost = xq_kdf_cost_measure ();
  g_autofree char *context = context_of (slots->vault, KIND_PASSWORD, &cost);
  XqWrappedKey wrapped;
  Slot *slot;

  if (!xq_key_wrap (key, password, &cost, context, &wrapped))
    {
      set_no_memory (error);
      return FALSE;
    }
  slot = g_new0 (Slot, 1);
  slot->kind = g_strdup (KIND_PASSWORD);
  slot->key = wrapped;
  remove_slots_of_kind (slots, KIND_PASSWORD);
  g_ptr_array_insert (slots->slots, 0, slot);
  return TRUE;
}

XqSecret *
xq_keyslots_unwrap (XqKeyslots *slots, XqSecret *password, GError **error)
{
  for (guint i = 0; i < slots->slots->len; i++)
    {
      const Slot *slot = g_ptr_array_index (slots->slots, i);
      g_autofree char *context = context_of (slots->vault, slot->kind, &slot->key.cost);
      gboolean no_memory = FALSE;
      XqSecret *key = xq_key_unwrap (&slot->key, password, context, &no_memory);

      if (key != NULL)
        return key;
      if (no_memory)
        {
          set_no_memory (error);
          return NULL;
        }
    }
  g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                       _ ("The password is not right. Check Caps Lock and the input method, and try again."));
  return NULL;
}
