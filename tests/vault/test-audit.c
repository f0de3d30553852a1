/* The chain, and each way to break it with the key in hand. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "fixture.h"
#include "vault/audit.h"

static void
append (Fixture *fixture, const char *action, const char *entity, gint64 id, const char *word)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);
  g_autoptr (JsonObject) detail = word != NULL ? json_object_new () : NULL;
  g_autoptr (GError) error = NULL;

  if (word != NULL)
    json_object_set_string_member (detail, "word", word);
  g_assert_true (xq_audit_append (fixture->database, action, entity, id, detail, &error));
  g_assert_true (xq_transaction_commit (g_steal_pointer (&transaction), &error));
  g_assert_no_error (error);
}

static void
append_some (Fixture *fixture)
{
  append (fixture, "one", NULL, 0, NULL);
  append (fixture, "two", "person", 7, "心桥");
  append (fixture, "three", "person", 8, "");
  append (fixture, "four", NULL, 0, NULL);
}

static void
test_empty (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *head = xq_audit_head (fixture->database, NULL);
  g_autoptr (GPtrArray) entries = xq_audit_list (fixture->database, 0, 10, NULL);
  gint64 rows = -1;

  g_assert_true (xq_audit_verify (fixture->database, &rows, NULL));
  g_assert_cmpint (rows, ==, 0);
  g_assert_cmpstr (head, ==, "0000-0000");
  g_assert_cmpuint (entries->len, ==, 0);
}

static void
test_chain (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 rows = -1;

  append_some (fixture);
  g_assert_true (xq_audit_verify (fixture->database, &rows, NULL));
  g_assert_true (xq_audit_verify (fixture->database, NULL, NULL));
  g_assert_cmpint (rows, ==, 4);
  before = xq_audit_head (fixture->database, NULL);
  append (fixture, "five", NULL, 0, NULL);
  after = xq_audit_head (fixture->database, NULL);
  g_assert_cmpstr (before, !=, after);
  g_assert_true (g_regex_match_simple ("^[0-9A-F]{4}-[0-9A-F]{4}$", after, 0, 0));
}

static void
test_list (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) newest = NULL;
  g_autoptr (GPtrArray) older = NULL;
  XqAuditEntry *entry;

  append_some (fixture);
  newest = xq_audit_list (fixture->database, 0, 3, NULL);
  g_assert_cmpuint (newest->len, ==, 3);
  entry = g_ptr_array_index (newest, 2);
  g_assert_cmpint (entry->id, ==, 2);
  g_assert_cmpstr (entry->action, ==, "two");
  g_assert_cmpstr (entry->entity, ==, "person");
  g_assert_cmpint (entry->entity_id, ==, 7);
  g_assert_cmpstr (entry->detail, ==, "{\"word\":\"心桥\"}");
  g_assert_cmpint (entry->at, ==, 1795395720);
  older = xq_audit_list (fixture->database, entry->id, 3, NULL);
  g_assert_cmpuint (older->len, ==, 1);
}

/* What somebody with the key and the stock shell could do. */
static void
tamper (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->database, xq_database_free);
  fixture_connect (fixture);
  sqlite3_commit_hook (fixture->database->handle, NULL, NULL);
  g_assert_true (xq_database_run_script (fixture->database,
                                         "DROP TRIGGER audit_is_append_only_update;"
                                         "DROP TRIGGER audit_is_append_only_delete;",
                                         &error));
  g_assert_true (xq_database_run_script (fixture->database, sql, &error));
  g_assert_no_error (error);
}

typedef struct
{
  const char *sql;
  const char *row;
} Tampering;

static const Tampering tamperings[] = {
  { "UPDATE audit SET detail = '{\"word\":\"别的\"}' WHERE id = 2", "row 2" },
  { "UPDATE audit SET detail = NULL WHERE id = 3", "row 3" },
  { "UPDATE audit SET at = at + 1 WHERE id = 1", "row 1" },
  { "UPDATE audit SET action = 'tow' WHERE id = 2", "row 2" },
  { "UPDATE audit SET entity = NULL WHERE id = 2", "row 2" },
  { "UPDATE audit SET entity_id = 9 WHERE id = 2", "row 2" },
  { "UPDATE audit SET hash = zeroblob (32) WHERE id = 4", "row 4" },
  { "UPDATE audit SET previous = zeroblob (32) WHERE id = 3", "row 3" },
  { "DELETE FROM audit WHERE id = 1", "row 1" },
  { "DELETE FROM audit WHERE id = 2", "row 2" },
  { "DELETE FROM audit WHERE id = 2; UPDATE audit SET id = id - 1 WHERE id > 2", "row 2" },
  { "INSERT INTO audit SELECT 5, at, action, entity, entity_id, detail, hash, hash FROM audit WHERE id = 4", "row 5" },
  { "UPDATE audit SET id = 9 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 9", "row 2" },
};

static void
test_tampering (Fixture *fixture, gconstpointer data)
{
  const Tampering *tampering = data;
  g_autoptr (GError) error = NULL;

  append_some (fixture);
  tamper (fixture, tampering->sql);
  g_assert_false (xq_audit_verify (fixture->database, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, tampering->row));
}

/* The last rows may be cut off without a gap; the head that was printed before shows it. */
static void
test_cut_off_end (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  append_some (fixture);
  before = xq_audit_head (fixture->database, NULL);
  tamper (fixture, "DELETE FROM audit WHERE id = 4");
  after = xq_audit_head (fixture->database, NULL);
  g_assert_cmpstr (before, !=, after);
}

/* The same rows under another key are another chain. */
static void
test_key_matters (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  append_some (fixture);
  xq_secret_bytes (fixture->database->audit_key)[0] ^= 1;
  g_assert_false (xq_audit_verify (fixture->database, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
}

static void
test_triggers (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (GError) error = NULL;

  append_some (fixture);
  transaction = xq_transaction_begin (fixture->database, NULL);
  g_assert_false (xq_database_execute (fixture->database, &error, "UPDATE audit SET at = 0", XQ_END));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (xq_database_execute (fixture->database, &error, "DELETE FROM audit WHERE id = 4", XQ_END));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
}

#define ADD(name, test) g_test_add ("/audit/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", "2026-11-23T09:02:00+08:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("empty", test_empty);
  ADD ("chain", test_chain);
  ADD ("list", test_list);
  for (gsize i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *name = g_strdup_printf ("/audit/tampering/%" G_GSIZE_FORMAT, i);

      g_test_add (name, Fixture, &tamperings[i], fixture_set_up, test_tampering, fixture_tear_down);
    }
  ADD ("cut-off-end", test_cut_off_end);
  ADD ("key-matters", test_key_matters);
  ADD ("triggers", test_triggers);
  return g_test_run ();
}
