#include "config.h"

#include "cli/desk.h"

#include <glib/gi18n-lib.h>

#include "people/organisation.h"
#include "people/person.h"
#include "people/search.h"
#include "vault/audit.h"

XqDesk *
xq_cli_desk (XqCli *cli, GError **error)
{
  XqDatabase *database = xq_cli_database (cli, error);

  return database != NULL ? xq_desk_new (database, error) : NULL;
}

gboolean
xq_cli_find_person (XqDesk *desk, const char *text, gint64 *ret_id, GError **error)
{
  g_autoptr (XqPerson) person = NULL;

  if (text == NULL)
    return TRUE;
  person = xq_person_find (xq_desk_database (desk), text, error);
  if (person == NULL)
    return FALSE;
  *ret_id = person->id;
  return TRUE;
}

gboolean
xq_cli_find_unit (XqDatabase *database, const char *text, gint64 *ret_unit, GError **error)
{
  g_autoptr (GArray) ids = text != NULL ? xq_search_units (database, text, 2, error) : NULL;

  if (text == NULL)
    return TRUE;
  if (ids == NULL)
    return FALSE;
  if (ids->len == 1)
    {
      *ret_unit = g_array_index (ids, gint64, 0);
      return TRUE;
    }
  g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_NOT_FOUND,
               ids->len == 0 ? _("There is no class or department “%s”.")
                             : _("More than one class or department is called “%s”; say it with its grade."),
               text);
  return FALSE;
}

gboolean
xq_cli_audit_opened (XqDesk *desk, gint64 person_id, GError **error)
{
  XqDatabase *database = xq_desk_database (desk);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  return transaction != NULL && xq_audit_append (database, "open", "person", person_id, NULL, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

JsonArray *
xq_cli_organisations_json (XqCli *cli, GError **error)
{
  XqDatabase *database = xq_cli_database (cli, error);
  g_autoptr (GPtrArray) all = database != NULL ? xq_organisation_list (database, error) : NULL;
  JsonArray *array;

  if (all == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const XqOrganisation *organisation = g_ptr_array_index (all, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "id", organisation->id);
      json_object_set_string_member (object, "name", organisation->name);
      json_object_set_string_member (object, "profile", xq_profiles[organisation->profile].id);
      json_array_add_object_element (array, object);
    }
  return array;
}
