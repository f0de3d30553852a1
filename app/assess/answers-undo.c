/* Taking an import of answers back. */
#include "config.h"

#include "assess/answers-import.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "vault/audit.h"

static gboolean
check_batch (XqDatabase *database, gint64 batch_id, GError **error)
{
  gint64 undone = 0;
  gboolean found = FALSE;

  if (!xq_database_get_integer (database, error, &undone, &found,
                                "SELECT ifnull (undone_at, 0) FROM import_batch WHERE id = :id AND kind = 'answers'",
                                XQ_INTEGER (":id", batch_id), XQ_END))
    return FALSE;
  if (found && undone == 0)
    return TRUE;
  if (found)
    g_set_error_literal (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED, _ ("This import has been undone already."));
  else
    g_set_error_literal (error, XQ_ASSESS_ERROR, XQ_ERROR_NOT_FOUND, _ ("There is no such import of answers."));
  return FALSE;
}

/* In this order: what points at a row goes before it. A campaign that the import made stays when other sheets
 * have come to it. */
#define OF_BATCH        "(SELECT id FROM assessment WHERE batch_id = :batch)"
#define CHANGES(entity) "FROM import_change WHERE batch_id = :batch AND entity = '" entity "'"
#define HAS_SHEETS      "(SELECT campaign_id FROM assessment WHERE campaign_id IS NOT NULL)"

#define DELETE_SCORES "DELETE FROM score WHERE assessment_id IN " OF_BATCH
#define DELETE_HITS   "DELETE FROM critical_hit WHERE assessment_id IN " OF_BATCH
#define WAIT_AGAIN                                                                                  \
  "UPDATE participant SET state = 'pending' WHERE state = 'done'"                                   \
  " AND (campaign_id, person_id) IN (SELECT campaign_id, person_id FROM assessment WHERE batch_id = :batch)" \
  " AND NOT EXISTS (SELECT 1 FROM assessment other WHERE other.campaign_id = participant.campaign_id"       \
  "   AND other.person_id = participant.person_id AND other.batch_id IS NOT :batch)"
#define DELETE_SHEETS "DELETE FROM assessment WHERE batch_id = :batch"
#define STATE_BEFORE                                                                                \
  "UPDATE participant SET state = (SELECT json_extract (before, '$.state') " CHANGES ("participant")        \
  "   AND entity_id = participant.person_id AND json_extract (before, '$.campaign_id') = participant.campaign_id)" \
  " WHERE state = 'pending' AND (campaign_id, person_id) IN (SELECT json_extract (before, '$.campaign_id'), entity_id " \
  CHANGES ("participant") " AND json_extract (before, '$.state') IS NOT NULL)"
#define LEAVE_ROSTER                                                                                \
  "DELETE FROM participant WHERE state = 'pending' AND (campaign_id, person_id) IN"                 \
  " (SELECT json_extract (before, '$.campaign_id'), entity_id " CHANGES ("participant")             \
  "   AND json_extract (before, '$.state') IS NULL)"
#define DELETE_ROSTERS                                                                              \
  "DELETE FROM participant WHERE campaign_id IN (SELECT entity_id " CHANGES ("campaign") ")"        \
  " AND campaign_id NOT IN " HAS_SHEETS
#define DELETE_CAMPAIGNS                                                                            \
  "DELETE FROM campaign WHERE id IN (SELECT entity_id " CHANGES ("campaign") ") AND id NOT IN " HAS_SHEETS

static const char *const steps[] = {
  DELETE_SCORES, DELETE_HITS,  WAIT_AGAIN,     DELETE_SHEETS,
  STATE_BEFORE,  LEAVE_ROSTER, DELETE_ROSTERS, DELETE_CAMPAIGNS,
};

gboolean
xq_answers_undo (XqDatabase *database, gint64 batch_id, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  if (transaction == NULL || !check_batch (database, batch_id, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!xq_database_execute (database, error, steps[i], XQ_INTEGER (":batch", batch_id), XQ_END))
      return FALSE;
  return xq_database_execute (database, error, "UPDATE import_batch SET undone_at = :at WHERE id = :id",
                              XQ_INTEGER (":at", xq_clock_now ()), XQ_INTEGER (":id", batch_id), XQ_END)
         && xq_audit_append (database, "answers_import_undo", "import_batch", batch_id, NULL, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
