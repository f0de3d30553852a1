/* The search of the header bar: people by name, pinyin, initials, number or phone, pages and actions. Ctrl+K
 * from anywhere; arrows choose, Enter opens, Escape leaves. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_SEARCH (xq_search_get_type ())
G_DECLARE_FINAL_TYPE (XqSearch, xq_search, XQ, SEARCH, GtkWidget)

/* Property "compact" (gboolean): narrow, for a folded window. */

void xq_search_set_session (XqSearch *self, XqSession *session);
/* The focus into the entry, its text selected. */
void xq_search_begin (XqSearch *self);

G_END_DECLS
