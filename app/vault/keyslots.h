/* keyslots.json: the vault's key, wrapped once for each password that opens it. Private to this room; the
 * format stands in vault.h. What is read here may come from anybody. */
#pragma once

#include "base/progress.h"
#include "vault/key.h"

G_BEGIN_DECLS

typedef struct _XqKeyslots XqKeyslots;

/* No slots, and a new random name of the vault. */
XqKeyslots *xq_keyslots_new (void);
void xq_keyslots_free (XqKeyslots *slots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqKeyslots, xq_keyslots_free)

/* NULL when @text is not a file of slots that this program may use. */
XqKeyslots *xq_keyslots_parse (const char *text, gsize length);
/* keyslots.json, else keyslots.json.bak; XQ_ERROR_DAMAGED when neither can be read. */
XqKeyslots *xq_keyslots_load (const char *folder, GError **error);
/* Writes the new slots beside the old ones, which stay valid until xq_keyslots_finish(). */
gboolean xq_keyslots_prepare (XqKeyslots *slots, const char *folder, GError **error);
/* Puts them in place, and into keyslots.json.bak; a second file that cannot be written is removed, for it would keep
 * an old password alive. */
gboolean xq_keyslots_finish (XqKeyslots *slots, const char *folder, GError **error);
/* Gives them up. */
void xq_keyslots_forget (const char *folder);
/* Rewrites whichever of the two files does not say what @slots says. */
void xq_keyslots_mend (XqKeyslots *slots, const char *folder);

/* Puts the counsellor's slot in place of the one before. */
gboolean xq_keyslots_set_password (XqKeyslots *slots, XqSecret *key, XqSecret *password, GError **error);
/* XQ_ERROR_PASSWORD when no slot opens. */
XqSecret *xq_keyslots_unwrap (XqKeyslots *slots, XqSecret *password, GError **error);

G_END_DECLS
