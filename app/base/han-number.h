/* Chinese numerals: 十二, 一百零三, 二〇一二, 廿三, 贰, and plain digits among them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * xq_han_number_scan:
 * @text: plain text (see xq_text_plain())
 * @ret_value: (out): the number that @text begins with, 0–99999999
 *
 * Reads digits ("12"), numerals by place ("二〇一二", "二零一二") or by unit ("一百零三", "十二", "廿三"); one
 * way of writing ends the number, so "7一" begins with 7.
 *
 * Returns: how many bytes were read, 0 when @text does not begin with a number (@ret_value untouched)
 */
gsize xq_han_number_scan (const char *text, int *ret_value);

/**
 * xq_han_number_parse:
 * @text: plain text
 * @ret_value: (out): the number
 *
 * Returns: whether all of @text is one number
 */
gboolean xq_han_number_parse (const char *text, int *ret_value);

/**
 * xq_han_number_format:
 * @value: 0–99
 *
 * Returns: (transfer full): "七", "十二", "二十"
 */
char *xq_han_number_format (int value);

G_END_DECLS
