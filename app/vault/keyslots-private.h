/* What the files of the keyslots share. */
#pragma once

#include "vault/keyslots.h"

G_BEGIN_DECLS

#define XQ_KEYSLOTS_FORMAT  "xinqiao-keyslots"
#define XQ_KEYSLOTS_VERSION 1

typedef struct
{
  char *kind;
  char opens[XQ_KEY_NAME_LENGTH + 1]; /* the key's name; "" in slots of older vaults */
  XqWrappedKey key;
} XqSlot;

struct _XqKeyslots
{
  char *vault;
  GPtrArray *slots; /* of XqSlot */
};

void xq_slot_free (XqSlot *slot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSlot, xq_slot_free)

/* No slots, of the vault of this name. */
XqKeyslots *xq_keyslots_named (const char *vault);
/* (transfer full) */
char *xq_keyslots_to_text (XqKeyslots *slots);

G_END_DECLS
