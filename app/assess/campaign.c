#include "config.h"

#include "assess/campaign.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "assess/assessment-private.h"
#include "base/clock.h"
#include "base/date.h"
#include "vault/audit.h"
#include "vault/store.h"

const XqChoice xq_campaign_states[] = {
  { "open", N_ ("Screening open") },
  { "closed", N_ ("Screening closed") },
  { NULL, NULL },
};

#define FIELD(member, label, type, flags, values)                                                   \
  { #member, label, type, G_STRUCT_OFFSET (XqCampaign, member), flags, XQ_PRIVACY_PLAIN, values }

static const XqField campaign_fields[] = {
  FIELD (organisation_id, N_ ("Organisation"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED, NULL),
  FIELD (title, N_ ("Title"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, NULL),
  FIELD (instruments, N_ ("Questionnaires"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, NULL),
  FIELD (from_date, N_ ("Begins on"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED, NULL),
  FIELD (due_date, N_ ("Ends on"), XQ_FIELD_DATE, XQ_FIELD_NONE, NULL),
  FIELD (state, N_ ("State"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, xq_campaign_states),
  FIELD (created_at, N_ ("Created"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_CAMPAIGN = {
  "campaign", N_ ("Screening"), sizeof (XqCampaign), campaign_fields,
};

static gboolean
check_dates (const XqCampaign *campaign, GError **error)
{
  if (campaign->due_date == NULL || xq_date_compare (campaign->from_date, campaign->due_date) <= 0)
    return TRUE;
  g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED, _ ("“%s” would end on %s, before it begins on %s."),
               campaign->title, campaign->due_date, campaign->from_date);
  return FALSE;
}

/* Everybody active of the organisation but its teachers. */
static gboolean
freeze_organisation (XqDatabase *database, const XqCampaign *campaign, GError **error)
{
  return xq_database_execute (database, error,
                              "INSERT INTO participant (campaign_id, person_id, unit_id, state)"
                              " SELECT :campaign, id, unit_id, 'pending' FROM person"
                              "  WHERE organisation_id = :organisation AND state = 'active' AND kind <> 'teacher'"
                              "  ORDER BY id",
                              XQ_INTEGER (":campaign", campaign->id),
                              XQ_INTEGER (":organisation", campaign->organisation_id), XQ_END);
}

/* Everybody active in the unit or below it; units may lie within one another. */
static gboolean
freeze_unit (XqDatabase *database, const XqCampaign *campaign, gint64 unit_id, GError **error)
{
  return xq_database_execute (database, error,
                              "WITH RECURSIVE below (id) AS ("
                              "   SELECT id FROM unit WHERE id = :unit AND organisation_id = :organisation"
                              "   UNION SELECT unit.id FROM unit JOIN below ON unit.parent_id = below.id)"
                              " INSERT OR IGNORE INTO participant (campaign_id, person_id, unit_id, state)"
                              " SELECT :campaign, id, unit_id, 'pending' FROM person"
                              "  WHERE state = 'active' AND unit_id IN (SELECT id FROM below) ORDER BY id",
                              XQ_INTEGER (":campaign", campaign->id),
                              XQ_INTEGER (":organisation", campaign->organisation_id),
                              XQ_INTEGER (":unit", unit_id), XQ_END);
}

static gboolean
freeze_roster (XqDatabase *database, const XqCampaign *campaign, const gint64 *unit_ids, gsize n_units,
               gint64 *ret_participants, GError **error)
{
  if (unit_ids == NULL && !freeze_organisation (database, campaign, error))
    return FALSE;
  for (gsize i = 0; unit_ids != NULL && i < n_units; i++)
    if (!freeze_unit (database, campaign, unit_ids[i], error))
      return FALSE;
  return xq_database_get_integer (database, error, ret_participants, NULL,
                                  "SELECT count (*) FROM participant WHERE campaign_id = :campaign",
                                  XQ_INTEGER (":campaign", campaign->id), XQ_END);
}

gboolean
xq_campaign_create (XqDatabase *database, XqCampaign *campaign, const gint64 *unit_ids, gsize n_units,
                    gint64 *ret_participants, GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (JsonObject) detail = json_object_new ();
  gint64 participants = 0;

  campaign->state = XQ_CAMPAIGN_OPEN;
  campaign->created_at = xq_clock_now ();
  if (!xq_record_validate (&XQ_CAMPAIGN, campaign, error) || !check_dates (campaign, error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL || !xq_store_insert_unaudited (database, &XQ_CAMPAIGN, campaign, error)
      || !freeze_roster (database, campaign, unit_ids, n_units, &participants, error))
    return FALSE;
  json_object_set_int_member (detail, "participants", participants);
  if (!xq_audit_append (database, "campaign_create", "campaign", campaign->id, detail, error)
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (ret_participants != NULL)
    *ret_participants = participants;
  return TRUE;
}

XqCampaign *
xq_campaign_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_CAMPAIGN, id, error);
}

GPtrArray *
xq_campaign_list (XqDatabase *database, gint64 organisation_id, GError **error)
{
  if (organisation_id == 0)
    return xq_store_list (database, error, &XQ_CAMPAIGN, "ORDER BY from_date DESC, id DESC", XQ_END);
  return xq_store_list (database, error, &XQ_CAMPAIGN,
                        "WHERE organisation_id = :organisation ORDER BY from_date DESC, id DESC",
                        XQ_INTEGER (":organisation", organisation_id), XQ_END);
}

gboolean
xq_campaign_save (XqDatabase *database, const XqCampaign *campaign, GError **error)
{
  return check_dates (campaign, error) && xq_store_update (database, &XQ_CAMPAIGN, campaign, error);
}

static gboolean
change_state (XqDatabase *database, gint64 id, XqCampaignState state, GError **error)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_load (database, id, error);

  if (campaign == NULL)
    return FALSE;
  if (campaign->state == (int) state)
    {
      g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
                   state == XQ_CAMPAIGN_OPEN ? _ ("“%s” is open already.") : _ ("“%s” is closed already."),
                   campaign->title);
      return FALSE;
    }
  campaign->state = (int) state;
  return xq_store_update (database, &XQ_CAMPAIGN, campaign, error);
}

gboolean
xq_campaign_close (XqDatabase *database, gint64 id, GError **error)
{
  return change_state (database, id, XQ_CAMPAIGN_CLOSED, error);
}

gboolean
xq_campaign_reopen (XqDatabase *database, gint64 id, GError **error)
{
  return change_state (database, id, XQ_CAMPAIGN_OPEN, error);
}

gboolean
xq_campaign_check_open (XqDatabase *database, gint64 campaign_id, GError **error)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_load (database, campaign_id, error);

  if (campaign == NULL)
    return FALSE;
  if (campaign->state == XQ_CAMPAIGN_OPEN)
    return TRUE;
  g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” is closed and takes no more answers. Reopen it first."), campaign->title);
  return FALSE;
}

gboolean
xq_campaign_missed_in_a_row (XqDatabase *database, gint64 person_id, int *ret_count, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;
  int count = 0;

  statement = xq_database_query (database, error,
                                 "SELECT participant.state IN ('pending', 'absent')"
                                 "  FROM participant JOIN campaign ON campaign.id = participant.campaign_id"
                                 " WHERE person_id = :person AND campaign.state = 'closed'"
                                 "   AND participant.state <> 'excluded'"
                                 " ORDER BY campaign.from_date DESC, campaign.id DESC",
                                 XQ_INTEGER (":person", person_id), XQ_END);
  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW && xq_statement_integer (statement, 0) != 0)
    count++;
  if (step == XQ_STEP_FAILED)
    return FALSE;
  *ret_count = count;
  return TRUE;
}
