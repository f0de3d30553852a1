/* Who takes part in a campaign, and how many have by now. */
#include "config.h"

#include "assess/campaign.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "assess/assessment-private.h"
#include "vault/audit.h"

const XqChoice xq_participant_states[] = {
  { "pending", N_ ("Not yet") },
  { "done", N_ ("Screened") },
  { "absent", N_ ("Absent") },
  { "refused", N_ ("Refused to answer") },
  { "excluded", N_ ("Not to be asked") },
  { NULL, NULL },
};

static JsonObject *
change_detail (gint64 person_id, XqParticipantState before, XqParticipantState after)
{
  JsonObject *detail = json_object_new ();
  JsonArray *pair = json_array_new ();

  json_array_add_string_element (pair, xq_participant_states[before].id);
  json_array_add_string_element (pair, xq_participant_states[after].id);
  json_object_set_int_member (detail, "person_id", person_id);
  json_object_set_array_member (detail, "state", pair);
  return detail;
}

gboolean
xq_campaign_get_participant (XqDatabase *database, gint64 campaign_id, gint64 person_id,
                             XqParticipantState *ret_state, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *state = xq_database_get_text (database, &failure,
                                                 "SELECT state FROM participant"
                                                 " WHERE campaign_id = :campaign AND person_id = :person",
                                                 XQ_INTEGER (":campaign", campaign_id),
                                                 XQ_INTEGER (":person", person_id), XQ_END);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *ret_state = state != NULL ? (XqParticipantState) xq_choice_index (xq_participant_states, state)
                             : XQ_PARTICIPANT_STATES;
  return TRUE;
}

gboolean
xq_campaign_set_participant (XqDatabase *database, gint64 campaign_id, gint64 person_id, XqParticipantState state,
                             const char *remark, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (JsonObject) detail = NULL;
  XqParticipantState before;

  g_return_val_if_fail (state != XQ_PARTICIPANT_DONE && state < XQ_PARTICIPANT_STATES, FALSE);

  if (transaction == NULL || !xq_campaign_get_participant (database, campaign_id, person_id, &before, error))
    return FALSE;
  if (before == XQ_PARTICIPANT_STATES)
    {
      g_set_error_literal (error, XQ_ASSESS_ERROR, XQ_ERROR_NOT_FOUND,
                           _ ("This person is not on the roster of the screening."));
      return FALSE;
    }
  if (before == XQ_PARTICIPANT_DONE)
    {
      g_set_error_literal (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED, _ ("This person has answered already."));
      return FALSE;
    }
  detail = change_detail (person_id, before, state);
  return xq_database_execute (database, error,
                              "UPDATE participant SET state = :state, remark = :remark"
                              " WHERE campaign_id = :campaign AND person_id = :person",
                              XQ_TEXT (":state", xq_participant_states[state].id), XQ_TEXT (":remark", remark),
                              XQ_INTEGER (":campaign", campaign_id), XQ_INTEGER (":person", person_id), XQ_END)
         && xq_audit_append (database, "participant", "campaign", campaign_id, detail, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_campaign_mark_done (XqDatabase *database, gint64 campaign_id, gint64 person_id, gboolean *ret_added,
                       GError **error)
{
  if (ret_added != NULL)
    *ret_added = FALSE;
  if (!xq_database_execute (database, error,
                            "UPDATE participant SET state = 'done' WHERE campaign_id = :campaign AND person_id = :person",
                            XQ_INTEGER (":campaign", campaign_id), XQ_INTEGER (":person", person_id), XQ_END))
    return FALSE;
  if (xq_database_changes (database) > 0)
    return TRUE;
  if (ret_added != NULL)
    *ret_added = TRUE;
  return xq_database_execute (database, error,
                              "INSERT INTO participant (campaign_id, person_id, unit_id, state)"
                              " SELECT :campaign, id, unit_id, 'done' FROM person WHERE id = :person",
                              XQ_INTEGER (":campaign", campaign_id), XQ_INTEGER (":person", person_id), XQ_END);
}

gboolean
xq_campaign_unmark_done (XqDatabase *database, gint64 campaign_id, gint64 person_id, GError **error)
{
  return xq_database_execute (database, error,
                              "UPDATE participant SET state = 'pending'"
                              " WHERE campaign_id = :campaign AND person_id = :person AND state = 'done'"
                              "   AND NOT EXISTS (SELECT 1 FROM assessment WHERE campaign_id = :campaign"
                              "                      AND person_id = :person)",
                              XQ_INTEGER (":campaign", campaign_id), XQ_INTEGER (":person", person_id), XQ_END);
}

static GArray *
read_ids (XqStatement *statement, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

GArray *
xq_campaign_people (XqDatabase *database, gint64 campaign_id, XqParticipantState state, gint64 unit_id,
                    GError **error)
{
  g_autoptr (XqStatement) statement = NULL;

  g_return_val_if_fail (state < XQ_PARTICIPANT_STATES, NULL);

  statement = xq_database_query (database, error,
                                 "SELECT person.id FROM participant JOIN person ON person.id = participant.person_id"
                                 " WHERE campaign_id = :campaign AND participant.state = :state"
                                 "   AND (:unit IS NULL OR participant.unit_id = :unit)"
                                 " ORDER BY person.sort_key, person.id",
                                 XQ_INTEGER (":campaign", campaign_id),
                                 XQ_TEXT (":state", xq_participant_states[state].id),
                                 XQ_REFERENCE (":unit", unit_id), XQ_END);
  return statement != NULL ? read_ids (statement, error) : NULL;
}

static void
coverage_add (XqCoverage *coverage, XqParticipantState state, gint64 count)
{
  coverage->counts[state] += count;
  if (state != XQ_PARTICIPANT_EXCLUDED)
    coverage->invited += count;
}

GArray *
xq_campaign_coverage (XqDatabase *database, gint64 campaign_id, XqCoverage *ret_total, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (XqCoverage));
  g_autoptr (XqStatement) statement = NULL;
  XqCoverage total = { 0 };
  XqStep step;

  statement = xq_database_query (database, error,
                                 "WITH RECURSIVE tree (id, place) AS ("
                                 "   SELECT id, format ('%08d.%08d', position, id) FROM unit WHERE parent_id IS NULL"
                                 "   UNION ALL SELECT unit.id, tree.place || format ('/%08d.%08d', position, unit.id)"
                                 "     FROM unit JOIN tree ON unit.parent_id = tree.id)"
                                 " SELECT ifnull (unit_id, 0), state, count (*)"
                                 "   FROM participant LEFT JOIN tree ON tree.id = unit_id"
                                 "  WHERE campaign_id = :campaign GROUP BY unit_id, state"
                                 "  ORDER BY unit_id IS NULL, tree.place, unit_id",
                                 XQ_INTEGER (":campaign", campaign_id), XQ_END);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 unit_id = xq_statement_integer (statement, 0);
      XqParticipantState state
          = (XqParticipantState) xq_choice_index (xq_participant_states, xq_statement_text (statement, 1));

      if (rows->len == 0 || g_array_index (rows, XqCoverage, rows->len - 1).unit_id != unit_id)
        {
          XqCoverage row = { .unit_id = unit_id };

          g_array_append_val (rows, row);
        }
      coverage_add (&g_array_index (rows, XqCoverage, rows->len - 1), state, xq_statement_integer (statement, 2));
      coverage_add (&total, state, xq_statement_integer (statement, 2));
    }
  if (step == XQ_STEP_FAILED)
    return NULL;
  if (ret_total != NULL)
    *ret_total = total;
  return g_steal_pointer (&rows);
}
