#include "config.h"

#include "assess/assessment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "assess/assessment-private.h"
#include "base/clock.h"
#include "vault/audit.h"
#include "vault/store.h"

const XqChoice xq_entered_kinds[] = {
  { "import", N_ ("Imported") },
  { "keyed", N_ ("Typed in") },
  { "respondent", N_ ("Answered here") },
  { NULL, NULL },
};

#define FIELD(member, label, type, flags, privacy, values)                                          \
  { #member, label, type, G_STRUCT_OFFSET (XqAssessment, member), flags, privacy, values }

static const XqField assessment_fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (campaign_id, N_ ("Screening"), XQ_FIELD_REFERENCE, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  FIELD (batch_id, N_ ("Import"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (instrument, N_ ("Questionnaire"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (taken_at, N_ ("Answered at"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (taken_on, N_ ("Answered on"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (entered, N_ ("How it was entered"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, xq_entered_kinds),
  FIELD (answers, N_ ("Answers given"), XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (missing, N_ ("Left blank"), XQ_FIELD_INTEGER, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (complete, N_ ("Complete"), XQ_FIELD_BOOLEAN, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (valid, N_ ("Valid"), XQ_FIELD_BOOLEAN, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (created_at, N_ ("Entered at"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_ASSESSMENT = {
  "assessment", N_ ("Assessment"), sizeof (XqAssessment), assessment_fields,
};

gboolean
xq_assessment_add (XqDatabase *database, XqAssessment *assessment, const XqInstrument *instrument,
                   const int *answers, gsize n_answers, XqScoreResult **ret_result, GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (XqAssessmentWriter) writer = NULL;
  g_autoptr (XqScoreResult) result = NULL;

  g_return_val_if_fail (assessment->person_id != 0, FALSE);

  if (!xq_answers_check (instrument, answers, n_answers, error))
    return FALSE;
  if (assessment->taken_at == 0)
    assessment->taken_at = xq_clock_now ();
  g_free (assessment->taken_on);
  assessment->taken_on = xq_clock_date (assessment->taken_at);
  g_set_str (&assessment->instrument, instrument->id);
  result = xq_score (instrument, answers, n_answers);
  transaction = xq_transaction_begin (database, error);
  writer = transaction != NULL ? xq_assessment_writer_new (database, error) : NULL;
  if (writer == NULL || !xq_assessment_writer_add (writer, assessment, answers, n_answers, result, error))
    return FALSE;
  if (assessment->campaign_id != 0
      && (!xq_campaign_check_open (database, assessment->campaign_id, error)
          || !xq_campaign_mark_done (database, assessment->campaign_id, assessment->person_id, NULL, error)))
    return FALSE;
  g_clear_pointer (&writer, xq_assessment_writer_free);
  if (!xq_audit_append (database, "insert", "assessment", assessment->id, NULL, error)
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (ret_result != NULL)
    *ret_result = g_steal_pointer (&result);
  return TRUE;
}

XqAssessment *
xq_assessment_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_ASSESSMENT, id, error);
}

GPtrArray *
xq_assessment_list (XqDatabase *database, gint64 person_id, const char *instrument, GError **error)
{
  if (instrument == NULL)
    return xq_store_list (database, error, &XQ_ASSESSMENT,
                          "WHERE person_id = :person ORDER BY taken_at DESC, id DESC",
                          XQ_INTEGER (":person", person_id), XQ_END);
  return xq_store_list (database, error, &XQ_ASSESSMENT,
                        "WHERE person_id = :person AND instrument = :instrument ORDER BY taken_at DESC, id DESC",
                        XQ_INTEGER (":person", person_id), XQ_TEXT (":instrument", instrument), XQ_END);
}

gboolean
xq_assessment_remove (XqDatabase *database, gint64 id, GError **error)
{
  return xq_database_execute (database, error, "DELETE FROM score WHERE assessment_id = :id",
                              XQ_INTEGER (":id", id), XQ_END)
         && xq_database_execute (database, error, "DELETE FROM critical_hit WHERE assessment_id = :id",
                                 XQ_INTEGER (":id", id), XQ_END)
         && xq_database_execute (database, error, "DELETE FROM assessment WHERE id = :id", XQ_INTEGER (":id", id),
                                 XQ_END);
}

gboolean
xq_assessment_delete (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqAssessment) assessment = transaction != NULL ? xq_assessment_load (database, id, error) : NULL;

  return assessment != NULL && xq_assessment_remove (database, id, error)
         && (assessment->campaign_id == 0
             || xq_campaign_unmark_done (database, assessment->campaign_id, assessment->person_id, error))
         && xq_audit_append (database, "delete", "assessment", id, NULL, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static void
stored_score_free (XqStoredScore *score)
{
  g_free (score->scale);
  g_free (score->band);
  g_free (score);
}

GPtrArray *
xq_assessment_scores (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) scores = g_ptr_array_new_with_free_func ((GDestroyNotify) stored_score_free);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_database_query (database, error,
                                 "SELECT scale, value, band FROM score WHERE assessment_id = :id ORDER BY scale",
                                 XQ_INTEGER (":id", id), XQ_END);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqStoredScore *score = g_new0 (XqStoredScore, 1);

      score->scale = xq_statement_dup_text (statement, 0);
      score->value = xq_statement_real (statement, 1);
      score->band = xq_statement_dup_text (statement, 2);
      g_ptr_array_add (scores, score);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&scores) : NULL;
}

GArray *
xq_assessment_critical (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (XqStoredHit));
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_database_query (database, error,
                                 "SELECT item, value FROM critical_hit WHERE assessment_id = :id ORDER BY item",
                                 XQ_INTEGER (":id", id), XQ_END);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqStoredHit hit = { (int) xq_statement_integer (statement, 0), (int) xq_statement_integer (statement, 1) };

      g_array_append_val (hits, hit);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&hits) : NULL;
}

GPtrArray *
xq_assessment_previous (XqDatabase *database, gint64 person_id, const char *instrument, gint64 taken_at,
                        GError **error)
{
  g_autofree char *day = xq_clock_date (taken_at);
  gint64 id = 0;

  if (!xq_database_get_integer (database, error, &id, NULL,
                                "SELECT id FROM assessment"
                                " WHERE person_id = :person AND instrument = :instrument AND taken_on <= :day"
                                "   AND taken_at < :at AND complete = 1 AND valid = 1"
                                " ORDER BY taken_on DESC, taken_at DESC, id DESC LIMIT 1",
                                XQ_INTEGER (":person", person_id), XQ_TEXT (":instrument", instrument),
                                XQ_TEXT (":day", day), XQ_INTEGER (":at", taken_at), XQ_END))
    return NULL;
  return xq_assessment_scores (database, id, error);
}
