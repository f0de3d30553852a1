/* Values from text that people or other programs wrote. */
#include "config.h"

#include "base/field.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"

static gboolean
refuse (GError **error, const XqField *field, const char *text, const char *hint)
{
  g_set_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED, _ ("“%s” does not fit “%s”. %s"), text,
               _ (field->label != NULL ? field->label : field->name), hint);
  return FALSE;
}

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x3000 || c == 0xfeff || c == 0x200b;
}

static char *
trimmed (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && is_space (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && is_space (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (text, end - text);
}

static gboolean
same_word (const char *text, const char *word)
{
  g_autofree char *left = g_utf8_casefold (text, -1);
  g_autofree char *right = g_utf8_casefold (word, -1);

  return strcmp (left, right) == 0;
}

static gboolean
is_one_of (const char *text, const char *const *words)
{
  for (; *words != NULL; words++)
    if (same_word (text, *words))
      return TRUE;
  return FALSE;
}

static gboolean
set_date (const XqField *field, gpointer record, const char *text, GError **error)
{
  g_autofree char *date = xq_date_parse_entry (text, error);

  if (date == NULL)
    {
      g_prefix_error (error, "%s: ", _ (field->label != NULL ? field->label : field->name));
      return FALSE;
    }
  g_set_str (&G_STRUCT_MEMBER (char *, record, field->offset), date);
  return TRUE;
}

/* "2026-11-23 09:02", with a T, seconds or an offset if one likes. */
static gboolean
set_time (const XqField *field, gpointer record, const char *text, GError **error)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autofree char *full = g_strdelimit (g_strdup (text), " ", 'T');
  g_autoptr (GDateTime) at = NULL;

  if (strlen (full) == strlen ("2026-11-23T09:02"))
    {
      g_autofree char *minutes = g_steal_pointer (&full);

      full = g_strconcat (minutes, ":00", NULL);
    }
  at = g_date_time_new_from_iso8601 (full, here);
  if (at == NULL)
    return refuse (error, field, text, _ ("Write the time as 2026-11-23 09:02."));
  G_STRUCT_MEMBER (gint64, record, field->offset) = g_date_time_to_unix (at);
  return TRUE;
}

static gboolean
set_integer (const XqField *field, gpointer record, const char *text, gint64 least, gint64 most,
             GError **error)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, least, most, &value, NULL))
    return refuse (error, field, text, _ ("Write a whole number."));
  G_STRUCT_MEMBER (gint64, record, field->offset) = value;
  return TRUE;
}

static gboolean
set_level (const XqField *field, gpointer record, const char *text, GError **error)
{
  static const char *const words[3][6] = {
    { "1", "1级", "一级", "一級", "Level 1", NULL },
    { "2", "2级", "二级", "二級", "Level 2", NULL },
    { "3", "3级", "三级", "三級", "Level 3", NULL },
  };

  for (int i = 0; i < 3; i++)
    if (is_one_of (text, words[i]))
      {
        G_STRUCT_MEMBER (gint64, record, field->offset) = i + 1;
        return TRUE;
      }
  return refuse (error, field, text, _ ("A level is 1, 2 or 3."));
}

static gboolean
set_real (const XqField *field, gpointer record, const char *text, GError **error)
{
  char *end;
  double value = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (value))
    return refuse (error, field, text, _ ("Write a number."));
  G_STRUCT_MEMBER (double, record, field->offset) = value;
  return TRUE;
}

static gboolean
set_boolean (const XqField *field, gpointer record, const char *text, GError **error)
{
  static const char *const yes[] = { "yes", "true", "1", "y", "是", "有", "√", NULL };
  static const char *const no[] = { "no", "false", "0", "n", "否", "无", "無", "×", NULL };
  gboolean value = is_one_of (text, yes) || same_word (text, _ ("Yes"));

  if (!value && !is_one_of (text, no) && !same_word (text, _ ("No")))
    return refuse (error, field, text, _ ("Write yes or no."));
  G_STRUCT_MEMBER (gboolean, record, field->offset) = value;
  return TRUE;
}

static gboolean
set_choice (const XqField *field, gpointer record, const char *text, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);
  g_autofree char *hint = NULL;

  for (int i = 0; field->values[i].id != NULL; i++)
    {
      const XqChoice *choice = &field->values[i];

      if (same_word (text, choice->id) || same_word (text, choice->label)
          || same_word (text, _ (choice->label)))
        {
          G_STRUCT_MEMBER (int, record, field->offset) = i;
          return TRUE;
        }
      g_string_append_printf (known, "%s%s", i > 0 ? _ (", ") : "", _ (choice->label));
    }
  hint = g_strdup_printf (_ ("It is one of: %s."), known->str);
  return refuse (error, field, text, hint);
}

/* Nothing was written: none, or the first of the choices. */
static void
set_none (const XqField *field, gpointer record)
{
  if (field->type == XQ_FIELD_TEXT || field->type == XQ_FIELD_DATE)
    g_clear_pointer (&G_STRUCT_MEMBER (char *, record, field->offset), g_free);
  else if (field->type == XQ_FIELD_BOOLEAN || field->type == XQ_FIELD_CHOICE)
    G_STRUCT_MEMBER (int, record, field->offset) = 0;
  else if (field->type == XQ_FIELD_REAL)
    G_STRUCT_MEMBER (double, record, field->offset) = 0;
  else
    G_STRUCT_MEMBER (gint64, record, field->offset) = 0;
}

gboolean
xq_field_set_text (const XqField *field, gpointer record, const char *text, GError **error)
{
  g_autofree char *value = NULL;
  g_autofree char *plain = NULL;

  g_return_val_if_fail (record != NULL, FALSE);

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    return refuse (error, field, "?", _ ("It is not valid text."));
  value = trimmed (text != NULL ? text : "");
  if (*value == '\0')
    {
      set_none (field, record);
      return TRUE;
    }
  if (field->type == XQ_FIELD_TEXT)
    {
      g_set_str (&G_STRUCT_MEMBER (char *, record, field->offset), value);
      return TRUE;
    }

  /* Full-width digits and letters count as their plain ones. */
  plain = g_utf8_normalize (value, -1, G_NORMALIZE_ALL_COMPOSE);
  switch (field->type)
    {
    case XQ_FIELD_DATE:
      return set_date (field, record, plain, error);
    case XQ_FIELD_TIME:
      return set_time (field, record, plain, error);
    case XQ_FIELD_INTEGER:
      return set_integer (field, record, plain, G_MININT64, G_MAXINT64, error);
    case XQ_FIELD_REFERENCE:
      return set_integer (field, record, plain, 1, G_MAXINT64, error);
    case XQ_FIELD_LEVEL:
      return set_level (field, record, plain, error);
    case XQ_FIELD_REAL:
      return set_real (field, record, plain, error);
    case XQ_FIELD_BOOLEAN:
      return set_boolean (field, record, plain, error);
    case XQ_FIELD_CHOICE:
      return set_choice (field, record, plain, error);
    case XQ_FIELD_TEXT:
    default:
      g_assert_not_reached ();
    }
}
