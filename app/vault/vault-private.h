/* What the files of this room share about a vault. */
#pragma once

#include "vault/keyslots.h"
#include "vault/vault.h"

G_BEGIN_DECLS

struct _XqVault
{
  gatomicrefcount references;
  char *folder;
  XqSecret *key;
  XqOpenedBy opened_by;
  int lock; /* a descriptor: the holder's, or that of one who works beside him */
  GMutex mutex; /* of what follows, and of @key while it is replaced */
  guint connections;
  gboolean alone; /* nobody else may connect */
};

/* "vault.db" in @folder. */
char *xq_vault_database_path (const char *folder);
/* Takes @lock, a descriptor, whatever happens; keeps a copy of nothing: @key is taken too. */
XqVault *xq_vault_take (const char *folder, XqSecret *key, int lock);
/* The key of @code with the lock of @folder, once the file has been read with it; not yet migrated. */
XqVault *xq_vault_take_with_code (const char *folder, const char *code, GError **error);
/* Migrates, and tells the audit trail what it has to hear of this opening. */
gboolean xq_vault_settle (XqVault *vault, const XqProgress *progress, GError **error);
/* Tells the audit trail of wrong passwords before. */
gboolean xq_vault_settle_attempts (XqVault *vault, XqDatabase *database, GError **error);
/* As xq_vault_connect(), for who has the vault alone. */
XqDatabase *xq_vault_connect_alone (XqVault *vault, GError **error);
/* XQ_ERROR_BUSY while there is a connection; afterwards there can be none until it is given up. */
gboolean xq_vault_take_alone (XqVault *vault, GError **error);
void xq_vault_give_up_alone (XqVault *vault);

/* The key of the slot of @kind (nullable: any) that @password opens. A wrong one is counted. */
XqSecret *xq_vault_unwrap (XqVault *vault, XqKeyslots *slots, const char *kind, XqSecret *password,
                           const char **ret_kind, GError **error);
/* Whether @password opens the slot of @kind (nullable: any) and holds this vault's key. */
gboolean xq_vault_check_slot (XqVault *vault, XqKeyslots *slots, const char *kind, XqSecret *password, GError **error);

/* Opens with the raw key, which is taken. */
XqVault *xq_vault_open_with_key (const char *folder, XqSecret *key, const XqProgress *progress, GError **error);
/* XQ_ERROR_REFUSED with the advice when @password is too weak. */
gboolean xq_password_is_accepted (XqSecret *password, GError **error);
/* The same for a custodian's, which nobody need remember. */
gboolean xq_custodian_password_is_accepted (XqSecret *password, GError **error);

/* xq_vault_recover() with the audit row's @action and @detail (nullable). */
XqVault *xq_vault_recover_with (const char *folder, const char *recovery_code, XqSecret *new_password, const char *action,
                                JsonObject *detail, GError **error);

/* Removes what a new recovery code left that was cut off. */
void xq_renew_clear (const char *folder);

G_END_DECLS
