/* Drafts are written in a thread: while a commit is held the main loop goes on, and nothing of it is lost. */
#include "config.h"

#include "session-fixture.h"
#include "ui/session-drafts.h"

static void
keep (XqSession *session, const char *kind, const char *text, XqDraftKept kept, gpointer data)
{
  g_autoptr (JsonObject) fields = json_object_new ();

  json_object_set_string_member (fields, "text", text);
  xq_session_keep_draft (session, kind, "person", 7, fields, kept, data, NULL);
}

/* What the vault holds; NULL for nothing. */
static char *
written (XqSession *session, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDraft) draft = xq_draft_find (xq_session_database (session), kind, "person", 7, &error);
  g_autoptr (JsonObject) fields = NULL;

  g_assert_no_error (error);
  fields = draft != NULL ? xq_draft_fields (draft) : NULL;
  return fields != NULL ? g_strdup (json_object_get_string_member (fields, "text")) : NULL;
}

static void
assert_written (XqSession *session, const char *kind, const char *text)
{
  g_autofree char *found = written (session, kind);

  g_assert_cmpstr (found, ==, text);
}

static void
assert_found (XqSession *session, const char *kind, const char *text)
{
  g_autoptr (XqDraft) draft = xq_session_find_draft (session, kind, "person", 7);
  g_autoptr (JsonObject) fields = draft != NULL ? xq_draft_fields (draft) : NULL;

  g_assert_cmpstr (fields != NULL ? json_object_get_string_member (fields, "text") : NULL, ==, text);
}

static void
on_changed_cb (XqSession *session, guint changed, gpointer user_data)
{
  if (changed & XQ_CHANGED_DRAFTS)
    *(gboolean *) user_data = TRUE;
}

static void
wait_until_written (XqSession *session)
{
  gboolean told = FALSE;
  gulong id = g_signal_connect (session, "changed", G_CALLBACK (on_changed_cb), &told);

  wait_for (&told);
  g_signal_handler_disconnect (session, id);
}

static gboolean
on_turn_cb (gpointer user_data)
{
  *(int *) user_data += 1;
  return G_SOURCE_CONTINUE;
}

static void
run_turns (int wanted)
{
  int turns = 0;
  guint id = g_timeout_add (5, on_turn_cb, &turns);

  while (turns < wanted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

/* Somebody else writes, and does not come to an end: as a disk that takes its time. */
static void
test_main_loop_goes_on (Fixture *fixture, gconstpointer data)
{
  XqSession *session = fixture->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDatabase) other = xq_vault_connect (xq_session_vault (session), &error);
  XqTransaction *held = xq_transaction_begin (other, &error);

  g_assert_no_error (error);
  keep (session, "note", "她说", NULL, NULL);
  run_turns (50);
  keep (session, "note", "她说夜里", NULL, NULL);
  run_turns (50);
  assert_written (session, "note", NULL);
  /* Who opens the form again sees it all the same. */
  assert_found (session, "note", "她说夜里");
  xq_transaction_rollback (held);
  wait_until_written (session);
  assert_written (session, "note", "她说夜里");
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  XqSession *session = fixture->session;
  g_autoptr (XqDatabase) other = xq_vault_connect (xq_session_vault (session), NULL);
  XqTransaction *held = xq_transaction_begin (other, NULL);

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", i);

      keep (session, "note", text, NULL, NULL);
      keep (session, "triage", text, NULL, NULL);
      xq_session_drop_draft (session, "concern", "person", 7);
      keep (session, "concern", text, NULL, NULL);
    }
  /* The editor was closed, and what it held was saved. */
  xq_session_drop_draft (session, "triage", "person", 7);
  assert_found (session, "note", "19");
  assert_found (session, "triage", NULL);
  assert_found (session, "concern", "19");
  xq_transaction_rollback (held);
  wait_until_written (session);
  assert_written (session, "note", "19");
  assert_written (session, "triage", NULL);
  assert_written (session, "concern", "19");
  xq_session_drop_draft (session, "note", "person", 7);
  wait_until_written (session);
  assert_written (session, "note", NULL);
}

/* An import under way: it stops only when it is told to. */
static gpointer
hold_until_closed (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  g_autoptr (XqTransaction) held = xq_transaction_begin (database, error);

  g_atomic_int_set ((gint *) data, TRUE);
  while (xq_progress_step (progress, -1, NULL, error))
    g_usleep (1000);
  return NULL;
}

static void
on_stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  xq_session_run_finish (XQ_SESSION (source), result, NULL);
}

/* What was typed up to the lock is written after it, in the middle of whatever else was going on. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  gint holding = FALSE;

  xq_session_run_async (fixture->session, hold_until_closed, &holding, NULL, NULL, NULL, NULL, NULL, on_stopped_cb, NULL);
  while (!g_atomic_int_get (&holding))
    g_usleep (1000);
  keep (fixture->session, "triage", "早些时候", NULL, NULL);
  run_turns (10);
  keep (fixture->session, "note", "最后一个字", NULL, NULL);
  xq_session_drop_draft (fixture->session, "triage", "person", 7);
  xq_session_close (fixture->session);
  open_again (fixture);
  assert_written (fixture->session, "note", "最后一个字");
  assert_written (fixture->session, "triage", NULL);
}

static void
on_kept_cb (XqSession *session, const XqDraft *draft, const GError *error, gpointer user_data)
{
  *(char **) user_data = g_strdup (error != NULL ? "failed" : draft->kind);
}

static char *
wait_for_word (char **word)
{
  while (*word == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *word;
}

static void
test_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL, *overtaken = NULL, *second = NULL, *third = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDatabase) other = xq_vault_connect (xq_session_vault (fixture->session), NULL);
  XqTransaction *held;

  keep (fixture->session, "note", "一", on_kept_cb, &first);
  g_assert_cmpstr (wait_for_word (&first), ==, "note");
  held = xq_transaction_begin (other, NULL);
  keep (fixture->session, "triage", "占着", NULL, NULL);
  keep (fixture->session, "note", "二", on_kept_cb, &overtaken);
  keep (fixture->session, "note", "三", on_kept_cb, &second);
  run_turns (10);
  xq_transaction_rollback (held);
  g_assert_cmpstr (wait_for_word (&second), ==, "note");
  g_assert_null (overtaken);
  held = xq_transaction_begin (other, NULL);
  xq_database_execute (other, &error, "DROP TABLE draft", XQ_END);
  g_assert_no_error (error);
  g_assert_true (xq_transaction_commit (held, &error));
  keep (fixture->session, "note", "四", on_kept_cb, &third);
  g_assert_cmpstr (wait_for_word (&third), ==, "failed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/session-drafts/main-loop-goes-on", Fixture, NULL, set_up, test_main_loop_goes_on, tear_down);
  g_test_add ("/ui/session-drafts/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/ui/session-drafts/lock", Fixture, NULL, set_up, test_lock, tear_down);
  g_test_add ("/ui/session-drafts/told", Fixture, NULL, set_up, test_told, tear_down);
  return g_test_run ();
}
