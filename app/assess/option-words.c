#include "config.h"

#include "assess/option-words.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Different texts that are remembered; a column of free text must not fill the memory. */
#define REMEMBERED_MAXIMUM 1000

/* What sites write for a question that was skipped or left empty; as numbers -3 and -2. */
static const char *const blank_words[] = { "(跳过)", "(空)", "跳过", "空", "(未填)", "无", "-", "/", "n/a", NULL };
#define NUMBER_SKIPPED (-3)
#define NUMBER_EMPTY   (-2)

struct _XqOptionWords
{
  GHashTable *places;     /* folded words → place + 1 */
  GHashTable *remembered; /* text as written → XqReading */
};

/* Plain, lower case, without blanks and punctuation: what two people write the same. (transfer full) */
static char *
fold (const char *text)
{
  g_autofree char *plain = xq_text_plain (text);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isalnum (character) || character == '-' || character == '(' || character == ')'
          || character == '/' || character == 0x221A || character == 0xD7)
        g_string_append_unichar (folded, g_unichar_tolower (character));
    }
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

static void
add_words (XqOptionWords *words, const char *text, guint place)
{
  g_autofree char *folded = text != NULL ? fold (text) : NULL;

  if (folded != NULL && *folded != '\0' && !g_hash_table_contains (words->places, folded))
    g_hash_table_insert (words->places, g_steal_pointer (&folded), GUINT_TO_POINTER (place + 1));
}

XqOptionWords *
xq_option_words_new (const XqOptionList *list)
{
  XqOptionWords *words = g_new0 (XqOptionWords, 1);

  words->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  words->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < list->n_options; i++)
    {
      add_words (words, list->options[i].label.zh_CN, i);
      add_words (words, list->options[i].label.zh_TW, i);
      add_words (words, list->options[i].label.en, i);
    }
  for (guint i = 0; i < list->n_options; i++)
    for (char **also = list->options[i].also; also != NULL && *also != NULL; also++)
      add_words (words, *also, i);
  return words;
}

void
xq_option_words_free (XqOptionWords *words)
{
  g_hash_table_unref (words->places);
  g_hash_table_unref (words->remembered);
  g_free (words);
}

static gboolean
find_place (const XqOptionWords *words, const char *folded, XqReading *reading)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (words->places, folded));

  if (place == 0)
    return FALSE;
  *reading = (XqReading){ XQ_READING_PLACE, (int) place - 1 };
  return TRUE;
}

static gboolean
is_mark (char character)
{
  return g_ascii_isdigit (character) || (character >= 'a' && character <= 'h');
}

/* "b好几天", "2好几天" and "好几天(1分)", folded. */
static gboolean
find_marked (const XqOptionWords *words, const char *folded, XqReading *reading)
{
  const char *bracket = strrchr (folded, '(');
  gsize length = bracket != NULL ? (gsize) (bracket - folded) : 0;
  g_autofree char *before = length > 0 ? g_strndup (folded, length) : NULL;
  const char *text = before != NULL ? before : folded;

  if (before != NULL && find_place (words, before, reading))
    return TRUE;
  return is_mark (text[0]) && text[1] != '\0' && find_place (words, text + 1, reading);
}

static gboolean
read_number (double number, XqReading *reading)
{
  if (number != floor (number) || fabs (number) > 10000)
    return FALSE;
  if (number == NUMBER_SKIPPED || number == NUMBER_EMPTY)
    *reading = (XqReading){ XQ_READING_BLANK, 0 };
  else
    *reading = (XqReading){ XQ_READING_NUMBER, (int) number };
  return TRUE;
}

/* Digits alone, or with 分 behind. */
static gboolean
read_digits (const char *folded, XqReading *reading)
{
  char *rest;
  gint64 number = g_ascii_strtoll (folded, &rest, 10);

  return rest != folded && (*rest == '\0' || strcmp (rest, "分") == 0) && read_number ((double) number, reading);
}

static XqReading
read_text (const XqOptionWords *words, const char *text)
{
  g_autofree char *folded = fold (text);
  XqReading reading = { XQ_READING_UNKNOWN, 0 };

  if (*folded == '\0')
    reading.kind = XQ_READING_BLANK;
  else if (find_place (words, folded, &reading) || read_digits (folded, &reading)
           || find_marked (words, folded, &reading))
    return reading;
  else if (g_strv_contains (blank_words, folded))
    reading.kind = XQ_READING_BLANK;
  return reading;
}

XqReading
xq_option_words_read (XqOptionWords *words, const XqCell *cell)
{
  XqReading reading = { XQ_READING_UNKNOWN, 0 };
  const XqReading *known;

  if (cell->type == XQ_CELL_EMPTY)
    return (XqReading){ XQ_READING_BLANK, 0 };
  if (cell->type == XQ_CELL_NUMBER)
    {
      read_number (cell->number, &reading);
      return reading;
    }
  /* One digit: every cell of a csv file by number. */
  if (g_ascii_isdigit (cell->text[0]) && cell->text[1] == '\0')
    return (XqReading){ XQ_READING_NUMBER, cell->text[0] - '0' };
  known = g_hash_table_lookup (words->remembered, cell->text);
  if (known != NULL)
    return *known;
  reading = read_text (words, cell->text);
  if (g_hash_table_size (words->remembered) < REMEMBERED_MAXIMUM)
    g_hash_table_insert (words->remembered, g_strdup (cell->text), g_memdup2 (&reading, sizeof reading));
  return reading;
}
