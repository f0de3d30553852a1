/* The two shipped reports over the school of school.h. */
#include "config.h"

#include <string.h>

#include "report/page.h"
#include "school.h"
#include "vault/audit.h"

static XqReport *
run (School *school, const char *id)
{
  g_autoptr (GError) error = NULL;
  XqReport *report = xq_report_run (school->vault.database, id, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static const XqReportCell *
cell (XqReport *report, const char *block_id, const char *row_id, const char *column)
{
  XqReportBlock *block = xq_report_block (report, block_id);
  XqReportRow *row = block != NULL ? xq_report_block_row (block, row_id) : NULL;

  if (row == NULL || xq_report_block_column_index (block, column) < 0)
    g_error ("no cell %s, %s, %s", block_id, row_id, column);
  return &row->cells[xq_report_block_column_index (block, column)];
}

static char *
json_of (XqReport *report)
{
  g_autoptr (JsonNode) node = xq_report_to_json (report);

  return json_to_string (node, FALSE);
}

static void
head_says_what_it_is (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) report = run (school, "bureau-term");
  g_autofree char *head = xq_audit_head (school->vault.database, NULL);

  g_assert_cmpstr (report->id, ==, "bureau-term");
  g_assert_cmpstr (report->from, ==, "2026-09-01");
  g_assert_cmpstr (report->to, ==, "2027-01-15");
  g_assert_cmpstr (report->term, ==, "Autumn");
  g_assert_cmpstr (report->audit_head, ==, head);
  g_assert_cmpint (report->generated_at, ==, xq_clock_now ());
  g_assert_cmpint (report->threshold, ==, 5);
}

static void
bureau_s_numbers (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) report = run (school, "bureau-term");

  g_assert_cmpfloat (cell (report, "screening", "grade:8", "tested")->number, ==, 41.0);
  g_assert_cmpfloat (cell (report, "screening", "total", "coverage")->number, ==, 0.942);
  g_assert_cmpint (cell (report, "warnings", "grade:7", "confirmed")->cover, ==, XQ_COVER_SMALL);
  g_assert_cmpfloat (cell (report, "activities", "lecture", "audience")->number, ==, 500.0);
  g_assert_cmpfloat (cell (report, "activities", "total", "hours")->number, ==, 4.5);
  g_assert_cmpfloat (cell (report, "staff", "all", "full_time")->number, ==, 1.0);
  g_assert_cmpfloat (cell (report, "staff", "all", "part_time")->number, ==, 1.0);
  g_assert_cmpfloat (cell (report, "staff", "all", "required")->number, ==, 0.0);
  g_assert_cmpint (cell (report, "leave", "grade:7", "leave")->kind, ==, XQ_VALUE_NONE);
  g_assert_null (xq_report_block (report, "leave")->total);
}

/* Whatever the report, no count about persons from 1 to 4 leaves it. */
static void
nothing_small_is_shown (School *school, gconstpointer unused)
{
  const char *ids[] = { "bureau-term", "principal-term" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (XqReport) report = run (school, ids[i]);

      for (guint b = 0; b < report->blocks->len; b++)
        {
          XqReportBlock *block = g_ptr_array_index (report->blocks, b);

          for (guint r = 0; r <= block->rows->len; r++)
            {
              const XqReportRow *row = r < block->rows->len ? g_ptr_array_index (block->rows, r) : block->total;

              for (guint c = 0; row != NULL && c < row->n_cells; c++)
                {
                  const XqReportColumn *column = g_ptr_array_index (block->columns, c);

                  if (column->about_persons && row->cells[c].number > 0 && row->cells[c].number < 5)
                    g_error ("%s of %s in %s shows %g", column->id, row->id, block->id, row->cells[c].number);
                }
            }
        }
    }
}

/* What both show must be covered in both: two papers together say no more than one. */
static void
the_two_reports_agree (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) bureau = run (school, "bureau-term");
  g_autoptr (XqReport) principal = run (school, "principal-term");
  const char *rows[] = { "grade:7", "grade:8", "grade:9", "total" };
  const char *columns[] = { "raised", "confirmed", "confirmed_1", "confirmed_2", "confirmed_3", "dismissed", "pending" };

  for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
    for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
      {
        const XqReportCell *one = cell (bureau, "warnings", rows[r], columns[c]);
        const XqReportCell *two = cell (principal, "warnings", rows[r], columns[c]);

        g_assert_cmpint (one->cover, ==, two->cover);
        g_assert_cmpfloat (one->number, ==, two->number);
      }
}

static void
no_name_and_no_rare_word_gets_out (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) principal = run (school, "principal-term");
  g_autoptr (XqReport) bureau = run (school, "bureau-term");
  g_autofree char *text = json_of (principal);
  g_autofree char *more = json_of (bureau);

  g_assert_null (strstr (text, "Nobody"));
  g_assert_null (strstr (more, "Nobody"));
  g_assert_null (strstr (text, "secret words"));
}

/* The vault's own k, and a k that would protect nobody. */
static void
threshold_can_be_set (School *school, gconstpointer unused)
{
  const struct
  {
    const char *set;
    int used;
  } cases[] = { { "10", 10 }, { "3", 3 }, { "1", 5 }, { "-4", 5 }, { "many", 5 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO setting (key, value) VALUES ('report_threshold', '%s')"
                                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                              cases[i].set);
      g_autoptr (XqReport) report = NULL;

      school_sql (school, sql);
      report = run (school, "bureau-term");
      g_assert_cmpint (report->threshold, ==, cases[i].used);
    }
}

static gboolean
says (XqReport *report, const char *block_id, const char *row_id, const char *words)
{
  XqReportBlock *block = xq_report_block (report, block_id);
  XqReportRow *row = xq_report_block_row (block, row_id);

  return row != NULL && row->cells[0].kind == XQ_VALUE_TEXT && strstr (row->cells[0].text, words) != NULL;
}

static void
principal_s_sentences (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) report = run (school, "principal-term");

  g_assert_true (says (report, "late", "warnings", "fewer than 5; the oldest by 54 days"));
  g_assert_true (says (report, "late", "follow-ups", "fewer than 5; the oldest by 3 days"));
  g_assert_true (says (report, "late", "unscreened", "九年级: 6 students"));
  g_assert_true (says (report, "decisions", "coverage", "94.2%"));
  g_assert_true (says (report, "decisions", "agreement", "“Hospital” ends on"));
  g_assert_null (xq_report_block_row (xq_report_block (report, "decisions"), "staff"));
  g_assert_null (xq_report_block_row (xq_report_block (report, "decisions"), "team"));
  g_assert_cmpstr (cell (report, "tiles", "coverage", "figure")->text, ==, "94.2%");
  g_assert_cmpstr (cell (report, "tiles", "sent", "figure")->text, ==, "<5");
}

static void
staff_falls_short (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) school_report = NULL;
  g_autoptr (XqReport) college = NULL;

  school_add_students (school, 1000, 2199, 1, 91);
  school_sql (school, "DELETE FROM team_member");
  school_report = run (school, "principal-term");
  g_assert_cmpfloat (cell (school_report, "staff", "all", "required")->number, ==, 1.0);
  g_assert_cmpfloat (cell (school_report, "staff", "all", "missing")->number, ==, 1.0);
  g_assert_true (says (school_report, "decisions", "staff", "1304 students and 0 full-time"));
  school_sql (school, "UPDATE organisation SET profile = 'college' WHERE id = 1");
  school_add_students (school, 3000, 6000, 1, 91);
  college = run (school, "principal-term");
  g_assert_cmpfloat (cell (college, "staff", "all", "required")->number, ==, 2.0);
}

static void
weeks_add_up_to_the_contacts (School *school, gconstpointer unused)
{
  g_autoptr (XqReport) report = run (school, "principal-term");
  XqReportBlock *weeks = xq_report_block (report, "weeks");

  g_assert_cmpuint (weeks->rows->len, ==, 13);
  g_assert_cmpfloat (cell (report, "weeks", "total", "sessions")->number, ==, 5.0);
  g_assert_cmpfloat (cell (report, "weeks", "week-1", "sessions")->number, ==, 0.0);
  g_assert_cmpint (cell (report, "weeks", "week-4", "sessions")->cover, !=, XQ_COVER_NONE);
  g_assert_cmpint (cell (report, "weeks", "week-5", "mark")->cover, ==, XQ_COVER_SMALL);
}

static void
unknown_report_is_refused (School *school, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_report_run (school->vault.database, "nothing", NULL, NULL, &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_ERROR_NOT_FOUND);
}

static void
cancelling_stops (School *school, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const XqProgress progress = { NULL, NULL, cancellable };

  g_cancellable_cancel (cancellable);
  g_assert_null (xq_report_run (school->vault.database, "bureau-term", NULL, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A vault on its first day: reports come out, with zeros and dashes. */
static void
empty_school (School *school, gconstpointer unused)
{
  const char *ids[] = { "bureau-term", "principal-term" };

  school_sql (school, "INSERT INTO organisation (id, name, profile, created_at) VALUES (3, 'New', 'school', 1)");
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const XqReportScope scope = { .organisation_id = 3 };
      g_autoptr (GError) error = NULL;
      g_autoptr (XqReport) report = xq_report_run (school->vault.database, ids[i], &scope, NULL, &error);
      g_autoptr (XqPageDocument) pages = NULL;

      g_assert_no_error (error);
      for (guint b = 0; b < report->blocks->len; b++)
        g_assert_cmpuint (((XqReportBlock *) g_ptr_array_index (report->blocks, b))->columns->len, >, 0);
      pages = xq_report_to_pages (report);
      g_assert_cmpint (xq_page_document_n_pages (pages), >=, 1);
    }
}

int
main (int argc, char **argv)
{
  xq_i18n_init ("en");
  g_test_init (&argc, &argv, NULL);
  add_school_test ("/run/head", head_says_what_it_is);
  add_school_test ("/run/bureau", bureau_s_numbers);
  add_school_test ("/run/small", nothing_small_is_shown);
  add_school_test ("/run/agree", the_two_reports_agree);
  add_school_test ("/run/names", no_name_and_no_rare_word_gets_out);
  add_school_test ("/run/threshold", threshold_can_be_set);
  add_school_test ("/run/sentences", principal_s_sentences);
  add_school_test ("/run/staff", staff_falls_short);
  add_school_test ("/run/weeks", weeks_add_up_to_the_contacts);
  add_school_test ("/run/unknown", unknown_report_is_refused);
  add_school_test ("/run/cancel", cancelling_stops);
  add_school_test ("/run/empty", empty_school);
  return g_test_run ();
}
