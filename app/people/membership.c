/* Which unit a person belonged to when. @to_date is the last day that still belongs. */
#include "config.h"

#include "people/person-private.h"

#include "base/clock.h"
#include "base/date.h"
#include "vault/store.h"

gboolean
xq_membership_begin (XqDatabase *database, gint64 person_id, gint64 unit_id, const char *since, GError **error)
{
  g_autoptr (XqMembership) membership = NULL;

  if (unit_id == 0)
    return TRUE;
  membership = xq_membership_new ();
  membership->person_id = person_id;
  membership->unit_id = unit_id;
  membership->from_date = since != NULL ? g_strdup (since) : xq_clock_today ();
  return xq_store_insert_unaudited (database, &XQ_MEMBERSHIP, membership, error);
}

static gboolean
end_membership (XqDatabase *database, gint64 person_id, const char *last_day, GError **error)
{
  return xq_database_execute (database, error,
                              "UPDATE membership SET to_date = max (:last, from_date)"
                              " WHERE person_id = :person AND to_date IS NULL",
                              XQ_TEXT (":last", last_day), XQ_INTEGER (":person", person_id), XQ_END);
}

static gboolean
move (XqDatabase *database, gint64 person_id, gint64 unit_id, const char *first, GError **error)
{
  g_autofree char *last = xq_date_add_days (first, -1);

  /* One that began on that day or later was a mistake, not a membership. */
  return xq_database_execute (database, error,
                              "DELETE FROM membership WHERE person_id = :person AND to_date IS NULL"
                              " AND from_date >= :first",
                              XQ_INTEGER (":person", person_id), XQ_TEXT (":first", first), XQ_END)
         && end_membership (database, person_id, last, error)
         && xq_membership_begin (database, person_id, unit_id, first, error);
}

gboolean
xq_membership_follow (XqDatabase *database, const XqPerson *before, const XqPerson *after, const char *since,
                      GError **error)
{
  gboolean was = xq_person_state_is_present (before->state), is = xq_person_state_is_present (after->state);
  g_autofree char *today = since == NULL ? xq_clock_today () : NULL;
  const char *day = since != NULL ? since : today;

  if (was && !is)
    return end_membership (database, after->id, day, error);
  if (!was && is)
    return xq_membership_begin (database, after->id, after->unit_id, day, error);
  if (is && before->unit_id != after->unit_id)
    return move (database, after->id, after->unit_id, day, error);
  return TRUE;
}

GPtrArray *
xq_person_memberships (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_list (database, error, &XQ_MEMBERSHIP,
                        "WHERE person_id = :person ORDER BY from_date DESC, id DESC",
                        XQ_INTEGER (":person", id), XQ_END);
}

gint64
xq_person_unit_on (XqDatabase *database, gint64 id, const char *on, GError **error)
{
  gint64 unit_id = 0;

  xq_database_get_integer (database, error, &unit_id, NULL,
                           "SELECT unit_id FROM membership WHERE person_id = :person AND from_date <= :on"
                           " AND (to_date IS NULL OR to_date >= :on) ORDER BY from_date DESC, id DESC LIMIT 1",
                           XQ_INTEGER (":person", id), XQ_TEXT (":on", on), XQ_END);
  return unit_id;
}
