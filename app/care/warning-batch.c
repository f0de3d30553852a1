/* Many warnings in one transaction, as an import makes them, and their undoing. */
#include "config.h"

#include "base/clock.h"
#include "care/care-private.h"
#include "vault/audit.h"
#include "vault/store.h"

struct _XqWarningBatch
{
  XqCare *care;
  XqTransaction *transaction;
  GArray *findings;
  GHashTable *levels; /* person → the heaviest level in this batch */
  gint64 at;
};

static void
batch_free (XqWarningBatch *batch)
{
  g_array_unref (batch->findings);
  g_hash_table_unref (batch->levels);
  g_free (batch);
}

XqWarningBatch *
xq_warning_batch_begin (XqCare *care, GError **error)
{
  XqTransaction *transaction = xq_transaction_begin (xq_care_database (care), error);
  XqWarningBatch *batch;

  if (transaction == NULL)
    return NULL;
  batch = g_new0 (XqWarningBatch, 1);
  batch->care = care;
  batch->transaction = transaction;
  batch->findings = g_array_new (FALSE, FALSE, sizeof (XqFinding));
  batch->levels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  batch->at = xq_clock_now ();
  return batch;
}

static void
remember_level (XqWarningBatch *batch, gint64 person_id, int level)
{
  int before = GPOINTER_TO_INT (g_hash_table_lookup (batch->levels, &person_id));

  if (before == 0 || level < before)
    g_hash_table_insert (batch->levels, g_memdup2 (&person_id, sizeof person_id), GINT_TO_POINTER (level));
}

gboolean
xq_warning_batch_add (XqWarningBatch *batch, const XqEvidence *evidence, GError **error)
{
  XqIncoming incoming = { .person_id = evidence->person_id, .source = XQ_SOURCE_RULE, .at = batch->at };
  gint64 id;

  g_array_set_size (batch->findings, 0);
  incoming.level = xq_rules_evaluate (xq_care_rules (batch->care), evidence, batch->findings);
  if (incoming.level == 0)
    return TRUE;
  incoming.findings = (const XqFinding *) batch->findings->data;
  incoming.n_findings = batch->findings->len;
  remember_level (batch, evidence->person_id, incoming.level);
  return xq_warning_take_in (batch->care, &incoming, FALSE, &id, NULL, error);
}

static void
count_levels (XqWarningBatch *batch, gint64 counts[4])
{
  GHashTableIter iter;
  gpointer level;

  for (int i = 0; i < 4; i++)
    counts[i] = 0;
  g_hash_table_iter_init (&iter, batch->levels);
  while (g_hash_table_iter_next (&iter, NULL, &level))
    {
      counts[0]++;
      counts[GPOINTER_TO_INT (level)]++;
    }
}

static gboolean
append_audit (XqWarningBatch *batch, gint64 import_batch_id, const gint64 counts[4], GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();

  json_object_set_int_member (detail, "1", counts[1]);
  json_object_set_int_member (detail, "2", counts[2]);
  json_object_set_int_member (detail, "3", counts[3]);
  return xq_audit_append (xq_care_database (batch->care), "warnings_raised",
                          import_batch_id != 0 ? "import_batch" : NULL, import_batch_id, detail, error);
}

gboolean
xq_warning_batch_commit (XqWarningBatch *batch, gint64 import_batch_id, gint64 ret_counts[4], GError **error)
{
  gint64 counts[4];
  gboolean committed = FALSE;

  count_levels (batch, counts);
  if (counts[0] == 0 || append_audit (batch, import_batch_id, counts, error))
    committed = xq_transaction_commit (g_steal_pointer (&batch->transaction), error);
  if (committed && ret_counts != NULL)
    for (int i = 0; i < 4; i++)
      ret_counts[i] = counts[i];
  xq_warning_batch_abandon (batch);
  return committed;
}

void
xq_warning_batch_abandon (XqWarningBatch *batch)
{
  if (batch == NULL)
    return;
  g_clear_pointer (&batch->transaction, xq_transaction_rollback);
  batch_free (batch);
}

/* What is left of a warning that nobody has looked at: its level by what speaks for it still, or nothing. */
static gboolean
settle (XqCare *care, gint64 warning_id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqWarning) warning = xq_warning_load (database, warning_id, error);
  gint64 level = 0, triages = 0;

  if (warning == NULL
      || !xq_database_get_integer (database, error, &level, NULL,
                                   "SELECT ifnull (min (level), 0) FROM warning_reason WHERE warning_id = :warning",
                                   XQ_INTEGER (":warning", warning_id), XQ_END)
      || !xq_database_get_integer (database, error, &triages, NULL,
                                   "SELECT count (*) FROM triage WHERE warning_id = :warning",
                                   XQ_INTEGER (":warning", warning_id), XQ_END))
    return FALSE;
  if (triages > 0 || warning->state != XQ_WARNING_NEW)
    return TRUE;
  if (level == 0)
    return xq_store_delete (database, &XQ_WARNING, warning_id, error)
           && xq_care_set_level (care, warning->person_id, 0, TRUE, error);
  warning->level = warning->raised_level = level;
  warning->due_at = xq_care_due (care, level, warning->raised_at);
  return xq_store_update (database, &XQ_WARNING, warning, error)
         && xq_care_set_level (care, warning->person_id, level, TRUE, error);
}

/* The reasons of warnings that somebody has looked at outlive their sheets. */
static gboolean
keep_grounds (XqDatabase *database, gint64 import_batch_id, GError **error)
{
  return xq_database_execute (database, error,
                              "UPDATE warning_reason SET assessment_id = NULL"
                              " WHERE assessment_id IN (SELECT id FROM assessment WHERE batch_id = :batch)"
                              "   AND (EXISTS (SELECT 1 FROM triage t WHERE t.warning_id = warning_reason.warning_id)"
                              "        OR (SELECT state FROM warning w WHERE w.id = warning_reason.warning_id) <> :new)",
                              XQ_INTEGER (":batch", import_batch_id),
                              XQ_TEXT (":new", xq_warning_states[XQ_WARNING_NEW].id), XQ_END);
}

gboolean
xq_warning_forget_import (XqCare *care, gint64 import_batch_id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (GHashTable) warnings = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (XqStatement) statement = NULL;
  GHashTableIter iter;
  gpointer warning_id;
  XqStep step;

  if (transaction == NULL || !keep_grounds (database, import_batch_id, error))
    return FALSE;
  statement = xq_database_query (database, error,
                                 "DELETE FROM warning_reason WHERE assessment_id IN"
                                 " (SELECT id FROM assessment WHERE batch_id = :batch) RETURNING warning_id",
                                 XQ_INTEGER (":batch", import_batch_id), XQ_END);
  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_integer (statement, 0);

      g_hash_table_add (warnings, g_memdup2 (&id, sizeof id));
    }
  g_clear_pointer (&statement, xq_statement_release);
  if (step == XQ_STEP_FAILED)
    return FALSE;
  g_hash_table_iter_init (&iter, warnings);
  while (g_hash_table_iter_next (&iter, &warning_id, NULL))
    if (!settle (care, *(gint64 *) warning_id, error))
      return FALSE;
  return xq_transaction_commit (g_steal_pointer (&transaction), error);
}
