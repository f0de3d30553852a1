#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/indicator-private.h"

/* A row of the table: a grade (whatever campus or department it is in), or the uppermost unit where there are no
 * grades. */
typedef struct
{
  char *id;
  char *title;
  gint64 position;
  int grade;
} Row;

typedef struct
{
  gint64 id;
  gint64 parent_id;
  char *kind;
  char *name;
  char *key;
  gint64 position;
  guint row;
  gboolean placed;
} Unit;

typedef struct
{
  guint64 flags;
  guint row;
  char since[12]; /* first day of the membership that decides the row */
} Person;

struct _XqRoster
{
  XqDatabase *database;
  gint64 organisation_id;
  const char *kind;     /* of the persons who are counted */
  GPtrArray *rows;      /* of Row; the last one for those without a grade */
  GHashTable *units;    /* id → Unit */
  GHashTable *index;    /* person id → index + 1, 0 for whoever is not counted */
  GArray *persons;      /* of Person */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->id);
  g_free (row->title);
  g_free (row);
}

static void
unit_free (gpointer data)
{
  Unit *unit = data;

  g_free (unit->kind);
  g_free (unit->name);
  g_free (unit->key);
  g_free (unit);
}

void
xq_term_roster_free (XqTermRoster *roster)
{
  if (roster == NULL)
    return;
  g_ptr_array_unref (roster->rows);
  g_hash_table_unref (roster->units);
  g_hash_table_unref (roster->index);
  g_array_unref (roster->persons);
  g_free (roster);
}

static gboolean
read_units (XqTermRoster *roster, GError **error)
{
  g_autoptr (XqStatement) row = xq_database_query (
      roster->database, error,
      "SELECT id, parent_id, kind, name, key, position FROM unit WHERE organisation_id = :organisation",
      XQ_INTEGER (":organisation", roster->organisation_id), XQ_END);
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    {
      Unit *unit = g_new0 (Unit, 1);

      unit->id = xq_statement_integer (row, 0);
      unit->parent_id = xq_statement_integer (row, 1);
      unit->kind = xq_statement_dup_text (row, 2);
      unit->name = xq_statement_dup_text (row, 3);
      unit->key = xq_statement_dup_text (row, 4);
      unit->position = xq_statement_integer (row, 5);
      g_hash_table_insert (roster->units, GSIZE_TO_POINTER ((gsize) unit->id), unit);
    }
  return step == XQ_STEP_DONE;
}

static Unit *
unit_of (const XqTermRoster *roster, gint64 id)
{
  return g_hash_table_lookup (roster->units, GSIZE_TO_POINTER ((gsize) id));
}

/* The nearest grade at or above @unit, else the uppermost unit. */
static const Unit *
deciding_unit (const XqTermRoster *roster, const Unit *unit)
{
  const Unit *at = unit;

  for (int depth = 0; depth < 16; depth++)
    {
      const Unit *above;

      if (g_str_equal (at->kind, "grade"))
        return at;
      above = unit_of (roster, at->parent_id);
      if (above == NULL)
        break;
      at = above;
    }
  return at;
}

static int
grade_of (const Unit *unit)
{
  return g_str_has_prefix (unit->key, "grade:") ? (int) g_ascii_strtoll (unit->key + strlen ("grade:"), NULL, 10) : 0;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *first = *(const Row *const *) a;
  const Row *second = *(const Row *const *) b;

  if (first->grade != second->grade)
    return first->grade < second->grade ? -1 : 1;
  if (first->position != second->position)
    return first->position < second->position ? -1 : 1;
  return strcmp (first->id, second->id);
}

/* Rows in order, and each unit's row. */
static void
make_rows (XqTermRoster *roster)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer value;
  Row *nowhere = g_new0 (Row, 1);

  g_hash_table_iter_init (&iter, roster->units);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Unit *decides = deciding_unit (roster, value);
      Row *row = g_hash_table_lookup (by_key, decides->key);

      if (row == NULL)
        {
          row = g_new0 (Row, 1);
          row->id = g_strdup (decides->key);
          row->title = g_strdup (decides->name);
          row->position = decides->position;
          row->grade = grade_of (decides);
          g_ptr_array_add (roster->rows, row);
          g_hash_table_insert (by_key, row->id, row);
        }
      row->position = MIN (row->position, decides->position);
    }
  g_ptr_array_sort (roster->rows, compare_rows);
  for (guint i = 0; i < roster->rows->len; i++)
    g_hash_table_insert (numbers, ((Row *) g_ptr_array_index (roster->rows, i))->id, GUINT_TO_POINTER (i));
  g_hash_table_iter_init (&iter, roster->units);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Row *row = g_hash_table_lookup (by_key, deciding_unit (roster, value)->key);

      ((Unit *) value)->row = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, row->id));
    }
  nowhere->id = g_strdup ("none");
  nowhere->title = g_strdup (_("Without a grade"));
  g_ptr_array_add (roster->rows, nowhere);
}

static guint
add_person (XqTermRoster *roster, gint64 id, guint row)
{
  const Person person = { .row = row };

  g_array_append_val (roster->persons, person);
  g_hash_table_insert (roster->index, GSIZE_TO_POINTER ((gsize) id), GUINT_TO_POINTER (roster->persons->len));
  return roster->persons->len - 1;
}

/* The columns of the present row: person, unit, from, on the roll on the reference day, made in the time. The
 * latest membership of the time decides. */
static void
take_membership (XqTermRoster *roster, XqStatement *row)
{
  const gint64 id = xq_statement_integer (row, 0);
  const Unit *unit = unit_of (roster, xq_statement_integer (row, 1));
  const char *from = xq_statement_text (row, 2);
  const gpointer known = g_hash_table_lookup (roster->index, GSIZE_TO_POINTER ((gsize) id));
  const guint index = known != NULL ? GPOINTER_TO_UINT (known) - 1 : add_person (roster, id, xq_term_roster_nowhere (roster));
  Person *person = &g_array_index (roster->persons, Person, index);

  if (unit != NULL && strcmp (from, person->since) >= 0)
    {
      person->row = unit->row;
      g_strlcpy (person->since, from, sizeof person->since);
    }
  if (xq_statement_integer (row, 3) != 0)
    person->flags |= XQ_FLAG_ROSTER;
  if (xq_statement_integer (row, 4) != 0)
    person->flags |= XQ_FLAG_CREATED;
}

#define MEMBERSHIP_SQL(condition)                                                                    \
  "SELECT m.person_id, m.unit_id, m.from_date,"                                                      \
  " m.from_date <= :reference AND (m.to_date IS NULL OR m.to_date >= :reference),"                   \
  " p.created_at >= :start AND p.created_at < :end"                                                  \
  " FROM membership m INDEXED BY membership_to CROSS JOIN person p ON p.id = m.person_id"            \
  " WHERE " condition " AND m.from_date <= :to AND p.organisation_id = :organisation AND p.kind = :kind"

static gboolean
read_memberships (XqTermRoster *roster, const XqTime *time, GError **error)
{
  g_autoptr (XqStatement) row = xq_database_query (
      roster->database, error,
      MEMBERSHIP_SQL ("m.to_date IS NULL") " UNION ALL " MEMBERSHIP_SQL ("m.to_date >= :from"),
      XQ_TEXT (":from", time->from), XQ_TEXT (":to", time->to), XQ_TEXT (":reference", time->reference),
      XQ_INTEGER (":start", time->start), XQ_INTEGER (":end", time->end),
      XQ_INTEGER (":organisation", time->organisation_id), XQ_TEXT (":kind", roster->kind), XQ_END);
  XqStep step;

  if (row == NULL)
    return FALSE;
  while ((step = xq_statement_step (row, error)) == XQ_STEP_ROW)
    take_membership (roster, row);
  return step == XQ_STEP_DONE;
}

XqTermRoster *
xq_term_roster_load (XqDatabase *database, const XqTime *time, GError **error)
{
  g_autoptr (XqTermRoster) roster = g_new0 (XqTermRoster, 1);

  roster->database = database;
  roster->organisation_id = time->organisation_id;
  roster->kind = xq_time_counted_kind (time);
  roster->rows = g_ptr_array_new_with_free_func (row_free);
  roster->units = g_hash_table_new_full (NULL, NULL, NULL, unit_free);
  roster->index = g_hash_table_new (NULL, NULL);
  roster->persons = g_array_new (FALSE, TRUE, sizeof (Person));
  if (!read_units (roster, error))
    return NULL;
  make_rows (roster);
  return read_memberships (roster, time, error) ? g_steal_pointer (&roster) : NULL;
}

guint
xq_term_roster_n_rows (const XqTermRoster *roster)
{
  return roster->rows->len;
}

const char *
xq_term_roster_row_id (const XqTermRoster *roster, guint row)
{
  return ((const Row *) g_ptr_array_index (roster->rows, row))->id;
}

const char *
xq_term_roster_row_title (const XqTermRoster *roster, guint row)
{
  return ((const Row *) g_ptr_array_index (roster->rows, row))->title;
}

int
xq_term_roster_row_grade (const XqTermRoster *roster, guint row)
{
  return ((const Row *) g_ptr_array_index (roster->rows, row))->grade;
}

guint
xq_term_roster_nowhere (const XqTermRoster *roster)
{
  return roster->rows->len - 1;
}

/* Somebody without a membership in the time: counted without a grade when he belongs to those who are counted. */
static gboolean
look_up (XqTermRoster *roster, gint64 person_id, gboolean *ret_counts, GError **error)
{
  gint64 counts = 0;
  const gboolean read = xq_database_get_integer (
      roster->database, error, &counts, NULL,
      "SELECT organisation_id = :organisation AND kind = :kind FROM person WHERE id = :id",
      XQ_INTEGER (":organisation", roster->organisation_id), XQ_TEXT (":kind", roster->kind),
      XQ_INTEGER (":id", person_id), XQ_END);

  *ret_counts = counts != 0;
  return read;
}

int
xq_term_roster_place (XqTermRoster *roster, gint64 person_id, guint *ret_index, GError **error)
{
  const gpointer key = GSIZE_TO_POINTER ((gsize) person_id);
  gpointer known = NULL;
  gboolean counts = FALSE;

  if (g_hash_table_lookup_extended (roster->index, key, NULL, &known))
    {
      if (known == NULL)
        return -1;
      *ret_index = GPOINTER_TO_UINT (known) - 1;
      return (int) g_array_index (roster->persons, Person, *ret_index).row;
    }
  if (!look_up (roster, person_id, &counts, error))
    return -2;
  if (!counts)
    {
      g_hash_table_insert (roster->index, key, NULL);
      return -1;
    }
  *ret_index = add_person (roster, person_id, xq_term_roster_nowhere (roster));
  return (int) xq_term_roster_nowhere (roster);
}

guint64 *
xq_term_roster_flags (XqTermRoster *roster, guint index)
{
  return &g_array_index (roster->persons, Person, index).flags;
}

guint
xq_term_roster_n_persons (const XqTermRoster *roster)
{
  return roster->persons->len;
}

guint
xq_term_roster_person_row (const XqTermRoster *roster, guint index)
{
  return g_array_index (roster->persons, Person, index).row;
}
