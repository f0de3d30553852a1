#include "config.h"

#include "people/person.h"

gboolean
xq_person_set_level_unaudited (XqDatabase *database, gint64 id, int level, GError **error)
{
  return xq_database_execute (database, error, "UPDATE person SET level = :level WHERE id = :id",
                              XQ_REFERENCE (":level", level), XQ_INTEGER (":id", id), XQ_END);
}

