#include "config.h"

#include "cli/demo-words.h"

#include <string.h>

#include "base/resource.h"

struct _XqDemoWords
{
  JsonNode *names;
  JsonNode *texts;
  char **surnames;
  int *running; /* sums of their weights */
  guint n_surnames;
};

static JsonNode *
load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = xq_resource_load (path, error);
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (bytes == NULL
      || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error))
    return NULL;
  return json_parser_steal_root (parser);
}

static void
read_surnames (XqDemoWords *words)
{
  JsonArray *all = json_object_get_array_member (json_node_get_object (words->names), "surnames");
  int sum = 0;

  words->n_surnames = json_array_get_length (all);
  words->surnames = g_new0 (char *, words->n_surnames + 1);
  words->running = g_new (int, words->n_surnames);
  for (guint i = 0; i < words->n_surnames; i++)
    {
      JsonObject *surname = json_array_get_object_element (all, i);

      sum += (int) json_object_get_int_member (surname, "weight");
      words->running[i] = sum;
      words->surnames[i] = g_strdup (json_object_get_string_member (surname, "name"));
    }
}

XqDemoWords *
xq_demo_words_load (GError **error)
{
  g_autoptr (XqDemoWords) words = g_new0 (XqDemoWords, 1);

  words->names = load ("demo/names.json", error);
  words->texts = words->names != NULL ? load ("demo/words.json", error) : NULL;
  if (words->texts == NULL)
    return NULL;
  read_surnames (words);
  return g_steal_pointer (&words);
}

void
xq_demo_words_free (XqDemoWords *words)
{
  g_clear_pointer (&words->names, json_node_unref);
  g_clear_pointer (&words->texts, json_node_unref);
  g_clear_pointer (&words->surnames, g_strfreev);
  g_clear_pointer (&words->running, g_free);
  g_free (words);
}

static const char *
pick_text (JsonArray *list, XqDemoRandom *random)
{
  return json_array_get_string_element (list, (guint) xq_demo_random_between (random, 0, (int) json_array_get_length (list) - 1));
}

/* Two characters mostly; one for every sixth child, so that short names are searched for too. */
static char *
given_name (const XqDemoWords *words, XqDemoRandom *random, XqSex sex, gboolean adult)
{
  JsonObject *names = json_node_get_object (words->names);
  JsonObject *own;

  if (adult)
    return g_strdup (pick_text (json_object_get_array_member (names, sex == XQ_SEX_MALE ? "adult_male" : "adult_female"), random));
  own = json_object_get_object_member (names, sex == XQ_SEX_MALE ? "male" : "female");
  if (xq_demo_random_chance (random, 0.16))
    return g_strdup (pick_text (json_object_get_array_member (own, "single"), random));
  for (;;)
    {
      const char *first = pick_text (json_object_get_array_member (own, "first"), random);
      const char *second = pick_text (json_object_get_array_member (own, "second"), random);

      if (strcmp (first, second) != 0)
        return g_strconcat (first, second, NULL);
    }
}

char *
xq_demo_words_name (const XqDemoWords *words, XqDemoRandom *random, XqSex sex, gboolean adult, const char *surname)
{
  g_autofree char *given = NULL;

  if (surname == NULL)
    surname = words->surnames[xq_demo_random_weighted (random, words->running, words->n_surnames)];
  given = given_name (words, random, sex, adult);
  return g_strconcat (surname, given, NULL);
}

char *
xq_demo_words_surname (const XqDemoWords *words, const char *name)
{
  const char *found = "";

  for (guint i = 0; i < words->n_surnames; i++)
    if (g_str_has_prefix (name, words->surnames[i]) && strlen (words->surnames[i]) > strlen (found))
      found = words->surnames[i];
  return g_strdup (found);
}

JsonArray *
xq_demo_words_list (const XqDemoWords *words, const char *key)
{
  return json_object_get_array_member (json_node_get_object (words->texts), key);
}

static const char *
pick_weighted (JsonArray *list, XqDemoRandom *random)
{
  guint count = json_array_get_length (list);
  g_autofree int *running = g_new (int, count);
  int sum = 0;

  for (guint i = 0; i < count; i++)
    {
      sum += (int) json_object_get_int_member (json_array_get_object_element (list, i), "weight");
      running[i] = sum;
    }
  return json_object_get_string_member (
      json_array_get_object_element (list, xq_demo_random_weighted (random, running, count)), "text");
}

const char *
xq_demo_words_pick (const XqDemoWords *words, XqDemoRandom *random, const char *key)
{
  JsonArray *list = xq_demo_words_list (words, key);

  return JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, 0)) ? pick_weighted (list, random) : pick_text (list, random);
}

const char *
xq_demo_words_get (const XqDemoWords *words, const char *key, const char *member)
{
  return json_object_get_string_member (json_object_get_object_member (json_node_get_object (words->texts), key), member);
}

const char *
xq_demo_words_member (JsonObject *object, const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}
