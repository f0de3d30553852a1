#include "config.h"

#include "people/person.h"

#include "vault/audit.h"

gboolean
xq_person_set_level_unaudited (XqDatabase *database, gint64 id, int level, GError **error)
{
  return xq_database_execute (database, error, "UPDATE person SET level = :level WHERE id = :id",
                              XQ_REFERENCE (":level", level), XQ_INTEGER (":id", id), XQ_END);
}

gboolean
xq_person_set_level (XqDatabase *database, gint64 id, int level, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (JsonObject) detail = json_object_new ();
  gint64 before = 0;

  if (transaction == NULL
      || !xq_database_get_integer (database, error, &before, NULL,
                                   "SELECT ifnull (level, 0) FROM person WHERE id = :id", XQ_INTEGER (":id", id), XQ_END))
    return FALSE;
  if (before == level)
    return TRUE;
  json_object_set_int_member (detail, "from", before);
  json_object_set_int_member (detail, "to", level);
  return xq_person_set_level_unaudited (database, id, level, error)
         && xq_audit_append (database, "level", "person", id, detail, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
