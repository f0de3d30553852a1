/* The recovery code in three paper shares 分片, of which any two open the vault and one alone says nothing: for the teacher,
 * the principal and a sealed envelope.
 *
 * What is split is the recovery code's bytes; how a share stands on paper is told in share-code.h. The shares themselves are
 * kept nowhere. That they were made is in the audit trail: "recovery_shares_make" { "set", "code", "holders" } before one of
 * them is seen, "recovery_shares_out" { "set" } once all three are on paper. "code" counts the vault's recovery codes from 1;
 * a new one makes all shares void. Sets of one code do not mix, yet each of them opens: earlier ones are to be destroyed.
 *
 * The mark of the vault on its shares is the first 12 bits of its name in keyslots.json. It only helps to say what went
 * wrong: the name is another one after keyslots.json was lost. */
#pragma once

#include "vault/share-code.h"
#include "vault/share-split.h"
#include "vault/vault.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_SHARES_NONE,
  XQ_SHARES_UNFINISHED, /* made, but not known to be on paper */
  XQ_SHARES_VALID,
  XQ_SHARES_VOID,
} XqSharesState;

/* "none", "unfinished", "valid", "void" and their msgids, ended by an all-NULL one. */
extern const XqChoice xq_shares_states[];

/**
 * XqSharesStatus:
 * @state: of the last set
 * @at: when it was made, unix seconds; 0 for %XQ_SHARES_NONE, as are the next two
 * @set: its number, as it stands on the papers
 * @code: which of the vault's recovery codes it is of, from 1
 * @holders: (nullable): who has which, XQ_SHARES of them
 * @others: how many earlier sets the present code has, each of which still opens
 */
typedef struct
{
  XqSharesState state;
  gint64 at;
  guint set;
  guint code;
  char **holders;
  guint others;
} XqSharesStatus;

void xq_shares_status_free (XqSharesStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSharesStatus, xq_shares_status_free)
XqSharesStatus *xq_shares_status (XqDatabase *database, GError **error);
/* Whether there are shares that open the vault today, on paper or perhaps on paper. */
gboolean xq_shares_status_opens (const XqSharesStatus *status);

/**
 * XqShareSet:
 * @set: its number, as it stands on the papers
 * @code: which of the vault's recovery codes it is of, from 1
 * @holders: XQ_SHARES of them
 * @texts: "ABCD-EFGH-…", one for each holder
 */
typedef struct
{
  guint set;
  guint code;
  char **holders;
  XqSecret *texts[XQ_SHARES];
} XqShareSet;

void xq_share_set_free (XqShareSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqShareSet, xq_share_set_free)

/* Who is given shares where nobody else is named, by the vault's profile: XQ_SHARES translated words. (transfer full) */
char **xq_shares_holders (XqDatabase *database);

/**
 * xq_shares_make:
 * @vault: opened
 * @password: the counsellor's own
 * @holders: XQ_SHARES names, none of them empty
 * @error: XQ_VAULT_ERROR
 *
 * Splits the recovery code anew and records it. Derives: call it in a thread.
 *
 * Returns: (transfer full): the shares, which nothing else has
 */
XqShareSet *xq_shares_make (XqVault *vault, XqSecret *password, const char *const *holders, GError **error);
/* Records that all shares of @set are on paper. */
gboolean xq_shares_hand_out (XqVault *vault, const XqShareSet *set, GError **error);

/* The recovery code of two shares; XQ_ERROR_PASSWORD says which of them is badly typed or why they do not fit each other.
 * (transfer full) */
XqSecret *xq_shares_join (const char *first, const char *second, GError **error);
/* As xq_vault_recover(), with two shares in place of the code. */
XqVault *xq_shares_recover (const char *folder, const char *first, const char *second, XqSecret *new_password,
                            GError **error);

G_END_DECLS
