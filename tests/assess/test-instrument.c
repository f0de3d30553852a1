/* Definitions: those that we ship keep their promises, and a wrong one is told what is wrong and on which line. */
#include "config.h"

#include <math.h>

#include "assess-test.h"
#include "base/i18n.h"
#include "base/resource.h"

/* A definition that is right, one member a line, so that a test can spoil a line. */
static const char *const lines[] = {
  /* 1 */ "{ \"id\": \"own\",",
  /* 2 */ "  \"short\": \"OWN\",",
  /* 3 */ "  \"name\": { \"en\": \"Own\" },",
  /* 4 */ "  \"respondent\": \"self\",",
  /* 5 */ "  \"items\": 4,",
  /* 6 */ "  \"main\": \"total\",",
  /* 7 */ "  \"options\": [",
  /* 8 */ "    { \"value\": 0, \"label\": { \"en\": \"No\" } },",
  /* 9 */ "    { \"value\": 2, \"label\": { \"en\": \"Yes\" } } ],",
  /* 10 */ "  \"reverse\": [2],",
  /* 11 */ "  \"scales\": [",
  /* 12 */ "    { \"id\": \"total\", \"label\": { \"en\": \"Total\" }, \"method\": \"sum\", \"items\": [\"1-4\"] },",
  /* 13 */ "    { \"id\": \"mean\", \"label\": { \"en\": \"Mean\" }, \"method\": \"mean\", \"items\": [1, 2] } ],",
  /* 14 */ "  \"bands\": [ { \"scheme\": \"a\", \"title\": { \"en\": \"A\" }, \"default\": true, \"scales\": [\"total\"], \"ranges\": [",
  /* 15 */ "    { \"id\": \"low\", \"min\": 0, \"max\": 3, \"severity\": 0, \"label\": { \"en\": \"Low\" } },",
  /* 16 */ "    { \"id\": \"high\", \"min\": 4, \"max\": 8, \"severity\": 3, \"label\": { \"en\": \"High\" } } ] } ],",
  /* 17 */ "  \"flags\": [ { \"id\": \"f\", \"label\": { \"en\": \"F\" }, \"when\": { \"scale\": \"total\", \"at_least\": 4 } } ],",
  /* 18 */ "  \"critical\": [ { \"item\": 4, \"equals\": 2, \"label\": { \"en\": \"C\" } } ],",
  /* 19 */ "  \"validity\": [ { \"when\": { \"item\": 1, \"equals\": 2 }, \"label\": { \"en\": \"V\" } } ],",
  /* 20 */ "  \"missing\": { \"rule\": \"complete\" },",
  /* 21 */ "  \"licence\": { \"class\": \"own\", \"may_ship\": false, \"status\": \"our own\" },",
  /* 22 */ "  \"sources\": [\"us\"],",
  /* 23 */ "  \"notes\": [\"a note\", { \"en\": \"A\", \"zh_CN\": \"甲\" }] }",
};

typedef struct
{
  int line;         /* that is replaced */
  const char *with;
  int found_on;     /* the problem's line */
  const char *says; /* something of what it says, in any language */
} Spoilt;

static const Spoilt spoilt[] = {
  { 2, "  \"shorty\": \"OWN\", \"short\": \"OWN\",", 2, "shorty" },
  { 2, "", 1, "short" },
  { 2, "  \"short\": 3,", 2, "short" },
  { 3, "  \"name\": { },", 3, "name" },
  { 3, "  \"name\": { \"fr\": \"A\", \"en\": \"A\" },", 3, "fr" },
  { 1, "{ \"id\": \"o-wn\",", 1, "o-wn" },
  { 4, "  \"respondent\": \"dog\",", 4, "dog" },
  { 5, "  \"items\": 0,", 5, "items" },
  { 5, "  \"items\": 3,", 12, "4" },
  { 6, "  \"main\": \"sum\",", 6, "sum" },
  { 8, "", 7, "options" },
  { 9, "    { \"value\": 0, \"label\": { \"en\": \"Yes\" } } ],", 9, "0" },
  { 10, "  \"reverse\": [5],", 10, "5" },
  { 10, "  \"reverse\": [2, 2],", 10, "2" },
  { 10, "  \"reverse\": [\"x\"],", 10, "reverse" },
  { 10, "  \"reverse\": 2,", 10, "reverse" },
  { 10, "  \"item_text\": { \"en\": [\"a\", \"b\", \"c\", \"d\"] },", 10, "may_ship" },
  { 10, "  \"recognise\": [\"a\"],", 10, "recognise" },
  { 10, "  \"extra_items\": [ { \"item\": 7, \"label\": { \"en\": \"E\" }, \"options\": [] } ],", 10, "5" },
  { 12, "    { \"id\": \"total\", \"label\": { \"en\": \"T\" }, \"method\": \"product\", \"items\": [1] },", 12, "product" },
  { 12, "    { \"id\": \"total\", \"label\": { \"en\": \"T\" }, \"items\": [1] },", 12, "method" },
  { 12, "    { \"id\": \"mean\", \"label\": { \"en\": \"T\" }, \"method\": \"sum\", \"items\": [1] },", 13, "mean" },
  { 12, "    { \"id\": \"total\", \"label\": { \"en\": \"T\" }, \"method\": \"sum\", \"of\": [\"mean\"] },", 12, "mean" },
  { 12, "    { \"id\": \"total\", \"label\": { \"en\": \"T\" }, \"method\": \"sum\", \"items\": [] },", 12, "items" },
  { 13, "    { \"id\": \"half\", \"label\": { \"en\": \"T\" }, \"method\": \"linear\", \"from\": \"total\", \"divide\": 0 } ],", 13, "divide" },
  { 13, "    { \"id\": \"c\", \"label\": { \"en\": \"T\" }, \"method\": \"cases\", \"cases\": [ { \"value\": 1 }, { \"value\": 2 } ] } ],", 13, "when" },
  { 13, "    { \"id\": \"n\", \"label\": { \"en\": \"T\" }, \"method\": \"count\", \"items\": [1] } ],", 13, "at_least" },
  { 15, "    { \"id\": \"low\", \"min\": 0, \"max\": 4, \"severity\": 0, \"label\": { \"en\": \"Low\" } },", 16, "low" },
  { 15, "    { \"id\": \"low\", \"min\": 0, \"max\": 2, \"severity\": 0, \"label\": { \"en\": \"Low\" } },", 16, "total" },
  { 15, "    { \"id\": \"low\", \"min\": 1, \"max\": 3, \"severity\": 0, \"label\": { \"en\": \"Low\" } },", 14, "total" },
  { 15, "    { \"id\": \"high\", \"min\": 0, \"max\": 3, \"severity\": 0, \"label\": { \"en\": \"Low\" } },", 16, "high" },
  { 15, "    { \"id\": \"low\", \"min\": 0, \"max\": 3, \"severity\": 9, \"label\": { \"en\": \"Low\" } },", 15, "severity" },
  { 16, "    { \"id\": \"high\", \"min\": 4, \"max\": 7, \"severity\": 3, \"label\": { \"en\": \"High\" } } ] } ],", 14, "8" },
  { 17, "  \"flags\": [ { \"id\": \"f\", \"label\": { \"en\": \"F\" }, \"when\": { \"scale\": \"sum\", \"at_least\": 4 } } ],", 17, "sum" },
  { 17, "  \"flags\": [ { \"id\": \"f\", \"label\": { \"en\": \"F\" }, \"when\": { \"scale\": \"total\" } } ],", 17, "between" },
  { 17, "  \"flags\": [ { \"id\": \"f\", \"label\": { \"en\": \"F\" }, \"when\": { \"scale\": \"total\", \"between\": [5, 4] } } ],", 17, "between" },
  { 17, "  \"flags\": [ { \"id\": \"f\", \"label\": { \"en\": \"F\" }, \"when\": { \"any\": [] } } ],", 17, "any" },
  { 17, "  \"flags\": [ { \"id\": \"f\", \"label\": { \"en\": \"F\" }, \"when\": { \"tag\": \"x\" } } ],", 17, "item, scale" },
  { 18, "  \"critical\": [ { \"item\": 5, \"equals\": 2, \"label\": { \"en\": \"C\" } } ],", 18, "5" },
  { 20, "  \"missing\": { \"rule\": \"guess\" },", 20, "guess" },
  { 20, "  \"missing\": { \"rule\": \"prorate\" },", 20, "at_most" },
  { 20, "  \"missing\": { \"rule\": \"skip\" },", 20, "cases" },
  { 21, "  \"licence\": { \"class\": \"own\", \"status\": \"our own\" },", 21, "may_ship" },
  { 21, "  \"licence\": { \"class\": \"own\", \"may_ship\": false, \"status\": 1 },", 21, "status" },
  { 21, "  \"licence\": { \"class\": \"own\", \"may_ship\": false, \"status\": {} },", 21, "status" },
  { 21, "  \"licence\": { \"class\": \"own\", \"may_ship\": false, \"status\": { \"fr\": \"la nôtre\" } },", 21, "fr" },
  { 22, "  \"sources\": [1],", 22, "sources" },
  { 23, "  \"notes\": \"a note\" }", 23, "notes" },
  { 23, "  \"notes\": [\"a note\", 2] }", 23, "2" },
  { 23, "  \"notes\": [{}] }", 23, "notes" },
  { 23, "  \"notes\": [{ \"fr\": \"la note\" }] }", 23, "fr" },
  { 23, "  \"notes\": []", 23, "JSON" },
  { 8, "    { \"value\": 0 \"label\": { \"en\": \"No\" } },", 8, "JSON" },
};

static GBytes *
definition (int replaced, const char *with)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < (int) G_N_ELEMENTS (lines); i++)
    g_string_append_printf (text, "%s\n", i + 1 == replaced ? with : lines[i]);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static void
test_sound (void)
{
  g_autoptr (GBytes) bytes = definition (0, NULL);
  g_autoptr (GPtrArray) problems = xq_instrument_check (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqInstrument) instrument = xq_instrument_parse (bytes, "own.json", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (instrument->items[1].reversed);
  g_assert_cmpstr (xq_instrument_verdict_scale (instrument)->id, ==, "total");
  g_assert_cmpint (instrument->age_min, ==, -1);
  /* A plain text is for every language. */
  g_assert_cmpstr (xq_words_get (&instrument->licence.status), ==, "our own");
  g_assert_cmpuint (instrument->n_notes, ==, 2);
  g_assert_cmpstr (xq_words_get (&instrument->notes[0]), ==, "a note");
  g_assert_cmpstr (instrument->notes[1].zh_CN, ==, "甲");
}

static void
test_spoilt (gconstpointer data)
{
  const Spoilt *one = data;
  g_autoptr (GBytes) bytes = definition (one->line, one->with);
  g_autoptr (GPtrArray) problems = xq_instrument_check (bytes);
  g_autoptr (GError) error = NULL;
  g_autofree char *place = g_strdup_printf ("%d", one->found_on);
  gboolean said = FALSE;

  for (guint i = 0; i < problems->len; i++)
    {
      const XqProblem *problem = problems->pdata[i];

      g_test_message ("line %d: %s", problem->line, problem->what);
      said = said || (problem->line == one->found_on && strstr (problem->what, one->says) != NULL);
    }
  g_assert_true (said);
  g_assert_null (xq_instrument_parse (bytes, "own.json", &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "own.json"));
}

/* Everything that is wrong is said at once, in the order of the lines. */
static void
test_all_problems (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  for (int i = 0; i < (int) G_N_ELEMENTS (lines); i++)
    g_string_append_printf (text, "%s\n",
                            i == 3    ? "  \"respondent\": \"dog\","
                            : i == 9  ? "  \"reverse\": [9],"
                            : i == 19 ? "  \"missing\": { \"rule\": \"guess\" },"
                                      : lines[i]);
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  problems = xq_instrument_check (bytes);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_cmpint (((XqProblem *) problems->pdata[0])->line, ==, 4);
  g_assert_cmpint (((XqProblem *) problems->pdata[1])->line, ==, 10);
  g_assert_cmpint (((XqProblem *) problems->pdata[2])->line, ==, 20);
}

static void
test_no_definition (void)
{
  static const char *const texts[] = { "", "[]", "3", "null", "{", "{}", "\xff\xfe{}", "{\"scales\": {\"items\": [[[[[[[[" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
      g_autoptr (GPtrArray) problems = xq_instrument_check (bytes);

      g_assert_cmpuint (problems->len, >, 0);
    }
}

/* Any prefix of a shipped definition, and one with a byte gone, is refused or read, and nothing else happens. */
static void
test_cut_off (void)
{
  g_autoptr (GBytes) bytes = xq_resource_load ("instruments/upi.json", NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i += 97)
    {
      g_autofree char *hole = g_strndup (data, length);
      g_autoptr (GBytes) prefix = g_bytes_new (data, i), holed = NULL;
      g_autoptr (GPtrArray) problems = xq_instrument_check (prefix), others = NULL;

      g_assert_cmpuint (problems->len, >, 0);
      hole[i] = ' ';
      holed = g_bytes_new (hole, length);
      others = xq_instrument_check (holed);
    }
}

/* -- what we ship -- */

static void
assert_words (const XqWords *words)
{
  g_assert_nonnull (words->en);
  g_assert_nonnull (words->zh_CN);
  g_assert_nonnull (words->zh_TW);
}

static void
test_shipped (void)
{
  static const char *const ids[] = { "audit", "cesd", "dass21", "gad7", "k10", "k6", "mht", "mssmhs", "phq2",
                                     "phq9", "phq_a", "pss10", "rses", "sas", "scl90", "sds", "upi", "who5" };
  g_autoptr (GPtrArray) all = xq_instrument_set_list (shipped_set ());

  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < all->len; i++)
    {
      const XqInstrument *instrument = all->pdata[i];

      g_assert_cmpstr (instrument->id, ==, ids[i]);
      assert_words (&instrument->name);
      assert_words (&instrument->period);
      /* Terms of use are read by who must keep them. */
      assert_words (&instrument->licence.status);
      if (!xq_words_is_empty (&instrument->licence.text))
        assert_words (&instrument->licence.text);
      if (!xq_words_is_empty (&instrument->licence.trap))
        assert_words (&instrument->licence.trap);
      for (guint k = 0; k < instrument->n_notes; k++)
        assert_words (&instrument->notes[k]);
      g_assert_cmpint (g_strv_length (instrument->sources), >, 0);
      for (guint k = 0; k < instrument->n_items; k++)
        if (!instrument->licence.may_ship)
          g_assert_true (xq_words_is_empty (&instrument->items[k].text));
      for (guint k = 0; k < instrument->n_scales; k++)
        assert_words (&instrument->scales[k].label);
      for (guint k = 0; k < instrument->n_critical; k++)
        assert_words (&instrument->critical[k].label);
      for (guint k = 0; k < instrument->n_flags; k++)
        assert_words (&instrument->flags[k].label);
      for (guint k = 0; k < instrument->items[0].options->n_options; k++)
        assert_words (&instrument->items[0].options->options[k].label);
      g_assert_true (xq_instrument_main_scale (instrument)->listed);
    }
}

/* Which items are reversed is what implementations get wrong most. */
static void
test_reversed (void)
{
  static const struct
  {
    const char *id;
    const char *reversed;
  } known[] = {
    { "phq9", "" }, { "cesd", "4 8 12 16 " }, { "pss10", "4 5 7 8 " }, { "rses", "3 5 8 9 10 " },
    { "sds", "2 5 6 11 12 14 16 17 18 20 " }, { "sas", "5 9 13 17 19 " }, { "scl90", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GString) reversed = g_string_new (NULL);
      const XqInstrument *instrument = shipped (known[i].id);

      for (guint k = 0; k < instrument->n_items; k++)
        if (instrument->items[k].reversed)
          g_string_append_printf (reversed, "%u ", k + 1);
      g_assert_cmpstr (reversed->str, ==, known[i].reversed);
    }
}

static void
test_ids (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (shipped ("PHQ-9")->id, ==, "phq9");
  g_assert_cmpstr (shipped ("phq-a")->id, ==, "phq_a");
  g_assert_cmpstr (shipped ("SCL 90")->id, ==, "scl90");
  g_assert_null (xq_instrument_set_peek (shipped_set (), "nothing"));
  g_assert_null (xq_instrument_set_get (shipped_set (), "phq10", &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "phq_a"));
}

static void
test_words (void)
{
  const XqItem *item = xq_instrument_item (shipped ("phq9"), 9);
  g_autofree char *text = NULL, *untold = NULL;

  xq_i18n_init ("zh_CN");
  text = xq_item_title (item);
  g_assert_cmpstr (text, ==, "有不如死掉或用某种方式伤害自己的念头");
  g_assert_cmpstr (xq_words_get (&xq_item_option (item, 2)->label), ==, "一半以上的天数");
  untold = xq_item_title (xq_instrument_item (shipped ("mht"), 85));
  g_assert_nonnull (strstr (untold, "85"));
  g_assert_null (xq_item_option (item, 4));
  g_assert_null (xq_instrument_item (shipped ("phq9"), 11));
  g_assert_cmpstr (xq_scale_band (xq_instrument_scale (shipped ("phq9"), "total"), "severe")->id, ==, "severe");
}

static void
test_json (void)
{
  g_autoptr (JsonNode) list = xq_instrument_set_to_json (shipped_set ());
  g_autoptr (JsonNode) show = xq_instrument_to_json (shipped ("mht"));
  JsonObject *object = json_node_get_object (show);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (list)), ==, 18);
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, "mht");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "items")), ==, 100);
  g_assert_false (json_object_has_member (json_array_get_object_element (json_object_get_array_member (object, "items"), 0), "text"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "scales")), ==, 10);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "critical")), ==, 2);
}

/* -- the vault's own -- */

static void
test_own (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GBytes) bytes = definition (0, NULL), wrong = definition (5, "  \"items\": 0,");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqInstrumentSet) set = NULL, later = NULL;

  g_assert_false (xq_instrument_keep (fixture->database, wrong, "wrong.json", &error));
  g_assert_nonnull (strstr (error->message, "wrong.json"));
  g_clear_error (&error);
  xq_instrument_keep (fixture->database, bytes, "own.json", &error);
  g_assert_no_error (error);
  set = xq_instrument_set_new (fixture->database, &error);
  g_assert_no_error (error);
  g_assert_nonnull (xq_instrument_set_get (set, "own", &error));
  g_assert_true (xq_instrument_set_is_own (set, "own"));
  g_assert_false (xq_instrument_set_is_own (set, "phq9"));
  xq_instrument_forget (fixture->database, "own", &error);
  g_assert_no_error (error);
  later = xq_instrument_set_new (fixture->database, &error);
  g_assert_null (xq_instrument_set_peek (later, "own"));
  g_assert_nonnull (xq_instrument_set_peek (set, "own"));
  g_assert_false (xq_instrument_forget (fixture->database, "own", &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assess/definition/sound", test_sound);
  for (gsize i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autofree char *name = g_strdup_printf ("/assess/definition/spoilt-%02d", (int) i + 1);

      g_test_add_data_func (name, &spoilt[i], test_spoilt);
    }
  g_test_add_func ("/assess/definition/all-problems", test_all_problems);
  g_test_add_func ("/assess/definition/no-definition", test_no_definition);
  g_test_add_func ("/assess/definition/cut-off", test_cut_off);
  g_test_add_func ("/assess/instrument/shipped", test_shipped);
  g_test_add_func ("/assess/instrument/reversed", test_reversed);
  g_test_add_func ("/assess/instrument/ids", test_ids);
  g_test_add_func ("/assess/instrument/words", test_words);
  g_test_add_func ("/assess/instrument/json", test_json);
  g_test_add ("/assess/instrument/own", Fixture, NULL, fixture_set_up, test_own, fixture_tear_down);
  return g_test_run ();
}
