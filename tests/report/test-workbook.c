#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "report/workbook.h"
#include "sample.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("workbook-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a.xlsx", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
equal_reports_give_equal_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqReport) report = sample_report ();
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize first_length = 0;
  gsize second_length = 0;

  g_assert_true (xq_workbook_write (report, fixture->path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &first, &first_length, NULL));
  g_usleep (1100000); /* another second on the clock */
  g_assert_true (xq_workbook_write (report, fixture->path, NULL, &error));
  g_assert_true (g_file_get_contents (fixture->path, &second, &second_length, NULL));
  g_assert_cmpmem (first, first_length, second, second_length);
  g_assert_cmpmem (first, 4, "PK\3\4", 4);
}

static void
unwritable_place_is_named (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqReport) report = sample_report ();
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none", "b.xlsx", NULL);

  g_assert_false (xq_workbook_write (report, nowhere, NULL, &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "b.xlsx"));
}

static void
cancelling_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqReport) report = sample_ledger (3000, 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const XqProgress progress = { NULL, NULL, cancellable };

  g_cancellable_cancel (cancellable);
  g_assert_false (xq_workbook_write (report, fixture->path, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static guint
private_folders (const char *place)
{
  g_autoptr (GDir) entries = g_dir_open (place, 0, NULL);
  const char *name;
  guint n = 0;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    n += g_str_has_prefix (name, "xinqiao-");
  return n;
}

static void
private_folder_is_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqReport) report = sample_ledger (2500, 4);
  const guint before = private_folders (g_get_user_runtime_dir ()) + private_folders ("/dev/shm");

  g_assert_true (xq_workbook_write (report, fixture->path, NULL, NULL));
  g_assert_cmpuint (private_folders (g_get_user_runtime_dir ()) + private_folders ("/dev/shm"), ==, before);
}

static void
odd_names_are_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqReport) report = sample_report ();
  g_autoptr (GError) error = NULL;
  const char *titles[] = { "a/b*c?d:e[f]g\\h'", "", "A very long name of a sheet that Excel would refuse",
                           "普测覆盖" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      XqReportBlock *block = xq_report_add_block (report, "odd", titles[i], XQ_BLOCK_TABLE);

      xq_report_block_add_column (block, "c", "c", XQ_FORMAT_COUNT);
    }
  g_assert_true (xq_workbook_write (report, fixture->path, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/workbook/equal", Fixture, NULL, set_up, equal_reports_give_equal_bytes, tear_down);
  g_test_add ("/workbook/unwritable", Fixture, NULL, set_up, unwritable_place_is_named, tear_down);
  g_test_add ("/workbook/cancel", Fixture, NULL, set_up, cancelling_leaves_nothing, tear_down);
  g_test_add ("/workbook/private", Fixture, NULL, set_up, private_folder_is_removed, tear_down);
  g_test_add ("/workbook/names", Fixture, NULL, set_up, odd_names_are_taken, tear_down);
  return g_test_run ();
}
