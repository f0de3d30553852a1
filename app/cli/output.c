#include "config.h"

#include "cli/output.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/words.h"
#include "cli/cli.h"

/* Rows that are looked at before the columns of a table get their widths. */
#define ROWS_MEASURED 200
#define CELL_MAXIMUM 60

static void
put (const char *text)
{
  fputs (text, stdout);
}

static void
put_json (JsonNode *node, gboolean pretty)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_pretty (generator, pretty);
  json_generator_set_root (generator, node);
  text = json_generator_to_data (generator, NULL);
  put (text);
}

static JsonNode *
object_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/* -- one value as people read it */

static char *node_text (JsonNode *node, const XqChoice *values);

static char *
array_text (JsonArray *array, const XqChoice *values)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item = node_text (json_array_get_element (array, i), values);

      if (i > 0)
        g_string_append (text, " / ");
      g_string_append (text, item);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* {"en": …, "zh_CN": …}: the same thing in several languages. */
static gboolean
is_words (JsonObject *object)
{
  static const char *const languages[] = { "en", "zh_CN", "zh_TW" };
  guint known = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    known += json_object_has_member (object, languages[i]);
  return known > 0 && known == json_object_get_size (object);
}

/* Of {"person": 1000, "warning": 4} the names matter, of a record in a list what it says; of counts by something, what. */
static gboolean
is_counts (JsonObject *object)
{
  g_autoptr (GList) values = json_object_get_values (object);

  for (GList *each = values; each != NULL; each = each->next)
    if (json_node_get_value_type (each->data) != G_TYPE_INT64)
      return FALSE;
  return TRUE;
}

/* In the reader's words where there are some for it. */
static const char *
id_text (const char *id, const XqChoice *values)
{
  int index = values != NULL ? xq_choice_index (values, id) : -1;

  return index >= 0 ? _(values[index].label) : id;
}

static char *
object_text (JsonObject *object, const XqChoice *values)
{
  const gboolean counts = is_counts (object);
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (XqWords) words = { NULL };
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (is_words (object))
    {
      xq_words_read (object, &words);
      return g_strdup (xq_words_get (&words));
    }
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *item = node_text (node, values);

      if (counts)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? _(", ") : "", id_text (name, values), item);
      else if (JSON_NODE_HOLDS_OBJECT (node) && is_counts (json_node_get_object (node)))
        g_string_append_printf (text, "%s%s · %s", text->len > 0 ? " / " : "", name, item);
      else if (*item != '\0' && !g_str_equal (name, "id"))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", item);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
value_text (JsonNode *node, const XqChoice *values)
{
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _("yes") : _("no"));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup_printf ("%.6g", json_node_get_double (node));
  return g_strdup (id_text (json_node_get_string (node), values));
}

static char *
node_text (JsonNode *node, const XqChoice *values)
{
  if (node == NULL || json_node_is_null (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return array_text (json_node_get_array (node), values);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return object_text (json_node_get_object (node), values);
  return value_text (node, values);
}

static JsonNode *
member (JsonObject *row, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = NULL;

  for (char **name = names; *name != NULL; name++)
    {
      node = json_object_get_member (row, *name);
      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return name[1] == NULL ? node : NULL;
      row = json_node_get_object (node);
    }
  return node;
}

/* -- a table */

/* A Han character takes two places. */
static int
width (const char *text)
{
  int places = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    places += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : g_unichar_iszerowidth (g_utf8_get_char (text)) ? 0 : 1;
  return places;
}

static char **
row_texts (XqOutput *output, JsonObject *row)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (const XqColumn *column = output->columns; column->member != NULL; column++)
    {
      g_autofree char *text = node_text (member (row, column->member), column->values);

      g_strdelimit (text, "\n\t", ' ');
      g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

static void
put_row (XqOutput *output, char **texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      int room = g_array_index (output->widths, int, i) - width (texts[i]);

      put (texts[i]);
      if (texts[i + 1] != NULL)
        printf ("%*s", MAX (room, 0) + 2, "");
    }
  put ("\n");
}

static void
measure (XqOutput *output, char **texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      int *widest = &g_array_index (output->widths, int, i);

      *widest = CLAMP (width (texts[i]), *widest, CELL_MAXIMUM);
    }
}

static void
put_waiting (XqOutput *output)
{
  for (guint i = 0; i < output->waiting->len; i++)
    measure (output, g_ptr_array_index (output->waiting, i));
  for (guint i = 0; i < output->waiting->len; i++)
    put_row (output, g_ptr_array_index (output->waiting, i));
  g_clear_pointer (&output->waiting, g_ptr_array_unref);
}

void
xq_output_begin (XqOutput *output, const XqColumn *columns)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  output->columns = columns;
  output->rows = 0;
  if (output->json)
    {
      put ("[");
      return;
    }
  output->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  output->widths = g_array_new (FALSE, TRUE, sizeof (int));
  for (const XqColumn *column = columns; column->member != NULL; column++)
    g_strv_builder_add (titles, _(column->title));
  g_ptr_array_add (output->waiting, g_strv_builder_end (titles));
  g_array_set_size (output->widths, g_strv_length (g_ptr_array_index (output->waiting, 0)));
}

void
xq_output_row (XqOutput *output, JsonObject *row)
{
  g_autoptr (JsonNode) node = object_node (row);

  if (output->json)
    {
      put (output->rows++ == 0 ? "\n" : ",\n");
      put_json (node, FALSE);
      return;
    }
  output->rows++;
  if (output->waiting != NULL)
    {
      g_ptr_array_add (output->waiting, row_texts (output, row));
      if (output->waiting->len > ROWS_MEASURED)
        put_waiting (output);
    }
  else
    {
      g_auto (GStrv) texts = row_texts (output, row);

      put_row (output, texts);
    }
}

void
xq_output_end (XqOutput *output)
{
  if (output->json)
    {
      put (output->rows > 0 ? "\n]\n" : "]\n");
      return;
    }
  if (output->waiting != NULL)
    put_waiting (output);
  g_clear_pointer (&output->widths, g_array_unref);
}

void
xq_output_rows (XqOutput *output, JsonArray *rows, const XqColumn *columns)
{
  g_autoptr (JsonArray) owned = rows;

  xq_output_begin (output, columns);
  for (guint i = 0; i < json_array_get_length (owned); i++)
    xq_output_row (output, json_object_ref (json_array_get_object_element (owned, i)));
  xq_output_end (output);
}

/* -- one object, one document */

static void
put_line (const char *title, JsonNode *node, const XqChoice *values)
{
  g_autofree char *text = node_text (node, values);

  printf (_("%s: %s"), title, text);
  putchar ('\n');
}

void
xq_output_object (XqOutput *output, JsonObject *object, const XqColumn *columns)
{
  g_autoptr (JsonNode) node = object_node (object);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (output->json)
    {
      put_json (node, TRUE);
      put ("\n");
      return;
    }
  for (const XqColumn *column = columns; column != NULL && column->member != NULL; column++)
    put_line (_(column->title), member (object, column->member), column->values);
  if (columns != NULL)
    return;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    put_line (name, value, NULL);
}

void
xq_output_node (XqOutput *output, JsonNode *node, const char *text)
{
  g_autoptr (JsonNode) owned = node;

  if (output->json)
    put_json (owned, TRUE);
  else
    put (text);
  put ("\n");
}

gboolean
xq_output_list_node (XqOutput *output, JsonNode *rows, const XqColumn *columns)
{
  g_autoptr (JsonNode) owned = rows;

  if (owned == NULL)
    return FALSE;
  xq_output_rows (output, json_node_dup_array (owned), columns);
  return TRUE;
}

gboolean
xq_output_object_node (XqOutput *output, JsonNode *object, const XqColumn *columns)
{
  g_autoptr (JsonNode) owned = object;

  return owned != NULL && xq_output_record (output, json_node_dup_object (owned), columns);
}

gboolean
xq_output_record (XqOutput *output, JsonObject *object, const XqColumn *columns)
{
  if (object == NULL)
    return FALSE;
  xq_output_object (output, object, columns);
  return TRUE;
}

gboolean
xq_output_flush (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_IO, _("The answer could not be written: %s"), g_strerror (errno));
  return FALSE;
}
