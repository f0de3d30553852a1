#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "people/import-change.h"
#include "people/roster-private.h"
#include "people/tag.h"
#include "vault/audit.h"
#include "vault/store.h"

#define ROWS_A_STEP 256

typedef struct
{
  XqDatabase *database;
  XqRoster *roster;
  const XqRosterApply *options;
  const XqProgress *progress;
  XqPersonWriter *writer;
  gint64 batch_id;
} Applying;

/* -- units -- */

static gboolean
ensure_unit (Applying *applying, XqUnitTree *tree, XqRosterUnit *unit, GError **error)
{
  gint64 organisation = applying->roster->organisation->id;

  if (unit->path != NULL)
    return xq_unit_tree_ensure_path (tree, applying->database, organisation,
                                     (const char *const *) unit->path, &unit->unit_id, error);
  return xq_unit_tree_ensure_class (tree, applying->database, organisation, &unit->class_name,
                                    &unit->unit_id, error);
}

/* Before everybody who is going to be in them, so that an undo, which goes backwards, finds them empty. */
static gboolean
ensure_units (Applying *applying, GError **error)
{
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (applying->database, error);
  const GPtrArray *entries = applying->roster->entries;
  const GArray *created;

  if (tree == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const XqRosterEntry *entry = g_ptr_array_index (entries, i);

      if (entry->outcome <= XQ_ROSTER_CHANGED && entry->unit != NULL && entry->unit->unit_id == 0
          && !ensure_unit (applying, tree, entry->unit, error))
        return FALSE;
    }
  created = xq_unit_tree_created (tree);
  for (guint i = 0; i < created->len; i++)
    if (!xq_import_note_new (applying->database, applying->batch_id, &XQ_UNIT,
                             g_array_index (created, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* -- what hangs on a person -- */

static gboolean
is_wanted_tag (const Applying *applying, const char *tag)
{
  const XqRosterApply *options = applying->options;

  return !options->leave_tags
         && (options->except_tags == NULL || !g_strv_contains (options->except_tags, tag));
}

static gboolean
add_tags (Applying *applying, const XqRosterEntry *entry, gint64 person_id, GError **error)
{
  for (guint i = 0; entry->tags != NULL && entry->tags[i] != NULL; i++)
    {
      gboolean added = FALSE;

      if (!is_wanted_tag (applying, entry->tags[i]))
        continue;
      if (!xq_tag_add_unaudited (applying->database, person_id, entry->tags[i], applying->roster->since,
                                 &added, error))
        return FALSE;
      if (added && entry->before != NULL
          && !xq_import_note_new (applying->database, applying->batch_id, &XQ_PERSON_TAG,
                                  xq_database_last_id (applying->database), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_contact (Applying *applying, const XqRosterContact *said, const XqContact *known, gint64 person_id,
             gboolean note, GError **error)
{
  g_autoptr (XqContact) contact = known != NULL ? xq_contact_copy (known) : xq_contact_new ();

  if (known == NULL)
    contact->relation = XQ_RELATION_GUARDIAN;
  contact->person_id = person_id;
  xq_roster_contact_merge (said, contact);
  if (known != NULL)
    return xq_import_keep (applying->database, applying->batch_id, &XQ_CONTACT, contact->id, error)
           && xq_store_update_unaudited (applying->database, &XQ_CONTACT, contact, error);
  return xq_contact_insert_unaudited (applying->database, contact, error)
         && (!note
             || xq_import_note_new (applying->database, applying->batch_id, &XQ_CONTACT, contact->id,
                                    error));
}

static gboolean
put_contacts (Applying *applying, const XqRosterEntry *entry, gint64 person_id, GError **error)
{
  for (guint i = 0; i < entry->n_contacts; i++)
    {
      const XqRosterContact *said = &entry->contacts[i];
      const XqContact *known
          = entry->before != NULL ? xq_roster_known_contact (applying->roster, person_id, said) : NULL;

      if (known != NULL && !xq_roster_contact_differs (said, known))
        continue;
      if (!put_contact (applying, said, known, person_id, entry->before != NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* -- persons -- */

static gboolean
add_person (Applying *applying, const XqRosterEntry *entry, gint64 *ret_id, GError **error)
{
  g_autoptr (XqPerson) person = xq_person_new ();

  person->organisation_id = applying->roster->organisation->id;
  person->kind = (int) applying->roster->kind;
  person->unit_id = entry->unit != NULL ? entry->unit->unit_id : 0;
  xq_roster_merge (entry, xq_roster_differences (applying->roster, entry, person), person);
  if (!xq_person_writer_insert (applying->writer, person, applying->roster->since, error))
    return FALSE;
  *ret_id = person->id;
  return TRUE;
}

/* What hangs on somebody new goes with them in an undo, and needs no note of its own. */
static gboolean
note_added (Applying *applying, const XqRosterEntry *entry, gint64 person_id, GError **error)
{
  return xq_import_note_new (applying->database, applying->batch_id, &XQ_PERSON, person_id, error);
}

static GArray *
membership_ids (Applying *applying, gint64 person_id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (XqStatement) statement
      = xq_database_query (applying->database, error,
                           "SELECT id FROM membership WHERE person_id = :person ORDER BY id",
                           XQ_INTEGER (":person", person_id), XQ_END);
  XqStep step = XQ_STEP_FAILED;

  while (statement != NULL && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
has_id (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

static gboolean
keep_all (Applying *applying, const XqEntity *entity, const GArray *ids, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!xq_import_keep (applying->database, applying->batch_id, entity, g_array_index (ids, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* Notes those of @have that were not in @had. */
static gboolean
note_all_new (Applying *applying, const XqEntity *entity, const GArray *had, const GArray *have, GError **error)
{
  for (guint i = 0; i < have->len; i++)
    {
      gint64 id = g_array_index (have, gint64, i);

      if (!has_id (had, id)
          && !xq_import_note_new (applying->database, applying->batch_id, entity, id, error))
        return FALSE;
    }
  return TRUE;
}

/* Writes a person that the vault holds, with all that an undo needs. */
static gboolean
write_person (Applying *applying, const XqPerson *before, XqPerson *person, GError **error)
{
  gboolean moves = before->unit_id != person->unit_id || before->state != person->state;
  g_autoptr (GArray) had = NULL;
  g_autoptr (GArray) have = NULL;

  if (!xq_import_keep (applying->database, applying->batch_id, &XQ_PERSON, before->id, error))
    return FALSE;
  if (!moves)
    return xq_person_writer_update (applying->writer, before, person, applying->roster->since, error);
  had = membership_ids (applying, before->id, error);
  if (had == NULL || !keep_all (applying, &XQ_MEMBERSHIP, had, error)
      || !xq_person_writer_update (applying->writer, before, person, applying->roster->since, error))
    return FALSE;
  have = membership_ids (applying, before->id, error);
  return have != NULL && note_all_new (applying, &XQ_MEMBERSHIP, had, have, error);
}

static gboolean
change_person (Applying *applying, const XqRosterEntry *entry, GError **error)
{
  guint differences = xq_roster_differences (applying->roster, entry, entry->before);
  g_autoptr (XqPerson) person = xq_person_copy (entry->before);

  xq_roster_merge (entry, differences, person);
  if (differences & XQ_ROSTER_CHANGES_UNIT)
    person->unit_id = entry->unit->unit_id;
  return (differences == 0 || write_person (applying, entry->before, person, error))
         && put_contacts (applying, entry, person->id, error)
         && add_tags (applying, entry, person->id, error);
}

static gboolean
let_leave (Applying *applying, gint64 id, GError **error)
{
  const XqPerson *before = g_hash_table_lookup (applying->roster->gone_people, &id);
  g_autoptr (XqPerson) person = before != NULL ? xq_person_copy (before) : NULL;

  if (before == NULL)
    {
      g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_USAGE,
                   _ ("Only people who are missing from the table can leave by it."));
      return FALSE;
    }
  person->state = XQ_PERSON_LEFT;
  return write_person (applying, before, person, error);
}

/* -- all of it -- */

/* Some rows: the persons first, then table by table what hangs on those who are new, which is faster than row by row
 * (person-writer.c says why). */
static gboolean
write_some (Applying *applying, const XqRosterEntry *const *entries, guint count, GError **error)
{
  static gboolean (*const hang[]) (Applying *, const XqRosterEntry *, gint64, GError **)
      = { note_added, put_contacts, add_tags };
  gint64 added[ROWS_A_STEP] = { 0 };

  for (guint i = 0; i < count; i++)
    {
      if (entries[i]->outcome == XQ_ROSTER_ADDED && !add_person (applying, entries[i], &added[i], error))
        return FALSE;
      if (entries[i]->outcome == XQ_ROSTER_CHANGED && !change_person (applying, entries[i], error))
        return FALSE;
    }
  for (gsize table = 0; table < G_N_ELEMENTS (hang); table++)
    for (guint i = 0; i < count; i++)
      if (added[i] != 0 && !hang[table](applying, entries[i], added[i], error))
        return FALSE;
  return TRUE;
}

static gboolean
write_rows (Applying *applying, GError **error)
{
  const GPtrArray *entries = applying->roster->entries;

  for (guint i = 0; i < entries->len; i += ROWS_A_STEP)
    if (!xq_progress_step (applying->progress, (double) i / entries->len, _ ("Writing the roster…"), error)
        || !write_some (applying, (const XqRosterEntry *const *) entries->pdata + i, MIN (ROWS_A_STEP, entries->len - i), error))
      return FALSE;
  for (guint i = 0; i < applying->options->n_left; i++)
    if (!let_leave (applying, applying->options->left[i], error))
      return FALSE;
  return xq_person_writer_finish (applying->writer, error);
}

static JsonObject *
counts_json (const Applying *applying)
{
  const XqRoster *roster = applying->roster;
  JsonObject *counts = json_object_new ();

  json_object_set_int_member (counts, "read", roster->entries->len);
  json_object_set_int_member (counts, "added", roster->counts[XQ_ROSTER_ADDED]);
  json_object_set_int_member (counts, "changed", roster->counts[XQ_ROSTER_CHANGED]);
  json_object_set_int_member (counts, "unchanged", roster->counts[XQ_ROSTER_UNCHANGED]);
  json_object_set_int_member (counts, "rejected", roster->counts[XQ_ROSTER_REJECTED]);
  json_object_set_int_member (counts, "left", applying->options->n_left);
  return counts;
}

/* One row for all of it: the file's name and the numbers. */
static gboolean
append_audit (Applying *applying, JsonObject *counts, GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();

  json_object_set_string_member (detail, "file", applying->roster->file_name);
  json_object_set_int_member (detail, "organisation", applying->roster->organisation->id);
  json_object_set_object_member (detail, "counts", json_object_ref (counts));
  return xq_audit_append (applying->database, "roster_import", "import_batch", applying->batch_id, detail,
                          error);
}

static gboolean
write_all (Applying *applying, GError **error)
{
  g_autoptr (JsonObject) counts = counts_json (applying);
  g_autoptr (XqPersonWriter) writer = xq_person_writer_new (applying->database, error);

  applying->writer = writer;
  return writer != NULL
         && xq_import_begin (applying->database, "roster", applying->roster->file_name, counts,
                             &applying->batch_id, error)
         && ensure_units (applying, error) && write_rows (applying, error)
         && xq_import_end (applying->database, applying->batch_id, error)
         && append_audit (applying, counts, error);
}

static gboolean
refuse_stale (XqDatabase *database, const XqRoster *roster, GError **error)
{
  if (xq_roster_audit_id (database) == roster->audit_id)
    return FALSE;
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
               _ ("Something was changed after “%s” was read. Read it again, so that you see what "
                  "importing it does now."),
               roster->file_name);
  return TRUE;
}

gboolean
xq_roster_apply (XqDatabase *database, XqRoster *roster, const XqRosterApply *apply,
                 const XqProgress *progress, gint64 *ret_batch_id, GError **error)
{
  static const XqRosterApply none = { 0 };
  Applying applying = { database, roster, apply != NULL ? apply : &none, progress, NULL, 0 };
  g_autoptr (XqTransaction) transaction = NULL;

  if (ret_batch_id != NULL)
    *ret_batch_id = 0;
  if (roster->counts[XQ_ROSTER_ADDED] + roster->counts[XQ_ROSTER_CHANGED] + applying.options->n_left == 0)
    return TRUE;
  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL || refuse_stale (database, roster, error) || !write_all (&applying, error)
      || !xq_progress_step (progress, 1, _ ("Writing the roster…"), error)
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (ret_batch_id != NULL)
    *ret_batch_id = applying.batch_id;
  return TRUE;
}
