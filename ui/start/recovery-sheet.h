/* The recovery code of a new vault, a new one of an old vault, or a share of it: shown once, to be printed or saved, and
 * confirmed by typing two of its groups. For a new vault, the first step into it follows. */
#pragma once

#include "ui/types.h"
#include "vault/shares.h"

G_BEGIN_DECLS

#define XQ_TYPE_RECOVERY_SHEET (xq_recovery_sheet_get_type ())
G_DECLARE_FINAL_TYPE (XqRecoverySheet, xq_recovery_sheet, XQ, RECOVERY_SHEET, AdwNavigationPage)

/* Signal "confirmed": the two groups were right. */

/* @name: what the vault's organisation is called; @code: copied. */
XqRecoverySheet *xq_recovery_sheet_new (XqVault *vault, const char *name, XqSecret *code);
/* A new code for a vault that has one: nothing but "confirmed" follows. */
XqRecoverySheet *xq_recovery_sheet_new_renewed (const char *name, XqSecret *code);
/* One share of @set, from 0; the same follows. */
XqRecoverySheet *xq_recovery_sheet_new_share (const char *name, const XqShareSet *set, guint index);

G_END_DECLS
