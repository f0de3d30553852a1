/* What is being typed is kept in the vault, and leaves nothing behind when it is dropped. */
#include "config.h"

#include "base/i18n.h"
#include "fixture.h"
#include "vault/draft.h"

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

static void
keep (Fixture *fixture, const char *kind, gint64 id, const char *name, const char *text)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autoptr (XqDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (fields, name, text);
  draft = xq_draft_typed (kind, "person", id, fields);
  g_assert_true (xq_draft_keep (fixture->database, draft, &error));
  g_assert_no_error (error);
}

static guint
count (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = xq_draft_list (fixture->database, &error);

  g_assert_no_error (error);
  return drafts->len;
}

static void
test_keeps_the_last (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDraft) draft = NULL;
  g_autoptr (JsonObject) fields = NULL;

  keep (fixture, "note", 7, "text", "她说");
  keep (fixture, "note", 7, "text", "她说“没事”,\n但");
  keep (fixture, "note", 8, "text", "别人");
  keep (fixture, "concern", 7, "text", "别的");
  g_assert_cmpuint (count (fixture), ==, 3);

  draft = xq_draft_find (fixture->database, "note", "person", 7, &error);
  g_assert_no_error (error);
  g_assert_nonnull (draft);
  fields = xq_draft_fields (draft);
  g_assert_cmpstr (json_object_get_string_member (fields, "text"), ==, "她说“没事”,\n但");
  g_assert_cmpint (draft->saved_at, >, 0);
  g_assert_null (xq_draft_find (fixture->database, "note", "warning", 7, &error));
  g_assert_no_error (error);
}

/* Only the one that is meant; that there is none is no error. */
static void
test_drop (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  keep (fixture, "note", 7, "text", "她说");
  keep (fixture, "note", 8, "text", "别人");
  g_assert_true (xq_draft_drop (fixture->database, "note", "person", 7, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_true (xq_draft_drop (fixture->database, "note", "person", 7, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* Not a record: the audit knows nothing of it. */
static void
test_leaves_no_trail (Fixture *fixture, gconstpointer unused)
{
  gint64 before = 0, after = 0;

  g_assert_true (xq_database_get_integer (fixture->database, NULL, &before, NULL, "SELECT count(*) FROM audit", XQ_END));
  keep (fixture, "note", 7, "text", "她说");
  g_assert_true (xq_draft_drop (fixture->database, "note", "person", 7, NULL));
  g_assert_true (xq_database_get_integer (fixture->database, NULL, &after, NULL, "SELECT count(*) FROM audit", XQ_END));
  g_assert_cmpint (before, ==, after);
}

static void
test_survives_closing (Fixture *fixture, gconstpointer unused)
{
  keep (fixture, "note", 7, "text", "她说");
  g_clear_pointer (&fixture->database, xq_database_free);
  fixture_connect (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_unreadable_fields (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqDraft) draft = xq_draft_new ();
  g_autoptr (JsonObject) fields = NULL;

  draft->fields = g_strdup ("[1, 2");
  fields = xq_draft_fields (draft);
  g_assert_cmpuint (json_object_get_size (fields), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("/vault/draft/keeps-the-last", test_keeps_the_last);
  ADD ("/vault/draft/drop", test_drop);
  ADD ("/vault/draft/leaves-no-trail", test_leaves_no_trail);
  ADD ("/vault/draft/survives-closing", test_survives_closing);
  ADD ("/vault/draft/unreadable-fields", test_unreadable_fields);
  return g_test_run ();
}
