/* Text as other people typed it, made comparable. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * xq_text_plain:
 * @text: (nullable): UTF-8; %NULL counts as empty
 *
 * Full-width letters, digits and brackets become plain ones, control and zero-width characters go, every
 * run of blanks becomes one space, and none is left at either end.
 *
 * Returns: (transfer full): the plain text, "" when nothing is left or @text is not UTF-8
 */
char *xq_text_plain (const char *text);

/**
 * xq_text_is_han:
 * @c: a character
 *
 * Returns: whether @c is a Han character (〇 included)
 */
gboolean xq_text_is_han (gunichar c);

G_END_DECLS
