/* Reading rule definitions, and saying what is wrong with them and where. */
#include "config.h"

#include "care/rule-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json-lines.h"

/* What the functions below hand down: where we are. */
typedef struct
{
  XqJsonLines *lines;
  const char *name;
} Reader;

static gboolean G_GNUC_PRINTF (4, 5)
refuse (const Reader *reader, JsonObject *where, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, _ ("“%s”, line %d: %s"), reader->name,
               xq_json_lines_of (reader->lines, where), what);
  return FALSE;
}

static gboolean
only_known (const Reader *reader, JsonObject *object, const char *const *known, GError **error)
{
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    if (!g_strv_contains (known, member))
      {
        g_autofree char *list = g_strjoinv (", ", (char **) known);

        return refuse (reader, object, error, _ ("“%s” is not known here; known are: %s."), member, list);
      }
  return TRUE;
}

/* Gives NULL for what is missing or of another type. */
static const char *
text_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
number_of (JsonNode *node, double *ret_value)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *ret_value = json_node_get_double (node);
  return TRUE;
}

static gboolean
read_number (const Reader *reader, JsonObject *object, const char *member, double *ret_value, GError **error)
{
  if (!json_object_has_member (object, member))
    return TRUE;
  if (!number_of (json_object_get_member (object, member), ret_value))
    return refuse (reader, object, error, _ ("“%s” must be a number."), member);
  return TRUE;
}

/* A whole number from @least to @most, which must be there. */
static gboolean
read_count (const Reader *reader, JsonObject *object, const char *member, int least, int most, int *ret_value,
            GError **error)
{
  double value;

  if (!number_of (json_object_get_member (object, member), &value) || value != floor (value) || value < least
      || value > most)
    return refuse (reader, object, error, _ ("“%s” must be a whole number from %d to %d."), member, least, most);
  *ret_value = value;
  return TRUE;
}

static gboolean
read_text (const Reader *reader, JsonObject *object, const char *member, char **ret_text, GError **error)
{
  const char *text = text_of (object, member);

  if (text == NULL || *text == '\0')
    return refuse (reader, object, error, _ ("“%s” must be a text that is not empty."), member);
  *ret_text = g_strdup (text);
  return TRUE;
}

static void
condition_free (XqCondition *condition)
{
  if (condition == NULL)
    return;
  g_strfreev (condition->instruments);
  g_free (condition->scale);
  g_free (condition->band);
  g_free (condition->tag);
  g_clear_pointer (&condition->children, g_ptr_array_unref);
  g_free (condition);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCondition, condition_free)

void
xq_rule_free (XqRule *rule)
{
  g_free (rule->id);
  condition_free (rule->when);
  g_clear_pointer (&rule->reason, json_object_unref);
  g_free (rule);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRule, xq_rule_free)

static gboolean
read_instruments (const Reader *reader, JsonObject *object, XqCondition *condition, GError **error)
{
  JsonNode *node = json_object_get_member (object, "instrument");
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (text_of (object, "instrument") != NULL)
    g_strv_builder_add (ids, text_of (object, "instrument"));
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);

          if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
            return refuse (reader, object, error, _ ("“instrument” must be an id or a list of ids."));
          g_strv_builder_add (ids, json_node_get_string (element));
        }
    }
  condition->instruments = g_strv_builder_end (ids);
  if (condition->instruments[0] == NULL)
    return refuse (reader, object, error, _ ("“instrument” must be an id or a list of ids."));
  return TRUE;
}

/* at_least, at_most, between and equals become one range. */
static gboolean
read_range (const Reader *reader, JsonObject *object, XqCondition *condition, GError **error)
{
  JsonNode *between = json_object_get_member (object, "between");
  double equals = NAN;

  condition->low = -INFINITY;
  condition->high = INFINITY;
  if (!read_number (reader, object, "at_least", &condition->low, error)
      || !read_number (reader, object, "at_most", &condition->high, error)
      || !read_number (reader, object, "equals", &equals, error))
    return FALSE;
  if (!isnan (equals))
    condition->low = condition->high = equals;
  if (between != NULL)
    {
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (between) ? json_node_get_array (between) : NULL;

      if (pair == NULL || json_array_get_length (pair) != 2
          || !number_of (json_array_get_element (pair, 0), &condition->low)
          || !number_of (json_array_get_element (pair, 1), &condition->high))
        return refuse (reader, object, error, _ ("“between” must be two numbers."));
    }
  if (isinf (condition->low) && isinf (condition->high))
    return refuse (reader, object, error,
                   _ ("it does not say which values count: give at_least, at_most, between or equals."));
  if (condition->low > condition->high)
    return refuse (reader, object, error, _ ("no value can be in this range."));
  return TRUE;
}

static gboolean
read_item (const Reader *reader, JsonObject *object, XqCondition *condition, GError **error)
{
  static const char *const known[] = { "instrument", "item", "at_least", "at_most", "between", "equals", NULL };

  condition->kind = CONDITION_ITEM;
  return only_known (reader, object, known, error) && read_instruments (reader, object, condition, error)
         && read_count (reader, object, "item", 1, 999, &condition->item, error)
         && read_range (reader, object, condition, error);
}

static gboolean
read_change (const Reader *reader, JsonObject *object, XqCondition *condition, GError **error)
{
  static const char *const known[] = { "instrument", "scale", "rise", "fall", NULL };
  double rise = NAN, fall = NAN;

  condition->kind = CONDITION_CHANGE;
  if (!only_known (reader, object, known, error) || !read_number (reader, object, "rise", &rise, error)
      || !read_number (reader, object, "fall", &fall, error))
    return FALSE;
  if (isnan (rise) == isnan (fall) || rise <= 0 || fall <= 0)
    return refuse (reader, object, error, _ ("give either “rise” or “fall”, as a number above 0."));
  condition->low = isnan (rise) ? -INFINITY : rise;
  condition->high = isnan (fall) ? INFINITY : -fall;
  return TRUE;
}

static gboolean
read_scale (const Reader *reader, JsonObject *object, XqCondition *condition, GError **error)
{
  static const char *const of_score[]
      = { "instrument", "scale", "at_least", "at_most", "between", "equals", NULL };
  static const char *const of_band[] = { "instrument", "scale", "band", NULL };

  if (!read_instruments (reader, object, condition, error)
      || !read_text (reader, object, "scale", &condition->scale, error))
    return FALSE;
  if (json_object_has_member (object, "rise") || json_object_has_member (object, "fall"))
    return read_change (reader, object, condition, error);
  if (json_object_has_member (object, "band"))
    {
      condition->kind = CONDITION_BAND;
      return only_known (reader, object, of_band, error)
             && read_text (reader, object, "band", &condition->band, error);
    }
  condition->kind = CONDITION_SCORE;
  return only_known (reader, object, of_score, error) && read_range (reader, object, condition, error);
}

static gboolean
read_critical (const Reader *reader, JsonObject *object, XqCondition *condition, GError **error)
{
  static const char *const known[] = { "instrument", "critical", NULL };
  JsonNode *node = json_object_get_member (object, "critical");

  condition->kind = CONDITION_CRITICAL;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN
      || !json_node_get_boolean (node))
    return refuse (reader, object, error, _ ("“critical” can only be true."));
  return only_known (reader, object, known, error) && read_instruments (reader, object, condition, error);
}

static gboolean
read_tag (const Reader *reader, JsonObject *object, XqCondition *condition, GError **error)
{
  static const char *const known[] = { "tag", NULL };

  condition->kind = CONDITION_TAG;
  return only_known (reader, object, known, error) && read_text (reader, object, "tag", &condition->tag, error);
}

static gboolean
read_missed (const Reader *reader, JsonObject *object, XqCondition *condition, GError **error)
{
  static const char *const known[] = { "missed_campaigns", NULL };
  int count = 0;

  condition->kind = CONDITION_MISSED;
  if (!only_known (reader, object, known, error)
      || !read_count (reader, object, "missed_campaigns", 1, 99, &count, error))
    return FALSE;
  condition->low = count;
  condition->high = INFINITY;
  return TRUE;
}

static XqCondition *read_condition (const Reader *reader, JsonObject *object, int depth, GError **error);

static gboolean
read_children (const Reader *reader, JsonObject *object, const char *member, XqCondition *condition, int depth,
               GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  condition->children = g_ptr_array_new_with_free_func ((GDestroyNotify) condition_free);
  if (json_object_get_size (object) != 1)
    return refuse (reader, object, error, _ ("nothing may stand beside “%s”."), member);
  if (array == NULL || json_array_get_length (array) == 0)
    return refuse (reader, object, error, _ ("“%s” must be a list of conditions."), member);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      XqCondition *child;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return refuse (reader, object, error, _ ("“%s” must be a list of conditions."), member);
      child = read_condition (reader, json_node_get_object (element), depth + 1, error);
      if (child == NULL)
        return FALSE;
      g_ptr_array_add (condition->children, child);
    }
  return TRUE;
}

static XqCondition *
read_condition (const Reader *reader, JsonObject *object, int depth, GError **error)
{
  static const struct
  {
    const char *member;
    gboolean (*read) (const Reader *, JsonObject *, XqCondition *, GError **);
  } kinds[] = {
    { "item", read_item },
    { "scale", read_scale },
    { "critical", read_critical },
    { "tag", read_tag },
    { "missed_campaigns", read_missed },
  };
  g_autoptr (XqCondition) condition = g_new0 (XqCondition, 1);
  gboolean read = FALSE;

  if (depth > 8)
    refuse (reader, object, error, _ ("conditions are nested too deeply."));
  else if (json_object_has_member (object, "all") || json_object_has_member (object, "any"))
    {
      const char *member = json_object_has_member (object, "all") ? "all" : "any";

      condition->kind = *member == 'a' && member[1] == 'l' ? CONDITION_ALL : CONDITION_ANY;
      read = read_children (reader, object, member, condition, depth, error);
    }
  else
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (kinds) && !json_object_has_member (object, kinds[i].member))
        i++;
      if (i < G_N_ELEMENTS (kinds))
        read = kinds[i].read (reader, object, condition, error);
      else
        refuse (reader, object, error,
                _ ("a condition names an item, a scale, critical items, a tag or missed campaigns."));
    }
  return read ? g_steal_pointer (&condition) : NULL;
}

static gboolean
read_reason (const Reader *reader, JsonObject *object, XqRule *rule, GError **error)
{
  static const char *const languages[] = { "en", "zh_CN", "zh_TW", NULL };
  JsonNode *node = json_object_get_member (object, "reason");
  JsonObject *reason = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (node == NULL)
    return TRUE;
  if (reason == NULL)
    return refuse (reader, object, error, _ ("“reason” must hold its words in en, zh_CN and zh_TW."));
  for (int i = 0; languages[i] != NULL; i++)
    if (text_of (reason, languages[i]) == NULL)
      return refuse (reader, reason, error, _ ("“reason” must hold its words in en, zh_CN and zh_TW."));
  if (!only_known (reader, reason, languages, error))
    return FALSE;
  rule->reason = json_object_ref (reason);
  return TRUE;
}

static gboolean
read_rule (const Reader *reader, JsonObject *object, XqRules *rules, GError **error)
{
  static const char *const known[] = { "id", "level", "when", "reason", NULL };
  JsonNode *when = json_object_get_member (object, "when");
  g_autoptr (XqRule) rule = g_new0 (XqRule, 1);

  if (!only_known (reader, object, known, error) || !read_text (reader, object, "id", &rule->id, error)
      || !read_count (reader, object, "level", 1, 3, &rule->level, error)
      || !read_reason (reader, object, rule, error))
    return FALSE;
  if (xq_rules_find (rules, rule->id) != NULL)
    return refuse (reader, object, error, _ ("there are two rules called “%s”."), rule->id);
  if (when == NULL || !JSON_NODE_HOLDS_OBJECT (when))
    return refuse (reader, object, error, _ ("the rule “%s” does not say when."), rule->id);
  rule->when = read_condition (reader, json_node_get_object (when), 0, error);
  if (rule->when == NULL)
    return FALSE;
  g_ptr_array_add (rules->rules, g_steal_pointer (&rule));
  return TRUE;
}

static JsonObject *
object_of (const Reader *reader, JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  refuse (reader, object, error, _ ("“%s” is missing or is not an object."), member);
  return NULL;
}

static gboolean
read_deadlines (const Reader *reader, JsonObject *root, XqRules *rules, GError **error)
{
  static const char *const levels[] = { "1", "2", "3", NULL };
  static const char *const known[] = { "hours", "working_days", NULL };
  JsonObject *deadlines = object_of (reader, root, "deadlines", error);
  JsonObject *cadence = deadlines != NULL ? object_of (reader, root, "cadence", error) : NULL;

  if (cadence == NULL || !only_known (reader, deadlines, levels, error)
      || !only_known (reader, cadence, levels, error))
    return FALSE;
  for (int level = 1; level <= 3; level++)
    {
      JsonObject *deadline = object_of (reader, deadlines, levels[level - 1], error);
      gboolean read;

      if (deadline == NULL || !only_known (reader, deadline, known, error))
        return FALSE;
      if (json_object_get_size (deadline) != 1)
        return refuse (reader, deadline, error, _ ("give either “hours” or “working_days”."));
      read = json_object_has_member (deadline, "hours")
                 ? read_count (reader, deadline, "hours", 1, 9999, &rules->hours[level], error)
                 : read_count (reader, deadline, "working_days", 1, 999, &rules->working_days[level], error);
      if (!read || !read_count (reader, cadence, levels[level - 1], 1, 366, &rules->cadence[level], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_rules (const Reader *reader, JsonObject *root, XqRules *rules, GError **error)
{
  static const char *const known[] = { "id", "title", "deadlines", "cadence", "rules", NULL };
  JsonNode *node = json_object_get_member (root, "rules");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (!only_known (reader, root, known, error) || !read_text (reader, root, "id", &rules->id, error)
      || !read_deadlines (reader, root, rules, error))
    return FALSE;
  if (array == NULL)
    return refuse (reader, root, error, _ ("“%s” must be a list."), "rules");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return refuse (reader, root, error, _ ("“%s” must be a list of objects."), "rules");
      if (!read_rule (reader, json_node_get_object (element), rules, error))
        return FALSE;
    }
  return TRUE;
}

XqRules *
xq_rules_parse (const char *json, const char *name, GError **error)
{
  g_autoptr (XqJsonLines) lines = xq_json_lines_parse (json, name, error);
  g_autoptr (XqRules) rules = g_new0 (XqRules, 1);

  g_atomic_ref_count_init (&rules->references);
  rules->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_rule_free);
  if (lines == NULL
      || !read_rules (&(Reader) { lines, name }, xq_json_lines_root (lines), rules, error))
    return NULL;
  return g_steal_pointer (&rules);
}
