#include "config.h"

#include "people/unit-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vault/store.h"

/* Deeper than any school or company; a circle in a damaged table ends here. */
#define MOST_DEPTH 16

struct _XqUnitTree
{
  GHashTable *organisations; /* id → XqOrganisation */
  GHashTable *units;         /* id → XqUnit */
  GHashTable *by_key;        /* "organisation/parent/key" → id */
  GHashTable *displays;      /* id → text */
  GArray *created;
  XqDatabase *database; /* of a lazy tree: where the rest is read from */
};

static guint
id_hash (gconstpointer key)
{
  return g_int64_hash (key);
}

static char *
place_of (gint64 organisation_id, gint64 parent_id, const char *key)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%s", organisation_id, parent_id, key);
}

static void
unit_destroy (gpointer unit)
{
  xq_unit_free (unit);
}

static void
organisation_destroy (gpointer organisation)
{
  xq_organisation_free (organisation);
}

/* Takes @unit, whose id is the key. */
static void
take_unit (XqUnitTree *tree, XqUnit *unit)
{
  if (tree->database == NULL)
    g_hash_table_replace (tree->by_key, place_of (unit->organisation_id, unit->parent_id, unit->key),
                          g_memdup2 (&unit->id, sizeof unit->id));
  g_hash_table_replace (tree->units, &unit->id, unit);
}

static XqUnitTree *
new_tree (XqDatabase *lazily)
{
  XqUnitTree *tree = g_new0 (XqUnitTree, 1);

  tree->organisations = g_hash_table_new_full (id_hash, g_int64_equal, NULL, organisation_destroy);
  tree->units = g_hash_table_new_full (id_hash, g_int64_equal, NULL, unit_destroy);
  tree->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  tree->displays = g_hash_table_new_full (id_hash, g_int64_equal, g_free, g_free);
  tree->created = g_array_new (FALSE, FALSE, sizeof (gint64));
  tree->database = lazily;
  return tree;
}

XqUnitTree *
xq_unit_tree_open (XqDatabase *database)
{
  return new_tree (database);
}

static void
take_organisation (XqUnitTree *tree, XqOrganisation *organisation)
{
  g_hash_table_insert (tree->organisations, &organisation->id, organisation);
}

XqUnitTree *
xq_unit_tree_load (XqDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) organisations = xq_organisation_list (database, error);
  g_autoptr (GPtrArray) units = NULL;
  XqUnitTree *tree;

  if (organisations != NULL)
    units = xq_store_list (database, error, &XQ_UNIT, "", XQ_END);
  if (units == NULL)
    return NULL;

  tree = new_tree (NULL);
  g_ptr_array_set_free_func (organisations, NULL);
  for (guint i = 0; i < organisations->len; i++)
    take_organisation (tree, g_ptr_array_index (organisations, i));
  g_ptr_array_set_free_func (units, NULL);
  for (guint i = 0; i < units->len; i++)
    take_unit (tree, g_ptr_array_index (units, i));
  return tree;
}

void
xq_unit_tree_free (XqUnitTree *tree)
{
  if (tree == NULL)
    return;
  g_hash_table_unref (tree->organisations);
  g_hash_table_unref (tree->units);
  g_hash_table_unref (tree->by_key);
  g_hash_table_unref (tree->displays);
  g_array_unref (tree->created);
  g_free (tree);
}

const XqUnit *
xq_unit_tree_get (XqUnitTree *tree, gint64 unit_id)
{
  XqUnit *unit = g_hash_table_lookup (tree->units, &unit_id);

  if (unit == NULL && unit_id != 0 && tree->database != NULL)
    {
      unit = xq_store_load (tree->database, &XQ_UNIT, unit_id, NULL);
      if (unit != NULL)
        take_unit (tree, unit);
    }
  return unit;
}

const XqOrganisation *
xq_unit_tree_organisation (XqUnitTree *tree, gint64 organisation_id)
{
  XqOrganisation *organisation = g_hash_table_lookup (tree->organisations, &organisation_id);

  if (organisation == NULL && tree->database != NULL)
    {
      organisation = xq_organisation_load (tree->database, organisation_id, NULL);
      if (organisation != NULL)
        take_organisation (tree, organisation);
    }
  return organisation;
}

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const XqUnit *one = *(const XqUnit *const *) a;
  const XqUnit *other = *(const XqUnit *const *) b;

  if (one->position != other->position)
    return one->position < other->position ? -1 : 1;
  return one->id < other->id ? -1 : one->id > other->id;
}

GPtrArray *
xq_unit_tree_children (XqUnitTree *tree, gint64 organisation_id, gint64 parent_id)
{
  GPtrArray *children = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer unit;

  g_hash_table_iter_init (&iter, tree->units);
  while (g_hash_table_iter_next (&iter, NULL, &unit))
    {
      const XqUnit *child = unit;

      if (child->organisation_id == organisation_id && child->parent_id == parent_id)
        g_ptr_array_add (children, unit);
    }
  g_ptr_array_sort (children, compare_units);
  return children;
}

/* Whether @unit is @above or lies below it. */
static gboolean
is_within (XqUnitTree *tree, const XqUnit *unit, gint64 above)
{
  for (int depth = 0; unit != NULL && depth < MOST_DEPTH; depth++)
    {
      if (unit->id == above)
        return TRUE;
      unit = xq_unit_tree_get (tree, unit->parent_id);
    }
  return FALSE;
}

GArray *
xq_unit_tree_descendants (XqUnitTree *tree, gint64 unit_id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer unit;

  g_hash_table_iter_init (&iter, tree->units);
  while (g_hash_table_iter_next (&iter, NULL, &unit))
    if (is_within (tree, unit, unit_id))
      g_array_append_val (ids, ((const XqUnit *) unit)->id);
  return ids;
}

/* The unit and those above it, outermost first. */
static GPtrArray *
chain_of (XqUnitTree *tree, gint64 unit_id)
{
  GPtrArray *chain = g_ptr_array_new ();

  for (int depth = 0; depth < MOST_DEPTH; depth++)
    {
      const XqUnit *unit = xq_unit_tree_get (tree, unit_id);

      if (unit == NULL)
        break;
      g_ptr_array_insert (chain, 0, (gpointer) unit);
      unit_id = unit->parent_id;
    }
  return chain;
}

char **
xq_unit_tree_path (XqUnitTree *tree, gint64 organisation_id, gint64 unit_id)
{
  const XqOrganisation *organisation = xq_unit_tree_organisation (tree, organisation_id);
  g_autoptr (GPtrArray) chain = chain_of (tree, unit_id);
  g_autoptr (GStrvBuilder) path = g_strv_builder_new ();

  g_strv_builder_add (path, organisation != NULL ? organisation->name : "");
  for (guint i = 0; i < chain->len; i++)
    g_strv_builder_add (path, ((const XqUnit *) g_ptr_array_index (chain, i))->name);
  return g_strv_builder_end (path);
}

char *
xq_unit_names_join (const XqUnit *const *chain, guint length)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    {
      const XqUnit *next = i + 1 < length ? chain[i + 1] : NULL;
      gboolean joined = chain[i]->kind == XQ_UNIT_GRADE && next != NULL && next->kind == XQ_UNIT_CLASS;
      g_autofree char *name = xq_class_name_display (chain[i]->name, joined ? next->name : NULL);

      if (text->len > 0)
        g_string_append (text, " / ");
      g_string_append (text, name);
      i += joined ? 1 : 0;
    }
  return g_string_free_and_steal (text);
}

const char *
xq_unit_tree_display (XqUnitTree *tree, gint64 unit_id)
{
  char *display = g_hash_table_lookup (tree->displays, &unit_id);

  if (display == NULL)
    {
      g_autoptr (GPtrArray) chain = chain_of (tree, unit_id);

      display = xq_unit_names_join ((const XqUnit *const *) chain->pdata, chain->len);
      g_hash_table_insert (tree->displays, g_memdup2 (&unit_id, sizeof unit_id), display);
    }
  return display;
}

/* ---- find or create */

static gint64
find_by_key (XqUnitTree *tree, gint64 organisation_id, gint64 parent_id, const char *key)
{
  g_autofree char *place = place_of (organisation_id, parent_id, key);
  const gint64 *id = g_hash_table_lookup (tree->by_key, place);

  return id != NULL ? *id : 0;
}

/* @database NULL: only looks. Moves @unit_id from the parent to the unit; 0 when it is not there. */
static gboolean
step_down (XqUnitTree *tree, XqDatabase *database, gint64 organisation_id, gint64 *unit_id, XqUnitKind kind,
           const char *key, const char *name, int position, GError **error)
{
  gint64 found = find_by_key (tree, organisation_id, *unit_id, key);
  g_autoptr (XqUnit) unit = NULL;

  if (found == 0 && database != NULL)
    {
      unit = xq_unit_new ();
      unit->organisation_id = organisation_id;
      unit->parent_id = *unit_id;
      unit->kind = kind;
      unit->name = g_strdup (name);
      unit->key = g_strdup (key);
      unit->position = position;
      if (!xq_store_insert_unaudited (database, &XQ_UNIT, unit, error))
        return FALSE;
      found = unit->id;
      g_array_append_val (tree->created, found);
      take_unit (tree, g_steal_pointer (&unit));
    }
  *unit_id = found;
  return TRUE;
}

static gboolean
walk_class (XqUnitTree *tree, XqDatabase *database, gint64 organisation_id, const XqClassName *name,
            gint64 *ret_unit_id, GError **error)
{
  gint64 unit_id = 0;

  if (name->grade_key != NULL
      && !step_down (tree, database, organisation_id, &unit_id, XQ_UNIT_GRADE, name->grade_key, name->grade_name,
                     name->grade, error))
    return FALSE;
  if (name->class_key != NULL && (name->grade_key == NULL || unit_id != 0)
      && !step_down (tree, database, organisation_id, &unit_id, XQ_UNIT_CLASS, name->class_key, name->class_name,
                     name->position, error))
    return FALSE;
  *ret_unit_id = unit_id;
  return TRUE;
}

static gboolean
walk_path (XqUnitTree *tree, XqDatabase *database, gint64 organisation_id, const char *const *names,
           gint64 *ret_unit_id, GError **error)
{
  gint64 unit_id = 0;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *key = xq_unit_key (names[i]);

      if (!step_down (tree, database, organisation_id, &unit_id, i == 0 ? XQ_UNIT_DEPARTMENT : XQ_UNIT_TEAM, key,
                      names[i], 0, error))
        return FALSE;
      if (unit_id == 0)
        break;
    }
  *ret_unit_id = unit_id;
  return TRUE;
}

gint64
xq_unit_tree_find_class (XqUnitTree *tree, gint64 organisation_id, const XqClassName *name)
{
  gint64 unit_id = 0;

  walk_class (tree, NULL, organisation_id, name, &unit_id, NULL);
  return unit_id;
}

gint64
xq_unit_tree_find_path (XqUnitTree *tree, gint64 organisation_id, const char *const *names)
{
  gint64 unit_id = 0;

  walk_path (tree, NULL, organisation_id, names, &unit_id, NULL);
  return unit_id;
}

gboolean
xq_unit_tree_ensure_class (XqUnitTree *tree, XqDatabase *database, gint64 organisation_id, const XqClassName *name,
                           gint64 *ret_unit_id, GError **error)
{
  return walk_class (tree, database, organisation_id, name, ret_unit_id, error);
}

gboolean
xq_unit_tree_ensure_path (XqUnitTree *tree, XqDatabase *database, gint64 organisation_id, const char *const *names,
                          gint64 *ret_unit_id, GError **error)
{
  return walk_path (tree, database, organisation_id, names, ret_unit_id, error);
}

const GArray *
xq_unit_tree_created (XqUnitTree *tree)
{
  return tree->created;
}
