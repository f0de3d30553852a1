/* A verified backup of a big vault beside `cp` and `sha256sum` of the same file: the least that anybody does who wants a copy
 * and wants to know that it is one. Prints JSON lines as bench-vault.c does. XINQIAO_BENCH_SCALE=0.1 makes the vault a
 * tenth. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "../vault/fixture.h"
#include "vault/backup.h"

#define ROWS_OF_WHOLE 120000
#define TURNS         3

static void
must (gboolean done, GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "the bench cannot go on");
}

static double
seconds (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / G_USEC_PER_SEC;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *times)
{
  qsort (times, TURNS, sizeof *times, compare);
  return times[TURNS / 2];
}

static void
print_line (const char *what, const char *against, double ours, double comparison, double goal)
{
  printf ("{\"what\": \"%s\", \"against\": \"%s\", \"ours\": %.6f, \"comparison\": %.6f, \"ratio\": %.3f, \"goal\": %.2f}\n",
          what, against, ours, comparison, ours / comparison, goal);
  fflush (stdout);
}

/* Rows of two kilobytes: at full scale some 300 MB. */
static void
fill (XqVault *vault, double scale)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *text = g_strnfill (2000, 'x');
  GError *error = NULL;

  for (int done = 0; done < ROWS_OF_WHOLE * scale;)
    {
      g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, &error);

      must (transaction != NULL, error);
      for (int i = 0; i < 2000; i++, done++)
        must (xq_database_execute (database, &error,
                                   "INSERT INTO import_batch (kind, file_name, at, counts)"
                                   " VALUES ('roster', 'x', 1, :text)",
                                   XQ_TEXT (":text", text), XQ_END),
              error);
      must (xq_transaction_commit (g_steal_pointer (&transaction), &error), error);
    }
}

static double
back_up (XqVault *vault, const char *file)
{
  gint64 start = g_get_monotonic_time ();
  GError *error = NULL;
  g_autoptr (XqBackupRecord) record = xq_backup_create (vault, file, XQ_BACKUP_BY_HAND, NULL, &error);

  must (record != NULL, error);
  g_unlink (file);
  return seconds (start);
}

/* @middle goes between the copying and the hashing. */
static double
copy (const char *from, const char *to, const char *middle)
{
  g_autofree char *line = g_strdup_printf ("cp '%s' '%s' && %s '%s' && sha256sum '%s' > /dev/null", from, to, middle, to, to);
  gint64 start = g_get_monotonic_time ();

  must (system (line) == 0, NULL);
  g_unlink (to);
  return seconds (start);
}

int
main (void)
{
  const char *said = g_getenv ("XINQIAO_BENCH_SCALE");
  double scale = said != NULL ? g_ascii_strtod (said, NULL) : 1.0;
  g_autofree char *folder = fixture_folder ();
  g_autofree char *vault_folder = g_build_filename (folder, "vault", NULL);
  g_autofree char *path = g_build_filename (vault_folder, "vault.db", NULL);
  g_autofree char *file = g_build_filename (folder, "one.xqbackup", NULL);
  g_autofree char *twin = g_build_filename (folder, "twin", NULL);
  g_autoptr (XqSecret) password = xq_secret_new_text ("kx7!q2mz");
  double ours[TURNS], bare[TURNS], synced[TURNS];
  GError *error = NULL;
  XqVault *vault = xq_vault_create (vault_folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error);
  g_autofree char *what = NULL;
  struct stat info;

  must (vault != NULL, error);
  fill (vault, scale);
  for (int i = 0; i < TURNS; i++)
    {
      ours[i] = back_up (vault, file);
      bare[i] = copy (path, twin, "test -s");
      synced[i] = copy (path, twin, "sync");
    }
  must (stat (path, &info) == 0, NULL);
  what = g_strdup_printf ("verified backup, %d MB", (int) (info.st_size >> 20));
  print_line (what, "cp + sha256sum", median (ours), median (bare), 3.0);
  print_line (what, "cp + sync + sha256sum", median (ours), median (synced), 3.0);
  xq_vault_unref (vault);
  fixture_remove (folder);
  return 0;
}
