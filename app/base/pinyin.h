/* How a Chinese name is read, for search and order: ICU's Han-Latin/Names with the surname readings it lacks.
 *
 * Only a person's first character is read as a surname: 单 is shàn and 曾 zēng there, dān and céng elsewhere;
 * 吕 and 女 are written lv. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqPinyin:
 * @full: "zhang san", "ou yang na na": a syllable a character, no tones; other letters in lower case
 * @initials: "zs", "oynn"
 * @sort_key: text whose byte order is the order of a Chinese name list: syllable, tone, then character
 * @other: (nullable): @full as somebody reads it who does not know the surname's reading ("dan xiong xin")
 */
typedef struct
{
  char *full;
  char *initials;
  char *sort_key;
  char *other;
} XqPinyin;

/* Frees the texts. */
void xq_pinyin_clear (XqPinyin *pinyin);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqPinyin, xq_pinyin_clear)

/**
 * xq_pinyin_name:
 * @name: a person's name, UTF-8
 * @ret_pinyin: (out caller-allocates): its reading
 *
 * Any thread; some millions of names a second.
 */
void xq_pinyin_name (const char *name, XqPinyin *ret_pinyin);

G_END_DECLS
