/* When the window locks by itself. */
#include "config.h"

#include "ui/lock-watch.h"

static void
on_lock_cb (XqLockWatch *watch, gpointer user_data)
{
  *(int *) user_data += 1;
}

static gboolean
on_timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_timeout_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_idle (void)
{
  XqLockWatch *watch = xq_lock_watch_new ();
  int locks = 0;

  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  xq_lock_watch_set_seconds (watch, 1);
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (locks, ==, 1);
  run_for (1500);
  g_assert_cmpint (locks, ==, 1);
  g_assert_finalize_object (watch);
}

static void
test_never (void)
{
  XqLockWatch *watch = xq_lock_watch_new ();
  int locks = 0;

  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  xq_lock_watch_set_seconds (watch, 1);
  xq_lock_watch_set_seconds (watch, 0);
  run_for (2200);
  g_assert_cmpint (locks, ==, 0);
  g_assert_finalize_object (watch);
}

static void
test_touch (void)
{
  XqLockWatch *watch = xq_lock_watch_new ();
  int locks = 0;

  g_signal_connect (watch, "lock", G_CALLBACK (on_lock_cb), &locks);
  xq_lock_watch_set_seconds (watch, 3);
  for (int i = 0; i < 12; i++)
    {
      run_for (400);
      xq_lock_watch_touch (watch);
    }
  g_assert_cmpint (locks, ==, 0);
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (watch);
}

/* Destroyed while the buses are still being looked for: nothing comes back to what is gone. */
static void
test_short_life (void)
{
  XqLockWatch *watch = xq_lock_watch_new ();

  g_assert_finalize_object (watch);
  run_for (200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/lock-watch/idle", test_idle);
  g_test_add_func ("/ui/lock-watch/never", test_never);
  g_test_add_func ("/ui/lock-watch/touch", test_touch);
  g_test_add_func ("/ui/lock-watch/short-life", test_short_life);
  return g_test_run ();
}
