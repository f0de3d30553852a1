/* What stands around the answers of one import: its batch, its campaigns, who is done, the audit. */
#include "config.h"

#include "assess/answers-apply.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "base/clock.h"
#include "vault/audit.h"
#include "vault/import-batch.h"
#include "vault/store.h"

/* -- batch and campaigns: made when the first new sheet turns up -- */

gboolean
xq_answers_begin_batch (XqAnswersApplying *applying, GError **error)
{
  g_autoptr (XqImportBatch) batch = NULL;

  if (applying->result->batch_id != 0)
    return TRUE;
  batch = xq_import_batch_new ();
  batch->kind = XQ_IMPORT_ANSWERS;
  batch->file_name = g_strdup (applying->answers->file_name);
  batch->at = applying->now;
  batch->counts = g_strdup ("{}");
  if (!xq_store_insert_unaudited (applying->database, &XQ_IMPORT_BATCH, batch, error))
    return FALSE;
  applying->result->batch_id = batch->id;
  applying->writer = xq_assessment_writer_new (applying->database, error);
  return applying->writer != NULL;
}

/* "PHQ-9, GAD-7 · 2026-10" */
static char *
campaign_title (const XqAnswersApplying *applying, const char *from_date)
{
  g_autoptr (GString) title = g_string_new (NULL);

  for (guint i = 0; i < applying->parts->len; i++)
    {
      const XqAnswersPart *part = &g_array_index (applying->parts, XqAnswersPart, i);

      g_string_append_printf (title, "%s%s", i > 0 ? ", " : "", part->instrument->label);
    }
  g_string_append_printf (title, " · %.7s", from_date);
  return g_string_free (g_steal_pointer (&title), FALSE);
}

static char *
instrument_ids (const XqAnswersApplying *applying)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < applying->parts->len; i++)
    {
      const XqAnswersPart *part = &g_array_index (applying->parts, XqAnswersPart, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", part->instrument->id);
    }
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

/* First and last day of the organisation's rows. */
static void
campaign_dates (const XqAnswersApplying *applying, gint64 organisation_id, char **ret_from, char **ret_due)
{
  gint64 first = G_MAXINT64, last = 0;

  for (guint i = 0; i < applying->answers->rows->len; i++)
    {
      const XqAnswersRow *row = &g_array_index (applying->answers->rows, XqAnswersRow, i);

      if (row->organisation_id != organisation_id || row->replaced || row->taken_at == 0)
        continue;
      first = MIN (first, row->taken_at);
      last = MAX (last, row->taken_at);
    }
  *ret_from = xq_clock_date (last != 0 ? first : applying->now);
  *ret_due = xq_clock_date (last != 0 ? last : applying->now);
}

static gboolean
note_change (XqAnswersApplying *applying, const char *entity, gint64 id, GError **error)
{
  return xq_database_execute (applying->database, error,
                              "INSERT INTO import_change (batch_id, entity, entity_id) VALUES (:batch, :entity, :id)",
                              XQ_INTEGER (":batch", applying->result->batch_id), XQ_TEXT (":entity", entity),
                              XQ_INTEGER (":id", id), XQ_END);
}

static gboolean
make_campaign (XqAnswersApplying *applying, gint64 organisation_id, gint64 *ret_campaign_id, GError **error)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_new ();

  campaign->organisation_id = organisation_id;
  campaign_dates (applying, organisation_id, &campaign->from_date, &campaign->due_date);
  campaign->title = campaign_title (applying, campaign->from_date);
  campaign->instruments = instrument_ids (applying);
  if (!xq_campaign_create (applying->database, campaign, NULL, 0, NULL, error)
      || !note_change (applying, "campaign", campaign->id, error))
    return FALSE;
  *ret_campaign_id = campaign->id;
  return TRUE;
}

gboolean
xq_answers_campaign_for (XqAnswersApplying *applying, gint64 organisation_id, gint64 *ret_campaign_id,
                         GError **error)
{
  gint64 *known = g_hash_table_lookup (applying->campaigns, &organisation_id);

  if (known != NULL)
    {
      *ret_campaign_id = *known;
      return TRUE;
    }
  *ret_campaign_id = applying->answers->campaign_id;
  if (*ret_campaign_id == 0 && !make_campaign (applying, organisation_id, ret_campaign_id, error))
    return FALSE;
  g_hash_table_insert (applying->campaigns, g_memdup2 (&organisation_id, sizeof organisation_id),
                       g_memdup2 (ret_campaign_id, sizeof *ret_campaign_id));
  for (guint i = 0; i < applying->result->campaigns->len; i++)
    if (g_array_index (applying->result->campaigns, gint64, i) == *ret_campaign_id)
      return TRUE;
  g_array_append_val (applying->result->campaigns, *ret_campaign_id);
  return TRUE;
}

/* -- participants -- */

/* What a participant was before, where that was more than waiting; and who was on no roster. */
static gboolean
note_participants (XqAnswersApplying *applying, gint64 campaign_id, GError **error)
{
  return xq_database_execute (applying->database, error,
                              "INSERT INTO import_change (batch_id, entity, entity_id, before)"
                              " SELECT :batch, 'participant', person_id,"
                              "        json_object ('campaign_id', campaign_id, 'state', state)"
                              "   FROM participant WHERE campaign_id = :campaign AND state NOT IN ('pending', 'done')"
                              "    AND person_id IN (SELECT person_id FROM assessment WHERE batch_id = :batch)",
                              XQ_INTEGER (":batch", applying->result->batch_id), XQ_INTEGER (":campaign", campaign_id),
                              XQ_END)
         && xq_database_execute (applying->database, error,
                                 "INSERT INTO import_change (batch_id, entity, entity_id, before)"
                                 " SELECT :batch, 'participant', person_id, json_object ('campaign_id', :campaign)"
                                 "   FROM (SELECT DISTINCT person_id FROM assessment"
                                 "          WHERE batch_id = :batch AND campaign_id = :campaign)"
                                 "  WHERE person_id NOT IN (SELECT person_id FROM participant WHERE campaign_id = :campaign)",
                                 XQ_INTEGER (":batch", applying->result->batch_id), XQ_INTEGER (":campaign", campaign_id),
                                 XQ_END);
}

gboolean
xq_answers_mark_done (XqAnswersApplying *applying, gint64 campaign_id, GError **error)
{
  return note_participants (applying, campaign_id, error)
         && xq_database_execute (applying->database, error,
                                 "INSERT INTO participant (campaign_id, person_id, unit_id, state)"
                                 " SELECT :campaign, id, unit_id, 'done' FROM person WHERE id IN"
                                 "   (SELECT person_id FROM assessment WHERE batch_id = :batch AND campaign_id = :campaign)"
                                 " ON CONFLICT (campaign_id, person_id) DO UPDATE SET state = 'done'",
                                 XQ_INTEGER (":batch", applying->result->batch_id), XQ_INTEGER (":campaign", campaign_id),
                                 XQ_END);
}

gboolean
xq_answers_finish_batch (XqAnswersApplying *applying, GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();
  g_autoptr (JsonNode) counts = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (counts, xq_answers_counts_object (applying->result));
  text = json_to_string (counts, FALSE);
  json_object_set_string_member (detail, "file", applying->answers->file_name);
  json_object_set_object_member (detail, "instruments", xq_answers_counts_object (applying->result));
  return xq_database_execute (applying->database, error, "UPDATE import_batch SET counts = :counts WHERE id = :id",
                              XQ_TEXT (":counts", text), XQ_INTEGER (":id", applying->result->batch_id), XQ_END)
         && xq_audit_append (applying->database, "answers_import", "import_batch", applying->result->batch_id, detail,
                             error);
}
