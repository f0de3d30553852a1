/* What the files of this room share about a vault. */
#pragma once

#include "vault/vault.h"

G_BEGIN_DECLS

struct _XqVault
{
  gatomicrefcount references;
  char *folder;
  XqSecret *key;
  int lock; /* -1 for one that was opened beside its holder */
};

/* "vault.db" in @folder. */
char *xq_vault_database_path (const char *folder);
/* Takes @lock, a descriptor, whatever happens; keeps a copy of nothing: @key is taken too. */
XqVault *xq_vault_take (const char *folder, XqSecret *key, int lock);
/* Opens with the raw key, which is taken. */
XqVault *xq_vault_open_with_key (const char *folder, XqSecret *key, const XqProgress *progress, GError **error);
/* XQ_ERROR_REFUSED with the advice when @password is too weak. */
gboolean xq_password_is_accepted (XqSecret *password, GError **error);

G_END_DECLS
