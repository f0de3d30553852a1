/* Makes the table of readings that pinyin.c is compiled with: pinyin-table > pinyin-table.h
 *
 * ICU needs 85 ms to load its rules and 15 µs a character; the table costs nothing at run time, and a name is
 * read alike whichever ICU the machine has. */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define FIRST_HAN 0x3400
#define LAST_HAN  0x9fff
/* A character whose reading does not depend on its neighbours, to stand beside the one that is asked for. */
#define NEIGHBOUR "丁"

typedef struct
{
  const char *characters;
  const char *reading;
} Reading;

/* Surnames that ICU reads as everyday words. */
static const Reading surnames[] = {
  { "单單", "shan4" }, { "曾", "zeng1" },   { "朴", "piao2" },   { "缪繆", "miao4" }, { "乜", "nie4" },
  { "宓", "mi4" },     { "洗冼", "xian3" }, { "薄", "bo2" },     { "覃", "qin2" },    { "解", "xie4" },
  { "仇", "qiu2" },    { "区區", "ou1" },   { "查", "zha1" },    { "盖蓋", "ge3" },   { "任", "ren2" },
  { "华華", "hua4" },  { "宁寧", "ning4" }, { "燕", "yan1" },    { "纪紀", "ji3" },   { "尉", "wei4" },
  { "员員", "yun4" },  { "乐樂", "yue4" },  { "折", "she2" },    { "种種", "chong2" }, { "秘", "bi4" },
  { "召", "shao4" },   { "繁", "po2" },     { "过過", "guo1" },  { "翟", "zhai2" },   { "葛", "ge3" },
  { "重", "chong2" },  { "郇", "xun2" },    { "句", "gou1" },    { "能", "nai4" },    { "会會", "gui4" },
  { "都", "du1" },     { "祭", "zhai4" },   { "钭鈄", "tou3" },  { "炅", "gui4" },    { "蔚", "yu4" },
  { "澹", "tan2" },    { "要", "yao1" },    { "哈", "ha3" },     { "那", "na1" },     { "令", "ling2" },
  { "干", "gan1" },    { "粘", "nian2" },   { "莘", "shen1" },   { "卜", "bu3" },     { "逄", "pang2" },
};
/* Characters of given names that ICU reads otherwise. */
static const Reading given_names[] = {
  { "晟", "sheng4" }, { "筠", "yun2" }, { "峙", "zhi4" }, { "卜", "bu3" }, { "乐樂", "le4" }, { "莘", "shen1" },
};

typedef enum
{
  PLACE_SURNAME,
  PLACE_GIVEN,
} Place;

static const char *
look_up (const Reading *table, gsize n, const char *character)
{
  for (gsize i = 0; i < n; i++)
    if (strstr (table[i].characters, character) != NULL)
      return table[i].reading;
  return NULL;
}

static UTransliterator *
open_transliterator (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UTransliterator *transliterator;
  UChar name[32];
  int32_t length;

  u_strFromUTF8 (name, G_N_ELEMENTS (name), &length, "Han-Latin/Names", -1, &status);
  transliterator = utrans_openU (name, length, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_FAILURE (status))
    g_error ("ICU has no Han-Latin/Names: %s", u_errorName (status));
  return transliterator;
}

/* "shàn dīng" for "单丁". */
static char *
transliterate (UTransliterator *transliterator, const char *text)
{
  UChar buffer[64];
  char latin[128] = "";
  UErrorCode status = U_ZERO_ERROR;
  int32_t length, limit;

  u_strFromUTF8 (buffer, G_N_ELEMENTS (buffer), &length, text, -1, &status);
  limit = length;
  utrans_transUChars (transliterator, buffer, &length, G_N_ELEMENTS (buffer), 0, &limit, &status);
  u_strToUTF8 (latin, sizeof latin, NULL, buffer, length, &status);
  return g_strdup (U_SUCCESS (status) ? latin : "");
}

/* "xiǎo" becomes "xiao3", "lǚ" "lv3". "" for what is not a syllable. */
static char *
syllable_with_tone (const char *latin)
{
  g_autofree char *parts = g_utf8_normalize (latin, -1, G_NORMALIZE_ALL);
  GString *syllable = g_string_new (NULL);
  char tone = '5';

  for (const char *p = parts; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && g_ascii_isalpha ((char) c))
        g_string_append_c (syllable, g_ascii_tolower ((char) c));
      else if (c == 0x0308 && syllable->len > 0)
        syllable->str[syllable->len - 1] = 'v';
      else if (c == 0x0304)
        tone = '1';
      else if (c == 0x0301)
        tone = '2';
      else if (c == 0x030c)
        tone = '3';
      else if (c == 0x0300)
        tone = '4';
    }
  if (syllable->len > 0)
    g_string_append_c (syllable, tone);
  return g_string_free_and_steal (syllable);
}

static char *
ask_icu (UTransliterator *transliterator, const char *character, Place place)
{
  g_autofree char *text = place == PLACE_SURNAME ? g_strconcat (character, NEIGHBOUR, NULL)
                                                 : g_strconcat (NEIGHBOUR, character, NULL);
  g_autofree char *latin = transliterate (transliterator, text);
  g_auto (GStrv) words = g_strsplit (latin, " ", 2);

  if (g_strv_length (words) != 2)
    return g_strdup ("");
  return syllable_with_tone (words[place == PLACE_SURNAME ? 0 : 1]);
}

static char *
reading_of (UTransliterator *transliterator, gunichar c, Place place)
{
  char character[8] = { 0 };
  const char *reading;

  g_unichar_to_utf8 (c, character);
  reading = place == PLACE_SURNAME ? look_up (surnames, G_N_ELEMENTS (surnames), character)
                                   : look_up (given_names, G_N_ELEMENTS (given_names), character);
  return reading != NULL ? g_strdup (reading) : ask_icu (transliterator, character, place);
}

/* The number of @reading among the syllables so far. */
static guint
number_of (GHashTable *numbers, GPtrArray *syllables, char *reading)
{
  gpointer number;

  if (!g_hash_table_lookup_extended (numbers, reading, NULL, &number))
    {
      number = GUINT_TO_POINTER (syllables->len);
      g_hash_table_insert (numbers, reading, number);
      g_ptr_array_add (syllables, g_strdup (reading));
    }
  else
    g_free (reading);
  return GPOINTER_TO_UINT (number);
}

int
main (void)
{
  static const char *const names[] = { "surname_readings", "given_readings" };
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) syllables = g_ptr_array_new_with_free_func (g_free);
  UTransliterator *transliterator = open_transliterator ();

  printf ("/* Made by pinyin-table.c. */\n#define FIRST_HAN %#x\n#define LAST_HAN  %#x\n", FIRST_HAN, LAST_HAN);
  number_of (numbers, syllables, g_strdup (""));
  for (Place place = PLACE_SURNAME; place <= PLACE_GIVEN; place++)
    {
      printf ("static const guint16 %s[] = {", names[place]);
      for (gunichar c = FIRST_HAN; c <= LAST_HAN; c++)
        printf ("%s%u,", c % 16 == 0 ? "\n  " : " ",
                number_of (numbers, syllables, reading_of (transliterator, c, place)));
      printf ("\n};\n");
    }
  printf ("static const char syllables[][8] = {");
  for (guint i = 0; i < syllables->len; i++)
    printf ("%s\"%s\",", i % 8 == 0 ? "\n  " : " ", (const char *) syllables->pdata[i]);
  printf ("\n};\n");
  utrans_close (transliterator);
  return 0;
}
