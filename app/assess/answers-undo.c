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
static const char *const steps[] = {
  "DELETE FROM score WHERE assessment_id IN (SELECT id FROM assessment WHERE batch_id = :batch)",
  "DELETE FROM critical_hit WHERE assessment_id IN (SELECT id FROM assessment WHERE batch_id = :batch)",
  "UPDATE participant SET state = 'pending' WHERE state = 'done'"
  " AND (campaign_id, person_id) IN (SELECT campaign_id, person_id FROM assessment WHERE batch_id = :batch)"
  " AND NOT EXISTS (SELECT 1 FROM assessment other WHERE other.campaign_id = participant.campaign_id"
  "   AND other.person_id = participant.person_id AND other.batch_id IS NOT :batch)",
  "DELETE FROM assessment WHERE batch_id = :batch",
  "UPDATE participant SET state = (SELECT json_extract (before, '$.state') FROM import_change"
  "   WHERE batch_id = :batch AND entity = 'participant' AND entity_id = participant.person_id)"
  " WHERE state = 'pending' AND (campaign_id, person_id) IN (SELECT json_extract (before, '$.campaign_id'), entity_id"
  "   FROM import_change WHERE batch_id = :batch AND entity = 'participant' AND json_extract (before, '$.state') IS NOT NULL)",
  "DELETE FROM participant WHERE state = 'pending' AND (campaign_id, person_id) IN"
  " (SELECT json_extract (before, '$.campaign_id'), entity_id FROM import_change"
  "   WHERE batch_id = :batch AND entity = 'participant' AND json_extract (before, '$.state') IS NULL)",
  "DELETE FROM participant WHERE campaign_id IN (SELECT entity_id FROM import_change"
  "   WHERE batch_id = :batch AND entity = 'campaign')"
  " AND campaign_id NOT IN (SELECT campaign_id FROM assessment WHERE campaign_id IS NOT NULL)",
  "DELETE FROM campaign WHERE id IN (SELECT entity_id FROM import_change WHERE batch_id = :batch AND entity = 'campaign')"
  " AND id NOT IN (SELECT campaign_id FROM assessment WHERE campaign_id IS NOT NULL)",
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
