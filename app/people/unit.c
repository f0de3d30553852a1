#include "config.h"

#include "people/unit.h"

#include <glib/gi18n-lib.h>

#include "vault/store.h"

const XqChoice xq_unit_kinds[] = {
  { "campus", N_ ("Campus") },
  { "grade", N_ ("Grade") },
  { "class", N_ ("Class") },
  { "company", N_ ("Company") },
  { "department", N_ ("Department") },
  { "team", N_ ("Team") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, values)                                                   \
  { #member, words, type, G_STRUCT_OFFSET (XqUnit, member), flags, XQ_PRIVACY_PLAIN, values }

static const XqField fields[] = {
  FIELD (organisation_id, N_ ("Organisation"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED, NULL),
  FIELD (parent_id, N_ ("Belongs to"), XQ_FIELD_REFERENCE, XQ_FIELD_NONE, NULL),
  FIELD (kind, N_ ("Kind of unit"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, xq_unit_kinds),
  FIELD (name, N_ ("Name of the unit"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, NULL),
  FIELD (key, NULL, XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, NULL),
  FIELD (position, N_ ("Place in the order"), XQ_FIELD_INTEGER, XQ_FIELD_NONE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_UNIT = { "unit", N_ ("Unit"), sizeof (XqUnit), fields };

/* A class that is made by hand gets the key that a roster will look for. */
static void
fill_key (XqUnit *unit)
{
  g_auto (XqClassName) name = { 0 };

  if (unit->key != NULL && *unit->key != '\0')
    return;
  g_free (unit->key);
  if (unit->kind == XQ_UNIT_GRADE)
    {
      xq_class_name_parse (unit->name, NULL, XQ_STAGE_UNKNOWN, NULL, &name);
      unit->key = g_strdup (name.grade_key != NULL ? name.grade_key : "");
      if (unit->position == 0)
        unit->position = name.grade;
    }
  else
    unit->key = xq_unit_key (unit->name);
}

/* "class:7:1" under a parent with the key "grade:7". */
static gboolean
fill_class_key (XqDatabase *database, XqUnit *unit, GError **error)
{
  g_autofree char *parent_key = NULL;
  g_auto (XqClassName) name = { 0 };
  g_autoptr (GError) local = NULL;

  if (unit->kind != XQ_UNIT_CLASS || (unit->key != NULL && *unit->key != '\0'))
    return TRUE;
  parent_key = xq_database_get_text (database, &local, "SELECT name FROM unit WHERE id = :id AND kind = 'grade'",
                                     XQ_REFERENCE (":id", unit->parent_id), XQ_END);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  xq_class_name_parse (parent_key, unit->name, XQ_STAGE_UNKNOWN, NULL, &name);
  if (name.class_key != NULL)
    {
      g_set_str (&unit->key, name.class_key);
      g_set_str (&unit->name, name.class_name);
      unit->position = unit->position != 0 ? unit->position : name.position;
    }
  return TRUE;
}

static gboolean
refuse_twin (XqDatabase *database, const XqUnit *unit, GError **error)
{
  gint64 twin = 0;

  if (!xq_database_get_integer (database, error, &twin, NULL,
                                "SELECT id FROM unit WHERE organisation_id = :organisation"
                                " AND ifnull (parent_id, 0) = :parent AND key = :key AND id <> :id",
                                XQ_INTEGER (":organisation", unit->organisation_id),
                                XQ_INTEGER (":parent", unit->parent_id), XQ_TEXT (":key", unit->key),
                                XQ_INTEGER (":id", unit->id), XQ_END))
    return FALSE;
  if (twin != 0)
    g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                 _ ("There is already a unit “%s” at that place. Choose another name."), unit->name);
  return twin == 0;
}

gboolean
xq_unit_create (XqDatabase *database, XqUnit *unit, GError **error)
{
  if (!xq_record_validate (&XQ_UNIT, unit, error) || !fill_class_key (database, unit, error))
    return FALSE;
  fill_key (unit);
  return refuse_twin (database, unit, error) && xq_store_insert (database, &XQ_UNIT, unit, error);
}

gboolean
xq_unit_save (XqDatabase *database, const XqUnit *unit, GError **error)
{
  return refuse_twin (database, unit, error) && xq_store_update (database, &XQ_UNIT, unit, error);
}

/* Whether anything names the unit. */
static gboolean
find_use (XqDatabase *database, gint64 unit_id, gboolean *ret_used, GError **error)
{
  gint64 used = 0;

  if (!xq_database_get_integer (database, error, &used, NULL,
                                "SELECT EXISTS (SELECT 1 FROM unit WHERE parent_id = :unit)"
                                " OR EXISTS (SELECT 1 FROM membership WHERE unit_id = :unit)"
                                " OR EXISTS (SELECT 1 FROM person WHERE unit_id = :unit)",
                                XQ_INTEGER (":unit", unit_id), XQ_END))
    return FALSE;
  *ret_used = used != 0;
  return TRUE;
}

gboolean
xq_unit_delete (XqDatabase *database, gint64 unit_id, GError **error)
{
  g_autoptr (XqUnit) unit = xq_store_load (database, &XQ_UNIT, unit_id, error);
  gboolean used;

  if (unit == NULL || !find_use (database, unit_id, &used, error))
    return FALSE;
  if (used)
    {
      g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” cannot be removed: people or units belong to it, now or in the past."), unit->name);
      return FALSE;
    }
  return xq_store_delete (database, &XQ_UNIT, unit_id, error);
}

gboolean
xq_unit_remove_created (XqDatabase *database, gint64 unit_id, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (GError) local = NULL;
  gboolean used;

  if (transaction == NULL || !find_use (database, unit_id, &used, error))
    return FALSE;
  if (used)
    return TRUE;
  /* A campaign or a report may name the unit too: the foreign keys know, and it stays. */
  if (!xq_database_execute (database, &local, "DELETE FROM unit WHERE id = :unit", XQ_INTEGER (":unit", unit_id),
                            XQ_END))
    {
      if (g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_REFUSED))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return xq_transaction_commit (g_steal_pointer (&transaction), error);
}
