/* What the cipher costs: the rooms on a vault beside the same rooms on plain SQLite 3.46 (plain.h), with the same
 * people in both. Daily work is warm, as it is
 * a minute after unlocking; the report both so and as the first thing on a new connection, each page deciphered. */
#include "config.h"

#include "../vault/fixture.h"
#include "base/i18n.h"
#include "bench.h"
#include "care/session-note.h"
#include "people/contact.h"
#include "people/person-list.h"
#include "people/roster-import.h"
#include "plain.h"
#include "report/indicator.h"
#include "report/timeline.h"
#include "report/today.h"
#include "roster-sample.h"
#include "years-sample.h"

#define PUPILS  6000
#define YEARS   3
#define ROWS    10000
#define PERSONS 100
#define NOTES   50
#define LISTED  200
#define PAGE    50
#define DAILY_TURNS 15

typedef double (*Work) (Fixture *fixture);

static const char against[] = "the same on plain SQLite 3.46";
static char *roster_path;

/* Ours on the vault and on the plain file, by turns. */
static void
compare_work (const char *what, Fixture *vault, Fixture *plain, Work work, guint turns, double goal)
{
  double ours[DAILY_TURNS], theirs[DAILY_TURNS];

  work (vault);
  work (plain);
  for (guint turn = 0; turn < turns; turn++)
    {
      ours[turn] = work (vault);
      theirs[turn] = work (plain);
    }
  bench_line (what, bench_least (ours, turns), against, bench_least (theirs, turns), goal);
}

/* -- by day -- */

/* What the page of a person reads. */
static double
open_persons (Fixture *fixture)
{
  g_autoptr (XqDesk) desk = xq_desk_new (fixture->database, NULL);
  gint64 start = bench_now ();

  for (gint64 id = 1; id <= PERSONS; id++)
    {
      g_autoptr (XqPersonRow) person = xq_person_row_load (fixture->database, id * 17, NULL);
      g_autoptr (GPtrArray) contacts = xq_contact_list (fixture->database, id * 17, NULL);
      g_autoptr (GPtrArray) entries = xq_timeline_list (desk, id * 17, 0, NULL, PAGE, NULL);

      bench_must (person != NULL && contacts != NULL && entries != NULL && entries->len > 0, NULL);
    }
  return bench_seconds (start) / PERSONS;
}

static double
save_notes (Fixture *fixture)
{
  gint64 start = bench_now ();
  GError *error = NULL;

  for (guint i = 1; i <= NOTES; i++)
    {
      g_autoptr (XqSessionNote) note = xq_session_note_new ();

      note->person_id = i;
      note->at = 1815000000;
      note->minutes = 50;
      note->text = g_strdup ("来访者谈到考试前的睡眠，商定每晚十点半放下手机，下周同一时间再见。");
      bench_must (xq_session_note_save (fixture->database, note, &error), error);
    }
  return bench_seconds (start) / NOTES;
}

static double
load_today (Fixture *fixture)
{
  gint64 start = bench_now ();

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (XqDesk) desk = xq_desk_new (fixture->database, NULL);
      g_autoptr (XqToday) today = xq_today_load (desk, LISTED, NULL);

      bench_must (today != NULL, NULL);
    }
  return bench_seconds (start) / 10;
}

/* -- in bulk -- */

static double
import (Fixture *fixture)
{
  gint64 start = bench_now ();
  GError *error = NULL;
  XqRoster *roster = xq_roster_read (fixture->database, roster_path, NULL, NULL, &error);

  bench_must (roster != NULL, error);
  bench_must (xq_roster_apply (fixture->database, roster, NULL, NULL, NULL, &error), error);
  xq_roster_free (roster);
  return bench_seconds (start);
}

static double
report (Fixture *fixture)
{
  gint64 start = bench_now ();
  GError *error = NULL;
  g_autoptr (XqReport) done = xq_report_run (fixture->database, "bureau-term", NULL, NULL, &error);

  bench_must (done != NULL, error);
  return bench_seconds (start);
}

/* Into a new vault each time. */
static double
import_encrypted (void)
{
  Fixture fixture = { 0 };
  double took;

  fixture_set_up (&fixture, NULL);
  took = import (&fixture);
  fixture_tear_down (&fixture, NULL);
  return took;
}

static double
import_plain (void)
{
  Fixture fixture = { 0 };
  double took;

  bench_plain_set_up (&fixture);
  took = import (&fixture);
  fixture_tear_down (&fixture, NULL);
  return took;
}

static void
bench_imports (const char *folder)
{
  guint rows = bench_size (ROWS, 100);
  g_autofree char *what = g_strdup_printf ("roster import %u x %d, encrypted", rows, BENCH_ROSTER_COLUMNS);
  double ours[BENCH_TURNS], theirs[BENCH_TURNS];

  roster_path = g_build_filename (folder, "roster.xlsx", NULL);
  bench_write_roster (roster_path, rows);
  for (guint turn = 0; turn < BENCH_TURNS; turn++)
    {
      ours[turn] = import_encrypted ();
      theirs[turn] = import_plain ();
    }
  bench_line (what, bench_least (ours, BENCH_TURNS), against, bench_least (theirs, BENCH_TURNS), 1.5);
  g_free (roster_path);
}

static void
bench_reports (Fixture *vault, Fixture *plain)
{
  double ours[BENCH_TURNS], theirs[BENCH_TURNS];

  for (guint turn = 0; turn < BENCH_TURNS; turn++)
    {
      xq_database_free (vault->database);
      fixture_connect (vault);
      ours[turn] = report (vault);
      xq_database_free (plain->database);
      bench_plain_connect (plain);
      theirs[turn] = report (plain);
    }
  bench_line ("bureau-term on a new connection, encrypted", bench_least (ours, BENCH_TURNS), against,
              bench_least (theirs, BENCH_TURNS), 1.5);
}

int
main (int argc, char **argv)
{
  Fixture vault = { 0 }, plain = { 0 };
  const int pupils = (int) bench_size (PUPILS, 3000) / 3 * 3;

  xq_i18n_init ("en");
  fixture_set_up (&vault, NULL);
  bench_plain_set_up (&plain);
  bench_add_years (vault.database, YEARS, pupils);
  bench_add_years (plain.database, YEARS, pupils);
  bench_plain_check (&plain);
  compare_work ("open a person, encrypted", &vault, &plain, open_persons, DAILY_TURNS, 1.1);
  compare_work ("save a note, encrypted", &vault, &plain, save_notes, DAILY_TURNS, 1.1);
  compare_work ("today's page, encrypted", &vault, &plain, load_today, DAILY_TURNS, 1.1);
  compare_work ("bureau-term, encrypted", &vault, &plain, report, BENCH_TURNS, 1.5);
  bench_reports (&vault, &plain);
  bench_imports (vault.folder);
  fixture_tear_down (&vault, NULL);
  fixture_tear_down (&plain, NULL);
  return 0;
}
