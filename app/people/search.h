/* Finding a person while somebody types: name (any part), pinyin (zhangsan, zhang s, xiaoming), initials (zs),
 * number, phone tail, identity number. Each keystroke costs the same in a vault of a thousand and of a
 * million people. */
#pragma once

#include "people/person.h"

G_BEGIN_DECLS

/**
 * xq_search_people:
 * @text: what was typed so far; several words must all fit
 * @limit: at most this many
 *
 * Best first: the whole name or number, then what begins with it, then what holds it; those present before
 * those who left.
 *
 * Returns: (transfer full) (element-type gint64): ids; empty for empty text
 */
GArray *xq_search_people (XqDatabase *database, const char *text, guint limit, GError **error);

/* Classes and departments whose name or path holds @text ("七年级1班", "701", "质检") (element-type gint64). */
GArray *xq_search_units (XqDatabase *database, const char *text, guint limit, GError **error);

/* Takes up everybody anew, for a vault whose index is suspect. A transaction of its own. */
gboolean xq_search_rebuild (XqDatabase *database, GError **error);

G_END_DECLS
