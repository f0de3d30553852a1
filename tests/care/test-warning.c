#include "config.h"

#include <math.h>
#include <string.h>

#include "care/triage.h"
#include "care/warning.h"
#include "care-fixture.h"

/* One PHQ-9 sheet: total (NAN: incomplete) and item 9. */
typedef struct
{
  int answers[9];
  XqSeenScore score;
  XqSeen seen;
  XqEvidence evidence;
} Sheet;

static void
fill (Sheet *sheet, gint64 person_id, double total, int item9)
{
  memset (sheet, 0, sizeof *sheet);
  sheet->answers[8] = item9;
  sheet->score = (XqSeenScore) { .scale = "total", .value = total };
  sheet->seen = (XqSeen) {
    .instrument = "phq9",
    .complete = !isnan (total),
    .valid = TRUE,
    .scores = &sheet->score,
    .n_scores = isnan (total) ? 0 : 1,
    .answers = sheet->answers,
    .n_answers = 9,
  };
  sheet->evidence = (XqEvidence) { .person_id = person_id, .seen = &sheet->seen, .n_seen = 1 };
}

static gint64
screen (Desk *desk, gint64 person_id, double total, int item9)
{
  g_autoptr (GError) error = NULL;
  Sheet sheet;
  gint64 id = -1;

  fill (&sheet, person_id, total, item9);
  xq_warning_raise (desk->care, &sheet.evidence, &id, &error);
  g_assert_no_error (error);
  return id;
}

static XqWarning *
load (Desk *desk, gint64 id)
{
  g_autoptr (GError) error = NULL;
  XqWarning *warning = xq_warning_load (desk->vault.database, id, &error);

  g_assert_no_error (error);
  return warning;
}

static void
assert_due (Desk *desk, gint64 id, const char *expected)
{
  g_autoptr (XqWarning) warning = load (desk, id);
  g_autofree char *due = xq_clock_iso (warning->due_at);

  g_assert_cmpstr (due, ==, expected);
}

static void
test_nothing_fires (Desk *desk, gconstpointer unused)
{
  g_assert_cmpint (screen (desk, 1, 9, 0), ==, 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM person WHERE level IS NOT NULL", 0);
}

/* 2026-11-23 is a Monday. */
static void
test_deadlines (Desk *desk, gconstpointer unused)
{
  assert_due (desk, screen (desk, 1, 27, 3), "2026-11-24T09:00:00+08:00");
  assert_due (desk, screen (desk, 2, 16, 0), "2026-11-26T09:00:00+08:00");
  assert_due (desk, screen (desk, 3, 10, 0), "2026-12-07T09:00:00+08:00");
}

/* Raised two days before National Day: the holidays do not count, the make-up Saturday does. */
static void
test_deadlines_skip_holidays (Desk *desk, gconstpointer unused)
{
  now_is ("2026-09-29T16:30:00");
  assert_due (desk, screen (desk, 1, 20, 0), "2026-09-30T16:30:00+08:00");
  assert_due (desk, screen (desk, 2, 15, 0), "2026-10-09T16:30:00+08:00");
  assert_due (desk, screen (desk, 3, 14, 0), "2026-10-19T16:30:00+08:00");
}

static void
test_raise (Desk *desk, gconstpointer unused)
{
  gint64 id = screen (desk, 1, 16, 2);
  g_autoptr (XqWarning) warning = load (desk, id);

  g_assert_cmpint (warning->level, ==, 1);
  g_assert_cmpint (warning->raised_level, ==, 1);
  g_assert_cmpint (warning->state, ==, XQ_WARNING_NEW);
  g_assert_cmpint (warning->source, ==, XQ_SOURCE_RULE);
  g_assert_cmpint (warning->triaged_at, ==, 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 2);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit WHERE action = 'warning_raised'", 1);
}

/* The same sheet looked at twice is one reason; a heavier one raises, a lighter one only joins. */
static void
test_join (Desk *desk, gconstpointer unused)
{
  gint64 id = screen (desk, 1, 10, 0);

  g_assert_cmpint (screen (desk, 1, 10, 0), ==, id);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 1);
  g_assert_cmpint (screen (desk, 1, 20, 0), ==, id);
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  assert_number (desk->vault.database, "SELECT raised_level FROM warning", 1);
  assert_due (desk, id, "2026-11-24T09:00:00+08:00");
  g_assert_cmpint (screen (desk, 1, 15, 0), ==, id);
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 3);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 1);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit WHERE action = 'warning_joined'", 3);
}

/* A deadline that already runs is never put off by heavier evidence. */
static void
test_join_keeps_the_sooner_deadline (Desk *desk, gconstpointer unused)
{
  gint64 id = screen (desk, 1, 10, 0);

  now_is ("2026-12-04T18:00:00");
  screen (desk, 1, 15, 0);
  assert_due (desk, id, "2026-12-07T09:00:00+08:00");
}

static void
test_heavier_evidence_after_triage (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = screen (desk, 1, 10, 0);

  xq_triage_confirm (desk->care, id, "谈过", &error);
  g_assert_no_error (error);
  now_is ("2026-11-25T10:00:00");
  g_assert_cmpint (screen (desk, 1, 11, 0), ==, id);
  assert_text (desk->vault.database, "SELECT state FROM warning", "confirmed");
  g_assert_cmpint (screen (desk, 1, 11, 2), ==, id);
  assert_text (desk->vault.database, "SELECT state FROM warning", "new");
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning WHERE triaged_at IS NULL", 1);
  assert_due (desk, id, "2026-11-26T10:00:00+08:00");
  /* It was confirmed once: it cannot be waved away now. */
  g_assert_false (xq_triage_dismiss (desk->care, id, "误报", NULL, &error));
  assert_refused (error, "confirmed before");
}

static void
test_report (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  xq_warning_report (desk->care, 1, XQ_SOURCE_TEACHER, 2, "上课常哭", &id, &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT source FROM warning", "teacher");
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 2);
  /* Screening joins the teacher's word. */
  g_assert_cmpint (screen (desk, 1, 20, 0), ==, id);
  assert_text (desk->vault.database, "SELECT source FROM warning", "teacher");
  assert_number (desk->vault.database, "SELECT level FROM warning", 1);
  for (int source = XQ_SOURCE_PEER; source <= XQ_SOURCE_HOSPITAL; source++)
    {
      xq_warning_report (desk->care, 1, source, 3, "听说", NULL, &error);
      g_assert_no_error (error);
    }
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 6);
  g_assert_false (xq_warning_report (desk->care, 1, XQ_SOURCE_SELF, 2, "  ", NULL, &error));
  assert_refused (error, "Write down");
  g_assert_false (xq_warning_report (desk->care, 1, XQ_SOURCE_SELF, 0, "x", NULL, &error));
  assert_refused (error, "1, 2 or 3");
}

static void
test_step_table (Desk *desk, gconstpointer unused)
{
  static const char *const allowed[][6] = {
    [XQ_WARNING_NEW] = { "confirmed", "dismissed", "in_care", "referred" },
    [XQ_WARNING_CONFIRMED] = { "new", "in_care", "referred", "closed" },
    [XQ_WARNING_DISMISSED] = { "new" },
    [XQ_WARNING_IN_CARE] = { "new", "referred", "closed" },
    [XQ_WARNING_REFERRED] = { "new", "in_care", "closed" },
    [XQ_WARNING_CLOSED] = { NULL },
  };

  for (int from = XQ_WARNING_NEW; from <= XQ_WARNING_CLOSED; from++)
    for (int to = XQ_WARNING_NEW; to <= XQ_WARNING_CLOSED; to++)
      {
        gboolean legal = from == to;
        g_autofree char *insert = g_strdup_printf (
            "INSERT INTO warning (id, person_id, level, state, source, raised_level, raised_at, due_at)"
            " VALUES (99, 1, 2, '%s', 'rule', 2, 1, 1)",
            xq_warning_states[from].id);
        g_autofree char *update
            = g_strdup_printf ("UPDATE warning SET state = '%s' WHERE id = 99", xq_warning_states[to].id);

        for (int i = 0; i < 6 && allowed[from][i] != NULL; i++)
          legal |= strcmp (allowed[from][i], xq_warning_states[to].id) == 0;
        must_sql (desk->vault.database, insert);
        g_test_message ("%s → %s", xq_warning_states[from].id, xq_warning_states[to].id);
        g_assert_cmpint (try_sql (desk->vault.database, update), ==, legal);
        must_sql (desk->vault.database, "DELETE FROM warning WHERE id = 99");
      }
}

/* The calls that move a warning, tried from every state. */
static void
test_steps_in_code (Desk *desk, gconstpointer unused)
{
  for (int from = XQ_WARNING_NEW; from <= XQ_WARNING_CLOSED; from++)
    for (int call = 0; call < 3; call++)
      {
        static const guint legal[] = {
          1u << XQ_WARNING_NEW | 1u << XQ_WARNING_CONFIRMED | 1u << XQ_WARNING_IN_CARE | 1u << XQ_WARNING_REFERRED,
          1u << XQ_WARNING_NEW | 1u << XQ_WARNING_CONFIRMED | 1u << XQ_WARNING_IN_CARE | 1u << XQ_WARNING_REFERRED,
          1u << XQ_WARNING_CONFIRMED | 1u << XQ_WARNING_IN_CARE | 1u << XQ_WARNING_REFERRED,
        };
        g_autoptr (GError) error = NULL;
        g_autofree char *insert = g_strdup_printf (
            "INSERT INTO warning (id, person_id, level, state, source, raised_level, raised_at, due_at)"
            " VALUES (99, 1, 2, '%s', 'rule', 2, 1, 1)",
            xq_warning_states[from].id);
        gboolean done;

        must_sql (desk->vault.database, insert);
        if (call == 0)
          done = xq_warning_take_into_care (desk->care, 99, &error);
        else if (call == 1)
          done = xq_warning_mark_referred (desk->care, 99, &error);
        else
          done = xq_warning_close (desk->care, 99, "转学", &error);
        g_test_message ("call %d from %s", call, xq_warning_states[from].id);
        g_assert_cmpint (done, ==, (legal[call] & 1u << from) != 0);
        if (!done)
          g_assert_cmpint (error->code, ==, XQ_ERROR_REFUSED);
        must_sql (desk->vault.database, "DELETE FROM warning WHERE id = 99");
      }
}

static void
test_refusals_name_what_is_allowed (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = screen (desk, 1, 20, 0);

  g_assert_false (xq_warning_close (desk->care, id, "没事", &error));
  assert_refused (error, "Confirmed, Dismissed, In care, Referred");
  g_assert_false (xq_warning_close (desk->care, id, "", &error));
  assert_refused (error, "why");
  xq_triage_dismiss (desk->care, id, "误填", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (xq_warning_mark_referred (desk->care, id, &error));
  assert_refused (error, "over");
}

static void
test_close (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 id = screen (desk, 1, 16, 0);

  xq_triage_confirm (desk->care, id, NULL, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE state = 'due'", 1);
  xq_warning_close (desk->care, id, "情绪稳定，家长知情", &error);
  g_assert_no_error (error);
  assert_text (desk->vault.database, "SELECT remark FROM warning", "情绪稳定，家长知情");
  assert_number (desk->vault.database, "SELECT count (*) FROM follow_up WHERE state = 'due'", 0);
  assert_text (desk->vault.database, "SELECT note FROM follow_up", "情绪稳定，家长知情");
  assert_number (desk->vault.database, "SELECT level IS NULL FROM person WHERE id = 1", 1);
  /* What comes later is a new warning. */
  g_assert_cmpint (screen (desk, 1, 16, 0), !=, id);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 2);
}

static void
test_one_open_warning_a_person (Desk *desk, gconstpointer unused)
{
  screen (desk, 1, 20, 0);
  g_assert_false (try_sql (desk->vault.database,
                           "INSERT INTO warning (person_id, level, state, source, raised_level, raised_at, due_at)"
                           " VALUES (1, 2, 'new', 'rule', 2, 1, 1)"));
}

static void
test_batch (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqWarningBatch) batch = xq_warning_batch_begin (desk->care, &error);
  static const struct
  {
    gint64 person;
    double total;
    int item9;
  } sheets[] = { { 1, 10, 0 }, { 2, 9, 0 }, { 1, 16, 2 }, { 3, NAN, 1 } };
  gint64 counts[4] = { 9, 9, 9, 9 };
  gint64 audit_rows;

  g_assert_no_error (error);
  audit_rows = number_of (desk->vault.database, "SELECT count (*) FROM audit");
  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      Sheet sheet;

      fill (&sheet, sheets[i].person, sheets[i].total, sheets[i].item9);
      xq_warning_batch_add (batch, &sheet.evidence, &error);
      g_assert_no_error (error);
    }
  xq_warning_batch_commit (g_steal_pointer (&batch), 0, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts[0], ==, 2);
  g_assert_cmpint (counts[1], ==, 1);
  g_assert_cmpint (counts[2], ==, 1);
  g_assert_cmpint (counts[3], ==, 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit", audit_rows + 1);
  assert_text (desk->vault.database, "SELECT detail FROM audit ORDER BY id DESC LIMIT 1", "{\"1\":1,\"2\":1,\"3\":0}");
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 2);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 1);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 3", 2);
}

static void
test_batch_abandoned (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Sheet sheet;

  fill (&sheet, 1, 20, 0);
  {
    g_autoptr (XqWarningBatch) batch = xq_warning_batch_begin (desk->care, &error);

    xq_warning_batch_add (batch, &sheet.evidence, &error);
    g_assert_no_error (error);
  }
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM person WHERE level IS NOT NULL", 0);
}

/* An import taken back takes its reasons along, and the warnings that nobody has looked at. */
static void
test_forget_import (Desk *desk, gconstpointer unused)
{
  static const char *const sheets[] = {
    "INSERT INTO import_batch (id, kind, file_name, at, counts) VALUES (5, 'answers', 'a.xlsx', 1, '{}')",
    "INSERT INTO assessment (id, person_id, batch_id, instrument, taken_at, taken_on, entered, answers, missing,"
    " complete, valid, created_at) SELECT 10 + id, id, 5, 'phq9', 1, '2026-11-20', 'import', '[]', 0, 1, 1, 1"
    " FROM person",
  };
  g_autoptr (GError) error = NULL;
  gint64 report;

  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    must_sql (desk->vault.database, sheets[i]);
  xq_warning_report (desk->care, 2, XQ_SOURCE_TEACHER, 3, "不说话", &report, &error);
  g_assert_no_error (error);
  for (gint64 person = 1; person <= 3; person++)
    {
      Sheet sheet;

      fill (&sheet, person, 20, 2);
      sheet.seen.assessment_id = 10 + person;
      xq_warning_raise (desk->care, &sheet.evidence, NULL, &error);
      g_assert_no_error (error);
    }
  must_sql (desk->vault.database, "UPDATE warning SET state = 'confirmed' WHERE person_id = 3");
  must_sql (desk->vault.database, "INSERT INTO triage (warning_id, at, outcome, level)"
                                  " SELECT id, 1, 'confirmed', 1 FROM warning WHERE person_id = 3");
  xq_warning_forget_import (desk->care, 5, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning WHERE person_id = 1", 0);
  assert_number (desk->vault.database, "SELECT level IS NULL FROM person WHERE id = 1", 1);
  assert_number (desk->vault.database, "SELECT level FROM warning WHERE person_id = 2", 3);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 2", 3);
  assert_due (desk, report, "2026-12-07T09:00:00+08:00");
  assert_text (desk->vault.database, "SELECT state FROM warning WHERE person_id = 3", "confirmed");
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 1);
}

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

static void
test_own_rules (Desk *desk, gconstpointer unused)
{
  static const char *const own
      = "{\"id\": \"own\", \"deadlines\": {\"1\": {\"hours\": 2}, \"2\": {\"hours\": 4}, \"3\": {\"hours\": 8}},"
        "\"cadence\": {\"1\": 1, \"2\": 2, \"3\": 3}, \"rules\": [{\"id\": \"any\", \"level\": 3,"
        "\"when\": {\"instrument\": \"phq9\", \"scale\": \"total\", \"at_least\": 0}}]}";
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_care_save_rules (desk->vault.database, "{}", &error));
  assert_refused (error, "vault");
  xq_care_save_rules (desk->vault.database, own, &error);
  g_assert_no_error (error);
  g_clear_pointer (&desk->care, xq_care_free);
  desk->care = xq_care_new (desk->vault.database, desk->days, &error);
  g_assert_no_error (error);
  assert_due (desk, screen (desk, 1, 0, 0), "2026-11-23T17:00:00+08:00");
  xq_care_save_rules (desk->vault.database, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&desk->care, xq_care_free);
  desk->care = xq_care_new (desk->vault.database, desk->days, &error);
  g_assert_cmpstr (xq_rules_id (xq_care_rules (desk->care)), ==, "school");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/warning/nothing-fires", test_nothing_fires);
  add_desk_test ("/warning/deadlines", test_deadlines);
  add_desk_test ("/warning/deadlines-skip-holidays", test_deadlines_skip_holidays);
  add_desk_test ("/warning/raise", test_raise);
  add_desk_test ("/warning/join", test_join);
  add_desk_test ("/warning/join-keeps-the-sooner-deadline", test_join_keeps_the_sooner_deadline);
  add_desk_test ("/warning/heavier-evidence-after-triage", test_heavier_evidence_after_triage);
  add_desk_test ("/warning/report", test_report);
  add_desk_test ("/warning/step-table", test_step_table);
  add_desk_test ("/warning/steps-in-code", test_steps_in_code);
  add_desk_test ("/warning/refusals", test_refusals_name_what_is_allowed);
  add_desk_test ("/warning/close", test_close);
  add_desk_test ("/warning/one-open-a-person", test_one_open_warning_a_person);
  add_desk_test ("/warning/batch", test_batch);
  add_desk_test ("/warning/batch-abandoned", test_batch_abandoned);
  add_desk_test ("/warning/forget-import", test_forget_import);
  add_desk_test ("/warning/json", test_json);
  add_desk_test ("/warning/one-as-json", test_one_as_json);
  add_desk_test ("/warning/list", test_list);
  add_desk_test ("/warning/order-of-a-state", test_order_of_a_state);
  add_desk_test ("/warning/own-rules", test_own_rules);
  return g_test_run ();
}
