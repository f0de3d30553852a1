/* The rows of a page: a person as every list shows it. */
#include "config.h"

#include "people/person-list.h"

#include <glib/gi18n-lib.h>

#include "people/person-private.h"
#include "people/unit-private.h"

typedef struct
{
  XqStatement *person;
  XqStatement *tags;
  XqUnitTree *tree;
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->person, xq_statement_release);
  g_clear_pointer (&reader->tags, xq_statement_release);
  g_clear_pointer (&reader->tree, xq_unit_tree_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
reader_init (Reader *reader, XqDatabase *database, GError **error)
{
  reader->person = xq_database_query (database, error,
                                      "SELECT p.id, p.organisation_id, p.unit_id, p.code, p.name, p.pinyin, p.sex,"
                                      " p.birth_date, p.kind, p.level, p.state, u.name, u.kind, a.name, a.kind, a.parent_id"
                                      " FROM person AS p LEFT JOIN unit AS u ON u.id = p.unit_id"
                                      " LEFT JOIN unit AS a ON a.id = u.parent_id WHERE p.id = :id",
                                      XQ_END);
  if (reader->person == NULL)
    return FALSE;
  reader->tags = xq_database_query (database, error,
                                    "SELECT tag FROM person_tag WHERE person_id = :id ORDER BY tag", XQ_END);
  if (reader->tags == NULL)
    return FALSE;
  reader->tree = xq_unit_tree_open (database);
  return TRUE;
}

static char **
read_tags (Reader *reader, gint64 id, GError **error)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  XqStep step;

  xq_statement_bind_integer (reader->tags, ":id", id);
  while ((step = xq_statement_step (reader->tags, error)) == XQ_STEP_ROW)
    g_strv_builder_add (tags, xq_statement_text (reader->tags, 0));
  return step == XQ_STEP_DONE ? g_strv_builder_end (tags) : NULL;
}

/* A class and its grade come with the row; what lies deeper is looked up. */
static void
read_unit (Reader *reader, XqPersonRow *row)
{
  XqStatement *statement = reader->person;
  const XqOrganisation *organisation;
  XqUnit unit = { .name = (char *) xq_statement_text (statement, 11) };
  XqUnit above = { .name = (char *) xq_statement_text (statement, 13) };
  const XqUnit *chain[] = { above.name != NULL ? &above : &unit, &unit };
  guint length = above.name != NULL ? 2 : unit.name != NULL ? 1 : 0;
  const char *path[4] = { NULL };

  if (xq_statement_integer (statement, 15) != 0)
    {
      row->unit = g_strdup (xq_unit_tree_display (reader->tree, row->unit_id));
      row->unit_path = xq_unit_tree_path (reader->tree, row->organisation_id, row->unit_id);
      return;
    }
  if (unit.name != NULL)
    unit.kind = xq_choice_index (xq_unit_kinds, xq_statement_text (statement, 12));
  if (above.name != NULL)
    above.kind = xq_choice_index (xq_unit_kinds, xq_statement_text (statement, 14));
  organisation = xq_unit_tree_organisation (reader->tree, row->organisation_id);
  path[0] = organisation != NULL ? organisation->name : "";
  for (guint i = 0; i < length; i++)
    path[i + 1] = chain[i]->name;
  row->unit = xq_unit_names_join (chain, length);
  row->unit_path = g_strdupv ((char **) path);
}

static XqPersonRow *
read_columns (Reader *reader)
{
  XqStatement *statement = reader->person;
  XqPersonRow *row = g_new0 (XqPersonRow, 1);

  row->id = xq_statement_integer (statement, 0);
  row->organisation_id = xq_statement_integer (statement, 1);
  row->unit_id = xq_statement_integer (statement, 2);
  row->code = xq_statement_dup_text (statement, 3);
  row->name = xq_statement_dup_text (statement, 4);
  row->pinyin = xq_statement_dup_text (statement, 5);
  row->sex = xq_choice_index (xq_sexes, xq_statement_text (statement, 6));
  row->birth_date = xq_statement_dup_text (statement, 7);
  row->kind = xq_choice_index (xq_person_kinds, xq_statement_text (statement, 8));
  row->level = (int) xq_statement_integer (statement, 9);
  row->state = xq_choice_index (xq_person_states, xq_statement_text (statement, 10));
  read_unit (reader, row);
  return row;
}

XqStatement *
xq_read_together (XqDatabase *database, GError **error)
{
  g_autoptr (XqStatement) statement = xq_database_query (database, error, "SELECT name FROM sqlite_schema", XQ_END);

  if (statement == NULL || xq_statement_step (statement, error) == XQ_STEP_FAILED)
    return NULL;
  return g_steal_pointer (&statement);
}

/* @ret_row: NULL for somebody who is gone. */
static gboolean
read_row (Reader *reader, gint64 id, XqPersonRow **ret_row, GError **error)
{
  g_autoptr (XqPersonRow) row = NULL;
  XqStep step;

  xq_statement_bind_integer (reader->person, ":id", id);
  step = xq_statement_step (reader->person, error);
  if (step == XQ_STEP_ROW)
    {
      row = read_columns (reader);
      row->tags = read_tags (reader, id, error);
    }
  xq_statement_reset (reader->person);
  if (step == XQ_STEP_FAILED || (row != NULL && row->tags == NULL))
    return FALSE;
  *ret_row = g_steal_pointer (&row);
  return TRUE;
}

void
xq_person_row_free (XqPersonRow *row)
{
  if (row == NULL)
    return;
  g_free (row->code);
  g_free (row->name);
  g_free (row->pinyin);
  g_free (row->birth_date);
  g_free (row->unit);
  g_strfreev (row->unit_path);
  g_strfreev (row->tags);
  g_free (row);
}

GPtrArray *
xq_person_list_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_ids, (GDestroyNotify) xq_person_row_free);
  g_autoptr (XqStatement) together = xq_read_together (database, error);
  g_auto (Reader) reader = { 0 };

  if (together == NULL || !reader_init (&reader, database, error))
    return NULL;
  for (guint i = 0; i < n_ids; i++)
    {
      XqPersonRow *row;

      if (!read_row (&reader, ids[i], &row, error))
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

XqPersonRow *
xq_person_row_load (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_person_list_rows (database, &id, 1, error);
  XqPersonRow *row;

  if (rows == NULL)
    return NULL;
  row = g_ptr_array_steal_index (rows, 0);
  if (row == NULL)
    g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND, _ ("This person is not in the vault any more."));
  return row;
}
