/* The recovery code of a new vault: shown once, to be printed or saved, and confirmed by typing two of its groups.
 * Then the first step into the vault. */
#pragma once

#include "ui/types.h"
#include "vault/vault.h"

G_BEGIN_DECLS

#define XQ_TYPE_RECOVERY_SHEET (xq_recovery_sheet_get_type ())
G_DECLARE_FINAL_TYPE (XqRecoverySheet, xq_recovery_sheet, XQ, RECOVERY_SHEET, AdwNavigationPage)

/* Signal "confirmed": the two groups were right. */

/* @name: what the vault's organisation is called; @code: copied. */
XqRecoverySheet *xq_recovery_sheet_new (XqVault *vault, const char *name, XqSecret *code);
/* A new code for a vault that has one: nothing but "confirmed" follows. */
XqRecoverySheet *xq_recovery_sheet_new_renewed (const char *name, XqSecret *code);

G_END_DECLS
