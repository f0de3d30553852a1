/* Warnings as lists and the command line show them. */
#include "config.h"

#include "care/triage.h"
#include "warning-test.h"

static char *
lend_option (const char *instrument, int item, int value, gpointer user_data)
{
  return g_strdup ("more than half the days");
}

static void
test_json (Desk *desk, gconstpointer unused)
{
  XqReasonWords words = { .option = lend_option };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  xq_care_set_words (desk->care, &words);
  screen (desk, 3, 10, 0);
  screen (desk, 1, 15, 0);
  screen (desk, 1, NAN, 2);
  xq_warning_report (desk->care, 1, XQ_SOURCE_TEACHER, 2, "cries", NULL, &error);
  g_assert_no_error (error);
  /* The sheets that they rest on: without them they would be grounds whose answers were taken back. */
  must_sql (desk->vault.database,
            "INSERT INTO assessment (id, person_id, instrument, taken_at, taken_on, entered, answers, missing, complete, valid,"
            " created_at) SELECT 10 + id, id, 'phq9', 1, '2026-11-20', 'import', '[]', 0, 1, 1, 1 FROM person");
  must_sql (desk->vault.database,
            "UPDATE warning_reason SET assessment_id = (SELECT 10 + person_id FROM warning w WHERE w.id = warning_id)"
            " WHERE instrument IS NOT NULL");
  node = xq_warning_list_json (desk->care, NULL, &error);
  g_assert_no_error (error);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (
      text, ==,
      "[{\"id\":2,\"person\":{\"id\":1,\"code\":\"20260001\",\"name\":\"李小雨\"},\"level\":1,\"state\":\"new\","
      "\"due\":\"2026-11-24T09:00:00+08:00\",\"reasons\":["
      "{\"rule\":\"phq-total-15\",\"text\":\"PHQ9 total score = 15\"},"
      "{\"rule\":\"phq-item9-often\",\"text\":\"PHQ9 item 9 = 2 (more than half the days)\"},"
      "{\"rule\":\"teacher\",\"text\":\"Class teacher: cries\"}],\"source\":\"rule\"},"
      "{\"id\":1,\"person\":{\"id\":3,\"code\":null,\"name\":\"曾静\"},\"level\":3,\"state\":\"new\","
      "\"due\":\"2026-12-07T09:00:00+08:00\",\"reasons\":["
      "{\"rule\":\"phq-total-10\",\"text\":\"PHQ9 total score = 10\"}],\"source\":\"rule\"}]");
}

static void
test_one_as_json (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *triage;
  gint64 id = screen (desk, 2, 10, 0);

  xq_triage_change (desk->care, id, 2, "家里出事", "谈了一小时", &error);
  g_assert_no_error (error);
  node = xq_warning_json (desk->care, id, &error);
  g_assert_no_error (error);
  triage = json_array_get_object_element (json_object_get_array_member (json_node_get_object (node), "triage"), 0);
  g_assert_cmpstr (json_object_get_string_member (triage, "outcome"), ==, "changed");
  g_assert_cmpint (json_object_get_int_member (triage, "level"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (triage, "reason"), ==, "家里出事");
  g_assert_null (xq_warning_json (desk->care, 404, &error));
  g_assert_error (error, XQ_CARE_ERROR, XQ_ERROR_NOT_FOUND);
}

static guint
listed (Desk *desk, XqWarningFilter filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = xq_warning_list (desk->vault.database, &filter, &error);

  g_assert_no_error (error);
  return rows->len;
}

static void
test_list (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 dismissed = screen (desk, 1, 20, 0);

  screen (desk, 2, 16, 0);
  now_is ("2026-11-23T10:00:00");
  screen (desk, 3, 15, 0);
  xq_triage_dismiss (desk->care, dismissed, "误填", NULL, &error);
  g_assert_no_error (error);
  {
    g_autoptr (GPtrArray) rows = xq_warning_list (desk->vault.database, NULL, &error);
    static const gint64 persons[] = { 2, 3, 1 };

    g_assert_no_error (error);
    g_assert_cmpuint (rows->len, ==, 3);
    for (guint i = 0; i < 3; i++)
      g_assert_cmpint (((XqWarningRow *) g_ptr_array_index (rows, i))->warning->person_id, ==, persons[i]);
  }
  g_assert_cmpuint (listed (desk, (XqWarningFilter) { .states = XQ_WARNING_OPEN_STATES }), ==, 2);
  g_assert_cmpuint (listed (desk, (XqWarningFilter) { .states = 1u << XQ_WARNING_DISMISSED }), ==, 1);
  g_assert_cmpuint (listed (desk, (XqWarningFilter) { .level = 2 }), ==, 2);
  g_assert_cmpuint (listed (desk, (XqWarningFilter) { .person_id = 3 }), ==, 1);
  g_assert_cmpuint (listed (desk, (XqWarningFilter) { .limit = 2 }), ==, 2);
}

static void
test_order_of_a_state (Desk *desk, gconstpointer unused)
{
  static const gint64 persons[] = { 2, 3, 1 };
  const XqWarningFilter filter = { .states = 1u << XQ_WARNING_NEW };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  screen (desk, 1, 16, 0);
  screen (desk, 2, 20, 0);
  now_is ("2026-11-20T08:00:00");
  screen (desk, 3, 15, 0);
  rows = xq_warning_list (desk->vault.database, &filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (persons));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((XqWarningRow *) g_ptr_array_index (rows, i))->warning->person_id, ==, persons[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/warning/json", test_json);
  add_desk_test ("/warning/one-as-json", test_one_as_json);
  add_desk_test ("/warning/list", test_list);
  add_desk_test ("/warning/order-of-a-state", test_order_of_a_state);
  return g_test_run ();
}
