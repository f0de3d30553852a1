/* What the tests of this room share: people, tables written on the spot, numbers from the database. */
#pragma once

#include <string.h>

#include "../vault/fixture.h"
#include "assess/answers-import.h"
#include "assess/campaign.h"
#include "people/person.h"
#include "people/unit.h"
#include "shipped.h"
#include "vault/audit.h"

static inline gint64
count (XqDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  xq_database_get_integer (database, &error, &value, NULL, sql, XQ_END);
  g_assert_no_error (error);
  return value;
}

/* The id of a new active person. */
static inline gint64
add_person (XqDatabase *database, const char *code, const char *name, gint64 unit_id)
{
  g_autoptr (XqPerson) person = xq_person_new ();
  g_autoptr (GError) error = NULL;

  person->organisation_id = 1;
  person->unit_id = unit_id;
  person->code = g_strdup (code);
  person->name = g_strdup (name);
  xq_person_create (database, person, "2026-09-01", &error);
  g_assert_no_error (error);
  return person->id;
}

/* The id of 七年级(N)班, made with its grade when it is not there. */
static inline gint64
add_class (XqDatabase *database, const char *class_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, &error);
  g_autoptr (XqTransaction) transaction = NULL;
  g_auto (XqClassName) name = { NULL };
  gint64 unit_id = 0;

  g_assert_no_error (error);
  xq_class_name_parse ("七年级", class_name, XQ_STAGE_MIDDLE, NULL, &name);
  transaction = xq_transaction_begin (database, &error);
  g_assert_no_error (error);
  xq_unit_tree_ensure_class (tree, database, 1, &name, &unit_id, &error);
  g_assert_no_error (error);
  xq_transaction_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  return unit_id;
}

/* A file in the test's folder. (transfer full) */
static inline char *
write_file (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static inline XqAnswers *
read_answers (Fixture *fixture, const char *path, const XqAnswersOptions *options)
{
  g_autoptr (GError) error = NULL;
  XqAnswers *answers = xq_answers_read (fixture->database, shipped_set (), path, options, NULL, &error);

  g_assert_no_error (error);
  return answers;
}

static inline XqAnswersResult *
apply_answers (Fixture *fixture, XqAnswers *answers, const XqAnswersApply *apply)
{
  g_autoptr (GError) error = NULL;
  XqAnswersResult *result = xq_answers_apply (fixture->database, answers, apply, NULL, &error);

  g_assert_no_error (error);
  return result;
}

/* All that may have changed, as one text. (transfer full) */
static inline char *
snapshot (XqDatabase *database)
{
  static const char *const tables[] = { "campaign", "participant", "assessment", "score", "critical_hit" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", tables[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (XqStatement) statement = xq_database_query (database, &error, sql, XQ_END);

      g_assert_no_error (error);
      while (xq_statement_step (statement, &error) == XQ_STEP_ROW)
        {
          g_string_append (text, tables[i]);
          for (int column = 0; column < xq_statement_columns (statement); column++)
            g_string_append_printf (text, "|%s", xq_statement_text (statement, column));
          g_string_append_c (text, '\n');
        }
      g_assert_no_error (error);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
