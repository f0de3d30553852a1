/* What a rule is once it has been read; shared by the files of care/rule alone. */
#pragma once

#include "care/rule.h"

G_BEGIN_DECLS

typedef enum
{
  CONDITION_ITEM,
  CONDITION_SCORE,
  CONDITION_BAND,
  CONDITION_CHANGE,
  CONDITION_CRITICAL,
  CONDITION_TAG,
  CONDITION_MISSED,
  CONDITION_ALL,
  CONDITION_ANY,
} XqConditionKind;

/* @low…@high: the values that fire, both included. A change is the present score minus the one before. */
typedef struct
{
  XqConditionKind kind;
  char **instruments;
  int item;
  char *scale;
  char *band;
  char *tag;
  double low;
  double high;
  GPtrArray *children;
} XqCondition;

typedef struct
{
  char *id;
  int level;
  XqCondition *when;
  JsonObject *reason;
} XqRule;

struct _XqRules
{
  gatomicrefcount references;
  char *id;
  GPtrArray *rules;
  int hours[4];
  int working_days[4];
  int cadence[4];
};

const XqRule *xq_rules_find (const XqRules *rules, const char *id);
void xq_rule_free (XqRule *rule);
/* Whether @condition, or one below it, is a change of @scale of @instrument. */
const XqCondition *xq_condition_find_change (const XqCondition *condition, const char *instrument,
                                             const char *scale);

G_END_DECLS
