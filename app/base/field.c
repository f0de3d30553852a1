#include "config.h"

#include "base/field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"

#define TEXT_OF(field, record)    G_STRUCT_MEMBER (char *, (gpointer) (record), (field)->offset)
#define INTEGER_OF(field, record) G_STRUCT_MEMBER (gint64, (gpointer) (record), (field)->offset)
#define REAL_OF(field, record)    G_STRUCT_MEMBER (double, (gpointer) (record), (field)->offset)
#define BOOLEAN_OF(field, record) G_STRUCT_MEMBER (gboolean, (gpointer) (record), (field)->offset)
#define CHOICE_OF(field, record)  G_STRUCT_MEMBER (int, (gpointer) (record), (field)->offset)

static const char *const level_labels[] = { N_ ("Level 1"), N_ ("Level 2"), N_ ("Level 3") };

static gboolean
is_text (const XqField *field)
{
  return field->type == XQ_FIELD_TEXT || field->type == XQ_FIELD_DATE;
}

/* What was said about somebody does not stay in freed memory. */
static void
clear_text (const XqField *field, gpointer record)
{
  char *text = TEXT_OF (field, record);

  if (text != NULL && field->privacy != XQ_PRIVACY_PLAIN)
    explicit_bzero (text, strlen (text));
  g_free (text);
  TEXT_OF (field, record) = NULL;
}

/* Before each record stands its entity, so that a list can free what it holds; 16 bytes keep malloc's alignment. */
#define HEADER 16

static const XqEntity **
entity_of (gpointer record)
{
  return (const XqEntity **) ((guint8 *) record - HEADER);
}

gpointer
xq_record_new (const XqEntity *entity)
{
  gpointer record = (guint8 *) g_malloc0 (HEADER + entity->size) + HEADER;

  *entity_of (record) = entity;
  return record;
}

gpointer
xq_record_copy (const XqEntity *entity, gconstpointer record)
{
  gpointer copy;

  g_return_val_if_fail (record != NULL, NULL);

  copy = xq_record_new (entity);
  memcpy (copy, record, entity->size);
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    if (is_text (field))
      TEXT_OF (field, copy) = g_strdup (TEXT_OF (field, record));
  return copy;
}

void
xq_record_free (const XqEntity *entity, gpointer record)
{
  g_return_if_fail (record == NULL || *entity_of (record) == entity);

  xq_record_destroy (record);
}

void
xq_record_destroy (gpointer record)
{
  const XqEntity *entity;

  if (record == NULL)
    return;
  entity = *entity_of (record);
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    if (is_text (field))
      clear_text (field, record);
  g_free (entity_of (record));
}

const XqField *
xq_entity_field (const XqEntity *entity, const char *name)
{
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return field;
  return NULL;
}

int
xq_choice_index (const XqChoice *values, const char *id)
{
  if (id == NULL)
    return -1;
  for (int i = 0; values[i].id != NULL; i++)
    if (strcmp (values[i].id, id) == 0)
      return i;
  return -1;
}

static char *
display_time (gint64 at)
{
  g_autoptr (GDateTime) local = NULL;

  if (at == 0)
    return g_strdup ("");
  local = xq_clock_local (at);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static char *
display_real (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.10g", value));
}

static char *
display_level (gint64 level)
{
  return g_strdup (level >= 1 && level <= 3 ? _ (level_labels[level - 1]) : "");
}

/* An index that the table does not have is a programmer's error. */
static const XqChoice *
choice_of (const XqField *field, gconstpointer record)
{
  int index = CHOICE_OF (field, record);

  for (int i = 0; i <= index; i++)
    g_assert (field->values[i].id != NULL);
  return index < 0 ? NULL : &field->values[index];
}

char *
xq_field_display (const XqField *field, gconstpointer record)
{
  const XqChoice *choice;

  switch (field->type)
    {
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
      return g_strdup (TEXT_OF (field, record) != NULL ? TEXT_OF (field, record) : "");
    case XQ_FIELD_TIME:
      return display_time (INTEGER_OF (field, record));
    case XQ_FIELD_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, INTEGER_OF (field, record));
    case XQ_FIELD_LEVEL:
      return display_level (INTEGER_OF (field, record));
    case XQ_FIELD_REFERENCE:
      if (INTEGER_OF (field, record) == 0)
        return g_strdup ("");
      return g_strdup_printf ("%" G_GINT64_FORMAT, INTEGER_OF (field, record));
    case XQ_FIELD_REAL:
      return display_real (REAL_OF (field, record));
    case XQ_FIELD_BOOLEAN:
      return g_strdup (BOOLEAN_OF (field, record) ? _ ("Yes") : _ ("No"));
    case XQ_FIELD_CHOICE:
      choice = choice_of (field, record);
      return g_strdup (choice != NULL ? _ (choice->label) : "");
    default:
      g_assert_not_reached ();
    }
}

static JsonNode *
json_text (const char *text)
{
  return text != NULL ? json_node_init_string (json_node_alloc (), text)
                      : json_node_init_null (json_node_alloc ());
}

JsonNode *
xq_field_to_json (const XqField *field, gconstpointer record)
{
  g_autofree char *iso = NULL;
  const XqChoice *choice;

  switch (field->type)
    {
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
      return json_text (TEXT_OF (field, record));
    case XQ_FIELD_TIME:
      if (INTEGER_OF (field, record) != 0)
        iso = xq_clock_iso (INTEGER_OF (field, record));
      return json_text (iso);
    case XQ_FIELD_INTEGER:
      return json_node_init_int (json_node_alloc (), INTEGER_OF (field, record));
    case XQ_FIELD_LEVEL:
    case XQ_FIELD_REFERENCE:
      if (INTEGER_OF (field, record) == 0)
        return json_text (NULL);
      return json_node_init_int (json_node_alloc (), INTEGER_OF (field, record));
    case XQ_FIELD_REAL:
      return json_node_init_double (json_node_alloc (), REAL_OF (field, record));
    case XQ_FIELD_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), BOOLEAN_OF (field, record));
    case XQ_FIELD_CHOICE:
      choice = choice_of (field, record);
      return json_text (choice != NULL ? choice->id : NULL);
    default:
      g_assert_not_reached ();
    }
}

gboolean
xq_field_equal (const XqField *field, gconstpointer a, gconstpointer b)
{
  const char *left, *right;

  switch (field->type)
    {
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
      left = TEXT_OF (field, a);
      right = TEXT_OF (field, b);
      return strcmp (left != NULL ? left : "", right != NULL ? right : "") == 0;
    case XQ_FIELD_TIME:
    case XQ_FIELD_INTEGER:
    case XQ_FIELD_LEVEL:
    case XQ_FIELD_REFERENCE:
      return INTEGER_OF (field, a) == INTEGER_OF (field, b);
    case XQ_FIELD_REAL:
      return memcmp (&REAL_OF (field, a), &REAL_OF (field, b), sizeof (double)) == 0;
    case XQ_FIELD_BOOLEAN:
      return !BOOLEAN_OF (field, a) == !BOOLEAN_OF (field, b);
    case XQ_FIELD_CHOICE:
      return CHOICE_OF (field, a) == CHOICE_OF (field, b);
    default:
      g_assert_not_reached ();
    }
}

gboolean
xq_field_is_empty (const XqField *field, gconstpointer record)
{
  switch (field->type)
    {
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
      return TEXT_OF (field, record) == NULL || *TEXT_OF (field, record) == '\0';
    case XQ_FIELD_TIME:
    case XQ_FIELD_LEVEL:
    case XQ_FIELD_REFERENCE:
      return INTEGER_OF (field, record) == 0;
    case XQ_FIELD_CHOICE:
      return CHOICE_OF (field, record) < 0;
    case XQ_FIELD_INTEGER:
    case XQ_FIELD_REAL:
    case XQ_FIELD_BOOLEAN:
      return FALSE;
    default:
      g_assert_not_reached ();
    }
}

JsonObject *
xq_record_to_json (const XqEntity *entity, gconstpointer record)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", XQ_RECORD_ID (record));
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    json_object_set_member (object, field->name, xq_field_to_json (field, record));
  return object;
}

JsonObject *
xq_record_difference (const XqEntity *entity, gconstpointer before, gconstpointer after)
{
  JsonObject *object = json_object_new ();

  for (const XqField *field = entity->fields; field->name != NULL; field++)
    {
      JsonArray *pair;

      if (before != NULL ? xq_field_equal (field, before, after) : xq_field_is_empty (field, after))
        continue;
      pair = json_array_new ();
      json_array_add_element (pair, before != NULL ? xq_field_to_json (field, before) : json_text (NULL));
      json_array_add_element (pair, xq_field_to_json (field, after));
      json_object_set_array_member (object, field->name, pair);
    }
  return object;
}

gboolean
xq_record_validate (const XqEntity *entity, gconstpointer record, GError **error)
{
  for (const XqField *field = entity->fields; field->name != NULL; field++)
    if ((field->flags & XQ_FIELD_REQUIRED) && xq_field_is_empty (field, record))
      {
        g_set_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED, _ ("“%s” must not be empty."),
                     _ (field->label != NULL ? field->label : field->name));
        return FALSE;
      }
  return TRUE;
}
