/* The rows of the sidebar, one a place, each with the number of what waits there. Private to the shell. */
#pragma once

#include "ui/pages.h"
#include "ui/session.h"

G_BEGIN_DECLS

/* Fills @list from the table of pages; the numbers follow the session. */
void xq_places_fill (GtkListBox *list, XqSession *session);
/* %NULL for %NULL. */
const XqPageEntry *xq_places_entry (GtkListBoxRow *row);
/* The row of a place; %NULL for a view. */
GtkListBoxRow *xq_places_find (GtkListBox *list, const XqPageEntry *entry);

G_END_DECLS
