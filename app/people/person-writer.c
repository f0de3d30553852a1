#include "config.h"

#include "people/person-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "people/search-index.h"
#include "vault/store.h"

struct _XqPersonWriter
{
  XqDatabase *database;
  XqStatement *insert_terms;
  XqStatement *insert_membership;
  gint64 now;
  char *today;
};

XqPersonWriter *
xq_person_writer_new (XqDatabase *database, GError **error)
{
  g_autoptr (XqStatement) terms
      = xq_database_query (database, error, "INSERT INTO person_search (rowid, terms) VALUES (:id, :terms)", XQ_END);
  g_autoptr (XqStatement) membership = NULL;
  XqPersonWriter *writer;

  if (terms != NULL)
    membership = xq_database_query (
        database, error,
        "INSERT INTO membership (person_id, unit_id, from_date) VALUES (:person, :unit, :from)", XQ_END);
  if (membership == NULL)
    return NULL;
  writer = g_new0 (XqPersonWriter, 1);
  writer->database = database;
  writer->insert_terms = g_steal_pointer (&terms);
  writer->insert_membership = g_steal_pointer (&membership);
  writer->now = xq_clock_now ();
  writer->today = xq_clock_today ();
  return writer;
}

static gboolean
insert_membership (XqPersonWriter *writer, const XqPerson *person, const char *since, GError **error)
{
  if (person->unit_id == 0)
    return TRUE;
  xq_statement_bind_integer (writer->insert_membership, ":person", person->id);
  xq_statement_bind_integer (writer->insert_membership, ":unit", person->unit_id);
  xq_statement_bind_text (writer->insert_membership, ":from", since != NULL ? since : writer->today);
  return xq_statement_step (writer->insert_membership, error) != XQ_STEP_FAILED;
}

static gboolean
insert_terms (XqPersonWriter *writer, gint64 id, const char *terms, GError **error)
{
  xq_statement_bind_integer (writer->insert_terms, ":id", id);
  xq_statement_bind_text (writer->insert_terms, ":terms", terms);
  return xq_statement_step (writer->insert_terms, error) != XQ_STEP_FAILED;
}

gboolean
xq_person_writer_insert (XqPersonWriter *writer, XqPerson *person, const char *since, GError **error)
{
  g_autofree char *terms = xq_person_prepare (person);

  if (!xq_person_check (person, error))
    return FALSE;
  person->id = 0;
  person->created_at = person->updated_at = writer->now;
  if (!xq_store_insert_unaudited (writer->database, &XQ_PERSON, person, error))
    {
      person->id = 0;
      xq_person_explain_taken (writer->database, person, error);
      return FALSE;
    }
  return insert_membership (writer, person, since, error) && insert_terms (writer, person->id, terms, error);
}

static gboolean
is_found_alike (const XqPerson *before, const XqPerson *after)
{
  return g_strcmp0 (before->name, after->name) == 0 && g_strcmp0 (before->code, after->code) == 0
         && g_strcmp0 (before->phone, after->phone) == 0;
}

gboolean
xq_person_writer_update (XqPersonWriter *writer, const XqPerson *before, XqPerson *person, const char *since,
                         GError **error)
{
  g_autofree char *terms = xq_person_prepare (person);

  if (!xq_person_check (person, error))
    return FALSE;
  person->updated_at = writer->now;
  if (!xq_store_update_unaudited (writer->database, &XQ_PERSON, person, error))
    {
      xq_person_explain_taken (writer->database, person, error);
      return FALSE;
    }
  if (!xq_membership_follow (writer->database, before, person, since, error))
    return FALSE;
  return is_found_alike (before, person) || xq_search_put (writer->database, person->id, terms, error);
}

/* What a person's file holds of this room; the rest is other rooms' and stops the removal. */
static const char *const removals[] = {
  "DELETE FROM membership WHERE person_id = :id",
  "DELETE FROM contact WHERE person_id = :id",
  "DELETE FROM consent WHERE person_id = :id",
  "DELETE FROM person_tag WHERE person_id = :id",
  "DELETE FROM person_search WHERE rowid = :id",
  "DELETE FROM person WHERE id = :id",
};

static void
explain_kept (XqPersonWriter *writer, gint64 id, GError **error)
{
  g_autoptr (XqPerson) person = NULL;

  if (error == NULL || !g_error_matches (*error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED))
    return;
  person = xq_person_load (writer->database, id, NULL);
  if (person == NULL)
    return;
  g_clear_error (error);
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
               _ ("The file of %s cannot be removed: something has been written into it since."), person->name);
}

gboolean
xq_person_writer_remove (XqPersonWriter *writer, gint64 id, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (removals); i++)
    if (!xq_database_execute (writer->database, error, removals[i], XQ_INTEGER (":id", id), XQ_END))
      {
        explain_kept (writer, id, error);
        return FALSE;
      }
  return TRUE;
}

gboolean
xq_person_writer_finish (XqPersonWriter *writer, GError **error)
{
  g_clear_pointer (&writer->insert_terms, xq_statement_release);
  g_clear_pointer (&writer->insert_membership, xq_statement_release);
  return TRUE;
}

void
xq_person_writer_free (XqPersonWriter *writer)
{
  if (writer == NULL)
    return;
  xq_statement_release (writer->insert_terms);
  xq_statement_release (writer->insert_membership);
  g_free (writer->today);
  g_free (writer);
}
