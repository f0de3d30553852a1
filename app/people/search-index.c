#include "config.h"

#include "people/search-index.h"

#include <string.h>

#include "base/text.h"

/* A name of more parts is found by these. */
#define MOST_PARTS 12
#define MOST_BYTES 96

static void
append_key (GString *key, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        {
          if (g_ascii_isalnum ((char) c))
            g_string_append_c (key, g_ascii_tolower ((char) c));
        }
      else if (xq_text_is_han (c) || g_unichar_isalnum (c))
        g_string_append_unichar (key, g_unichar_tolower (c));
    }
}

char *
xq_search_key (const char *text)
{
  GString *key = g_string_new (NULL);

  if (text != NULL)
    append_key (key, text);
  return g_string_free_and_steal (key);
}

char *
xq_search_backwards (const char *text)
{
  return g_utf8_strreverse (text, -1);
}

static void
append_term (GString *terms, char kind, const char *text)
{
  if (*text == '\0')
    return;
  if (terms->len > 0)
    g_string_append_c (terms, ' ');
  g_string_append_c (terms, kind);
  g_string_append_len (terms, text, MIN (strlen (text), MOST_BYTES));
}

static void
append_name (GString *terms, const char *name)
{
  g_autofree char *key = xq_search_key (name);
  int parts = 0;

  for (const char *p = key; *p != '\0' && parts < MOST_PARTS; p = g_utf8_next_char (p), parts++)
    append_term (terms, parts == 0 ? XQ_TERM_NAME : XQ_TERM_NAME_PART, p);
}

/* @full is "zhang xiao ming"; a term begins with each syllable. */
static void
append_pinyin (GString *terms, const char *full, gboolean with_parts)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  gsize starts[MOST_PARTS] = { 0 };
  int n = 1;

  for (const char *p = full; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == ' ')
      {
        if (n < MOST_PARTS)
          starts[n++] = joined->len;
      }
    else
      g_string_append_len (joined, p, g_utf8_next_char (p) - p);
  for (int i = 0; i < (with_parts ? n : 1); i++)
    append_term (terms, i == 0 ? XQ_TERM_PINYIN : XQ_TERM_PINYIN_PART, joined->str + starts[i]);
}

static void
append_initials (GString *terms, const char *initials)
{
  int parts = 0;

  for (const char *p = initials; *p != '\0' && parts < MOST_PARTS; p = g_utf8_next_char (p), parts++)
    if (parts == 0 || *g_utf8_next_char (p) != '\0')
      append_term (terms, parts == 0 ? XQ_TERM_INITIALS : XQ_TERM_INITIALS_PART, p);
}

static void
append_both_ways (GString *terms, char forwards, char backwards, const char *text)
{
  g_autofree char *key = xq_search_key (text);
  g_autofree char *reversed = xq_search_backwards (key);

  if (forwards != '\0')
    append_term (terms, forwards, key);
  append_term (terms, backwards, reversed);
}

char *
xq_search_terms (const XqPerson *person, const XqPinyin *pinyin)
{
  GString *terms = g_string_sized_new (128);

  append_name (terms, person->name);
  append_pinyin (terms, pinyin->full, TRUE);
  if (pinyin->other != NULL)
    append_pinyin (terms, pinyin->other, FALSE);
  append_initials (terms, pinyin->initials);
  append_both_ways (terms, XQ_TERM_CODE, XQ_TERM_CODE_TAIL, person->code);
  append_both_ways (terms, '\0', XQ_TERM_PHONE_TAIL, person->phone);
  return g_string_free_and_steal (terms);
}

gboolean
xq_search_put (XqDatabase *database, gint64 person_id, const char *terms, GError **error)
{
  return xq_database_execute (database, error, "REPLACE INTO person_search (rowid, terms) VALUES (:id, :terms)",
                              XQ_INTEGER (":id", person_id), XQ_TEXT (":terms", terms), XQ_END);
}
