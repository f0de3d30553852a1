#include "config.h"

#include <math.h>

#include "base/error.h"
#include "base/field.h"
#include "base/i18n.h"

typedef struct
{
  gint64 id;
  char *name;
  char *day;
  gint64 at;
  gint64 count;
  gint64 level;
  gint64 other_id;
  double share;
  gboolean told;
  int sex;
} Sample;

static const XqChoice sexes[] = {
  { "unknown", "Not said" },
  { "male", "Boy" },
  { "female", "Girl" },
  { NULL, NULL },
};

static const XqField fields[] = {
  { "name", "Sample name", XQ_FIELD_TEXT, offsetof (Sample, name), XQ_FIELD_REQUIRED, XQ_PRIVACY_IDENTIFYING, NULL },
  { "day", "Sample day", XQ_FIELD_DATE, offsetof (Sample, day), XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL },
  { "at", "Sample time", XQ_FIELD_TIME, offsetof (Sample, at), XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL },
  { "count", "Sample count", XQ_FIELD_INTEGER, offsetof (Sample, count), XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL },
  { "level", "Sample level", XQ_FIELD_LEVEL, offsetof (Sample, level), XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL },
  { "other_id", "Sample other", XQ_FIELD_REFERENCE, offsetof (Sample, other_id), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL },
  { "share", "Sample share", XQ_FIELD_REAL, offsetof (Sample, share), XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL },
  { "told", "Sample told", XQ_FIELD_BOOLEAN, offsetof (Sample, told), XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL },
  { "sex", "Sample sex", XQ_FIELD_CHOICE, offsetof (Sample, sex), XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, sexes },
  XQ_FIELDS_END,
};

XQ_DECLARE_RECORD (Sample, sample, sample_entity)
const XqEntity sample_entity = { "sample", "Sample", sizeof (Sample), fields };

static Sample *
full_sample (void)
{
  Sample *sample = xq_sample_new ();

  sample->id = 7;
  sample->name = g_strdup ("单小雨");
  sample->day = g_strdup ("2012-03-05");
  sample->at = 1795395720; /* 2026-11-23 09:02 in Shanghai */
  sample->count = -3;
  sample->level = 2;
  sample->other_id = 12;
  sample->share = 0.5;
  sample->told = TRUE;
  sample->sex = 2;
  return sample;
}

static void
assert_set (const char *name, const char *text, const char *json)
{
  g_autoptr (Sample) sample = xq_sample_new ();
  const XqField *field = xq_entity_field (&sample_entity, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *found = NULL;

  g_assert_true (xq_field_set_text (field, sample, text, &error));
  g_assert_no_error (error);
  node = xq_field_to_json (field, sample);
  found = json_to_string (node, FALSE);
  g_assert_cmpstr (found, ==, json);
}

static void
assert_refused (const char *name, const char *text)
{
  g_autoptr (Sample) sample = full_sample ();
  g_autoptr (Sample) before = xq_sample_copy (sample);
  const XqField *field = xq_entity_field (&sample_entity, name);
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_field_set_text (field, sample, text, &error));
  g_assert_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, field->label));
  g_assert_true (xq_field_equal (field, before, sample));
}

static void
test_copy (void)
{
  g_autoptr (Sample) sample = full_sample ();
  g_autoptr (Sample) copy = xq_sample_copy (sample);
  g_autoptr (JsonObject) difference = xq_record_difference (&sample_entity, sample, copy);

  g_assert_cmpint (copy->id, ==, 7);
  g_assert_true (copy->name != sample->name);
  g_assert_cmpuint (json_object_get_size (difference), ==, 0);
}

static void
test_list_frees (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (xq_record_destroy);

  g_ptr_array_add (records, full_sample ());
  g_ptr_array_add (records, xq_sample_new ());
  xq_record_destroy (NULL);
  xq_sample_free (NULL);
}

static void
test_set_text (void)
{
  assert_set ("name", "\xe3\x80\x80 单小雨\t", "\"单小雨\"");
  assert_set ("name", " ", "null");
  assert_set ("name", NULL, "null");
  assert_set ("day", "2012-03-05", "\"2012-03-05\"");
  assert_set ("day", "２０１２-０３-０５", "\"2012-03-05\"");
  assert_set ("day", "2012年3月5日", "\"2012-03-05\"");
  assert_set ("day", "明天", "\"2026-11-24\"");
  assert_set ("at", "2026-11-23 09:02", "\"2026-11-23T09:02:00+08:00\"");
  assert_set ("at", "2026-11-23T01:02:00Z", "\"2026-11-23T09:02:00+08:00\"");
  assert_set ("count", "-12", "-12");
  assert_set ("count", "１２", "12");
  assert_set ("level", "一级", "1");
  assert_set ("level", "3", "3");
  assert_set ("level", "", "null");
  assert_set ("other_id", "12", "12");
  assert_set ("share", "0.25", "0.25");
  assert_set ("told", "是", "true");
  assert_set ("told", "no", "false");
  assert_set ("sex", "female", "\"female\"");
  assert_set ("sex", "girl", "\"female\"");
  assert_set ("sex", "", "\"unknown\"");
}

static void
test_set_text_refused (void)
{
  assert_refused ("day", "2012-02-30");
  assert_refused ("day", "soon");
  assert_refused ("at", "yesterday");
  assert_refused ("at", "2026-11-23");
  assert_refused ("count", "1.5");
  assert_refused ("count", "99999999999999999999");
  assert_refused ("level", "4");
  assert_refused ("other_id", "0");
  assert_refused ("share", "nan");
  assert_refused ("share", "1,5");
  assert_refused ("told", "perhaps");
  assert_refused ("sex", "x");
  assert_refused ("name", "\xff");
}

static void
test_choice_hint (void)
{
  g_autoptr (Sample) sample = xq_sample_new ();
  g_autoptr (GError) error = NULL;

  xq_field_set_text (xq_entity_field (&sample_entity, "sex"), sample, "x", &error);
  g_assert_nonnull (strstr (error->message, "Boy"));
  g_assert_nonnull (strstr (error->message, "Girl"));
}

static void
test_display (void)
{
  static const struct
  {
    const char *field, *shown, *none;
  } cases[] = {
    { "name", "单小雨", "" },  { "day", "2012-03-05", "" }, { "at", "2026-11-23 09:02", "" },
    { "count", "-3", "0" },    { "level", "Level 2", "" },  { "other_id", "12", "" },
    { "share", "0.5", "0" },   { "told", "Yes", "No" },     { "sex", "Girl", "Not said" },
  };
  g_autoptr (Sample) sample = full_sample ();
  g_autoptr (Sample) none = xq_sample_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const XqField *field = xq_entity_field (&sample_entity, cases[i].field);
      g_autofree char *shown = xq_field_display (field, sample);
      g_autofree char *empty = xq_field_display (field, none);

      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpstr (empty, ==, cases[i].none);
    }
}

static void
test_display_any_locale (void)
{
  g_autoptr (Sample) sample = full_sample ();
  g_autofree char *shown = NULL;

  sample->share = 1234.5;
  shown = xq_field_display (xq_entity_field (&sample_entity, "share"), sample);
  g_assert_cmpstr (shown, ==, "1234.5");
}

static void
test_json (void)
{
  g_autoptr (Sample) sample = full_sample ();
  g_autoptr (Sample) none = xq_sample_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *full = NULL;
  g_autofree char *empty = NULL;

  json_node_take_object (node, xq_record_to_json (&sample_entity, sample));
  full = json_to_string (node, FALSE);
  g_assert_cmpstr (full, ==,
                   "{\"id\":7,\"name\":\"单小雨\",\"day\":\"2012-03-05\",\"at\":\"2026-11-23T09:02:00+08:00\","
                   "\"count\":-3,\"level\":2,\"other_id\":12,\"share\":0.5,\"told\":true,\"sex\":\"female\"}");
  json_node_take_object (node, xq_record_to_json (&sample_entity, none));
  empty = json_to_string (node, FALSE);
  g_assert_cmpstr (empty, ==,
                   "{\"id\":0,\"name\":null,\"day\":null,\"at\":null,\"count\":0,\"level\":null,"
                   "\"other_id\":null,\"share\":0.0,\"told\":false,\"sex\":\"unknown\"}");
}

static void
test_difference (void)
{
  g_autoptr (Sample) before = full_sample ();
  g_autoptr (Sample) after = xq_sample_copy (before);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  after->level = 0;
  after->told = 5; /* any truth is the same truth */
  g_set_str (&after->name, "单大雨");
  json_node_take_object (node, xq_record_difference (&sample_entity, before, after));
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==, "{\"name\":[\"单小雨\",\"单大雨\"],\"level\":[2,null]}");
}

static void
test_difference_from_nothing (void)
{
  g_autoptr (Sample) after = xq_sample_new ();
  g_autoptr (JsonObject) difference = NULL;

  after->name = g_strdup ("单小雨");
  difference = xq_record_difference (&sample_entity, NULL, after);
  g_assert_true (json_object_has_member (difference, "name"));
  g_assert_false (json_object_has_member (difference, "day"));
}

static void
test_nothing_is_nothing (void)
{
  g_autoptr (Sample) none = xq_sample_new ();
  g_autoptr (Sample) empty = xq_sample_new ();
  const XqField *name = xq_entity_field (&sample_entity, "name");

  empty->name = g_strdup ("");
  g_assert_true (xq_field_equal (name, none, empty));
  g_assert_true (xq_field_is_empty (name, empty));
  g_assert_true (xq_field_is_empty (name, none));
  g_assert_null (xq_entity_field (&sample_entity, "nothing"));
  g_assert_cmpint (xq_choice_index (sexes, "male"), ==, 1);
  g_assert_cmpint (xq_choice_index (sexes, "other"), ==, -1);
  g_assert_cmpint (xq_choice_index (sexes, NULL), ==, -1);
}

static void
test_validate (void)
{
  g_autoptr (Sample) sample = full_sample ();
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_record_validate (&sample_entity, sample, &error));
  g_clear_pointer (&sample->name, g_free);
  g_assert_false (xq_record_validate (&sample_entity, sample, &error));
  g_assert_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Sample name"));
}

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", "2026-11-23T09:02:00+08:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/field/copy", test_copy);
  g_test_add_func ("/field/list-frees", test_list_frees);
  g_test_add_func ("/field/set-text", test_set_text);
  g_test_add_func ("/field/set-text-refused", test_set_text_refused);
  g_test_add_func ("/field/choice-hint", test_choice_hint);
  g_test_add_func ("/field/display", test_display);
  g_test_add_func ("/field/display-any-locale", test_display_any_locale);
  g_test_add_func ("/field/json", test_json);
  g_test_add_func ("/field/difference", test_difference);
  g_test_add_func ("/field/difference-from-nothing", test_difference_from_nothing);
  g_test_add_func ("/field/nothing-is-nothing", test_nothing_is_nothing);
  g_test_add_func ("/field/validate", test_validate);
  return g_test_run ();
}
