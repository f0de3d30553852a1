/* A vault with one middle school, and short ways to put people into it. Today is Monday, 23 November 2026. */
#pragma once

#include <json-glib/json-glib.h>

#include "../vault/fixture.h"
#include "base/clock.h"
#include "people/organisation.h"
#include "people/person-list.h"
#include "people/person.h"
#include "people/search.h"
#include "people/unit.h"
#include "vault/audit.h"

#define SCHOOL 1
#define NOW    "2026-11-23T09:00:00+08:00"

/* Leaves the caller's GError alone: each call has its own. */
#define OK(call)                                                                                    \
  G_STMT_START                                                                                      \
  {                                                                                                 \
    g_autoptr (GError) error = NULL;                                                                \
    gboolean ok_ = (call);                                                                          \
    g_assert_no_error (error);                                                                      \
    g_assert_true (ok_);                                                                            \
  }                                                                                                 \
  G_STMT_END

static inline gint64
add_unit (XqDatabase *database, gint64 parent_id, XqUnitKind kind, const char *name)
{
  g_autoptr (XqUnit) unit = xq_unit_new ();

  unit->organisation_id = SCHOOL;
  unit->parent_id = parent_id;
  unit->kind = kind;
  unit->name = g_strdup (name);
  OK (xq_unit_create (database, unit, &error));
  return unit->id;
}

static inline XqPerson *
new_person (const char *name, const char *code, gint64 unit_id)
{
  XqPerson *person = xq_person_new ();

  person->organisation_id = SCHOOL;
  person->name = g_strdup (name);
  person->code = g_strdup (code);
  person->unit_id = unit_id;
  return person;
}

static inline gint64
add_person (XqDatabase *database, const char *name, const char *code, gint64 unit_id)
{
  g_autoptr (XqPerson) person = new_person (name, code, unit_id);

  OK (xq_person_create (database, person, "2026-09-01", &error));
  return person->id;
}

static inline gint64
count_rows (XqDatabase *database, const char *sql)
{
  gint64 count = -1;

  OK (xq_database_get_integer (database, &error, &count, NULL, sql, XQ_END));
  return count;
}

/* The names that @text finds, joined by blanks. (transfer full) */
static inline char *
found_names (XqDatabase *database, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = xq_search_people (database, text, 20, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (XqPerson) person = xq_person_load (database, g_array_index (ids, gint64, i), &error);

      g_assert_no_error (error);
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", person->name);
    }
  return g_string_free_and_steal (names);
}

#define ADD_TEST(path, function)                                                                    \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
