#include "config.h"

#include "care/rule.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/resource.h"
#include "care/rule-private.h"

G_DEFINE_QUARK (xq-care-error-quark, xq_care_error)

XqRules *
xq_rules_load_default (const char *profile, GError **error)
{
  /* Colleges screen by the same rules as schools. */
  const char *file = strcmp (profile, "enterprise") == 0 ? "rules/enterprise.json" : "rules/school.json";
  g_autoptr (GBytes) bytes = xq_resource_load (file, error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return xq_rules_parse (text, file, error);
}

XqRules *
xq_rules_ref (XqRules *rules)
{
  g_atomic_ref_count_inc (&rules->references);
  return rules;
}

void
xq_rules_unref (XqRules *rules)
{
  if (!g_atomic_ref_count_dec (&rules->references))
    return;
  g_free (rules->id);
  g_ptr_array_unref (rules->rules);
  g_free (rules);
}

const char *
xq_rules_id (const XqRules *rules)
{
  return rules->id;
}

gsize
xq_rules_count (const XqRules *rules)
{
  return rules->rules->len;
}

int
xq_rules_cadence (const XqRules *rules, int level)
{
  g_return_val_if_fail (level >= 1 && level <= 3, 0);

  return rules->cadence[level];
}

void
xq_rules_deadline (const XqRules *rules, int level, int *ret_hours, int *ret_working_days)
{
  g_return_if_fail (level >= 1 && level <= 3);

  if (ret_hours != NULL)
    *ret_hours = rules->hours[level];
  if (ret_working_days != NULL)
    *ret_working_days = rules->working_days[level];
}

const XqRule *
xq_rules_find (const XqRules *rules, const char *id)
{
  for (guint i = 0; i < rules->rules->len; i++)
    {
      const XqRule *rule = g_ptr_array_index (rules->rules, i);

      if (strcmp (rule->id, id) == 0)
        return rule;
    }
  return NULL;
}

const char *
xq_rules_reason (const XqRules *rules, const char *id)
{
  const XqRule *rule = xq_rules_find (rules, id);

  if (rule == NULL || rule->reason == NULL)
    return NULL;
  return json_object_get_string_member (rule->reason, xq_i18n_language ());
}

/* One rule being looked at. */
typedef struct
{
  const XqRule *rule;
  const XqEvidence *evidence;
  GArray *findings;
} Look;

static void
find (const Look *look, const XqSeen *seen, int item, const char *scale, double value)
{
  XqFinding finding = {
    .rule = look->rule->id,
    .level = look->rule->level,
    .assessment_id = seen != NULL ? seen->assessment_id : 0,
    .instrument = seen != NULL ? seen->instrument : NULL,
    .item = item,
    .scale = scale,
    .value = value,
  };

  g_array_append_val (look->findings, finding);
}

static gboolean
in_range (const XqCondition *condition, double value)
{
  return value >= condition->low && value <= condition->high;
}

static gboolean
look_at_item (const Look *look, const XqCondition *condition, const XqSeen *seen)
{
  int value;

  if (seen->answers == NULL || (gsize) condition->item > seen->n_answers)
    return FALSE;
  value = seen->answers[condition->item - 1];
  if (value == XQ_NO_ANSWER || !in_range (condition, value))
    return FALSE;
  find (look, seen, condition->item, NULL, value);
  return TRUE;
}

static gboolean
look_at_critical (const Look *look, const XqSeen *seen)
{
  for (gsize i = 0; i < seen->n_critical; i++)
    {
      int item = seen->critical[i];
      gboolean answered = seen->answers != NULL && (gsize) item <= seen->n_answers
                          && seen->answers[item - 1] != XQ_NO_ANSWER;

      find (look, seen, item, NULL, answered ? seen->answers[item - 1] : 1);
    }
  return seen->n_critical > 0;
}

static gboolean
look_at_score (const Look *look, const XqCondition *condition, const XqSeen *seen)
{
  for (gsize i = 0; seen->complete && seen->valid && i < seen->n_scores; i++)
    {
      const XqSeenScore *score = &seen->scores[i];
      gboolean fires;

      if (strcmp (score->scale, condition->scale) != 0)
        continue;
      if (condition->kind == CONDITION_BAND)
        fires = g_strcmp0 (score->band, condition->band) == 0;
      else if (condition->kind == CONDITION_CHANGE)
        fires = score->has_previous && in_range (condition, score->value - score->previous);
      else
        fires = in_range (condition, score->value);
      if (fires)
        find (look, seen, 0, score->scale, score->value);
      return fires;
    }
  return FALSE;
}

/* Whether any sheet of the condition's instruments fires; each that does is a finding. */
static gboolean
look_at_seen (const Look *look, const XqCondition *condition)
{
  gboolean fires = FALSE;

  for (gsize i = 0; i < look->evidence->n_seen; i++)
    {
      const XqSeen *seen = &look->evidence->seen[i];

      if (!g_strv_contains ((const char *const *) condition->instruments, seen->instrument))
        continue;
      if (condition->kind == CONDITION_ITEM)
        fires |= look_at_item (look, condition, seen);
      else if (condition->kind == CONDITION_CRITICAL)
        fires |= look_at_critical (look, seen);
      else
        fires |= look_at_score (look, condition, seen);
    }
  return fires;
}

static gboolean
look_at_tag (const Look *look, const XqCondition *condition)
{
  if (look->evidence->tags == NULL || !g_strv_contains (look->evidence->tags, condition->tag))
    return FALSE;
  find (look, NULL, 0, condition->tag, 0);
  return TRUE;
}

static gboolean
look_at_missed (const Look *look, const XqCondition *condition)
{
  if (!in_range (condition, look->evidence->missed_campaigns))
    return FALSE;
  find (look, NULL, 0, NULL, look->evidence->missed_campaigns);
  return TRUE;
}

static gboolean
look_at (const Look *look, const XqCondition *condition)
{
  guint before = look->findings->len;
  guint fired = 0;

  switch (condition->kind)
    {
    case CONDITION_TAG:
      return look_at_tag (look, condition);
    case CONDITION_MISSED:
      return look_at_missed (look, condition);
    case CONDITION_ALL:
    case CONDITION_ANY:
      for (guint i = 0; i < condition->children->len; i++)
        if (look_at (look, g_ptr_array_index (condition->children, i)))
          fired++;
      if (condition->kind == CONDITION_ANY ? fired > 0 : fired == condition->children->len)
        return TRUE;
      g_array_set_size (look->findings, before);
      return FALSE;
    case CONDITION_ITEM:
    case CONDITION_SCORE:
    case CONDITION_BAND:
    case CONDITION_CHANGE:
    case CONDITION_CRITICAL:
    default:
      return look_at_seen (look, condition);
    }
}

int
xq_rules_evaluate (const XqRules *rules, const XqEvidence *evidence, GArray *findings)
{
  int heaviest = 0;

  for (guint i = 0; i < rules->rules->len; i++)
    {
      const XqRule *rule = g_ptr_array_index (rules->rules, i);

      if (look_at (&(Look) { rule, evidence, findings }, rule->when)
          && (heaviest == 0 || rule->level < heaviest))
        heaviest = rule->level;
    }
  return heaviest;
}

const XqCondition *
xq_condition_find_change (const XqCondition *condition, const char *instrument, const char *scale)
{
  if (condition->kind == CONDITION_CHANGE && strcmp (condition->scale, scale) == 0
      && g_strv_contains ((const char *const *) condition->instruments, instrument))
    return condition;
  for (guint i = 0; condition->children != NULL && i < condition->children->len; i++)
    {
      const XqCondition *found
          = xq_condition_find_change (g_ptr_array_index (condition->children, i), instrument, scale);

      if (found != NULL)
        return found;
    }
  return NULL;
}
