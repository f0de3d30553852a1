/* What the search keeps of a person: terms, each the beginning of something that may be typed.
 *
 * The first letter of a term tells what it is (see search-index.c); what follows are letters, digits and Han
 * characters only. */
#pragma once

#include "base/pinyin.h"
#include "people/person.h"

G_BEGIN_DECLS

#define XQ_TERM_NAME         'n' /* 张小明 */
#define XQ_TERM_NAME_PART    'm' /* 小明, 明 */
#define XQ_TERM_PINYIN       'p' /* zhangxiaoming */
#define XQ_TERM_PINYIN_PART  'q' /* xiaoming, ming */
#define XQ_TERM_INITIALS     'i' /* zxm */
#define XQ_TERM_INITIALS_PART 'j' /* xm */
#define XQ_TERM_CODE         'c' /* 2026000123 */
#define XQ_TERM_CODE_TAIL    'r' /* 3210006202: written backwards */
#define XQ_TERM_PHONE_TAIL   't' /* 00083100831: written backwards */

/* Letters, digits and Han characters of @text, letters in lower case. (transfer full) */
char *xq_search_key (const char *text);
/* @text from its end. (transfer full) */
char *xq_search_backwards (const char *text);
/* All terms, with blanks between. (transfer full) */
char *xq_search_terms (const XqPerson *person, const XqPinyin *pinyin);

/* Writes or replaces a person's terms; inside a transaction. */
gboolean xq_search_put (XqDatabase *database, gint64 person_id, const char *terms, GError **error);

/**
 * xq_search_collect:
 * @limit: 0 for all
 *
 * The ids that @text finds, best first, each once.
 */
GArray *xq_search_collect (XqDatabase *database, const char *text, guint limit, GError **error);

G_END_DECLS
