/* The words of headers, and which field each means; not for other rooms. */
#pragma once

#include "sheet/header.h"

G_BEGIN_DECLS

#define XQ_HEADER_NO_FIELD (-1)

/* Normalised word → xq_header_word_value(). */
GHashTable *xq_header_dictionary_new (const XqHeaderField *table);
/* @preference counts a field's words from 0, the best first. */
gpointer xq_header_word_value (guint field, guint preference);
/* The field of a title, and how good the match is (smaller is better); XQ_HEADER_NO_FIELD when nobody knows it. */
int xq_header_look_up (GHashTable *dictionary, const char *title, guint *ret_rank);

G_END_DECLS
