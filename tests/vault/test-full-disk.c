/* No room: on a small disk that only root can make, and by a limit on the length of files for everybody. What was
 * confirmed stays, what was not is not there, and the message says what to do. */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include "base/i18n.h"
#include "place.h"
#include "real-disk.h"

#define PAGE 4096

/* Fills what @disk has left but for @spare bytes. */
static void
fill_disk (const char *disk, gsize spare)
{
  g_autofree char *path = g_build_filename (disk, "filler", NULL);
  g_autofree char *bytes = NULL;
  struct statvfs space;

  g_assert_cmpint (statvfs (disk, &space), ==, 0);
  bytes = g_malloc0 (space.f_bavail * space.f_bsize);
  g_assert_true (g_file_set_contents_full (path, bytes, space.f_bavail * space.f_bsize - spare,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
empty_disk (const char *disk)
{
  g_autofree char *path = g_build_filename (disk, "filler", NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static gint64
count (Fixture *fixture)
{
  gint64 rows = -1;

  g_assert_true (xq_database_get_integer (fixture->database, NULL, &rows, NULL, "SELECT count(*) FROM setting", XQ_END));
  return rows;
}

/* Writes until the disk is full, in transactions of 20 rows; returns how many were confirmed. */
static int
fill (Fixture *fixture, GError **error)
{
  g_autofree char *filler = g_strnfill (3000, 'x');

  for (int done = 0;; done++)
    {
      g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, error);

      if (transaction == NULL)
        return done;
      for (int i = 0; i < 20; i++)
        {
          g_autofree char *key = g_strdup_printf ("%d.%d", done, i);

          if (!xq_database_execute (fixture->database, error,
                                    "INSERT INTO setting (key, value) VALUES (:key, :value)",
                                    XQ_TEXT (":key", key), XQ_TEXT (":value", filler), XQ_END))
            return done;
        }
      if (!xq_transaction_commit (g_steal_pointer (&transaction), error))
        return done;
    }
}

static void
assert_survives_full_disk (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *integrity = NULL;
  int confirmed = fill (fixture, &error);

  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_test_message ("%d transactions, then: %s", confirmed, error->message);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_cmpint (confirmed, >, 0);
  g_assert_cmpint (count (fixture), ==, confirmed * 20);
  g_clear_pointer (&fixture->database, xq_database_free);
  fixture_connect (fixture);
  g_assert_cmpint (count (fixture), ==, confirmed * 20);
  integrity = xq_database_get_text (fixture->database, NULL, "PRAGMA integrity_check", XQ_END);
  g_assert_cmpstr (integrity, ==, "ok");
}

static void
test_writing (void)
{
  g_autofree char *disk = real_disk ("4m");
  Fixture fixture = { 0 };

  if (disk == NULL)
    return;
  fixture.folder = g_build_filename (disk, "vault", NULL);
  g_assert_cmpint (g_mkdir (fixture.folder, 0700), ==, 0);
  fixture_set_up (&fixture, NULL);
  assert_survives_full_disk (&fixture);
  fixture_tear_down (&fixture, NULL);
  real_disk_remove (disk);
}

/* The same where nobody may mount: the system refuses to make a file longer. */
static void
test_file_too_long (void)
{
  struct rlimit limit = { 2 << 20, 2 << 20 };
  Fixture fixture = { 0 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  fixture_set_up (&fixture, NULL);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_survives_full_disk (&fixture);
  fixture_tear_down (&fixture, NULL);
}

/* A vault on the small disk; SQLite's shared index needs eight pages when it is opened. */
static char *
set_up_small (Place *place)
{
  char *disk = real_disk ("4m");

  if (disk == NULL)
    return NULL;
  g_setenv ("XINQIAO_NOW", "2026-11-23T09:00:00+08:00", TRUE);
  place->folder = g_build_filename (disk, "vault", NULL);
  xq_vault_unref (create (place->folder, &place->code));
  return disk;
}

static void
tear_down_small (Place *place, const char *disk)
{
  real_disk_remove (disk);
  g_free (place->folder);
  g_free (place->code);
}

/* There is room for the new slots, but not for the audit row: the old password stays. */
static void
test_changing_password (void)
{
  Place place = { 0 };
  g_autofree char *disk = set_up_small (&place);
  g_autoptr (XqSecret) old = secret (PASSWORD);
  g_autoptr (XqSecret) new = secret (NEW_PASSWORD);
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  if (disk == NULL)
    return;
  vault = open_with (&place, PASSWORD, NULL);
  fill_disk (disk, 9 * PAGE);
  g_assert_false (xq_vault_change_password (vault, old, new, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "vault.db"));
  g_clear_pointer (&vault, xq_vault_unref);
  empty_disk (disk);
  assert_does_not_open (&place, NEW_PASSWORD, XQ_ERROR_PASSWORD);
  assert_opens (&place, PASSWORD);
  tear_down_small (&place, disk);
}

/* The wrong passwords cannot be written down now, but the right one opens. */
static void
test_opening (void)
{
  Place place = { 0 };
  g_autofree char *disk = set_up_small (&place);
  g_autoptr (XqVault) vault = NULL;

  if (disk == NULL)
    return;
  assert_does_not_open (&place, "wrong", XQ_ERROR_PASSWORD);
  fill_disk (disk, 9 * PAGE);
  assert_opens (&place, PASSWORD);
  empty_disk (disk);
  vault = open_with (&place, PASSWORD, NULL);
  g_assert_cmpint (rows_of (vault, "wrong_password"), ==, 1);
  g_clear_pointer (&vault, xq_vault_unref);
  tear_down_small (&place, disk);
}

/* No room for a vault: nothing is left of it. */
static void
test_creating (void)
{
  struct rlimit limit = { 100000, 100000 };
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GDir) directory = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  folder = fixture_folder ();
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_null (xq_vault_create (folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  directory = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (directory));
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  g_test_add_func ("/full-disk/writing", test_writing);
  g_test_add_func ("/full-disk/file-too-long", test_file_too_long);
  g_test_add_func ("/full-disk/changing-password", test_changing_password);
  g_test_add_func ("/full-disk/opening", test_opening);
  g_test_add_func ("/full-disk/creating", test_creating);
  return g_test_run ();
}
