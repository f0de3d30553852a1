#include "config.h"

#include "base/pinyin.h"

#include <string.h>

#include "base/pinyin-table.h"
#include "base/text.h"

typedef struct
{
  const char *characters;
  const char *reading;
} Compound;

/* Surnames of two characters, where they are read otherwise than their parts. */
static const Compound compounds[] = {
  { "尉迟", "yu4 chi2" },  { "尉遲", "yu4 chi2" },  { "万俟", "mo4 qi2" },    { "萬俟", "mo4 qi2" },
  { "长孙", "zhang3 sun1" }, { "長孫", "zhang3 sun1" }, { "令狐", "ling2 hu2" }, { "澹台", "tan2 tai2" },
  { "澹臺", "tan2 tai2" }, { "拓跋", "tuo4 ba2" },  { "子车", "zi3 ju1" },    { "子車", "zi3 ju1" },
};
/* "xiao3"; "" for a character without a known reading. */
static const char *
reading_of (gunichar c, const guint16 *table)
{
  if (c == 0x3007)
    return "ling2";
  if (c < FIRST_HAN || c > LAST_HAN)
    return "";
  return syllables[table[c - FIRST_HAN]];
}

/* ---- building */

typedef struct
{
  GString *full;
  GString *initials;
  GString *sort_key;
  GString *other;
} Builder;

static void
append_word (GString *text, const char *word, gsize length)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_len (text, word, length);
}

/* @reading "xiao3" of the character at @p. */
static void
add_syllable (Builder *builder, const char *p, const char *reading, const char *other)
{
  gsize size = g_utf8_next_char (p) - p;
  gsize letters = strlen (reading);

  g_string_append (builder->sort_key, reading);
  g_string_append_len (builder->sort_key, p, size);
  if (letters == 0)
    {
      append_word (builder->full, p, size);
      append_word (builder->other, p, size);
      return;
    }
  append_word (builder->full, reading, letters - 1);
  append_word (builder->other, *other != '\0' ? other : reading, strlen (*other != '\0' ? other : reading) - 1);
  g_string_append_c (builder->initials, *reading);
}

/* A word in letters: José → jose. Returns its end. */
static const char *
add_foreign_word (Builder *builder, const char *p)
{
  const char *end = p;
  g_autofree char *word = NULL;
  g_autofree char *parts = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  while (*end != '\0' && g_unichar_isalnum (g_utf8_get_char (end)) && !xq_text_is_han (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  word = g_utf8_strdown (p, end - p);
  parts = g_utf8_normalize (word, -1, G_NORMALIZE_ALL);
  for (const char *q = parts; *q != '\0'; q = g_utf8_next_char (q))
    if (g_unichar_isalnum (g_utf8_get_char (q)))
      g_string_append_unichar (plain, g_utf8_get_char (q));
  append_word (builder->full, plain->str, plain->len);
  append_word (builder->other, plain->str, plain->len);
  append_word (builder->sort_key, plain->str, plain->len);
  g_string_append_len (builder->initials, plain->str, g_utf8_next_char (plain->str) - plain->str);
  return end;
}

/* A surname of two characters: adds it and returns its end; else NULL. */
static const char *
add_compound_surname (Builder *builder, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (compounds); i++)
    if (g_str_has_prefix (name, compounds[i].characters))
      {
        g_auto (GStrv) both = g_strsplit (compounds[i].reading, " ", 2);
        const char *second = g_utf8_next_char (name);

        add_syllable (builder, name, both[0], reading_of (g_utf8_get_char (name), given_readings));
        add_syllable (builder, second, both[1], reading_of (g_utf8_get_char (second), given_readings));
        return g_utf8_next_char (second);
      }
  return NULL;
}

/* 买买提·艾力 has no Chinese surname in front. */
static const char *
add_surname (Builder *builder, const char *name)
{
  gunichar c = g_utf8_get_char (name);
  const char *end;

  if (!xq_text_is_han (c) || strstr (name, "·") != NULL)
    return name;
  end = add_compound_surname (builder, name);
  if (end != NULL)
    return end;
  add_syllable (builder, name, reading_of (c, surname_readings), reading_of (c, given_readings));
  return g_utf8_next_char (name);
}

void
xq_pinyin_name (const char *name, XqPinyin *ret_pinyin)
{
  Builder builder = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  const char *p;

  g_return_if_fail (name != NULL);

  p = add_surname (&builder, name);
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);

      if (xq_text_is_han (c))
        {
          const char *reading = reading_of (c, given_readings);

          add_syllable (&builder, p, reading, reading);
          p = g_utf8_next_char (p);
        }
      else if (g_unichar_isalnum (c))
        p = add_foreign_word (&builder, p);
      else
        p = g_utf8_next_char (p);
    }

  ret_pinyin->other = strcmp (builder.full->str, builder.other->str) != 0 ? g_strdup (builder.other->str) : NULL;
  g_string_free (builder.other, TRUE);
  ret_pinyin->full = g_string_free_and_steal (builder.full);
  ret_pinyin->initials = g_string_free_and_steal (builder.initials);
  ret_pinyin->sort_key = g_string_free_and_steal (builder.sort_key);
}

void
xq_pinyin_clear (XqPinyin *pinyin)
{
  g_clear_pointer (&pinyin->full, g_free);
  g_clear_pointer (&pinyin->initials, g_free);
  g_clear_pointer (&pinyin->sort_key, g_free);
  g_clear_pointer (&pinyin->other, g_free);
}
