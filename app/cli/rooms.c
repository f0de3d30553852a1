#include "config.h"

#include "cli/rooms.h"

#include <glib/gi18n-lib.h>

#include "calendar/working-day.h"
#include "people/organisation.h"
#include "people/person.h"
#include "vault/audit.h"

struct _XqRooms
{
  XqDatabase *database; /* the run's */
  XqWorkingDays *days;
  XqCare *care;
  XqGreenChannel *channel;
};

XqRooms *
xq_rooms_open (XqCli *cli, GError **error)
{
  g_autoptr (XqRooms) rooms = g_new0 (XqRooms, 1);

  rooms->database = xq_cli_database (cli, error);
  if (rooms->database == NULL)
    return NULL;
  rooms->days = xq_working_days_load (rooms->database, error);
  if (rooms->days == NULL)
    return NULL;
  rooms->care = xq_care_new (rooms->database, rooms->days, error);
  rooms->channel = rooms->care != NULL ? xq_green_channel_new (rooms->database, rooms->days, error) : NULL;
  return rooms->channel != NULL ? g_steal_pointer (&rooms) : NULL;
}

void
xq_rooms_free (XqRooms *rooms)
{
  g_clear_pointer (&rooms->channel, xq_green_channel_free);
  g_clear_pointer (&rooms->care, xq_care_free);
  g_clear_pointer (&rooms->days, xq_working_days_unref);
  g_free (rooms);
}

XqDatabase *
xq_rooms_database (XqRooms *rooms)
{
  return rooms->database;
}

XqCare *
xq_rooms_care (XqRooms *rooms)
{
  return rooms->care;
}

XqGreenChannel *
xq_rooms_channel (XqRooms *rooms)
{
  return rooms->channel;
}

gboolean
xq_rooms_find_person (XqRooms *rooms, const char *text, gint64 *ret_id, GError **error)
{
  g_autoptr (XqPerson) person = NULL;

  if (text == NULL)
    return TRUE;
  person = xq_person_find (rooms->database, text, error);
  if (person == NULL)
    return FALSE;
  *ret_id = person->id;
  return TRUE;
}

static gboolean
audit (XqRooms *rooms, const char *action, const char *entity, gint64 id, JsonObject *detail, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (rooms->database, error);

  return transaction != NULL && xq_audit_append (rooms->database, action, entity, id, detail, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_rooms_audit_opened (XqRooms *rooms, gint64 person_id, GError **error)
{
  return audit (rooms, "open", "person", person_id, NULL, error);
}

gboolean
xq_rooms_audit_export (XqRooms *rooms, const char *action, JsonObject *detail, GError **error)
{
  g_autoptr (JsonObject) owned = detail;

  return audit (rooms, action, NULL, 0, owned, error);
}

JsonArray *
xq_organisations_json (XqCli *cli, GError **error)
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
