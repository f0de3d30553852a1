#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "report/definition.h"

#define WORDS "{\"en\":\"E\",\"zh_CN\":\"C\",\"zh_TW\":\"T\"}"
#define BLOCK "{\"id\":\"b\",\"title\":" WORDS ",\"kind\":\"table\",\"dimension\":\"grade\",\"indicators\":[\"due\",\"tested\"]}"
#define HEAD "\"id\":\"r\",\"title\":" WORDS ",\"purpose\":" WORDS ",\"profiles\":[\"school\"],\"outputs\":[\"xlsx\"]"

static XqReportDefinition *
parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));

  return xq_report_definition_parse (bytes, "own.json", error);
}

static void
shipped_ones_are_sound (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = xq_report_definition_list (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < all->len; i++)
    {
      const XqReportDefinition *definition = g_ptr_array_index (all, i);
      g_autoptr (XqReportDefinition) again = xq_report_definition_load (definition->id, &error);

      g_assert_no_error (error);
      g_assert_cmpint (again->threshold, ==, 5);
      g_assert_cmpuint (again->blocks->len, ==, definition->blocks->len);
    }
}

static void
unknown_report_lists_the_known (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_report_definition_load ("../schema/0001-vault.sql", &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "bureau-term"));
  g_assert_nonnull (strstr (error->message, "principal-term"));
}

static void
good_one_is_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReportDefinition) definition = parse ("{" HEAD ",\"threshold\":5,\"blocks\":[" BLOCK "]}", &error);
  const XqBlockDefinition *block;

  g_assert_no_error (error);
  g_assert_cmpstr (definition->title, ==, "E");
  block = g_ptr_array_index (definition->blocks, 0);
  g_assert_cmpuint (g_strv_length (block->indicators), ==, 2);
  g_assert_cmpint (block->kind, ==, XQ_BLOCK_TABLE);
}

static void
mistakes_are_named (void)
{
  const struct
  {
    const char *json;
    const char *place;
  } cases[] = {
    { "", "own.json" },
    { "{", "own.json" },
    { "[]", "own.json" },
    { "{" HEAD ",\"threshold\":5}", "blocks" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[]}", "blocks" },
    { "{" HEAD ",\"threshold\":2,\"blocks\":[" BLOCK "]}", "threshold" },
    { "{" HEAD ",\"threshold\":\"5\",\"blocks\":[" BLOCK "]}", "threshold" },
    { "{" HEAD ",\"threshold\":5,\"treshold\":5,\"blocks\":[" BLOCK "]}", "treshold" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[" BLOCK "," BLOCK "]}", "blocks[1].id" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[7]}", "blocks[0]" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[{\"id\":\"b\"}]}", "blocks[0].title" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[{\"id\":\"b\",\"title\":{\"en\":\"E\"},\"kind\":\"table\"}]}", "blocks[0].zh_CN" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[{\"id\":\"b\",\"title\":" WORDS ",\"kind\":\"tabel\",\"dimension\":\"grade\"}]}",
      "“tabel”" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[{\"id\":\"b\",\"title\":" WORDS
      ",\"kind\":\"table\",\"dimension\":\"grade\",\"indicators\":[\"nobody\"]}]}",
      "“nobody”" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[{\"id\":\"b\",\"title\":" WORDS
      ",\"kind\":\"table\",\"dimension\":\"grade\",\"indicators\":[7]}]}",
      "blocks[0].indicators" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[{\"id\":\"b\",\"title\":" WORDS
      ",\"kind\":\"chart\",\"dimension\":\"grade\",\"indicators\":[\"due\"]}]}",
      "blocks[0].look" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[{\"id\":\"b\",\"title\":" WORDS
      ",\"kind\":\"table\",\"dimension\":\"week\",\"indicators\":[\"due\"]}]}",
      "blocks[0].indicators" },
    { "{" HEAD ",\"threshold\":5,\"blocks\":[{\"id\":\"b\",\"title\":" WORDS
      ",\"kind\":\"chart\",\"look\":\"bars\",\"chart\":[\"valid\"],\"dimension\":\"grade\",\"indicators\":[\"due\"]}]}",
      "blocks[0].chart" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].json, &error));
      g_assert_error (error, XQ_REPORT_ERROR, XQ_ERROR_REFUSED);
      if (strstr (error->message, cases[i].place) == NULL || !g_str_has_prefix (error->message, "own.json"))
        g_error ("“%s” does not name %s", error->message, cases[i].place);
    }
}

static void
empty_file_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  g_assert_null (xq_report_definition_parse (nothing, "own.json", &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "own.json"));
}

int
main (int argc, char **argv)
{
  xq_i18n_init ("en");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/definition/shipped", shipped_ones_are_sound);
  g_test_add_func ("/definition/unknown", unknown_report_lists_the_known);
  g_test_add_func ("/definition/good", good_one_is_read);
  g_test_add_func ("/definition/mistakes", mistakes_are_named);
  g_test_add_func ("/definition/empty", empty_file_is_refused);
  return g_test_run ();
}
