/* The inside of an unlocked window: sidebar, header bar with search, and the pages. Private to the window:
 * pages use window.h. */
#pragma once

#include "ui/page.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_SHELL (xq_shell_get_type ())
G_DECLARE_FINAL_TYPE (XqShell, xq_shell, XQ, SHELL, AdwBreakpointBin)

XqShell *xq_shell_new (XqSession *session);

void xq_shell_go (XqShell *self, const char *page);
void xq_shell_open (XqShell *self, const char *view, gint64 id);
void xq_shell_back (XqShell *self);
/* The page that is seen; %NULL when there is none yet. */
XqPage *xq_shell_page (XqShell *self);
/* The focus into the search entry; the menu opened. */
void xq_shell_search (XqShell *self);
void xq_shell_menu (XqShell *self);

G_END_DECLS
