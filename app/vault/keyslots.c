#include "config.h"

#include "vault/keyslots-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "vault/database-private.h"

void
xq_slot_free (XqSlot *slot)
{
  if (slot == NULL)
    return;
  g_free (slot->kind);
  g_free (slot);
}

XqKeyslots *
xq_keyslots_named (const char *vault)
{
  XqKeyslots *slots = g_new0 (XqKeyslots, 1);

  slots->vault = g_strdup (vault);
  slots->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_slot_free);
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
  return xq_keyslots_named (name);
}

XqKeyslots *
xq_keyslots_new_like (XqKeyslots *slots)
{
  return xq_keyslots_named (slots->vault);
}

const char *
xq_keyslots_vault (XqKeyslots *slots)
{
  return slots->vault;
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
  return g_strdup_printf ("%s/%d/%s/%s/argon2id13/%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, XQ_KEYSLOTS_FORMAT,
                          XQ_KEYSLOTS_VERSION, vault, kind, cost->passes, cost->bytes);
}

static XqSlot *
slot_of (XqKeyslots *slots, guint index)
{
  return g_ptr_array_index (slots->slots, index);
}

gboolean
xq_keyslots_remove (XqKeyslots *slots, const char *kind)
{
  guint before = slots->slots->len;

  for (guint i = before; i > 0; i--)
    if (g_str_equal (slot_of (slots, i - 1)->kind, kind))
      g_ptr_array_remove_index (slots->slots, i - 1);
  return slots->slots->len < before;
}

gboolean
xq_keyslots_has (XqKeyslots *slots, const char *kind)
{
  for (guint i = 0; i < slots->slots->len; i++)
    if (g_str_equal (slot_of (slots, i)->kind, kind))
      return TRUE;
  return FALSE;
}

char **
xq_keyslots_kinds (XqKeyslots *slots)
{
  g_autoptr (GStrvBuilder) kinds = g_strv_builder_new ();

  for (guint i = 0; i < slots->slots->len; i++)
    g_strv_builder_add (kinds, slot_of (slots, i)->kind);
  return g_strv_builder_end (kinds);
}

void
xq_keyslots_name_key (XqKeyslots *slots, XqSecret *key)
{
  for (guint i = 0; i < slots->slots->len; i++)
    if (*slot_of (slots, i)->opens == '\0')
      xq_key_name (key, slot_of (slots, i)->opens);
}

gboolean
xq_keyslots_have_two_keys (XqKeyslots *slots)
{
  for (guint i = 1; i < slots->slots->len; i++)
    if (!g_str_equal (slot_of (slots, i)->opens, slot_of (slots, 0)->opens))
      return TRUE;
  return FALSE;
}

void
xq_keyslots_keep (XqKeyslots *slots, XqSecret *key)
{
  char name[XQ_KEY_NAME_LENGTH + 1];

  xq_key_name (key, name);
  for (guint i = slots->slots->len; i > 0; i--)
    {
      const XqSlot *slot = slot_of (slots, i - 1);

      if (*slot->opens != '\0' && !g_str_equal (slot->opens, name))
        g_ptr_array_remove_index (slots->slots, i - 1);
    }
}

void
xq_keyslots_add_all (XqKeyslots *slots, XqKeyslots *others)
{
  for (guint i = 0; i < others->slots->len; i++)
    {
      XqSlot *slot = g_memdup2 (slot_of (others, i), sizeof (XqSlot));

      slot->kind = g_strdup (slot->kind);
      g_ptr_array_add (slots->slots, slot);
    }
}

static void
set_no_memory (GError **error)
{
  g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                       _ ("There is not enough free memory to check the password. Close other programs and try again."));
}

gboolean
xq_keyslots_set (XqKeyslots *slots, const char *kind, XqSecret *key, XqSecret *password, GError **error)
{
  XqKdfCost cost = xq_kdf_cost_measure ();
  g_autofree char *context = context_of (slots->vault, kind, &cost);
  XqWrappedKey wrapped;
  XqSlot *slot;

  if (!xq_key_wrap (key, password, &cost, context, &wrapped))
    {
      set_no_memory (error);
      return FALSE;
    }
  slot = g_new0 (XqSlot, 1);
  slot->kind = g_strdup (kind);
  slot->key = wrapped;
  xq_key_name (key, slot->opens);
  xq_keyslots_remove (slots, kind);
  /* The counsellor's goes first: it is the one that is tried every day. */
  g_ptr_array_insert (slots->slots, g_str_equal (kind, XQ_SLOT_PASSWORD) ? 0 : -1, slot);
  return TRUE;
}

/* NULL when @slot is not this password's, or is damaged. */
static XqSecret *
unwrap_slot (XqKeyslots *slots, const XqSlot *slot, XqSecret *password, gboolean *ret_no_memory)
{
  g_autofree char *context = context_of (slots->vault, slot->kind, &slot->key.cost);
  g_autoptr (XqSecret) key = xq_key_unwrap (&slot->key, password, context, ret_no_memory);
  char name[XQ_KEY_NAME_LENGTH + 1];

  if (key == NULL || *slot->opens == '\0')
    return g_steal_pointer (&key);
  /* The name is not authenticated with the key; it proves itself. */
  xq_key_name (key, name);
  return g_str_equal (name, slot->opens) ? g_steal_pointer (&key) : NULL;
}

XqSecret *
xq_keyslots_open (XqKeyslots *slots, XqSecret *password, const XqKeyQuestion *question, const char **ret_kind,
                  GError **error)
{
  for (guint i = 0; i < slots->slots->len; i++)
    {
      const XqSlot *slot = slot_of (slots, i);
      gboolean no_memory = FALSE;
      g_autoptr (XqSecret) key = NULL;

      if (question->kind != NULL && !g_str_equal (question->kind, slot->kind))
        continue;
      key = unwrap_slot (slots, slot, password, &no_memory);
      if (key != NULL && (question->fits == NULL || question->fits (key, question->user_data)))
        {
          if (ret_kind != NULL)
            *ret_kind = slot->kind;
          return g_steal_pointer (&key);
        }
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

XqSecret *
xq_keyslots_unwrap (XqKeyslots *slots, XqSecret *password, GError **error)
{
  const XqKeyQuestion any = { NULL, NULL, NULL };

  return xq_keyslots_open (slots, password, &any, NULL, error);
}
