/* keyslots.json: the vault's key, wrapped once for each password that opens it. Private to this room; the
 * format stands in vault.h. What is read here may come from anybody. */
#pragma once

#include "base/progress.h"
#include "vault/key.h"
#include "vault/vault.h"

G_BEGIN_DECLS

#define XQ_SLOT_PASSWORD  "password"
#define XQ_SLOT_CUSTODIAN "custodian"

typedef struct _XqKeyslots XqKeyslots;

/* No slots, and a new random name of the vault. */
XqKeyslots *xq_keyslots_new (void);
/* No slots, and the name of the vault that @slots are of. */
XqKeyslots *xq_keyslots_new_like (XqKeyslots *slots);
void xq_keyslots_free (XqKeyslots *slots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqKeyslots, xq_keyslots_free)

/* NULL when @text is not a file of slots that this program may use. */
XqKeyslots *xq_keyslots_parse (const char *text, gsize length);
/* keyslots.json, else keyslots.json.bak; XQ_ERROR_DAMAGED when neither can be read. */
XqKeyslots *xq_keyslots_load (const char *folder, GError **error);
/* What keyslots.json itself is like. */
XqSlotsState xq_keyslots_state (const char *folder);
/* Writes the new slots beside the old ones, which stay valid until xq_keyslots_finish(). */
gboolean xq_keyslots_prepare (XqKeyslots *slots, const char *folder, GError **error);
/* Puts them in place, and into keyslots.json.bak; a second file that cannot be written is removed, for it would keep
 * an old password alive. */
gboolean xq_keyslots_finish (XqKeyslots *slots, const char *folder, GError **error);
/* Gives them up. */
void xq_keyslots_forget (const char *folder);
/* Rewrites whichever of the two files does not say what @slots says. */
void xq_keyslots_mend (XqKeyslots *slots, const char *folder);

/* Puts a slot of @kind, for @key under @password, in place of the one before. */
gboolean xq_keyslots_set (XqKeyslots *slots, const char *kind, XqSecret *key, XqSecret *password, GError **error);
/* FALSE when there was none. */
gboolean xq_keyslots_remove (XqKeyslots *slots, const char *kind);
gboolean xq_keyslots_has (XqKeyslots *slots, const char *kind);
/* The name of the vault that they are of: 32 hex digits. */
const char *xq_keyslots_vault (XqKeyslots *slots);
/* (transfer full) */
char **xq_keyslots_kinds (XqKeyslots *slots);

/* Which slot is asked for. */
typedef struct
{
  const char *kind;                                   /* nullable: any */
  gboolean (*fits) (XqSecret *key, gpointer user_data); /* nullable: whether its key is the wanted one */
  gpointer user_data;
} XqKeyQuestion;

/* The key of the first slot that @password opens and @question wants; its kind is borrowed from @slots.
 * XQ_ERROR_PASSWORD when there is none. */
XqSecret *xq_keyslots_open (XqKeyslots *slots, XqSecret *password, const XqKeyQuestion *question, const char **ret_kind,
                            GError **error);
/* The same of any slot. */
XqSecret *xq_keyslots_unwrap (XqKeyslots *slots, XqSecret *password, GError **error);

/* For a new recovery code, while slots for the old key and the new one stand in one file: */

/* Says of all slots that do not say it that they hold @key. */
void xq_keyslots_name_key (XqKeyslots *slots, XqSecret *key);
void xq_keyslots_add_all (XqKeyslots *slots, XqKeyslots *others);
gboolean xq_keyslots_have_two_keys (XqKeyslots *slots);
/* Drops what is known to hold another key than @key. */
void xq_keyslots_keep (XqKeyslots *slots, XqSecret *key);

G_END_DECLS
