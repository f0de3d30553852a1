/* sample-term FOLDER: a school of 1,008 with a term's work, both reports of it as every kind of file. The same data
 * every time: chance is a hash of the person's id. */
#include "config.h"

#include <stdio.h>

#include "report/page.h"
#include "report/workbook.h"
#include "school.h"

/* True for about @per_mille of a thousand ids, another set for each @salt. */
#define CHANCE(salt, per_mille) "((id * (7919 + " #salt " * 1301) + id * id * " #salt " + 77) % 997 < " #per_mille ")"
/* Between 0 and @n − 1. */
#define SOME(salt, n) "((id * (6151 + " #salt " * 977) + id * id * " #salt ") % 1009 % " #n ")"

static void
add_people (School *school)
{
  school_sql (school, "INSERT INTO unit (id, organisation_id, parent_id, kind, name, key, position) VALUES"
                      " (7, 1, NULL, 'grade', '七年级', 'grade:7', 7), (8, 1, NULL, 'grade', '八年级', 'grade:8', 8),"
                      " (9, 1, NULL, 'grade', '九年级', 'grade:9', 9)");
  school_sql (school, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24)"
                      " INSERT INTO unit (id, organisation_id, parent_id, kind, name, key, position)"
                      " SELECT 100 + i, 1, 7 + (i - 1) / 8, 'class', ((i - 1) % 8 + 1) || '班',"
                      " 'class:' || (7 + (i - 1) / 8) || ':' || ((i - 1) % 8 + 1), i FROM n");
  school_sql (school, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1008)"
                      " INSERT INTO person (id, organisation_id, unit_id, kind, name, sex, state, created_at, updated_at)"
                      " SELECT i, 1, 101 + (i - 1) / 42, 'student', '无名氏' || i, 'unknown', 'active',"
                      " unixepoch ('2026-09-01 02:00'), 1 FROM n");
  school_sql (school, "INSERT INTO membership (person_id, unit_id, from_date) SELECT id, unit_id, '2026-09-01' FROM person");
  school_sql (school, "INSERT INTO person_tag (person_id, tag, since) SELECT id, 'left_behind', '2026-09-01' FROM person WHERE " CHANCE (1, 62)
                      " UNION ALL SELECT id, 'single_parent', '2026-09-01' FROM person WHERE " CHANCE (2, 71)
                      " UNION ALL SELECT id, 'migrant', '2026-09-01' FROM person WHERE " CHANCE (3, 24)
                      " UNION ALL SELECT id, 'bullied', '2026-09-01' FROM person WHERE " CHANCE (4, 3));
}

static void
add_screening (School *school)
{
  school_sql (school, "INSERT INTO campaign (id, organisation_id, title, instruments, from_date, state, created_at)"
                      " VALUES (1, 1, '秋季普测', 'phq9', '2026-09-14', 'closed', 1)");
  school_sql (school, "INSERT INTO participant (campaign_id, person_id, state) SELECT 1, id, CASE WHEN " CHANCE (5, 18)
                      " OR (id > 900 AND " CHANCE (6, 150) ") THEN 'absent' ELSE 'done' END FROM person");
  school_sql (school, "INSERT INTO assessment (person_id, campaign_id, instrument, taken_at, taken_on, entered, answers, missing,"
                      " complete, valid, created_at) SELECT person_id, 1, 'phq9', unixepoch ('2026-09-15 02:00'), '2026-09-15',"
                      " 'import', '[]', 0, 1, (person_id * 37) % 113 <> 0, 1 FROM participant WHERE state = 'done'");
}

static void
add_warnings (School *school)
{
  school_sql (school, "INSERT INTO warning (id, person_id, level, raised_level, state, source, raised_at, due_at)"
                      " SELECT id, id, 1 + (" CHANCE (8, 930) ") + (" CHANCE (9, 640) "), 1 + (" CHANCE (8, 930) ") + (" CHANCE (9, 640) "),"
                      " 'new', 'rule', unixepoch ('2026-09-16 02:00') + " SOME (10, 50) " * 86400, unixepoch ('2026-09-20 02:00') +"
                      " " SOME (10, 50) " * 86400 FROM person WHERE " CHANCE (7, 78));
  school_sql (school, "INSERT INTO triage (warning_id, at, outcome, level, reason) SELECT id, raised_at + 2 * 86400,"
                      " CASE WHEN " SOME (11, 10) " < 5 THEN 'dismissed' ELSE 'confirmed' END,"
                      " CASE WHEN " SOME (11, 10) " < 5 THEN NULL ELSE level END, 'x' FROM warning WHERE " SOME (12, 14) " > 0");
  school_sql (school, "UPDATE warning SET state = CASE (SELECT outcome FROM triage WHERE warning_id = warning.id)"
                      " WHEN 'dismissed' THEN 'dismissed' WHEN 'confirmed' THEN 'in_care' ELSE 'new' END");
}

static void
add_care (School *school)
{
  school_sql (school, "INSERT INTO case_file (person_id, opened_on, problem) SELECT person_id, '2026-09-25',"
                      " CASE WHEN " SOME (13, 10) " < 4 THEN '学业压力与考试' WHEN " SOME (13, 10) " < 7 THEN '亲子与家庭'"
                      " WHEN " SOME (13, 10) " < 9 THEN '情绪（低落、焦虑）' ELSE '同伴与欺凌' END FROM warning WHERE state = 'in_care'");
  school_sql (school, "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5)"
                      " INSERT INTO session_note (person_id, at, kind, text, signed_at) SELECT person_id,"
                      " unixepoch ('2026-09-21 02:00') + ((id * 31 + i * 17) % 60) * 86400 + i * 3600, 'counselling', 'x', 1"
                      " FROM warning, n WHERE (id + i) % 3 < 2");
  school_sql (school, "INSERT INTO crisis_event (organisation_id, person_id, at, kind) SELECT 1, person_id, raised_at, 'self_harm'"
                      " FROM warning WHERE level = 1 LIMIT 2");
  school_sql (school, "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4)"
                      " INSERT INTO follow_up (person_id, cause, due_on, first_due_on, state, done_at) SELECT person_id, 'level',"
                      " date ('2026-10-05', (i * 14 + id % 7) || ' days'), date ('2026-10-05', (i * 14 + id % 7) || ' days'),"
                      " CASE WHEN i < 3 THEN 'done' ELSE 'due' END,"
                      " CASE WHEN i < 3 THEN unixepoch ('2026-10-05 02:00') + (i * 14 + id % 7 + ((id * 5 + i) % 11 = 0)) * 86400 END"
                      " FROM warning, n WHERE state = 'in_care'");
}

static void
add_referrals (School *school)
{
  school_sql (school, "INSERT INTO institution (id, name, kind, agreement_until) VALUES"
                      " (1, '江城市精神卫生中心', 'psychiatric_hospital', '2027-02-01')");
  school_sql (school, "INSERT INTO referral (id, person_id, institution_id, lane, state, reason, opened_at, state_at, due_at)"
                      " SELECT id, person_id, 1, 'routine', 'draft', 'x', raised_at, raised_at, raised_at FROM warning"
                      " WHERE state = 'in_care' AND id % 4 = 0");
  school_sql (school, "INSERT INTO referral_step (referral_id, state, at) SELECT id, 'sent', opened_at + 86400 FROM referral"
                      " UNION ALL SELECT id, 'attended', opened_at + (3 + id % 5) * 86400 FROM referral WHERE id % 3 > 0"
                      " UNION ALL SELECT id, 'result_in', opened_at + (9 + id % 5) * 86400 FROM referral WHERE id % 3 > 1");
  school_sql (school, "INSERT INTO activity (organisation_id, held_on, kind, title, head_count, hours) VALUES"
                      " (1, '2026-10-10', 'theme_day', '世界精神卫生日', 1008, 2), (1, '2026-10-16', 'lecture', '考试与睡眠', 336, 1.5),"
                      " (1, '2026-11-06', 'parents', '家长讲堂', 214, 2), (1, '2026-11-13', 'class', '心理课', 42, 1)");
  school_sql (school, "INSERT INTO team_member (organisation_id, name, full_time) VALUES (1, '甲', 0), (1, '乙', 0)");
  school_sql (school, "INSERT INTO day_exception (date, working, name) VALUES ('2026-10-01', 0, '国庆'), ('2026-10-02', 0, '国庆'),"
                      " ('2026-10-05', 0, '国庆'), ('2026-10-06', 0, '国庆'), ('2026-10-07', 0, '国庆')"
                      " ON CONFLICT DO UPDATE SET name = '国庆', working = 0");
}

static gboolean
write_report (XqDatabase *database, const char *id, const char *folder, GError **error)
{
  g_autoptr (XqReport) report = xq_report_run (database, id, NULL, NULL, error);
  g_autoptr (JsonNode) node = report != NULL ? xq_report_to_json (report) : NULL;
  g_autoptr (XqPageDocument) pages = report != NULL ? xq_report_to_pages (report) : NULL;
  g_autofree char *text = node != NULL ? json_to_string (node, TRUE) : NULL;
  g_autofree char *json = g_strdup_printf ("%s/%s.json", folder, id);
  g_autofree char *xlsx = g_strdup_printf ("%s/%s.xlsx", folder, id);
  g_autofree char *pdf = g_strdup_printf ("%s/%s.pdf", folder, id);
  g_autofree char *csv = g_strdup_printf ("%s/%s.csv", folder, id);

  return report != NULL && g_file_set_contents (json, text, -1, error) && xq_workbook_write (report, xlsx, NULL, error)
         && xq_report_write_csv (report, csv, error) && xq_page_document_write_pdf (pages, pdf, error);
}

int
main (int argc, char **argv)
{
  School school = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean written;

  xq_i18n_init (NULL);
  g_return_val_if_fail (argc == 2, 2);
  g_setenv ("XINQIAO_NOW", "2026-11-23T09:00:00", TRUE);
  fixture_set_up (&school.vault, NULL);
  school_sql (&school, "DELETE FROM term");
  school_sql (&school, "INSERT INTO term (school_year, number, name, from_date, to_date) VALUES"
                       " ('2026-2027', 1, '2026—2027 学年第一学期', '2026-09-01', '2027-01-15')");
  school_sql (&school, "UPDATE organisation SET name = '江城市第三中学'");
  add_people (&school);
  add_screening (&school);
  add_warnings (&school);
  add_care (&school);
  add_referrals (&school);
  written = write_report (school.vault.database, "bureau-term", argv[1], &error)
            && write_report (school.vault.database, "principal-term", argv[1], &error);
  if (!written)
    fprintf (stderr, "%s\n", error->message);
  fixture_tear_down (&school.vault, NULL);
  return written ? 0 : 1;
}
