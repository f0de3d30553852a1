/* Findings in words. */
#include "config.h"

#include "care/rule-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static char *
number_text (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.10g", value));
}

static char *
instrument_name (const XqFinding *finding, const XqReasonWords *words)
{
  char *name = NULL;

  if (finding->instrument == NULL)
    return g_strdup ("");
  if (words != NULL && words->instrument != NULL)
    name = words->instrument (finding->instrument, words->user_data);
  return name != NULL ? name : g_ascii_strup (finding->instrument, -1);
}

static char *
scale_name (const XqFinding *finding, const XqReasonWords *words)
{
  char *name = NULL;

  if (finding->instrument == NULL || finding->scale == NULL)
    return g_strdup ("");
  if (words != NULL && words->scale != NULL)
    name = words->scale (finding->instrument, finding->scale, words->user_data);
  if (name != NULL)
    return name;
  return g_strdup (strcmp (finding->scale, "total") == 0 ? _ ("total score") : finding->scale);
}

static char *
option_text (const XqFinding *finding, const XqReasonWords *words)
{
  if (finding->item == 0 || words == NULL || words->option == NULL)
    return NULL;
  return words->option (finding->instrument, finding->item, (int) finding->value, words->user_data);
}

static char *
tag_name (const XqFinding *finding, const XqReasonWords *words)
{
  char *name = NULL;

  if (finding->instrument != NULL || finding->scale == NULL)
    return g_strdup ("");
  if (words != NULL && words->tag != NULL)
    name = words->tag (finding->scale, words->user_data);
  return name != NULL ? name : g_strdup (finding->scale);
}

static void
fill_in (GString *text, const char *placeholder, const char *value)
{
  g_string_replace (text, placeholder, value != NULL ? value : "", 0);
}

/* The rule's own words with what was seen put in. */
static char *
own_words (const XqFinding *finding, const char *pattern, const XqReasonWords *words)
{
  g_autoptr (GString) text = g_string_new (pattern);
  g_autofree char *instrument = instrument_name (finding, words);
  g_autofree char *scale = scale_name (finding, words);
  g_autofree char *option = option_text (finding, words);
  g_autofree char *tag = tag_name (finding, words);
  g_autofree char *value = number_text (finding->value);
  g_autofree char *item = g_strdup_printf ("%d", finding->item);

  fill_in (text, "{instrument}", instrument);
  fill_in (text, "{scale}", scale);
  fill_in (text, "{option}", option != NULL ? option : value);
  fill_in (text, "{tag}", tag);
  fill_in (text, "{value}", value);
  fill_in (text, "{item}", item);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
item_text (const XqFinding *finding, const XqReasonWords *words)
{
  g_autofree char *instrument = instrument_name (finding, words);
  g_autofree char *option = option_text (finding, words);
  g_autofree char *value = number_text (finding->value);

  if (option == NULL || *option == '\0')
    /* Translators: an answer, "PHQ-9 item 9 = 2" */
    return g_strdup_printf (_ ("%s item %d = %s"), instrument, finding->item, value);
  /* Translators: an answer and its words, "PHQ-9 item 9 = 2 (more than half the days)" */
  return g_strdup_printf (_ ("%s item %d = %s (%s)"), instrument, finding->item, value, option);
}

static char *
score_text (const XqFinding *finding, const XqRules *rules, const XqReasonWords *words)
{
  const XqRule *rule = rules != NULL ? xq_rules_find (rules, finding->rule) : NULL;
  const XqCondition *change
      = rule != NULL ? xq_condition_find_change (rule->when, finding->instrument, finding->scale) : NULL;
  g_autofree char *instrument = instrument_name (finding, words);
  g_autofree char *scale = scale_name (finding, words);
  g_autofree char *value = number_text (finding->value);

  if (change == NULL)
    /* Translators: a score, "PHQ-9 total score = 16" */
    return g_strdup_printf (_ ("%s %s = %s"), instrument, scale, value);
  else
    {
      gboolean rise = isinf (change->high);
      g_autofree char *amount = number_text (rise ? change->low : -change->high);

      if (rise)
        /* Translators: "PHQ-9 total score = 18, up by 5 or more" */
        return g_strdup_printf (_ ("%s %s = %s, up by %s or more"), instrument, scale, value, amount);
      /* Translators: "WHO-5 total score = 6, down by 5 or more" */
      return g_strdup_printf (_ ("%s %s = %s, down by %s or more"), instrument, scale, value, amount);
    }
}

char *
xq_finding_text (const XqFinding *finding, const XqRules *rules, const XqReasonWords *words)
{
  const char *pattern = rules != NULL ? xq_rules_reason (rules, finding->rule) : NULL;

  if (pattern != NULL)
    return own_words (finding, pattern, words);
  if (finding->item != 0)
    return item_text (finding, words);
  if (finding->instrument != NULL)
    return score_text (finding, rules, words);
  if (finding->scale != NULL)
    {
      g_autofree char *tag = tag_name (finding, words);

      return g_strdup_printf (_ ("Key population: %s"), tag);
    }
  return g_strdup_printf (ngettext ("Missed the last %d campaign", "Missed the last %d campaigns",
                                    (int) finding->value),
                          (int) finding->value);
}
