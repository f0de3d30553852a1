/* Warnings as an import makes them: all in one batch, and taken back with it. */
#include "config.h"

#include "warning-test.h"

static void
test_batch (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqWarningBatch) batch = xq_warning_batch_begin (desk->care, &error);
  static const struct
  {
    gint64 person;
    double total;
    int item9;
  } sheets[] = { { 1, 10, 0 }, { 2, 9, 0 }, { 1, 16, 2 }, { 3, NAN, 1 } };
  gint64 counts[4] = { 9, 9, 9, 9 };
  gint64 audit_rows;

  g_assert_no_error (error);
  audit_rows = number_of (desk->vault.database, "SELECT count (*) FROM audit");
  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      Sheet sheet;

      fill (&sheet, sheets[i].person, sheets[i].total, sheets[i].item9);
      xq_warning_batch_add (batch, &sheet.evidence, &error);
      g_assert_no_error (error);
    }
  xq_warning_batch_commit (g_steal_pointer (&batch), 0, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts[0], ==, 2);
  g_assert_cmpint (counts[1], ==, 1);
  g_assert_cmpint (counts[2], ==, 1);
  g_assert_cmpint (counts[3], ==, 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM audit", audit_rows + 1);
  assert_text (desk->vault.database, "SELECT detail FROM audit ORDER BY id DESC LIMIT 1", "{\"1\":1,\"2\":1,\"3\":0}");
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 2);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 1", 1);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 3", 2);
}

static void
test_batch_abandoned (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Sheet sheet;

  fill (&sheet, 1, 20, 0);
  {
    g_autoptr (XqWarningBatch) batch = xq_warning_batch_begin (desk->care, &error);

    xq_warning_batch_add (batch, &sheet.evidence, &error);
    g_assert_no_error (error);
  }
  assert_number (desk->vault.database, "SELECT count (*) FROM warning", 0);
  assert_number (desk->vault.database, "SELECT count (*) FROM person WHERE level IS NOT NULL", 0);
}

/* An import taken back takes its reasons along, and the warnings that nobody has looked at; what was decided keeps them. */
static void
test_forget_import (Desk *desk, gconstpointer unused)
{
  static const char *const sheets[] = {
    "INSERT INTO import_batch (id, kind, file_name, at, counts) VALUES (5, 'answers', 'a.xlsx', 1, '{}')",
    "INSERT INTO assessment (id, person_id, batch_id, instrument, taken_at, taken_on, entered, answers, missing,"
    " complete, valid, created_at) SELECT 10 + id, id, 5, 'phq9', 1, '2026-11-20', 'import', '[]', 0, 1, 1, 1"
    " FROM person",
  };
  g_autoptr (GError) error = NULL;
  gint64 report;

  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    must_sql (desk->vault.database, sheets[i]);
  xq_warning_report (desk->care, 2, XQ_SOURCE_TEACHER, 3, "不说话", &report, &error);
  g_assert_no_error (error);
  for (gint64 person = 1; person <= 3; person++)
    {
      Sheet sheet;

      fill (&sheet, person, 20, 2);
      sheet.seen.assessment_id = 10 + person;
      xq_warning_raise (desk->care, &sheet.evidence, NULL, &error);
      g_assert_no_error (error);
    }
  must_sql (desk->vault.database, "UPDATE warning SET state = 'confirmed' WHERE person_id = 3");
  must_sql (desk->vault.database, "INSERT INTO triage (warning_id, at, outcome, level)"
                                  " SELECT id, 1, 'confirmed', 1 FROM warning WHERE person_id = 3");
  xq_warning_forget_import (desk->care, 5, &error);
  g_assert_no_error (error);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning WHERE person_id = 1", 0);
  assert_number (desk->vault.database, "SELECT level IS NULL FROM person WHERE id = 1", 1);
  assert_number (desk->vault.database, "SELECT level FROM warning WHERE person_id = 2", 3);
  assert_number (desk->vault.database, "SELECT level FROM person WHERE id = 2", 3);
  assert_due (desk, report, "2026-12-07T09:00:00+08:00");
  assert_text (desk->vault.database, "SELECT state FROM warning WHERE person_id = 3", "confirmed");
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason WHERE rule = 'teacher'", 1);
  assert_number (desk->vault.database,
                 "SELECT count (*) FROM warning_reason r JOIN warning w ON w.id = r.warning_id"
                 " WHERE w.person_id = 3 AND r.assessment_id IS NULL", 2);
  assert_number (desk->vault.database, "SELECT count (*) FROM warning_reason", 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_desk_test ("/warning/batch", test_batch);
  add_desk_test ("/warning/batch-abandoned", test_batch_abandoned);
  add_desk_test ("/warning/forget-import", test_forget_import);
  return g_test_run ();
}
