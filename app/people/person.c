#include "config.h"

#include "people/person-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "people/search-index.h"
#include "vault/audit.h"
#include "vault/store.h"

/* ---- what a person needs before it is written */

static void
none_for_empty (char **text)
{
  if (*text != NULL && **text == '\0')
    g_clear_pointer (text, g_free);
}

char *
xq_person_prepare (XqPerson *person)
{
  g_auto (XqPinyin) pinyin = { 0 };
  g_autofree char *name = NULL;

  none_for_empty (&person->code);
  none_for_empty (&person->national_id);
  none_for_empty (&person->birth_date);
  none_for_empty (&person->phone);
  none_for_empty (&person->address);
  none_for_empty (&person->post);
  none_for_empty (&person->remark);
  name = xq_person_name_plain (person->name);
  g_set_str (&person->name, name);
  xq_pinyin_name (person->name, &pinyin);
  g_set_str (&person->pinyin, pinyin.full);
  g_set_str (&person->initials, pinyin.initials);
  g_set_str (&person->sort_key, pinyin.sort_key);
  return xq_search_terms (person, &pinyin);
}

gboolean
xq_person_check (const XqPerson *person, GError **error)
{
  g_autofree char *today = NULL;

  if (!xq_record_validate (&XQ_PERSON, person, error))
    return FALSE;
  if (person->birth_date == NULL)
    return TRUE;
  today = xq_clock_today ();
  if (xq_date_is_valid (person->birth_date) && xq_date_compare (person->birth_date, today) <= 0)
    return TRUE;
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED, _ ("“%s” cannot be the birth date of %s. Correct it."),
               person->birth_date, person->name);
  return FALSE;
}

static XqPerson *
find_one (XqDatabase *database, GError **error, const char *tail, gint64 organisation_id, const char *text)
{
  g_autoptr (GPtrArray) persons
      = xq_store_list (database, error, &XQ_PERSON, tail, XQ_INTEGER (":organisation", organisation_id),
                       XQ_TEXT (":text", text), XQ_END);

  return persons != NULL && persons->len > 0 ? xq_person_copy (g_ptr_array_index (persons, 0)) : NULL;
}

XqPerson *
xq_person_find_by_code (XqDatabase *database, gint64 organisation_id, const char *code, GError **error)
{
  return find_one (database, error, "WHERE organisation_id = :organisation AND code = :text", organisation_id, code);
}

void
xq_person_explain_taken (XqDatabase *database, const XqPerson *person, GError **error)
{
  g_autoptr (XqPerson) other = NULL;

  if (person->code == NULL || error == NULL || !g_error_matches (*error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED))
    return;
  other = xq_person_find_by_code (database, person->organisation_id, person->code, NULL);
  if (other == NULL || other->id == person->id)
    return;
  g_clear_error (error);
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
               _ ("The number %s belongs to %s already. Open that file, or correct the number."), person->code,
               other->name);
}

/* ---- writing */

gboolean
xq_person_create (XqDatabase *database, XqPerson *person, const char *since, GError **error)
{
  g_autofree char *terms = xq_person_prepare (person);
  g_autoptr (XqTransaction) transaction = NULL;

  if (!xq_person_check (person, error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL)
    return FALSE;
  person->id = 0;
  person->created_at = person->updated_at = xq_clock_now ();
  if (xq_store_insert (database, &XQ_PERSON, person, error)
      && xq_membership_begin (database, person->id, person->unit_id, since, error)
      && xq_search_put (database, person->id, terms, error)
      && xq_transaction_commit (g_steal_pointer (&transaction), error))
    return TRUE;
  person->id = 0;
  xq_person_explain_taken (database, person, error);
  return FALSE;
}

static gboolean
is_same (const XqPerson *stored, XqPerson *person)
{
  for (const XqField *field = XQ_PERSON.fields; field->name != NULL; field++)
    if (!xq_field_equal (field, stored, person))
      return FALSE;
  return TRUE;
}

static gboolean
write_changes (XqDatabase *database, const XqPerson *stored, XqPerson *person, const char *terms, const char *since,
               GError **error)
{
  return xq_store_update (database, &XQ_PERSON, person, error)
         && xq_membership_follow (database, stored, person, since, error)
         && xq_search_put (database, person->id, terms, error);
}

gboolean
xq_person_save (XqDatabase *database, XqPerson *person, const char *since, GError **error)
{
  g_autofree char *terms = xq_person_prepare (person);
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (XqPerson) stored = NULL;

  if (!xq_person_check (person, error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  if (transaction != NULL)
    stored = xq_person_load (database, person->id, error);
  if (stored == NULL)
    return FALSE;
  person->created_at = stored->created_at;
  person->updated_at = stored->updated_at;
  if (is_same (stored, person))
    return TRUE;
  person->updated_at = xq_clock_now ();
  if (write_changes (database, stored, person, terms, since, error)
      && xq_transaction_commit (g_steal_pointer (&transaction), error))
    return TRUE;
  xq_person_explain_taken (database, person, error);
  return FALSE;
}

static gboolean
audit_state (XqDatabase *database, const XqPerson *person, XqPersonState state, const char *day, const char *reason,
             GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();

  json_object_set_string_member (detail, "from", xq_person_states[person->state].id);
  json_object_set_string_member (detail, "to", xq_person_states[state].id);
  json_object_set_string_member (detail, "on", day);
  if (reason != NULL && *reason != '\0')
    json_object_set_string_member (detail, "reason", reason);
  return xq_audit_append (database, "state", "person", person->id, detail, error);
}

gboolean
xq_person_set_state (XqDatabase *database, gint64 id, XqPersonState state, const char *on, const char *reason,
                     GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autofree char *day = on != NULL ? g_strdup (on) : xq_clock_today ();
  g_autoptr (XqPerson) person = NULL;
  g_autoptr (XqPerson) after = NULL;

  if (transaction != NULL)
    person = xq_person_load (database, id, error);
  if (person == NULL)
    return FALSE;
  if (person->state == (int) state)
    return TRUE;
  after = xq_person_copy (person);
  after->state = state;
  return xq_database_execute (database, error, "UPDATE person SET state = :state, updated_at = :now WHERE id = :id",
                              XQ_TEXT (":state", xq_person_states[state].id), XQ_INTEGER (":now", xq_clock_now ()),
                              XQ_INTEGER (":id", id), XQ_END)
         && xq_membership_follow (database, person, after, day, error)
         && audit_state (database, person, state, day, reason, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

/* ---- reading */

XqPerson *
xq_person_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_PERSON, id, error);
}

GPtrArray *
xq_person_find_by_name (XqDatabase *database, gint64 organisation_id, const char *name, GError **error)
{
  g_autofree char *plain = xq_person_name_plain (name);

  return xq_store_list (database, error, &XQ_PERSON,
                        "WHERE name = :name AND (:organisation = 0 OR organisation_id = :organisation)"
                        " ORDER BY state NOT IN ('active', 'suspended'), id",
                        XQ_TEXT (":name", plain), XQ_INTEGER (":organisation", organisation_id), XQ_END);
}

XqPerson *
xq_person_find (XqDatabase *database, const char *id_or_code, GError **error)
{
  g_autoptr (GPtrArray) persons
      = xq_store_list (database, error, &XQ_PERSON,
                       "WHERE organisation_id IN (SELECT id FROM organisation) AND code = :code",
                       XQ_TEXT (":code", id_or_code), XQ_END);
  gint64 id;

  if (persons == NULL)
    return NULL;
  if (persons->len == 1)
    return xq_person_copy (g_ptr_array_index (persons, 0));
  if (persons->len > 1)
    {
      g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                   _ ("%u people of different organisations have the number %s. Name the person by its id."),
                   persons->len, id_or_code);
      return NULL;
    }
  if (g_ascii_string_to_signed (id_or_code, 10, 1, G_MAXINT64, &id, NULL))
    {
      g_autoptr (XqPerson) person = xq_person_load (database, id, NULL);

      if (person != NULL)
        return g_steal_pointer (&person);
    }
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND, _ ("Nobody has the number or id “%s”."), id_or_code);
  return NULL;
}
