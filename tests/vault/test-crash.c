/* Power cuts: a program that is killed at any moment loses nothing that was confirmed and leaves nothing half done. */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "fixture.h"
#include "vault/audit.h"

#define PASSWORD     "kx7!q2mz"
#define NEW_PASSWORD "vier Frösche singen"
#define ROUNDS       12

static const char *self;

/* What the killed program does: transactions of seven rows and an audit row, each told when confirmed. */
static int
write_until_killed (const char *folder, const char *code)
{
  g_autoptr (XqVault) vault = xq_vault_open_with_code (folder, code, NULL, NULL);
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);

  for (gint64 batch = 1;; batch++)
    {
      XqTransaction *transaction = xq_transaction_begin (database, NULL);
      g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, batch);

      for (int i = 0; i < 7; i++)
        if (!xq_database_execute (database, NULL,
                                  "INSERT INTO import_batch (kind, file_name, at, counts) VALUES ('roster', :name, 1, '')",
                                  XQ_TEXT (":name", name), XQ_END))
          return 1;
      if (!xq_audit_append (database, "batch", NULL, 0, NULL, NULL) || !xq_transaction_commit (transaction, NULL))
        return 1;
      if (write (STDOUT_FILENO, ".", 1) != 1)
        return 1;
    }
}

static int
change_until_killed (const char *folder, const char *code)
{
  g_autoptr (XqSecret) one = xq_secret_new_text (PASSWORD);
  g_autoptr (XqSecret) two = xq_secret_new_text (NEW_PASSWORD);
  g_autoptr (XqVault) vault = xq_vault_open_with_code (folder, code, NULL, NULL);

  for (;;)
    if (!xq_vault_change_password (vault, one, two, NULL) || write (STDOUT_FILENO, ".", 1) != 1
        || !xq_vault_change_password (vault, two, one, NULL))
      return 1;
}

static int
create_until_killed (const char *folder)
{
  g_autoptr (XqSecret) password = xq_secret_new_text (PASSWORD);
  g_autoptr (XqVault) vault
      = xq_vault_create (folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, NULL);

  return vault == NULL || write (STDOUT_FILENO, ".", 1) != 1 || pause () != 0;
}

/* Runs @work of this program and kills it after @microseconds; returns how many points it wrote. */
static gint64
run_and_kill (const char *work, const char *folder, const char *code, guint microseconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, work, folder, code, NULL);
  g_autofree char *points = NULL;

  g_assert_no_error (error);
  g_usleep (microseconds);
  g_subprocess_force_exit (child);
  g_subprocess_communicate_utf8 (child, NULL, NULL, &points, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (child));
  return (gint64) strlen (points);
}

static char *
make_vault (const char *folder)
{
  g_autoptr (XqSecret) password = xq_secret_new_text (PASSWORD);
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault
      = xq_vault_create (folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, &code, NULL, &error);

  g_assert_no_error (error);
  return g_strdup ((const char *) xq_secret_bytes (code));
}

static gint64
number (XqDatabase *database, const char *sql)
{
  gint64 value = -1;

  g_assert_true (xq_database_get_integer (database, NULL, &value, NULL, sql, XQ_END));
  return value;
}

static void
test_writing (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *code = make_vault (folder);
  gint64 confirmed = 0;

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XqVault) vault = NULL;
      g_autoptr (XqDatabase) database = NULL;
      gint64 batches;

      confirmed += run_and_kill ("write", folder, code, g_test_rand_int_range (5000, 150000));
      vault = xq_vault_open_with_code (folder, code, NULL, &error);
      g_assert_no_error (error);
      database = xq_vault_connect (vault, &error);
      g_assert_no_error (error);
      batches = number (database, "SELECT count(*) FROM audit WHERE action = 'batch'");
      /* The last one may have been killed between the commit and its point. */
      g_assert_cmpint (batches, >=, confirmed);
      g_assert_cmpint (batches, <=, confirmed + i + 1);
      g_assert_cmpint (number (database, "SELECT count(*) FROM import_batch"), ==, batches * 7);
      g_assert_true (xq_audit_verify (database, NULL, &error));
      g_assert_no_error (error);
    }
  g_test_message ("%" G_GINT64_FORMAT " batches confirmed", confirmed);
  {
    g_autoptr (XqVault) vault = xq_vault_open_with_code (folder, code, NULL, NULL);
    g_autoptr (XqVaultCheck) check = xq_vault_check (vault, NULL, NULL);

    g_assert_true (check->sound);
  }
  fixture_remove (folder);
}

static gboolean
opens (const char *folder, const char *password)
{
  g_autoptr (XqSecret) secret = xq_secret_new_text (password);
  g_autoptr (XqVault) vault = xq_vault_open (folder, secret, NULL, NULL);

  return vault != NULL;
}

static void
test_changing_password (void)
{
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *folder = fixture_folder ();
      g_autofree char *code = make_vault (folder);

      run_and_kill ("change", folder, code, g_test_rand_int_range (5000, 600000));
      g_assert_true (opens (folder, PASSWORD) || opens (folder, NEW_PASSWORD));
      fixture_remove (folder);
    }
}

static void
test_creating (void)
{
  for (int i = 0; i < ROUNDS; i++)
    {
      g_autofree char *folder = fixture_folder ();
      gint64 finished = run_and_kill ("create", folder, "", g_test_rand_int_range (2000, 300000));

      /* Its renaming is the moment a vault exists: before it can be begun again, after it opens. */
      g_assert_true (xq_vault_exists (folder) || finished == 0);
      if (!xq_vault_exists (folder))
        {
          g_autofree char *code = make_vault (folder);

          g_assert_nonnull (code);
        }
      g_assert_true (opens (folder, PASSWORD));
      fixture_remove (folder);
    }
}

/* The lock is the kernel's: it goes with its holder, whatever way that goes. */
static void
test_lock_of_the_dead (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *code = make_vault (folder);
  g_autoptr (GSubprocess) child
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, self, "write", folder, code, NULL);
  g_autoptr (GError) error = NULL;
  char point;

  /* Its first point says that it holds the vault. */
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (child), &point, 1, NULL, NULL), ==, 1);
  g_assert_null (xq_vault_open_with_code (folder, code, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, g_subprocess_get_identifier (child)));
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  xq_vault_unref (xq_vault_open_with_code (folder, code, NULL, &error));
  g_assert_true (opens (folder, PASSWORD));
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  self = argv[0];
  if (argc == 4 && g_str_equal (argv[1], "write"))
    return write_until_killed (argv[2], argv[3]);
  if (argc == 4 && g_str_equal (argv[1], "change"))
    return change_until_killed (argv[2], argv[3]);
  if (argc == 4 && g_str_equal (argv[1], "create"))
    return create_until_killed (argv[2]);
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/crash/writing", test_writing);
  g_test_add_func ("/crash/changing-password", test_changing_password);
  g_test_add_func ("/crash/creating", test_creating);
  g_test_add_func ("/crash/lock-of-the-dead", test_lock_of_the_dead);
  return g_test_run ();
}
