#include "config.h"

#include "sheet/header-words.h"

#include <string.h>

#define WORDS_A_FIELD 1000

/* How far a title had to be stripped before it was a known word; less is better. */
typedef enum
{
  STRIPPED_NOT,
  STRIPPED_BRACKETS, /* "出生日期(年月日)" */
  STRIPPED_WHOSE,    /* "学生姓名" */
  N_STRIPPED,
} Stripped;

static gboolean
skip_word (const char **text, const char *const *words)
{
  for (; *words != NULL; words++)
    if (g_str_has_prefix (*text, *words) && (*text)[strlen (*words)] != '\0')
      {
        *text += strlen (*words);
        return TRUE;
      }
  return FALSE;
}

/* "2、", "Q2." and the like; @text itself when what follows would be nothing. */
static const char *
skip_question_number (const char *text)
{
  const char *after = text + (g_ascii_tolower (*text) == 'q' && g_ascii_isdigit (text[1]) ? 1 : 0);
  const char *const marks[] = { "、", ".", ")", ",", "。", "题", NULL };
  const char *digits = after;

  while (g_ascii_isdigit (*after))
    after++;
  if (after == digits || after - digits > 3 || g_ascii_isdigit (*after) || !skip_word (&after, marks))
    return text;
  return after;
}

char *
xq_header_normalise (const char *title)
{
  static const char *const polite[] = { "请输入", "请填写", "请选择", "请问", "您的", "你的", "您", NULL };
  g_autofree char *wide = g_utf8_normalize (title, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) word = g_string_new (NULL);
  const char *start;

  if (wide == NULL)
    return g_strdup ("");
  for (const char *at = wide; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_isspace (character) && !g_unichar_iszerowidth (character)
          && !g_unichar_iscntrl (character)
          && (character >= 0x80 || strchr ("*:\"'#", (int) character) == NULL) && character != 0x2605)
        g_string_append_unichar (word, g_unichar_tolower (character));
    }
  start = skip_question_number (word->str);
  while (skip_word (&start, polite))
    continue;
  return g_strdup (start);
}

static char *
without_brackets (const char *word)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  guint depth = 0;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (strchr ("([{", (int) (character < 0x80 ? character : 1)) != NULL || character == 0x3010)
        depth++;
      else if (strchr (")]}", (int) (character < 0x80 ? character : 1)) != NULL || character == 0x3011)
        depth -= depth > 0;
      else if (depth == 0)
        g_string_append_unichar (plain, character);
    }
  return g_strdup (plain->str);
}

static const char *
without_whose (const char *word)
{
  static const char *const whose[] = { "学生", "员工", "职工", "教师", "本人", "孩子", NULL };

  skip_word (&word, whose);
  return word;
}

gpointer
xq_header_word_value (guint field, guint preference)
{
  return GUINT_TO_POINTER (field * WORDS_A_FIELD + preference + 1);
}

GHashTable *
xq_header_dictionary_new (const XqHeaderField *table)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint field = 0; table[field].field != NULL; field++)
    {
      g_auto (GStrv) list = g_strsplit (table[field].words, "|", -1);

      for (guint i = 0; list[i] != NULL && i + 1 < WORDS_A_FIELD; i++)
        {
          g_autofree char *word = xq_header_normalise (list[i]);

          if (!g_hash_table_contains (words, word))
            g_hash_table_insert (words, g_steal_pointer (&word), xq_header_word_value (field, i));
        }
    }
  return words;
}

int
xq_header_look_up (GHashTable *dictionary, const char *title, guint *ret_rank)
{
  g_autofree char *whole = xq_header_normalise (title);
  g_autofree char *plain = without_brackets (whole);
  const char *forms[N_STRIPPED] = { whole, plain, without_whose (plain) };

  for (guint i = 0; i < N_STRIPPED; i++)
    {
      guint hit = GPOINTER_TO_UINT (g_hash_table_lookup (dictionary, forms[i]));

      if (hit > 0)
        {
          *ret_rank = i * WORDS_A_FIELD + (hit - 1) % WORDS_A_FIELD;
          return (int) ((hit - 1) / WORDS_A_FIELD);
        }
    }
  return XQ_HEADER_NO_FIELD;
}
