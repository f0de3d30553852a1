/* A verified backup of a big vault beside `cp` and `sha256sum` of the same file: the least that anybody does who wants a copy
 * and wants to know that it is one. That knows nothing of what is in the file: a third line has SQLite's own check of every
 * page with it. With the processor's clock, what ours uses on two cores at once counts twice. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "../vault/fixture.h"
#include "bench.h"
#include "vault/backup.h"

#define ROWS_OF_WHOLE 120000

/* What the programs that copy() starts have used so far. */
static double
used_by_children (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

/* Rows of two kilobytes: at full scale some 470 MB. */
static void
fill (XqVault *vault, guint rows)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *text = g_strnfill (2000, 'x');
  GError *error = NULL;

  for (guint done = 0; done < rows;)
    {
      g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, &error);

      bench_must (transaction != NULL, error);
      for (int i = 0; i < 2000; i++, done++)
        bench_must (xq_database_execute (database, &error,
                                   "INSERT INTO import_batch (kind, file_name, at, counts)"
                                   " VALUES ('roster', 'x', 1, :text)",
                                   XQ_TEXT (":text", text), XQ_END),
              error);
      bench_must (xq_transaction_commit (g_steal_pointer (&transaction), &error), error);
    }
}

static double
back_up (XqVault *vault, const char *file)
{
  gint64 begun = bench_now ();
  GError *error = NULL;
  g_autoptr (XqBackupRecord) record = xq_backup_create (vault, file, XQ_BACKUP_BY_HAND, NULL, &error);
  double took = bench_seconds (begun);

  bench_must (record != NULL, error);
  g_unlink (file);
  return took;
}

/* @middle goes between the copying and the hashing. */
static double
copy (const char *from, const char *to, const char *middle)
{
  g_autofree char *line = g_strdup_printf ("cp '%s' '%s' && %s '%s' && sha256sum '%s' > /dev/null", from, to, middle, to, to);
  gboolean processor = g_strcmp0 (g_getenv ("XINQIAO_BENCH_CLOCK"), "processor") == 0;
  double before = used_by_children ();
  gint64 begun = bench_now ();
  double took;

  bench_must (system (line) == 0, NULL);
  took = processor ? used_by_children () - before : bench_seconds (begun);
  g_unlink (to);
  return took;
}

/* One connection, one thread. */
static double
check_pages (XqVault *vault)
{
  g_autoptr (XqDatabase) database = xq_vault_connect_read_only (vault, NULL);
  gint64 begun = bench_now ();
  g_autofree char *said = xq_database_get_text (database, NULL, "PRAGMA quick_check", XQ_END);

  bench_must (g_strcmp0 (said, "ok") == 0, NULL);
  return bench_seconds (begun);
}

int
main (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *vault_folder = g_build_filename (folder, "vault", NULL);
  g_autofree char *path = g_build_filename (vault_folder, "vault.db", NULL);
  g_autofree char *file = g_build_filename (folder, "one.xqbackup", NULL);
  g_autofree char *twin = g_build_filename (folder, "twin", NULL);
  g_autoptr (XqSecret) password = xq_secret_new_text ("kx7!q2mz");
  double ours[BENCH_TURNS], bare[BENCH_TURNS], synced[BENCH_TURNS], checked[BENCH_TURNS];
  GError *error = NULL;
  XqVault *vault = xq_vault_create (vault_folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error);
  g_autofree char *what = NULL;
  struct stat info;

  bench_must (vault != NULL, error);
  fill (vault, bench_size (ROWS_OF_WHOLE, 2000));
  for (int i = 0; i < BENCH_TURNS; i++)
    {
      ours[i] = back_up (vault, file);
      bare[i] = copy (path, twin, "test -s");
      synced[i] = copy (path, twin, "sync");
      checked[i] = synced[i] + check_pages (vault);
    }
  bench_must (stat (path, &info) == 0, NULL);
  what = g_strdup_printf ("verified backup, %d MB", (int) (info.st_size >> 20));
  bench_line (what, bench_least (ours, BENCH_TURNS), "cp + sha256sum", bench_least (bare, BENCH_TURNS), 3.0);
  bench_line (what, bench_least (ours, BENCH_TURNS), "cp + sync + sha256sum", bench_least (synced, BENCH_TURNS), 3.0);
  bench_line (what, bench_least (ours, BENCH_TURNS), "cp + sync + sha256sum + quick_check", bench_least (checked, BENCH_TURNS), 1.5);
  xq_vault_unref (vault);
  fixture_remove (folder);
  return 0;
}
