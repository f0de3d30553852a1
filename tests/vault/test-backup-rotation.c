/* Which backups stay: the arithmetic, and the folder that it is done in. */
#include "config.h"

#include <linux/magic.h>

#include "backup-test.h"
#include "base/clock.h"
#include "base/date.h"
#include "vault/backup-disk.h"
#include "vault/backup-private.h"

/* Noon of a day, and the keep of all @days (newest last). */
static gint64
noon (const char *day)
{
  return xq_date_start (day) + 12 * 3600;
}

/* The days that stay, joined. */
static char *
kept (const char *const *days, guint n, const char *today)
{
  g_autofree gint64 *made_at = g_new0 (gint64, n);
  g_autofree gboolean *keep = g_new0 (gboolean, n);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    made_at[i] = noon (days[i]);
  xq_backup_rotation (made_at, n, noon (today) + 60, keep);
  for (guint i = 0; i < n; i++)
    if (keep[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", days[i]);
  return g_string_free (text, FALSE);
}

#define KEPT(expected, today, ...)                                          \
  G_STMT_START                                                              \
  {                                                                         \
    const char *days[] = { __VA_ARGS__ };                                   \
    g_autofree char *found = kept (days, G_N_ELEMENTS (days), today);       \
    g_assert_cmpstr (found, ==, expected);                                  \
  }                                                                         \
  G_STMT_END

static void
test_days (void)
{
  KEPT ("2026-11-28", "2026-11-28", "2026-11-28");
  /* Seven days stay whole; the eighth is neither the last of its week (Sunday the 22nd is) nor of its month. */
  KEPT ("2026-11-22 2026-11-23 2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-28", "2026-11-28", "2026-11-21",
        "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28");
}

static void
test_weeks (void)
{
  /* Sundays; Monday opens a week: of the 2nd to the 8th the Sunday stays, its Monday goes. */
  KEPT ("2026-11-08 2026-11-15 2026-11-22 2026-11-23 2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-28", "2026-11-28",
        "2026-11-01", "2026-11-02", "2026-11-08", "2026-11-15", "2026-11-16", "2026-11-22", "2026-11-23", "2026-11-24",
        "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28");
}

/* Days that were left out are not counted: after a summer, what was before it is still there. */
static void
test_holidays (void)
{
  KEPT ("2026-07-01 2026-07-02 2026-07-03 2026-07-06 2026-07-07 2026-07-08 2026-09-01", "2026-09-01", "2026-07-01",
        "2026-07-02", "2026-07-03", "2026-07-06", "2026-07-07", "2026-07-08", "2026-09-01");
}

/* Three years of every day: 7 + what weeks and months add, and never more however long it goes on. */
static void
test_years (void)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *found = NULL;

  for (int i = 0; i < 3 * 365; i++)
    g_ptr_array_add (days, xq_date_add_days ("2023-11-30", i));
  found = kept ((const char *const *) days->pdata, days->len, g_ptr_array_index (days, days->len - 1));
  g_assert_cmpstr (found, ==,
                   "2025-12-31 2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-07-31 2026-08-31"
                   " 2026-09-30 2026-10-31 2026-11-08 2026-11-15 2026-11-22 2026-11-23 2026-11-24 2026-11-25 2026-11-26"
                   " 2026-11-27 2026-11-28");
}

/* Midnight parts days; of one day the newest stays. A file from the future counts for nothing and stays. */
static void
test_borders (void)
{
  gint64 midnight = xq_date_start ("2026-11-28");
  const gint64 made_at[] = { midnight - 1, midnight, midnight + 60, midnight + 86400 * 40 };
  gboolean keep[4];

  xq_backup_rotation (made_at, 4, midnight + 3600, keep);
  g_assert_true (keep[0]);
  g_assert_false (keep[1]);
  g_assert_true (keep[2]);
  g_assert_true (keep[3]);
  xq_backup_rotation (NULL, 0, midnight, NULL);
}

/* The newest day is kept whatever else there is. */
static void
test_newest_stays (void)
{
  gint64 made_at[300];
  gboolean keep[300];

  for (int turn = 0; turn < 200; turn++)
    {
      guint n = (guint) g_test_rand_int_range (1, 300), newest = 0, stay = 0;

      for (guint i = 0; i < n; i++)
        {
          made_at[i] = noon ("2026-11-28") - g_test_rand_int_range (0, 86400 * 900);
          newest = made_at[i] > made_at[newest] ? i : newest;
        }
      xq_backup_rotation (made_at, n, noon ("2026-11-28"), keep);
      for (guint i = 0; i < n; i++)
        stay += keep[i] ? 1 : 0;
      g_assert_true (keep[newest]);
      g_assert_cmpint (stay, <=, 7 + 4 + 12);
    }
}

static void
test_due (void)
{
  gint64 midnight = xq_date_start ("2026-11-28");

  g_assert_true (xq_backup_is_due (0, midnight));
  g_assert_true (xq_backup_is_due (midnight - 1, midnight));
  g_assert_false (xq_backup_is_due (midnight, midnight + 86399));
  g_assert_true (xq_backup_is_due (midnight, midnight + 86400));
  g_assert_true (xq_backup_is_due (midnight - 86400 * 30, midnight));
}

static void
test_names (void)
{
  g_autofree char *plain = xq_backup_file_name (noon ("2026-11-28"), TRUE);

  g_assert_cmpstr (plain, ==, "xinqiao-backup-2026-11-28-1200.xqbackup");
  g_assert_true (xq_backup_is_own_name (plain));
  g_assert_true (xq_backup_is_own_name ("心桥备份-2026-11-28-0930.xqbackup"));
  g_assert_true (xq_backup_is_own_name ("心橋備份-2026-11-28-0930-2.xqbackup"));
  g_assert_false (xq_backup_is_own_name ("心桥备份-2026-11-28-0930-.xqbackup"));
  g_assert_false (xq_backup_is_own_name ("心桥备份-2026-11-28-0930 暑假前.xqbackup"));
  g_assert_false (xq_backup_is_own_name ("暑假前.xqbackup"));
  g_assert_false (xq_backup_is_own_name ("心桥备份-2026-11-28-0930.xqbackup.part"));
  g_assert_false (xq_backup_is_own_name (".xqbackup"));
}

static void
test_fat (void)
{
  const guint64 limit = G_GUINT64_CONSTANT (4) << 30;

  g_assert_true (xq_backup_disk_fits (MSDOS_SUPER_MAGIC, limit - 1));
  g_assert_false (xq_backup_disk_fits (MSDOS_SUPER_MAGIC, limit));
  g_assert_true (xq_backup_disk_fits (0x2011bab0, limit)); /* exFAT */
  g_assert_true (xq_backup_disk_fits (EXT4_SUPER_MAGIC, limit * 100));
}

/* -- the folder */

static char *
make_on (Saved *saved, const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqBackupRecord) record = NULL;

  g_setenv ("XINQIAO_NOW", now, TRUE);
  record = xq_backup_create_in (saved->vault, saved->stick, XQ_BACKUP_AUTOMATIC, NULL, &error);
  g_assert_no_error (error);
  return g_build_filename (record->folder, record->file, NULL);
}

static void
copy_to (const char *from, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

/* Only what is this vault's own, and has kept its name, ever goes. */
static void
test_strangers_stay (Saved *saved, gconstpointer unused)
{
  g_autofree char *other_folder = fixture_folder ();
  g_autoptr (XqVault) other = create (other_folder, NULL);
  g_autoptr (XqBackupRecord) stranger = NULL;
  g_autofree char *first = make_on (saved, "2026-11-28T08:00:00+08:00");
  g_autofree char *text = g_build_filename (saved->stick, "心桥备份-2020-01-01-0000.xqbackup", NULL);
  g_autofree char *second = NULL;

  copy_to (first, saved->stick, "before the summer.xqbackup");
  g_assert_true (g_file_set_contents (text, "not a backup", -1, NULL));
  stranger = xq_backup_create_in (other, saved->stick, XQ_BACKUP_AUTOMATIC, NULL, NULL);
  g_assert_nonnull (stranger);
  g_assert_cmpint (files_in (saved->stick, ".xqbackup"), ==, 4);
  second = make_on (saved, "2026-11-28T09:00:00+08:00");
  /* The one of eight o'clock gave way to that of nine. */
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
  g_assert_cmpint (files_in (saved->stick, ".xqbackup"), ==, 4);
  xq_vault_unref (g_steal_pointer (&other));
  fixture_remove (other_folder);
}

static void
test_list (Saved *saved, gconstpointer unused)
{
  g_autofree char *older = make_on (saved, "2026-11-26T08:00:00+08:00");
  g_autofree char *newer = make_on (saved, "2026-11-27T08:00:00+08:00");
  g_autoptr (GPtrArray) list = xq_backup_list (saved->stick, saved->vault, NULL);

  g_assert_cmpint (list->len, ==, 2);
  g_assert_cmpstr (((XqBackupEntry *) list->pdata[0])->path, ==, newer);
  g_assert_cmpstr (((XqBackupEntry *) list->pdata[1])->path, ==, older);
  g_assert_true (((XqBackupEntry *) list->pdata[0])->own);
  g_assert_true (((XqBackupEntry *) list->pdata[0])->rotates);
}

/* The one just made is never the one that goes. */
static void
test_same_minute (Saved *saved, gconstpointer unused)
{
  g_autofree char *first = make_on (saved, NOW);
  g_autofree char *second = make_on (saved, NOW);

  g_assert_cmpstr (first, !=, second);
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

/* What a run that was cut off left is removed by the next; what only looks so is not. */
static void
test_left_over (Saved *saved, gconstpointer unused)
{
  g_autofree char *made = make_on (saved, "2026-11-27T08:00:00+08:00");
  g_autofree char *ours = g_build_filename (saved->stick, "a.xqbackup.part", NULL);
  g_autofree char *theirs = g_build_filename (saved->stick, "b.xqbackup.part", NULL);
  g_autofree char *other = g_build_filename (saved->stick, "c.xqbackup.part", NULL);
  g_autofree char *next = NULL;
  guint8 bytes[XQ_BACKUP_HEADER_BYTES];
  char vault[XQ_BACKUP_VAULT_LENGTH + 1];
  g_autofree char *slots = xq_backup_load_slots (saved->place.folder, vault);

  xq_backup_header_write_unfinished (vault, bytes);
  g_assert_true (g_file_set_contents (ours, (const char *) bytes, sizeof bytes, NULL));
  xq_backup_header_write_unfinished ("00112233445566778899aabbccddeeff", bytes);
  g_assert_true (g_file_set_contents (theirs, (const char *) bytes, sizeof bytes, NULL));
  g_assert_true (g_file_set_contents (other, "a download", -1, NULL));
  next = make_on (saved, "2026-11-28T08:00:00+08:00");
  g_assert_false (g_file_test (ours, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (theirs, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (made, G_FILE_TEST_EXISTS));
}

static void
test_status (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
  g_autoptr (XqBackupStatus) status = xq_backup_status (saved->vault, NULL);
  g_autofree char *made = NULL;
  g_autofree char *away = g_strconcat (saved->stick, ".away", NULL);

  g_assert_null (status->folder);
  g_assert_false (status->automatic);
  g_assert_true (xq_backup_set_folder (database, saved->stick, NULL));
  g_clear_pointer (&status, xq_backup_status_free);
  status = xq_backup_status (saved->vault, NULL);
  g_assert_true (status->present && status->automatic && status->due);
  g_assert_cmpint (status->newest_at, ==, 0);
  g_assert_null (status->drill_on);

  made = make_on (saved, "2026-10-27T08:00:00+08:00");
  g_setenv ("XINQIAO_NOW", "2026-11-26T08:00:00+08:00", TRUE);
  g_clear_pointer (&status, xq_backup_status_free);
  status = xq_backup_status (saved->vault, NULL);
  g_assert_cmpstr (status->newest, ==, made);
  g_assert_true (status->due);
  g_assert_cmpstr (status->drill_on, ==, "2026-11-27");
  g_assert_false (status->drill_due);

  /* The stick is out: the records know how old the newest one is. */
  g_assert_cmpint (g_rename (saved->stick, away), ==, 0);
  g_setenv ("XINQIAO_NOW", "2026-11-27T08:00:00+08:00", TRUE);
  g_clear_pointer (&status, xq_backup_status_free);
  status = xq_backup_status (saved->vault, NULL);
  g_assert_false (status->present);
  g_assert_null (status->newest);
  g_assert_cmpint (status->newest_at, >, 0);
  g_assert_true (status->drill_due);
  g_assert_cmpint (g_rename (away, saved->stick), ==, 0);
}

/* The clock stood a year ahead for a day. Once it is right again, what was made in that year hides neither that today has no
 * backup nor that no drill was done, and is not the newest. */
static void
test_clock_was_ahead (Saved *saved, gconstpointer unused)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (saved->vault, NULL);
  g_autoptr (XqBackupStatus) status = NULL;
  g_autoptr (XqBackupDrill) drill = NULL;
  g_autofree char *before = NULL;
  g_autofree char *ahead = NULL;
  g_autofree char *after = NULL;

  g_assert_true (xq_backup_set_folder (database, saved->stick, NULL));
  before = make_on (saved, "2026-10-27T08:00:00+08:00");
  ahead = make_on (saved, "2027-11-28T08:00:00+08:00");
  drill = xq_backup_drill (saved->vault, NULL, NULL, NULL);
  g_assert_nonnull (drill);

  g_setenv ("XINQIAO_NOW", "2026-11-28T09:00:00+08:00", TRUE);
  status = xq_backup_status (saved->vault, NULL);
  g_assert_true (status->due);
  g_assert_cmpstr (status->newest, ==, before);
  g_assert_cmpint (status->drilled_at, ==, 0);
  g_assert_true (status->drill_due);

  after = make_on (saved, "2026-11-28T09:10:00+08:00");
  g_clear_pointer (&status, xq_backup_status_free);
  status = xq_backup_status (saved->vault, NULL);
  g_assert_false (status->due);
  g_assert_cmpstr (status->newest, ==, after);
  g_assert_true (g_file_test (ahead, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("zh_CN");
  g_test_add_func ("/backup-rotation/days", test_days);
  g_test_add_func ("/backup-rotation/weeks", test_weeks);
  g_test_add_func ("/backup-rotation/holidays", test_holidays);
  g_test_add_func ("/backup-rotation/years", test_years);
  g_test_add_func ("/backup-rotation/borders", test_borders);
  g_test_add_func ("/backup-rotation/newest-stays", test_newest_stays);
  g_test_add_func ("/backup-rotation/due", test_due);
  g_test_add_func ("/backup-rotation/names", test_names);
  g_test_add_func ("/backup-rotation/fat", test_fat);
#define ADD(name, function) g_test_add (name, Saved, NULL, saved_set_up, function, saved_tear_down)
  ADD ("/backup-rotation/strangers-stay", test_strangers_stay);
  ADD ("/backup-rotation/list", test_list);
  ADD ("/backup-rotation/same-minute", test_same_minute);
  ADD ("/backup-rotation/left-over", test_left_over);
  ADD ("/backup-rotation/status", test_status);
  ADD ("/backup-rotation/clock-was-ahead", test_clock_was_ahead);
  return g_test_run ();
}
