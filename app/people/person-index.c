#include "config.h"

#include "people/person-index.h"

#include <string.h>

#include "base/text.h"
#include "vault/store.h"

struct _XqPersonIndex
{
  GPtrArray *persons;
  GHashTable *by_code;
  GHashTable *by_short_code; /* without the zeros in front, that a spreadsheet loses */
  GHashTable *by_national_id;
  GHashTable *by_name; /* GPtrArray */
};

/* Two that claim the same place leave it to nobody. */
static const XqPerson several;

static char *
code_key (const char *code)
{
  g_autofree char *plain = xq_text_plain (code);

  return g_ascii_strup (plain, -1);
}

static const char *
without_zeros (const char *key)
{
  const char *rest = key + strspn (key, "0");

  return *rest != '\0' ? rest : key;
}

static void
claim (GHashTable *table, const char *key, XqPerson *person)
{
  gboolean taken = g_hash_table_contains (table, key);

  g_hash_table_replace (table, g_strdup (key), taken ? (gpointer) &several : person);
}

static void
add_person (XqPersonIndex *index, XqPerson *person)
{
  GPtrArray *namesakes = g_hash_table_lookup (index->by_name, person->name);

  if (person->code != NULL)
    {
      g_autofree char *key = code_key (person->code);

      claim (index->by_code, key, person);
      claim (index->by_short_code, without_zeros (key), person);
    }
  if (person->national_id != NULL)
    claim (index->by_national_id, person->national_id, person);
  if (namesakes == NULL)
    {
      namesakes = g_ptr_array_new ();
      g_hash_table_insert (index->by_name, person->name, namesakes);
    }
  g_ptr_array_add (namesakes, person);
}

XqPersonIndex *
xq_person_index_load (XqDatabase *database, gint64 organisation_id, GError **error)
{
  g_autoptr (GPtrArray) persons
      = xq_store_list (database, error, &XQ_PERSON, "WHERE :organisation = 0 OR organisation_id = :organisation",
                       XQ_INTEGER (":organisation", organisation_id), XQ_END);
  XqPersonIndex *index;

  if (persons == NULL)
    return NULL;
  index = g_new0 (XqPersonIndex, 1);
  index->persons = g_steal_pointer (&persons);
  index->by_code = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->by_short_code = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->by_national_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < index->persons->len; i++)
    add_person (index, g_ptr_array_index (index->persons, i));
  return index;
}

void
xq_person_index_free (XqPersonIndex *index)
{
  if (index == NULL)
    return;
  g_hash_table_unref (index->by_code);
  g_hash_table_unref (index->by_short_code);
  g_hash_table_unref (index->by_national_id);
  g_hash_table_unref (index->by_name);
  g_ptr_array_unref (index->persons);
  g_free (index);
}

static const XqPerson *
find_only (GHashTable *table, const char *key)
{
  const XqPerson *person = g_hash_table_lookup (table, key);

  return person != &several ? person : NULL;
}

/* 全国学籍号: a letter before the identity number. */
static const char *
national_id_in (const char *code_key)
{
  return strlen (code_key) == 19 && (*code_key == 'G' || *code_key == 'L' || *code_key == 'J') ? code_key + 1 : NULL;
}

static const XqPerson *
match_code (const XqPersonIndex *index, const char *code, XqMatch *match)
{
  g_autofree char *key = code_key (code);
  const char *national_id = national_id_in (key);
  const XqPerson *person;

  if (*key == '\0')
    return NULL;
  *match = XQ_MATCH_CODE;
  person = find_only (index->by_code, key);
  if (person == NULL && !g_hash_table_contains (index->by_code, key))
    person = find_only (index->by_short_code, without_zeros (key));
  if (person == NULL && national_id != NULL)
    {
      *match = XQ_MATCH_NATIONAL_ID;
      person = find_only (index->by_national_id, national_id);
    }
  return person;
}

/* The only one of the namesakes whom the birth date and the unit fit, as far as they are said. */
static const XqPerson *
only_one (const GPtrArray *namesakes, const char *birth_date, gint64 unit_id, gboolean present_only)
{
  const XqPerson *found = NULL;

  for (guint i = 0; i < namesakes->len; i++)
    {
      const XqPerson *person = g_ptr_array_index (namesakes, i);

      if ((birth_date != NULL && g_strcmp0 (person->birth_date, birth_date) != 0)
          || (unit_id != 0 && person->unit_id != unit_id)
          || (present_only && person->state != XQ_PERSON_ACTIVE && person->state != XQ_PERSON_SUSPENDED))
        continue;
      if (found != NULL)
        return NULL;
      found = person;
    }
  return found;
}

/* Of several, those who left do not count. */
static const XqPerson *
pick (const GPtrArray *namesakes, const char *birth_date, gint64 unit_id)
{
  const XqPerson *person = only_one (namesakes, birth_date, unit_id, FALSE);

  return person != NULL ? person : only_one (namesakes, birth_date, unit_id, TRUE);
}

/* Everybody of that name was born on another day. */
static gboolean
is_excluded (const GPtrArray *namesakes, const char *birth_date)
{
  for (guint i = 0; i < namesakes->len; i++)
    {
      const XqPerson *person = g_ptr_array_index (namesakes, i);

      if (person->birth_date == NULL || strcmp (person->birth_date, birth_date) == 0)
        return FALSE;
    }
  return TRUE;
}

static const XqPerson *
match_name (const XqPersonIndex *index, const char *name, const char *birth_date, gint64 unit_id, XqMatch *match)
{
  const GPtrArray *namesakes = g_hash_table_lookup (index->by_name, name);
  const XqPerson *person = NULL;

  *match = XQ_MATCH_NONE;
  if (namesakes == NULL || (birth_date != NULL && is_excluded (namesakes, birth_date)))
    return NULL;
  if (birth_date != NULL && (person = pick (namesakes, birth_date, 0)) != NULL)
    *match = XQ_MATCH_NAME_AND_BIRTH;
  else if (unit_id != 0 && (person = pick (namesakes, NULL, unit_id)) != NULL)
    *match = XQ_MATCH_NAME_AND_UNIT;
  else if ((person = pick (namesakes, NULL, 0)) != NULL)
    *match = XQ_MATCH_NAME;
  else
    *match = XQ_MATCH_AMBIGUOUS;
  return person;
}

const XqPerson *
xq_person_index_match (XqPersonIndex *index, const char *code, const char *national_id, const char *name,
                       const char *birth_date, gint64 unit_id, XqMatch *ret_match)
{
  XqMatch match = XQ_MATCH_NONE;
  const XqPerson *person = code != NULL ? match_code (index, code, &match) : NULL;

  if (person == NULL && national_id != NULL)
    {
      match = XQ_MATCH_NATIONAL_ID;
      person = find_only (index->by_national_id, national_id);
    }
  if (person == NULL)
    {
      match = XQ_MATCH_NONE;
      if (name != NULL)
        person = match_name (index, name, birth_date, unit_id, &match);
    }
  if (ret_match != NULL)
    *ret_match = match;
  return person;
}

const GPtrArray *
xq_person_index_all (XqPersonIndex *index)
{
  return index->persons;
}
