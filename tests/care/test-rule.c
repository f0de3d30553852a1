#include "config.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "care/rule.h"

#define HEAD                                                                                       \
  "{\"id\": \"own\",\n"                                                                            \
  " \"deadlines\": {\"1\": {\"hours\": 24}, \"2\": {\"working_days\": 3}, \"3\": {\"hours\": 99}},\n" \
  " \"cadence\": {\"1\": 7, \"2\": 14, \"3\": 30},\n"                                              \
  " \"rules\": [\n"

static XqRules *
default_rules (const char *profile)
{
  g_autoptr (GError) error = NULL;
  XqRules *rules = xq_rules_load_default (profile, &error);

  g_assert_no_error (error);
  return rules;
}

static XqRules *
one_rule (const char *when)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json
      = g_strconcat (HEAD, "{\"id\": \"r\", \"level\": 2, \"when\": ", when, "}]}", NULL);
  XqRules *rules = xq_rules_parse (json, "own.json", &error);

  g_assert_no_error (error);
  return rules;
}

/* Level that a sheet gives by its total and one item; total NAN: incomplete. */
static int
level_of (XqRules *rules, const char *instrument, double total, int item9, guint *ret_findings)
{
  int answers[9] = { 0, 0, 0, 0, 0, 0, 0, 0, item9 };
  XqSeenScore score = { .scale = "total", .value = total };
  XqSeen seen = {
    .assessment_id = 7,
    .instrument = instrument,
    .complete = !isnan (total),
    .valid = TRUE,
    .scores = &score,
    .n_scores = isnan (total) ? 0 : 1,
    .answers = answers,
    .n_answers = G_N_ELEMENTS (answers),
  };
  XqEvidence evidence = { .person_id = 1, .seen = &seen, .n_seen = 1 };
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (XqFinding));
  int level = xq_rules_evaluate (rules, &evidence, findings);

  if (ret_findings != NULL)
    *ret_findings = findings->len;
  return level;
}

static void
test_phq_boundaries (void)
{
  static const struct
  {
    double total;
    int item9;
    int level;
    guint reasons;
  } cases[] = {
    { 0, 0, 0, 0 },   { 9, 0, 0, 0 },   { 10, 0, 3, 1 },  { 14, 0, 3, 1 },  { 15, 0, 2, 1 },
    { 19, 0, 2, 1 },  { 20, 0, 1, 1 },  { 27, 0, 1, 1 },  { 1, 1, 2, 1 },   { 2, 2, 1, 1 },
    { 3, 3, 1, 1 },   { 12, 1, 2, 2 },  { 16, 2, 1, 2 },  { 22, 3, 1, 2 },  { NAN, 0, 0, 0 },
    { NAN, 1, 2, 1 }, { NAN, 2, 1, 1 }, { NAN, XQ_NO_ANSWER, 0, 0 }, { 21, XQ_NO_ANSWER, 1, 1 },
  };
  static const char *const instruments[] = { "phq9", "phq_a" };
  static const char *const profiles[] = { "school", "college" };

  for (gsize p = 0; p < G_N_ELEMENTS (profiles); p++)
    {
      g_autoptr (XqRules) rules = default_rules (profiles[p]);

      for (gsize n = 0; n < G_N_ELEMENTS (instruments); n++)
        for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
          {
            guint reasons;

            g_test_message ("%s total %g item %d", instruments[n], cases[i].total, cases[i].item9);
            g_assert_cmpint (level_of (rules, instruments[n], cases[i].total, cases[i].item9, &reasons), ==,
                             cases[i].level);
            g_assert_cmpuint (reasons, ==, cases[i].reasons);
          }
    }
}

static void
test_gad_boundaries (void)
{
  static const int levels[22] = { [10] = 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2 };
  g_autoptr (XqRules) rules = default_rules ("school");

  for (int total = 0; total <= 21; total++)
    g_assert_cmpint (level_of (rules, "gad7", total, 3, NULL), ==, levels[total]);
  g_assert_cmpint (level_of (rules, "sas", 99, 3, NULL), ==, 0);
}

static void
test_enterprise (void)
{
  g_autoptr (XqRules) rules = default_rules ("enterprise");

  g_assert_cmpstr (xq_rules_id (rules), ==, "enterprise");
  g_assert_cmpint (level_of (rules, "phq9", 15, 0, NULL), ==, 2);
  g_assert_cmpint (level_of (rules, "gad7", 10, 0, NULL), ==, 3);
}

static void
test_deadlines (void)
{
  g_autoptr (XqRules) rules = default_rules ("school");
  static const int hours[4] = { 0, 24, 0, 0 }, days[4] = { 0, 0, 3, 10 }, cadence[4] = { 0, 7, 14, 30 };

  g_assert_cmpuint (xq_rules_count (rules), ==, 7);
  for (int level = 1; level <= 3; level++)
    {
      int h, d;

      xq_rules_deadline (rules, level, &h, &d);
      g_assert_cmpint (h, ==, hours[level]);
      g_assert_cmpint (d, ==, days[level]);
      g_assert_cmpint (xq_rules_cadence (rules, level), ==, cadence[level]);
    }
}

/* A score alone decides nothing when a validity check failed; an answer still does. */
static void
test_invalid_sheet (void)
{
  g_autoptr (XqRules) rules = default_rules ("school");
  int answers[9] = { 3, 3, 3, 3, 3, 3, 3, 3, 1 };
  XqSeenScore score = { .scale = "total", .value = 25 };
  XqSeen seen = { .instrument = "phq9", .complete = TRUE, .scores = &score, .n_scores = 1, .answers = answers,
                  .n_answers = 9 };
  XqEvidence evidence = { .person_id = 1, .seen = &seen, .n_seen = 1 };
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (XqFinding));

  g_assert_cmpint (xq_rules_evaluate (rules, &evidence, findings), ==, 2);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpint (g_array_index (findings, XqFinding, 0).item, ==, 9);
}

static int
evaluate_scores (XqRules *rules, double value, gboolean has_previous, double previous, const char *band)
{
  XqSeenScore scores[] = {
    { .scale = "other", .value = 999 },
    { .scale = "total", .value = value, .band = band, .has_previous = has_previous, .previous = previous },
  };
  XqSeen seen = { .instrument = "cesd", .complete = TRUE, .valid = TRUE, .scores = scores, .n_scores = 2 };
  XqEvidence evidence = { .person_id = 1, .seen = &seen, .n_seen = 1 };
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (XqFinding));

  return xq_rules_evaluate (rules, &evidence, findings);
}

static void
test_change (void)
{
  g_autoptr (XqRules) rise = one_rule ("{\"instrument\": \"cesd\", \"scale\": \"total\", \"rise\": 5}");
  g_autoptr (XqRules) fall = one_rule ("{\"instrument\": \"cesd\", \"scale\": \"total\", \"fall\": 5}");

  g_assert_cmpint (evaluate_scores (rise, 15, TRUE, 10, NULL), ==, 2);
  g_assert_cmpint (evaluate_scores (rise, 14, TRUE, 10, NULL), ==, 0);
  g_assert_cmpint (evaluate_scores (rise, 50, FALSE, 0, NULL), ==, 0);
  g_assert_cmpint (evaluate_scores (fall, 10, TRUE, 15, NULL), ==, 2);
  g_assert_cmpint (evaluate_scores (fall, 11, TRUE, 15, NULL), ==, 0);
  g_assert_cmpint (evaluate_scores (fall, 15, TRUE, 10, NULL), ==, 0);
}

static void
test_band_and_ranges (void)
{
  g_autoptr (XqRules) band = one_rule ("{\"instrument\": \"cesd\", \"scale\": \"total\", \"band\": \"high\"}");
  g_autoptr (XqRules) most = one_rule ("{\"instrument\": \"cesd\", \"scale\": \"total\", \"at_most\": 4.5}");

  g_assert_cmpint (evaluate_scores (band, 1, FALSE, 0, "high"), ==, 2);
  g_assert_cmpint (evaluate_scores (band, 1, FALSE, 0, "low"), ==, 0);
  g_assert_cmpint (evaluate_scores (band, 1, FALSE, 0, NULL), ==, 0);
  g_assert_cmpint (evaluate_scores (most, 4.5, FALSE, 0, NULL), ==, 2);
  g_assert_cmpint (evaluate_scores (most, 4.51, FALSE, 0, NULL), ==, 0);
}

static void
test_critical (void)
{
  g_autoptr (XqRules) rules = one_rule ("{\"instrument\": [\"mht\", \"scl90\"], \"critical\": true}");
  int answers[] = { 4, 1 }, critical[] = { 1, 85 };
  XqSeen seen = { .instrument = "mht", .answers = answers, .n_answers = 2, .critical = critical, .n_critical = 2 };
  XqEvidence evidence = { .person_id = 1, .seen = &seen, .n_seen = 1 };
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (XqFinding));

  g_assert_cmpint (xq_rules_evaluate (rules, &evidence, findings), ==, 2);
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_cmpfloat (g_array_index (findings, XqFinding, 0).value, ==, 4);
  g_assert_cmpint (g_array_index (findings, XqFinding, 1).item, ==, 85);
  seen.n_critical = 0;
  g_assert_cmpint (xq_rules_evaluate (rules, &evidence, findings), ==, 0);
}

static void
test_combinations (void)
{
  g_autoptr (XqRules) all = one_rule ("{\"all\": [{\"tag\": \"bullied\"}, {\"any\": [{\"missed_campaigns\": 2},"
                                      "{\"instrument\": \"k6\", \"scale\": \"total\", \"at_least\": 13}]}]}");
  XqSeenScore score = { .scale = "total", .value = 13 };
  XqSeen seen = { .instrument = "k6", .complete = TRUE, .valid = TRUE, .scores = &score, .n_scores = 1 };
  const char *tags[] = { "migrant", "bullied", NULL };
  XqEvidence evidence = { .person_id = 1, .seen = &seen, .n_seen = 1 };
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (XqFinding));

  /* One half alone leaves nothing behind. */
  g_assert_cmpint (xq_rules_evaluate (all, &evidence, findings), ==, 0);
  g_assert_cmpuint (findings->len, ==, 0);
  evidence.tags = tags;
  g_assert_cmpint (xq_rules_evaluate (all, &evidence, findings), ==, 2);
  g_assert_cmpuint (findings->len, ==, 2);
  evidence.missed_campaigns = 2;
  g_array_set_size (findings, 0);
  g_assert_cmpint (xq_rules_evaluate (all, &evidence, findings), ==, 2);
  g_assert_cmpuint (findings->len, ==, 3);
  evidence.n_seen = 0;
  evidence.missed_campaigns = 1;
  g_assert_cmpint (xq_rules_evaluate (all, &evidence, findings), ==, 0);
}

static void
test_checker (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "{\"id\": \"own\",\n\n \"title\" 5}", "line 3" },
    { "[]", "one JSON object" },
    { "{\"id\": \"own\"}", "deadlines" },
    { HEAD "{\"id\": \"a\", \"level\": 4,\n \"when\": {\"tag\": \"x\"}}]}", "line 5" },
    { HEAD "{\"id\": \"a\", \"level\": 1}]}", "does not say when" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"wen\": {}}]}", "“wen” is not known" },
    { HEAD "{\"id\": \"\", \"level\": 1, \"when\": {\"tag\": \"x\"}}]}", "“id”" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {}}]}", "names an item" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\":\n {\"item\": 9, \"at_least\": 2}}]}", "line 6" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": \"x\", \"item\": 9}}]}", "which values" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": \"x\", \"item\": 0, \"equals\": 1}}]}", "“item”" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": \"x\", \"item\": 1, \"atleast\": 1}}]}", "atleast" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": \"x\", \"scale\": \"t\", \"between\": [3]}}]}", "between" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": \"x\", \"scale\": \"t\", \"between\": [3, 2]}}]}", "no value" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": \"x\", \"scale\": \"t\", \"rise\": 0}}]}", "rise" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": \"x\", \"scale\": \"t\", \"at_least\": \"9\"}}]}", "must be a number" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": [], \"critical\": true}}]}", "list of ids" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"instrument\": \"x\", \"critical\": false}}]}", "only be true" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"all\": []}}]}", "list of conditions" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"all\": [{\"tag\": \"x\"}], \"tag\": \"y\"}}]}", "beside" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"missed_campaigns\": 0}}]}", "missed_campaigns" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"tag\": \"x\"}, \"reason\": {\"en\": \"a\"}}]}", "zh_TW" },
    { HEAD "{\"id\": \"a\", \"level\": 1, \"when\": {\"tag\": \"x\"}},\n{\"id\": \"a\", \"level\": 1, \"when\": {\"tag\": \"x\"}}]}", "two rules" },
    { "{\"id\": \"own\", \"deadlines\": {\"1\": {\"hours\": 1, \"working_days\": 1}}, \"cadence\": {}, \"rules\": []}", "either" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xq_rules_parse (cases[i].text, "own.json", &error));
      g_assert_nonnull (error);
      g_assert_cmpint (error->code, ==, XQ_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, "own.json"));
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
    }
}

static char *
lend_instrument (const char *instrument, gpointer user_data)
{
  return g_strdup (strcmp (instrument, "phq9") == 0 ? "PHQ-9" : NULL);
}

static char *
lend_option (const char *instrument, int item, int value, gpointer user_data)
{
  return g_strdup (item == 9 && value == 2 ? "more than half the days" : NULL);
}

static void
assert_text (const XqFinding *finding, const XqRules *rules, const XqReasonWords *words, const char *expected)
{
  g_autofree char *text = xq_finding_text (finding, rules, words);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (void)
{
  XqReasonWords words = { .instrument = lend_instrument, .option = lend_option };
  g_autoptr (XqRules) rise = one_rule ("{\"any\": [{\"instrument\": \"phq9\", \"scale\": \"total\", \"rise\": 5}]}");
  XqFinding item = { .rule = "x", .instrument = "phq9", .item = 9, .value = 2 };
  XqFinding total = { .rule = "r", .instrument = "phq9", .scale = "total", .value = 18 };
  XqFinding tag = { .rule = "x", .scale = "bullied" };
  XqFinding missed = { .rule = "x", .value = 2 };

  assert_text (&item, NULL, &words, "PHQ-9 item 9 = 2 (more than half the days)");
  assert_text (&item, NULL, NULL, "PHQ9 item 9 = 2");
  assert_text (&total, NULL, &words, "PHQ-9 total score = 18");
  assert_text (&total, rise, &words, "PHQ-9 total score = 18, up by 5 or more");
  assert_text (&tag, NULL, NULL, "Key population: bullied");
  assert_text (&missed, NULL, NULL, "Missed the last 2 campaigns");
}

static void
test_own_words (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqRules) rules = xq_rules_parse (
      HEAD "{\"id\": \"r\", \"level\": 1, \"when\": {\"instrument\": \"phq9\", \"item\": 9, \"equals\": 2},"
           "\"reason\": {\"en\": \"{instrument}/{item}: {option} ({value})\", \"zh_CN\": \"x\", \"zh_TW\": \"y\"}}]}",
      "own.json", &error);
  XqReasonWords words = { .instrument = lend_instrument, .option = lend_option };
  XqFinding item = { .rule = "r", .instrument = "phq9", .item = 9, .value = 2 };

  g_assert_no_error (error);
  assert_text (&item, rules, &words, "PHQ-9/9: more than half the days (2)");
  assert_text (&item, rules, NULL, "PHQ9/9: 2 (2)");
  g_assert_null (xq_rules_reason (rules, "nobody"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/rule/phq-boundaries", test_phq_boundaries);
  g_test_add_func ("/rule/gad-boundaries", test_gad_boundaries);
  g_test_add_func ("/rule/enterprise", test_enterprise);
  g_test_add_func ("/rule/deadlines", test_deadlines);
  g_test_add_func ("/rule/invalid-sheet", test_invalid_sheet);
  g_test_add_func ("/rule/change", test_change);
  g_test_add_func ("/rule/band-and-ranges", test_band_and_ranges);
  g_test_add_func ("/rule/critical", test_critical);
  g_test_add_func ("/rule/combinations", test_combinations);
  g_test_add_func ("/rule/checker", test_checker);
  g_test_add_func ("/rule/words", test_words);
  g_test_add_func ("/rule/own-words", test_own_words);
  return g_test_run ();
}
