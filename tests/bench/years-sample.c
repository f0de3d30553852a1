#include "config.h"

#include "years-sample.h"

#include "../report/school.h"

/* One term: all who are there are screened; some are warned, seen and followed. */
static void
add_term (School *school, int year, int term)
{
  const char *from = term == 0 ? "09-01" : "02-20";
  const char *to = term == 0 ? "01-20" : "07-05";
  const int begins = year + (term == 1);
  const int ends = year + 1;
  const int campaign = 2 * year + term;
  g_autofree char *terms = g_strdup_printf ("INSERT INTO term (school_year, number, name, from_date, to_date) VALUES"
                                            " ('%d-%d', %d, 'x', '%d-%s', '%d-%s')",
                                            year, year + 1, term + 1, begins, from, ends, to);
  g_autofree char *campaigns
      = g_strdup_printf ("INSERT INTO campaign (id, organisation_id, title, instruments, from_date, state, created_at)"
                         " VALUES (%d, 1, 'x', 'phq9', '%d-%s', 'closed', 1)",
                         campaign, begins, from);
  g_autofree char *participants
      = g_strdup_printf ("INSERT INTO participant (campaign_id, person_id, unit_id, state) SELECT %d, person_id, unit_id, 'done'"
                         " FROM membership WHERE to_date IS NULL",
                         campaign);
  g_autofree char *assessments = g_strdup_printf (
      "INSERT INTO assessment (person_id, campaign_id, instrument, taken_at, taken_on, entered, answers, missing, complete,"
      " valid, created_at) SELECT person_id, %d, 'phq9', 1, date ('%d-%s', '+14 days'), 'import', '[0,1,0,2,1,0,0,1,0]', 0, 1,"
      " person_id %% 90 > 0, 1 FROM participant WHERE campaign_id = %d",
      campaign, begins, from, campaign);
  g_autofree char *warnings = g_strdup_printf (
      "INSERT INTO warning (person_id, level, raised_level, state, source, raised_at, due_at) SELECT person_id, 1 + person_id %% 3,"
      " 1 + person_id %% 3, 'dismissed', 'rule', unixepoch ('%d-%s') + 1300000, 1 FROM participant"
      " WHERE campaign_id = %d AND person_id %% 13 = 0",
      begins, from, campaign);
  g_autofree char *triages = g_strdup_printf (
      "INSERT INTO triage (warning_id, at, outcome, level) SELECT id, raised_at + 86400, 'confirmed', level FROM warning"
      " WHERE raised_at = unixepoch ('%d-%s') + 1300000 AND person_id %% 26 = 0",
      begins, from);
  g_autofree char *notes = g_strdup_printf (
      "INSERT INTO session_note (person_id, at, kind, text, signed_at) SELECT person_id, unixepoch ('%d-%s') + 1500000, 'counselling',"
      " 'x', 1 FROM participant WHERE campaign_id = %d AND person_id %% 20 = 0",
      begins, from, campaign);
  g_autofree char *follow_ups = g_strdup_printf (
      "INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state, done_at) SELECT person_id, 'level',"
      " date ('%d-%s', '+30 days'), date ('%d-%s', '+30 days'), 'done', unixepoch ('%d-%s') + 2500000 FROM participant"
      " WHERE campaign_id = %d AND person_id %% 26 = 0",
      begins, from, begins, from, begins, from, campaign);
  const char *const all[] = { terms, campaigns, participants, assessments, warnings, triages, notes, follow_ups };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    school_sql (school, all[i]);
}

/* A school year: a third of the pupils leaves, a third is new; everybody moves up and is screened in both terms. */
static void
add_year (School *school, int years, int year, int pupils)
{
  const int first = 1 + (year - (BENCH_YEAR - years)) * (pupils / 3);
  g_autofree char *persons = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      " INSERT INTO person (id, organisation_id, kind, name, sex, state, created_at, updated_at)"
      " SELECT i, 1, 'student', '单小雨' || i, 'unknown', 'active', unixepoch ('%d-09-01'), 1 FROM n"
      " WHERE i NOT IN (SELECT id FROM person WHERE id BETWEEN %d AND %d)",
      first, first + pupils - 1, year, first, first + pupils - 1);
  g_autofree char *closed
      = g_strdup_printf ("UPDATE membership SET to_date = '%d-08-31' WHERE to_date IS NULL", year);
  g_autofree char *memberships = g_strdup_printf (
      "INSERT INTO membership (person_id, unit_id, from_date) SELECT id, 7 + (id - %d) * 3 / %d, '%d-09-01' FROM person"
      " WHERE id BETWEEN %d AND %d",
      first, pupils, year, first, first + pupils - 1);

  school_sql (school, persons);
  school_sql (school, closed);
  school_sql (school, memberships);
  for (int term = 0; term < 2; term++)
    add_term (school, year, term);
}

/* The last term is under way: its screening is open, its warnings are new, its follow-ups due. */
static void
leave_waiting (School *school)
{
  school_sql (school, "UPDATE campaign SET state = 'open' WHERE id = (SELECT max (id) FROM campaign)");
  school_sql (school, "UPDATE warning SET state = 'new' WHERE state = 'dismissed' AND raised_at > unixepoch ('2027-02-20')");
  school_sql (school, "UPDATE follow_up SET state = 'due', done_at = NULL WHERE due_on > '2027-02-20'");
}

void
bench_add_years (XqDatabase *database, int years, int pupils)
{
  School school = { .vault = { .database = database } };

  g_setenv ("XINQIAO_NOW", "2027-07-10T09:00:00", TRUE);
  school_sql (&school, "DELETE FROM term");
  school_sql (&school, "INSERT INTO unit (id, organisation_id, parent_id, kind, name, key, position) VALUES"
                       " (7, 1, NULL, 'grade', '7', 'grade:7', 7), (8, 1, NULL, 'grade', '8', 'grade:8', 8),"
                       " (9, 1, NULL, 'grade', '9', 'grade:9', 9)");
  for (int year = BENCH_YEAR - years; year < BENCH_YEAR; year++)
    add_year (&school, years, year, pupils);
  leave_waiting (&school);
  school_sql (&school, "ANALYZE");
}
