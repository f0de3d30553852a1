#include "config.h"

#include "people/search.h"

#include <string.h>

#include "base/text.h"
#include "people/class-name.h"
#include "people/person-private.h"
#include "people/search-index.h"
#include "vault/audit.h"
#include "vault/store.h"

#define MOST_WORDS  6
#define MOST_PROBES 8
/* A tail shorter than this finds half the school. */
#define LEAST_TAIL 3
#define LEAST_NATIONAL_ID 6
/* How many that fit one word are looked at for the others. */
#define MOST_CANDIDATES 1000
/* The last character of Unicode: no term begins with it. */
#define BEYOND "\xf4\x8f\xbf\xbf"

typedef struct
{
  char kind; /* XQ_TERM_… */
  gboolean backwards;
} Probe;

typedef struct
{
  gint64 id;
  int rank; /* twice the probe's place, odd for what is not the whole term */
  gboolean gone;
  char *sort_key;
} Hit;

typedef struct
{
  XqDatabase *database;
  GArray *hits;     /* Hit */
  GHashTable *seen; /* ids */
  guint enough;     /* 0: never */
} Collector;

/* What a word may be, likeliest first. */
static guint
probes_for (const char *key, Probe *probes)
{
  gsize length = strlen (key);
  gboolean digits = strspn (key, "0123456789") == length;
  gboolean ascii = g_str_is_ascii (key);
  guint n = 0;

  if (length == 0)
    return 0;
  if (!ascii)
    probes[n++] = (Probe) { XQ_TERM_NAME, FALSE };
  else if (digits)
    probes[n++] = (Probe) { XQ_TERM_CODE, FALSE };
  else
    {
      probes[n++] = (Probe) { XQ_TERM_PINYIN, FALSE };
      probes[n++] = (Probe) { XQ_TERM_INITIALS, FALSE };
      probes[n++] = (Probe) { XQ_TERM_CODE, FALSE };
      probes[n++] = (Probe) { XQ_TERM_PINYIN_PART, FALSE };
      probes[n++] = (Probe) { XQ_TERM_INITIALS_PART, FALSE };
    }
  if (!ascii)
    probes[n++] = (Probe) { XQ_TERM_NAME_PART, FALSE };
  if (digits && length >= LEAST_TAIL)
    probes[n++] = (Probe) { XQ_TERM_PHONE_TAIL, TRUE };
  if (ascii && length >= LEAST_TAIL)
    probes[n++] = (Probe) { XQ_TERM_CODE_TAIL, TRUE };
  return n;
}

/* What is typed for ü: lü, lyu, lv. */
static char *
key_of (const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  g_autoptr (GString) text = g_string_new (lower);

  g_string_replace (text, "ü", "v", 0);
  g_string_replace (text, "lyu", "lv", 0);
  g_string_replace (text, "nyu", "nv", 0);
  return xq_search_key (text->str);
}

static void
add_hit (Collector *collector, gint64 id, int rank)
{
  Hit hit = { id, rank, FALSE, NULL };

  if (g_hash_table_add (collector->seen, GSIZE_TO_POINTER ((gsize) id)))
    g_array_append_val (collector->hits, hit);
}

static gboolean
is_enough (const Collector *collector)
{
  return collector->enough > 0 && collector->hits->len >= collector->enough;
}

static gboolean
read_range (Collector *collector, XqStatement *statement, const char *whole, int rank, GError **error)
{
  XqStep step = XQ_STEP_DONE;

  if (statement == NULL)
    return FALSE;
  while (!is_enough (collector) && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    add_hit (collector, xq_statement_integer (statement, 0),
             rank + (strcmp (xq_statement_text (statement, 1), whole) == 0 ? 0 : 1));
  return step != XQ_STEP_FAILED;
}

static char *
term_of (Probe probe, const char *key)
{
  char kind[2] = { probe.kind, '\0' };
  g_autofree char *backwards = probe.backwards ? xq_search_backwards (key) : NULL;

  return g_strconcat (kind, backwards != NULL ? backwards : key, NULL);
}

static gboolean
probe_terms (Collector *collector, Probe probe, const char *key, int rank, GError **error)
{
  g_autofree char *from = term_of (probe, key);
  g_autofree char *to = g_strconcat (from, BEYOND, NULL);
  g_autoptr (XqStatement) statement
      = xq_database_query (collector->database, error,
                           "SELECT doc, term FROM person_term WHERE term >= :from AND term <= :to",
                           XQ_TEXT (":from", from), XQ_TEXT (":to", to), XQ_END);

  return read_range (collector, statement, from, rank, error);
}

static gboolean
probe_national_id (Collector *collector, const char *key, int rank, GError **error)
{
  g_autofree char *from = g_ascii_strup (key, -1);
  g_autofree char *to = g_strconcat (from, BEYOND, NULL);
  g_autoptr (XqStatement) statement = NULL;

  if (strlen (key) < LEAST_NATIONAL_ID || strspn (key, "0123456789x") != strlen (key))
    return TRUE;
  statement = xq_database_query (collector->database, error,
                                 "SELECT id, national_id FROM person WHERE national_id >= :from AND national_id <= :to"
                                 " ORDER BY national_id, id",
                                 XQ_TEXT (":from", from), XQ_TEXT (":to", to), XQ_END);
  return read_range (collector, statement, from, rank, error);
}

/* Everything that one word finds. */
static gboolean
collect_key (Collector *collector, const char *key, GError **error)
{
  Probe probes[MOST_PROBES];
  guint n = probes_for (key, probes);

  for (guint i = 0; i < n && !is_enough (collector); i++)
    if (!probe_terms (collector, probes[i], key, 2 * (int) i, error))
      return FALSE;
  return is_enough (collector) || probe_national_id (collector, key, 2 * (int) n, error);
}

/* Whether one of the terms begins with what @key may be. */
static gboolean
terms_hold (const char *terms, const char *key)
{
  Probe probes[MOST_PROBES];
  guint n = probes_for (key, probes);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *term = term_of (probes[i], key);
      g_autofree char *inner = g_strconcat (" ", term, NULL);

      if (g_str_has_prefix (terms, term) || strstr (terms, inner) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
person_holds (XqDatabase *database, gint64 id, char **keys, gboolean *ret_holds, GError **error)
{
  g_autoptr (XqPerson) person = xq_store_load (database, &XQ_PERSON, id, error);
  g_auto (XqPinyin) pinyin = { 0 };
  g_autofree char *terms = NULL;

  if (person == NULL)
    return FALSE;
  xq_pinyin_name (person->name, &pinyin);
  terms = xq_search_terms (person, &pinyin);
  *ret_holds = TRUE;
  for (char **key = keys; *key != NULL && *ret_holds; key++)
    *ret_holds = terms_hold (terms, *key);
  return TRUE;
}

static guint
longest (char **keys)
{
  guint found = 0;

  for (guint i = 1; keys[i] != NULL; i++)
    if (strlen (keys[i]) > strlen (keys[found]))
      found = i;
  return found;
}

static void
hit_clear (gpointer data)
{
  Hit *hit = data;

  g_free (hit->sort_key);
}

static void
collector_init (Collector *collector, XqDatabase *database, guint enough)
{
  collector->database = database;
  collector->enough = enough;
  collector->hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_array_set_clear_func (collector->hits, hit_clear);
  collector->seen = g_hash_table_new (g_direct_hash, g_direct_equal);
}

static void
collector_clear (Collector *collector)
{
  g_clear_pointer (&collector->hits, g_array_unref);
  g_clear_pointer (&collector->seen, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collector, collector_clear)

/* Several words: those whom the longest finds, and whom the others fit. */
static gboolean
collect_all_of (Collector *collector, char **keys, GError **error)
{
  g_auto (Collector) candidates = { 0 };

  collector_init (&candidates, collector->database, collector->enough > 0 ? MOST_CANDIDATES : 0);
  if (!collect_key (&candidates, keys[longest (keys)], error))
    return FALSE;
  for (guint i = 0; i < candidates.hits->len && !is_enough (collector); i++)
    {
      const Hit *hit = &g_array_index (candidates.hits, Hit, i);
      gboolean holds;

      if (!person_holds (collector->database, hit->id, keys, &holds, error))
        return FALSE;
      if (holds)
        add_hit (collector, hit->id, 2 * MOST_PROBES + hit->rank);
    }
  return TRUE;
}

static char **
keys_of (const char *text)
{
  g_autofree char *plain = xq_text_plain (text);
  g_auto (GStrv) words = g_strsplit (plain, " ", MOST_WORDS);
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *key = key_of (*word);

      if (*key != '\0')
        g_strv_builder_add (keys, key);
    }
  return g_strv_builder_end (keys);
}

/* "zhang s", "张 小明": written together first. */
static gboolean
collect (Collector *collector, const char *text, GError **error)
{
  g_auto (GStrv) keys = keys_of (text);
  g_autofree char *together = g_strjoinv ("", keys);

  if (keys[0] == NULL)
    return TRUE;
  if (!collect_key (collector, together, error))
    return FALSE;
  return keys[1] == NULL || is_enough (collector) || collect_all_of (collector, keys, error);
}

/* Who of the hits has left, and what orders equals. */
static gboolean
look_up_hits (Collector *collector, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (collector->database, error,
                           "SELECT state NOT IN ('active', 'suspended'), sort_key FROM person WHERE id = :id", XQ_END);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < collector->hits->len; i++)
    {
      Hit *hit = &g_array_index (collector->hits, Hit, i);
      XqStep step;

      xq_statement_bind_integer (statement, ":id", hit->id);
      step = xq_statement_step (statement, error);
      if (step == XQ_STEP_FAILED)
        return FALSE;
      hit->gone = step != XQ_STEP_ROW || xq_statement_integer (statement, 0) != 0;
      hit->sort_key = step == XQ_STEP_ROW ? xq_statement_dup_text (statement, 1) : NULL;
      xq_statement_reset (statement);
    }
  return TRUE;
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *one = a, *other = b;
  int by_name;

  if (one->rank != other->rank)
    return one->rank - other->rank;
  if (one->gone != other->gone)
    return one->gone ? 1 : -1;
  by_name = g_strcmp0 (one->sort_key, other->sort_key);
  if (by_name != 0)
    return by_name;
  return one->id < other->id ? -1 : one->id > other->id;
}

GArray *
xq_search_collect (XqDatabase *database, const char *text, guint limit, GError **error)
{
  g_autoptr (XqStatement) together = xq_read_together (database, error);
  g_auto (Collector) collector = { 0 };
  GArray *ids;

  if (together == NULL)
    return NULL;
  /* Twice as many, so that those present are not crowded out by those who left. */
  collector_init (&collector, database, 2 * limit);
  if (!collect (&collector, text, error) || (limit > 0 && !look_up_hits (&collector, error)))
    return NULL;
  g_array_sort (collector.hits, compare_hits);
  if (limit > 0)
    g_array_set_size (collector.hits, MIN (collector.hits->len, limit));
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), collector.hits->len);
  for (guint i = 0; i < collector.hits->len; i++)
    g_array_append_val (ids, g_array_index (collector.hits, Hit, i).id);
  return ids;
}

GArray *
xq_search_people (XqDatabase *database, const char *text, guint limit, GError **error)
{
  g_return_val_if_fail (text != NULL && limit > 0, NULL);

  return xq_search_collect (database, text, limit, error);
}

GArray *
xq_search_units (XqDatabase *database, const char *text, guint limit, GError **error)
{
  g_autofree char *plain = xq_text_plain (text);
  g_auto (XqClassName) name = { 0 };
  g_autoptr (XqStatement) statement = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step = XQ_STEP_DONE;

  if (*plain == '\0')
    return g_steal_pointer (&ids);
  xq_class_name_parse (NULL, plain, XQ_STAGE_UNKNOWN, NULL, &name);
  statement = xq_database_query (database, error,
                                 "SELECT id FROM unit WHERE key = :key OR instr (lower (name), lower (:text)) > 0"
                                 " ORDER BY key <> :key, organisation_id, position, id LIMIT :limit",
                                 XQ_TEXT (":key", name.class_key != NULL ? name.class_key : name.grade_key),
                                 XQ_TEXT (":text", plain), XQ_INTEGER (":limit", limit), XQ_END);
  while (statement != NULL && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  return statement != NULL && step == XQ_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
index_everybody (XqDatabase *database, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, "SELECT id, name, code, phone FROM person", XQ_END);
  XqStep step = XQ_STEP_FAILED;

  while (statement != NULL && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqPerson person = { .id = xq_statement_integer (statement, 0),
                          .name = (char *) xq_statement_text (statement, 1),
                          .code = (char *) xq_statement_text (statement, 2),
                          .phone = (char *) xq_statement_text (statement, 3) };
      g_auto (XqPinyin) pinyin = { 0 };
      g_autofree char *terms = NULL;

      xq_pinyin_name (person.name, &pinyin);
      terms = xq_search_terms (&person, &pinyin);
      if (!xq_search_put (database, person.id, terms, error))
        return FALSE;
    }
  return step == XQ_STEP_DONE;
}

gboolean
xq_search_rebuild (XqDatabase *database, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  return transaction != NULL
         && xq_database_execute (database, error,
                                 "INSERT INTO person_search (person_search) VALUES ('delete-all')", XQ_END)
         && index_everybody (database, error) && xq_audit_append (database, "search_rebuild", NULL, 0, NULL, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
