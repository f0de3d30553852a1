#include "config.h"

#include "people/roster-import.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "people/roster-private.h"

static void
clear_sheet (gpointer data)
{
  XqRosterSheetData *sheet = data;

  g_free (sheet->name);
  g_free (sheet->class_said);
  g_strfreev (sheet->titles);
  g_free (sheet->fields);
}

static void
free_entry (gpointer data)
{
  XqRosterEntry *entry = data;

  g_strfreev (entry->tags);
  g_clear_pointer (&entry->changes, g_ptr_array_unref);
  g_free (entry);
}

static void
free_unit (gpointer data)
{
  XqRosterUnit *unit = data;

  xq_class_name_clear (&unit->class_name);
  g_strfreev (unit->path);
  g_free (unit->display);
  g_free (unit);
}

static void
free_change (gpointer data)
{
  XqRosterChange *change = data;

  g_free (change->label);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static XqRoster *
roster_new (const XqRosterOptions *options)
{
  XqRoster *roster = g_new0 (XqRoster, 1);

  roster->since = options->since != NULL ? g_strdup (options->since) : xq_clock_today ();
  roster->sheet_data = g_array_new (FALSE, FALSE, sizeof (XqRosterSheetData));
  g_array_set_clear_func (roster->sheet_data, clear_sheet);
  roster->sheets = g_array_new (FALSE, FALSE, sizeof (XqRosterSheet));
  roster->text = g_string_chunk_new (65536);
  roster->entries = g_ptr_array_new_with_free_func (free_entry);
  roster->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_unit);
  roster->remarks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_strfreev);
  roster->today = xq_clock_today ();
  roster->contacts
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  roster->had_tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  roster->gone = g_array_new (FALSE, FALSE, sizeof (XqRosterGone));
  roster->gone_people = g_hash_table_new (g_int64_hash, g_int64_equal);
  roster->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return roster;
}

void
xq_roster_free (XqRoster *roster)
{
  g_clear_pointer (&roster->organisation, xq_organisation_free);
  g_clear_pointer (&roster->index, xq_person_index_free);
  g_clear_pointer (&roster->tree, xq_unit_tree_free);
  g_array_unref (roster->sheet_data);
  g_array_unref (roster->sheets);
  g_string_chunk_free (roster->text);
  g_ptr_array_unref (roster->entries);
  g_hash_table_unref (roster->units);
  g_hash_table_unref (roster->remarks);
  g_hash_table_unref (roster->contacts);
  g_hash_table_unref (roster->had_tags);
  g_hash_table_unref (roster->tags);
  g_array_unref (roster->gone);
  g_hash_table_unref (roster->gone_people);
  g_free (roster->file_name);
  g_free (roster->since);
  g_free (roster->today);
  g_free (roster);
}

static void
list_sheets (XqRoster *roster)
{
  for (guint i = 0; i < roster->sheet_data->len; i++)
    {
      const XqRosterSheetData *data = &g_array_index (roster->sheet_data, XqRosterSheetData, i);
      XqRosterSheet sheet = { data->name,       data->hidden,    data->rows,
                              data->header_row, data->n_columns, (const char *const *) data->titles,
                              data->fields };

      g_array_append_val (roster->sheets, sheet);
    }
}

static XqOrganisation *
find_organisation (XqDatabase *database, gint64 id, GError **error)
{
  return id != 0 ? xq_organisation_load (database, id, error)
                 : xq_organisation_find (database, NULL, error);
}

/* Every write leaves an audit row, so its last number tells whether the vault is still what it was. A backup, which may come at
 * any moment, tells only of itself. */
gint64
xq_roster_audit_id (XqDatabase *database)
{
  gint64 id = 0;

  xq_database_get_integer (database, NULL, &id, NULL, "SELECT id FROM audit WHERE entity IS NOT 'backup' ORDER BY id DESC LIMIT 1",
                           XQ_END);
  return id;
}

XqRoster *
xq_roster_read (XqDatabase *database, const char *path, const XqRosterOptions *options,
                const XqProgress *progress, GError **error)
{
  static const XqRosterOptions none = { 0 };
  g_autoptr (XqRoster) roster = NULL;

  g_return_val_if_fail (database != NULL && path != NULL, NULL);

  options = options != NULL ? options : &none;
  roster = roster_new (options);
  roster->organisation = find_organisation (database, options->organisation_id, error);
  if (roster->organisation == NULL)
    return NULL;
  roster->audit_id = xq_roster_audit_id (database);
  if (!xq_roster_read_file (roster, path, options, progress, error)
      || !xq_roster_place (roster, database, error) || !xq_roster_compare (roster, database, error))
    return NULL;
  list_sheets (roster);
  return g_steal_pointer (&roster);
}

/* -- what is shown -- */

guint
xq_roster_count (const XqRoster *roster, XqRosterOutcome outcome)
{
  return roster->counts[outcome];
}

guint
xq_roster_row_count (const XqRoster *roster)
{
  return roster->entries->len;
}

const GArray *
xq_roster_gone (const XqRoster *roster)
{
  return roster->gone;
}

GHashTable *
xq_roster_tags (const XqRoster *roster)
{
  return roster->tags;
}

const GArray *
xq_roster_sheets (const XqRoster *roster)
{
  return roster->sheets;
}

const char *
xq_roster_file_name (const XqRoster *roster)
{
  return roster->file_name;
}

gint64
xq_roster_organisation (const XqRoster *roster)
{
  return roster->organisation->id;
}

static void
add_change (GPtrArray *changes, const char *label, const char *before, const char *after)
{
  XqRosterChange *change = g_new0 (XqRosterChange, 1);

  change->label = g_strdup (label);
  change->before = g_strdup (before);
  change->after = g_strdup (after);
  g_ptr_array_add (changes, change);
}

/* The record's own fields, by their labels. */
static void
add_field_changes (GPtrArray *changes, const XqRosterEntry *entry, guint differences)
{
  g_autoptr (XqPerson) after = xq_person_copy (entry->before);

  xq_roster_merge (entry, differences, after);
  for (const XqField *field = XQ_PERSON.fields; field->name != NULL; field++)
    if (!xq_field_equal (field, entry->before, after))
      {
        g_autofree char *was = xq_field_display (field, entry->before);
        g_autofree char *is = xq_field_display (field, after);

        add_change (changes, _ (field->label), was, is);
      }
}

static char *
describe_contact (const XqContact *contact)
{
  const XqField *relation = xq_entity_field (&XQ_CONTACT, "relation");
  g_autofree char *shown = xq_field_display (relation, contact);

  return g_strjoin (" ", contact->name, shown, contact->phone, NULL);
}

static void
add_contact_changes (GPtrArray *changes, const XqRoster *roster, const XqRosterEntry *entry)
{
  for (guint i = 0; i < entry->n_contacts; i++)
    {
      const XqContact *known = xq_roster_known_contact (roster, entry->before->id, &entry->contacts[i]);
      g_autoptr (XqContact) after = known != NULL ? xq_contact_copy (known) : xq_contact_new ();
      g_autofree char *was = known != NULL ? describe_contact (known) : g_strdup ("");
      g_autofree char *is = NULL;

      if (known != NULL && !xq_roster_contact_differs (&entry->contacts[i], known))
        continue;
      xq_roster_contact_merge (&entry->contacts[i], after);
      is = describe_contact (after);
      add_change (changes, _ (XQ_CONTACT.label), was, is);
    }
}

static const GPtrArray *
changes_of (XqRoster *roster, XqRosterEntry *entry)
{
  GPtrArray *changes = entry->changes;
  guint differences;

  if (changes != NULL)
    return changes;
  changes = entry->changes = g_ptr_array_new_with_free_func (free_change);
  differences = xq_roster_differences (roster, entry, entry->before);

  add_field_changes (changes, entry, differences);
  if (differences & XQ_ROSTER_CHANGES_UNIT)
    add_change (changes, _ ("Unit"), xq_unit_tree_display (roster->tree, entry->before->unit_id),
                entry->unit->display);
  add_contact_changes (changes, roster, entry);
  return changes;
}

void
xq_roster_row (XqRoster *roster, guint index, XqRosterRow *ret_row)
{
  XqRosterEntry *entry = g_ptr_array_index (roster->entries, index);
  gboolean rejected = entry->outcome == XQ_ROSTER_REJECTED;

  *ret_row = (XqRosterRow){
    .sheet = g_array_index (roster->sheet_data, XqRosterSheetData, entry->sheet).name,
    .row = entry->row,
    .outcome = entry->outcome,
    .person_id = entry->before != NULL ? entry->before->id : 0,
    .code = entry->code,
    .name = entry->name,
    .unit = entry->unit != NULL ? entry->unit->display : NULL,
    .tags = rejected ? NULL : (const char *const *) entry->tags,
    .changes = entry->outcome == XQ_ROSTER_CHANGED ? changes_of (roster, entry) : NULL,
    .column = rejected ? xq_roster_title (roster, entry, entry->problem_field) : NULL,
    .value = entry->problem_value,
    .why = entry->problem_why,
  };
}

/* -- JSON -- */

static JsonArray *
sheets_to_json (const XqRoster *roster)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < roster->sheet_data->len; i++)
    {
      const XqRosterSheetData *data = &g_array_index (roster->sheet_data, XqRosterSheetData, i);

      if (data->read)
        json_array_add_string_element (array, data->name);
    }
  return array;
}

static JsonArray *
rejected_to_json (XqRoster *roster)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < roster->entries->len; i++)
    {
      JsonObject *object;
      XqRosterRow row;

      if (((const XqRosterEntry *) g_ptr_array_index (roster->entries, i))->outcome != XQ_ROSTER_REJECTED)
        continue;
      xq_roster_row (roster, i, &row);
      object = json_object_new ();
      json_object_set_string_member (object, "sheet", row.sheet);
      json_object_set_int_member (object, "row", row.row);
      json_object_set_string_member (object, "column", row.column);
      json_object_set_string_member (object, "value", row.value);
      json_object_set_string_member (object, "why", row.why);
      json_array_add_object_element (array, object);
    }
  return array;
}

JsonObject *
xq_roster_to_json (XqRoster *roster)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", roster->file_name);
  json_object_set_array_member (object, "sheets", sheets_to_json (roster));
  json_object_set_int_member (object, "read", roster->entries->len);
  json_object_set_int_member (object, "added", roster->counts[XQ_ROSTER_ADDED]);
  json_object_set_int_member (object, "changed", roster->counts[XQ_ROSTER_CHANGED]);
  json_object_set_int_member (object, "unchanged", roster->counts[XQ_ROSTER_UNCHANGED]);
  json_object_set_int_member (object, "gone", roster->gone->len);
  json_object_set_array_member (object, "rejected", rejected_to_json (roster));
  return object;
}
