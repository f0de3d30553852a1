/* Persons as the command line prints them. */
#include "config.h"

#include "people/person-list.h"

#include "people/consent.h"
#include "people/contact.h"
#include "people/tag.h"
#include "people/unit-private.h"
#include "vault/store.h"

/* Rows are read, written and forgotten by pages. */
#define PAGE 1024

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static JsonArray *
texts (char **list)
{
  JsonArray *array = json_array_new ();

  for (char **text = list; text != NULL && *text != NULL; text++)
    json_array_add_string_element (array, *text);
  return array;
}

JsonObject *
xq_person_row_to_json (const XqPersonRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  set_text (object, "code", row->code);
  set_text (object, "name", row->name);
  set_text (object, "pinyin", row->pinyin);
  set_text (object, "sex", xq_sexes[row->sex].id);
  set_text (object, "birth_date", row->birth_date);
  set_text (object, "kind", xq_person_kinds[row->kind].id);
  json_object_set_array_member (object, "unit", texts (row->unit_path));
  json_object_set_array_member (object, "tags", texts (row->tags));
  if (row->level != 0)
    json_object_set_int_member (object, "level", row->level);
  else
    json_object_set_null_member (object, "level");
  set_text (object, "state", xq_person_states[row->state].id);
  return object;
}

JsonObject *
xq_person_reference_json (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqPerson) person = xq_person_load (database, id, error);
  JsonObject *object;

  if (person == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, "id", id);
  set_text (object, "code", person->code);
  set_text (object, "name", person->name);
  return object;
}

JsonNode *
xq_person_list_json (XqDatabase *database, const XqPersonFilter *filter, XqPersonOrder order, guint limit,
                     GError **error)
{
  g_autoptr (GArray) ids = xq_person_list_ids (database, filter, order, limit, NULL, error);
  g_autoptr (JsonArray) list = json_array_new ();
  JsonNode *node;

  if (ids == NULL)
    return NULL;
  for (guint at = 0; at < ids->len; at += PAGE)
    {
      g_autoptr (GPtrArray) rows
          = xq_person_list_rows (database, &g_array_index (ids, gint64, at), MIN (PAGE, ids->len - at), error);

      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL)
          json_array_add_object_element (list, xq_person_row_to_json (g_ptr_array_index (rows, i)));
    }
  node = json_node_alloc ();
  json_node_init_array (node, list);
  return node;
}

/* ---- one person in full */

static gboolean
add_records (JsonObject *object, const char *member, const XqEntity *entity, GPtrArray *records)
{
  JsonArray *array;

  if (records == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < records->len; i++)
    {
      JsonObject *record = xq_record_to_json (entity, g_ptr_array_index (records, i));

      json_object_remove_member (record, "person_id");
      json_array_add_object_element (array, record);
    }
  json_object_set_array_member (object, member, array);
  return TRUE;
}

static gboolean
add_memberships (JsonObject *object, XqDatabase *database, const XqPersonRow *row, GError **error)
{
  g_autoptr (GPtrArray) memberships = xq_person_memberships (database, row->id, error);
  g_autoptr (XqUnitTree) tree = xq_unit_tree_open (database);
  JsonArray *array;

  if (memberships == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < memberships->len; i++)
    {
      const XqMembership *membership = g_ptr_array_index (memberships, i);
      g_auto (GStrv) path = xq_unit_tree_path (tree, row->organisation_id, membership->unit_id);
      JsonObject *entry = json_object_new ();

      json_object_set_array_member (entry, "unit", texts (path));
      set_text (entry, "from", membership->from_date);
      set_text (entry, "to", membership->to_date);
      json_array_add_object_element (array, entry);
    }
  json_object_set_array_member (object, "memberships", array);
  return TRUE;
}

static void
add_cover (JsonObject *object, const XqPerson *person, const XqPersonRow *row)
{
  JsonObject *organisation = json_object_new ();

  json_object_set_int_member (organisation, "id", row->organisation_id);
  set_text (organisation, "name", row->unit_path[0]);
  json_object_set_object_member (object, "organisation", organisation);
  set_text (object, "national_id", person->national_id);
  set_text (object, "phone", person->phone);
  set_text (object, "address", person->address);
  set_text (object, "post", person->post);
  set_text (object, "remark", person->remark);
}

JsonObject *
xq_person_show_json (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqPersonRow) row = xq_person_row_load (database, id, error);
  g_autoptr (XqPerson) person = row != NULL ? xq_person_load (database, id, error) : NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) consents = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (person == NULL)
    return NULL;
  object = xq_person_row_to_json (row);
  add_cover (object, person, row);
  contacts = xq_contact_list (database, id, error);
  consents = contacts != NULL ? xq_consent_list (database, id, error) : NULL;
  tags = consents != NULL ? xq_tag_list (database, id, error) : NULL;
  if (!add_records (object, "contacts", &XQ_CONTACT, contacts)
      || !add_records (object, "consents", &XQ_CONSENT, consents)
      || !add_records (object, "tag_details", &XQ_PERSON_TAG, tags) || !add_memberships (object, database, row, error))
    return NULL;
  return g_steal_pointer (&object);
}
