#include "config.h"

#include "report/audit-trail.h"

#include "base/date.h"

/* Which rows are about a person: the entity, and from its id to the person's. */
static const struct
{
  const char *entity;
  const char *person; /* the person of the record :id */
  const char *records; /* the records of the person :person */
} belongings[] = {
  { "person", ":id", ":person" },
#define OWN(table)                                                                                                     \
  { #table, "(SELECT person_id FROM " #table " WHERE id = :id)", "SELECT id FROM " #table " WHERE person_id = :person" }
  OWN (membership), OWN (contact), OWN (consent), OWN (person_tag), OWN (assessment), OWN (warning), OWN (case_file),
  OWN (session_note), OWN (follow_up), OWN (crisis_event), OWN (appointment), OWN (referral),
#undef OWN
  { "triage", "(SELECT person_id FROM warning WHERE id = (SELECT warning_id FROM triage WHERE id = :id))",
    "SELECT t.id FROM triage t JOIN warning w ON w.id = t.warning_id WHERE w.person_id = :person" },
  { "referral_step", "(SELECT person_id FROM referral WHERE id = (SELECT referral_id FROM referral_step WHERE id = :id))",
    "SELECT s.id FROM referral_step s JOIN referral r ON r.id = s.referral_id WHERE r.person_id = :person" },
  /* A paper about one is that one's; about many it is nobody's in particular. */
  { "disclosure", "(SELECT max (person_id) FROM disclosure_person WHERE disclosure_id = :id HAVING count (*) = 1)",
    "SELECT disclosure_id FROM disclosure_person WHERE person_id = :person" },
};

/* "(entity = 'person' AND entity_id IN (…)) OR …": one text for the life of the program. */
static const char *
about_person (void)
{
  static gsize made;

  if (g_once_init_enter (&made))
    {
      GString *sql = g_string_new (NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (belongings); i++)
        g_string_append_printf (sql, "%s(entity = '%s' AND entity_id IN (%s))", i > 0 ? " OR " : "",
                                belongings[i].entity, belongings[i].records);
      g_once_init_leave (&made, (gsize) g_string_free_and_steal (sql));
    }
  return (const char *) made;
}

/* "SELECT @columns …" of what fits, newest first. */
static XqStatement *
query (XqDatabase *database, const char *columns, const XqAuditFilter *filter, GError **error)
{
  g_autofree char *after = filter->to != NULL ? xq_date_add_days (filter->to, 1) : NULL;
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM audit"
                         " WHERE id < :before AND at >= :from AND at < :to AND (:action IS NULL OR action = :action)"
                         " AND (%s) ORDER BY id DESC LIMIT :limit",
                         columns, filter->person_id != 0 ? about_person () : ":person IS NULL");

  return xq_database_query (database, error, sql,
                            XQ_INTEGER (":before", filter->before > 0 ? filter->before : G_MAXINT64),
                            XQ_INTEGER (":from", filter->from != NULL ? xq_date_start (filter->from) : G_MININT64),
                            XQ_INTEGER (":to", after != NULL ? xq_date_start (after) : G_MAXINT64),
                            XQ_TEXT (":action", filter->action), XQ_REFERENCE (":person", filter->person_id),
                            XQ_INTEGER (":limit", filter->limit > 0 ? (gint64) filter->limit : -1), XQ_END);
}

GPtrArray *
xq_audit_trail_list (XqDatabase *database, const XqAuditFilter *filter, GError **error)
{
  g_autoptr (XqStatement) statement = query (database, "id, at, action, entity, entity_id, detail", filter, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_audit_entry_free);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (entries, xq_audit_entry_read (statement));
  return step == XQ_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

GArray *
xq_audit_trail_ids (XqDatabase *database, const XqAuditFilter *filter, GError **error)
{
  g_autoptr (XqStatement) statement = query (database, "id", filter, error);

  return statement != NULL ? xq_statement_ids (statement, error) : NULL;
}

void
xq_audit_trail_row_free (XqAuditTrailRow *row)
{
  if (row == NULL)
    return;
  xq_audit_entry_free (row->entry);
  g_free (row->name);
  g_free (row);
}

GPtrArray *
xq_audit_trail_actions (XqDatabase *database, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, "SELECT DISTINCT action FROM audit ORDER BY action", XQ_END);
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func (g_free);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (actions, xq_statement_dup_text (statement, 0));
  return step == XQ_STEP_DONE ? g_steal_pointer (&actions) : NULL;
}

/* Whose record it is about, and how he is called. */
static gboolean
find_person (XqDatabase *database, XqAuditTrailRow *row, GError **error)
{
  const XqAuditEntry *entry = row->entry;

  for (gsize i = 0; entry->entity != NULL && i < G_N_ELEMENTS (belongings); i++)
    if (g_str_equal (belongings[i].entity, entry->entity))
      {
        g_autofree char *sql = g_strdup_printf ("SELECT id, name FROM person WHERE id = %s", belongings[i].person);
        g_autoptr (XqStatement) statement
            = xq_database_query (database, error, sql, XQ_INTEGER (":id", entry->entity_id), XQ_END);
        XqStep step = statement != NULL ? xq_statement_step (statement, error) : XQ_STEP_FAILED;

        if (step == XQ_STEP_ROW)
          {
            row->person_id = xq_statement_integer (statement, 0);
            row->name = xq_statement_dup_text (statement, 1);
          }
        return step != XQ_STEP_FAILED;
      }
  return TRUE;
}

GPtrArray *
xq_audit_trail_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_audit_trail_row_free);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (XqStatement) statement
          = xq_database_query (database, error,
                               "SELECT id, at, action, entity, entity_id, detail FROM audit WHERE id = :id",
                               XQ_INTEGER (":id", ids[i]), XQ_END);
      XqStep step = statement != NULL ? xq_statement_step (statement, error) : XQ_STEP_FAILED;
      XqAuditTrailRow *row = step == XQ_STEP_ROW ? g_new0 (XqAuditTrailRow, 1) : NULL;

      g_ptr_array_add (rows, row);
      if (row != NULL)
        row->entry = xq_audit_entry_read (statement);
      if (step == XQ_STEP_FAILED || (row != NULL && !find_person (database, row, error)))
        return NULL;
    }
  return g_steal_pointer (&rows);
}
