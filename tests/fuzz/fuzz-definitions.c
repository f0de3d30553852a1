/* Definitions that are data: an instrument, warning rules, a report. What is taken can be used. */
#include "config.h"

#include <stdint.h>

#include "assess/scoring.h"
#include "care/rule.h"
#include "report/definition.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The answers of somebody who always ticks the first option, or the last. */
static int *
answers_of (const XqInstrument *instrument, gboolean last)
{
  int *answers = g_new0 (int, instrument->n_items + 1);

  for (guint i = 0; i < instrument->n_items; i++)
    {
      const XqOptionList *options = instrument->items[i].options;

      answers[i] = options->options[last ? options->n_options - 1 : 0].value;
    }
  return answers;
}

static void
score_with (const XqInstrument *instrument, gboolean last)
{
  g_autofree int *answers = answers_of (instrument, last);
  g_autoptr (XqScoreResult) result = NULL;
  g_autoptr (JsonObject) json = NULL;

  g_assert_true (xq_answers_check (instrument, answers, instrument->n_items, NULL));
  result = xq_score (instrument, answers, instrument->n_items);
  json = xq_score_result_to_json (result);
}

static void
read_instrument (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqInstrument) instrument = xq_instrument_parse (bytes, "definition", &error);
  g_autoptr (GPtrArray) problems = xq_instrument_check (bytes);
  g_autoptr (JsonNode) json = NULL;

  g_assert_true ((instrument == NULL) == (error != NULL));
  g_assert_true ((instrument == NULL) == (problems->len > 0));
  if (instrument == NULL)
    return;
  json = xq_instrument_to_json (instrument);
  score_with (instrument, FALSE);
  score_with (instrument, TRUE);
}

static void
read_rules (const char *text)
{
  static const char *const tags[] = { "bullied", NULL };
  const XqSeenScore score = { .scale = "total", .value = 20, .band = "severe" };
  const int answers[] = { 3, 3, 3, 3, 3, 3, 3, 3, 3 };
  const XqSeen seen = { .instrument = "phq9", .complete = TRUE, .valid = TRUE, .scores = &score, .n_scores = 1,
                        .answers = answers, .n_answers = G_N_ELEMENTS (answers) };
  const XqEvidence evidence = { .seen = &seen, .n_seen = 1, .tags = tags, .missed_campaigns = 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqRules) rules = xq_rules_parse (text, "definition", &error);
  g_autoptr (GArray) findings = g_array_new (FALSE, TRUE, sizeof (XqFinding));

  g_assert_true ((rules == NULL) == (error != NULL));
  if (rules == NULL)
    return;
  xq_rules_evaluate (rules, &evidence, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *said = xq_finding_text (&g_array_index (findings, XqFinding, i), rules, NULL);

      g_assert_true (g_utf8_validate (said, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  XqReportDefinition *report = xq_report_definition_parse (bytes, "definition", &error);

  g_assert_true ((report == NULL) == (error != NULL));
  g_clear_pointer (&report, xq_report_definition_free);
  read_instrument (bytes);
  read_rules (text);
  return 0;
}
