#include "config.h"

#include "people/person-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "people/search-index.h"
#include "vault/store.h"

/* So many rows of a table are written one after the other: its statement and the pages of its indexes stay in the
 * processor's cache, which no count of instructions shows. */
#define WAITING_MOST 256

/* A person that has been written, and what hangs on it not yet. */
typedef struct
{
  gint64 id;
  gint64 unit_id;
  char *terms;
} Waiting;

struct _XqPersonWriter
{
  XqDatabase *database;
  GArray *waiting; /* of Waiting */
  char *since;     /* of all who wait */
  XqStatement *insert_terms;
  XqStatement *insert_membership;
  gint64 now;
  char *today;
};

static void
clear_waiting (gpointer data)
{
  g_free (((Waiting *) data)->terms);
}

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
  writer->waiting = g_array_sized_new (FALSE, FALSE, sizeof (Waiting), WAITING_MOST);
  g_array_set_clear_func (writer->waiting, clear_waiting);
  writer->insert_terms = g_steal_pointer (&terms);
  writer->insert_membership = g_steal_pointer (&membership);
  writer->now = xq_clock_now ();
  writer->today = xq_clock_today ();
  return writer;
}

static gboolean
insert_membership (XqPersonWriter *writer, const Waiting *waiting, GError **error)
{
  if (waiting->unit_id == 0)
    return TRUE;
  xq_statement_bind_integer (writer->insert_membership, ":person", waiting->id);
  xq_statement_bind_integer (writer->insert_membership, ":unit", waiting->unit_id);
  xq_statement_bind_text (writer->insert_membership, ":from", writer->since);
  return xq_statement_step (writer->insert_membership, error) != XQ_STEP_FAILED;
}

static gboolean
insert_terms (XqPersonWriter *writer, const Waiting *waiting, GError **error)
{
  xq_statement_bind_integer (writer->insert_terms, ":id", waiting->id);
  xq_statement_bind_text (writer->insert_terms, ":terms", waiting->terms);
  return xq_statement_step (writer->insert_terms, error) != XQ_STEP_FAILED;
}

static gboolean
write_waiting (XqPersonWriter *writer, GError **error)
{
  static gboolean (*const inserts[]) (XqPersonWriter *, const Waiting *, GError **) = { insert_membership, insert_terms };

  for (gsize table = 0; table < G_N_ELEMENTS (inserts); table++)
    for (guint i = 0; i < writer->waiting->len; i++)
      if (!inserts[table](writer, &g_array_index (writer->waiting, Waiting, i), error))
        return FALSE;
  g_array_set_size (writer->waiting, 0);
  return TRUE;
}

/* Takes @terms. */
static gboolean
let_wait (XqPersonWriter *writer, const XqPerson *person, const char *since, char *terms, GError **error)
{
  const char *from = since != NULL ? since : writer->today;
  Waiting waiting = { person->id, person->unit_id, terms };
  gboolean written = TRUE;

  if (writer->waiting->len == WAITING_MOST || g_strcmp0 (writer->since, from) != 0)
    written = write_waiting (writer, error);
  g_set_str (&writer->since, from);
  g_array_append_val (writer->waiting, waiting);
  return written;
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
  return let_wait (writer, person, since, g_steal_pointer (&terms), error);
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

  if (!xq_person_check (person, error) || !write_waiting (writer, error))
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
  if (!write_waiting (writer, error))
    return FALSE;
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
  gboolean written = write_waiting (writer, error);

  g_clear_pointer (&writer->insert_terms, xq_statement_release);
  g_clear_pointer (&writer->insert_membership, xq_statement_release);
  return written;
}

void
xq_person_writer_free (XqPersonWriter *writer)
{
  if (writer == NULL)
    return;
  xq_statement_release (writer->insert_terms);
  xq_statement_release (writer->insert_membership);
  g_array_unref (writer->waiting);
  g_free (writer->since);
  g_free (writer->today);
  g_free (writer);
}
