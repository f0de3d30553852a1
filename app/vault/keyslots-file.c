/* keyslots.json and its copy on the disk. */
#include "config.h"

#include "vault/keyslots-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "vault/database-private.h"
#include "vault/file.h"

#define MOST_BYTES 65536
#define FIRST      "keyslots.json"
#define SECOND     "keyslots.json.bak"

static XqKeyslots *
load_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  gsize length;

  return xq_file_read (path, MOST_BYTES, &text, &length) ? xq_keyslots_parse (text, length) : NULL;
}

static XqSlotsState
state_of (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (XqKeyslots) slots = load_file (folder, name);

  if (slots != NULL)
    return XQ_SLOTS_SOUND;
  return g_file_test (path, G_FILE_TEST_EXISTS) ? XQ_SLOTS_DAMAGED : XQ_SLOTS_MISSING;
}

XqSlotsState
xq_keyslots_state (const char *folder)
{
  return state_of (folder, FIRST);
}

char *
xq_vault_keyslots_advice (const char *folder, gboolean *ret_password_opens)
{
  XqSlotsState first = state_of (folder, FIRST);
  gboolean copied = first != XQ_SLOTS_SOUND && state_of (folder, SECOND) == XQ_SLOTS_SOUND;

  if (ret_password_opens != NULL)
    *ret_password_opens = first == XQ_SLOTS_SOUND || copied;
  if (first == XQ_SLOTS_SOUND)
    return NULL;
  if (copied)
    return g_strdup (first == XQ_SLOTS_MISSING
                       ? _ ("The file “keyslots.json” is missing. Its copy stands in: open with your password as always, and the file is written anew.")
                       : _ ("The file “keyslots.json” is damaged. Its copy stands in: open with your password as always, and the file is written anew."));
  return g_strdup (first == XQ_SLOTS_MISSING
                     ? _ ("The file “keyslots.json” is missing, and its copy cannot be used either: no password can open this vault. The recovery code still does, and sets a new password. Nothing else is lost.")
                     : _ ("The file “keyslots.json” is damaged, and its copy cannot be used either: no password can open this vault. The recovery code still does, and sets a new password. Nothing else is lost."));
}

XqKeyslots *
xq_keyslots_load (const char *folder, GError **error)
{
  XqKeyslots *slots = load_file (folder, FIRST);

  if (slots == NULL)
    slots = load_file (folder, SECOND);
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
  g_autofree char *text = xq_keyslots_to_text (slots);

  return xq_file_write (path, text, error);
}

gboolean
xq_keyslots_prepare (XqKeyslots *slots, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, FIRST, NULL);
  g_autofree char *text = xq_keyslots_to_text (slots);

  return xq_file_prepare (path, text, error);
}

gboolean
xq_keyslots_finish (XqKeyslots *slots, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, FIRST, NULL);
  g_autofree char *second = g_build_filename (folder, SECOND, NULL);

  if (!xq_file_finish (path, error))
    return FALSE;
  if (!save_file (slots, folder, SECOND, NULL))
    g_unlink (second);
  return TRUE;
}

void
xq_keyslots_forget (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FIRST, NULL);

  xq_file_forget (path);
}

static void
mend_file (XqKeyslots *slots, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *wanted = xq_keyslots_to_text (slots);
  g_autofree char *found = NULL;

  /* A folder that may only be read stays as it is: the vault opens without. */
  if (!xq_file_read (path, MOST_BYTES, &found, NULL) || strcmp (found, wanted) != 0)
    save_file (slots, folder, name, NULL);
}

void
xq_keyslots_mend (XqKeyslots *slots, const char *folder)
{
  mend_file (slots, folder, FIRST);
  mend_file (slots, folder, SECOND);
}
