/* Every public scoring vector of the instruments that we ship: published worked examples and values computed by
 * hand-written scorers (fixtures/instruments/vectors.json). */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "shipped.h"

typedef struct
{
  const char *instrument;
  const char *name;
  JsonObject *vector;
} Vector;

static gboolean
has_critical (const XqScoreResult *result, int item)
{
  for (guint i = 0; i < result->n_critical; i++)
    if (result->critical[i].item == item)
      return TRUE;
  return FALSE;
}

static const char *
band_by_scheme (const XqScoreResult *result, const char *scheme_id, const char *scale)
{
  const XqInstrument *instrument = result->instrument;

  for (guint i = 0; i < instrument->n_schemes; i++)
    if (strcmp (instrument->schemes[i].id, scheme_id) == 0)
      return xq_band_scheme_find (&instrument->schemes[i], score_of (result, scale))->id;
  g_assert_not_reached ();
}

/* Words that vectors use for a band → the scale, and the scheme unless it is the default. */
static const struct
{
  const char *key;
  const char *scale;
  const char *scheme;
} band_keys[] = {
  { "band", NULL, NULL },
  { "abs_band", "total", NULL },
  { "as_band", "total", "andrews_slade" },
  { "cn_band", "total", "zhang_16_20" },
  { "zone", "total", NULL },
  { "class_A", "class_A", NULL },
  { "class_B", "class_B", NULL },
  { "band_if_rounded", "standard_if_rounded", NULL },
};

static gboolean
check_band (const XqScoreResult *result, const char *key, const char *expected)
{
  for (gsize i = 0; i < G_N_ELEMENTS (band_keys); i++)
    {
      const char *scale = band_keys[i].scale;

      if (strcmp (key, band_keys[i].key) != 0)
        continue;
      if (scale == NULL)
        scale = xq_instrument_main_scale (result->instrument)->id;
      g_assert_cmpstr (band_keys[i].scheme == NULL ? band_of (result, scale)
                                                   : band_by_scheme (result, band_keys[i].scheme, scale),
                       ==, expected);
      return TRUE;
    }
  return FALSE;
}

static gboolean
check_boolean (const XqScoreResult *result, const char *key, gboolean expected)
{
  if (g_str_has_prefix (key, "critical"))
    {
      int item = atoi (strpbrk (key, "0123456789"));

      g_assert_cmpint (has_critical (result, item), ==, expected);
      return TRUE;
    }
  if (g_str_has_prefix (key, "invalid_"))
    {
      g_assert_cmpint (!result->valid, ==, expected);
      return TRUE;
    }
  for (guint i = 0; i < result->instrument->n_flags; i++)
    if (strcmp (result->instrument->flags[i].id, key) == 0)
      {
        g_assert_cmpint (result->flags[i], ==, expected);
        return TRUE;
      }
  return FALSE;
}

static void
check_factors (const XqScoreResult *result, JsonObject *factors)
{
  g_autoptr (GList) members = json_object_get_members (factors);

  for (GList *l = members; l != NULL; l = l->next)
    g_assert_cmpfloat_with_epsilon (score_of (result, l->data), json_object_get_double_member (factors, l->data), 1e-4);
}

/* "bands" of DASS-21, in the order of its scales; scales that reach a border. */
static gboolean
check_list (const XqScoreResult *result, const char *key, JsonArray *expected)
{
  guint found = 0;

  if (strcmp (key, "bands") == 0)
    {
      for (guint i = 0; i < json_array_get_length (expected); i++)
        g_assert_cmpstr (result->scores[i].band->id, ==, json_array_get_string_element (expected, i));
      return TRUE;
    }
  if (strcmp (key, "high_scales") != 0 && strcmp (key, "factors_ge2") != 0)
    return FALSE;
  for (guint i = 0; i < result->n_scores; i++)
    {
      const XqScale *scale = result->scores[i].scale;
      gboolean reaches = strcmp (key, "high_scales") == 0 ? g_strcmp0 (band_of (result, scale->id), "high") == 0
                                                          : result->scores[i].value >= 2 && scale->bands != NULL;

      if (reaches && scale != xq_instrument_main_scale (result->instrument))
        g_assert_cmpstr (scale->id, ==, json_array_get_string_element (expected, found++));
    }
  g_assert_cmpuint (found, ==, json_array_get_length (expected));
  return TRUE;
}

static gboolean
check_member (const XqScoreResult *result, const char *key, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    {
      g_assert_false (xq_score_result_get (result, key)->defined);
      return TRUE;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      check_factors (result, json_node_get_object (node));
      return strcmp (key, "factors") == 0;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    return check_list (result, key, json_node_get_array (node));
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return check_boolean (result, key, json_node_get_boolean (node));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return check_band (result, key, json_node_get_string (node));
  g_assert_cmpfloat_with_epsilon (score_of (result, key), json_node_get_double (node), 1e-4);
  return TRUE;
}

/* Answers beside the items proper: PHQ-A's questions 10–13, UPI's 61–64. */
static void
append_extra (GArray *answers, JsonObject *vector)
{
  static const char *const phq_a[]
      = { "item10_dysthymia", "item11_difficulty", "item12_month", "item13_lifetime" };
  JsonObject *meta = json_object_has_member (vector, "meta") ? json_object_get_object_member (vector, "meta") : NULL;

  if (meta == NULL)
    return;
  for (gsize i = 0; i < 4; i++)
    {
      JsonNode *node = json_object_has_member (meta, "aux")
                           ? json_array_get_element (json_object_get_array_member (meta, "aux"), i)
                           : json_object_get_member (meta, phq_a[i]);
      int answer = json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node)
                                                                     : (int) json_node_get_int (node);

      g_array_append_val (answers, answer);
    }
}

static GArray *
answers_of (JsonObject *vector)
{
  GArray *answers = g_array_new (FALSE, FALSE, sizeof (int));
  JsonArray *list = json_object_get_array_member (vector, "answers");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      int answer = json_array_get_null_element (list, i) ? XQ_ANSWER_BLANK : (int) json_array_get_int_element (list, i);

      g_array_append_val (answers, answer);
    }
  append_extra (answers, vector);
  return answers;
}

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr (GArray) answers = answers_of (vector->vector);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScoreResult) result = NULL;
  JsonObject *expected = json_object_get_object_member (vector->vector, "expected");
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  xq_answers_check (shipped (vector->instrument), (int *) answers->data, answers->len, &error);
  g_assert_no_error (error);
  result = xq_score (shipped (vector->instrument), (int *) answers->data, answers->len);
  /* Imputing is an option of some papers that we do not take: with blanks there is no PHQ-9 score. */
  if (json_object_has_member (expected, "imputed_total"))
    {
      g_assert_false (result->complete);
      g_assert_cmpint (result->missing, ==, 2);
      g_assert_cmpuint (result->n_scores, ==, 0);
      return;
    }
  g_assert_true (result->complete);
  json_object_iter_init (&iter, expected);
  while (json_object_iter_next (&iter, &key, &node))
    if (!check_member (result, key, node))
      g_error ("nothing of %s/%s was compared with “%s”", vector->instrument, vector->name, key);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = g_build_filename (g_getenv ("XQ_TEST_FIXTURES"), "instruments", "vectors.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *list;

  g_test_init (&argc, &argv, NULL);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  list = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "vectors");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);
      Vector *vector = g_new0 (Vector, 1);
      g_autofree char *test = NULL;

      vector->instrument = json_object_get_string_member (object, "instrument");
      vector->name = json_object_get_string_member (object, "name");
      vector->vector = object;
      test = g_strdup_printf ("/assess/vector/%s/%s", vector->instrument, vector->name);
      g_test_add_data_func_full (test, vector, test_vector, g_free);
    }
  return g_test_run ();
}
