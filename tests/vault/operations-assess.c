/* Operations of screening: campaigns, sheets, warnings and their triage. */
#include "config.h"

#include "assess/campaign.h"
#include "care/rule.h"
#include "care/triage.h"
#include "operations.h"

#define PERSON "SELECT id FROM person WHERE state = 'active' AND code LIKE '2026%' ORDER BY id"

gboolean
operation_campaign (Session *session, int n, GError **error)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_new ();

  campaign->organisation_id = 1;
  campaign->title = g_strdup ("秋季普测");
  campaign->instruments = g_strdup ("phq9");
  campaign->from_date = g_strdup ("2026-11-01");
  campaign->due_date = g_strdup ("2026-11-30");
  return xq_campaign_create (session->database, campaign, NULL, 0, NULL, error);
}

gboolean
operation_campaign_close (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, "SELECT id FROM campaign WHERE state = 'open' ORDER BY id", 0);

  return xq_campaign_close (session->database, id, error);
}

gboolean
operation_answers (Session *session, int n, GError **error)
{
  static const char *const names[] = { "phq9", NULL };
  g_autofree char *path = g_build_filename (session->outside, "答卷.csv", NULL);
  g_autoptr (GString) text = g_string_new ("学号,姓名,q1,q2,q3,q4,q5,q6,q7,q8,q9\n");
  const XqAnswersOptions options = { .instruments = names, .coding = XQ_CODING_VALUE, .organisation_id = 1 };
  g_autoptr (XqAnswers) answers = NULL;
  XqRaised raised = { { 0 } };
  XqAnswersResult *result;

  for (int i = 0; i < 30; i++)
    g_string_append_printf (text, "2026%04d,,1,0,%d,0,1,2,0,%d,%d\n", i + 1, i % 4, i % 3, i % 10 == 0 ? 2 : 0);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  answers = xq_answers_read (session->database, xq_desk_instruments (session->desk), path, &options, NULL, error);
  result = answers != NULL ? xq_desk_import_answers (session->desk, answers, FALSE, &raised, NULL, error)
                           : NULL;
  if (result == NULL)
    return FALSE;
  xq_answers_result_free (result);
  return TRUE;
}

gboolean
operation_answers_undo (Session *session, int n, GError **error)
{
  gint64 batch = session_number (session, "SELECT max (id) FROM import_batch WHERE kind = 'answers'", 0);

  return xq_desk_undo_answers (session->desk, batch, error);
}

static gboolean
keep_sheet (Session *session, int n, int ninth, GError **error)
{
  g_autoptr (XqAssessment) assessment = xq_assessment_new ();
  const int answers[9] = { 1, 2, ninth, 1, 0, 1, 2, 0, ninth };

  assessment->person_id = session_number (session, PERSON, n);
  assessment->instrument = g_strdup ("phq9");
  assessment->entered = XQ_ENTERED_KEYED;
  return xq_desk_add_assessment (session->desk, assessment, answers, G_N_ELEMENTS (answers), NULL, error);
}

gboolean
operation_sheet_heavy (Session *session, int n, GError **error)
{
  return keep_sheet (session, n / 100 * 3, 3, error);
}

gboolean
operation_sheet_light (Session *session, int n, GError **error)
{
  return keep_sheet (session, n / 100 * 3 + 1, 0, error);
}

gboolean
operation_report (Session *session, int n, GError **error)
{
  return xq_warning_report (xq_desk_care (session->desk), session_number (session, PERSON, n / 100 * 3 + 2),
                            XQ_SOURCE_TEACHER, 2, "上课常常发呆，作业全停了", NULL, error);
}

gboolean
operation_rules (Session *session, int n, GError **error)
{
  return xq_care_save_rules (session->database,
                             "{\"id\": \"own\", \"title\": {\"en\": \"Own\"}, \"deadlines\": {\"1\": {\"hours\": 12},"
                             " \"2\": {\"working_days\": 2}, \"3\": {\"working_days\": 5}},"
                             " \"cadence\": {\"1\": 7, \"2\": 14, \"3\": 30}, \"rules\": [{\"id\": \"ninth\", \"level\": 1,"
                             " \"when\": {\"instrument\": \"phq9\", \"item\": 9, \"at_least\": 2}}]}",
                             error);
}

gboolean
operation_triage (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, "SELECT id FROM warning WHERE state = 'new' ORDER BY id", 0);

  switch ((n / 100 + n) % 4)
    {
    case 0:
      return xq_triage_change (xq_desk_care (session->desk), id, 3, "家里刚搬家", NULL, error);
    case 1:
      return xq_triage_dismiss (xq_desk_care (session->desk), id, "填错了", NULL, error);
    default:
      return xq_triage_confirm (xq_desk_care (session->desk), id, "约谈过", error);
    }
}

gboolean
operation_triage_undo (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, "SELECT id FROM warning WHERE state = 'dismissed' ORDER BY id", 0);

  return xq_triage_undo (xq_desk_care (session->desk), id, error);
}
