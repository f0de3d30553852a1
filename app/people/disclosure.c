#include "config.h"

#include "people/disclosure.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "people/person-list.h"
#include "vault/audit.h"
#include "vault/store.h"

#define PEOPLE_NAMED 20

const XqChoice xq_disclosure_kinds[] = {
  { "export", N_("File") },
  { "print", N_("Print") },
  { "copy", N_("Clipboard") },
  { "spoken", N_("Told by word of mouth") },
  { "paper", N_("Paper made by hand or elsewhere") },
  { NULL, NULL },
};

const XqChoice xq_disclosure_subjects[] = {
  { "other", N_("Other") },
  { "report", N_("Report") },
  { "letter", N_("Referral letter") },
  { "missing", N_("List of who is missing") },
  { "calendar", N_("Calendar") },
  { "audit", N_("Audit trail") },
  { "ledger", N_("Disclosure ledger") },
  { NULL, NULL },
};

const XqChoice xq_disclosure_grounds[] = {
  { "unsaid", N_("Not said") },
  { "consent", N_("Consent of the person or the guardian") },
  { "danger", N_("Danger to life: confidentiality ends") },
  { "law", N_("Required by law") },
  { "duty", N_("Reporting duty of the office") },
  { "own", N_("The office's own work") },
  { NULL, NULL },
};

const XqChoice xq_disclosure_states[] = {
  { "out", N_("Out") },
  { "recalled", N_("Came back") },
  { "destroyed", N_("Destroyed") },
  { "failed", N_("Was not made") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                                             \
  { #member, words, type, G_STRUCT_OFFSET (XqDisclosure, member), flags, privacy, values }

static const XqField fields[] = {
  FIELD (at, N_("Time"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (kind, N_("How"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, xq_disclosure_kinds),
  FIELD (subject, N_("Subject"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, xq_disclosure_subjects),
  FIELD (what, N_("What"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (recipient, N_("To whom"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (ground, N_("On what ground"), XQ_FIELD_CHOICE, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, xq_disclosure_grounds),
  FIELD (purpose, N_("What for"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (fields, N_("Which particulars"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (identifying, N_("Says who somebody is"), XQ_FIELD_BOOLEAN, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (persons, N_("Persons"), XQ_FIELD_INTEGER, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (copy, N_("Copy number"), XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (file, N_("File"), XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (state, N_("State"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, xq_disclosure_states),
  FIELD (settled_at, N_("Settled"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (remark, N_("Remark"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_IDENTIFYING, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_DISCLOSURE = { "disclosure", N_("Disclosure"), sizeof (XqDisclosure), fields };

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
check (const XqDisclosure *disclosure, GError **error)
{
  /* A clock that was set back must not refuse what is being made now. */
  const gboolean by_hand = disclosure->kind == XQ_DISCLOSURE_SPOKEN || disclosure->kind == XQ_DISCLOSURE_PAPER;

  if (disclosure->identifying && is_blank (disclosure->recipient))
    g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                         _("This says who somebody is: say to whom it goes."));
  else if (disclosure->identifying && disclosure->ground == XQ_GROUND_UNSAID)
    g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                         _("This says who somebody is: say on what ground it may be given away."));
  else if (by_hand && disclosure->at > xq_clock_now ())
    g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                         _("What was given away cannot lie in the future. Check the date and the time."));
  else
    return TRUE;
  return FALSE;
}

/* One series a year, so that a gap in the folder of papers is seen. */
static char *
next_copy (XqDatabase *database, gint64 at, GError **error)
{
  g_autoptr (GDateTime) time = xq_clock_local (at);
  g_autofree char *series = g_strdup_printf ("%04d-*", g_date_time_get_year (time));
  gint64 last = 0;

  if (!xq_database_get_integer (database, error, &last, NULL,
                                "SELECT ifnull (max (CAST (substr (copy, 6) AS INTEGER)), 0) FROM disclosure"
                                " WHERE copy GLOB :series",
                                XQ_TEXT (":series", series), XQ_END))
    return NULL;
  return g_strdup_printf ("%04d-%04" G_GINT64_FORMAT, g_date_time_get_year (time), last + 1);
}

static gboolean
name_persons (XqDatabase *database, gint64 id, const gint64 *person_ids, gsize n_persons, GError **error)
{
  for (gsize i = 0; i < n_persons; i++)
    if (!xq_database_execute (database, error,
                              "INSERT OR IGNORE INTO disclosure_person (person_id, disclosure_id)"
                              " VALUES (:person, :disclosure)",
                              XQ_INTEGER (":person", person_ids[i]), XQ_INTEGER (":disclosure", id), XQ_END))
      return FALSE;
  return TRUE;
}

static gboolean
write_down (XqDatabase *database, const XqDisclosure *disclosure, GError **error)
{
  g_autofree char *action = g_strdup_printf ("%s_%s", xq_disclosure_subjects[disclosure->subject].id,
                                             xq_disclosure_kinds[disclosure->kind].id);
  g_autoptr (JsonObject) detail = json_object_new ();

  json_object_set_string_member (detail, "copy", disclosure->copy);
  json_object_set_string_member (detail, "what", disclosure->what);
  json_object_set_int_member (detail, "persons", disclosure->persons);
  json_object_set_boolean_member (detail, "identifying", disclosure->identifying);
  if (disclosure->file != NULL)
    json_object_set_string_member (detail, "file", disclosure->file);
  return xq_audit_append (database, action, "disclosure", disclosure->id, detail, error);
}

gboolean
xq_disclosure_enter (XqDatabase *database, XqDisclosure *disclosure, const gint64 *person_ids, gsize n_persons,
                     GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;

  g_return_val_if_fail (disclosure != NULL && disclosure->id == 0, FALSE);
  g_return_val_if_fail (person_ids != NULL || n_persons == 0, FALSE);

  if (disclosure->at == 0)
    disclosure->at = xq_clock_now ();
  disclosure->state = XQ_DISCLOSURE_OUT;
  disclosure->persons = MAX (disclosure->persons, (gint64) n_persons);
  if (!xq_record_validate (&XQ_DISCLOSURE, disclosure, error) || !check (disclosure, error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  g_free (disclosure->copy);
  disclosure->copy = transaction != NULL ? next_copy (database, disclosure->at, error) : NULL;
  if (disclosure->copy != NULL && xq_store_insert_unaudited (database, &XQ_DISCLOSURE, disclosure, error)
      && name_persons (database, disclosure->id, person_ids, n_persons, error)
      && write_down (database, disclosure, error)
      && xq_transaction_commit (g_steal_pointer (&transaction), error))
    return TRUE;
  disclosure->id = 0;
  return FALSE;
}

gboolean
xq_disclosure_settle (XqDatabase *database, gint64 id, XqDisclosureState state, const char *remark, GError **error)
{
  g_autoptr (XqDisclosure) disclosure = xq_store_load (database, &XQ_DISCLOSURE, id, error);

  g_return_val_if_fail (state != XQ_DISCLOSURE_OUT, FALSE);

  if (disclosure == NULL)
    return FALSE;
  if (disclosure->state != XQ_DISCLOSURE_OUT)
    {
      g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED, _("Copy %s is settled already: %s."), disclosure->copy,
                   _(xq_disclosure_states[disclosure->state].label));
      return FALSE;
    }
  disclosure->state = state;
  disclosure->settled_at = xq_clock_now ();
  if (!is_blank (remark))
    g_set_str (&disclosure->remark, remark);
  return xq_store_update (database, &XQ_DISCLOSURE, disclosure, error);
}

#define THAT_FIT                                                                                                       \
  " WHERE id < :before AND at >= :from AND at < :to AND identifying >= :identifying"                                  \
  " AND (CASE WHEN :state IS NULL THEN state <> 'failed' ELSE state = :state END)"                                    \
  " AND (:person IS NULL OR id IN (SELECT disclosure_id FROM disclosure_person WHERE person_id = :person))"           \
  " ORDER BY id DESC LIMIT :limit"

#define FILTER(filter, after)                                                                                          \
  XQ_INTEGER (":before", (filter)->before > 0 ? (filter)->before : G_MAXINT64),                                        \
      XQ_INTEGER (":from", (filter)->from != NULL ? xq_date_start ((filter)->from) : G_MININT64),                      \
      XQ_INTEGER (":to", (after) != NULL ? xq_date_start (after) : G_MAXINT64),                                        \
      XQ_INTEGER (":identifying", (filter)->identifying_only ? 1 : 0),                                                 \
      XQ_TEXT (":state", (filter)->state >= 0 ? xq_disclosure_states[(filter)->state].id : NULL),                      \
      XQ_REFERENCE (":person", (filter)->person_id),                                                                   \
      XQ_INTEGER (":limit", (filter)->limit > 0 ? (gint64) (filter)->limit : -1)

GPtrArray *
xq_disclosure_list (XqDatabase *database, const XqDisclosureFilter *filter, GError **error)
{
  g_autofree char *after = filter->to != NULL ? xq_date_add_days (filter->to, 1) : NULL;

  return xq_store_list (database, error, &XQ_DISCLOSURE, THAT_FIT, FILTER (filter, after), XQ_END);
}

GArray *
xq_disclosure_ids (XqDatabase *database, const XqDisclosureFilter *filter, GError **error)
{
  g_autofree char *after = filter->to != NULL ? xq_date_add_days (filter->to, 1) : NULL;
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error, "SELECT id FROM disclosure" THAT_FIT, FILTER (filter, after), XQ_END);

  return statement != NULL ? xq_statement_ids (statement, error) : NULL;
}

GPtrArray *
xq_disclosure_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (xq_record_destroy);

  for (guint i = 0; i < n_ids; i++)
    {
      XqDisclosure *disclosure = xq_store_load (database, &XQ_DISCLOSURE, ids[i], error);

      if (disclosure == NULL)
        return NULL;
      g_ptr_array_add (rows, disclosure);
    }
  return g_steal_pointer (&rows);
}

GArray *
xq_disclosure_persons (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error,
                           "SELECT person_id FROM disclosure_person WHERE disclosure_id = :id ORDER BY person_id",
                           XQ_INTEGER (":id", id), XQ_END);

  return statement != NULL ? xq_statement_ids (statement, error) : NULL;
}

JsonObject *
xq_disclosure_to_json (XqDatabase *database, const XqDisclosure *disclosure, GError **error)
{
  g_autoptr (GArray) ids = xq_disclosure_persons (database, disclosure->id, error);
  g_autoptr (JsonObject) object = NULL;
  JsonArray *people = json_array_new ();

  if (ids == NULL)
    {
      json_array_unref (people);
      return NULL;
    }
  object = xq_record_to_json (&XQ_DISCLOSURE, disclosure);
  json_object_set_array_member (object, "people", people);
  for (guint i = 0; i < MIN (ids->len, PEOPLE_NAMED); i++)
    {
      JsonObject *person = xq_person_reference_json (database, g_array_index (ids, gint64, i), error);

      if (person == NULL)
        return NULL;
      json_array_add_object_element (people, person);
    }
  return g_steal_pointer (&object);
}

char *
xq_disclosure_watermark (const XqDisclosure *disclosure, const char *issuer)
{
  g_autoptr (GDateTime) at = xq_clock_local (disclosure->at);
  g_autofree char *time = g_date_time_format (at, "%Y-%m-%d %H:%M");
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, _("Copy %s"), disclosure->copy);
  g_string_append_printf (line, " · %s", issuer);
  if (!is_blank (disclosure->recipient))
    g_string_append_printf (line, " → %s", disclosure->recipient);
  if (disclosure->ground != XQ_GROUND_UNSAID)
    g_string_append_printf (line, " · %s", _(xq_disclosure_grounds[disclosure->ground].label));
  if (!is_blank (disclosure->purpose))
    g_string_append_printf (line, " · %s", disclosure->purpose);
  g_string_append_printf (line, " · %s", time);
  return g_string_free_and_steal (g_steal_pointer (&line));
}
