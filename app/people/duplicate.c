#include "config.h"

#include "people/duplicate.h"

#include <glib/gi18n-lib.h>

#include "people/search-index.h"

static void
add_reason (GArray *duplicates, gint64 person_id, XqDuplicateReason reason)
{
  XqDuplicate found = { person_id, reason };

  for (guint i = 0; i < duplicates->len; i++)
    {
      XqDuplicate *duplicate = &g_array_index (duplicates, XqDuplicate, i);

      if (duplicate->person_id == person_id)
        {
          duplicate->reasons |= reason;
          return;
        }
    }
  g_array_append_val (duplicates, found);
}

/* The ids that @sql finds with :one and :other. */
static gboolean
look (XqDatabase *database, GArray *duplicates, const XqPerson *person, XqDuplicateReason reason, const char *sql,
      const char *one, const char *other, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (one == NULL || other == NULL || *one == '\0' || *other == '\0')
    return TRUE;
  statement = xq_database_query (database, error, sql, XQ_TEXT (":one", one), XQ_TEXT (":other", other),
                                 XQ_INTEGER (":self", person->id), XQ_END);
  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    add_reason (duplicates, xq_statement_integer (statement, 0), reason);
  return step == XQ_STEP_DONE;
}

static guint
weight (XqDuplicateReason reasons)
{
  return (reasons & XQ_DUPLICATE_NATIONAL_ID ? 8 : 0) + (reasons & XQ_DUPLICATE_CODE ? 4 : 0)
         + (reasons & XQ_DUPLICATE_NAME_AND_BIRTH ? 2 : 0) + (reasons & XQ_DUPLICATE_PHONE ? 1 : 0);
}

static int
compare_duplicates (gconstpointer a, gconstpointer b)
{
  const XqDuplicate *one = a, *other = b;
  guint left = weight (one->reasons), right = weight (other->reasons);

  if (left != right)
    return left > right ? -1 : 1;
  return one->person_id < other->person_id ? -1 : one->person_id > other->person_id;
}

/* The whole phone number as the search keeps it: there is no index of its own for it. */
static char *
phone_term (const XqPerson *person)
{
  g_autofree char *key = xq_search_key (person->phone);
  g_autofree char *backwards = xq_search_backwards (key);
  char kind[2] = { XQ_TERM_PHONE_TAIL, '\0' };

  return *key != '\0' ? g_strconcat (kind, backwards, NULL) : NULL;
}

GArray *
xq_duplicate_find (XqDatabase *database, const XqPerson *person, GError **error)
{
  g_autoptr (GArray) duplicates = g_array_new (FALSE, FALSE, sizeof (XqDuplicate));
  g_autofree char *name = xq_person_name_plain (person->name);
  g_autofree char *phone = phone_term (person);

  if (!look (database, duplicates, person, XQ_DUPLICATE_CODE,
             "SELECT id FROM person WHERE organisation_id IN (SELECT id FROM organisation) AND code = :one"
             " AND :other <> '' AND id <> :self",
             person->code, "-", error)
      || !look (database, duplicates, person, XQ_DUPLICATE_NATIONAL_ID,
                "SELECT id FROM person WHERE national_id = :one AND :other <> '' AND id <> :self", person->national_id,
                "-", error)
      || !look (database, duplicates, person, XQ_DUPLICATE_NAME_AND_BIRTH,
                "SELECT id FROM person WHERE name = :one AND birth_date = :other AND id <> :self", name,
                person->birth_date, error)
      || !look (database, duplicates, person, XQ_DUPLICATE_PHONE,
                "SELECT p.id FROM person_term AS t CROSS JOIN person AS p ON p.id = t.doc"
                " WHERE t.term = :one AND p.name = :other AND p.id <> :self",
                phone, name, error))
    return NULL;
  g_array_sort (duplicates, compare_duplicates);
  return g_steal_pointer (&duplicates);
}

char *
xq_duplicate_describe (XqDuplicateReason reasons)
{
  static const struct
  {
    XqDuplicateReason reason;
    const char *words;
  } table[] = {
    { XQ_DUPLICATE_NATIONAL_ID, N_ ("the same identity number") },
    { XQ_DUPLICATE_CODE, N_ ("the same number") },
    { XQ_DUPLICATE_NAME_AND_BIRTH, N_ ("the same name and birth date") },
    { XQ_DUPLICATE_PHONE, N_ ("the same name and phone") },
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (reasons & table[i].reason)
      g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", _ (table[i].words));
  return g_string_free_and_steal (text);
}
