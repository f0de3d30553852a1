/* The words of a definition, in the languages that the program speaks: {"en": …, "zh_CN": …, "zh_TW": …}. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * XqWords:
 * @en: (nullable): English
 * @zh_CN: (nullable): Simplified Chinese
 * @zh_TW: (nullable): Traditional Chinese
 */
typedef struct
{
  char *en;
  char *zh_CN;
  char *zh_TW;
} XqWords;

/* Takes what @object holds; a member that is no text is left out. @ret_words is empty before. */
void xq_words_read (JsonObject *object, XqWords *ret_words);
void xq_words_clear (XqWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqWords, xq_words_clear)

/**
 * xq_words_get:
 * @words: the words
 *
 * Returns: (transfer none): in the present language; the other Chinese stands in for a Chinese that is
 *   missing, English for all; "" when nothing is there
 */
const char *xq_words_get (const XqWords *words);

/* No language is there. */
gboolean xq_words_is_empty (const XqWords *words);

/* {"en": …, …} with the languages that are there. (transfer full) */
JsonNode *xq_words_to_json (const XqWords *words);

G_END_DECLS
