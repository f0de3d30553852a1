/* What the window hands down: workers, changes, masks, and their end at the lock. */
#include "config.h"

#include "base/i18n.h"
#include "session-fixture.h"

static gpointer
count_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) all = xq_organisation_list (database, error);
  guint *count = g_new0 (guint, 1);

  g_assert_true (g_main_context_get_thread_default () == NULL);
  *count = all->len + GPOINTER_TO_UINT (data);
  return count;
}

static void
test_work (Fixture *fixture, gconstpointer data)
{
  Outcome outcome = { 0 };

  xq_session_run_async (fixture->session, count_work, GUINT_TO_POINTER (41), NULL, g_free, NULL, NULL, NULL,
                        on_finished_cb, &outcome);
  wait_for (&outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (*(guint *) outcome.result, ==, 42);
  g_free (outcome.result);
}

static gpointer
patient_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  for (int i = 0;; i++)
    {
      if (!xq_progress_step (progress, i / 1000.0, "counting", error))
        return NULL;
      g_usleep (1000);
    }
}

static void
on_report_cb (double fraction, const char *what, gpointer user_data)
{
  g_assert_cmpstr (what, ==, "counting");
  *(int *) user_data += 1;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };
  int reports = 0;

  xq_session_run_async (fixture->session, patient_work, NULL, NULL, NULL, on_report_cb, &reports, cancellable,
                        on_finished_cb, &outcome);
  while (reports < 3)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  wait_for (&outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

/* The vault may be opened again as soon as the work has noticed. */
static void
test_close_ends_work (Fixture *fixture, gconstpointer data)
{
  Outcome outcome = { 0 };
  g_autoptr (XqSecret) password = xq_secret_new_text ("three words apart");
  g_autoptr (XqVault) again = NULL;
  g_autoptr (GError) error = NULL;

  xq_session_run_async (fixture->session, patient_work, NULL, NULL, NULL, NULL, NULL, NULL, on_finished_cb, &outcome);
  xq_session_close (fixture->session);
  g_assert_false (xq_session_is_open (fixture->session));
  g_assert_null (xq_session_database (fixture->session));
  wait_for (&outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);

  again = xq_vault_open (fixture->folder, password, NULL, &error);
  g_assert_no_error (error);

  outcome.done = FALSE;
  xq_session_run_async (fixture->session, count_work, NULL, NULL, g_free, NULL, NULL, NULL, on_finished_cb, &outcome);
  wait_for (&outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

static void
on_changed_cb (XqSession *session, guint changed, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, changed);
}

static void
test_changes_are_told_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (guint));

  g_signal_connect (fixture->session, "changed", G_CALLBACK (on_changed_cb), told);
  xq_session_changed (fixture->session, XQ_CHANGED_CARE);
  xq_session_changed (fixture->session, XQ_CHANGED_PEOPLE);
  g_assert_cmpuint (told->len, ==, 0);
  while (told->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpuint (g_array_index (told, guint, 0), ==, XQ_CHANGED_CARE | XQ_CHANGED_PEOPLE);
}

static void
test_mask (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = xq_session_name (fixture->session, "张三");
  g_autofree char *masked = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *none = NULL;

  g_assert_cmpstr (plain, ==, "张三");
  xq_session_set_masked (fixture->session, TRUE);
  masked = xq_session_name (fixture->session, "张三");
  phone = xq_session_private (fixture->session, "13800138021");
  none = xq_session_private (fixture->session, NULL);
  g_assert_cmpstr (masked, ==, "张＊");
  g_assert_cmpstr (phone, ==, "＊＊＊＊21");
  g_assert_cmpstr (none, ==, "");
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqOrganisation) organisation = NULL;

  g_assert_cmpstr (xq_session_organisation (fixture->session), ==, "江城市第三中学");
  g_assert_cmpint (xq_session_idle_minutes (fixture->session), ==, 5);
  g_assert_cmpstr (xq_session_word (fixture->session, XQ_WORD_PERSONS), ==, "Students");
  g_assert_true (xq_session_set_idle_minutes (fixture->session, 15, &error));
  g_assert_no_error (error);
  g_assert_cmpint (xq_session_idle_minutes (fixture->session), ==, 15);

  organisation = xq_organisation_load (xq_session_database (fixture->session), 1, &error);
  g_assert_no_error (error);
  g_set_str (&organisation->name, "江城机械厂");
  organisation->profile = XQ_PROFILE_ENTERPRISE;
  xq_organisation_save (xq_session_database (fixture->session), organisation, &error);
  g_assert_no_error (error);
  xq_session_changed (fixture->session, XQ_CHANGED_SETTINGS);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (xq_session_organisation (fixture->session), ==, "江城机械厂");
  g_assert_cmpstr (xq_session_word (fixture->session, XQ_WORD_PERSONS), ==, "Employees");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  xq_i18n_init ("en");
  g_test_init (&argc, &argv, NULL);
  ADD ("/ui/session/work", test_work);
  ADD ("/ui/session/cancel", test_cancel);
  ADD ("/ui/session/close-ends-work", test_close_ends_work);
  ADD ("/ui/session/changes-are-told-once", test_changes_are_told_once);
  ADD ("/ui/session/mask", test_mask);
  ADD ("/ui/session/settings", test_settings);
  return g_test_run ();
}
