/* Search and lists of people: each keystroke beside the scan that it replaces, and a vault beside one a tenth of its size. */
#include "config.h"

#include <string.h>

#include "../vault/fixture.h"
#include "bench.h"
#include "people/person-list.h"
#include "people/search.h"
#include "people-sample.h"

#define MILLION   1000000
#define SMALL     1000
#define PAGE      64
#define TURNS     21

/* What is typed, letter by letter: names, their parts, pinyin, initials, numbers, a phone's tail. */
static const char *const keystrokes[] = { "张",     "张子",      "张子涵",      "子涵", "z",  "zh",   "zha",     "zhan",
                                          "zhang",  "zhangz",    "zhangzi",     "zihan", "zs", "lzh",  "2026",    "202600",
                                          "2026001", "20260012", "8001",        "800123", "ouyang", "曾一诺" };

static int
compare (gconstpointer a, gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
open_vault (Fixture *fixture, guint count)
{
  fixture_set_up (fixture, NULL);
  bench_add_people (fixture->database, count);
}

/* ---- search */

static double
type_once (XqDatabase *database, const char *text)
{
  gint64 start = bench_now ();
  GError *error = NULL;
  g_autoptr (GArray) found = xq_search_people (database, text, PAGE, &error);

  bench_must (found != NULL, error);
  return bench_seconds (start);
}

static double
scan_once (XqDatabase *database, const char *text)
{
  gint64 start = bench_now ();
  g_autofree char *pattern = g_strconcat ("%", text, "%", NULL);
  GError *error = NULL;
  g_autoptr (XqStatement) statement
      = xq_database_query (database, &error,
                           "SELECT id FROM person WHERE name LIKE :text OR replace (pinyin, ' ', '') LIKE :text"
                           " OR initials LIKE :text OR code LIKE :text OR phone LIKE :text ORDER BY sort_key LIMIT 64",
                           XQ_TEXT (":text", pattern), XQ_END);

  bench_must (statement != NULL, error);
  while (xq_statement_step (statement, &error) == XQ_STEP_ROW)
    continue;
  bench_must (error == NULL, error);
  return bench_seconds (start);
}

/* A keystroke in the middle of the field, and the slowest of them; in both vaults by turns. */
static void
measure_typing (XqDatabase *const databases[2], double ret_middle[2], double ret_slowest[2])
{
  double of_text[2][G_N_ELEMENTS (keystrokes)];

  for (gsize i = 0; i < G_N_ELEMENTS (keystrokes); i++)
    {
      double times[2][TURNS];

      for (int turn = 0; turn < TURNS; turn++)
        for (int which = 0; which < 2; which++)
          times[which][turn] = type_once (databases[which], keystrokes[i]);
      for (int which = 0; which < 2; which++)
        of_text[which][i] = bench_least (times[which], TURNS);
    }
  for (int which = 0; which < 2; which++)
    {
      qsort (of_text[which], G_N_ELEMENTS (keystrokes), sizeof **of_text, compare);
      ret_middle[which] = of_text[which][G_N_ELEMENTS (keystrokes) / 2];
      ret_slowest[which] = of_text[which][G_N_ELEMENTS (keystrokes) - 1];
    }
}

/* The scan in the middle of the field, too: a text that everybody has ends it early, a rare one does not. */
static double
measure_scan (XqDatabase *database)
{
  double of_text[(G_N_ELEMENTS (keystrokes) + 1) / 2];

  for (gsize i = 0; i < G_N_ELEMENTS (of_text); i++)
    {
      double times[2];

      for (gsize turn = 0; turn < G_N_ELEMENTS (times); turn++)
        times[turn] = scan_once (database, keystrokes[i * 2]);
      of_text[i] = bench_least (times, G_N_ELEMENTS (times));
    }
  qsort (of_text, G_N_ELEMENTS (of_text), sizeof *of_text, compare);
  return of_text[G_N_ELEMENTS (of_text) / 2];
}

static void
bench_search (XqDatabase *large, XqDatabase *tenth)
{
  XqDatabase *const databases[2] = { large, tenth };
  double middle[2], slowest[2], scan;

  measure_typing (databases, middle, slowest);
  scan = measure_scan (large);
  bench_line_faster ("one keystroke in search", middle[0], "LIKE scan of the same table", scan, 100);
  bench_line_faster ("its slowest keystroke", slowest[0], "LIKE scan of the same table", scan, 100);
  bench_line ("one keystroke in search", middle[0], "the same with a tenth of the people", middle[1], 1.5);
}

/* ---- lists */

static GArray *
list (XqDatabase *database, guint limit)
{
  XqPersonFilter filter = XQ_PERSON_FILTER_INIT;
  GError *error = NULL;
  GArray *ids = xq_person_list_ids (database, &filter, XQ_PERSON_ORDER_NAME, limit, NULL, &error);

  bench_must (ids != NULL, error);
  return ids;
}

static void
read_page (XqDatabase *database, const GArray *ids, guint at)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows
      = xq_person_list_rows (database, &g_array_index (ids, gint64, at), MIN (PAGE, ids->len - at), &error);

  bench_must (rows != NULL, error);
}

static double
first_page (XqDatabase *database, const GArray *unused)
{
  gint64 start = bench_now ();
  g_autoptr (GArray) ids = list (database, PAGE);

  read_page (database, ids, 0);
  return bench_seconds (start);
}

static double
middle_page (XqDatabase *database, const GArray *ids)
{
  gint64 start = bench_now ();

  read_page (database, ids, ids->len / 2);
  return bench_seconds (start);
}

static double
all_ids (XqDatabase *database, const GArray *unused)
{
  gint64 start = bench_now ();
  g_autoptr (GArray) ids = list (database, 0);

  return bench_seconds (start);
}

static double
bare_ids (XqDatabase *database, const GArray *unused)
{
  gint64 start = bench_now ();
  GError *error = NULL;
  g_autoptr (XqStatement) statement
      = xq_database_query (database, &error, "SELECT id FROM person ORDER BY sort_key, id", XQ_END);

  while (xq_statement_step (statement, &error) == XQ_STEP_ROW)
    continue;
  return bench_seconds (start);
}

typedef double (*Measure) (XqDatabase *database, const GArray *ids);

static void
compare_lists (const char *what, const char *against, XqDatabase *large, XqDatabase *other, Measure ours, Measure theirs, double goal)
{
  g_autoptr (GArray) of_large = list (large, 0);
  g_autoptr (GArray) of_other = list (other, 0);
  double our_times[TURNS], their_times[TURNS];

  for (int turn = 0; turn < TURNS; turn++)
    {
      our_times[turn] = ours (large, of_large);
      their_times[turn] = theirs (other, of_other);
    }
  bench_line (what, bench_least (our_times, TURNS), against, bench_least (their_times, TURNS), goal);
}

static void
bench_lists (XqDatabase *large, XqDatabase *small)
{
  static const char thousand[] = "the same with 1,000 people";

  compare_lists ("list of people, first rows", thousand, large, small, first_page, first_page, 1.5);
  compare_lists ("list of people, jump to the middle", thousand, large, small, middle_page, middle_page, 1.3);
  compare_lists ("list of people, all ids in order", "stepping through the index", large, large, all_ids, bare_ids, 2);
}

int
main (void)
{
  guint count = bench_size (MILLION, SMALL);
  Fixture large = { 0 }, tenth = { 0 }, small = { 0 };

  open_vault (&large, count);
  open_vault (&tenth, MAX (count / 10, SMALL));
  open_vault (&small, SMALL);
  bench_search (large.database, tenth.database);
  bench_lists (large.database, small.database);
  fixture_tear_down (&large, NULL);
  fixture_tear_down (&tenth, NULL);
  fixture_tear_down (&small, NULL);
  return 0;
}
