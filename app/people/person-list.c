#include "config.h"

#include "people/person-list.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "people/search-index.h"
#include "people/unit.h"

#define ROWS_BETWEEN_QUESTIONS 1024

/* Parts of statements. No text of a user is ever among them: values are bound. */
static const char below_unit[] = " AND p.unit_id IN (WITH RECURSIVE below (id) AS (SELECT :unit UNION ALL"
                                 " SELECT u.id FROM unit AS u JOIN below ON u.parent_id = below.id)"
                                 " SELECT id FROM below)";
static const char *const orders[] = {
  [XQ_PERSON_ORDER_NAME] = " ORDER BY p.sort_key, p.id",
  [XQ_PERSON_ORDER_UNIT] = " ORDER BY p.sort_key, p.id",
  [XQ_PERSON_ORDER_CODE] = " ORDER BY p.code IS NULL, p.code, p.sort_key, p.id",
  [XQ_PERSON_ORDER_LEVEL] = " ORDER BY p.level, p.sort_key, p.id",
  [XQ_PERSON_ORDER_BIRTH_DATE] = " ORDER BY p.birth_date IS NULL, p.birth_date, p.sort_key, p.id",
  [XQ_PERSON_ORDER_NEWEST] = " ORDER BY p.id DESC",
};

typedef enum
{
  LEVEL_AS_FILTERED,
  LEVEL_SOME,
  LEVEL_NONE,
} LevelPart;

/* One statement's worth of a list. */
typedef struct
{
  const XqPersonFilter *filter;
  const char *found;   /* JSON array of what the search found, or NULL */
  LevelPart level;     /* which part of a list by level */
  gboolean in_unit;    /* exactly in @unit_id, 0 for no unit */
  gint64 unit_id;
  guint limit;
  GCancellable *cancellable;
} Part;

static void
append_from (GString *sql, const Part *part)
{
  if (part->found != NULL)
    g_string_append (sql, " FROM json_each (:found) AS f CROSS JOIN person AS p ON p.id = f.value WHERE 1");
  else if (part->filter->tag != NULL)
    g_string_append (sql, " FROM person_tag AS t CROSS JOIN person AS p ON p.id = t.person_id WHERE t.tag = :tag");
  else
    g_string_append (sql, " FROM person AS p WHERE 1");
  if (part->found != NULL && part->filter->tag != NULL)
    g_string_append (sql, " AND EXISTS (SELECT 1 FROM person_tag AS t WHERE t.person_id = p.id AND t.tag = :tag)");
}

static void
append_conditions (GString *sql, const Part *part)
{
  const XqPersonFilter *filter = part->filter;

  if (part->in_unit)
    g_string_append (sql, part->unit_id != 0 ? " AND p.unit_id = :unit" : " AND p.unit_id IS NULL");
  else if (filter->unit_id != 0)
    g_string_append (sql, below_unit);
  if (filter->organisation_id != 0)
    g_string_append (sql, " AND p.organisation_id = :organisation");
  if (filter->kind != XQ_ANY)
    g_string_append (sql, " AND p.kind = :kind");
  if (filter->state == XQ_STATE_PRESENT)
    g_string_append (sql, " AND p.state IN ('active', 'suspended')");
  else if (filter->state != XQ_ANY)
    g_string_append (sql, " AND p.state = :state");
  if (filter->level == XQ_LEVEL_ANY || part->level == LEVEL_SOME)
    g_string_append (sql, " AND p.level IS NOT NULL");
  if (filter->level >= 1 && filter->level <= 3)
    g_string_append (sql, " AND p.level = :level");
  if (part->level == LEVEL_NONE)
    g_string_append (sql, " AND p.level IS NULL");
}

static void
bind_filter (XqStatement *statement, const Part *part)
{
  const XqPersonFilter *filter = part->filter;

  if (part->found != NULL)
    xq_statement_bind_text (statement, ":found", part->found);
  if (filter->tag != NULL)
    xq_statement_bind_text (statement, ":tag", filter->tag);
  if (part->in_unit ? part->unit_id != 0 : filter->unit_id != 0)
    xq_statement_bind_integer (statement, ":unit", part->in_unit ? part->unit_id : filter->unit_id);
  if (filter->organisation_id != 0)
    xq_statement_bind_integer (statement, ":organisation", filter->organisation_id);
  if (filter->kind != XQ_ANY)
    xq_statement_bind_text (statement, ":kind", xq_person_kinds[filter->kind].id);
  if (filter->state != XQ_STATE_PRESENT && filter->state != XQ_ANY)
    xq_statement_bind_text (statement, ":state", xq_person_states[filter->state].id);
  if (filter->level >= 1 && filter->level <= 3)
    xq_statement_bind_integer (statement, ":level", filter->level);
}

static XqStatement *
query_part (XqDatabase *database, const Part *part, const char *columns, const char *order, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  XqStatement *statement;

  g_string_append (sql, columns);
  append_from (sql, part);
  append_conditions (sql, part);
  g_string_append (sql, order);
  if (part->limit > 0)
    g_string_append (sql, " LIMIT :limit");
  statement = xq_database_query (database, error, sql->str, XQ_END);
  if (statement == NULL)
    return NULL;
  bind_filter (statement, part);
  if (part->limit > 0)
    xq_statement_bind_integer (statement, ":limit", part->limit);
  return statement;
}

static gboolean
append_ids (GArray *ids, XqStatement *statement, GCancellable *cancellable, GError **error)
{
  XqStep step;
  guint row = 0;

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_integer (statement, 0);

      g_array_append_val (ids, id);
      if (++row % ROWS_BETWEEN_QUESTIONS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return step == XQ_STEP_DONE;
}

static gboolean
list_part (XqDatabase *database, const Part *part, XqPersonOrder order, GArray *ids, GError **error)
{
  g_autoptr (XqStatement) statement = query_part (database, part, "p.id", orders[order], error);

  return statement != NULL && append_ids (ids, statement, part->cancellable, error);
}

/* How many more @limit allows; FALSE when it is reached. */
static gboolean
set_rest (Part *part, guint limit, const GArray *ids)
{
  if (limit == 0)
    return TRUE;
  part->limit = limit - MIN (limit, ids->len);
  return part->limit > 0;
}

/* Heaviest first by the index of levels, then everybody else in the order of names. */
static gboolean
list_by_level (XqDatabase *database, Part *part, GArray *ids, GError **error)
{
  guint limit = part->limit;

  part->level = LEVEL_SOME;
  if (!list_part (database, part, XQ_PERSON_ORDER_LEVEL, ids, error))
    return FALSE;
  part->level = LEVEL_NONE;
  return part->filter->level != 0 || !set_rest (part, limit, ids)
         || list_part (database, part, XQ_PERSON_ORDER_NAME, ids, error);
}

/* ---- by unit */

static void
append_units_below (XqUnitTree *tree, gint64 organisation_id, gint64 parent_id, GArray *units)
{
  g_autoptr (GPtrArray) children = xq_unit_tree_children (tree, organisation_id, parent_id);

  for (guint i = 0; i < children->len; i++)
    {
      const XqUnit *unit = g_ptr_array_index (children, i);

      g_array_append_val (units, unit->id);
      append_units_below (tree, organisation_id, unit->id, units);
    }
}

/* The units of the filter as a reader goes through them. */
static GArray *
ordered_units (XqDatabase *database, const XqPersonFilter *filter, GError **error)
{
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, error);
  g_autoptr (GPtrArray) organisations = tree != NULL ? xq_organisation_list (database, error) : NULL;
  GArray *units;

  if (organisations == NULL)
    return NULL;
  units = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (filter->unit_id != 0)
    {
      const XqUnit *unit = xq_unit_tree_get (tree, filter->unit_id);

      g_array_append_val (units, filter->unit_id);
      if (unit != NULL)
        append_units_below (tree, unit->organisation_id, unit->id, units);
      return units;
    }
  for (guint i = 0; i < organisations->len; i++)
    {
      const XqOrganisation *organisation = g_ptr_array_index (organisations, i);

      if (filter->organisation_id == 0 || filter->organisation_id == organisation->id)
        append_units_below (tree, organisation->id, 0, units);
    }
  return units;
}

static gboolean
list_unit_by_unit (XqDatabase *database, Part *part, GArray *ids, GError **error)
{
  g_autoptr (GArray) units = ordered_units (database, part->filter, error);
  guint limit = part->limit;

  if (units == NULL)
    return FALSE;
  part->in_unit = TRUE;
  for (guint i = 0; i < units->len && set_rest (part, limit, ids); i++)
    {
      part->unit_id = g_array_index (units, gint64, i);
      if (!list_part (database, part, XQ_PERSON_ORDER_NAME, ids, error))
        return FALSE;
    }
  part->unit_id = 0;
  return part->filter->unit_id != 0 || !set_rest (part, limit, ids)
         || list_part (database, part, XQ_PERSON_ORDER_NAME, ids, error);
}

typedef struct
{
  gint64 id;
  guint rank;
  guint order;
} Placed;

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *one = a, *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  return one->order < other->order ? -1 : one->order > other->order;
}

static GHashTable *
ranks_of (const GArray *units)
{
  GHashTable *ranks = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < units->len; i++)
    g_hash_table_insert (ranks, &g_array_index (units, gint64, i), GUINT_TO_POINTER (i + 1));
  return ranks;
}

/* The few that a search or a tag finds, sorted by their unit's place. */
static gboolean
list_few_by_unit (XqDatabase *database, Part *part, GArray *ids, GError **error)
{
  g_autoptr (GArray) units = ordered_units (database, part->filter, error);
  g_autoptr (GHashTable) ranks = units != NULL ? ranks_of (units) : NULL;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Placed));
  g_autoptr (XqStatement) statement = NULL;
  guint limit = part->limit;
  XqStep step = XQ_STEP_DONE;

  part->limit = 0;
  if (units != NULL)
    statement = query_part (database, part, "p.id, p.unit_id", orders[XQ_PERSON_ORDER_NAME], error);
  while (statement != NULL && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 unit_id = xq_statement_integer (statement, 1);
      guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (ranks, &unit_id));
      Placed placed = { xq_statement_integer (statement, 0), rank > 0 ? rank : G_MAXUINT, all->len };

      g_array_append_val (all, placed);
    }
  if (statement == NULL || step == XQ_STEP_FAILED)
    return FALSE;
  g_array_sort (all, compare_placed);
  for (guint i = 0; i < all->len && (limit == 0 || i < limit); i++)
    g_array_append_val (ids, g_array_index (all, Placed, i).id);
  return TRUE;
}

/* ---- public */

/* What the search finds, as the array that json_each() reads. */
static gboolean
find_text (XqDatabase *database, const XqPersonFilter *filter, char **ret_found, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GString) json = NULL;

  if (filter->text == NULL || *filter->text == '\0')
    return TRUE;
  ids = xq_search_collect (database, filter->text, 0, error);
  if (ids == NULL)
    return FALSE;
  json = g_string_new ("[");
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (ids, gint64, i));
  g_string_append_c (json, ']');
  *ret_found = g_string_free_and_steal (g_steal_pointer (&json));
  return TRUE;
}

static gboolean
list_all (XqDatabase *database, Part *part, XqPersonOrder order, GArray *ids, GError **error)
{
  if (order == XQ_PERSON_ORDER_LEVEL)
    return list_by_level (database, part, ids, error);
  if (order == XQ_PERSON_ORDER_UNIT)
    return part->found != NULL || part->filter->tag != NULL ? list_few_by_unit (database, part, ids, error)
                                                            : list_unit_by_unit (database, part, ids, error);
  return list_part (database, part, order, ids, error);
}

GArray *
xq_person_list_ids (XqDatabase *database, const XqPersonFilter *filter, XqPersonOrder order, guint limit,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *found = NULL;
  Part part = { .filter = filter, .limit = limit, .cancellable = cancellable };

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !find_text (database, filter, &found, error))
    return NULL;
  part.found = found;
  return list_all (database, &part, order, ids, error) ? g_steal_pointer (&ids) : NULL;
}

gboolean
xq_person_list_count (XqDatabase *database, const XqPersonFilter *filter, gint64 *ret_count, GError **error)
{
  g_autofree char *found = NULL;
  g_autoptr (XqStatement) statement = NULL;
  Part part = { .filter = filter };

  if (!find_text (database, filter, &found, error))
    return FALSE;
  part.found = found;
  statement = query_part (database, &part, "count (*)", "", error);
  if (statement == NULL || xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  *ret_count = xq_statement_integer (statement, 0);
  return TRUE;
}
