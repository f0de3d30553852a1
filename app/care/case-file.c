#include "config.h"

#include "care/case-file.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "care/care-private.h"
#include "vault/store.h"

#define FIELD(member, words, type, flags, privacy)                                                  \
  { #member, words, type, G_STRUCT_OFFSET (XqCaseFile, member), flags, privacy, NULL }

static const XqField fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING),
  FIELD (opened_on, N_ ("Opened on"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN),
  FIELD (closed_on, N_ ("Closed on"), XQ_FIELD_DATE, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN),
  FIELD (problem, N_ ("Presenting problem"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE),
  FIELD (goals, N_ ("Goals and measures"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE),
  FIELD (outcome, N_ ("Summary at closing"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE),
  XQ_FIELDS_END,
};

const XqEntity XQ_CASE_FILE = { "case_file", N_ ("Case"), sizeof (XqCaseFile), fields };

XqCaseFile *
xq_case_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_CASE_FILE, id, error);
}

XqCaseFile *
xq_case_open_of (XqDatabase *database, gint64 person_id, GError **error)
{
  g_autoptr (GPtrArray) found
      = xq_store_list (database, error, &XQ_CASE_FILE, "WHERE person_id = :person AND closed_on IS NULL",
                       XQ_INTEGER (":person", person_id), XQ_END);

  return found != NULL && found->len > 0 ? xq_case_file_copy (g_ptr_array_index (found, 0)) : NULL;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, message);
  return FALSE;
}

/* Whether the person has an open case; FALSE on an error. */
static gboolean
count_open (XqDatabase *database, gint64 person_id, gint64 *ret_open, GError **error)
{
  *ret_open = 0;
  return xq_database_get_integer (database, error, ret_open, NULL,
                                  "SELECT count (*) FROM case_file WHERE person_id = :person AND closed_on IS NULL",
                                  XQ_INTEGER (":person", person_id), XQ_END);
}

/* A confirmed warning comes into care with the case; one that waits for triage waits on. */
static gboolean
take_warning_in (XqCare *care, gint64 person_id, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (XqWarning) warning = xq_warning_open_of (xq_care_database (care), person_id, &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  return warning == NULL || warning->state != XQ_WARNING_CONFIRMED
         || xq_warning_take_into_care (care, warning->id, error);
}

gboolean
xq_case_open (XqCare *care, gint64 person_id, const char *problem, const char *goals, gint64 *ret_id,
              GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqCaseFile) case_file = xq_case_file_new ();
  gint64 open;

  if (transaction == NULL || !count_open (database, person_id, &open, error))
    return FALSE;
  if (open > 0)
    return refuse (error, _ ("This person has an open case already. Go on with that one."));
  case_file->person_id = person_id;
  case_file->opened_on = xq_clock_today ();
  case_file->problem = g_strdup (problem);
  case_file->goals = g_strdup (goals);
  if (!xq_store_insert (database, &XQ_CASE_FILE, case_file, error) || !take_warning_in (care, person_id, error)
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = case_file->id;
  return TRUE;
}

/* NULL for one that is closed. */
static XqCaseFile *
load_open (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqCaseFile) case_file = xq_case_load (database, id, error);

  if (case_file == NULL || case_file->closed_on == NULL)
    return g_steal_pointer (&case_file);
  refuse (error, _ ("This case is closed. Open a new one for the same person."));
  return NULL;
}

gboolean
xq_case_update (XqCare *care, const XqCaseFile *case_file, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqCaseFile) stored = load_open (database, case_file->id, error);

  if (stored == NULL)
    return FALSE;
  g_set_str (&stored->problem, case_file->problem);
  g_set_str (&stored->goals, case_file->goals);
  return xq_store_update (database, &XQ_CASE_FILE, stored, error);
}

/* Closes the person's warning, if there is one, with the same words. */
static gboolean
close_warning (XqCare *care, gint64 person_id, const char *outcome, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (XqWarning) warning = xq_warning_open_of (xq_care_database (care), person_id, &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (warning == NULL)
    return TRUE;
  if (warning->state == XQ_WARNING_NEW)
    return refuse (error, _ ("A warning of this person waits for triage. Triage it before you close the case."));
  return xq_warning_close (care, warning->id, outcome, error);
}

gboolean
xq_case_close (XqCare *care, gint64 case_id, const char *outcome, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (XqCaseFile) case_file = NULL;
  gint64 drafts = 0;

  if (!xq_care_needs_words (outcome, _ ("Write a summary: how did it end?"), error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  case_file = transaction != NULL ? load_open (database, case_id, error) : NULL;
  if (case_file == NULL
      || !xq_database_get_integer (database, error, &drafts, NULL,
                                   "SELECT count (*) FROM session_note WHERE case_id = :case AND signed_at IS NULL",
                                   XQ_INTEGER (":case", case_id), XQ_END))
    return FALSE;
  if (drafts > 0)
    return refuse (error, _ ("A session note of this case is still a draft. Sign it or discard it first."));
  case_file->closed_on = xq_clock_today ();
  g_set_str (&case_file->outcome, outcome);
  return xq_store_update (database, &XQ_CASE_FILE, case_file, error)
         && close_warning (care, case_file->person_id, outcome, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

void
xq_case_row_free (XqCaseRow *row)
{
  if (row == NULL)
    return;
  xq_case_file_free (row->case_file);
  g_free (row->code);
  g_free (row->name);
  g_free (row);
}

static XqCaseRow *
read_row (XqStatement *statement)
{
  int after = xq_care_columns_of (&XQ_CASE_FILE);
  XqCaseRow *row = g_new0 (XqCaseRow, 1);

  row->case_file = xq_store_read (&XQ_CASE_FILE, statement, 0);
  row->code = xq_statement_dup_text (statement, after);
  row->name = xq_statement_dup_text (statement, after + 1);
  row->unit_id = xq_statement_integer (statement, after + 2);
  row->level = xq_statement_integer (statement, after + 3);
  row->sessions = xq_statement_integer (statement, after + 4);
  row->last_session_at = xq_statement_integer (statement, after + 5);
  return row;
}

GPtrArray *
xq_case_list (XqDatabase *database, gint64 person_id, gboolean only_open, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_case_row_free);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s, p.code, p.name, p.unit_id, p.level, count (n.id), max (n.at)"
      " FROM case_file c JOIN person p ON p.id = c.person_id"
      " LEFT JOIN session_note n ON n.person_id = c.person_id AND n.case_id = c.id AND n.amends_id IS NULL"
      " WHERE (:person = 0 OR c.person_id = :person) AND (:open = 0 OR c.closed_on IS NULL) GROUP BY c.id"
      " ORDER BY c.closed_on IS NOT NULL, CASE WHEN c.closed_on IS NULL THEN ifnull (p.level, 9) END,"
      " c.closed_on DESC, c.opened_on, c.id",
      xq_store_columns (&XQ_CASE_FILE, "c."));
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, sql, XQ_INTEGER (":person", person_id),
                           XQ_INTEGER (":open", only_open ? 1 : 0), XQ_END);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (rows, read_row (statement));
  return step == XQ_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

static JsonObject *
row_json (const XqCaseRow *row)
{
  const XqCaseFile *case_file = row->case_file;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", case_file->id);
  json_object_set_object_member (object, "person",
                                 xq_care_person_json (case_file->person_id, row->code, row->name));
  if (row->level != 0)
    json_object_set_int_member (object, "level", row->level);
  else
    json_object_set_null_member (object, "level");
  xq_care_set_text_member (object, "opened", case_file->opened_on);
  xq_care_set_text_member (object, "closed", case_file->closed_on);
  xq_care_set_text_member (object, "problem", case_file->problem);
  xq_care_set_text_member (object, "goals", case_file->goals);
  xq_care_set_text_member (object, "outcome", case_file->outcome);
  json_object_set_int_member (object, "sessions", row->sessions);
  return object;
}

JsonNode *
xq_case_list_json (XqDatabase *database, gint64 person_id, gboolean only_open, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_case_list (database, person_id, only_open, error);
  g_autoptr (JsonArray) array = json_array_new ();

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (array, row_json (g_ptr_array_index (rows, i)));
  return json_node_init_array (json_node_alloc (), array);
}
