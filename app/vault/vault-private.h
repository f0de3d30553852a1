/* What the files of this room share about a vault. */
#pragma once

#include "vault/vault.h"

G_BEGIN_DECLS

struct _XqVault
{
  gatomicrefcount references;
  char *folder;
  XqSecret *key;
  int lock;
};

/* "vault.db" in @folder. */
char *xq_vault_database_path (const char *folder);
/* Takes @lock, a descriptor, whatever happens; keeps a copy of nothing: @key is taken too. */
XqVault *xq_vault_take (const char *folder, XqSecret *key, int lock);
/* XQ_ERROR_REFUSED with the advice when @password is too weak. */
gboolean xq_password_is_accepted (XqSecret *password, GError **error);

G_END_DECLS
