/* What a new vault's calendar starts with. */
#include "config.h"

#include "calendar/term.h"

#include "base/date.h"
#include "base/i18n.h"
#include "base/json-lines.h"
#include "base/resource.h"
#include "vault/audit.h"

static XqJsonLines *
load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = xq_resource_load (path, error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return xq_json_lines_parse (text, path, error);
}

static const char *
in_present_language (JsonObject *object, const char *member)
{
  JsonObject *words = json_object_get_object_member (object, member);

  return json_object_get_string_member (words, xq_i18n_language ());
}

static gboolean
install_terms (XqDatabase *database, GError **error)
{
  g_autoptr (XqJsonLines) lines = load ("calendar/terms.json", error);
  JsonArray *terms;

  if (lines == NULL)
    return FALSE;
  terms = json_object_get_array_member (xq_json_lines_root (lines), "terms");
  for (guint i = 0; i < json_array_get_length (terms); i++)
    {
      JsonObject *term = json_array_get_object_element (terms, i);

      if (!xq_database_execute (
              database, error,
              "INSERT OR IGNORE INTO term (school_year, number, name, from_date, to_date)"
              " VALUES (:year, :number, :name, :from, :to)",
              XQ_TEXT (":year", json_object_get_string_member (term, "school_year")),
              XQ_INTEGER (":number", json_object_get_int_member (term, "number")),
              XQ_TEXT (":name", in_present_language (term, "name")),
              XQ_TEXT (":from", json_object_get_string_member (term, "from")),
              XQ_TEXT (":to", json_object_get_string_member (term, "to")), XQ_END))
        return FALSE;
    }
  return TRUE;
}

static gboolean
install_day (XqDatabase *database, const char *date, gboolean working, const char *name, GError **error)
{
  return xq_database_execute (database, error,
                              "INSERT OR IGNORE INTO day_exception (date, working, name)"
                              " VALUES (:date, :working, :name)",
                              XQ_TEXT (":date", date), XQ_INTEGER (":working", working),
                              XQ_TEXT (":name", name), XQ_END);
}

static gboolean
install_holiday (XqDatabase *database, JsonObject *holiday, const char *make_up_pattern, GError **error)
{
  const char *name = in_present_language (holiday, "name");
  const char *last = json_object_get_string_member (holiday, "to");
  g_autofree char *date = g_strdup (json_object_get_string_member (holiday, "from"));
  g_autoptr (GString) make_up = g_string_new (make_up_pattern);

  g_string_replace (make_up, "{name}", name, 0);
  while (xq_date_compare (date, last) <= 0)
    {
      g_autofree char *day = g_steal_pointer (&date);

      if (!install_day (database, day, FALSE, name, error))
        return FALSE;
      date = xq_date_add_days (day, 1);
    }
  if (json_object_has_member (holiday, "make_up"))
    {
      JsonArray *days = json_object_get_array_member (holiday, "make_up");

      for (guint i = 0; i < json_array_get_length (days); i++)
        if (!install_day (database, json_array_get_string_element (days, i), TRUE, make_up->str, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
install_days (XqDatabase *database, GError **error)
{
  g_autoptr (XqJsonLines) lines = load ("calendar/working-days.json", error);
  JsonArray *holidays;
  const char *make_up;

  if (lines == NULL)
    return FALSE;
  holidays = json_object_get_array_member (xq_json_lines_root (lines), "holidays");
  make_up = in_present_language (xq_json_lines_root (lines), "make_up_name");
  for (guint i = 0; i < json_array_get_length (holidays); i++)
    if (!install_holiday (database, json_array_get_object_element (holidays, i), make_up, error))
      return FALSE;
  return TRUE;
}

gboolean
xq_calendar_install_defaults (XqDatabase *database, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  return transaction != NULL && install_terms (database, error) && install_days (database, error)
         && xq_audit_append (database, "calendar_defaults", NULL, 0, NULL, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
