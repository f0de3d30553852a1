/* An import goes backwards, change by change. It goes only as a whole: when somebody it touched has been worked
 * with since, nothing is put back, because what was done since would be lost or hang in the air. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "people/contact.h"
#include "people/import-change.h"
#include "people/person-private.h"
#include "people/roster-import.h"
#include "people/search-index.h"
#include "people/tag.h"
#include "people/unit.h"
#include "vault/audit.h"
#include "vault/store.h"

#define CHANGES_A_STEP 256

typedef struct
{
  XqDatabase *database;
  XqPersonWriter *writer;
  gint64 batch_id;
  gint64 audit_id; /* of the import's own row */
  gint64 at;
  char *file_name;
  gint64 last_change;
} Undoing;

static void
clear_undoing (Undoing *undoing)
{
  g_clear_pointer (&undoing->writer, xq_person_writer_free);
  g_free (undoing->file_name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Undoing, clear_undoing)

static gboolean
load_batch (Undoing *undoing, GError **error)
{
  g_autoptr (XqStatement) statement = xq_database_query (
      undoing->database, error,
      "SELECT file_name, at, undone_at IS NOT NULL,"
      " (SELECT max (id) FROM audit"
      "  WHERE entity = 'import_batch' AND entity_id = b.id AND action = 'roster_import'),"
      " (SELECT max (id) FROM import_change WHERE batch_id = b.id)"
      " FROM import_batch b WHERE id = :batch AND kind = 'roster'",
      XQ_INTEGER (":batch", undoing->batch_id), XQ_END);
  XqStep step = statement != NULL ? xq_statement_step (statement, error) : XQ_STEP_FAILED;

  if (step == XQ_STEP_FAILED)
    return FALSE;
  if (step == XQ_STEP_DONE)
    {
      g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND, _ ("There is no such import."));
      return FALSE;
    }
  undoing->file_name = xq_statement_dup_text (statement, 0);
  if (xq_statement_integer (statement, 2))
    {
      g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED, _ ("The import of “%s” has been undone already."),
                   undoing->file_name);
      return FALSE;
    }
  undoing->at = xq_statement_integer (statement, 1);
  undoing->audit_id = xq_statement_integer (statement, 3);
  undoing->last_change = xq_statement_integer (statement, 4);
  return TRUE;
}

/* A person of this import that a later write speaks of: a single one by its audit row (the person's own, a
 * contact's, a consent's), another import by its notes, a promotion by the time it leaves. */
static const char later_work_sql[]
    = "SELECT p.name FROM import_change c JOIN person p ON p.id = c.entity_id"
      " WHERE c.batch_id = :batch AND c.entity = 'person' AND (p.updated_at > :at"
      "  OR EXISTS (SELECT 1 FROM audit a WHERE a.entity = 'person' AND a.entity_id = p.id AND a.id > :audit)"
      "  OR EXISTS (SELECT 1 FROM contact k JOIN audit a ON a.entity = 'contact' AND a.entity_id = k.id"
      "   WHERE k.person_id = p.id AND a.id > :audit)"
      "  OR EXISTS (SELECT 1 FROM consent k JOIN audit a ON a.entity = 'consent' AND a.entity_id = k.id"
      "   WHERE k.person_id = p.id AND a.id > :audit)"
      "  OR EXISTS (SELECT 1 FROM import_change l JOIN import_batch b ON b.id = l.batch_id"
      "   WHERE l.batch_id > :batch AND b.undone_at IS NULL AND l.entity = 'person' AND l.entity_id = p.id))"
      " LIMIT 1";

static gboolean
refuse_later_work (Undoing *undoing, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *name
      = xq_database_get_text (undoing->database, &failure, later_work_sql, XQ_INTEGER (":batch", undoing->batch_id),
                              XQ_INTEGER (":at", undoing->at), XQ_INTEGER (":audit", undoing->audit_id), XQ_END);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (name != NULL)
    g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                 _ ("The import of “%s” cannot be undone: the file of %s has been changed since. "
                    "Correct the files one by one instead."),
                 undoing->file_name, name);
  else
    return FALSE;
  return TRUE;
}

/* Takes back a record that the import made. */
static gboolean
remove_new (Undoing *undoing, const char *entity, gint64 id, GError **error)
{
  if (strcmp (entity, XQ_PERSON.name) == 0)
    return xq_person_writer_remove (undoing->writer, id, error);
  if (strcmp (entity, XQ_UNIT.name) == 0)
    return xq_unit_remove_created (undoing->database, id, error);
  if (strcmp (entity, XQ_CONTACT.name) == 0)
    return xq_database_execute (undoing->database, error, "DELETE FROM contact WHERE id = :id",
                                XQ_INTEGER (":id", id), XQ_END);
  if (strcmp (entity, XQ_PERSON_TAG.name) == 0)
    return xq_database_execute (undoing->database, error, "DELETE FROM person_tag WHERE id = :id",
                                XQ_INTEGER (":id", id), XQ_END);
  return xq_database_execute (undoing->database, error, "DELETE FROM membership WHERE id = :id",
                              XQ_INTEGER (":id", id), XQ_END);
}

/* The index is made of the person's words as they are again. */
static gboolean
put_back_person (Undoing *undoing, gint64 change_id, gint64 id, GError **error)
{
  g_autoptr (XqPerson) person = NULL;
  g_autofree char *terms = NULL;

  if (!xq_import_put_back (undoing->database, &XQ_PERSON, change_id, error))
    return FALSE;
  person = xq_person_load (undoing->database, id, error);
  if (person == NULL)
    return FALSE;
  terms = xq_person_prepare (person);
  return xq_search_put (undoing->database, id, terms, error);
}

static gboolean
put_back (Undoing *undoing, const char *entity, gint64 change_id, gint64 id, GError **error)
{
  const XqEntity *const entities[] = { &XQ_CONTACT, &XQ_PERSON_TAG, &XQ_MEMBERSHIP };

  if (strcmp (entity, XQ_PERSON.name) == 0)
    return put_back_person (undoing, change_id, id, error);
  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strcmp (entity, entities[i]->name) == 0)
      return xq_import_put_back (undoing->database, entities[i], change_id, error);
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_DAMAGED,
               _ ("The import keeps a change of “%s”, which this program does not know."), entity);
  return FALSE;
}

/* The last change before @change_id, or 0. */
static gboolean
undo_before (Undoing *undoing, gint64 *change_id, GError **error)
{
  g_autofree char *entity = NULL;
  gboolean is_new;
  gint64 id;

  {
    g_autoptr (XqStatement) statement = xq_database_query (
        undoing->database, error,
        "SELECT id, entity, entity_id, before IS NULL FROM import_change"
        " WHERE batch_id = :batch AND id < :change ORDER BY id DESC LIMIT 1",
        XQ_INTEGER (":batch", undoing->batch_id), XQ_INTEGER (":change", *change_id), XQ_END);
    XqStep step = statement != NULL ? xq_statement_step (statement, error) : XQ_STEP_FAILED;

    if (step != XQ_STEP_ROW)
      {
        *change_id = 0;
        return step == XQ_STEP_DONE;
      }
    *change_id = xq_statement_integer (statement, 0);
    entity = xq_statement_dup_text (statement, 1);
    id = xq_statement_integer (statement, 2);
    is_new = xq_statement_integer (statement, 3) != 0;
  }
  return is_new ? remove_new (undoing, entity, id, error) : put_back (undoing, entity, *change_id, id, error);
}

static gboolean
undo_all (Undoing *undoing, const XqProgress *progress, GError **error)
{
  gint64 change_id = undoing->last_change + 1, total = MAX (undoing->last_change, 1);
  guint steps = 0;

  undoing->writer = xq_person_writer_new (undoing->database, error);
  if (undoing->writer == NULL)
    return FALSE;
  while (change_id > 0)
    {
      if (steps++ % CHANGES_A_STEP == 0
          && !xq_progress_step (progress, 1 - (double) change_id / (double) (total + 1),
                                _ ("Undoing the import…"), error))
        return FALSE;
      if (!undo_before (undoing, &change_id, error))
        return FALSE;
    }
  return xq_person_writer_finish (undoing->writer, error);
}

static gboolean
append_audit (const Undoing *undoing, GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();

  json_object_set_string_member (detail, "file", undoing->file_name);
  return xq_audit_append (undoing->database, "roster_import_undo", "import_batch", undoing->batch_id, detail,
                          error);
}

gboolean
xq_roster_undo (XqDatabase *database, gint64 batch_id, const XqProgress *progress, GError **error)
{
  g_auto (Undoing) undoing = { .database = database, .batch_id = batch_id };
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  return transaction != NULL && load_batch (&undoing, error) && !refuse_later_work (&undoing, error)
         && undo_all (&undoing, progress, error) && xq_import_mark_undone (database, batch_id, error)
         && append_audit (&undoing, error) && xq_progress_step (progress, 1, _ ("Undoing the import…"), error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
