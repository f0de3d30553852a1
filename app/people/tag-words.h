/* The built-in tags and the words by which a roster's remarks speak of them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define XQ_N_TAGS 15

/**
 * XqTagWords:
 * @id: as the vault keeps it
 * @label: msgid
 * @words: separated by "|"
 */
typedef struct
{
  const char *id;
  const char *label;
  const char *words;
} XqTagWords;

extern const XqTagWords xq_tag_words[XQ_N_TAGS];

G_END_DECLS
