#include "config.h"

#include "people/organisation.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "vault/store.h"

#define FIELD(member, words, type, flags, values)                                                   \
  { #member, words, type, G_STRUCT_OFFSET (XqOrganisation, member), flags, XQ_PRIVACY_PLAIN, values }

static const XqField fields[] = {
  FIELD (name, N_ ("Name of the organisation"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, NULL),
  FIELD (profile, N_ ("Kind of organisation"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, xq_profiles),
  FIELD (head_count, N_ ("Head-count"), XQ_FIELD_INTEGER, XQ_FIELD_NONE, NULL),
  FIELD (created_at, N_ ("Entered"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_ORGANISATION = { "organisation", N_ ("Organisation"), sizeof (XqOrganisation), fields };

gboolean
xq_organisation_create (XqDatabase *database, XqOrganisation *organisation, GError **error)
{
  organisation->created_at = xq_clock_now ();
  return xq_store_insert (database, &XQ_ORGANISATION, organisation, error);
}

gboolean
xq_organisation_save (XqDatabase *database, const XqOrganisation *organisation, GError **error)
{
  return xq_store_update (database, &XQ_ORGANISATION, organisation, error);
}

XqOrganisation *
xq_organisation_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_ORGANISATION, id, error);
}

GPtrArray *
xq_organisation_list (XqDatabase *database, GError **error)
{
  return xq_store_list (database, error, &XQ_ORGANISATION, "ORDER BY id", XQ_END);
}

static void
set_not_found (GPtrArray *organisations, const char *wanted, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < organisations->len; i++)
    {
      const XqOrganisation *organisation = g_ptr_array_index (organisations, i);

      g_string_append_printf (known, "%s%s", i > 0 ? _ (", ") : "", organisation->name);
    }
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND,
               _ ("There is no organisation “%s” in this vault. There is: %s."), wanted, known->str);
}

XqOrganisation *
xq_organisation_find (XqDatabase *database, const char *id_or_name, GError **error)
{
  g_autoptr (GPtrArray) organisations = xq_organisation_list (database, error);
  gint64 id = 0;

  if (organisations == NULL)
    return NULL;
  if (organisations->len == 0)
    {
      g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND,
                           _ ("There is no organisation in this vault yet. Add one in the settings."));
      return NULL;
    }
  if (id_or_name == NULL || *id_or_name == '\0')
    return xq_organisation_copy (g_ptr_array_index (organisations, 0));
  g_ascii_string_to_signed (id_or_name, 10, 1, G_MAXINT64, &id, NULL);
  for (guint i = 0; i < organisations->len; i++)
    {
      const XqOrganisation *organisation = g_ptr_array_index (organisations, i);

      if (organisation->id == id || g_str_equal (organisation->name, id_or_name))
        return xq_organisation_copy (organisation);
    }
  set_not_found (organisations, id_or_name, error);
  return NULL;
}

XqSchoolStage
xq_organisation_stage (XqDatabase *database, const XqOrganisation *organisation)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, NULL,
                           "SELECT DISTINCT CAST (substr (key, 7) AS INTEGER) FROM unit"
                           " WHERE organisation_id = :organisation AND kind = 'grade' AND key GLOB 'grade:[0-9]*'",
                           XQ_INTEGER (":organisation", organisation->id), XQ_END);
  XqSchoolStage stage = XQ_STAGE_UNKNOWN;

  while (statement != NULL && xq_statement_step (statement, NULL) == XQ_STEP_ROW)
    {
      XqSchoolStage of_grade = xq_school_stage_of_grade ((int) xq_statement_integer (statement, 0));

      if (stage != XQ_STAGE_UNKNOWN && of_grade != stage)
        return XQ_STAGE_UNKNOWN;
      stage = of_grade;
    }
  return stage != XQ_STAGE_UNKNOWN ? stage : xq_school_stage_guess (organisation->name);
}
