/* What is seen without an opened vault: unlock, or the making of a new one.
 *
 * Signal "unlocked" (gpointer XqVault *): an opened vault, for the window to take over. */
#pragma once

#include "ui/types.h"
#include "vault/vault.h"

G_BEGIN_DECLS

#define XQ_TYPE_START (xq_start_get_type ())
G_DECLARE_FINAL_TYPE (XqStart, xq_start, XQ, START, AdwBin)

/* Unlock when @folder holds a vault, else the first run, which makes one there. */
XqStart *xq_start_new (const char *folder);

/* For its pages: hands @vault over to the window, from any widget inside. */
void xq_start_unlocked (GtkWidget *widget, XqVault *vault);
/* For its pages: shows the first run for a vault in @folder, with a way back. */
void xq_start_show_first_run (GtkWidget *widget, const char *folder);
void xq_start_show_recovery (GtkWidget *widget);
/* Any page on top of what is shown. */
void xq_start_show_page (XqStart *self, AdwNavigationPage *page);
/* Shows the way from a backup to a vault, with a way back. */
void xq_start_show_restore (GtkWidget *widget);

G_END_DECLS
