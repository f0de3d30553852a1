#include "config.h"

#include "report/definition.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/resource.h"
#include "report/indicator.h"

/* Where a mistake is: "bureau-term.json: blocks[2].indicators[0]". */
typedef struct
{
  const char *name;
  char *place;
} Reader;

static const char *const kinds[] = { "table", "chart", "text", "ledger" };
static const char *const looks[] = { "tiles", "levels", "funnel", "bars", "rows", "heat", "list", "decisions", "signature" };
static const char *const outputs[] = { "xlsx", "pdf", "csv", "json" };
static const char *const profiles[] = { "school", "college", "enterprise" };
static const char *const dimensions[] = { "grade", "measure", "week", "problem", "activity", "staff",
                                          "tiles", "late", "decisions", "signature" };

static void
block_definition_free (gpointer data)
{
  XqBlockDefinition *block = data;

  g_free (block->id);
  g_free (block->title);
  g_free (block->subtitle);
  g_free (block->look);
  g_strfreev (block->charted);
  g_free (block->dimension);
  g_strfreev (block->indicators);
  g_free (block);
}

void
xq_report_definition_free (XqReportDefinition *definition)
{
  if (definition == NULL)
    return;
  g_free (definition->id);
  g_free (definition->title);
  g_free (definition->purpose);
  g_strfreev (definition->profiles);
  g_strfreev (definition->outputs);
  g_ptr_array_unref (definition->blocks);
  g_free (definition);
}

static gboolean G_GNUC_PRINTF (4, 5)
refuse (const Reader *reader, const char *member, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_REFUSED, "%s: %s%s: %s", reader->name,
               reader->place != NULL ? reader->place : "", member, what);
  return FALSE;
}

static gboolean
is_one_of (const char *text, const char *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (text, list[i]))
      return TRUE;
  return FALSE;
}

/* Every member is one that is known: a misspelt one is not passed over. */
static gboolean
check_members (const Reader *reader, JsonObject *object, const char *const *known, gsize n, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    if (!is_one_of (member->data, known, n))
      return refuse (reader, member->data, error, _("there is no such member"));
  return TRUE;
}

static gboolean
read_string (const Reader *reader, JsonObject *object, const char *member, char **ret_text, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING
      || json_node_get_string (node)[0] == '\0')
    return refuse (reader, member, error, _("a text is needed"));
  *ret_text = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_choice (const Reader *reader, JsonObject *object, const char *member, const char *const *list, gsize n, char **ret_text,
             GError **error)
{
  if (!read_string (reader, object, member, ret_text, error))
    return FALSE;
  if (is_one_of (*ret_text, list, n))
    return TRUE;
  return refuse (reader, member, error, _("“%s” is not known here"), *ret_text);
}

/* {"en": …, "zh_CN": …, "zh_TW": …}: all three, the present one is taken. */
static gboolean
read_words (const Reader *reader, JsonObject *object, const char *member, char **ret_text, GError **error)
{
  static const char *const languages[] = { "en", "zh_CN", "zh_TW" };
  JsonNode *node = json_object_get_member (object, member);
  JsonObject *words;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse (reader, member, error, _("words in three languages are needed"));
  words = json_node_get_object (node);
  if (!check_members (reader, words, languages, G_N_ELEMENTS (languages), error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *text = NULL;

      if (!read_string (reader, words, languages[i], &text, error))
        return FALSE;
      if (g_str_equal (languages[i], xq_i18n_language ()))
        *ret_text = g_steal_pointer (&text);
    }
  return TRUE;
}

static gboolean
read_strings (const Reader *reader, JsonObject *object, const char *member, const char *const *list, gsize n, char ***ret_texts,
              GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return refuse (reader, member, error, _("a list is needed"));
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text = json_node_get_value_type (element) == G_TYPE_STRING ? json_node_get_string (element) : NULL;

      if (text == NULL)
        return refuse (reader, member, error, _("number %u is not a text"), i + 1);
      if (list != NULL && !is_one_of (text, list, n))
        return refuse (reader, member, error, _("“%s” is not known here"), text);
      g_strv_builder_add (texts, text);
    }
  *ret_texts = g_strv_builder_end (texts);
  return TRUE;
}

/* "tag_*" stands for all marks of key populations. */
static char **
expand_tags (char **ids)
{
  g_autoptr (GStrvBuilder) expanded = g_strv_builder_new ();
  g_auto (GStrv) all = xq_indicator_ids ();

  for (char **id = ids; *id != NULL; id++)
    if (!g_str_equal (*id, "tag_*"))
      g_strv_builder_add (expanded, *id);
    else
      for (char **known = all; *known != NULL; known++)
        if (g_str_has_prefix (*known, "tag_"))
          g_strv_builder_add (expanded, *known);
  return g_strv_builder_end (expanded);
}

static gboolean
read_indicators (const Reader *reader, JsonObject *object, XqBlockDefinition *block, GError **error)
{
  const gboolean needed = g_str_equal (block->dimension, "grade") || g_str_equal (block->dimension, "measure");
  g_auto (GStrv) ids = NULL;

  if (!needed && json_object_has_member (object, "indicators"))
    return refuse (reader, "indicators", error, _("this block does not take any"));
  if (!needed)
    return TRUE;
  if (!read_strings (reader, object, "indicators", NULL, 0, &ids, error))
    return FALSE;
  block->indicators = expand_tags (ids);
  for (char **id = block->indicators; *id != NULL; id++)
    {
      XqIndicator known;

      if (!xq_indicator_find (*id, &known))
        return refuse (reader, "indicators", error, _("there is no indicator “%s”"), *id);
    }
  return TRUE;
}

static XqBlockKind
kind_of (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i], id))
      return (XqBlockKind) i;
  return XQ_BLOCK_TABLE;
}

static gboolean
read_block (const Reader *reader, JsonObject *object, XqBlockDefinition *block, GError **error)
{
  static const char *const known[]
      = { "id", "title", "subtitle", "kind", "look", "chart", "half", "dimension", "indicators" };
  g_autofree char *kind = NULL;

  if (!check_members (reader, object, known, G_N_ELEMENTS (known), error)
      || !read_string (reader, object, "id", &block->id, error)
      || !read_words (reader, object, "title", &block->title, error)
      || !read_choice (reader, object, "kind", kinds, G_N_ELEMENTS (kinds), &kind, error)
      || !read_choice (reader, object, "dimension", dimensions, G_N_ELEMENTS (dimensions), &block->dimension, error)
      || !read_indicators (reader, object, block, error))
    return FALSE;
  block->kind = kind_of (kind);
  if (json_object_has_member (object, "subtitle") && !read_words (reader, object, "subtitle", &block->subtitle, error))
    return FALSE;
  if (json_object_has_member (object, "look")
      && !read_choice (reader, object, "look", looks, G_N_ELEMENTS (looks), &block->look, error))
    return FALSE;
  if (json_object_has_member (object, "chart")
      && !read_strings (reader, object, "chart", (const char *const *) block->indicators,
                        block->indicators != NULL ? g_strv_length (block->indicators) : 0, &block->charted, error))
    return FALSE;
  if (json_object_has_member (object, "half"))
    block->half = json_object_get_boolean_member (object, "half");
  if (block->kind == XQ_BLOCK_CHART && block->look == NULL)
    return refuse (reader, "look", error, _("a chart needs one"));
  return TRUE;
}

static gboolean
read_blocks (Reader *reader, JsonObject *object, XqReportDefinition *definition, GError **error)
{
  JsonNode *node = json_object_get_member (object, "blocks");
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return refuse (reader, "blocks", error, _("a list is needed"));
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      XqBlockDefinition *block = g_new0 (XqBlockDefinition, 1);

      g_ptr_array_add (definition->blocks, block);
      g_free (reader->place);
      reader->place = g_strdup_printf ("blocks[%u].", i);
      if (!JSON_NODE_HOLDS_OBJECT (element))
        return refuse (reader, "", error, _("a block is needed"));
      if (!read_block (reader, json_node_get_object (element), block, error))
        return FALSE;
      if (!g_hash_table_add (ids, block->id))
        return refuse (reader, "id", error, _("“%s” is there twice"), block->id);
    }
  g_clear_pointer (&reader->place, g_free);
  return TRUE;
}

/* 0, or 3 and more: with 2, a covered cell could only be 1. */
static gboolean
read_threshold (const Reader *reader, JsonObject *object, XqReportDefinition *definition, GError **error)
{
  JsonNode *node = json_object_get_member (object, "threshold");
  gint64 value;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse (reader, "threshold", error, _("a whole number is needed"));
  value = json_node_get_int (node);
  if (value != 0 && (value < 3 || value > 100))
    return refuse (reader, "threshold", error, _("0, or 3 to 100"));
  definition->threshold = (int) value;
  return TRUE;
}

static gboolean
read_definition (Reader *reader, JsonObject *object, XqReportDefinition *definition, GError **error)
{
  static const char *const known[] = { "id", "title", "purpose", "profiles", "outputs", "threshold", "blocks" };

  return check_members (reader, object, known, G_N_ELEMENTS (known), error)
         && read_string (reader, object, "id", &definition->id, error)
         && read_words (reader, object, "title", &definition->title, error)
         && read_words (reader, object, "purpose", &definition->purpose, error)
         && read_strings (reader, object, "profiles", profiles, G_N_ELEMENTS (profiles), &definition->profiles, error)
         && read_strings (reader, object, "outputs", outputs, G_N_ELEMENTS (outputs), &definition->outputs, error)
         && read_threshold (reader, object, definition, error) && read_blocks (reader, object, definition, error);
}

XqReportDefinition *
xq_report_definition_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (XqReportDefinition) definition = g_new0 (XqReportDefinition, 1);
  g_autoptr (GError) why = NULL;
  Reader reader = { name, NULL };
  const char *text = g_bytes_get_data (bytes, NULL);
  JsonNode *root;
  gboolean good;

  definition->blocks = g_ptr_array_new_with_free_func (block_definition_free);
  /* An empty file has no bytes at all. */
  if (!json_parser_load_from_data (parser, text != NULL ? text : "", (gssize) g_bytes_get_size (bytes), &why))
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_REFUSED, "%s: %s", name, why->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse (&reader, "", error, _("this is not a report definition"));
      return NULL;
    }
  good = read_definition (&reader, json_node_get_object (root), definition, error);
  g_free (reader.place);
  return good ? g_steal_pointer (&definition) : NULL;
}

static char *
known_ids (void)
{
  g_auto (GStrv) names = xq_resource_list ("reports");

  for (char **name = names; *name != NULL; name++)
    if (g_str_has_suffix (*name, ".json"))
      (*name)[strlen (*name) - strlen (".json")] = '\0';
  return g_strjoinv (_(", "), names);
}

XqReportDefinition *
xq_report_definition_load (const char *id, GError **error)
{
  g_autofree char *path = g_strdup_printf ("reports/%s.json", id);
  g_autoptr (GBytes) bytes = strchr (id, '/') == NULL ? xq_resource_load (path, NULL) : NULL;

  if (bytes == NULL)
    {
      g_autofree char *known = known_ids ();

      g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_NOT_FOUND, _("There is no report “%s”. There are: %s."), id, known);
      return NULL;
    }
  return xq_report_definition_parse (bytes, path, error);
}

GPtrArray *
xq_report_definition_list (GError **error)
{
  g_autoptr (GPtrArray) definitions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_report_definition_free);
  g_auto (GStrv) names = xq_resource_list ("reports");

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat ("reports/", *name, NULL);
      g_autoptr (GBytes) bytes = xq_resource_load (path, error);
      XqReportDefinition *definition = bytes != NULL ? xq_report_definition_parse (bytes, path, error) : NULL;

      if (definition == NULL)
        return NULL;
      g_ptr_array_add (definitions, definition);
    }
  return g_steal_pointer (&definitions);
}
